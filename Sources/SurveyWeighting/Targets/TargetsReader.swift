public import SurveyProblems

/// Reads targets files: `variable,category,total[,split,se]`.
///
/// `sex,1,9646722` is the total of one category, `sex*age_group,1*3,812345` of crossed ones, `income,,1.2e12` of a numeric
/// variable, and `,,19765004` the size of the population. `split` holds `VARIABLE=CODE` and makes the row a target of that part alone, the same as crossing.
/// Every mistake is reported at once, with its line and character.
public enum TargetsReader {
    /// The largest file; a million categories fit.
    private static let mostBytes = 64 << 20
    /// The largest total; larger ones are no counts of people.
    static let mostTotal = 1e15
    /// The largest total of a numeric variable.
    static let mostNumber = 1e24

    /// Reads a file.
    public static func read(_ path: String) -> Checked<WeightingTargets> { checked(readable(path)) }

    /// Reads the bytes of a file; `file` is its name in problems.
    public static func read(_ bytes: [UInt8], file: String) -> Checked<WeightingTargets> {
        checked(readable(bytes, file: file))
    }

    /// Returns the rows that can be read also where others are wrong, so that their names are checked in the same run.
    ///
    /// They are no targets to weight with.
    public static func readable(_ path: String) -> (targets: WeightingTargets?, problems: [Problem]) {
        do throws(Problem) {
            return readable(try InputFile.bytes(of: path, limit: mostBytes), file: path)
        } catch { return (nil, [error]) }
    }

    private static func checked(
        _ found: (targets: WeightingTargets?, problems: [Problem])
    ) -> Checked<WeightingTargets> {
        let isUsable = !found.problems.contains { $0.severity == .error }
        return Checked(value: isUsable ? found.targets : nil, problems: found.problems)
    }

    private static func readable(
        _ bytes: [UInt8], file: String
    ) -> (targets: WeightingTargets?, problems: [Problem]) {
        let text = TargetsText(bytes, file: file)
        var problems = text.problems
        guard let header = text.records.first else {
            if problems.isEmpty { problems = [Problem.noTargets().placed(file: file, line: 1, position: 1)] }
            return (nil, problems)
        }
        let known = ["variable", "category", "total", "split", "se"]
        let names = header.map { $0.text.lowercased() }
        var columns: [String: Int] = [:]
        for (column, cell) in header.enumerated() {
            if !known.contains(names[column]) || columns.updateValue(column, forKey: names[column]) != nil {
                problems.append(
                    Problem.wrongHeader(cell.text).placed(file: file, line: cell.line, position: cell.position))
            }
        }
        let missing = known.prefix(3).filter { columns[$0] == nil }
        if !missing.isEmpty {
            problems.append(Problem.missingColumn(missing).placed(file: file, line: header[0].line, position: 1))
        }
        guard missing.isEmpty else { return (nil, problems) }
        var rows = TargetRows(file: file, columns: columns, hasDecimalComma: text.delimiter != ",")
        for record in text.records.dropFirst() { rows.take(record, width: header.count) }
        if text.records.count == 1 {
            rows.problems.append(Problem.noTargets().placed(file: file, line: 1, position: 1))
        }
        problems += rows.problems
        problems.sort { ($0.place.line ?? 0, $0.place.position ?? 0) < ($1.place.line ?? 0, $1.place.position ?? 0) }
        return (WeightingTargets(file: file, margins: rows.margins, numericTotals: rows.numericTotals), problems)
    }
}

/// Collects the rows of a targets file into margins.
private struct TargetRows {
    let file: String
    let columns: [String: Int]
    /// With another sign between cells a comma is the decimal sign, as office programs write it.
    let hasDecimalComma: Bool
    var problems: [Problem] = []
    private var order: [[String]] = []
    private var lines: [Int] = []
    private var numbers: [[String]: Int] = [:]
    private var categories: [[WeightingTargets.Category]] = []
    private var seen: [[[String]: Int]] = []
    private(set) var numericTotals: [WeightingTargets.NumericTotal] = []

    init(file: String, columns: [String: Int], hasDecimalComma: Bool) {
        self.file = file
        self.columns = columns
        self.hasDecimalComma = hasDecimalComma
    }

    var margins: [WeightingTargets.Margin] {
        order.indices.map { number in
            WeightingTargets.Margin(variables: order[number], categories: categories[number], line: lines[number])
        }
    }

    mutating func take(_ record: [TargetsText.Cell], width: Int) {
        guard record.count == width else {
            report(.wrongCells(record.count, expected: width), at: record[0])
            return
        }
        func cell(_ name: String) -> TargetsText.Cell? { columns[name].map { record[$0] } }
        guard let variable = cell("variable"), let category = cell("category"), let total = cell("total") else {
            return
        }
        let standardError = standardError(cell("se"))
        var names = variable.text.isEmpty ? [] : TargetRows.parts(variable.text)
        var codes = category.text.isEmpty ? [] : TargetRows.parts(category.text)
        var isUsable = true
        let isNumeric = category.text.isEmpty && !variable.text.isEmpty
        if isNumeric {
            names = []
            if variable.text.utf8.contains(0x2A) {
                report(.crossedNumber(variable.text), at: variable)
                isUsable = false
            }
        } else if names.count != codes.count {
            report(.crossing(variable.text, names.count, category.text, codes.count), at: category)
            isUsable = false
        }
        if let split = cell("split"), !split.text.isEmpty {
            if let equals = split.text.firstIndex(of: "=") {
                names.insert(String(split.text[..<equals]), at: 0)
                codes.insert(String(split.text[split.text.index(after: equals)...]), at: 0)
            } else {
                report(.wrongSplit(split.text), at: split)
                isUsable = false
            }
        }
        if names.contains("") || codes.contains("") || Set(names).count < names.count {
            report(.wrongName(names.joined(separator: "*"), codes.joined(separator: "*")), at: variable)
            isUsable = false
        }
        guard let value = number(total, isNumeric: isNumeric), isUsable else { return }
        if isNumeric {
            addNumeric(variable, names, codes, value, standardError, at: category)
            return
        }
        add(names, codes, value, standardError, at: category)
    }

    /// The standard error of a row; 0 where it has none.
    private mutating func standardError(_ cell: TargetsText.Cell?) -> Double {
        guard let cell, !cell.text.isEmpty else { return 0 }
        guard let value = plainNumber(cell), value >= 0, value <= TargetsReader.mostNumber else {
            report(.wrongError(cell.text), at: cell)
            return 0
        }
        return value
    }

    /// Takes the total of a numeric variable; it may be below 0, as that of a balance.
    private mutating func addNumeric(
        _ variable: TargetsText.Cell, _ names: [String], _ codes: [String], _ total: Double, _ error: Double,
        at cell: TargetsText.Cell
    ) {
        var target = WeightingTargets.NumericTotal(
            variable: variable.text, partVariables: names, partCodes: codes, total: total, line: cell.line,
            position: cell.position)
        if let first = numericTotals.first(where: { $0.variable == target.variable && $0.part == target.part }) {
            report(.repeatedNumber(target.variable, part: target.part, line: first.line), at: cell)
            return
        }
        target.standardError = error
        numericTotals.append(target)
    }

    private mutating func add(
        _ names: [String], _ codes: [String], _ total: Double, _ error: Double, at cell: TargetsText.Cell
    ) {
        let number = numbers[names] ?? order.count
        if number == order.count {
            numbers[names] = number
            order.append(names)
            lines.append(cell.line)
            categories.append([])
            seen.append([:])
        }
        if let line = seen[number].updateValue(cell.line, forKey: codes) {
            report(.repeatedTarget(codes.joined(separator: "*"), line: line), at: cell)
            return
        }
        var category = WeightingTargets.Category(
            codes: codes, total: total, line: cell.line, position: cell.position)
        category.standardError = error
        categories[number].append(category)
    }

    /// A finite number without spaces, separators or units.
    private func plainNumber(_ cell: TargetsText.Cell) -> Double? {
        let text = hasDecimalComma ? cell.text.replacing(",", with: ".") : cell.text
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
            default: false
            }
        }
        guard isPlain, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    private mutating func number(_ cell: TargetsText.Cell, isNumeric: Bool) -> Double? {
        guard let value = plainNumber(cell) else {
            report(.totalNoNumber(cell.text), at: cell)
            return nil
        }
        let isBelow = value < 0 && !isNumeric
        // A sum of money counts more than people.
        let isAbove = abs(value) > (isNumeric ? TargetsReader.mostNumber : TargetsReader.mostTotal)
        if isBelow { report(.negativeTarget(cell.text), at: cell) }
        if isAbove { report(.totalTooLarge(cell.text), at: cell) }
        return isBelow || isAbove ? nil : value
    }

    private mutating func report(_ problem: Problem, at cell: TargetsText.Cell) {
        problems.append(problem.placed(file: file, line: cell.line, position: cell.position))
    }

    private static func parts(_ text: String) -> [String] {
        text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }
}

extension Problem {
    /// A column of a targets file that is not known or stands twice.
    static func wrongHeader(_ name: String) -> Problem {
        Problem(
            "weighting.wrong-header", .input, what: "Column \"\(name)\" does not belong in a targets file",
            why: "the first line is variable,category,total and perhaps split,se, each once; found \"\(name)\"",
            fix: "correct the first line of the file")
    }

    /// A targets file without one of its three columns.
    static func missingColumn(_ names: [String]) -> Problem {
        Problem(
            "weighting.missing-column", .input, what: "The targets file lacks a column",
            why: "the first line is variable,category,total; missing: \(list: names)",
            fix: "write the first line as variable,category,total")
    }

    /// A targets file without a target.
    static func noTargets() -> Problem {
        Problem(
            "weighting.no-targets", .input, what: "The targets file has no targets",
            why: "at least one line must stand below variable,category,total; found none",
            fix: "add a line such as sex,1,9646722")
    }

    /// A line with another number of cells than the first.
    static func wrongCells(_ found: Int, expected: Int) -> Problem {
        Problem(
            "weighting.wrong-cells", .input, what: "A line of the targets file has \(found) cells",
            why: "each line must have as many cells as the first, \(expected); found \(found)",
            fix: "add or delete delimiters; a text with one in it must stand in quotes")
    }

    /// A total that is no decimal number.
    static func totalNoNumber(_ text: String) -> Problem {
        Problem(
            "weighting.total-not-number", .input, what: "Total \"\(text)\" is not a number",
            why: "a total is digits with a decimal point and nothing else; found \"\(text)\"",
            fix: "write it without spaces, separators or units, such as 9646722")
    }

    /// A total that no population has.
    static func totalTooLarge(_ text: String) -> Problem {
        Problem(
            "weighting.total-too-large", .input, what: "Total \"\(text)\" is too large",
            why: "a total counts people and is at most 1e15, that of a numeric variable 1e24; found \(text)",
            fix: "correct the total")
    }

    /// A total below 0.
    static func negativeTarget(_ text: String) -> Problem {
        Problem(
            "weighting.negative-target", .input, what: "A target is negative",
            why: "a total counts people and is at least 0; found \(text)", fix: "correct the total")
    }

    /// A category with two targets.
    static func repeatedTarget(_ category: String, line: Int) -> Problem {
        Problem(
            "weighting.repeated-target", .input, what: "Category \"\(category)\" has two targets",
            why: "each category of a margin stands once; the first stands in line \(line)",
            fix: "delete one of the two lines")
    }

    /// Crossed variables and codes that do not match.
    static func crossing(_ variables: String, _ variableCount: Int, _ codes: String, _ codeCount: Int) -> Problem {
        Problem(
            "weighting.crossing", .input, what: "\"\(codes)\" is no category of \"\(variables)\"",
            why: "there must be one code for each variable; found \(variableCount) variables and \(codeCount) codes",
            fix: "join variables and codes by \"*\" in the same order, such as sex*age_group,1*3")
    }

    /// A variable without name, a category without code, a variable crossed with itself.
    static func wrongName(_ variables: String, _ codes: String) -> Problem {
        Problem(
            "weighting.wrong-name", .input, what: "\"\(variables)\" cannot be a margin",
            why:
                "each variable of a margin has a name, stands once and has a code; found \"\(variables)\", \"\(codes)\"",
            fix: "correct the variables and the category")
    }

    /// Crossed variables without a category.
    static func crossedNumber(_ variables: String) -> Problem {
        Problem(
            "weighting.crossed-number", .input, what: "The target of \"\(variables)\" has no category",
            why: "a line without category is the total of one numeric variable; found several, crossed",
            fix: "name the category, or name the numeric variable alone and its part in the column split")
    }

    /// A numeric variable with two totals.
    static func repeatedNumber(_ variable: String, part: String, line: Int) -> Problem {
        Problem(
            "weighting.repeated-number", .input, what: "\"\(variable)\" has two totals",
            why: "each numeric variable has one total in a part; the first of \"\(part)\" stands in line \(line)",
            fix: "delete one of the two lines")
    }

    /// A standard error that is none.
    static func wrongError(_ text: String) -> Problem {
        Problem(
            "weighting.wrong-error", .input, what: "\"\(text)\" is no standard error",
            why: "the column se holds a number from 0, in the unit of the total, or nothing; found \"\(text)\"",
            fix: "correct the cell, or leave it empty if the total is known")
    }

    /// A split that names no variable and code.
    static func wrongSplit(_ text: String) -> Problem {
        Problem(
            "weighting.wrong-split", .input, what: "Split \"\(text)\" names no part of the sample",
            why: "a split is a variable, \"=\" and a code; found \"\(text)\"", fix: "write it as region=75")
    }
}
