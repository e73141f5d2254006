public import SurveyData
internal import SurveyMath
public import SurveyProblems
public import SurveySchema

/// Runs a recipe on the rows of a wave.
public enum Weighting {
    /// What a recipe made.
    public struct Outcome: Sendable {
        /// The weight of each row of the table; 0 for rows that stand for nobody.
        public let weights: [Double]
        /// How weights were fitted to totals; nil if no step did.
        public var record: CalibrationRecord?
        public var summary: WeightingSummary
        /// The weights after each step, the base weights first: what diagnostics look at.
        public let stages: [WeightingStage]
    }

    /// Makes the weights of a table's rows; the problems hold every error of a step, and the cautions of all.
    ///
    /// Rows for which `complete` does not hold get weight 0: before the first step, or after the last non-response
    /// step, which needs them. Steps after a non-response step leave ineligible cases out.
    ///
    /// - Parameters:
    ///   - recipe: The steps.
    ///   - table: The columns that recipe and targets name.
    ///   - targets: The targets of each file of the recipe, by its name there.
    ///   - complete: Which rows are interviews; nil means all.
    ///   - questionnaire: Gives codes their order and labels.
    ///   - members: The earlier wave, for a recipe with a panel step.
    /// - Returns: One weight a row, with the record of the calibrations and a summary; nil where a step failed.
    /// - Missing: a missing base weight is an error; so are cells and outcomes that are missing.
    public static func run(
        _ recipe: WeightingRecipe, on table: Table, targets: [String: WeightingTargets], complete: Truth? = nil,
        questionnaire: Questionnaire? = nil, members: PanelMembers? = nil
    ) -> Checked<Outcome> {
        do throws(Problem) {
            var run = try WeightingRun(recipe, table: table, targets: targets, questionnaire: questionnaire)
            run.members = members
            return try run.outcome(complete: complete)
        } catch { return Checked(value: nil, problems: [error]) }
    }
}

extension Weighting {
    /// The weights of a column, each from 0 to 1e15.
    static func base(_ name: String, _ table: Table) throws(Problem) -> [Double] {
        guard case .numbers(let values, let kinds) = try table.column(name).asNumbers().values else {
            throw .missingBase(name, rows: [])
        }
        // One look tells that all is well; what is not is looked for only then.
        let isPlain = values.allSatisfy { $0 >= 0 && $0 <= TargetsReader.mostTotal && $0.sign == .plus }
        if isPlain, kinds.allSatisfy({ $0 == 0 }) { return values }
        let missing = values.indices.filter { (!kinds.isEmpty && kinds[$0] != 0) || !values[$0].isFinite }
        guard missing.isEmpty else { throw .missingBase(name, rows: missing.map { $0 + 1 }) }
        let negative = values.indices.filter { values[$0] < 0 }
        guard negative.isEmpty else { throw .negativeBase(name, rows: negative.map { $0 + 1 }) }
        let large = values.indices.filter { values[$0] > TargetsReader.mostTotal }
        guard large.isEmpty else { throw .largeBase(name, rows: large.map { $0 + 1 }) }
        return values.map { $0 == 0 ? 0 : $0 }
    }
}

/// The weights as they are after a step of a recipe.
public struct WeightingStage: Sendable {
    /// The name of the step, as in the summary.
    public let name: String
    /// One weight a row.
    public let weights: [Double]

    public init(name: String, weights: [Double]) {
        self.name = name
        self.weights = weights
    }
}

/// The state of a recipe between its steps.
private struct WeightingRun {
    let recipe: WeightingRecipe
    let table: Table
    let targets: [String: WeightingTargets]
    var variables: [String: WeightingVariable] = [:]
    /// Numeric controls, clusters and q of calibrations, as they stand in the table.
    var columns: [String: Column] = [:]
    var weights: [Double]
    var problems: [Problem] = []
    var records: [CalibrationRecord.Step] = []
    /// Steps that are no fits and that replicates do again.
    var adjustments: [AdjustmentRecord] = []
    var steps: [WeightingSummary.Step] = []
    var margins: [WeightingSummary.Margin] = []
    var outcomes: [OutcomeClass?] = []
    var stages: [WeightingStage] = []
    /// The earlier wave of a panel.
    var members: PanelMembers?

    init(
        _ recipe: WeightingRecipe, table: Table, targets: [String: WeightingTargets], questionnaire: Questionnaire?
    ) throws(Problem) {
        self.recipe = recipe
        self.table = table
        self.targets = targets
        weights =
            try recipe.base.map { (name) throws(Problem) in try Weighting.base(name, table) }
            ?? [Double](repeating: 1, count: table.rowCount)
        var names = recipe.baseFactors.strata
        var numeric = recipe.numericColumns
        for step in recipe.steps {
            names += step.answerColumns
            if case .panel(let step) = step, step.earlier != nil { numeric.append(step.key) }
            guard case .calibrate(let step) = step else { continue }
            for file in step.targetFiles {
                guard let own = targets[file] else {
                    preconditionFailure("targets for each file of the recipe")
                }
                if let unknown = own.unknownVariables(among: table.names).first { throw unknown }
                names += own.variables
                if step.method == .calibrate { numeric += own.numericVariables }
            }
            if step.method == .calibrate { numeric += step.general.columns }
        }
        for name in numeric where columns[name] == nil { columns[name] = try table.column(name) }
        for name in names where variables[name] == nil {
            variables[name] = try WeightingVariable(try table.column(name), questionnaire: questionnaire)
        }
    }

    mutating func outcome(complete: Truth?) throws(Problem) -> Checked<Weighting.Outcome> {
        let last = recipe.steps.lastIndex { $0.outcome != nil }
        if last == nil { keep(complete) }
        guard takeBaseFactors() else { return Checked(value: nil, problems: problems) }
        note("base")
        for (number, step) in recipe.steps.enumerated() {
            if step.outcome == nil { leaveOutIneligible() }
            guard try take(step, number) else { return Checked(value: nil, problems: problems) }
            if number == last, let complete {
                if let problem = contradiction(complete) { return Checked(value: nil, problems: problems + [problem]) }
                keep(complete)
            }
        }
        if recipe.steps.isEmpty, CompensatedSum.of(weights) <= 0 { throw .noWeights() }
        let record = CalibrationRecord(steps: records, adjustments: adjustments)
        return Checked(
            value: Weighting.Outcome(
                weights: weights, record: record.isEmpty ? nil : record,
                summary: WeightingSummary(steps: steps, margins: margins), stages: stages), problems: problems)
    }

    private mutating func take(_ step: WeightingRecipe.Step, _ number: Int) throws(Problem) -> Bool {
        switch step {
        case .nonresponse(let step): return adjust(step)
        case .eligibility(let step): return adjust(step)
        case .propensity(let step): return adjust(step)
        case .trim(let step): return step.keepsMargins ? trimKeepingMargins(step, number) : try trim(step)
        case .calibrate(let step): return calibrate(step)
        case .scale(let step):
            guard let made = taken(step.scaled(weights, variables: own(step.groups))) else { return false }
            weights = made.weights
            keep(made.record)
        case .panel(let step): return join(step)
        case .combine(let step):
            guard let multiplicities = multiplicities(step) else { return false }
            let checked = step.combined(weights, variables: own(step.columns), multiplicities: multiplicities.values)
            guard let made = taken(checked) else { return false }
            weights = made.weights
            keep(made.record)
        }
        note(step.name)
        return true
    }

    /// The value of a step, whose problems are kept.
    private mutating func taken<Value>(_ checked: Checked<Value>) -> Value? {
        problems += checked.problems
        return checked.value
    }

    private func own(_ names: [String]) -> [WeightingVariable] { names.compactMap { variables[$0] } }

    private mutating func takeBaseFactors() -> Bool {
        guard !recipe.baseFactors.isEmpty else { return true }
        let checked = recipe.baseFactors.applied(
            to: weights, strata: own(recipe.baseFactors.strata), columns: columns)
        guard let made = taken(checked) else { return false }
        weights = made
        return true
    }

    /// The numbers of frames by row; nil, with a problem, where a row in use has none.
    private mutating func multiplicities(_ step: WeightCombination) -> (values: [Double]?, isThere: Bool)? {
        guard let name = step.multiplicity, let column = columns[name] else { return (nil, false) }
        do throws(Problem) {
            guard case .numbers(let values, let kinds) = try column.asNumbers().values else { return (nil, false) }
            return (values.indices.map { kinds.isEmpty || kinds[$0] == 0 ? values[$0] : .nan }, true)
        } catch {
            problems.append(error)
            return nil
        }
    }

    private mutating func keep(_ complete: Truth?) {
        guard let complete else { return }
        for row in weights.indices where complete.values[row] != Truth.yes { weights[row] = 0 }
    }

    /// Keeps the record of a step that is no fit in its place among the fits.
    private mutating func keep(_ record: AdjustmentRecord?) {
        guard var record else { return }
        record.fitsBefore = records.count
        adjustments.append(record)
    }

    /// Interviews and respondents must be the same rows, or weight would be lost.
    private func contradiction(_ complete: Truth) -> Problem? {
        let differing = weights.indices.filter { row in
            outcomes.indices.contains(row) && table.rowCount > row && wasIssued(row)
                && (outcomes[row] == .respondent) != (complete.values[row] == Truth.yes)
        }
        return differing.isEmpty ? nil : .completeDiffers(rows: differing.map { $0 + 1 })
    }

    /// True for a row whose case has a class: rows of base weight 0 may have none.
    private func wasIssued(_ row: Int) -> Bool { outcomes[row] != nil }

    /// Targets count eligible people, so calibration and trimming do.
    private mutating func leaveOutIneligible() {
        guard !outcomes.isEmpty else { return }
        var rows: [Int] = []
        for row in weights.indices where outcomes[row] == .ineligible && weights[row] != 0 {
            weights[row] = 0
            rows.append(row + 1)
        }
        if !rows.isEmpty { problems.append(.ineligibleLeftOut(rows: rows)) }
    }

    private mutating func adjust(_ step: NonresponseAdjustment) -> Bool {
        let checked = step.adjusted(weights, variables: step.columns.compactMap { variables[$0] })
        problems += checked.problems
        guard let result = checked.value else { return false }
        weights = result.weights
        outcomes = result.outcomes
        keep(result.record)
        note("nonresponse")
        return true
    }

    private mutating func adjust(_ step: EligibilityAdjustment) -> Bool {
        guard let result = taken(step.adjusted(weights, variables: own(step.columns))) else { return false }
        weights = result.weights
        outcomes = result.outcomes
        keep(result.record)
        note("eligibility")
        return true
    }

    private mutating func adjust(_ step: PropensityAdjustment) -> Bool {
        let checked = step.adjusted(
            weights, variables: own(step.columns), columns: step.numbers.compactMap { columns[$0] })
        guard let result = taken(checked) else { return false }
        weights = result.weights
        outcomes = result.outcomes
        keep(result.record)
        note("propensity")
        return true
    }

    /// Takes the weight of the earlier wave by key; whoever is no longer eligible leaves with their weight.
    private mutating func join(_ step: PanelAdjustment) -> Bool {
        guard let earlier = step.earlier else { return true }
        guard let members, let key = columns[step.key] else {
            problems.append(.panelWithoutMembers(earlier))
            return false
        }
        var classes: [OutcomeClass?]?
        if let name = step.outcome, let status = variables[name] {
            let read = NonresponseAdjustment(cells: [], outcome: name, classes: step.classes).outcomes(status, weights)
            problems += read.problems
            guard read.problems.isEmpty else { return false }
            classes = read.outcomes
        }
        let checked = step.adjusted(
            keys: PanelMembers.keys(of: key), isInUse: weights.map { $0 != 0 }, classes: classes, members: members)
        guard let result = taken(checked) else { return false }
        weights = result.weights
        outcomes = result.outcomes
        leaveOutIneligible()
        note("panel")
        return true
    }

    private mutating func trim(_ step: Trimming) throws(Problem) -> Bool {
        let grouping = RowGroups(own(step.groups), weights: weights)
        problems += grouping.problems
        guard grouping.problems.isEmpty else { return false }
        let result: Trimming.Result
        do throws(Problem) {
            result =
                step.groups.isEmpty
                ? try step.trimmed(weights)
                : try step.trimmed(weights, by: grouping.groupOfRow, labels: grouping.labels)
        } catch {
            problems.append(error)
            return false
        }
        weights = result.weights
        if result.rowsOutside > 0 { problems.append(.trimLeft(rows: result.rowsOutside)) }
        note("trim", iterations: result.passes, movedShare: result.movedShare, rowsCut: result.rowsCut)
        return true
    }

    /// Trims and calibrates in turn until the limits hold and the totals of the calibration before are met.
    private mutating func trimKeepingMargins(_ step: Trimming, _ number: Int) -> Bool {
        var fitted: WeightingRecipe.CalibrationStep?
        for earlier in recipe.steps[..<number] { if case .calibrate(let own) = earlier { fitted = own } }
        guard let fitted else {
            problems.append(.noMarginsToKeep())
            return false
        }
        let grouping = RowGroups(own(step.groups), weights: weights)
        problems += grouping.problems
        guard grouping.problems.isEmpty else { return false }
        let now = self
        let work = CalibratedTrimming(step, groups: grouping) { now.fitted($0, fitted) }
        guard let made = taken(work.trimmed(weights)) else { return false }
        weights = made.fit.weights
        records.append(made.fit.step)
        note(
            "trim", iterations: made.passes, movedShare: made.movedShare, rowsCut: made.rowsCut,
            largestError: made.fit.largestError)
        return true
    }

    private func fitted(_ weights: [Double], _ step: WeightingRecipe.CalibrationStep) -> Checked<Calibration.Fit> {
        guard let targets = targets[step.targets] else { return Checked(value: nil, problems: []) }
        guard step.method == .calibrate else {
            return step.calibration.fitted(weights, to: targets, variables: own(targets.variables))
        }
        let ofClusters = step.general.clusterTargets.flatMap { self.targets[$0] }
        let names = targets.variables + (ofClusters?.variables ?? [])
        let numeric = targets.numericVariables + (ofClusters?.numericVariables ?? []) + step.general.columns
        var seen: Set<String> = []
        var general = step.general
        general.whenInfeasible = step.whenInfeasible
        return general.fitted(
            weights, to: targets, clusterTargets: ofClusters,
            variables: own(names.filter { seen.insert($0).inserted }), columns: numeric.compactMap { columns[$0] })
    }

    private mutating func calibrate(_ step: WeightingRecipe.CalibrationStep) -> Bool {
        guard let fit = taken(fitted(weights, step)) else { return false }
        weights = fit.weights
        records.append(fit.step)
        margins += fit.margins
        note(
            fit.step.isNearest ? "nearest" : step.method.rawValue, iterations: fit.sweeps,
            largestError: fit.largestError)
        return true
    }

    private mutating func note(
        _ name: String, iterations: Int? = nil, movedShare: Double? = nil, rowsCut: Int? = nil,
        largestError: Double? = nil
    ) {
        stages.append(WeightingStage(name: name, weights: weights))
        steps.append(
            WeightingSummary.Step(
                name, weights: weights, iterations: iterations, movedShare: movedShare, rowsCut: rowsCut,
                largestError: largestError))
    }
}

extension Problem {
    /// A panel step whose earlier wave was not given.
    static func panelWithoutMembers(_ earlier: String) -> Problem {
        Problem(
            "weighting.panel-without-members", .usage, what: "The earlier wave of the panel is not there",
            why: "the step takes the weights of wave \"\(earlier)\" by key, and was given no such wave",
            fix: "weight the wave in a study file that has both")
    }

    /// A trimming that keeps totals which nothing has met.
    static func noMarginsToKeep() -> Problem {
        Problem(
            "weighting.no-margins-to-keep", .usage, what: "There are no margins to keep",
            why: "the totals are those of the calibration before the trimming; there is none",
            fix: "put a raking, post-stratification or calibration before it")
    }

    /// Rows whose base weight is empty or no number.
    static func missingBase(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.missing-base", .input, what: "Base weight \"\(column)\" is missing in \(rows.count) rows",
            place: Place(rows: rows, column: column), why: "a missing weight is never 0; found none",
            fix: "fill in the rows; write 0 for those that take no part")
    }

    /// Rows whose base weight is below 0.
    static func negativeBase(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.negative-base", .input, what: "Base weight \"\(column)\" is negative in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "a base weight is the number of people that a row stands for", fix: "correct the rows")
    }

    /// Rows that would stand for more people than there are.
    static func largeBase(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.large-base", .input, what: "Base weight \"\(column)\" is too large in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "a base weight is the number of people that a row stands for, at most 1e15", fix: "correct the rows")
    }

    /// `complete:` and the classes of the outcomes name different rows.
    static func completeDiffers(rows: [Int]) -> Problem {
        Problem(
            "weighting.complete-differs", .input, what: "Interviews and respondents differ in \(rows.count) rows",
            place: Place(rows: rows),
            why:
                "the condition \"complete\" and the class \"respondent\" must hold for the same rows, or weight is lost",
            fix: "make \"complete\" and the outcome classes agree")
    }

    /// Ineligible cases that leave at a trimming or calibration.
    static func ineligibleLeftOut(rows: [Int]) -> Problem {
        Problem(
            "weighting.ineligible-left-out", .finding, severity: .caution,
            what: "\(rows.count) ineligible cases get weight 0", place: Place(rows: rows),
            why: "they keep their weight in a non-response step; what comes after it concerns eligible people only",
            fix: "nothing is to be done if the targets count eligible people")
    }
}
