internal import SurveyProblems
internal import SurveySchema

/// Writes everything of an SPSS file that stands before its rows.
struct SAVDescription {
    let table: OutgoingTable
    let columns: [SAVOutgoing]
    let rowCount: Int

    private var codebook: FileCodebook { table.codebook }

    func write(to output: inout BinaryOutput, isBlocked: Bool, _ report: inout WritingReport) {
        writeHeader(&output, isBlocked: isBlocked)
        for column in columns { writeVariable(column, &output, &report) }
        for column in columns where column.width <= 8 { writeLabels(column, &output, &report) }
        writeDocuments(&output)
        writeExtension(3, size: 4, &output) { words in
            for word in [1, 0, 0, -1, 1, 1, 2, 65_001] { words.int32(word) }
        }
        writeExtension(4, size: 8, &output) { words in
            words.double(-Double.greatestFiniteMagnitude)
            words.double(Double.greatestFiniteMagnitude)
            words.double(-Double.greatestFiniteMagnitude.nextDown)
        }
        writeSets(7, codebook.sets.filter { !$0.labelsAreOfCounted }, &output, &report)
        writeExtension(11, size: 4, &output) { words in
            for column in columns {
                for _ in column.segments {
                    let measures: [FileVariable.Measure: Int] = [.nominal: 1, .ordinal: 2, .scale: 3]
                    words.int32(column.variable.measure.flatMap { measures[$0] } ?? 0)
                    words.int32(column.width > 0 ? min(column.width, 40) : max(8, column.format.width))
                    words.int32(column.width > 0 ? 0 : 1)
                }
            }
        }
        let names = columns.map { "\($0.shortNames[0])=\($0.name)" }.joined(separator: "\t")
        writeText(13, Array(names.utf8), &output)
        let long = columns.filter { $0.width > 255 }
        if !long.isEmpty {
            let text = long.map { "\($0.shortNames[0])=\(padded($0.width))\u{0}\t" }.joined()
            writeText(14, Array(text.utf8), &output)
        }
        writeExtension(16, size: 8, &output) { words in
            words.int64(1)
            words.int64(rowCount)
        }
        let attributes = SAVAttributes.text(columns.map { ($0.name, $0.variable.attributes) })
        if !attributes.isEmpty { writeText(18, Array(attributes.utf8), &output) }
        writeSets(19, codebook.sets.filter(\.labelsAreOfCounted), &output, &report)
        writeText(20, Array("UTF-8".utf8), &output)
        writeLongLabels(&output, &report)
        writeLongMissing(&output, &report)
        output.int32(999)
        output.int32(0)
    }

    private func writeHeader(_ output: inout BinaryOutput, isBlocked: Bool) {
        output.append(isBlocked ? "$FL3" : "$FL2", width: 4)
        output.append("@(#) SPSS DATA FILE Saual", width: 60)
        output.int32(2)
        output.int32(columns.reduce(0) { $0 + $1.elements })
        output.int32(isBlocked ? 2 : 1)
        output.int32(columns.first { $0.variable.name == codebook.weight && $0.width == 0 }?.record ?? 0)
        output.int32(rowCount <= Int(Int32.max) ? rowCount : -1)
        output.double(100)
        // The same table gives the same bytes, so the file does not say when it was made.
        output.append("01 Jan 70", width: 9)
        output.append("00:00:00", width: 8)
        output.append(table.label(codebook.label), width: 64)
        output.zeros(3)
    }

    private func writeVariable(
        _ column: SAVOutgoing, _ output: inout BinaryOutput, _ report: inout WritingReport
    ) {
        var codes: [[UInt8]] = []
        if column.width > 0, column.width <= 8 { codes = textMissing(column, &report) }
        for (number, segment) in column.segments.enumerated() {
            let isFirst = number == 0
            let label = isFirst ? cut(table.label(column.variable.label), 255, of: column, &report) : []
            output.int32(2)
            output.int32(segment)
            output.int32(label.isEmpty ? 0 : 1)
            output.int32(isFirst ? column.hasRange ? -column.missing.count : column.missing.count + codes.count : 0)
            let format =
                column.width > 255
                ? SPSSFormat(kind: 1, width: segment, decimals: 0).word : column.format.word
            output.int32(format)
            output.int32(format)
            output.append(column.shortNames[number], width: 8)
            if !label.isEmpty {
                output.int32(label.count)
                output.append(label)
                output.append(repeatElement(0x20, count: (4 - label.count % 4) % 4))
            }
            if isFirst {
                for value in column.missing { output.double(value) }
                for code in codes { output.append(code) }
            }
            for _ in 1..<max(1, (segment + 7) / 8) {
                for word in [2, -1, 0, 0, 0x01_1D_01, 0x01_1D_01] { output.int32(word) }
                output.append("", width: 8)
            }
        }
    }

    /// At most three missing texts of a string, eight bytes each.
    private func textMissing(_ column: SAVOutgoing, _ report: inout WritingReport) -> [[UInt8]] {
        var codes: [[UInt8]] = []
        for case .code(let code) in column.variable.missing where code.utf8.count <= 8 {
            codes.append(Array(code.utf8) + [UInt8](repeating: 0x20, count: 8 - code.utf8.count))
        }
        if codes.count != column.variable.missing.count || codes.count > 3 {
            report.losses.append(.notHeld("missing", column: column.variable.name, format: "SPSS"))
        }
        return Array(codes.prefix(3))
    }

    private func writeLabels(_ column: SAVOutgoing, _ output: inout BinaryOutput, _ report: inout WritingReport) {
        var labels: [(value: [UInt8], label: [UInt8])] = []
        for answer in column.variable.labels {
            var value: [UInt8] = []
            if column.width > 0 {
                value = Array(answer.code.utf8.prefix(8))
                value += [UInt8](repeating: 0x20, count: 8 - value.count)
            } else if let number = column.value(answer.code) {
                withUnsafeBytes(of: number.bitPattern.littleEndian) { value = Array($0) }
            } else {
                report.losses.append(.notHeld(answer.code, column: column.variable.name, format: "SPSS"))
                continue
            }
            labels.append((value, cut(table.label(answer.label), 120, of: column, &report)))
        }
        guard !labels.isEmpty else { return }
        output.int32(3)
        output.int32(labels.count)
        for (value, label) in labels {
            output.append(value)
            output.int8(label.count)
            output.append(label)
            output.append(repeatElement(0x20, count: (8 - (label.count + 1) % 8) % 8))
        }
        for word in [4, 1, column.record] { output.int32(word) }
    }

    private func writeDocuments(_ output: inout BinaryOutput) {
        var lines: [[UInt8]] = []
        for note in codebook.notes {
            var rest = note
            repeat {
                let line = TextCut.bytes(rest, most: 80)
                lines.append(line)
                rest = String(decoding: Array(rest.utf8).dropFirst(line.count), as: UTF8.self)
            } while !rest.isEmpty
        }
        guard !lines.isEmpty else { return }
        output.int32(6)
        output.int32(lines.count)
        for line in lines {
            output.append(line)
            output.append(repeatElement(0x20, count: 80 - line.count))
        }
    }

    // MARK: Extension records

    /// The words of a record, gathered before their number is written.
    private struct Words {
        var bytes: [UInt8] = []

        mutating func int32(_ value: Int) {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian) { bytes += Array($0) }
        }

        mutating func int64(_ value: Int) {
            withUnsafeBytes(of: UInt64(truncatingIfNeeded: value).littleEndian) { bytes += Array($0) }
        }

        mutating func double(_ value: Double) {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += Array($0) }
        }

        mutating func counted(_ text: some Collection<UInt8>) {
            int32(text.count)
            bytes += Array(text)
        }
    }

    private func writeExtension(
        _ subtype: Int, size: Int, _ output: inout BinaryOutput, _ fill: (inout Words) -> Void
    ) {
        var words = Words()
        fill(&words)
        guard !words.bytes.isEmpty else { return }
        for word in [7, subtype, size, words.bytes.count / size] { output.int32(word) }
        output.append(words.bytes)
    }

    private func writeText(_ subtype: Int, _ text: [UInt8], _ output: inout BinaryOutput) {
        writeExtension(subtype, size: 1, &output) { $0.bytes = text }
    }

    private func writeSets(
        _ subtype: Int, _ sets: [FileResponseSet], _ output: inout BinaryOutput, _ report: inout WritingReport
    ) {
        var text: [UInt8] = []
        for set in sets {
            let members = set.variables.compactMap { name in columns.first { $0.variable.name == name } }
            guard members.count == set.variables.count, !members.isEmpty else {
                report.losses.append(.notHeld(set.name, column: set.name, format: "SPSS"))
                continue
            }
            let label = Array(table.label(set.label).utf8)
            let name = set.name.hasPrefix("$") ? set.name : "$" + set.name
            var line = Array("\(name)=".utf8)
            if let counted = set.counted {
                let value = Array(counted.utf8)
                line += Array((subtype == 19 ? "E 1 " : "D").utf8) + Array("\(value.count) ".utf8) + value + [0x20]
            } else {
                line += Array("C ".utf8)
            }
            line += Array("\(label.count) ".utf8) + label
            for member in members { line += [0x20] + Array(member.shortNames[0].lowercased().utf8) }
            text += line + [0x0A]
        }
        if !text.isEmpty { writeText(subtype, text, &output) }
    }

    private func writeLongLabels(_ output: inout BinaryOutput, _ report: inout WritingReport) {
        writeExtension(21, size: 1, &output) { words in
            for column in columns where column.width > 8 && !column.variable.labels.isEmpty {
                words.counted(Array(column.name.utf8))
                words.int32(column.width)
                words.int32(column.variable.labels.count)
                for answer in column.variable.labels {
                    let code = Array(answer.code.utf8.prefix(column.width))
                    words.counted(code + [UInt8](repeating: 0x20, count: column.width - code.count))
                    words.counted(cut(table.label(answer.label), 120, of: column, &report))
                }
            }
        }
    }

    private func writeLongMissing(_ output: inout BinaryOutput, _ report: inout WritingReport) {
        writeExtension(22, size: 1, &output) { words in
            for column in columns where column.width > 8 {
                let codes = textMissing(column, &report)
                guard !codes.isEmpty else { continue }
                words.counted(Array(column.name.utf8))
                words.bytes.append(UInt8(codes.count))
                words.int32(8)
                for code in codes { words.bytes += code }
            }
        }
    }

    /// A label of at most so many bytes; what is cut off is reported.
    private func cut(_ text: String, _ most: Int, of column: SAVOutgoing, _ report: inout WritingReport) -> [UInt8] {
        let bytes = TextCut.bytes(text, most: most)
        if bytes.count < text.utf8.count {
            report.losses.append(.notHeld(text, column: column.variable.name, format: "SPSS"))
        }
        return bytes
    }

    private func padded(_ width: Int) -> String {
        let text = String(width)
        return String(repeating: "0", count: max(0, 5 - text.count)) + text
    }
}
