internal import SurveyProblems

extension Problem {
    /// The problem as a list of texts, templates and values apart, so that it can be read in every language again.
    var packed: [String] {
        var texts = [code, String(kind.exitCode), severity.rawValue]
        for message in [what, why, fix] { texts += [message.template, String(message.values.count)] + message.values }
        texts += [place.file, place.column, place.variable, place.detail].map { $0.map { "=" + $0 } ?? "" }
        texts += [place.line, place.position, place.rowsTotal].map { $0.map(String.init) ?? "" }
        return texts + place.rows.map(String.init)
    }

    /// Reads such a list; nil if it is none.
    init?(packed texts: [String]) {
        var rest = texts[...]
        func message() -> Message? {
            guard let template = rest.popFirst(), let count = rest.popFirst().flatMap({ Int($0) }), count >= 0,
                count <= rest.count
            else { return nil }
            defer { rest = rest.dropFirst(count) }
            return Message(template: template, values: Array(rest.prefix(count)))
        }
        guard let code = rest.popFirst(), let kind = rest.popFirst().flatMap({ Problem.kind(named: $0) }),
            let severity = rest.popFirst().flatMap({ Severity(rawValue: $0) }),
            let what = message(), let why = message(), let fix = message(), rest.count >= 7
        else { return nil }
        let names = rest.prefix(4).map { $0.isEmpty ? nil : String($0.dropFirst()) }
        let numbers = rest.dropFirst(4).prefix(3).map { Int($0) }
        let place = Place(
            file: names[0], line: numbers[0], position: numbers[1], rows: rest.dropFirst(7).compactMap { Int($0) },
            rowsTotal: numbers[2], column: names[1], variable: names[2], detail: names[3])
        self.init(code, kind, severity: severity, what: what, place: place, why: why, fix: fix)
    }

    private static func kind(named number: String) -> Kind? {
        let kinds: [Kind] = [.finding, .usage, .input, .computation, .disclosure, .defect, .interrupted]
        return kinds.first { String($0.exitCode) == number }
    }
}
