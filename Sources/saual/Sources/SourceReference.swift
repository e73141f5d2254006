internal import SurveyProblems

/// A SOURCE operand taken apart: a data file, or a study file with an optional wave.
enum SourceReference: Sendable {
    case file(String)
    case study(String, wave: String?)

    init(_ operand: String) throws(Problem) {
        for scheme in ["postgresql:", "postgres:", "spark:"] where operand.hasPrefix(scheme) {
            throw .noEngine(operand)
        }
        if operand.hasSuffix(".saual") {
            self = .study(operand, wave: nil)
        } else if let range = operand.range(of: ".saual:") {
            let wave = String(operand[range.upperBound...])
            self = .study(String(operand[..<operand.index(before: range.upperBound)]), wave: wave.isEmpty ? nil : wave)
        } else {
            self = .file(operand)
        }
    }
}

extension String {
    /// Finds the last occurrence of a text without Foundation.
    fileprivate func range(of text: String) -> Range<String.Index>? { ranges(of: text).last }
}

extension Problem {
    static func noEngine(_ source: String) -> Problem {
        Problem(
            "command.no-engine", .usage, what: "\"\(source)\" cannot be read by this version",
            why: "sources are data files (.csv .tsv .txt, -) and study files (.saual), not databases",
            fix: "export the columns to CSV and name that file")
    }
}
