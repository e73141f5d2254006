internal import Glibc
internal import SurveyProblems
internal import SurveySchema

/// `saual doctor`: which programs are there, which are missing, and how to install them.
enum DoctorCommand: Command {
    static let name = "doctor"
    static let summary = Phrase(
        "Tells what is installed and what is missing", ru: "Говорит, что установлено и чего не хватает",
        kk: "Не орнатылғанын, не жетіспейтінін айтады")
    static let operands = ""
    static let operandCount: (least: Int, most: Int?) = (0, 0)
    static let options: [Option] = [CommonOptions.format(["table", "json"])]
    static let examples = ["saual doctor"]

    /// A program that Saual may call, its Debian package, and what is lost without it.
    private struct Helper {
        let program: String
        let package: String
        let purpose: Phrase
        /// True if nothing of a study's own work is lost without it.
        var isOptional = false
    }

    private static let helpers = [
        Helper(
            program: "gnuplot", package: "gnuplot-nox",
            purpose: Phrase("charts in reports", ru: "диаграммы в отчётах", kk: "есептердегі диаграммалар")),
        Helper(
            program: "Rscript", package: "r-base-core r-cran-survey",
            purpose: Phrase(
                "recomputation of figures (saual verify --with r)",
                ru: "пересчёт цифр (saual verify --with r)",
                kk: "сандарды қайта есептеу (saual verify --with r)"), isOptional: true),
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let found = helpers.map { (helper: $0, path: path(of: $0.program)) }
        let missing = found.filter { $0.path == nil && !$0.helper.isOptional }.map(\.helper.package)
        let install = missing.isEmpty ? nil : "apt-get install \(missing.joined(separator: " "))"
        if call.format == "json" {
            var fields: [(String, JSONText)] = [
                ("saual", .string("doctor/1")),
                (
                    "libraries",
                    .array(
                        Versions.libraries.map {
                            .object([("name", .string($0.name)), ("version", .string($0.version))])
                        })
                ),
                (
                    "programs",
                    .array(
                        found.map {
                            .object([
                                ("name", .string($0.helper.program)), ("package", .string($0.helper.package)),
                                ("found", .bool($0.path != nil)),
                            ])
                        })
                ),
            ]
            if let install { fields.append(("install", .string(install))) }
            return Outcome(JSONText.object(fields).line + "\n", exitCode: missing.isEmpty ? 0 : 1)
        }
        let words = words(in: call.language)
        var text = Versions.text + "\n"
        for entry in found {
            let purpose = entry.helper.purpose.text(in: call.language)
            let isHinted = entry.path == nil && entry.helper.isOptional
            let hint = isHinted ? " (apt-get install \(entry.helper.package))" : ""
            text += "\(entry.helper.program): \(entry.path ?? words.missing)\(hint) — \(purpose)\n"
        }
        if let install { text += "\n\(words.install)\n  \(install)\n" }
        return Outcome(text, exitCode: missing.isEmpty ? 0 : 1)
    }

    private static func words(in language: Language) -> (missing: String, install: String) {
        switch language {
        case .russian: ("нет", "Установить недостающее:")
        case .kazakh: ("жоқ", "Жетіспейтінін орнату:")
        default: ("missing", "Install what is missing:")
        }
    }

    /// Looks a program up in the folders of PATH.
    private static func path(of program: String) -> String? {
        (Environment.value("PATH") ?? "").split(separator: ":").map { "\($0)/\(program)" }.first {
            access($0, X_OK) == 0
        }
    }
}
