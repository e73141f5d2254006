package import SurveyData
package import SurveyProblems

/// A column as numbers; a row without a finite value holds a value that is not finite.
package struct NumberValues: Sendable {
    package let values: [Double]

    /// Takes numbers and dates as they are, answers and texts whose codes are all numbers by their codes, items as 0 or 1.
    package init(_ column: Column) throws(Problem) {
        switch column.values {
        case .numbers(let numbers, let kinds):
            values = kinds.isEmpty ? numbers : zip(numbers, kinds).map { $1 == 0 ? $0 : .nan }
        case .bytes(let raw):
            values = NumberValues.mapped(raw, by: try NumberValues.numbers(of: column))
        case .words(let raw):
            values = NumberValues.mapped(raw, by: try NumberValues.numbers(of: column))
        case .indexes(let raw):
            values = NumberValues.mapped(raw, by: try NumberValues.numbers(of: column))
        }
    }

    private static func numbers(of column: Column) throws(Problem) -> [Double] {
        if column.kind == .item { return [0, 1] }
        var numbers: [Double] = []
        numbers.reserveCapacity(column.dictionary.count)
        for text in column.dictionary {
            guard let number = Double(text), number.isFinite else { throw .notNumeric(column, text: text) }
            numbers.append(number)
        }
        return numbers
    }

    private static func mapped<Raw: FixedWidthInteger & UnsignedInteger>(_ raw: [Raw], by numbers: [Double]) -> [Double] {
        raw.map { Int($0) < numbers.count ? numbers[Int($0)] : .nan }
    }
}

extension Problem {
    /// A column whose texts are not all numbers where numbers are needed.
    static func notNumeric(_ column: Column, text: String) -> Problem {
        Problem(
            "design.not-numeric", .usage, what: "Column \"\(column.name)\" is not numeric", place: Place(column: column.name),
            why: "every value must be a number; found \"\(text)\"", fix: "name a column of numbers")
    }
}
