public import SurveyProblems
public import SurveySchema

extension DerivedVariable {
    /// The variable by row, as a column under its id.
    ///
    /// - Shapes: as many rows as the table; coded columns have the variable's answers as dictionary.
    /// - Missing: a cut of a missing number and a number of missing parts keep the kind. A row for which no rule of
    ///   `cases` is true takes the kind of the first variable named in the rules that is missing there, `no-answer` if
    ///   none is; so the base `asked` of the variable is that of what it is made from.
    /// - Throws: ``Problem`` `data.unknown-column` for a variable that the table lacks, and others as
    ///   ``SurveySchema/Expression/truth(in:)``.
    public func column(in table: Table) throws(Problem) -> Column {
        switch definition {
        case .cut(let name, let limits): try cut(try table.column(name), at: limits)
        case .cases(let rules): try cases(rules, in: table)
        case .number(let expression):
            Column(name: id, kind: .number, values: try expression.numbers(in: table).values)
        }
    }

    private func cut(_ column: Column, at limits: [Double]) throws(Problem) -> Column {
        precondition(answers.count == limits.count + 1, "a cut has one answer a class")
        guard case .numbers(let numbers, let kinds) = try column.asNumbers().values else {
            throw .notNumbers(column.name, found: [])
        }
        return Column(name: id, answers: answers.map(\.code), rowCount: numbers.count, kinds: kinds) { row in
            var position = 0
            for limit in limits where numbers[row] >= limit { position += 1 }
            return position
        }
    }

    private func cases(_ rules: [(answer: String, condition: Expression)], in table: Table) throws(Problem) -> Column {
        let codes = answers.map(\.code)
        let positions = Dictionary(zip(codes, 0...), uniquingKeysWith: { first, _ in first })
        var answer = [UInt16](repeating: .max, count: table.rowCount)
        for rule in rules {
            let truth = try rule.condition.truth(in: table)
            let position = UInt16(clamping: positions[rule.answer] ?? 0)
            for row in answer.indices where answer[row] == .max && truth.values[row] == Truth.yes {
                answer[row] = position
            }
        }
        var kinds: [UInt8] = []
        if answer.contains(.max) {
            kinds = answer.map { $0 == .max ? MissingKind.noAnswer.rawValue : 0 }
            for name in names.reversed() {
                let missing = try table.column(name).missingKinds
                for row in missing.indices where missing[row] != 0 && answer[row] == .max { kinds[row] = missing[row] }
            }
        }
        return Column(name: id, answers: codes, rowCount: table.rowCount, kinds: kinds) { Int(answer[$0]) }
    }
}
