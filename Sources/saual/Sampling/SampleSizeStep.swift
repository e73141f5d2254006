internal import SurveyProblems
internal import SurveySampling
internal import SurveySchema

/// `saual sample size`: how many interviews a margin of error or a change needs, or what a number of them gives.
struct SampleSizeStep {
    private let call: Call
    private let measure: PlannedMeasure
    private let level: Double
    private let effect: PlannedDesignEffect
    private let population: Int?
    private let response: Double

    init(_ call: Call) throws(Problem) {
        self.call = call
        if call.has("share"), let other = ["mean", "deviation", "deviation-to"].first(where: call.has) {
            throw .sampleOptionsClash("share", other)
        }
        if let share = try call.number("share") {
            measure = .share(share)
        } else if let deviation = try call.number("deviation") {
            measure = .mean(try call.number("mean"), deviation: deviation)
        } else {
            throw .nothingToPlan()
        }
        level = try call.number("level") ?? 0.95
        var effect = PlannedDesignEffect()
        effect.interviewsPerCluster = try call.number("take")
        effect.intraclassCorrelation = try call.number("rho") ?? 0
        effect.weightVariation = try call.number("weight-cv") ?? 0
        effect.other = try call.number("deff") ?? 1
        self.effect = effect
        population = try SampleCommand.count(call, "population")
        response = try call.number("response") ?? 1
    }

    func outcome() throws(Problem) -> Outcome {
        if call.has("force"), !call.has("output") { throw .forceAlone() }
        let fields = try call.has("to") ? change() : margin()
        switch call.format {
        case "json":
            let head: [(String, JSONText)] = [
                ("saual", .string("sample-size/1")), ("program", .string("saual \(Versions.saual)")),
            ]
            return Outcome(JSONText.object(head + fields).line + "\n")
        case "csv":
            return Outcome(
                CSVText.line(fields.map(\.0)) + CSVText.line(fields.map { CSVText.cell(of: $0.1) }))
        default:
            let words = SampleWords.in(call.language)
            var table = TextTable([(words.quantity, .left), (words.value, .right)])
            for (name, value) in fields {
                guard let label = words.names[name] else { continue }
                let text: String =
                    switch value {
                    case .number(let number): PlainNumber.text(number, in: call.language)
                    default: CSVText.cell(of: value)
                    }
                table.append([label, text])
            }
            return Outcome(table.text)
        }
    }

    /// The interviews of a margin of error, or the margin of a number of interviews.
    private func margin() throws(Problem) -> [(String, JSONText)] {
        if let other = ["power", "one-sided", "overlap", "correlation", "deviation-to"].first(where: call.has) {
            throw .sampleOptionNeeds(other, needs: "--to")
        }
        var plan = SampleSize(measure)
        plan.level = level
        plan.effect = effect
        plan.population = population
        plan.responseRate = response
        let goals = ["margin", "relative-margin", "n"].filter(call.has)
        guard let goal = goals.first else { throw .noSampleGoal() }
        if goals.count > 1 { throw .sampleOptionsClash(goals[0], goals[1]) }
        if goal == "n", let count = try SampleCommand.count(call, "n") {
            let margin = try plan.margin(interviews: count)
            return [("n", .integer(count)), ("margin", .number(margin))] + shared()
        }
        let size: PlannedSize
        if let relative = try call.number("relative-margin") {
            size = try plan.interviews(relativeMargin: relative)
        } else {
            size = try plan.interviews(margin: try call.number("margin") ?? .nan)
        }
        return result(size) + [("margin", .number(try reached(plan, size)))] + shared()
    }

    /// The margin of the rounded size; the whole population has none.
    private func reached(_ plan: SampleSize, _ size: PlannedSize) throws(Problem) -> Double {
        try plan.margin(interviews: min(size.interviews, population ?? size.interviews))
    }

    /// The interviews of each wave that show a change, or the power of a number of interviews.
    private func change() throws(Problem) -> [(String, JSONText)] {
        if let other = ["margin", "relative-margin"].first(where: call.has) { throw .sampleOptionsClash(other, "to") }
        if call.has("overlap") != call.has("correlation") {
            let given = call.has("overlap") ? "overlap" : "correlation"
            throw .sampleOptionNeeds(given, needs: given == "overlap" ? "--correlation" : "--overlap")
        }
        let value = try call.number("to") ?? .nan
        let other: PlannedMeasure
        switch measure {
        case .share: other = .share(value)
        case .mean(_, let deviation): other = .mean(value, deviation: try call.number("deviation-to") ?? deviation)
        }
        var plan = ChangeSampleSize(from: measure, to: other)
        plan.level = level
        plan.isOneSided = call.has("one-sided")
        plan.overlap = try call.number("overlap") ?? 0
        plan.correlation = try call.number("correlation") ?? 0
        plan.effect = effect
        plan.population = population
        plan.responseRate = response
        if let count = try SampleCommand.count(call, "n") {
            if call.has("power") { throw .sampleOptionsClash("n", "power") }
            return [("n", .integer(count)), ("power", .number(try plan.power(interviews: count)))] + shared()
        }
        let size = try plan.interviews(power: try call.number("power") ?? 0.8)
        let reached = try plan.power(interviews: min(size.interviews, population ?? size.interviews))
        return result(size) + [("power", .number(reached))] + shared()
    }

    private func result(_ size: PlannedSize) -> [(String, JSONText)] {
        var fields: [(String, JSONText)] = [
            ("n", .integer(size.interviews)), ("n_exact", .number(size.exact)), ("issued", .integer(size.issued)),
        ]
        if let clusters = size.clusters { fields.append(("clusters", .integer(clusters))) }
        return fields
    }

    private func shared() -> [(String, JSONText)] {
        [("deff", .number(effect.value)), ("level", .number(level))]
    }
}

extension Problem {
    static func nothingToPlan() -> Problem {
        Problem(
            "command.nothing-to-plan", .usage, what: "It is not said what the sample is for",
            why: "a size follows from a share, or from the standard deviation of a mean",
            fix: "add --share 0.5, or --deviation with the standard deviation of the answers")
    }

    static func noSampleGoal() -> Problem {
        Problem(
            "command.no-sample-goal", .usage, what: "It is not said how exact the sample should be",
            why: "a size follows from a margin of error or from a change that should show",
            fix: "add --margin, --relative-margin or --to; with --n the margin of a size is told")
    }
}
