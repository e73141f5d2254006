public import SurveyProblems
public import SurveyYAML

/// Compares what a run found with what its study says it will find.
public struct StudyFindings: Sendable {
    /// Codes of findings with their numbers, as study.yaml lists them.
    public let expected: [(code: String, count: Int)]

    public init(expected: [(code: String, count: Int)]) { self.expected = expected }

    /// Returns one problem for each code whose number differs: first in the order of the study, then what it does not list.
    ///
    /// Several entries of one code are added up. `document` gives the lines of study.yaml.
    public func differences(from actual: [(code: String, count: Int)], in document: YAMLDocument? = nil) -> [Problem] {
        let wanted = Dictionary(expected.map { ($0.code, $0.count) }, uniquingKeysWith: StudyFindings.sum)
        let found = Dictionary(actual.map { ($0.code, $0.count) }, uniquingKeysWith: StudyFindings.sum)
        let entries = document?.root["expected findings"]?.map ?? []
        var seen: Set<String> = []
        var problems: [Problem] = []
        for code in expected.map(\.code) + found.keys.sorted() where seen.insert(code).inserted {
            let (found, wanted) = (found[code] ?? 0, wanted[code] ?? 0)
            guard found != wanted else { continue }
            let mark = entries.first { $0.key == code }?.keyMark
            let problem = Problem.findingsDiffer(code, found: found, expected: wanted)
            problems.append(problem.placed(file: document?.file, line: mark?.line, position: mark?.position))
        }
        return problems
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}

extension Problem {
    /// The findings of a run are not those that the study accepts.
    static func findingsDiffer(_ code: String, found: Int, expected: Int) -> Problem {
        Problem(
            "study.findings-differ", .finding, what: "Finding \"\(code)\": \(found) found, \(expected) expected",
            why: "a run is clean when it finds what the study lists under \"expected findings\"; found \(found)",
            fix: "look into the finding; if it is right as it is, write \"\(code): \(found)\" there")
    }
}
