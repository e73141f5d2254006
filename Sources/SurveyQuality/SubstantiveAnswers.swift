public import SurveyData
public import SurveySchema

/// Which columns of a wave hold what people answered, as opposed to keys, paradata and the design.
public struct SubstantiveAnswers: Sendable {
    /// The columns that are compared, in their order.
    public let names: [String]
    /// Grids: columns with one list of at least three ordered answers, asked after each other.
    public let grids: [[String]]
    /// Columns of ordered answers.
    public let scales: Set<String>

    /// The fewest columns of a grid.
    static let leastGrid = 4

    /// Chooses among columns.
    ///
    /// Left out are private columns, texts and sets as a whole (their items stand for them), dates, regions, and whatever
    /// is named as a column of the field or the design.
    /// - Parameters:
    ///   - columns: The columns of the wave.
    ///   - questionnaire: Tells regions and grids; without one there are no grids.
    ///   - others: Columns of the field and the design.
    public init(among columns: [ColumnDescription], of questionnaire: Questionnaire?, besides others: [String]) {
        let others = Set(others)
        var names: [String] = []
        for column in columns where !column.isPrivate && !others.contains(column.name) {
            guard column.kind == .answers || column.kind == .item || column.kind == .number else { continue }
            if questionnaire?.question(column.name)?.type == .region { continue }
            names.append(column.name)
        }
        self.names = names
        scales = Set(names.filter { questionnaire?.question($0)?.type == .scale })
        grids = questionnaire.map { SubstantiveAnswers.grids(of: $0, among: Set(names)) } ?? []
    }

    /// Rosters, and runs of scales with one list of answers.
    private static func grids(of questionnaire: Questionnaire, among names: Set<String>) -> [[String]] {
        var grids: [[String]] = []
        var run: [Question] = []
        func end() {
            if run.count >= leastGrid { grids.append(run.map(\.id)) }
            run = []
        }
        for question in questionnaire.questions {
            let isScale =
                question.answers.count >= 3
                && (question.type == .scale || question.type == .single && question.item != nil)
            guard isScale, names.contains(question.id) else {
                end()
                continue
            }
            if let last = run.last,
                last.answers.map(\.code) != question.answers.map(\.code) || last.item?.roster != question.item?.roster
            {
                end()
            }
            run.append(question)
        }
        end()
        return grids
    }
}
