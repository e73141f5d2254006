internal import SurveyProblems
internal import SurveySchema

/// Writes everything of a portable file that stands before its rows.
struct PORDescription {
    let table: OutgoingTable
    let columns: [SAVOutgoing]
    var output: POROutput

    private static let name = SAVOutgoing.Form.portable.name

    private var codebook: FileCodebook { table.codebook }

    mutating func write(_ report: inout WritingReport) throws(Problem) {
        writeHeader(&report)
        output.tag("4")
        output.number(columns.count)
        // Digits of base 30 behind which no double has more.
        output.tag("5")
        output.number(12)
        writeWeight(&report)
        for column in columns {
            writeVariable(column, &report)
            try output.flush()
        }
        for column in columns {
            writeLabels(column, &report)
            try output.flush()
        }
        writeDocuments(&report)
        lossesOfFile(&report)
        try output.flush()
    }

    private mutating func writeHeader(_ report: inout WritingReport) {
        let splash = "ASCII SPSS PORT FILE"
        for line in 0..<5 {
            // Only the title of the file is different in one of the five.
            let title = line == 1 ? cut(table.label(codebook.label), 20, of: "*", &report) : []
            output.append(Array(splash.utf8) + title + [UInt8](repeating: 0x20, count: 20 - title.count))
        }
        var places = [UInt8](repeating: UInt8(ascii: "0"), count: 256)
        for (index, scalar) in PORCharacters.set.enumerated() where scalar.isASCII {
            places[PORCharacters.firstPlace + index] = UInt8(scalar.value)
        }
        output.append(places)
        output.tag("SPSSPORTA")
        // The same table gives the same bytes, so the file does not say when it was made.
        output.string(Array("19700101".utf8))
        output.string(Array("000000".utf8))
        output.tag("1")
        output.string(Array("Saual".utf8))
    }

    private mutating func writeWeight(_ report: inout WritingReport) {
        guard let weight = codebook.weight else { return }
        guard let column = columns.first(where: { $0.variable.name == weight && $0.width == 0 }) else {
            report.losses.append(.notHeld("weight", column: weight, format: Self.name))
            return
        }
        output.tag("6")
        output.string(Array(column.name.utf8))
    }

    private mutating func writeVariable(_ column: SAVOutgoing, _ report: inout WritingReport) {
        output.tag("7")
        output.number(column.width)
        output.string(Array(column.name.utf8))
        for _ in 0..<2 {
            output.number(Int(column.format.kind))
            output.number(min(column.format.width, 255))
            output.number(column.format.decimals)
        }
        if column.width > 0 {
            for code in textMissing(column, &report) {
                output.tag("8")
                output.string(code, width: column.width)
            }
        } else {
            writeMissing(column)
        }
        let label = cut(table.label(column.variable.label), 255, of: column.variable.name, &report)
        if !label.isEmpty {
            output.tag("C")
            lineBreaks(output.string(label), column, &report)
        }
    }

    private mutating func writeMissing(_ column: SAVOutgoing) {
        var values = column.missing[...]
        if column.hasRange, values.count >= 2 {
            let (least, greatest) = (values.removeFirst(), values.removeFirst())
            if least <= -Double.greatestFiniteMagnitude.nextDown {
                output.tag("9")
                output.number(greatest)
            } else if greatest == .greatestFiniteMagnitude {
                output.tag("A")
                output.number(least)
            } else {
                output.tag("B")
                output.number(least)
                output.number(greatest)
            }
        }
        for value in values {
            output.tag("8")
            output.number(value)
        }
    }

    /// At most three missing texts of a string, of up to eight bytes.
    private func textMissing(_ column: SAVOutgoing, _ report: inout WritingReport) -> [[UInt8]] {
        var codes: [[UInt8]] = []
        for case .code(let code) in column.variable.missing where code.utf8.count <= 8 {
            codes.append(Array(code.utf8))
        }
        if codes.count != column.variable.missing.count || codes.count > 3 {
            report.losses.append(.notHeld("missing", column: column.variable.name, format: Self.name))
        }
        return Array(codes.prefix(3))
    }

    private mutating func writeLabels(_ column: SAVOutgoing, _ report: inout WritingReport) {
        var values: [(code: String, number: Double, label: [UInt8])] = []
        for answer in column.variable.labels {
            let number = column.width > 0 ? 0 : column.value(answer.code)
            guard let number, column.width == 0 || answer.code.utf8.count <= column.width else {
                report.losses.append(.notHeld(answer.code, column: column.variable.name, format: Self.name))
                continue
            }
            let label = cut(table.label(answer.label), 120, of: column.variable.name, &report)
            values.append((answer.code, number, label))
        }
        guard !values.isEmpty else { return }
        output.tag("D")
        output.number(1)
        output.string(Array(column.name.utf8))
        output.number(values.count)
        for (code, number, label) in values {
            if column.width > 0 { output.string(Array(code.utf8), width: column.width) } else { output.number(number) }
            lineBreaks(output.string(label), column, &report)
        }
    }

    private mutating func writeDocuments(_ report: inout WritingReport) {
        var lines: [[UInt8]] = []
        for note in codebook.notes {
            var rest = Array(note.utf8)[...]
            repeat {
                let line = TextCut.bytes(String(decoding: rest, as: UTF8.self), most: 80)
                lines.append(line)
                rest = rest.dropFirst(line.count)
            } while !rest.isEmpty
        }
        guard !lines.isEmpty else { return }
        output.tag("E")
        output.number(lines.count)
        for line in lines { output.string(line) }
    }

    private func lossesOfFile(_ report: inout WritingReport) {
        for set in codebook.sets { report.losses.append(.notHeld(set.name, column: set.name, format: Self.name)) }
        if columns.contains(where: { $0.variable.measure != nil }) {
            report.losses.append(.notHeld("measure", column: "*", format: Self.name))
        }
        if columns.contains(where: { !$0.variable.attributes.isEmpty }) {
            report.losses.append(.notHeld("attributes", column: "*", format: Self.name))
        }
    }

    private func lineBreaks(_ hadSome: Bool, _ column: SAVOutgoing, _ report: inout WritingReport) {
        guard hadSome else { return }
        report.losses.append(.notHeld("line break", column: column.variable.name, format: Self.name))
    }

    /// A text of at most so many bytes; what is cut off is reported.
    private func cut(_ text: String, _ most: Int, of column: String, _ report: inout WritingReport) -> [UInt8] {
        let bytes = TextCut.bytes(text, most: most)
        if bytes.count < text.utf8.count { report.losses.append(.notHeld(text, column: column, format: Self.name)) }
        return bytes
    }
}
