public import SurveyProblems

/// A text in which `»` marks the characters where something is wrong.
public struct MarkedText {
    /// The text without the marks.
    public let text: String
    /// Line and character of each mark, both from 1, in the order of the text; characters are Unicode scalars.
    public let marks: [(line: Int, position: Int)]

    public init(_ marked: String) {
        var text = String.UnicodeScalarView()
        var marks: [(line: Int, position: Int)] = []
        var (line, position) = (1, 1)
        for scalar in marked.unicodeScalars {
            if scalar == "»" {
                marks.append((line, position))
                continue
            }
            text.append(scalar)
            if scalar == "\n" { (line, position) = (line + 1, 1) } else { position += 1 }
        }
        self.text = String(text)
        self.marks = marks
    }

    /// The places of problems and their codes as one line each, `3:14 yaml.unknown-key`, sorted by place.
    public static func summary(_ problems: [Problem]) -> [String] {
        let sorted = problems.sorted {
            ($0.place.line ?? 0, $0.place.position ?? 0, $0.code) < (
                $1.place.line ?? 0, $1.place.position ?? 0, $1.code
            )
        }
        return sorted.map { "\($0.place.line ?? 0):\($0.place.position ?? 0) \($0.code)" }
    }

    /// What `summary` must be if the problems with these codes stand at the marks, in order.
    public func expected(_ codes: [String]) -> [String] {
        zip(marks, codes).map { "\($0.line):\($0.position) \($1)" } + codes.dropFirst(marks.count)
    }
}
