public import SurveyProblems

/// Reads the file of a standard population: `category,share`, one class a line.
///
/// Sizes do as well as shares: only their proportions count. Classes of crossed variables are joined by `*`. Every mistake
/// is reported at once, with its line and character.
public enum StandardReader {
    private static let mostBytes = 64 << 20

    /// Reads a file; `variables` are those whose classes it lists.
    public static func read(_ path: String, variables: [String]) throws(Problem) -> Checked<Standardization> {
        read(try InputFile.bytes(of: path, limit: mostBytes), file: path, variables: variables)
    }

    /// Reads the bytes of a file; `file` is its name in problems.
    public static func read(_ bytes: [UInt8], file: String, variables: [String]) -> Checked<Standardization> {
        let text = TargetsText(bytes, file: file)
        var problems = text.problems
        func report(_ problem: Problem, _ cell: TargetsText.Cell?) {
            problems.append(problem.placed(file: file, line: cell?.line ?? 1, position: cell?.position ?? 1))
        }
        guard let header = text.records.first else {
            if problems.isEmpty { report(.noTargets(), nil) }
            return Checked(value: nil, problems: problems)
        }
        guard header.map({ $0.text.lowercased() }) == ["category", "share"] else {
            report(.standardHeader(header.map(\.text)), header[0])
            return Checked(value: nil, problems: problems)
        }
        var categories: [WeightingTargets.Category] = []
        var lines: [[String]: Int] = [:]
        for record in text.records.dropFirst() {
            guard record.count == 2 else {
                report(.wrongCells(record.count, expected: 2), record[0])
                continue
            }
            let codes = record[0].text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
            if codes.count != variables.count || codes.contains("") {
                report(
                    .crossing(
                        variables.joined(separator: "*"), variables.count, record[0].text, codes.count), record[0])
                continue
            }
            let number = text.delimiter == "," ? record[1].text : record[1].text.replacing(",", with: ".")
            guard let share = Double(number), share.isFinite, share >= 0, share <= TargetsReader.mostTotal else {
                report(.standardShare(record[1].text), record[1])
                continue
            }
            if let line = lines.updateValue(record[0].line, forKey: codes) {
                report(.repeatedTarget(record[0].text, line: line), record[0])
                continue
            }
            categories.append(
                WeightingTargets.Category(
                    codes: codes, total: share, line: record[0].line, position: record[0].position))
        }
        if problems.isEmpty, !categories.contains(where: { $0.total > 0 }) { report(.noPopulation(), header[0]) }
        let margin = WeightingTargets.Margin(variables: variables, categories: categories, line: header[0].line)
        return Checked(value: problems.isEmpty ? Standardization(margin, file: file) : nil, problems: problems)
    }
}

extension Problem {
    /// A first line that is not that of a standard population.
    static func standardHeader(_ names: [String]) -> Problem {
        Problem(
            "weighting.standard-header", .input, what: "This is no file of a standard population",
            why: "the first line is category,share; found \(list: names)",
            fix: "write the first line as category,share")
    }

    /// A share that is none.
    static func standardShare(_ text: String) -> Problem {
        Problem(
            "weighting.standard-share", .input, what: "\"\(text)\" is no share of a class",
            why: "a share or size is a number from 0; found \"\(text)\"",
            fix: "write it without spaces or the percent sign, such as 0.23")
    }
}
