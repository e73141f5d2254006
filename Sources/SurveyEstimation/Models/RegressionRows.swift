internal import SurveyData
internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems

/// The rows that a regression reads: those of the domain that are complete on its own variables.
struct RegressionRows: Sendable {
    enum Response: Sendable {
        case numbers([Double])
        case categories([UInt16], labels: [String])

        var content: ModelVariable.Content {
            switch self {
            case .numbers(let numbers): .numbers(numbers)
            case .categories(let codes, let labels): .categories(codes, labels: labels)
            }
        }
    }

    /// By row of the table.
    let response: Response
    let variables: [ModelVariable]
    /// By row of the table; empty without one.
    let offset: [Double]
    /// True for each row in use that is complete.
    let base: [Bool]
    let positions: [UInt32]
    /// These rows as rows of the table.
    let rows: [UInt32]
    /// True for each row of the table that is complete, whether in the domain or not.
    private let isComplete: [Bool]
    /// Rows of the domain that lack something.
    let incomplete: Int
    /// The mean weight of the rows in use of the domain.
    let meanWeight: Double

    init(_ regression: Regression, design: SampleDesign, domain: Truth?, missing: EstimationOptions.Missing)
        throws(Problem)
    {
        let name: String
        switch regression.response {
        case .numbers(let column):
            name = column.name
            response = .numbers(try NumberValues(column).values)
        case .answers(let column):
            name = column.name
            let values = try ModelVariable.categories(column)
            response = .categories(values.codes, labels: values.labels)
        case .condition(let truth):
            if case .condition(let text) = regression.formula.response { name = text } else { name = "" }
            response = .numbers(
                truth.values.map { $0 == Truth.yes ? 1 : $0 == Truth.no ? 0 : .nan })
        }
        variables = try ModelFrame.variables(of: regression.formula, in: regression.variables)
        var offset: [Double] = []
        for variable in regression.formula.offsets {
            let own = try NumberValues(regression.variables.column(variable)).values
            offset = offset.isEmpty ? own : zip(offset, own).map { $0 + $1 }
        }
        self.offset = offset
        var isComplete = [Bool](repeating: true, count: design.rowCount)
        ([response.content] + variables.map(\.content)).forEach { $0.clear(&isComplete) }
        if !offset.isEmpty { ModelVariable.Content.numbers(offset).clear(&isComplete) }
        let (sampled, weightOfPosition) = (design.rows, design.weights)
        var base = [Bool](repeating: false, count: sampled.count)
        var positions: [UInt32] = []
        positions.reserveCapacity(sampled.count)
        var weights = CompensatedSum()
        var (inDomain, incomplete) = (0, 0)
        for (position, row) in sampled.enumerated() where domain?.holds(Int(row)) != false {
            inDomain += 1
            weights.add(weightOfPosition[position])
            let row = Int(row)
            guard isComplete[row] else {
                incomplete += 1
                continue
            }
            base[position] = true
            positions.append(UInt32(truncatingIfNeeded: position))
        }
        guard inDomain > 0 else { throw .emptyDomain() }
        if missing == .error, incomplete > 0 {
            let rows = sampled.indices.filter {
                !base[$0] && domain?.holds(Int(sampled[$0])) != false
            }.map { Int(sampled[$0]) + 1 }.sorted()
            throw .missingAnswers(regression.formula.source, rows: rows)
        }
        guard !positions.isEmpty else {
            let names = [name] + regression.formula.variables
            throw .noCompleteRow(names, rows: inDomain)
        }
        guard !positions.contains(where: { weightOfPosition[Int($0)] < 0 }) else {
            let negative = positions.filter { weightOfPosition[Int($0)] < 0 }
            throw .negativeWeights(rows: negative.map { Int(sampled[Int($0)]) + 1 }.sorted())
        }
        rows = positions.map { sampled[Int($0)] }
        self.isComplete = isComplete
        self.base = base
        self.positions = positions
        self.incomplete = incomplete
        meanWeight = weights.value / Double(inDomain)
        guard meanWeight > 0, meanWeight.isFinite else { throw .emptyDomain() }
    }

    /// Which rows are alike in all that the model reads; nil where few are.
    var equal: EqualRows? {
        EqualRows(
            variables.map(\.content) + [response.content] + (offset.isEmpty ? [] : [.numbers(offset)]),
            isComplete: isComplete, rows: rows)
    }

    /// The numbers of the response by padded row of a matrix; refuses what the family cannot have.
    func numbers(
        of family: ModelFamily, name: String, rows: [UInt32], padded: Int
    ) throws(Problem) -> [Double] {
        guard case .numbers(let all) = response else { throw .responseKind(name, found: "answers") }
        // What fills the last block has weight 0 and must only be inside every family's range.
        var own = [Double](repeating: 1, count: padded)
        var isFine = true
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for (place, row) in rows.enumerated() {
            let value = all[Int(row)]
            own[place] = value
            (least, greatest) = (min(least, value), max(greatest, value))
            isFine = isFine && family.takes(value)
        }
        guard isFine else {
            let wrong = self.rows.filter { !family.takes(all[Int($0)]) }.map { Int($0) + 1 }.sorted()
            let range =
                switch family {
                case .gaussian: "−1e100…1e100"
                case .binomial: "0…1"
                case .poisson: "0…1e100"
                case .gamma: "> 0"
                }
            throw .responseRange(
                name, range: range, rows: wrong, found: all[(wrong.first ?? 1) - 1])
        }
        guard least < greatest else { throw .constantResponse(name, value: JSONText.shortest(least)) }
        return own
    }

    /// The categories of the response that occur, and their number by padded row.
    func categories(
        name: String, rows: [UInt32], padded: Int
    ) throws(Problem) -> (codes: [UInt16], labels: [String]) {
        guard case .categories(let codes, let labels) = response else {
            throw .responseKind(name, found: "numbers")
        }
        var occurs = [Bool](repeating: false, count: labels.count)
        for row in rows { occurs[Int(codes[Int(row)])] = true }
        let found = labels.indices.filter { occurs[$0] }
        guard found.count > 1 else { throw .constantResponse(name, value: found.first.map { labels[$0] } ?? "") }
        guard found.count <= RegressionRows.mostCategories else {
            throw .tooManyGroups(name, count: found.count, most: RegressionRows.mostCategories)
        }
        var number = [UInt16](repeating: 0, count: labels.count)
        for (place, code) in found.enumerated() { number[code] = UInt16(place) }
        var own = [UInt16](repeating: 0, count: padded)
        for (place, row) in rows.enumerated() { own[place] = number[Int(codes[Int(row)])] }
        return (own, found.map { labels[$0] })
    }

    /// Categories that a response may have.
    static let mostCategories = 60
}

extension ModelFamily {
    /// True for a response that a family can have.
    fileprivate func takes(_ value: Double) -> Bool {
        switch self {
        case .gaussian: abs(value) < 1e100
        case .binomial: value >= 0 && value <= 1
        case .poisson: value >= 0 && value < 1e100
        case .gamma: value > 0 && value < 1e100
        }
    }
}

extension Problem {
    /// Every row lacks something.
    static func noCompleteRow(_ names: [String], rows: Int) -> Problem {
        Problem(
            "estimation.model-no-rows", .computation, what: "No row is complete on the variables of the model",
            why: "\(rows) rows were looked at for \(list: names); each lacks at least one of them",
            fix: "leave out the variable that is missing most")
    }

    /// Weights below 0 among the rows of a model.
    static func negativeWeights(rows: [Int]) -> Problem {
        Problem(
            "estimation.model-negative-weight", .computation, what: "Weight is negative in \(rows.count) rows",
            place: Place(rows: rows), why: "a model is fitted with weights of 0 and above",
            fix: "calibrate with bounds, or name another column with --weight")
    }

    /// A response that is not what the kind of model explains.
    static func responseKind(_ name: String, found: String) -> Problem {
        Problem(
            "estimation.model-response-kind", .usage, what: "\"\(name)\" cannot be explained by this kind of model",
            place: Place(variable: name),
            why:
                "ordinal and multinomial explain answers, logistic a condition, the others a number; found \(found)",
            fix: "name another kind, or write a condition such as \(name)=1 before the tilde")
    }

    /// Values of a response that a family cannot have.
    static func responseRange(_ name: String, range: String, rows: [Int], found: Double) -> Problem {
        Problem(
            "estimation.model-response-range", .computation, what: "\"\(name)\" is out of range in \(rows.count) rows",
            place: Place(rows: rows, variable: name),
            why: "this kind of model needs values in \(range); found \(JSONText.shortest(found))",
            fix: "name another kind, or for a logistic model write a condition such as \(name)=1 before the tilde")
    }

    /// A response that does not vary.
    static func constantResponse(_ name: String, value: String) -> Problem {
        Problem(
            "estimation.model-constant", .computation, what: "\"\(name)\" is the same in every complete row",
            place: Place(variable: name), why: "a response must vary to be explained; found only \(value)",
            fix: "check the variable, or widen --where")
    }
}
