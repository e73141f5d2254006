internal import SurveyProblems
internal import SurveySampling

/// `saual sample`: the size of a sample, its allocation to strata, and its selection from a frame.
enum SampleCommand: Command {
    static let name = "sample"
    static let summary = Phrase(
        "Plans a sample: its size, its allocation to strata, its selection from a frame",
        ru: "Планирует выборку: размер, размещение по стратам, отбор из основы",
        kk: "Іріктеме жоспарлайды: көлемі, страталарға орналастыру, негізден іріктеу")
    static let operands = "size | allocate STRATA.csv | draw FRAME.csv"
    static let operandCount: (least: Int, most: Int?) = (1, 2)
    static let options: [Option] =
        sizeOptions + strataOptions + drawOptions + CommonOptions.reading
        + [CommonOptions.format(["table", "csv", "json"])] + CommonOptions.output + [CommonOptions.dryRun]
    static let examples = [
        "saual sample size --share 0.2 --margin 0.03 --rho 0.03 --take 10 --response 0.7",
        "saual sample size --share 0.2 --to 0.25 --power 0.8 --deff 1.5",
        "saual sample draw Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --strata DOMINIO --psu UPM_DIS "
            + "--n 40 --method pps-systematic --take 5 --seed 2026 -o sample.csv",
    ]

    /// The parts of a plan, each with the options that it knows.
    enum Step: String, CaseIterable {
        case size, allocate, draw

        var options: Set<String> {
            switch self {
            case .size: Set(SampleCommand.sizeOptions.map(\.name) + ["mean", "deviation", "n", "take", "population"])
            case .allocate:
                [
                    "strata", "population", "n", "allocation", "deviation", "mean", "size", "cost", "minimum",
                    "maximum", "exponent", "encoding", "delimiter", "decimal", "dry-run",
                ]
            case .draw:
                Set(SampleCommand.drawOptions.map(\.name) + CommonOptions.reading.map(\.name)).union([
                    "strata", "n", "allocation", "size", "take", "minimum", "maximum", "exponent", "dry-run",
                ])
            }
        }
    }

    static func run(_ call: Call) throws(Problem) -> Outcome {
        guard let step = Step(rawValue: call.operands[0]) else {
            throw .unknownSampleStep(call.operands[0], known: Step.allCases.map(\.rawValue))
        }
        let own = step.options.union(CommonOptions.all.map(\.name)).union(["format", "output", "force"])
        if let other = call.given.first(where: { !own.contains($0.name) }) {
            let steps = Step.allCases.filter { $0.options.contains(other.name) }.map(\.rawValue)
            throw .wrongSampleOption(other.name, step: step.rawValue, known: steps)
        }
        if step == .size {
            if call.operands.count > 1 { throw .tooManyOperands(call.operands[1], command: "sample size", most: 1) }
            return try SampleSizeStep(call).outcome()
        }
        guard call.operands.count > 1 else {
            let file = step == .draw ? "FRAME.csv" : "STRATA.csv"
            throw .missingOperand(file, command: "sample \(step.rawValue)")
        }
        return step == .draw ? try SampleDrawStep(call).outcome() : try SampleAllocateStep(call).outcome()
    }

    /// A whole number of an option.
    static func count(_ call: Call, _ name: String) throws(Problem) -> Int? {
        guard let number = try call.number(name) else { return nil }
        guard let count = Int(exactly: number) else { throw .notWholeNumber(name, found: number) }
        return count
    }

    /// Whole numbers of an option, one a stage.
    static func counts(_ call: Call, _ name: String) throws(Problem) -> [Int] {
        guard let text = call.value(name) else { return [] }
        guard text.contains(",") else { return try count(call, name).map { [$0] } ?? [] }
        var counts: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let count = Int(part) else { throw .notWholeNumbers(name, found: text) }
            counts.append(count)
        }
        return counts
    }

    /// The options that both allocating and drawing have.
    static func allocation(_ call: Call) throws(Problem) -> StratumAllocation {
        var plan = StratumAllocation(try call.choice("allocation", of: AllocationRule.self) ?? .proportional)
        if let least = try count(call, "minimum") { plan.least = least }
        plan.greatest = try count(call, "maximum")
        if let exponent = try call.number("exponent") {
            guard plan.rule == .power else { throw .sampleOptionNeeds("exponent", needs: "--allocation power") }
            plan.exponent = exponent
        }
        return plan
    }
}

extension Problem {
    static func unknownSampleStep(_ word: String, known: [String]) -> Problem {
        Problem(
            "command.unknown-sample-step", .usage, what: "\"saual sample\" does not know \"\(word)\"",
            why: "its first word is one of \(list: known)",
            fix: "write \((NearestNames.of(word, among: known).first ?? "size"))")
    }

    static func wrongSampleOption(_ option: String, step: String, known: [String]) -> Problem {
        Problem(
            "command.wrong-sample-option", .usage, what: "--\(option) does not go with \"saual sample \(step)\"",
            why: "--\(option) goes with \(list: known)", fix: "drop --\(option)")
    }

    static func notWholeNumber(_ option: String, found: Double) -> Problem {
        Problem(
            "command.not-whole-number", .usage, what: "--\(option) takes a whole number",
            why: "units are counted; found \(JSONText.shortest(found))", fix: "write a whole number")
    }

    static func notWholeNumbers(_ option: String, found: String) -> Problem {
        Problem(
            "command.not-whole-numbers", .usage, what: "--\(option) takes whole numbers, one a stage",
            why: "units are counted; found \"\(found)\"", fix: "write, for example, --\(option) 4,10")
    }

    static func sampleOptionNeeds(_ option: String, needs: String) -> Problem {
        Problem(
            "command.sample-option-needs", .usage, what: "--\(option) needs \(needs)",
            why: "--\(option) has nothing to work on alone", fix: "add \(needs), or drop --\(option)")
    }

    static func sampleOptionsClash(_ first: String, _ second: String) -> Problem {
        Problem(
            "command.sample-options-clash", .usage, what: "--\(first) and --\(second) do not go together",
            why: "each of them answers the same question", fix: "drop one of the two")
    }
}
