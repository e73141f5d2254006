internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema

/// What a measure is computed from, by row of the table.
struct MeasuredValues {
    enum Content {
        /// The answer of each row as a position; the number of answers where there is none.
        case codes([UInt16])
        /// Numbers; not finite where there is none.
        case numbers([Double])
        /// Numerators and denominators.
        case pairs([Double], [Double])
    }

    let content: Content
    /// The number of different answers; 1 for numbers.
    let answerCount: Int
    /// The answers that are estimated, with their codes.
    let estimated: [(answer: Int, label: String?)]

    /// Answers of one variable that can be told apart.
    static let mostAnswers = 60_000

    /// Takes the values of a measure; a set of items is one measure an item, the others are whole.
    init(_ measure: Measure, item: Int?, rowCount: Int) throws(Problem) {
        switch measure.content {
        case .rows:
            self.init(codes: [UInt16](repeating: 0, count: rowCount), answerCount: 1, estimated: [(0, nil)])
        case .condition(let truth):
            let codes = truth.values.map { UInt16($0 <= Truth.yes ? $0 : 2) }
            self.init(codes: codes, answerCount: 2, estimated: [(1, nil)])
        case .items(let set, let items, let labels):
            let position = item ?? 0
            let answered = try MeasuredValues.bytes(of: set)
            let chosen = try MeasuredValues.bytes(of: items[position])
            let codes = zip(answered, chosen).map { $0 < MissingKind.lowest ? UInt16($1 == 1 ? 1 : 0) : 2 }
            self.init(codes: codes, answerCount: 2, estimated: [(1, labels[position])])
        case .shares(let column, let only):
            try self.init(sharesOf: column, only: only)
        case .mean(let column), .total(let column):
            self.init(content: .numbers(try NumberValues(column).values))
        case .ratio(let numerator, let denominator):
            self.init(content: .pairs(try NumberValues(numerator).values, try NumberValues(denominator).values))
        case .quantiles(let column, let probabilities):
            self.init(content: .numbers(try NumberValues(column).values), estimates: probabilities.count)
        case .statistic(let statistic):
            self.init(content: .numbers(try MeasuredValues.complete(statistic)), estimates: statistic.estimateCount)
        }
    }

    /// How many estimates a measure, or one item of a set, makes for a group; rows are looked at only where the answers
    /// have to be found first.
    static func estimateCount(of measure: Measure) throws(Problem) -> Int {
        switch measure.content {
        case .rows, .condition, .items, .mean, .total, .ratio: 1
        case .shares(_, .some): 1
        case .shares(let column, nil) where column.kind == .answers && column.dictionary.count <= mostAnswers:
            column.dictionary.count
        case .shares: try MeasuredValues(measure, item: nil, rowCount: 0).estimated.count
        case .quantiles(_, let probabilities): probabilities.count
        case .statistic(let statistic): statistic.estimateCount
        }
    }

    private init(codes: [UInt16], answerCount: Int, estimated: [(answer: Int, label: String?)]) {
        content = .codes(codes)
        self.answerCount = answerCount
        self.estimated = estimated
    }

    private init(content: Content, estimates: Int = 1) {
        self.content = content
        answerCount = 1
        estimated = [(answer: Int, label: String?)](repeating: (0, nil), count: estimates)
    }

    /// The first numbers of a statistic, not-a-number where any of its columns has none.
    private static func complete(_ statistic: any GroupStatistic) throws(Problem) -> [Double] {
        var complete: [Double] = []
        for column in statistic.columns {
            let values = try NumberValues(column).values
            if complete.isEmpty {
                complete = values
            } else {
                for row in complete.indices where !values[row].isFinite { complete[row] = .nan }
            }
        }
        return complete
    }

    private init(sharesOf column: Column, only: [Int]?) throws(Problem) {
        if column.kind == .answers, column.dictionary.count <= MeasuredValues.mostAnswers {
            let names = column.dictionary
            let codes = MeasuredValues.positions(column, count: names.count)
            self.init(codes: codes, names: names, only: only)
            return
        }
        let keys = KeyCodes(column, in: .natural)
        guard keys.labels.count <= MeasuredValues.mostAnswers else {
            throw .tooManyGroups(column.name, count: keys.labels.count, most: MeasuredValues.mostAnswers)
        }
        // An index of `only` names an entry of the dictionary, which for texts stands in another order than the keys.
        let wanted = only.map { positions in
            let names = Set(positions.filter(column.dictionary.indices.contains).map { column.dictionary[$0] })
            return keys.labels.indices.filter {
                column.dictionary.isEmpty ? positions.contains($0) : names.contains(keys.labels[$0])
            }
        }
        self.init(codes: keys.codes.map { UInt16(truncatingIfNeeded: $0) }, names: keys.labels, only: wanted)
    }

    private init(codes: [UInt16], names: [String], only: [Int]?) {
        guard let only else {
            self.init(codes: codes, answerCount: names.count, estimated: names.enumerated().map { ($0, $1) })
            return
        }
        var map = [UInt16](repeating: 0, count: names.count + 1)
        for position in only where names.indices.contains(position) { map[position] = 1 }
        map[names.count] = 2
        let label = only.filter(names.indices.contains).map { names[$0] }.joined(separator: ",")
        self.init(codes: codes.map { map[Int($0)] }, answerCount: 2, estimated: [(1, label)])
    }

    /// The positions of answers; whatever is no answer of the dictionary becomes `count`.
    private static func positions(_ column: Column, count: Int) -> [UInt16] {
        let missing = UInt16(count)
        switch column.values {
        case .bytes(let raw):
            return [UInt16](unsafeUninitializedCapacity: raw.count) { codes, filled in
                raw.withUnsafeBufferPointer { raw in
                    for row in raw.indices {
                        let code = UInt16(raw[row])
                        codes.initializeElement(at: row, to: code < missing ? code : missing)
                    }
                }
                filled = raw.count
            }
        case .words(let raw): return raw.map { Int($0) < count ? $0 : missing }
        case .indexes(let raw): return raw.map { Int($0) < count ? UInt16(truncatingIfNeeded: $0) : missing }
        case .numbers(let numbers, _): return [UInt16](repeating: missing, count: numbers.count)
        }
    }

    private static func bytes(of column: Column) throws(Problem) -> [UInt8] {
        guard case .bytes(let bytes) = column.values else { throw .notASet(column.name) }
        return bytes
    }

    /// True if a row has what the measure needs.
    func isAnswered(_ row: Int) -> Bool {
        switch content {
        case .codes(let codes): Int(codes[row]) < answerCount
        case .numbers(let numbers): numbers[row].isFinite
        case .pairs(let numerators, let denominators): numerators[row].isFinite && denominators[row].isFinite
        }
    }
}

extension Problem {
    /// A column that is no multiple-response set or item.
    static func notASet(_ name: String) -> Problem {
        Problem(
            "estimation.not-a-set", .usage, what: "\"\(name)\" is not a multiple-response set",
            place: Place(variable: name), why: "a set and its items are columns of 0 and 1; found other values",
            fix: "name the set, not a single variable")
    }
}
