internal import SurveyProblems
internal import SurveySchema

/// A column as an SPSS file will hold it.
struct SAVOutgoing {
    var variable: FileVariable
    /// The name of up to 64 bytes, and the one of eight.
    var name: String
    var shortNames: [String]
    /// Bytes of a string; 0 for a number.
    var width: Int
    var format: SPSSFormat
    /// The place of its first record, from 1.
    var record = 0
    /// The value of each of Stata's letters that becomes a number.
    var letters: [Int: Double] = [:]
    /// At most three values, or two limits and a value.
    var missing: [Double] = []
    var hasRange = false

    var segments: [Int] {
        guard width > 255 else { return [width] }
        let count = (width + 251) / 252
        return Array(repeating: 255, count: count - 1) + [width - (count - 1) * 252]
    }

    var elements: Int { segments.reduce(0) { $0 + max(1, ($1 + 7) / 8) } }

    /// What a kind of file of SPSS allows.
    struct Form {
        var name: String
        var mostBytes: Int
        fileprivate var rules: NameShortener.Rules
        /// True where names have capital letters alone.
        fileprivate var hasCapitals: Bool

        static let system = Form(name: "SPSS", mostBytes: 32_767, rules: longRules, hasCapitals: false)
        /// Not of SPSS: letters become numbers the same way.
        static let tripleS = Form(name: "triple-S", mostBytes: .max, rules: tripleSRules, hasCapitals: false)
        static let portable = Form(name: "SPSS Portable", mostBytes: 255, rules: shortRules, hasCapitals: true)
    }

    /// The columns of a table with all that they become, and what that leaves out.
    static func all(
        _ table: OutgoingTable, _ scans: [OutgoingColumn], as form: Form = .system, _ report: inout WritingReport
    ) throws(Problem) -> [SAVOutgoing] {
        let variables = table.codebook.variables
        let names = NameShortener.names(
            variables.map { form.hasCapitals ? $0.name.uppercased() : $0.name }, form.rules
        ).map { form.hasCapitals ? $0.uppercased() : $0 }
        for (variable, name) in zip(variables, names) where variable.name != name {
            report.renamed.append((variable.name, name))
        }
        var segmentNames: [String] = []
        var owners: [Int] = []
        var columns: [SAVOutgoing] = []
        for (index, variable) in variables.enumerated() {
            var width = 0
            if variable.content == .text {
                width = max(1, scans[index].longest, min(variable.width, form.mostBytes))
                guard width <= form.mostBytes else {
                    throw .cannotHold(
                        "\(scans[index].longest)", column: variable.name, row: nil, format: form.name,
                        limit: "\(form.mostBytes)")
                }
            }
            var column = SAVOutgoing(
                variable: variable, name: names[index], shortNames: [], width: width,
                format: format(variable, width: width, scans[index]))
            if variable.content != .text { column.fitMissing(scans[index], in: form, &report) }
            for _ in column.segments {
                segmentNames.append(names[index])
                owners.append(index)
            }
            columns.append(column)
        }
        for (name, owner) in zip(NameShortener.names(segmentNames.map { $0.uppercased() }, shortRules), owners) {
            columns[owner].shortNames.append(name)
        }
        var record = 1
        for index in columns.indices {
            columns[index].record = record
            record += columns[index].elements
        }
        return columns
    }

    /// The value of a cell or code in a file; nil for a text that is none.
    func value(_ text: String) -> Double? {
        if let letter = DTAMissing.letter(of: text) { return letters[letter] }
        guard let (value, isMoment) = CellNumber.value(text, as: variable.content) else { return nil }
        return isMoment && variable.content != .time ? value + SPSSTime.epoch : value
    }

    private mutating func fitMissing(_ scan: OutgoingColumn, in form: Form, _ report: inout WritingReport) {
        var letters: Set<Int> = []
        for letter in 1...26 where scan.letters & 1 << UInt32(letter - 1) != 0 { letters.insert(letter) }
        for case .code(let code) in variable.missing {
            if let letter = DTAMissing.letter(of: code) { letters.insert(letter) }
        }
        for answer in variable.labels { if let letter = DTAMissing.letter(of: answer.code) { letters.insert(letter) } }
        let base = [1000.0, 1e6, 1e9].first { scan.least > -$0 } ?? 1e12
        for letter in letters.sorted() {
            let value = -(base + Double(letter))
            self.letters[letter] = value
            report.recoded.append((variable.name, DTAMissing.text(letter: letter), NumberCell.text(value)))
        }
        var values: [Double] = []
        var range: (Double, Double)?
        var isHeld = true
        for entry in variable.missing {
            switch entry {
            case .code(let code):
                if let value = value(code), !values.contains(value) { values.append(value) }
            case .range(let least, let greatest):
                if range == nil {
                    range = (
                        least ?? -Double.greatestFiniteMagnitude.nextDown, greatest ?? Double.greatestFiniteMagnitude
                    )
                } else {
                    isHeld = false
                }
            }
        }
        for (_, value) in self.letters where !values.contains(value) { values.append(value) }
        values.sort()
        if range == nil, values.count > 3 { (range, values) = SAVOutgoing.joined(values) }
        let most = range == nil ? 3 : 1
        if values.count > most {
            isHeld = false
            values = Array(values.prefix(most))
        }
        hasRange = range != nil
        missing = (range.map { [$0.0, $0.1] } ?? []) + values
        if !isHeld { report.losses.append(.notHeld("missing", column: variable.name, format: form.name)) }
    }

    /// Values that follow each other without a gap as a range, with at most one beside it; as they are if that cannot be.
    private static func joined(_ values: [Double]) -> (range: (Double, Double)?, values: [Double]) {
        func isRow(_ part: ArraySlice<Double>) -> Bool {
            part.count > 1 && zip(part, part.dropFirst()).allSatisfy { $1 - $0 == 1 }
        }
        if isRow(values[...]) { return ((values[0], values[values.count - 1]), []) }
        if isRow(values.dropFirst()) { return ((values[1], values[values.count - 1]), [values[0]]) }
        if isRow(values.dropLast()) { return ((values[0], values[values.count - 2]), [values[values.count - 1]]) }
        return (nil, values)
    }

    private static func format(_ variable: FileVariable, width: Int, _ scan: OutgoingColumn) -> SPSSFormat {
        let own = SPSSFormat(name: variable.format)
        if width > 0 {
            return SPSSFormat(
                kind: own?.kind == 2 ? 2 : 1, width: own?.kind == 2 ? min(255, width * 2) : width, decimals: 0)
        }
        if let own, own.kind != 1, own.kind != 2, own.content == variable.content { return own }
        switch variable.content {
        case .date: return SPSSFormat(kind: 20, width: 11, decimals: 0)
        case .dateTime: return SPSSFormat(kind: 22, width: 20, decimals: 0)
        case .time: return SPSSFormat(kind: 21, width: 8, decimals: 0)
        case .number, .text: return SPSSFormat(kind: 5, width: 8, decimals: scan.areWhole ? 0 : 2)
        }
    }

    private static let reserved: Set<String> = [
        "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",
    ]
    private static let longRules = NameShortener.Rules(
        mostBytes: 64, mostCharacters: 64, signs: ".$#@", allowsLetters: true, ignoresCase: true, reserved: reserved,
        firstSigns: "@")
    static let tripleSRules = NameShortener.Rules(
        mostBytes: 1000, mostCharacters: 1000, signs: ".", allowsLetters: false, ignoresCase: true, reserved: [],
        firstSigns: "_")
    private static let shortRules = NameShortener.Rules(
        mostBytes: 8, mostCharacters: 8, signs: ".$#@", allowsLetters: false, ignoresCase: true, reserved: reserved,
        firstSigns: "@")
}
