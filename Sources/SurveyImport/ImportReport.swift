public import SurveyData
public import SurveyProblems

/// What an import did.
public struct ImportReport: Sendable {
    /// Rows of the file.
    public let rowsInFile: Int
    /// Rows of the file that belong to the wave, those set aside included.
    public let rowsRead: Int
    public let imported: Int
    public let quarantined: Int
    /// Findings by their first row, alike ones as one with its first ten rows.
    public private(set) var findings: [Problem]
    /// How many cells, rows or columns each code of a finding concerns, in the order of the findings.
    public private(set) var findingCounts: [(code: String, count: Int)]
    /// The columns in the order of the chunks; the order in which a questionnaire has its questions.
    public let columns: [ColumnDescription]
    /// Columns whose answers stand in the order of first appearance.
    let unorderedAnswers: Set<Int>

    /// Adds what was found before the import.
    public mutating func add(_ earlier: [Problem]) {
        findings = earlier + findings
        for problem in earlier.reversed() {
            if let position = findingCounts.firstIndex(where: { $0.code == problem.code }) {
                findingCounts[position].count += 1
            } else {
                findingCounts.insert((problem.code, 1), at: 0)
            }
        }
    }
}
