internal import SurveyData
internal import SurveyDesign
internal import SurveyFormats
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting
internal import SurveyYAML

/// `saual weight`: from base weights to weights that answer for non-response and meet known totals.
enum WeightCommand: Command {
    static let name = "weight"
    static let summary = Phrase(
        "Makes weights: non-response, trimming, raking, post-stratification, calibration",
        ru: "Создаёт веса: неответы, обрезка, рейкинг, постстратификация, калибровка",
        kk: "Салмақтар жасайды: жауап бермеу, қию, рейкинг, постстратификация, калибрлеу")
    static let operands = "SOURCE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        steps + results + CommonOptions.reading
        + [CommonOptions.format(["table", "json"])] + CommonOptions.output
        + [CommonOptions.dryRun, CommonOptions.timings]
    static let examples = [
        "saual weight Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --weight FAC_ELE "
            + "--trim-max 5 --trim-of median -o trimmed.csv",
        "saual weight Datasets/envipe-morelos/envipe-morelos.saual:2025 --weight FAC_ELE --trim-max 4 --trim-of mean "
            + "--name trimmed",
    ]

    private static let steps: [Option] =
        WeightRequest.baseOptions + [
            .value(
                "weight", "COL",
                Phrase(
                    "base weight (default: every row 1; in a study that of its design)",
                    ru: "базовый вес (по умолчанию у всех строк 1; в исследовании — вес его плана)",
                    kk: "базалық салмақ (әдепкіде әр жол 1; зерттеуде — жоспар салмағы)")),
            .value(
                "nonresponse", "A[*B]",
                Phrase(
                    "cells in which respondents stand for the others",
                    ru: "ячейки, где респонденты представляют остальных",
                    kk: "респонденттер басқаларды танытатын ұяшықтар")),
            .value(
                "status", "COL",
                Phrase(
                    "outcome: 1 respondent, 2 non-respondent, 3 ineligible, 4 unknown",
                    ru: "исход: 1 респондент, 2 нереспондент, 3 вне целевой группы, 4 неизвестно",
                    kk: "нәтиже: 1 респондент, 2 респондент емес, 3 нысаналы топқа жатпайды, 4 белгісіз")),
            .choice(
                "status-map", ["aapor"],
                Phrase(
                    "outcomes are AAPOR's codes 110, 120, 2xx, 3xx, 4xx",
                    ru: "исходы — коды AAPOR 110, 120, 2xx, 3xx, 4xx",
                    kk: "нәтижелер — AAPOR кодтары 110, 120, 2xx, 3xx, 4xx")),
        ] + WeightRequest.outcomeOptions + WeightRequest.panelOptions + [
            .choice(
                "rate", NonresponseAdjustment.Rate.allCases.map(\.rawValue),
                Phrase(
                    "response rate of a cell (default: weighted)", ru: "доля ответов в ячейке (по умолчанию weighted)",
                    kk: "ұяшықтағы жауап үлесі (әдепкісі: weighted)")),
            .value(
                "min-cell", "N",
                Phrase(
                    "tell cells with fewer respondents (default: 20)",
                    ru: "сообщать о ячейках с меньшим числом респондентов (по умолчанию 20)",
                    kk: "респонденті одан аз ұяшықтарды хабарлау (әдепкісі: 20)")),
            .value(
                "max-factor", "X",
                Phrase(
                    "tell cells with a greater factor (default: 3)",
                    ru: "сообщать о ячейках с большим множителем (по умолчанию 3)",
                    kk: "көбейткіші одан үлкен ұяшықтарды хабарлау (әдепкісі: 3)")),
            .value("trim-max", "X", Phrase("greatest weight", ru: "наибольший вес", kk: "ең үлкен салмақ")),
            .value("trim-min", "X", Phrase("least weight", ru: "наименьший вес", kk: "ең кіші салмақ")),
            .choice(
                "trim-of", Trimming.Scale.allCases.map(\.rawValue),
                Phrase(
                    "what the limits are multiples of (default: absolute)",
                    ru: "чему кратны границы (по умолчанию absolute)",
                    kk: "шектер неге еселі (әдепкісі: absolute)")),
            .choice(
                "spread", Trimming.Spread.allCases.map(\.rawValue),
                Phrase(
                    "how the excess is spread (default: equal)", ru: "как раздать срезанное (по умолчанию equal)",
                    kk: "қиылғанды қалай тарату (әдепкісі: equal)")),
            .flag(
                "once",
                Phrase(
                    "one pass of trimming, as R has it", ru: "один проход обрезки, как в R", kk: "R-дегідей бір рет қию"
                )),
        ] + WeightRequest.trimOptions + [
            .value(
                "rake", "T.csv",
                Phrase(
                    "meet the margins of a targets file", ru: "выполнить маржи из файла целей",
                    kk: "мақсаттар файлының маржаларын орындау")),
            .value(
                "poststratify", "T.csv",
                Phrase(
                    "meet the one margin of a targets file", ru: "выполнить единственную маржу из файла целей",
                    kk: "мақсаттар файлының жалғыз маржасын орындау")),
            .flag(
                "partial",
                Phrase(
                    "leave empty post-strata out", ru: "пропустить пустые постстраты",
                    kk: "бос постстраталарды қалдырып кету")
            ),
            .choice(
                "rescale-margins", ["first"],
                Phrase(
                    "scale all margins to the sum of the first", ru: "привести все маржи к сумме первой",
                    kk: "барлық маржаны біріншісінің қосындысына келтіру")),
            .choice(
                "rake-stop", ["cells"],
                Phrase(
                    "stop as R does: no cell changes by --epsilon",
                    ru: "остановка как в R: ячейки меняются меньше --epsilon",
                    kk: "R-дегідей тоқтау: ұяшықтар --epsilon мәнінен аз өзгереді")),
            .value(
                "epsilon", "E",
                Phrase(
                    "for --rake-stop (default: 1)", ru: "для --rake-stop (по умолчанию 1)",
                    kk: "--rake-stop үшін (әдепкісі: 1)")),
            .value(
                "maxit", "N",
                Phrase(
                    "for --rake-stop (default: 10)", ru: "для --rake-stop (по умолчанию 10)",
                    kk: "--rake-stop үшін (әдепкісі: 10)")),
        ] + GeneralCalibration.options + WeightRequest.lastOptions + [
            .choice(
                "conform", ["r-survey-4.1"],
                Phrase(
                    "every rule as R survey 4.1 has it", ru: "все правила как в R survey 4.1",
                    kk: "барлық ереже R survey 4.1-дегідей"))
        ]

    private static let results: [Option] = [
        .value(
            "name", "NAME",
            Phrase(
                "name of the new weight (default: weight)", ru: "имя нового веса (по умолчанию weight)",
                kk: "жаңа салмақтың аты (әдепкісі: weight)")),
        .flag(
            "replace",
            Phrase(
                "replace a stored weight of this name", ru: "заменить сохранённый вес с этим именем",
                kk: "осы атаудағы сақталған салмақты ауыстыру")),
        .flag(
            "diagnostics",
            Phrase(
                "tell what each step did: quantiles, factors, bounds, distances from targets",
                ru: "сообщить, что сделал каждый шаг: квантили, множители, границы, расстояния от целей",
                kk: "әр қадамның не істегенін айту: квантильдер, көбейткіштер, шектер, мақсаттан қашықтық")),
        .list(
            "balance", "COL",
            Phrase(
                "with --diagnostics: follow the shares of variables that the steps do not use",
                ru: "с --diagnostics: проследить доли переменных, которые шаги не используют",
                kk: "--diagnostics болғанда: қадамдар қолданбайтын айнымалылар үлесін қадағалау")),
        .list(
            "balance-mean", "COL",
            Phrase(
                "with --diagnostics: follow the means of numbers",
                ru: "с --diagnostics: проследить средние чисел",
                kk: "--diagnostics болғанда: сандар орташасын қадағалау")),
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        if !call.has("diagnostics"), let option = ["balance", "balance-mean"].first(where: call.has) {
            throw .unusedOption("--\(option)", needs: "--diagnostics")
        }
        switch try SourceReference(call.operands[0]) {
        case .study(let path, let wave): return try weightStudy(path, wave: wave, call)
        case .file(let path): return try weightFile(path, call)
        }
    }

    // MARK: A data file

    private static func weightFile(_ path: String, _ call: Call) throws(Problem) -> Outcome {
        guard let output = call.value("output") else { throw .missingOption("output", command: name) }
        guard path != "-" else { throw .readTwice() }
        if call.has("replace") { throw .notForDataFiles("replace") }
        var timings = Timings()
        let request = try WeightRequest(call, base: nil)
        if request.recipe.panel != nil { throw .panelNeedsStudy() }
        if call.has("dry-run") {
            let files = [path] + request.recipe.targetFiles
            return Outcome(
                DryRun.text(reading: files, writing: [output, WeightingSidecar.path(beside: output)], for: call))
        }
        let options = FormatOptions(call)
        let columns = try CSVColumnCopy(path, options: options).columns
        guard !columns.contains(request.recipe.name) else { throw .columnTaken(request.recipe.name, file: path) }
        let unknown = request.recipe.targetFiles.flatMap { request.targets[$0]?.unknownVariables(among: columns) ?? [] }
        let wrong = request.problems + unknown
        if wrong.contains(where: { $0.severity == .error }) { return failed(wrong) }
        let variables = request.recipe.targetFiles.flatMap { request.targets[$0]?.variables ?? [] }
        let recipe = request.recipe
        let numeric = recipe.numericColumns
        let controls = recipe.targetFiles.flatMap { request.targets[$0]?.numericVariables ?? [] }
        let (categories, means) = (try call.list("balance"), try call.list("balance-mean"))
        let roles = AnalysisSource.Roles(
            numbers: (numeric + controls + means).uniqued,
            answers: (recipe.columns.filter { $0 != recipe.base && !numeric.contains($0) } + variables + categories)
                .uniqued,
            condition: nil)
        let source = try RawSource(path, call: call)
        let loaded = try source.loaded(
            design: DesignSpecification(weight: request.recipe.base), roles: roles)
        timings.end("read and type")
        let table = Table(
            rowCount: loaded.rowCount, columns: loaded.design.columns + loaded.answers.columns + loaded.numbers.columns)
        let checked = Weighting.run(request.recipe, on: table, targets: request.targets)
        timings.end("weight")
        guard var outcome = checked.value else { return failed(loaded.problems + wrong + checked.problems) }
        var wrongLater: [Problem] = []
        if call.has("diagnostics") {
            outcome.summary.diagnostics = try WeightingDiagnostics(
                outcome, recipe: recipe, table: table, categories: categories, numbers: means)
        }
        try WeightingSidecar.check(beside: output, replacing: call.has("force"))
        let earlier = try WeightingSidecar.read(beside: path)
        let isOwn = earlier?.sha256 == loaded.sha256
        if let base = recipe.base, let made = earlier?.weight(in: base) {
            if isOwn {
                outcome.record = CalibrationRecord.joining(made.archive.record, outcome.record)
            } else {
                wrongLater.append(.otherSidecar(WeightingSidecar.path(beside: path)))
            }
        }
        let sha256 = try write(outcome, request.recipe.name, to: output, from: path, loaded, call)
        let provenance = JSONText.object([
            ("file", .string(source.name)), ("sha256", .string(loaded.sha256)), ("rows", .integer(loaded.rowCount)),
        ])
        let report = WeightingOutput(
            recipe: request.recipe, summary: outcome.summary, cautions: checked.problems, source: provenance,
            language: call.language)
        let made = WeightingSidecar.Weight(
            column: recipe.name, recipe: recipe.json(targets: request.targets), values: outcome.weights,
            archive: WeightingArchive(record: outcome.record, summary: outcome.summary))
        try WeightingSidecar(
            program: "saual \(Versions.saual)", sha256: sha256, rowCount: loaded.rowCount,
            weights: (isOwn ? earlier?.weights ?? [] : []) + [made]
        ).write(beside: output, replacing: call.has("force"))
        timings.end("write")
        timings.print(for: call, rows: loaded.rowCount)
        return try told(report, loaded.problems + wrong + checked.problems + wrongLater, call)
    }

    /// Writes the copy with the new column; returns its hash.
    private static func write(
        _ outcome: Weighting.Outcome, _ column: String, to output: String, from path: String,
        _ loaded: RawSource.Loaded, _ call: Call
    ) throws(Problem) -> String {
        let options = FormatOptions(call)
        let (read, written) = (try InputHash(), try SHA256())
        let copy = try CSVColumnCopy(path, options: options, onBytes: read.observer)
        let file = try StreamedFile(output, replacing: call.has("force"))
        let hasComma = call.value("decimal") == ","
        let rows = try copy.write(
            adding: column,
            value: { (row) throws(Problem) in
                guard row < outcome.weights.count else { throw .changedMeanwhile(path) }
                let text = JSONText.shortest(outcome.weights[row])
                return hasComma ? text.replacing(".", with: ",") : text
            },
            to: { (bytes) throws(Problem) in
                if Interruption.isAsked { throw .interruptedWork() }
                try written.update(bytes)
                try file.append(bytes)
            })
        guard rows == outcome.weights.count, try read.hex() == loaded.sha256 else { throw .changedMeanwhile(path) }
        try file.finish()
        return try written.hex()
    }

    // MARK: A study file

    private static func weightStudy(_ path: String, wave: String?, _ call: Call) throws(Problem) -> Outcome {
        if let option = (["output"] + CommonOptions.reading.map(\.name)).first(where: call.has) {
            throw .notForStudyFiles(option)
        }
        var timings = Timings()
        let opened = try StudyWave.open(path, wave: wave)
        let study = try opened.file.documents().first.map { (document) throws(Problem) in
            try StudyReader.read(try YAMLDocument(parsing: document.text, file: document.name)).get()
        }
        let request = try WeightRequest(call, base: study?.weighting?.base ?? study?.design.weight)
        let recipe = request.recipe
        guard IndicatorReader.isIdentifier(recipe.name) else { throw .wrongWeightName(recipe.name) }
        let target = "\(path):\(opened.record.name)"
        if call.has("dry-run") {
            return Outcome(DryRun.text(reading: [path] + recipe.targetFiles, writing: [target], for: call))
        }
        guard !opened.names.contains(recipe.name) || opened.isMadeOnly(recipe.name) else {
            throw .columnTaken(recipe.name, file: target)
        }
        let named =
            (call.value("weight").map { [$0] } ?? [])
            + recipe.columns.filter { $0 != recipe.base && $0 != recipe.panel?.key }
            + (recipe.panel.map { $0.memberColumns + [$0.weight].compactMap { $0 } } ?? [])
        let variables = recipe.targetFiles.flatMap { file in
            (request.targets[file]?.variables ?? []) + (request.targets[file]?.numericVariables ?? [])
        }
        let (categories, means) = (try call.list("balance"), try call.list("balance-mean"))
        if let hidden = (named + variables + categories + means).first(where: opened.isPrivate) {
            throw .privateColumn(hidden)
        }
        if request.problems.contains(where: { $0.severity == .error }) { return failed(request.problems) }
        let work = WaveWeighting(recipe: recipe, targets: request.targets, complete: study?.complete)
        let checked = try work.run(on: opened)
        timings.end("read and weight")
        guard var outcome = checked.value else { return failed(request.problems + checked.problems) }
        if call.has("diagnostics") {
            outcome.summary.diagnostics = try work.diagnostics(
                of: outcome, on: opened, categories: categories, numbers: means)
        }
        let file = try StudyFile(writing: path, creating: false, program: "saual \(Versions.saual)")
        try work.keep(outcome, in: file, of: opened.record.name, replacing: call.has("replace"))
        timings.end("write")
        timings.print(for: call, rows: opened.record.rowsImported)
        let report = WeightingOutput(
            recipe: recipe, summary: outcome.summary, cautions: checked.problems,
            source: .object([
                ("study", .string(String(path.split(separator: "/").last ?? ""))),
                ("wave", .string(opened.record.name)), ("sha256", .string(opened.record.sha256)),
                ("rows", .integer(opened.record.rowsImported)),
            ]), language: call.language)
        return try told(report, request.problems + checked.problems, call)
    }

    /// Everything that is wrong, with the exit code of the first error; nothing was written.
    private static func failed(_ problems: [Problem]) -> Outcome {
        let first = problems.first { $0.severity == .error && $0.kind != .finding }
        return Outcome(problems: problems, exitCode: (first?.kind ?? .computation).exitCode)
    }

    /// The report: JSON on standard output, a table for people on standard error.
    private static func told(_ report: WeightingOutput, _ problems: [Problem], _ call: Call) throws(Problem) -> Outcome
    {
        if call.format == "json" {
            try StandardStream.output(report.json.line + "\n")
        } else if !call.terminal.isQuiet {
            StandardStream.error(report.text)
        }
        return Outcome(problems: problems)
    }
}

extension Problem {
    static func readTwice() -> Problem {
        Problem(
            "command.read-twice", .usage, what: "Standard input cannot be weighted",
            why: "the rows are read twice: for the weights, and for the copy that gets them",
            fix: "write the rows to a file and name it")
    }

    static func notForDataFiles(_ option: String) -> Problem {
        Problem(
            "command.not-for-data-files", .usage, what: "--\(option) does not go with a data file",
            why: "--\(option) is for weights that a study file keeps", fix: "drop --\(option)")
    }

    static func columnTaken(_ name: String, file: String) -> Problem {
        Problem(
            "command.column-taken", .usage, what: "There is a column \"\(name)\" already", place: Place(file: file),
            why: "a made weight must not hide what the file has; found \"\(name)\"",
            fix: "choose another name with --name")
    }

    static func wrongWeightName(_ name: String) -> Problem {
        Problem(
            "command.wrong-weight-name", .usage, what: "\"\(name)\" cannot be the name of a weight",
            why: "a stored weight is named by letters, digits, \".\", \"_\" and \"-\", at most 100",
            fix: "choose another name, such as raked")
    }
}
