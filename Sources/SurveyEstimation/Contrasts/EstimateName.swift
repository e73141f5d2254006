internal import SurveyProblems

/// What an expression calls one row of a result: `y`, `s01[4]`, `mean(y){2}`, `` `spend/income`{region=7,sex=1} ``.
public struct EstimateName: Sendable, Hashable {
    /// Which statistic of the variable, where several were asked for.
    public let statistic: StatisticKind?
    public let variable: String
    /// The answer of a share, as its code.
    public let answer: String?
    /// The category of each variable of a breakdown, the variables themselves if wanted; nil for the whole.
    public let groups: [Group]?

    public struct Group: Sendable, Hashable {
        public let variable: String?
        public let category: String

        public init(variable: String?, category: String) {
            self.variable = variable
            self.category = category
        }
    }

    public init(statistic: StatisticKind? = nil, variable: String, answer: String? = nil, groups: [Group]? = nil) {
        self.statistic = statistic
        self.variable = variable
        self.answer = answer
        self.groups = groups
    }

    /// True if a row is the one that is meant; an answer may be left out where the row's variable has only one.
    func matches(_ row: Estimate) -> Bool {
        // The number of people has no variable.
        let isCount = statistic == .count && variable.isEmpty
        guard isCount || row.variable == variable, statistic.map({ $0 == row.statistic }) ?? true else { return false }
        if let answer, row.answer != answer { return false }
        guard let groups else { return row.by.isEmpty }
        return groups.count == row.by.count
            && zip(groups, row.by).allSatisfy { group, by in
                group.category == by.category && (group.variable.map { $0 == by.variable } ?? true)
            }
    }

    /// The name as it is written.
    var text: String {
        var text = EstimateName.quoted(variable)
        if variable.isEmpty {
            text = "count()"
        } else if let statistic {
            text = "\(statistic.rawValue)(\(text))"
        }
        if let answer { text += "[\(EstimateName.quoted(answer))]" }
        if let groups {
            let parts = groups.map { group in
                (group.variable.map { EstimateName.quoted($0) + "=" } ?? "") + EstimateName.quoted(group.category)
            }
            text += "{\(parts.joined(separator: ","))}"
        }
        return text
    }

    /// The name of a row, as an expression would write it.
    static func of(_ row: Estimate) -> EstimateName {
        EstimateName(
            statistic: nil, variable: row.variable, answer: row.answer,
            groups: row.by.isEmpty ? nil : row.by.map { Group(variable: $0.variable, category: $0.category) })
    }

    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.allSatisfy(ContrastTokens.isNamePart) && !text.isEmpty ? text : "`\(text)`"
    }
}

extension EstimationResult {
    /// The row that a name of an expression means.
    ///
    /// - Throws: ``Problem`` `estimation.unknown-estimate` with the nearest names, `estimation.ambiguous-estimate`.
    func position(of name: EstimateName) throws(Problem) -> Int {
        let found = rows.indices.filter { name.matches(rows[$0]) }
        if found.count == 1 { return found[0] }
        if found.isEmpty { throw .unknownEstimate(name.text, known: rows.map { EstimateName.of($0).text }) }
        throw .ambiguousEstimate(
            name.text,
            found: found.map {
                let row = EstimateName.of(rows[$0])
                return EstimateName(
                    statistic: rows[$0].statistic, variable: row.variable, answer: row.answer, groups: row.groups
                ).text
            })
    }
}

extension Problem {
    /// An expression names an estimate that the request does not make.
    static func unknownEstimate(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "estimation.unknown-estimate", .usage, what: "No estimate is called \"\(name)\"",
            place: Place(variable: name),
            why: "an expression uses estimates of the same call; these are \(list: near.isEmpty ? known : near)",
            fix: "use one of these names, or ask for the estimate too")
    }

    /// A name of several estimates.
    static func ambiguousEstimate(_ name: String, found: [String]) -> Problem {
        Problem(
            "estimation.ambiguous-estimate", .usage, what: "\"\(name)\" means several estimates",
            place: Place(variable: name), why: "a name must mean one estimate; found \(list: found)",
            fix: "write one of these instead")
    }
}
