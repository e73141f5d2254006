internal import Glibc
internal import SurveyDesign
internal import SurveyFormats
internal import SurveyImport
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyYAML

/// `saual import`: one wave of a raw file into a study file.
enum ImportCommand: Command {
    static let name = "import"
    static let summary = Phrase(
        "Imports one wave into a study file", ru: "Загружает одну волну в файл исследования",
        kk: "Бір толқынды зерттеу файлына жүктейді")
    static let operands = "FILE"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] =
        [
            .value(
                "study", "S.saual",
                Phrase(
                    "study file; made where there is none", ru: "файл исследования; создаётся, если его нет",
                    kk: "зерттеу файлы; жоқ болса, жасалады")),
            .value("wave", "NAME", Phrase("name of the wave", ru: "имя волны", kk: "толқын атауы")),
            .value(
                "questionnaire", "Q.yaml",
                Phrase(
                    "what was asked; without it types follow from the cells",
                    ru: "вопросник; без него типы выводятся из ячеек",
                    kk: "сауалнама; онсыз түрлер ұяшықтардан анықталады")),
            .value(
                "map", "MAP.yaml",
                Phrase(
                    "which columns are which questions, and what their cells mean (map/1)",
                    ru: "какие столбцы — какие вопросы и что значат их ячейки (map/1)",
                    kk: "қай баған қай сұрақ екені және ұяшықтарының мағынасы (map/1)")),
            .value(
                "field-date", "YYYY-MM-DD",
                Phrase(
                    "day of the fieldwork, at which names and codes of regions are looked up",
                    ru: "день опроса, на который определяются названия и коды регионов",
                    kk: "өңір атаулары мен кодтары анықталатын сұрастыру күні")),
            .flag(
                "replace",
                Phrase(
                    "replace a wave of this name", ru: "заменить волну с этим именем",
                    kk: "осы атаудағы толқынды ауыстыру")),
            .value(
                "rows", "COL=TEXT",
                Phrase(
                    "only rows whose cell in COL is TEXT", ru: "только строки, где ячейка COL равна TEXT",
                    kk: "тек COL ұяшығы TEXT болатын жолдар")),
            .value(
                "strata", "COL[*COL]",
                Phrase(
                    "set rows without a stratum aside", ru: "помещать в карантин строки без страты",
                    kk: "стратасы жоқ жолдарды карантинге алу")),
            .value(
                "psu", "COL[*COL]",
                Phrase(
                    "set rows without a PSU aside", ru: "помещать в карантин строки без единицы отбора",
                    kk: "іріктеу бірлігі жоқ жолдарды карантинге алу")),
            .value(
                "weight", "COL",
                Phrase(
                    "set rows without a usable weight aside", ru: "помещать в карантин строки без пригодного веса",
                    kk: "жарамды салмағы жоқ жолдарды карантинге алу")),
        ] + CommonOptions.reading + [
            CommonOptions.format(["table", "json"]), CommonOptions.dryRun, CommonOptions.timings,
        ]
    static let examples = [
        "saual import Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv --study example.saual --wave 2025 "
            + "--rows ANIO_ESTADISTICO=2025 --questionnaire Datasets/envipe-morelos/questionnaire.yaml"
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        var timings = Timings()
        guard let study = call.value("study") else { throw .missingOption("study", command: name) }
        guard let wave = call.value("wave") else { throw .missingOption("wave", command: name) }
        guard study.hasSuffix(".saual") else { throw .notAStudyFile(study) }
        guard IndicatorReader.isIdentifier(wave) else { throw .wrongWaveName(wave) }
        let questionnaire = try call.value("questionnaire").map { (path) throws(Problem) in
            QuestionnaireReader.read(try YAMLDocument(reading: path))
        }
        if let problems = questionnaire?.problems, questionnaire?.value == nil {
            return Outcome(problems: problems, exitCode: Problem.Kind.input.exitCode)
        }
        let design = try DesignOptions.specification(call, study: nil)
        let regions = try regions(of: questionnaire?.value, call)
        if regions.value == nil { return Outcome(problems: regions.problems, exitCode: Problem.Kind.input.exitCode) }
        let map = try map(for: questionnaire?.value, call)
        if map.isWrong { return Outcome(failing: (questionnaire?.problems ?? []) + map.problems) }
        var work = WaveImport(
            path: call.operands[0],
            format: FormatOptions(call),
            decimal: call.value("decimal") == "," ? .comma : .point, rows: try rows(call),
            questionnaire: questionnaire?.value,
            design: ImportOptions.DesignColumns(strata: design.strata, psu: design.psu, weight: design.weight),
            regions: regions.value ?? [:])
        work.map = map.map
        work.mapHash = map.hash
        if call.has("dry-run") {
            return Outcome(
                DryRun.text(reading: [work.path] + call.values("map"), writing: ["\(study):\(wave)"], for: call))
        }
        let result = try stored(work, in: study, wave: wave, replacing: call.has("replace"), on: call.terminal)
        timings.end("read and store")
        timings.print(for: call, rows: result.report.rowsRead)
        let matching = MatchingOutput(result)
        let text =
            call.format == "json"
            ? json(result).line + "\n" : words(result, in: call.language) + (matching?.text(in: call.language) ?? "")
        return Outcome(text, problems: (questionnaire?.problems ?? []) + map.problems + result.report.findings)
    }

    /// Imports the wave; a study file that was made for it and got none is taken away again.
    private static func stored(
        _ work: WaveImport, in study: String, wave: String, replacing: Bool, on terminal: Terminal
    ) throws(Problem) -> WaveImport.Result {
        let isNew = try StudyFile.isAbsent(study)
        let file = try StudyFile(writing: study, creating: true, program: "saual \(Versions.saual)")
        do throws(Problem) {
            return try work.run(into: file, wave: wave, replacing: replacing, on: terminal)
        } catch {
            if isNew, (try? file.waves().isEmpty) == true { unlink(study) }
            throw error
        }
    }

    /// The tables of regions that the questionnaire names, at the day of the fieldwork.
    private static func regions(
        of questionnaire: Questionnaire?, _ call: Call
    ) throws(Problem) -> Checked<[String: RegionLookup]> {
        var day: CalendarDate?
        if let text = call.value("field-date") {
            day = CalendarDate(iso: text)
            if day == nil { throw .wrongFieldDate(text) }
        }
        guard let questionnaire, questionnaire.questions.contains(where: { $0.regions != nil }) else {
            if day != nil { throw .fieldDateUnused() }
            return Checked(value: [:], problems: [])
        }
        let file = call.value("questionnaire") ?? ""
        return RegionLookup.read(
            for: questionnaire, folder: LoadedStudy.folder(of: file), file: file, fieldwork: day.map { ($0, $0) })
    }

    private static func rows(_ call: Call) throws(Problem) -> (column: String, value: String)? {
        guard let text = call.value("rows") else { return nil }
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { throw .wrongRows(text) }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    private static func json(_ result: WaveImport.Result) -> JSONText {
        .object(
            [
                ("saual", .string("import/1")), ("wave", .string(result.record.name)),
                ("file", .string(result.record.fileName)),
                ("sha256", .string(result.record.sha256)), ("rows", .integer(result.report.rowsRead)),
                ("imported", .integer(result.report.imported)), ("quarantined", .integer(result.report.quarantined)),
                ("findings", .object(result.report.findingCounts.map { ($0.code, .integer($0.count)) })),
            ] + (MatchingOutput(result).map { [("matching", $0.json)] } ?? []))
    }

    static func words(_ result: WaveImport.Result, in language: Language) -> String {
        let name = Terminal.harmless(result.record.name)
        let (read, imported, aside) = (result.report.rowsRead, result.report.imported, result.report.quarantined)
        return switch language {
        case .russian: "Волна \(name): прочитано строк \(read), загружено \(imported), в карантине \(aside)\n"
        case .kazakh:
            "\(name) толқыны: оқылған жолдар \(read), жүктелгені \(imported), карантинге алынғаны \(aside)\n"
        default: "Wave \(name): \(read) rows read, \(imported) imported, \(aside) set aside\n"
        }
    }
}

extension Problem {
    static func wrongWaveName(_ wave: String) -> Problem {
        Problem(
            "command.wrong-wave-name", .usage, what: "\"\(wave)\" cannot be the name of a wave",
            why: "a wave is named by letters, digits, \".\", \"_\" and \"-\", at most 100, as in study.yaml",
            fix: "choose another name, such as 2025 or spring-2025")
    }

    static func missingOption(_ option: String, command: String) -> Problem {
        Problem(
            "command.missing-option", .usage, what: "\"saual \(command)\" needs --\(option)",
            why: "without --\(option) it is not known where the result belongs",
            fix: "add --\(option), see saual \(command) --help")
    }

    static func wrongFieldDate(_ text: String) -> Problem {
        Problem(
            "command.wrong-field-date", .usage, what: "\"\(text)\" is no day",
            why: "--field-date takes a day of the calendar as YYYY-MM-DD; found \"\(text)\"",
            fix: "write, for example, --field-date 2023-09-15")
    }

    static func fieldDateUnused() -> Problem {
        Problem(
            "command.field-date-unused", .usage, what: "--field-date has nothing to do here",
            why: "the day decides what names of regions mean, and no question of the questionnaire has \"aliases:\"",
            fix: "drop --field-date, or add a table of regions to the question")
    }

    static func wrongRows(_ text: String) -> Problem {
        Problem(
            "command.wrong-rows", .usage, what: "--rows takes COLUMN=TEXT",
            why: "rows are chosen by the text of one column; found \"\(text)\"",
            fix: "write, for example, --rows YEAR=2025")
    }
}
