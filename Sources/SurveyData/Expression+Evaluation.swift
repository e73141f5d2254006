public import SurveyProblems
public import SurveySchema

extension Expression {
    /// The condition by row.
    ///
    /// Each node of the tree makes one pass over whole columns: answer codes are looked up in the dictionaries once, and
    /// no row walks the tree.
    ///
    /// - Shapes: as many values as the table has rows.
    /// - Missing: a comparison that needs a missing answer is unknown (three-valued logic, see ``Truth``);
    ///   `missing()`, `asked()` and `answered()` are never unknown.
    /// - Throws: ``Problem`` `data.unknown-column` for a column that the table lacks, `data.wrong-kind` for one of another
    ///   kind than the expression was checked for, `data.not-a-condition` if the expression is a number.
    public func truth(in table: Table) throws(Problem) -> Truth {
        try ExpressionEvaluation(table: table, expression: source).truth(root)
    }

    /// The number by row, as a number column named after the expression.
    ///
    /// - Missing: arithmetic with a missing number is missing with the kind of the first missing operand; division by
    ///   zero is `not-applicable`, a result too large to hold `unreadable`.
    /// - Throws: as ``truth(in:)``; `data.wrong-kind` if the expression is a condition.
    public func numbers(in table: Table) throws(Problem) -> Column {
        let evaluation = ExpressionEvaluation(table: table, expression: source)
        switch try evaluation.numbers(root) {
        case .constant(let value):
            return Column(
                name: source, kind: .number,
                values: .numbers([Double](repeating: value, count: table.rowCount), kinds: []))
        case .rows(let values, let kinds):
            return Column(name: source, kind: .number, values: .numbers(values, kinds: kinds))
        }
    }
}

/// Evaluates the nodes of an expression over the columns of a table.
private struct ExpressionEvaluation {
    /// Numbers by row, or one number for all rows.
    enum Numbers {
        case constant(Double)
        case rows([Double], kinds: [UInt8])
    }

    let table: Table
    let expression: String

    func truth(_ node: ExpressionNode) throws(Problem) -> Truth {
        switch node {
        case .truth(let value): return all(value ? Truth.yes : Truth.no)
        case .name(let name, .truth):
            let column = try column(name, kinds: [.item])
            return Truth(values: column.looked(up: [Truth.no, Truth.yes], missing: Truth.unknown))
        case .not(let inner): return try truth(inner).not
        case .and(let parts): return try folded(parts, empty: Truth.yes) { $0.and($1) }
        case .or(let parts), .any(let parts): return try folded(parts, empty: Truth.no) { $0.or($1) }
        case .compare(let comparison, .name(let left, let leftType), .name(let right, let rightType))
        where leftType.isTextual && rightType.isTextual && !(leftType.isScale && rightType.isScale):
            return try compareTexts(left, right, equal: comparison == .equal)
        case .compare(let comparison, let left, let right):
            return compare(comparison, try numbers(left), try numbers(right))
        case .member(let name, let codes, let negated):
            let column = try column(name, kinds: [.answers, .text])
            return member(column, codes: codes, negated: negated)
        case .has(let name, let codes): return try has(name, codes: codes)
        case .missing(let name): return try presence(name) { $0 != 0 }
        case .answered(let name): return try presence(name) { $0 == 0 }
        case .asked(let name): return try presence(name) { MissingKind(rawValue: $0)?.wasAsked ?? true }
        case .name, .number, .arithmetic, .count: throw .notATruth(expression)
        }
    }

    func numbers(_ node: ExpressionNode) throws(Problem) -> Numbers {
        switch node {
        case .number(let value): return .constant(value)
        case .name(let name, .number), .name(let name, .scale), .name(let name, .date):
            let column = try column(name, kinds: [.number, .date, .answers]).asNumbers()
            guard case .numbers(let values, let kinds) = column.values else { throw .notNumbers(name, found: []) }
            return .rows(values, kinds: kinds)
        case .arithmetic(let arithmetic, let left, let right):
            return calculate(arithmetic, try numbers(left), try numbers(right))
        case .count(let parts):
            var counts = [Double](repeating: 0, count: table.rowCount)
            for part in parts {
                let truth = try truth(part)
                for row in counts.indices where truth.values[row] == Truth.yes { counts[row] += 1 }
            }
            return .rows(counts, kinds: [])
        default: throw .notNumbers(expression, found: [expression])
        }
    }

    // MARK: Conditions

    private func all(_ value: UInt8) -> Truth { Truth(values: [UInt8](repeating: value, count: table.rowCount)) }

    private func folded(
        _ parts: [ExpressionNode], empty: UInt8, _ join: (Truth, Truth) -> Truth
    ) throws(Problem) -> Truth {
        guard let first = parts.first else { return all(empty) }
        var result = try truth(first)
        for part in parts.dropFirst() { result = join(result, try truth(part)) }
        return result
    }

    private func column(_ name: String, kinds: [Column.Kind]) throws(Problem) -> Column {
        let column = try table.column(name)
        guard kinds.contains(column.kind) else { throw .wrongKind(column, needed: kinds) }
        return column
    }

    private func presence(_ name: String, _ test: (UInt8) -> Bool) throws(Problem) -> Truth {
        let kinds = try table.column(name).missingKinds
        if kinds.isEmpty { return all(test(0) ? Truth.yes : Truth.no) }
        let answers = (0...UInt8.max).map { test($0) ? Truth.yes : Truth.no }
        return Truth(values: kinds.map { answers[Int($0)] })
    }

    private func member(_ column: Column, codes: [String], negated: Bool) -> Truth {
        let wanted = Set(codes)
        let found = negated ? Truth.no : Truth.yes
        let other = negated ? Truth.yes : Truth.no
        let table = column.dictionary.map { text -> UInt8 in
            // Swift takes texts that look alike for equal; keys are compared by their bytes.
            guard wanted.contains(text), codes.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
                return other
            }
            return found
        }
        return Truth(values: column.looked(up: table, missing: Truth.unknown))
    }

    /// A set holds one of the answers; a row that did not answer the set as a whole is unknown.
    private func has(_ name: String, codes: [String]) throws(Problem) -> Truth {
        let set = try column(name, kinds: [.set])
        var result = all(Truth.no)
        for code in codes {
            let item = try column("\(name)[\(code)]", kinds: [.item])
            result = result.or(Truth(values: item.looked(up: [Truth.no, Truth.yes], missing: Truth.unknown)))
        }
        let kinds = set.missingKinds
        if kinds.isEmpty { return result }
        return Truth(values: zip(result.values, kinds).map { $1 == 0 ? $0 : Truth.unknown })
    }

    /// Two coded or text columns, by the bytes of their texts: the second's texts are looked up among the first's once.
    private func compareTexts(_ left: String, _ right: String, equal: Bool) throws(Problem) -> Truth {
        let leftColumn = try column(left, kinds: [.answers, .text])
        let rightColumn = try column(right, kinds: [.answers, .text])
        var numbers: [[UInt8]: Int32] = [:]
        func numbered(_ column: Column) -> [Int32] {
            let table = column.dictionary.map { text -> Int32 in
                let bytes = Array(text.utf8)
                if let number = numbers[bytes] { return number }
                let number = Int32(clamping: numbers.count)
                numbers[bytes] = number
                return number
            }
            let kinds = column.missingKinds
            return (0..<column.rowCount).map { row in
                guard kinds.isEmpty || kinds[row] == 0 else { return -1 }
                return table[column.index(at: row)]
            }
        }
        let leftNumbers = numbered(leftColumn)
        let rightNumbers = numbered(rightColumn)
        return Truth(
            values: zip(leftNumbers, rightNumbers).map { a, b in
                a < 0 || b < 0 ? Truth.unknown : (a == b) == equal ? Truth.yes : Truth.no
            })
    }

    private func compare(_ comparison: ExpressionNode.Comparison, _ left: Numbers, _ right: Numbers) -> Truth {
        switch comparison {
        case .equal: compared(left, right) { $0 == $1 }
        case .notEqual: compared(left, right) { $0 != $1 }
        case .less: compared(left, right) { $0 < $1 }
        case .lessOrEqual: compared(left, right) { $0 <= $1 }
        case .greater: compared(left, right) { $0 > $1 }
        case .greaterOrEqual: compared(left, right) { $0 >= $1 }
        }
    }

    @inline(__always)
    private func compared(_ left: Numbers, _ right: Numbers, _ test: (Double, Double) -> Bool) -> Truth {
        var kinds: [UInt8] = []
        var values: [UInt8]
        switch (left, right) {
        case (.constant(let a), .constant(let b)): return all(test(a, b) ? Truth.yes : Truth.no)
        case (.rows(let rows, let missing), .constant(let b)):
            values = rows.map { test($0, b) ? Truth.yes : Truth.no }
            kinds = missing
        case (.constant(let a), .rows(let rows, let missing)):
            values = rows.map { test(a, $0) ? Truth.yes : Truth.no }
            kinds = missing
        case (.rows(let a, let leftKinds), .rows(let b, let rightKinds)):
            values = a.indices.map { test(a[$0], b[$0]) ? Truth.yes : Truth.no }
            kinds = ExpressionEvaluation.firstKinds(leftKinds, rightKinds)
        }
        for row in kinds.indices where kinds[row] != 0 { values[row] = Truth.unknown }
        return Truth(values: values)
    }

    // MARK: Numbers

    private func calculate(_ arithmetic: ExpressionNode.Arithmetic, _ left: Numbers, _ right: Numbers) -> Numbers {
        switch arithmetic {
        case .add: calculated(left, right) { $0 + $1 }
        case .subtract: calculated(left, right) { $0 - $1 }
        case .multiply: calculated(left, right) { $0 * $1 }
        case .divide: calculated(left, right) { $1 == 0 ? .nan : $0 / $1 }
        }
    }

    /// Calculates by row; NaN stands for a division by zero, which no other operation on finite numbers can make.
    @inline(__always)
    private func calculated(_ left: Numbers, _ right: Numbers, _ operation: (Double, Double) -> Double) -> Numbers {
        var values: [Double]
        var kinds: [UInt8] = []
        switch (left, right) {
        case (.constant(let a), .constant(let b)):
            let value = operation(a, b)
            if value.isFinite { return .constant(value) }
            values = [Double](repeating: value, count: table.rowCount)
        case (.rows(let rows, let missing), .constant(let b)):
            values = rows.map { operation($0, b) }
            kinds = missing
        case (.constant(let a), .rows(let rows, let missing)):
            values = rows.map { operation(a, $0) }
            kinds = missing
        case (.rows(let a, let leftKinds), .rows(let b, let rightKinds)):
            values = a.indices.map { operation(a[$0], b[$0]) }
            kinds = ExpressionEvaluation.firstKinds(leftKinds, rightKinds)
        }
        if values.contains(where: { !$0.isFinite }) {
            if kinds.isEmpty { kinds = [UInt8](repeating: 0, count: values.count) }
            for row in values.indices where !values[row].isFinite {
                if kinds[row] == 0 {
                    kinds[row] =
                        values[row].isNaN ? MissingKind.notApplicable.rawValue : MissingKind.unreadable.rawValue
                }
                values[row] = 0
            }
        }
        return .rows(values, kinds: kinds)
    }

    /// The kind of the first missing operand by row.
    private static func firstKinds(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        if left.isEmpty { return right }
        if right.isEmpty { return left }
        return zip(left, right).map { $0 != 0 ? $0 : $1 }
    }
}

extension ValueType {
    /// True for values that can be compared as texts.
    fileprivate var isTextual: Bool {
        switch self {
        case .answer, .scale, .text: true
        case .truth, .number, .date, .set: false
        }
    }

    fileprivate var isScale: Bool { if case .scale = self { true } else { false } }
}

extension Column {
    /// The index of a row that has a value.
    fileprivate func index(at row: Int) -> Int {
        switch values {
        case .bytes(let bytes): Int(bytes[row])
        case .words(let words): Int(words[row])
        case .indexes(let indexes): Int(indexes[row])
        case .numbers: 0
        }
    }
}

extension Problem {
    /// A column of another kind than the expression was checked for.
    static func wrongKind(_ column: Column, needed: [Column.Kind]) -> Problem {
        Problem(
            "data.wrong-kind", .input, what: "Column \"\(column.name)\" is of the wrong kind",
            place: Place(column: column.name),
            why:
                "the expression needs \(needed.map(\.rawValue).joined(separator: ", ")); the column is \(column.kind.rawValue)",
            fix: "import the wave again with its questionnaire")
    }

    /// A number where a condition is evaluated.
    static func notATruth(_ expression: String) -> Problem {
        Problem(
            "data.not-a-condition", .usage, what: "\(expression) is not a condition",
            why: "something that is true or false must stand here; found \(expression)",
            fix: "compare it, as in age >= 18 or sex = 1")
    }
}
