internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// The bases of definitions as conditions by row, each computed once.
struct IndicatorBases {
    let table: Table
    let questionnaire: Questionnaire
    private var known: [String: Base] = [:]

    /// Whom a figure speaks of.
    struct Base {
        /// Rows of the domain, all of them known: to whom the question was put, and `where:`; nil means every row.
        let domain: Truth?
        /// Rows with a valid answer to the question of the base; nil where the base does not ask for one.
        ///
        /// The others miss an answer: their PSUs count in the degrees of freedom.
        let answered: Truth?
    }

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

    /// Returns the base of a definition.
    mutating func base(of definition: IndicatorDefinition) throws(Problem) -> Base {
        if let base = known[definition.baseExpression] { return base }
        var domain = try definition.domain.map { (condition) throws(Problem) in try condition.truth(in: table) }
        var answered: Truth?
        if let name = definition.base.variable {
            if questionnaire.question(name) != nil {
                var asked = try truth(.asked(name), definition)
                // An answer that routing should have skipped is kept in the data and is outside the base.
                if let routing = questionnaire.question(name)?.when {
                    asked = asked.and(try routing.truth(in: table).unknown(as: Truth.yes))
                }
                domain = domain?.and(asked) ?? asked
            }
            if definition.base == .answered(name) { answered = try truth(.answered(name), definition) }
        }
        let base = Base(domain: domain?.unknown(as: Truth.no), answered: answered)
        known[definition.baseExpression] = base
        return base
    }

    private func truth(_ node: ExpressionNode, _ definition: IndicatorDefinition) throws(Problem) -> Truth {
        try Expression(source: definition.baseExpression, root: node).truth(in: table)
    }
}

extension IndicatorBases.Base {
    /// The condition with its unknown rows as the base takes them: not in the set, or without an answer.
    func condition(_ truth: Truth) -> Truth {
        guard let answered else { return truth.unknown(as: Truth.no) }
        return Truth(values: zip(truth.values, answered.values).map { $1 == Truth.yes ? $0 : Truth.unknown })
    }

    /// The condition with every undetermined row of the domain as no or as yes: also those that the base leaves out.
    func bound(_ truth: Truth, undetermined: UInt8) -> Truth {
        guard let answered else { return truth.unknown(as: undetermined) }
        return Truth(
            values: zip(truth.values, answered.values).map { value, isAnswered in
                isAnswered == Truth.yes && value != Truth.unknown ? value : undetermined
            })
    }

    /// The numbers of the rows that the base takes; the others have no answer.
    func numbers(_ column: Column) -> Column {
        guard let answered, case .numbers(let values, let kinds) = column.values else { return column }
        let reasons = answered.values.indices.map { row in
            kinds.isEmpty || kinds[row] == 0
                ? (answered.values[row] == Truth.yes ? 0 : MissingKind.noAnswer.rawValue) : kinds[row]
        }
        return Column(name: column.name, kind: column.kind, values: .numbers(values, kinds: reasons))
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
