internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

extension Codebook {
    /// Takes over what a data file says of its own columns, with the rows that were read by it.
    mutating func read(
        _ file: FileCodebook, _ questionnaire: Questionnaire, _ table: Table, _ weights: Column? = nil
    ) throws(Problem) {
        title = file.label
        notes = file.notes
        weight = file.weight
        for question in questionnaire.questions {
            guard let column = table[question.id], let name = question.columns.first, let own = file[name] else {
                continue
            }
            let found = Codebook.variable(
                question.id, questionnaire, column, ColumnSummary(of: column), isPrivate: false)
            var variable = Variable(
                name: name, label: own.label, type: found.type, answers: found.answers.map { own.answer($0) },
                missing: found.missing, isPrivate: false, summary: found.summary, kindNames: found.kindNames,
                isDate: found.isDate)
            for case .range(let least, let greatest) in own.missing { variable.ranges.append((least, greatest)) }
            variable.measure = own.measure?.rawValue
            variable.format = own.format.isEmpty ? nil : own.format
            variable.weighted = weights.flatMap { WeightedCounts(of: column, weights: $0) }
            variable.distribution = ColumnDistribution(of: column, weights: weights)
            variables.append(variable)
        }
        let known = Set(variables.map(\.name))
        for set in file.sets where set.variables.allSatisfy(known.contains) {
            sets.append(
                ResponseSet(
                    name: set.name, label: set.label, variables: set.variables, kind: set.kind.rawValue,
                    counted: set.counted))
        }
    }

    /// A range of missing numbers; a side that is open is left out.
    static func json(_ range: (least: Double?, greatest: Double?)) -> JSONText {
        var limits: [(String, JSONText)] = []
        if let least = range.least { limits.append(("least", .number(least))) }
        if let greatest = range.greatest { limits.append(("greatest", .number(greatest))) }
        return .object([("range", .object(limits))])
    }
}

extension FileVariable {
    /// An answer with the label that the file gives it, in whatever language; one without has none.
    fileprivate func answer(_ answer: Answer) -> Answer {
        Answer(code: answer.code, label: labels.first { $0.code == answer.code }?.label ?? .empty)
    }
}
