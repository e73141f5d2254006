internal import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Lets respondents stand for the non-respondents of their cell.
///
///     unknown eligibility:  d ← d · Σ all d / Σ known d        on known cases, the unknown get 0
///     non-response:         d ← d · Σ eligible d / Σ respondents d   on respondents, non-respondents get 0
///
/// with sums over the cell; ineligible cases keep their weight. The unweighted rate has counts in place of sums.
///
/// - Shapes: one weight a row in and out; one outcome and one code of each cell variable a row.
/// - Missing: a row in use without an outcome or without a cell is an error.
/// - Source: Särndal and Lundström (2005); Documentation/Methods.md, "Weighting".
///   Checked: cases nonresponse-cells and nonresponse-cells-unweighted of weighting.json.
public struct NonresponseAdjustment: Sendable, Equatable {
    public enum Rate: String, Sendable, CaseIterable { case weighted, unweighted }

    /// The variables whose crossing makes the cells; none means one cell.
    public var cells: [String]
    public var outcome: String
    public var classes: OutcomeMap
    public var rate: Rate
    /// Cells with fewer respondents, or a greater factor, are told with a proposal and used as they are.
    public var fewestRespondents: Int
    public var greatestFactor: Double

    public init(
        cells: [String], outcome: String, classes: OutcomeMap, rate: Rate = .weighted, fewestRespondents: Int = 20,
        greatestFactor: Double = 3
    ) {
        self.cells = cells
        self.outcome = outcome
        self.classes = classes
        self.rate = rate
        self.fewestRespondents = fewestRespondents
        self.greatestFactor = greatestFactor
    }

    /// The columns that the step needs.
    public var columns: [String] { cells + [outcome] }

    /// What a step made.
    public struct Result: Sendable {
        public let weights: [Double]
        /// The class of each row; of rows of weight 0 too.
        public let outcomes: [OutcomeClass?]
        /// By cell its codes joined by `*`, its respondents and the factor on their weights.
        public let cells: [(label: String, respondents: Int, factor: Double)]
        /// What replicates need to do the step again.
        public var record: AdjustmentRecord?
    }

    /// Adjusts the weights of issued cases; cautions are among the problems.
    public func adjusted(_ weights: [Double], variables: [WeightingVariable]) -> Checked<Result> {
        let own = cells.compactMap { name in variables.first { $0.name == name } }
        guard own.count == cells.count, let status = variables.first(where: { $0.name == outcome }) else {
            preconditionFailure("one variable for each column of the step")
        }
        var problems: [Problem] = []
        let (outcomes, unmapped) = outcomes(status, weights)
        problems += unmapped
        let crossed = CrossedCells(own.map(\.column), weights: weights)
        for (number, variable) in own.enumerated() {
            let bad = Set(
                crossed.rows.indices.filter { crossed.codes[number][$0] >= variable.codes.count }.map {
                    UInt32(truncatingIfNeeded: $0)
                })
            guard !bad.isEmpty else { continue }
            let rows = crossed.cellOfRow.indices.filter { bad.contains(crossed.cellOfRow[$0]) }.map { $0 + 1 }
            problems.append(.noCell(variable.name, rows: rows))
        }
        guard problems.isEmpty else { return Checked(value: nil, problems: problems) }
        return computed(weights, outcomes, crossed, own)
    }

    private func computed(
        _ weights: [Double], _ outcomes: [OutcomeClass?], _ crossed: CrossedCells, _ own: [WeightingVariable]
    ) -> Checked<Result> {
        var sums: [OutcomeClass: [CompensatedSum]] = [:]
        var counts: [OutcomeClass: [Int]] = [:]
        for outcome in OutcomeClass.allCases {
            sums[outcome] = [CompensatedSum](repeating: CompensatedSum(), count: crossed.count)
            counts[outcome] = [Int](repeating: 0, count: crossed.count)
        }
        for row in weights.indices where weights[row] != 0 {
            guard let outcome = outcomes[row] else { continue }
            let cell = Int(crossed.cellOfRow[row])
            sums[outcome]?[cell].add(rate == .weighted ? weights[row] : 1)
            counts[outcome]?[cell] += 1
        }
        let margin = BoundMargin(
            variables: cells, labels: crossed.rows.indices.map { label($0, crossed, own) },
            codes: crossed.rows.indices.map { cell in crossed.codes.map { Int($0[cell]) } }, targets: crossed.weights,
            categoryOfCell: [])
        var problems: [Problem] = []
        var factors = [(known: Double, respondent: Double)](repeating: (1, 1), count: crossed.count)
        var described: [(label: String, respondents: Int, factor: Double)] = []
        func value(_ outcome: OutcomeClass, _ cell: Int) -> Double { sums[outcome]?[cell].value ?? 0 }
        func respondents(_ cell: Int) -> Int { counts[.respondent]?[cell] ?? 0 }
        let answered = (0..<crossed.count).filter { respondents($0) > 0 }
        guard !answered.isEmpty else { return Checked(value: nil, problems: [.noWeights()]) }
        for cell in 0..<crossed.count {
            let near = margin.nearest(to: cell, among: answered).map { margin.labels[$0] } ?? ""
            let eligible = value(.respondent, cell) + value(.nonRespondent, cell)
            let known = eligible + value(.ineligible, cell)
            guard respondents(cell) > 0 else {
                // A cell of ineligible cases alone has nobody to stand for.
                if eligible > 0 || value(.unknown, cell) > 0 {
                    problems.append(
                        placed(.emptyCell(margin.labels[cell], rows: crossed.rows[cell], near: near), margin, cell))
                }
                continue
            }
            factors[cell] = ((known + value(.unknown, cell)) / known, eligible / value(.respondent, cell))
            let factor = factors[cell].known * factors[cell].respondent
            described.append((margin.labels[cell], respondents(cell), factor))
            if respondents(cell) < fewestRespondents || factor > greatestFactor {
                let problem: Problem =
                    near.isEmpty
                    ? .weakAdjustment(
                        respondents: respondents(cell), fewest: fewestRespondents, factor: factor,
                        greatest: greatestFactor)
                    : .smallCell(
                        margin.labels[cell], respondents: respondents(cell), fewest: fewestRespondents,
                        factor: factor, greatest: greatestFactor, near: near)
                problems.append(placed(problem, margin, cell))
            }
        }
        guard !problems.contains(where: { $0.severity == .error }) else {
            return Checked(value: nil, problems: problems)
        }
        var result = weights
        for row in weights.indices where weights[row] != 0 {
            let factor = factors[Int(crossed.cellOfRow[row])]
            switch outcomes[row] {
            case .respondent?: result[row] *= factor.known * factor.respondent
            case .ineligible?: result[row] *= factor.known
            case .nonRespondent?, .unknown?, nil: result[row] = 0
            }
        }
        var made = Result(weights: result, outcomes: outcomes, cells: described)
        made.record = AdjustmentRecord(
            .nonresponse, crossed.cellOfRow, cellCount: crossed.count, outcomes: outcomes, rate: rate, before: weights)
        return Checked(value: made, problems: problems)
    }

    private func placed(_ problem: Problem, _ margin: BoundMargin, _ cell: Int) -> Problem {
        var problem = problem.placed(variable: margin.label)
        problem.place.detail = "\(margin.label)=\(margin.labels[cell])"
        return problem
    }

    private func label(_ cell: Int, _ crossed: CrossedCells, _ own: [WeightingVariable]) -> String {
        own.indices.map { number in
            let code = Int(crossed.codes[number][cell])
            return code < own[number].codes.count ? own[number].codes[code] : ""
        }.joined(separator: "*")
    }

    /// The class of each row, and a problem for each code that has none.
    func outcomes(
        _ status: WeightingVariable, _ weights: [Double]
    ) -> (outcomes: [OutcomeClass?], problems: [Problem]) {
        let classOfCode = status.codes.map { classes.outcome(of: $0) }
        var outcomes: [OutcomeClass?] = []
        outcomes.reserveCapacity(weights.count)
        var strangers: [Int: [Int]] = [:]
        let column = status.column
        for row in weights.indices {
            let code: Int =
                switch column.values {
                case .bytes(let raw): Int(raw[row])
                case .words(let raw): Int(raw[row])
                case .indexes, .numbers: classOfCode.count
                }
            let outcome = code < classOfCode.count ? classOfCode[code] : nil
            outcomes.append(outcome)
            if outcome == nil, weights[row] != 0 {
                strangers[min(code, classOfCode.count), default: []].append(row + 1)
            }
        }
        let problems = strangers.keys.sorted().map { code in
            Problem.unmappedOutcome(
                code < status.codes.count ? status.codes[code] : "", of: status.name, rows: strangers[code] ?? [],
                known: classes.known)
        }
        return (outcomes, problems)
    }
}

extension Problem {
    /// An outcome code that belongs to no class, or an empty outcome.
    static func unmappedOutcome(_ code: String, of variable: String, rows: [Int], known: [String]) -> Problem {
        Problem(
            "weighting.unmapped-outcome", .input, what: "Outcome \"\(code)\" of \"\(variable)\" has no class",
            place: Place(rows: rows, column: variable),
            why: "each issued case is a respondent, non-respondent, ineligible or unknown; mapped are \(list: known)",
            fix: "add the code to a class, or correct the rows")
    }

    /// Rows without a cell.
    static func noCell(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.no-cell", .computation, what: "\"\(variable)\" is missing in \(rows.count) issued cases",
            place: Place(rows: rows, column: variable), why: "each issued case needs a cell of the non-response step",
            fix: "take a variable that is known of non-respondents too, such as the stratum")
    }

    /// A cell in which nobody answered.
    static func emptyCell(_ cell: String, rows: Int, near: String) -> Problem {
        Problem(
            "weighting.empty-cell", .computation, what: "Cell \"\(cell)\" has no respondent",
            why: "respondents stand for the \(rows) issued cases of their cell; found none",
            fix: "collapse cell \"\(cell)\" with \"\(near)\"")
    }

    /// A cell whose factor rests on few people, or is great.
    static func smallCell(
        _ cell: String, respondents: Int, fewest: Int, factor: Double, greatest: Double, near: String
    ) -> Problem {
        Problem(
            "weighting.small-cell", .finding, severity: .caution,
            what: "Cell \"\(cell)\" of the non-response step is weak",
            why:
                "a cell should have \(fewest) respondents and a factor up to \(greatest.brief); found \(respondents) and \(factor.brief)",
            fix: "consider collapsing cell \"\(cell)\" with \"\(near)\"")
    }

    /// The only cell, with few respondents or a great factor.
    static func weakAdjustment(respondents: Int, fewest: Int, factor: Double, greatest: Double) -> Problem {
        Problem(
            "weighting.weak-adjustment", .finding, severity: .caution, what: "The non-response step is weak",
            why:
                "there should be \(fewest) respondents and a factor up to \(greatest.brief); found \(respondents) and \(factor.brief)",
            fix: "take the weights with care")
    }
}
