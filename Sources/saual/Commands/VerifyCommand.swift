internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore

/// `saual verify`: checks that a study file is whole, or that another program computes its figures as well.
enum VerifyCommand: Command {
    static let name = "verify"
    static let summary = Phrase(
        "Checks a study file, or its figures against R",
        ru: "Проверяет файл исследования или его цифры с помощью R",
        kk: "Зерттеу файлын не оның сандарын R арқылы тексереді")
    static let operands = "STUDY.saual|study.yaml"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = [
        .choice(
            "with", ["r"],
            Phrase(
                "compute every figure again from the answers with R's package survey and compare",
                ru: "пересчитать каждую цифру по ответам пакетом survey программы R и сравнить",
                kk: "әр санды жауаптардан R бағдарламасының survey дестесімен қайта есептеп, салыстыру")),
        .value(
            "output", "FILE.R", letter: "o",
            Phrase("write the R script to a file", ru: "записать сценарий R в файл", kk: "R сценарийін файлға жазу")),
        .value(
            "keep", "FOLDER",
            Phrase(
                "keep script, answers and R's figures in a new folder",
                ru: "оставить сценарий, ответы и цифры R в новой папке",
                kk: "сценарийді, жауаптарды және R сандарын жаңа қалтада қалдыру")),
        .flag("force", Phrase("replace an existing file", ru: "заменить существующий файл", kk: "бар файлды ауыстыру")),
        CommonOptions.format(["table", "json"]),
    ]
    static let examples = ["saual verify Datasets/envipe-morelos/envipe-morelos.saual"]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        if call.has("with") { return try FigureVerification.run(call) }
        if let option = ["output", "keep", "force"].first(where: call.has) { throw .onlyWithR(option) }
        let file = try StudyFile(reading: try ReportCommand.studyFile(of: call.operands[0]))
        let problems = try file.verify()
        let waves = problems.isEmpty ? try file.waves() : []
        if call.format == "json" {
            let list = waves.map { wave in
                JSONText.object([
                    ("wave", .string(wave.name)), ("rows", .integer(wave.rowsImported)),
                    ("columns", .integer(wave.columnCount)),
                    ("file", .string(wave.fileName)), ("sha256", .string(wave.sha256)),
                ])
            }
            let text = JSONText.object([
                ("saual", .string("verify/1")), ("whole", .bool(problems.isEmpty)), ("waves", .array(list)),
            ])
            return Outcome(
                text.line + "\n", problems: problems, exitCode: problems.isEmpty ? 0 : Problem.Kind.input.exitCode)
        }
        guard problems.isEmpty else { return Outcome(problems: problems, exitCode: Problem.Kind.input.exitCode) }
        var table = TextTable(
            words(in: call.language).columns.enumerated().map { ($1, [1, 2].contains($0) ? .right : .left) })
        for wave in waves {
            table.append([
                wave.name, String(wave.rowsImported), String(wave.columnCount), wave.fileName,
                String(wave.sha256.prefix(12)) + "…",
            ])
        }
        return Outcome(table.text + "\n" + words(in: call.language).whole + "\n")
    }

    private static func words(in language: Language) -> (columns: [String], whole: String) {
        switch language {
        case .russian:
            (
                ["волна", "строки", "столбцы", "файл", "SHA-256"],
                "Файл цел: структура, контрольные суммы и счёт сходятся."
            )
        case .kazakh:
            (
                ["толқын", "жолдар", "бағандар", "файл", "SHA-256"],
                "Файл бүтін: құрылымы, бақылау қосындылары, санағы сәйкес."
            )
        default:
            (
                ["wave", "rows", "columns", "file", "SHA-256"],
                "The file is whole: structure, checksums and counts agree."
            )
        }
    }
}

extension Problem {
    static func notAStudyFile(_ operand: String) -> Problem {
        Problem(
            "command.not-a-study-file", .usage, what: "\"\(operand)\" is not a study file",
            why: "this command takes a study file, whose name ends in .saual",
            fix: "name a .saual file; \"saual run\" and \"saual import\" make one")
    }

    static func onlyWithR(_ option: String) -> Problem {
        Problem(
            "command.only-with-r", .usage, what: "--\(option) does not apply here",
            why: "--\(option) belongs to the check by R; without --with r only the study file itself is checked",
            fix: "add --with r, or leave --\(option) out")
    }
}
