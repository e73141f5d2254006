internal import SurveyProblems
internal import SurveySchema

/// A column as a Stata file will hold it.
struct DTAOutgoing {
    var variable: FileVariable
    var name: String
    var type: DTAType
    var format: String
    /// Stata's letter of each missing number.
    var letters: [Double: Int] = [:]
    /// Labels of whole values, in each language of the file.
    var labels: [(value: Int32, label: LocalizedText)] = []

    static func all(
        _ table: OutgoingTable, _ scans: [OutgoingColumn], _ report: inout WritingReport
    ) throws(Problem) -> [DTAOutgoing] {
        let variables = table.codebook.variables
        let names = NameShortener.names(variables.map(\.name), rules)
        let letters = missingLetters(variables, scans, &report)
        var columns: [DTAOutgoing] = []
        for (index, variable) in variables.enumerated() {
            if variable.name != names[index] { report.renamed.append((variable.name, names[index])) }
            let scan = scans[index]
            var column = DTAOutgoing(
                variable: variable, name: names[index], type: type(variable, scan), format: "", letters: [:])
            column.format = format(variable, column.type)
            if variable.content != .text {
                for value in missingValues(variable, scan) { column.letters[value] = letters[value] }
                if column.letters.values.contains(where: { $0 > 26 }) {
                    report.losses.append(.notHeld("missing", column: variable.name, format: "Stata"))
                    column.letters = column.letters.filter { $0.value <= 26 }
                }
            }
            column.readLabels(&report)
            if variable.content == .text, !variable.missing.isEmpty {
                report.losses.append(.notHeld("missing", column: variable.name, format: "Stata"))
            }
            if variable.measure != nil { lossOfMeasure(&report) }
            columns.append(column)
        }
        if !table.codebook.sets.isEmpty {
            for set in table.codebook.sets {
                report.losses.append(.notHeld(set.name, column: set.name, format: "Stata"))
            }
        }
        if let weight = table.codebook.weight {
            report.losses.append(.notHeld("weight", column: weight, format: "Stata"))
        }
        return columns
    }

    /// One caution for all columns: Stata has no measurement levels.
    private static func lossOfMeasure(_ report: inout WritingReport) {
        if !report.losses.contains(where: { $0.place.column == "*" }) {
            report.losses.append(.notHeld("measure", column: "*", format: "Stata"))
        }
    }

    // MARK: Values

    /// The seconds, days or number that a cell stands for in the file; nil for a text that is none.
    func value(_ text: String) -> Double? {
        guard let (value, isMoment) = CellNumber.value(text, as: variable.content) else { return nil }
        guard isMoment else { return value }
        switch variable.content {
        case .date: return value / TimeCell.day + DTAFormat.epochDays
        case .dateTime: return (value + DTAFormat.epochDays * TimeCell.day) * 1000
        case .time: return value * 1000
        case .number, .text: return value
        }
    }

    private mutating func readLabels(_ report: inout WritingReport) {
        for answer in variable.labels {
            if let letter = DTAMissing.letter(of: answer.code), variable.content != .text {
                labels.append((Int32(2_147_483_621 + letter), answer.label))
                continue
            }
            guard variable.content == .number, let number = CellNumber.read(answer.code) else {
                report.losses.append(.notHeld(answer.code, column: variable.name, format: "Stata"))
                continue
            }
            if let letter = letters[number] {
                labels.append((Int32(2_147_483_621 + letter), answer.label))
            } else if let whole = Int32(exactly: number), whole <= 2_147_483_620 {
                labels.append((whole, answer.label))
            } else {
                report.losses.append(.notHeld(answer.code, column: variable.name, format: "Stata"))
            }
        }
    }

    /// Numbers that a column declares as missing: its codes, and what its cells have in its ranges.
    private static func missingValues(_ variable: FileVariable, _ scan: OutgoingColumn) -> [Double] {
        var values: [Double] = []
        for case .code(let code) in variable.missing {
            if let value = CellNumber.read(code), !values.contains(value) { values.append(value) }
        }
        for answer in variable.labels {
            if let value = CellNumber.read(answer.code), variable.isMissing(value), !values.contains(value) {
                values.append(value)
            }
        }
        values += scan.inRanges.filter { !values.contains($0) }
        return values
    }

    /// One letter for each missing number of the file, the same in all columns; those that cells have already stay.
    private static func missingLetters(
        _ variables: [FileVariable], _ scans: [OutgoingColumn], _ report: inout WritingReport
    ) -> [Double: Int] {
        var taken = scans.reduce(UInt32(0)) { $0 | $1.letters }
        for variable in variables {
            for answer in variable.labels {
                if let letter = DTAMissing.letter(of: answer.code) { taken |= 1 << UInt32(letter - 1) }
            }
        }
        var values: Set<Double> = []
        for (variable, scan) in zip(variables, scans) where variable.content != .text {
            values.formUnion(missingValues(variable, scan))
        }
        var letters: [Double: Int] = [:]
        var next = 1
        for value in values.sorted() {
            while next <= 26, taken & 1 << UInt32(next - 1) != 0 { next += 1 }
            letters[value] = next
            guard next <= 26 else { continue }
            report.recoded.append(("", NumberCell.text(value), DTAMissing.text(letter: next)))
            next += 1
        }
        return letters
    }

    // MARK: Types

    private static func type(_ variable: FileVariable, _ scan: OutgoingColumn) -> DTAType {
        switch variable.content {
        case .text: return scan.longest > 2045 ? .long : .text(max(1, scan.longest))
        case .date: return .int32
        case .dateTime, .time: return .double
        case .number:
            guard scan.areWhole else { return .double }
            if scan.least > scan.greatest || (scan.least >= -127 && scan.greatest <= 100) { return .int8 }
            if scan.least >= -32_767, scan.greatest <= 32_740 { return .int16 }
            return scan.least >= -2_147_483_647 && scan.greatest <= 2_147_483_620 ? .int32 : .double
        }
    }

    private static func format(_ variable: FileVariable, _ type: DTAType) -> String {
        if variable.format.hasPrefix("%"),
            DTAFormat.content(variable.format) == variable.content
                || (variable.content == .text && variable.format.hasSuffix("s"))
        {
            return variable.format
        }
        switch variable.content {
        case .date: return "%td"
        case .dateTime: return "%tc"
        case .time: return "%tcHH:MM:SS"
        case .text: if case .text(let width) = type { return "%-\(min(width, 244))s" } else { return "%-9s" }
        case .number: return type == .double ? "%10.0g" : "%8.0g"
        }
    }

    private static let rules = NameShortener.Rules(
        mostBytes: 128, mostCharacters: 32, signs: "", allowsLetters: true, ignoresCase: false,
        reserved: [
            "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_pi", "_pred",
            "_rc", "_skip", "str", "strl", "using", "with",
        ], firstSigns: "_")
}
