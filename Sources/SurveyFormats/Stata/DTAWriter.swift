public import SurveyProblems
internal import SurveySchema

/// Writes Stata files of version 118 (Stata 14 and later), in which texts are UTF-8.
public enum DTAWriter: FormatWriter {
    public static let fileExtensions = ["dta"]

    public static func write(
        _ table: OutgoingTable, to path: String, replacing: Bool
    ) throws(Problem) -> WritingReport {
        let (scans, rowCount) = try OutgoingColumn.scan(table)
        guard !scans.isEmpty else { throw .noVariables(path) }
        guard scans.count <= 32_767 else {
            throw .cannotHold(
                "\(scans.count)", column: table.codebook.variables[32_767].name, row: nil, format: "Stata",
                limit: "32767")
        }
        var report = WritingReport()
        report.rowCount = rowCount
        let columns = try DTAOutgoing.all(table, scans, &report)
        let file = try StreamedFile(path, replacing: replacing)
        var work = Work(table: table, columns: columns, rowCount: rowCount, output: BinaryOutput(file), path: path)
        try work.writeDescription(&report)
        try work.writeRows()
        try work.writeLongTexts()
        try work.writeLabels(&report)
        try work.output.flush(all: true)
        try file.replace(work.map, at: work.mapOffset)
        try file.finish()
        return report
    }

    private struct Work {
        let table: OutgoingTable
        let columns: [DTAOutgoing]
        let rowCount: Int
        var output: BinaryOutput
        let path: String
        var places: [Int] = []
        var mapOffset = 0

        /// The languages of the labels: the one asked for, or all that the source has.
        let languages: [Language]

        init(table: OutgoingTable, columns: [DTAOutgoing], rowCount: Int, output: BinaryOutput, path: String) {
            self.table = table
            self.columns = columns
            self.rowCount = rowCount
            self.output = output
            self.path = path
            let all = table.codebook.languages
            languages = table.language.map { [$0] } ?? (all.isEmpty ? [.undetermined] : all)
        }

        var map: [UInt8] {
            places.reduce(into: []) { bytes, place in
                withUnsafeBytes(of: UInt64(place).littleEndian) { bytes += Array($0) }
            }
        }

        private mutating func tag(_ text: String) { output.append(Array(text.utf8)) }

        /// Begins a part that the map names.
        private mutating func part(_ name: String) {
            places.append(output.offset)
            tag("<\(name)>")
        }

        private func text(_ text: LocalizedText, in language: Language) -> String {
            table.language == nil
                ? text[language] ?? (language == languages[0] ? table.label(text) : "") : table.label(text)
        }

        mutating func writeDescription(_ report: inout WritingReport) throws(Problem) {
            places = [0]
            tag("<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>")
            output.int16(columns.count)
            tag("</K><N>")
            output.int64(rowCount)
            tag("</N><label>")
            let title = cut(table.label(table.codebook.label), 80, "*", &report)
            output.int16(title.count)
            output.append(title)
            tag("</label><timestamp>")
            // The same table gives the same bytes, so the file does not say when it was made.
            output.int8(0)
            tag("</timestamp></header>")
            places.append(output.offset)
            tag("<map>")
            mapOffset = output.offset
            output.zeros(14 * 8)
            tag("</map>")
            part("variable_types")
            for column in columns { output.int16(column.type.code) }
            tag("</variable_types>")
            part("varnames")
            for column in columns { output.append(column.name, width: 129, fill: 0) }
            tag("</varnames>")
            part("sortlist")
            output.zeros((columns.count + 1) * 2)
            tag("</sortlist>")
            part("formats")
            for column in columns { output.append(column.format, width: 57, fill: 0) }
            tag("</formats>")
            part("value_label_names")
            for column in columns { output.append(labelSet(column, languages[0]) ?? "", width: 129, fill: 0) }
            tag("</value_label_names>")
            part("variable_labels")
            for column in columns {
                let label = cut(text(column.variable.label, in: languages[0]), 80, column.variable.name, &report)
                output.append(label)
                output.zeros(321 - label.count)
            }
            tag("</variable_labels>")
            part("characteristics")
            writeCharacteristics()
            tag("</characteristics>")
            try output.flush()
        }

        private mutating func writeCharacteristics() {
            let notes = table.codebook.notes
            if !notes.isEmpty { characteristic("_dta", "note0", String(notes.count)) }
            for (index, note) in notes.enumerated() { characteristic("_dta", "note\(index + 1)", note) }
            guard languages.count > 1 else {
                let isSpoken = languages[0] != .undetermined && !table.codebook.languages.isEmpty
                if isSpoken {
                    characteristic("_dta", "_lang_c", languages[0].rawValue)
                    characteristic("_dta", "_lang_list", languages[0].rawValue)
                }
                return
            }
            let names = languages.map { $0 == .undetermined ? "default" : $0.rawValue }
            characteristic("_dta", "_lang_c", names[0])
            characteristic("_dta", "_lang_list", names.joined(separator: " "))
            for (language, name) in zip(languages, names).dropFirst() {
                for column in columns {
                    if let label = column.variable.label[language] {
                        characteristic(column.name, "_lang_v_" + name, label)
                    }
                    if let set = labelSet(column, language) { characteristic(column.name, "_lang_l_" + name, set) }
                }
            }
        }

        private mutating func characteristic(_ variable: String, _ name: String, _ text: String) {
            let bytes = Array(text.utf8.prefix(67_000)) + [0]
            tag("<ch>")
            output.int32(2 * 129 + bytes.count)
            output.append(variable, width: 129, fill: 0)
            output.append(name, width: 129, fill: 0)
            output.append(bytes)
            tag("</ch>")
        }

        /// The name of the labels of a column in a language; nil if it has none.
        private func labelSet(_ column: DTAOutgoing, _ language: Language) -> String? {
            let isFirst = language == languages[0]
            guard !column.labels.isEmpty, isFirst || column.labels.contains(where: { $0.label[language] != nil }) else {
                return nil
            }
            if isFirst { return column.name }
            let position = languages.firstIndex(of: language) ?? 0
            return String(String.UnicodeScalarView(column.name.unicodeScalars.prefix(28))) + "_l\(position)"
        }

        // MARK: Rows

        mutating func writeRows() throws(Problem) {
            part("data")
            let feed = try table.rows()
            let batch = RawBatch()
            var written = 0
            while try feed.fill(batch) {
                for row in 0..<batch.rowCount {
                    for (index, column) in columns.enumerated() {
                        try write(batch.cell(row, index), column, row: written + row, number: index)
                    }
                    try output.flush()
                }
                written += batch.rowCount
            }
            guard written == rowCount else { throw .changedRows(path, first: rowCount, second: written) }
            tag("</data>")
        }

        private mutating func write(
            _ cell: UnsafeBufferPointer<UInt8>, _ column: DTAOutgoing, row: Int, number: Int
        ) throws(Problem) {
            switch column.type {
            case .text(let width):
                output.append(cell.prefix(width))
                output.zeros(width - min(width, cell.count))
                return
            case .long:
                output.int16(cell.isEmpty ? 0 : number + 1)
                let row = cell.isEmpty ? 0 : row + 1
                output.int16(row & 0xFFFF)
                output.int32(row >> 16)
                return
            default: break
            }
            var letter: Int? = cell.isEmpty ? 0 : nil
            var value = 0.0
            if let start = cell.baseAddress, cell.count > 0 {
                if let found = column.variable.content == .number ? CellNumber.read(start, cell.count) : nil {
                    value = found
                    letter = column.letters.isEmpty ? nil : column.letters[found]
                } else {
                    let text = String(decoding: cell, as: UTF8.self)
                    letter = DTAMissing.letter(of: text)
                    if letter == nil {
                        guard let found = column.value(text) else {
                            throw .notOfContent(text, column: column.variable.name, row: row + 1)
                        }
                        value = found
                        letter = CellNumber.read(text).flatMap { column.letters[$0] }
                    }
                }
            }
            switch column.type {
            case .int8: output.int8(letter.map { 101 + $0 } ?? Int(value))
            case .int16: output.int16(letter.map { 32_741 + $0 } ?? Int(value))
            case .int32:
                guard let letter else {
                    guard value == value.rounded(), value.magnitude <= 2_147_483_620 else {
                        throw .cannotHold(
                            String(decoding: cell, as: UTF8.self), column: column.variable.name, row: row + 1,
                            format: "Stata", limit: "2147483620")
                    }
                    return output.int32(Int(value))
                }
                output.int32(2_147_483_621 + letter)
            default: output.double(letter.map { DTAMissing.double(letter: $0) } ?? value)
            }
        }

        mutating func writeLongTexts() throws(Problem) {
            part("strls")
            if columns.contains(where: { $0.type == .long }) {
                let feed = try table.rows()
                let batch = RawBatch()
                var row = 0
                while try feed.fill(batch) {
                    for position in 0..<batch.rowCount {
                        row += 1
                        for (index, column) in columns.enumerated() where column.type == .long {
                            let cell = batch.cell(position, index)
                            if cell.isEmpty { continue }
                            tag("GSO")
                            output.int32(index + 1)
                            output.int64(row)
                            output.int8(130)
                            output.int32(cell.count + 1)
                            output.append(cell)
                            output.int8(0)
                            try output.flush()
                        }
                    }
                }
            }
            tag("</strls>")
        }

        mutating func writeLabels(_ report: inout WritingReport) throws(Problem) {
            part("value_labels")
            for column in columns {
                for language in languages {
                    guard let name = labelSet(column, language) else { continue }
                    writeLabels(column, language, name)
                    try output.flush()
                }
            }
            tag("</value_labels>")
            places.append(output.offset)
            tag("</stata_dta>")
            places.append(output.offset)
        }

        private mutating func writeLabels(_ column: DTAOutgoing, _ language: Language, _ name: String) {
            let labels = column.labels.sorted { $0.value < $1.value }
            let texts = labels.map { TextCut.bytes(text($0.label, in: language), most: 32_000) + [0] }
            let length = texts.reduce(0) { $0 + $1.count }
            tag("<lbl>")
            output.int32(8 + 8 * labels.count + length)
            output.append(name, width: 129, fill: 0)
            output.zeros(3)
            output.int32(labels.count)
            output.int32(length)
            var offset = 0
            for text in texts {
                output.int32(offset)
                offset += text.count
            }
            for label in labels { output.int32(Int(label.value)) }
            for text in texts { output.append(text) }
            tag("</lbl>")
        }

        /// A label of at most so many characters; what is cut off is reported.
        private func cut(_ text: String, _ most: Int, _ column: String, _ report: inout WritingReport) -> [UInt8] {
            let scalars = text.unicodeScalars
            if scalars.count <= most { return Array(text.utf8) }
            report.losses.append(.notHeld(text, column: column, format: "Stata"))
            return Array(String(String.UnicodeScalarView(scalars.prefix(most))).utf8)
        }
    }
}
