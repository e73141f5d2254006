public import SurveyProblems
internal import SurveySchema

extension Column {
    /// The column as coded answers, for shares and breakdowns of data that has no questionnaire.
    ///
    /// Answers stay as they are. Texts become codes as written (`01` is not `1`), whole numbers and dates their shortest
    /// text, items `0` and `1`. The codes are in order of number if all are numbers, else of bytes; only codes that occur
    /// are among them.
    ///
    /// - Missing: kinds are kept row by row.
    /// - Throws: ``Problem`` `data.not-codes` for a set and for numbers that are not whole; `data.too-many-codes` above
    ///   `limit` different values (nil: as many as a column can hold).
    public func asCodes(limit: Int? = 255) throws(Problem) -> Column {
        let most = min(limit ?? Column.mostCodes, Column.mostCodes)
        switch (kind, values) {
        case (.answers, _): return self
        case (.set, _): throw .notCodes(name, found: kind.rawValue)
        case (.item, _): return Column(name: name, kind: .answers, dictionary: ["0", "1"], values: values)
        case (.number, .numbers(let numbers, let kinds)) where kinds.isEmpty || kinds.count == numbers.count:
            guard let whole = WholeNumbers(numbers, kinds: kinds) else {
                return try codedNumbers(numbers, kinds, most: most)
            }
            guard whole.distinct.count <= most else { throw .tooManyCodes(name, most: most) }
            let codes = whole.distinct.map(String.init)
            let values: Values =
                codes.count <= Column.mostByteAnswers
                ? .bytes(whole.mapped(codes.indices.map { UInt8(clamping: $0) }) { $0 })
                : .words(whole.mapped(codes.indices.map { UInt16(clamping: $0) }) { Column.missingWord | UInt16($0) })
            return Column(name: name, kind: .answers, dictionary: codes, values: values)
        case (_, .numbers(let numbers, let kinds)): return try codedNumbers(numbers, kinds, most: most)
        case (_, .indexes(let indexes)): return try codedTexts(most: most, rowCount: indexes.count) { Int(indexes[$0]) }
        case (_, .words(let words)): return try codedTexts(most: most, rowCount: words.count) { Int(words[$0]) }
        case (_, .bytes(let bytes)): return try codedTexts(most: most, rowCount: bytes.count) { Int(bytes[$0]) }
        }
    }

    /// Numbers of a wide range, and dates: looked up by hash.
    private func codedNumbers(_ numbers: [Double], _ kinds: [UInt8], most: Int) throws(Problem) -> Column {
        let whole = try distinctWhole(numbers, kinds: kinds, most: most)
        let isDate = kind == .date
        let codes = whole.map { isDate ? CalendarDate(days: $0).description : String($0) }
        let positions = Dictionary(zip(whole, 0...), uniquingKeysWith: { first, _ in first })
        return coded(codes, rowCount: numbers.count, kinds: kinds) { row in positions[Int(numbers[row])] ?? 0 }
    }

    /// The number of answers that a column can tell apart.
    private static let mostCodes = 65_000

    /// The whole numbers that occur, ascending.
    private func distinctWhole(_ numbers: [Double], kinds: [UInt8], most: Int) throws(Problem) -> [Int] {
        var found: Set<Int> = []
        var last: Int?
        for row in numbers.indices where kinds.isEmpty || kinds[row] == 0 {
            guard let whole = Int(exactly: numbers[row]) else {
                throw .notCodes(name, found: JSONText.shortest(numbers[row]))
            }
            if whole == last { continue }
            last = whole
            found.insert(whole)
            guard found.count <= most else { throw .tooManyCodes(name, most: most) }
        }
        return found.sorted()
    }

    private func codedTexts(most: Int, rowCount: Int, index: (Int) -> Int) throws(Problem) -> Column {
        let kinds = missingKinds
        var occurs = [Bool](repeating: false, count: dictionary.count)
        for row in 0..<rowCount where kinds.isEmpty || kinds[row] == 0 { occurs[index(row)] = true }
        let used = dictionary.indices.filter { occurs[$0] }
        guard used.count <= most else { throw .tooManyCodes(name, most: most) }
        let numbers = used.map { Column.decimal(dictionary[$0]) }
        let areNumbers = numbers.allSatisfy { $0 != nil }
        let order = used.indices.sorted { left, right in
            if areNumbers, let a = numbers[left], let b = numbers[right], a != b { return a < b }
            return dictionary[used[left]].utf8.lexicographicallyPrecedes(dictionary[used[right]].utf8)
        }
        var positions = [Int](repeating: 0, count: dictionary.count)
        for (position, index) in order.enumerated() { positions[used[index]] = position }
        return coded(order.map { dictionary[used[$0]] }, rowCount: rowCount, kinds: kinds) { positions[index($0)] }
    }

    private func coded(_ codes: [String], rowCount: Int, kinds: [UInt8], position: (Int) -> Int) -> Column {
        Column(name: name, answers: codes, rowCount: rowCount, kinds: kinds, position: position)
    }

    /// Makes a coded column from answer positions; `position` is asked only for rows that have a value.
    init(name: String, answers: [String], rowCount: Int, kinds: [UInt8], position: (Int) -> Int) {
        let values: Values
        if answers.count <= Column.mostByteAnswers {
            values = .bytes(
                (0..<rowCount).map { row in
                    kinds.isEmpty || kinds[row] == 0 ? UInt8(clamping: position(row)) : kinds[row]
                })
        } else {
            values = .words(
                (0..<rowCount).map { row in
                    kinds.isEmpty || kinds[row] == 0
                        ? UInt16(clamping: position(row)) : Column.missingWord | UInt16(kinds[row])
                })
        }
        self.init(name: name, kind: .answers, dictionary: answers, values: values)
    }
}

extension Problem {
    /// Values that cannot be answers.
    static func notCodes(_ column: String, found: String) -> Problem {
        Problem(
            "data.not-codes", .usage, what: "Column \"\(column)\" does not hold answers", place: Place(column: column),
            why: "shares and breakdowns need texts or whole numbers; found \(found)",
            fix: "name a coded column, or ask for its mean")
    }

    /// More different values than answers may be told apart.
    static func tooManyCodes(_ column: String, most: Int) -> Problem {
        Problem(
            "data.too-many-codes", .usage, what: "Column \"\(column)\" has too many different values",
            place: Place(column: column),
            why: "shares and breakdowns take at most \(most) different answers; found more",
            fix: "cut the variable into classes, or ask for its mean")
    }
}
