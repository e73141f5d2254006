internal import SurveySchema

/// What `--dry-run` says: one line for each file that would be read or written.
enum DryRun {
    static func text(reading: [String], writing: [String], in language: Language) -> String {
        let words =
            switch language {
            case .russian: (read: "прочитать", write: "записать")
            case .kazakh: (read: "оқылады", write: "жазылады")
            default: (read: "read", write: "write")
            }
        return (reading.map { "\(words.read): \($0)\n" } + writing.map { "\(words.write): \($0)\n" }).joined()
    }
}
