internal import SurveyProblems
internal import SurveySchema

/// What `--dry-run` says: one line for each file that would be read or written.
enum DryRun {
    /// The lines in words, or one object where the format is one of JSON.
    static func text(reading: [String], writing: [String], for call: Call) -> String {
        if ["json", "ndjson"].contains(call.format) {
            func list(_ paths: [String]) -> JSONText { .array(paths.map { .string($0) }) }
            let fields = [("saual", JSONText.string("dry-run/1")), ("read", list(reading)), ("write", list(writing))]
            return JSONText.object(fields).line + "\n"
        }
        let words =
            switch call.language {
            case .russian: (read: "прочитать", write: "записать")
            case .kazakh: (read: "оқылады", write: "жазылады")
            default: (read: "read", write: "write")
            }
        let lines = reading.map { "\(words.read): \($0)" } + writing.map { "\(words.write): \($0)" }
        return lines.map { Terminal.harmless($0) + "\n" }.joined()
    }
}
