internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema

/// What `saual import` tells of questions and columns: found how, new, missing, and codes that nobody knows.
struct MatchingOutput {
    private let matching: ColumnMatching
    private let unknownCodes: [(question: String, column: String, code: String, count: Int)]

    /// nil for an import without a questionnaire, which has nothing to be matched with.
    init?(_ result: WaveImport.Result) {
        guard let matching = result.matching else { return nil }
        self.matching = matching
        let codes = ["import.unknown-code", "formats.unknown-choice"]
        unknownCodes = result.report.findings.filter { codes.contains($0.code) }.map { finding in
            let column = finding.place.column ?? ""
            return (
                finding.place.variable ?? matching.question(of: column) ?? "", matching.column(behind: column),
                finding.what.values.first ?? "",
                finding.place.rowsTotal ?? finding.place.rows.count
            )
        }
    }

    var json: JSONText {
        func list(_ names: [String]) -> JSONText { .array(names.map { .string($0) }) }
        return .object([
            (
                "matched",
                .array(
                    matching.matched.map {
                        .object([
                            ("question", .string($0.question)), ("columns", list($0.columns)),
                            ("by", .string($0.way.rawValue)),
                        ])
                    })
            ),
            ("new", list(matching.new)), ("ignored", list(matching.ignored)),
            (
                "missing",
                .array(
                    matching.missing.map {
                        .object([("question", .string($0.question)), ("columns", list($0.columns))])
                    })
            ),
            (
                "unknown_codes",
                .array(
                    unknownCodes.map {
                        .object([
                            ("question", .string($0.question)), ("column", .string($0.column)),
                            ("code", .string($0.code)), ("n", .integer($0.count)),
                        ])
                    })
            ),
        ])
    }

    /// One line.
    func text(in language: Language) -> String {
        let (name, map, path) = (matching.count(.name), matching.count(.map), matching.count(.path))
        let sets = matching.count(.set)
        let (new, missing) = (matching.new.count, matching.missing.count)
        let codes = unknownCodes.count
        return switch language {
        case .russian:
            "Вопросы: по имени \(name), по карте \(map), по наборам \(sets), по пути или подписи \(path), без столбца \(missing); "
                + "новых столбцов \(new); неизвестных кодов \(codes)\n"
        case .kazakh:
            "Сұрақтар: атымен \(name), картамен \(map), жинақпен \(sets), жолымен не белгісімен \(path), бағаны жоқ \(missing); "
                + "жаңа бағандар \(new); белгісіз кодтар \(codes)\n"
        default:
            "Questions: \(name) by name, \(map) by map, \(sets) by set, \(path) by path or label, \(missing) without a column; "
                + "\(new) new columns; \(codes) unknown codes\n"
        }
    }
}
