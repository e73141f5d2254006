internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySampling
internal import SurveySchema

/// `saual sample allocate`: shares a sample out among the strata of a file, one row a stratum.
struct SampleAllocateStep {
    private let call: Call
    private let path: String
    private let strata: [String]
    private let plan: StratumAllocation
    private let total: Int
    /// The column of each number, by the option that names it.
    private var columns: [String: String] = [:]

    init(_ call: Call) throws(Problem) {
        self.call = call
        path = call.operands[1]
        guard let strata = call.value("strata") else { throw .sampleNeeds("strata", step: "allocate") }
        self.strata = try NameList.split(strata, at: ["*"], option: "strata")
        plan = try SampleCommand.allocation(call)
        guard let total = try SampleCommand.count(call, "n") else { throw .sampleNeeds("n", step: "allocate") }
        self.total = total
        for option in ["population", "deviation", "mean", "size", "cost"] {
            if let name = call.value(option) { columns[option] = try NameList.one(name, option: option) }
        }
        guard columns["population"] != nil else { throw .sampleNeeds("population", step: "allocate") }
        let used: [AllocationRule: [String]] = [
            .optimal: ["cost"], .power: ["mean", "size"],
        ]
        for (rule, options) in used where plan.rule != rule {
            if let option = options.first(where: { columns[$0] != nil }) {
                throw .sampleOptionNeeds(option, needs: "--allocation \(rule.rawValue)")
            }
        }
    }

    func outcome() throws(Problem) -> Outcome {
        if call.has("dry-run") {
            return Outcome(DryRun.text(reading: [path], writing: [call.value("output") ?? "-"], for: call))
        }
        let file = try RawSource(path, call: call).loaded(
            design: DesignSpecification(strata: strata),
            roles: AnalysisSource.Roles(numbers: columns.values.sorted(), answers: [], condition: nil))
        let keys = try strata.map { (name) throws(Problem) in KeyCodes(try file.design.column(name), in: .bytes) }
        var seen: Set<String> = []
        var rows: [SamplingStratum] = []
        var cells: [[String]] = []
        var numbers: [String: [Double]] = [:]
        for (option, column) in columns { numbers[option] = try NumberValues(file.numbers.column(column)).values }
        for row in 0..<file.rowCount {
            let own = keys.map { $0.codes[row] == $0.missing ? "" : $0.labels[Int($0.codes[row])] }
            let name = own.joined(separator: "*")
            guard !own.contains(""), seen.insert(name).inserted else {
                throw .stratumTwice(name, file: path, row: row + 1)
            }
            let size = numbers["population"]?[row] ?? .nan
            guard size > 0, let population = Int(exactly: size.rounded()) else {
                throw .stratumPopulation(name, file: path, row: row + 1)
            }
            var stratum = SamplingStratum(name, population: population)
            stratum.deviation = numbers["deviation"]?[row]
            stratum.mean = numbers["mean"]?[row]
            stratum.size = numbers["size"]?[row]
            stratum.cost = numbers["cost"]?[row]
            rows.append(stratum)
            cells.append(own)
        }
        let sizes: [Int]
        do throws(Problem) { sizes = try plan.sizes(total: total, of: rows) } catch {
            return Outcome(problems: file.problems + [error], exitCode: error.kind.exitCode)
        }
        let text = text(rows, cells, sizes, AllocationOutlook(sizes, of: rows))
        return Outcome(text, problems: file.problems)
    }

    private func text(
        _ rows: [SamplingStratum], _ cells: [[String]], _ sizes: [Int], _ outlook: AllocationOutlook
    ) -> String {
        func fields(_ row: Int) -> [(String, JSONText)] {
            zip(strata, cells[row]).map { ($0, .string($1)) } + [
                ("population", .integer(rows[row].population)), ("n", .integer(sizes[row])),
                ("fraction", .number(outlook.fractions[row])), ("weight", .optional(outlook.weights[row])),
                ("se_mean", .optional(outlook.errors[row])),
            ]
        }
        switch call.format {
        case "json":
            let json = JSONText.object([
                ("saual", .string("allocation/1")), ("program", .string("saual \(Versions.saual)")),
                ("allocation", .string(plan.rule.rawValue)), ("n", .integer(total)),
                ("se_mean", .optional(outlook.error)), ("kish_deff", .optional(outlook.weightingEffect)),
                ("rows", .array(rows.indices.map { .object(fields($0)) })),
            ])
            return json.line + "\n"
        case "csv":
            let names = strata + ["population", "n", "fraction", "weight", "se_mean"]
            return CSVText.line(names.map(CSVText.cell))
                + rows.indices.map { row in CSVText.line(fields(row).map { CSVText.cell(of: $0.1) }) }.joined()
        default:
            let words = SampleWords.in(call.language)
            func number(_ value: Double?) -> String {
                value.map { PlainNumber.text($0, in: call.language) } ?? "–"
            }
            var table = TextTable(
                strata.map { ($0, .left) } + [
                    (words.population, .right), ("n", .right), (words.fraction, .right), (words.weight, .right),
                    (words.error, .right),
                ])
            for row in rows.indices {
                table.append(
                    cells[row] + [
                        String(rows[row].population), String(sizes[row]),
                        PlainNumber.percent(outlook.fractions[row], in: call.language),
                        number(outlook.weights[row]), number(outlook.errors[row]),
                    ])
            }
            return table.text + "\nn: \(total); \(words.error): \(number(outlook.error)); "
                + "\(words.kish): \(number(outlook.weightingEffect))\n"
        }
    }
}

extension Problem {
    static func sampleNeeds(_ option: String, step: String) -> Problem {
        Problem(
            "command.sample-needs", .usage, what: "\"saual sample \(step)\" needs --\(option)",
            why: "without --\(option) nothing can be planned", fix: "add --\(option), see saual sample --help")
    }

    static func stratumTwice(_ name: String, file: String, row: Int) -> Problem {
        Problem(
            "command.stratum-twice", .input, what: "Stratum \"\(name)\" is empty or stands twice",
            place: Place(file: file, rows: [row]), why: "each stratum has one row of the file",
            fix: "keep one row a stratum")
    }

    static func stratumPopulation(_ name: String, file: String, row: Int) -> Problem {
        Problem(
            "command.stratum-population", .input, what: "Stratum \"\(name)\" has no population",
            place: Place(file: file, rows: [row]), why: "the number of its units must be positive",
            fix: "correct the cell, or name the right column with --population")
    }
}
