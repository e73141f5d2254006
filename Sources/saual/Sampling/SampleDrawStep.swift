internal import SurveyData
internal import SurveyDesign
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySampling
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting

/// `saual sample draw`: draws rows of a frame and writes them with their strata, units, sizes and probabilities.
struct SampleDrawStep {
    private let call: Call
    private let path: String
    private let output: String
    private let strata: [String]
    /// The clusters of each stage, from above.
    private let clusters: [String]
    private let size: String?
    private let sort: [String]
    private let selection: SampleSelection
    private let columns: SampleColumns

    init(_ call: Call) throws(Problem) {
        self.call = call
        path = call.operands[1]
        guard let output = call.value("output") else { throw .missingOption("output", command: "sample draw") }
        self.output = output
        guard path != "-" else { throw .readTwice() }
        guard call.format != "csv" else { throw .unknownChoice("csv", option: "format", allowed: ["table", "json"]) }
        guard let seed = call.value("seed") else { throw .sampleNeeds("seed", step: "draw") }
        strata =
            try call.value("strata").map { (names) throws(Problem) in
                try NameList.split(names, at: ["*"], option: "strata")
            } ?? []
        clusters =
            try call.value("psu").map { (names) throws(Problem) in
                try NameList.split(names, option: "psu")
            } ?? []
        size = try call.value("size").map { (name) throws(Problem) in try NameList.one(name, option: "size") }
        sort = try call.list("sort")
        let method = try call.choice("method", of: SelectionMethod.self) ?? .random
        var selection = SampleSelection(method, seed: try ReplicateOptions.seed(seed))
        selection.takes = try SampleCommand.counts(call, "take")
        selection.isShuffled = call.has("shuffle")
        selection.hasPairs = call.has("joint")
        selection.laterMethods = try SampleDrawStep.laterMethods(call)
        self.selection = selection
        if call.has("take"), clusters.isEmpty { throw .sampleOptionNeeds("take", needs: "--psu") }
        if call.has("second-method"), !call.has("take") { throw .sampleOptionNeeds("second-method", needs: "--take") }
        let (stages, takes) = (clusters.count, selection.takes.count)
        if stages > 1 || takes > 1, takes < stages - 1 || takes > stages {
            throw .sampleStages(clusters: stages, takes: takes)
        }
        if selection.laterMethods.count > max(1, takes) {
            throw .sampleStages(clusters: stages, takes: selection.laterMethods.count)
        }
        if call.has("joint"), call.has("take") { throw .sampleOptionsClash("joint", "take") }
        if size != nil, !method.isProportional, call.value("allocation") != "power" {
            throw .sampleOptionNeeds("size", needs: "--method pps-systematic")
        }
        if call.has("shuffle"), !sort.isEmpty { throw .sampleOptionsClash("shuffle", "sort") }
        columns = SampleColumns(
            prefix: call.value("prefix") ?? "sample_", clusterCount: clusters.count,
            laterCount: selection.takes.count, isProportional: method.isProportional)
    }

    func outcome() throws(Problem) -> Outcome {
        let files = [path] + call.values("sizes")
        if call.has("dry-run") {
            let beside = WeightingSidecar.path(beside: output)
            return Outcome(DryRun.text(reading: files, writing: [output, beside] + call.values("joint"), for: call))
        }
        let source = try RawSource(path, call: call)
        guard try FormatCatalog.open(path, options: reading) is CSVReader else { throw .frameNotText(path) }
        let copied = try CSVColumnCopy(path, options: reading).columns
        if let taken = columns.names.first(where: copied.contains) { throw .sampleColumnTaken(taken, file: path) }
        let loaded = try source.loaded(
            design: DesignSpecification(strata: strata, psu: clusters),
            roles: AnalysisSource.Roles(
                numbers: [size].compactMap { $0 }, answers: [], condition: nil, plain: sort))
        do throws(Problem) {
            let frame = try frame(loaded)
            let drawn = try selection.draw(try counts(frame), from: frame)
            try write(drawn, loaded)
            let report = SampleDrawOutput(
                drawn: drawn, columns: columns, selection: selection, jointFile: call.value("joint"), output: output,
                source: .object([
                    ("file", .string(source.name)), ("sha256", .string(loaded.sha256)),
                    ("rows", .integer(loaded.rowCount)),
                ]), language: call.language)
            let isJSON = call.format == "json"
            var outcome = Outcome(
                isJSON ? report.json + "\n" : report.text, problems: loaded.problems + drawn.cautions)
            outcome.hasWrittenFile = true
            return outcome
        } catch {
            return Outcome(problems: loaded.problems + [error], exitCode: error.kind.exitCode)
        }
    }

    /// How units of the later stages are drawn, stage by stage.
    private static func laterMethods(_ call: Call) throws(Problem) -> [SelectionMethod] {
        let allowed: [SelectionMethod] = [.random, .systematic]
        var methods: [SelectionMethod] = []
        for word in try call.list("second-method") {
            guard let method = allowed.first(where: { $0.rawValue == word }) else {
                throw .unknownChoice(word, option: "second-method", allowed: allowed.map(\.rawValue))
            }
            methods.append(method)
        }
        return methods
    }

    private var reading: FormatOptions {
        FormatOptions(encoding: call.value("encoding"), delimiter: call.value("delimiter"))
    }

    // MARK: The frame

    private func frame(_ loaded: RawSource.Loaded) throws(Problem) -> SamplingFrame {
        guard loaded.rowCount > 0 else { throw .noRows(path) }
        var frame: SamplingFrame
        if strata.isEmpty {
            frame = SamplingFrame(rowCount: loaded.rowCount, strata: ["all"])
        } else {
            let keys = try crossed(strata, loaded.design)
            frame = SamplingFrame(
                rowCount: loaded.rowCount, strata: keys.labels, stratumOfRow: keys.codes.map { Int($0) })
        }
        let stages = try clusters.map { (name) throws(Problem) in
            let keys = try crossed([name], loaded.design)
            return (labels: keys.labels, ofRow: keys.codes.map { Int($0) })
        }
        frame.clusters = stages.first
        frame.laterClusters = Array(stages.dropFirst())
        if let size { frame.sizes = try NumberValues(loaded.numbers.column(size)).values }
        if !sort.isEmpty {
            let codes = try sort.map { (name) throws(Problem) in
                KeyCodes(try loaded.plain.column(name), in: .natural).codes
            }
            frame.order = (0..<loaded.rowCount).sorted { left, right in
                for column in codes where column[left] != column[right] { return column[left] < column[right] }
                return left < right
            }
        }
        return frame
    }

    /// The crossing of key columns; a row without a key cannot be drawn.
    private func crossed(_ names: [String], _ table: Table) throws(Problem) -> KeyCodes {
        var keys: KeyCodes?
        for name in names {
            let own = KeyCodes(try table.column(name), in: .bytes)
            guard own.rowsWithoutKey.isEmpty else { throw .frameWithoutKey(name, rows: own.rowsWithoutKey, file: path) }
            keys = keys?.crossed(with: own) ?? own
        }
        return keys ?? KeyCodes(codes: [], labels: [])
    }

    /// How many units are drawn in each stratum.
    private func counts(_ frame: SamplingFrame) throws(Problem) -> [Int] {
        if let file = call.value("sizes") {
            let others = ["n", "allocation", "minimum", "maximum", "exponent"]
            if let other = others.first(where: call.has) { throw .sampleOptionsClash("sizes", other) }
            guard !strata.isEmpty else { throw .sampleOptionNeeds("sizes", needs: "--strata") }
            return try planned(file, frame)
        }
        guard let total = try SampleCommand.count(call, "n") else { throw .sampleNeeds("n", step: "draw") }
        let plan = try SampleCommand.allocation(call)
        if plan.rule == .neyman || plan.rule == .optimal { throw .allocateFirst(plan.rule.rawValue) }
        let units = frame.unitCounts
        var regions = zip(frame.strata, units).map { SamplingStratum($0, population: $1) }
        if plan.rule == .power, let sizes = frame.sizes {
            for position in regions.indices { regions[position].size = 0 }
            for (row, value) in sizes.enumerated() {
                regions[frame.stratumOfRow[row]].size = (regions[frame.stratumOfRow[row]].size ?? 0) + value
            }
        }
        return try plan.sizes(total: total, of: regions)
    }

    /// The sizes of a plan file, one row a stratum of the frame.
    private func planned(_ file: String, _ frame: SamplingFrame) throws(Problem) -> [Int] {
        let plan = try RawSource(file, call: call).loaded(
            design: DesignSpecification(strata: strata),
            roles: AnalysisSource.Roles(numbers: ["n"], answers: [], condition: nil))
        if let problem = plan.problems.first(where: { $0.severity == .error }) { throw problem }
        let keys = try crossed(strata, plan.design)
        let sizes = try NumberValues(plan.numbers.column("n")).values
        var counts = [Int?](repeating: nil, count: frame.strata.count)
        let positions = Dictionary(zip(frame.strata, 0...), uniquingKeysWith: { first, _ in first })
        for (row, code) in keys.codes.enumerated() {
            let name = keys.labels[Int(code)]
            guard let position = positions[name], counts[position] == nil else {
                throw .planStratum(name, file: file, row: row + 1)
            }
            guard sizes[row] >= 0, let count = Int(exactly: sizes[row]) else {
                throw .planSize(name, file: file, row: row + 1)
            }
            counts[position] = count
        }
        let missing = frame.strata.indices.filter { counts[$0] == nil }.map { frame.strata[$0] }
        guard missing.isEmpty else { throw .planLacksStrata(missing, file: file) }
        return counts.map { $0 ?? 0 }
    }

    // MARK: The files

    private func write(_ drawn: DrawnFrame, _ loaded: RawSource.Loaded) throws(Problem) {
        try WeightingSidecar.check(beside: output, replacing: call.has("force"))
        let (read, file) = (try InputHash(), try StreamedFile(output, replacing: call.has("force")))
        let cells = Dictionary(
            drawn.units.map { ($0.row, columns.cells(of: $0)) }, uniquingKeysWith: { first, _ in first })
        let hasComma = call.value("decimal") == ","
        let rows = try CSVColumnCopy(path, options: reading, onBytes: read.observer).write(
            rows: { row in
                cells[row]?.map { cell in
                    switch cell {
                    case .text(let text): text
                    case .number(let number):
                        hasComma
                            ? JSONText.shortest(number).replacing(".", with: ",") : JSONText.shortest(number)
                    }
                }
            }, adding: columns.names,
            to: { (bytes) throws(Problem) in
                if Interruption.isAsked { throw .interruptedWork() }
                try file.append(bytes)
            })
        guard rows == loaded.rowCount, try read.hex() == loaded.sha256 else { throw .changedMeanwhile(path) }
        if let joint = call.value("joint"), let pairs = drawn.pairs {
            let lines = pairs.map { CSVText.line($0.map(JSONText.shortest)) }.joined()
            try OutputFile.write(Array(lines.utf8), to: joint, replacing: call.has("force"))
        }
        try file.finish()
        try columns.sidecar(of: drawn, sha256: try RawSource.hash(of: output)).write(
            beside: output, replacing: call.has("force"))
    }
}

extension Problem {
    static func sampleStages(clusters: Int, takes: Int) -> Problem {
        Problem(
            "command.sample-stages", .usage, what: "The stages of the sample do not fit together",
            why:
                "each stage of clusters after the first needs a number of units, and one more draws rows in the last; --psu names \(clusters), and \(takes) are given",
            fix: "write, for example, --psu district,village --take 4,10")
    }

    static func sampleColumnTaken(_ name: String, file: String) -> Problem {
        Problem(
            "command.sample-column-taken", .usage, what: "The frame has a column \"\(name)\" already",
            place: Place(file: file), why: "what is drawn must not hide what the frame has; found \"\(name)\"",
            fix: "choose other names with --prefix")
    }

    static func frameNotText(_ file: String) -> Problem {
        Problem(
            "command.frame-not-text", .input, what: "The frame \"\(file)\" is not delimited text",
            place: Place(file: file), why: "the drawn rows are written as they stand in a text file",
            fix: "make one with saual convert")
    }

    static func frameWithoutKey(_ column: String, rows: [Int], file: String) -> Problem {
        Problem(
            "command.frame-without-key", .input, what: "\"\(column)\" is empty in \(rows.count) rows of the frame",
            place: Place(file: file, rows: rows, column: column),
            why: "a row without stratum or cluster could not be drawn, and its part of the population would be lost",
            fix: "fill the cells, or take the rows out of the frame and say so")
    }

    static func allocateFirst(_ rule: String) -> Problem {
        Problem(
            "command.allocate-first", .usage, what: "--allocation \(rule) does not go with \"saual sample draw\"",
            why: "it needs the deviations of the strata, which a frame does not have",
            fix: "write the sizes with saual sample allocate --format csv, and name that file with --sizes")
    }

    static func planStratum(_ name: String, file: String, row: Int) -> Problem {
        Problem(
            "command.plan-stratum", .input, what: "Stratum \"\(name)\" of the plan stands twice or is not in the frame",
            place: Place(file: file, rows: [row]), why: "each stratum of the frame has one row of the plan",
            fix: "correct the row, or delete it")
    }

    static func planSize(_ name: String, file: String, row: Int) -> Problem {
        Problem(
            "command.plan-size", .input, what: "Stratum \"\(name)\" of the plan has no size",
            place: Place(file: file, rows: [row], column: "n"), why: "n is a whole number from 0",
            fix: "correct the cell")
    }

    static func planLacksStrata(_ names: [String], file: String) -> Problem {
        Problem(
            "command.plan-lacks-strata", .input, what: "The plan lacks \(names.count) strata: \(list: names)",
            place: Place(file: file), why: "each stratum of the frame has one row of the plan",
            fix: "add the rows; n may be 0")
    }
}
