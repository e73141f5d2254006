internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore

/// `saual verify`: checks that a study file is whole.
enum VerifyCommand: Command {
    static let name = "verify"
    static let summary = Phrase(
        "Checks a study file: structure, checksums, counts",
        ru: "Проверяет файл исследования: структуру, контрольные суммы, счёт",
        kk: "Зерттеу файлын тексереді: құрылым, бақылау қосындылары, санақ")
    static let operands = "STUDY.saual"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = [CommonOptions.format(["table", "json"])]
    static let examples = ["saual verify Datasets/envipe-morelos/envipe-morelos.saual"]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        guard case .study(let path, nil) = try SourceReference(call.operands[0]) else {
            throw .notAStudyFile(call.operands[0])
        }
        let file = try StudyFile(reading: path)
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
}
