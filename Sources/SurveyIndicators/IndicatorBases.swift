internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// The bases of definitions as conditions by row, each computed once.
struct IndicatorBases {
    let table: Table
    let questionnaire: Questionnaire
    private var known: [String: Truth] = [:]

    init(table: Table, questionnaire: Questionnaire) {
        self.table = table
        self.questionnaire = questionnaire
    }

    /// Every variable that definitions need, with those of the routing of their bases.
    static func variables(of definitions: [IndicatorDefinition], _ questionnaire: Questionnaire) -> [String] {
        definitions.flatMap { definition in
            let routing = definition.base.variable.flatMap { questionnaire.question($0)?.when }
            return definition.variables + (routing?.names ?? [])
        }
    }

    /// Returns the rows of a definition's base, all of them known; nil means every row.
    mutating func base(of definition: IndicatorDefinition) throws(Problem) -> Truth? {
        if definition.base == .everyone, definition.domain == nil { return nil }
        if let truth = known[definition.baseExpression] { return truth }
        var truth: Truth?
        if let name = definition.base.variable {
            let node: ExpressionNode = definition.base == .asked(name) ? .asked(name) : .answered(name)
            var own = try Expression(source: definition.baseExpression, root: node).truth(in: table)
            // An answer that routing should have skipped is kept in the data and is outside the base.
            if let routing = questionnaire.question(name)?.when {
                own = own.and(try routing.truth(in: table).unknown(as: Truth.yes))
            }
            truth = own
        }
        if let domain = definition.domain {
            let condition = try domain.truth(in: table)
            truth = truth?.and(condition) ?? condition
        }
        let base = truth?.unknown(as: Truth.no)
        known[definition.baseExpression] = base
        return base
    }
}

extension Truth {
    /// The same condition with a value in place of "unknown".
    func unknown(as value: UInt8) -> Truth { Truth(values: values.map { $0 == Truth.unknown ? value : $0 }) }
}

extension IndicatorDefinition.Base {
    /// The question or derived variable that the base names.
    var variable: String? {
        switch self {
        case .everyone: nil
        case .asked(let name), .answered(let name): name
        }
    }
}
