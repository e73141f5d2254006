internal import SurveyProblems
internal import SurveySchema

/// Lays problems out for people, or as one JSON object a line.
struct ProblemPrinter {
    let language: Language
    let hasColor: Bool
    let asJSON: Bool

    func text(_ problem: Problem) -> String {
        if asJSON { return problem.json(in: language.rawValue).line + "\n" }
        let words = ProblemTexts.words(of: problem, in: language.rawValue)
        let labels = Self.labels(in: language)
        var lines = [headline(words.what, problem.severity, labels.caution)]
        let place = place(problem.place, labels: labels)
        if !place.isEmpty { lines.append("  \(labels.place)\(place)") }
        lines.append("  \(labels.why)\(words.why)")
        lines.append("  \(labels.fix)\(words.fix)")
        return ([lines[0]] + lines.dropFirst().map(Terminal.harmless)).joined(separator: "\n") + "\n"
    }

    private func headline(_ what: String, _ severity: Problem.Severity, _ caution: String) -> String {
        let text = severity == .caution ? "\(caution): \(what)" : what
        guard hasColor else { return Terminal.harmless(text) }
        return "\u{1B}[1;\(severity == .error ? 31 : 33)m\(Terminal.harmless(text))\u{1B}[0m"
    }

    private struct Labels {
        let place, why, fix, caution, column, rows, row, question, of: String
    }

    private static func labels(in language: Language) -> Labels {
        switch language {
        case .russian:
            Labels(
                place: "где:        ", why: "почему:     ", fix: "что делать: ", caution: "Предостережение",
                column: "столбец", rows: "строки", row: "строка", question: "вопрос", of: "из")
        case .kazakh:
            Labels(
                place: "қайда:  ", why: "неге:   ", fix: "шешімі: ", caution: "Ескерту", column: "баған",
                rows: "жолдар", row: "жол", question: "сұрақ", of: "барлығы")
        default:
            Labels(
                place: "where: ", why: "why:   ", fix: "fix:   ", caution: "Caution", column: "column", rows: "rows",
                row: "row", question: "question", of: "of")
        }
    }

    private func place(_ place: Place, labels: Labels) -> String {
        var parts: [String] = []
        if let file = place.file {
            parts.append(
                ([file] + [place.line, place.position].compactMap { $0.map(String.init) }).joined(separator: ":"))
        }
        if let column = place.column { parts.append("\(labels.column) \"\(column)\"") }
        if let variable = place.variable { parts.append("\(labels.question) \"\(variable)\"") }
        if !place.rows.isEmpty {
            let list = place.rows.map(String.init).joined(separator: ", ")
            let more = place.rowsTotal.map { $0 > place.rows.count ? "… (\(labels.of) \($0))" : "" } ?? ""
            parts.append("\(place.rows.count == 1 && more.isEmpty ? labels.row : labels.rows) \(list)\(more)")
        }
        if let detail = place.detail, !detail.isEmpty { parts.append(detail) }
        return parts.joined(separator: ", ")
    }
}
