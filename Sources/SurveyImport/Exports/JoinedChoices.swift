internal import SurveyFormats

/// A column of a file whose cells are codes with spaces between them, and the codes that they may have.
typealias JoinedChoices = (column: Int, name: String, words: Set<[UInt8]>)

extension RawBatch {
    /// Adds a finding for each code in joined cells that its question does not know.
    func findChoices(outside joined: [JoinedChoices]) {
        for (column, name, words) in joined {
            for row in 0..<rowCount {
                for word in cell(row, column).split(separator: 0x20) where !words.contains(Array(word)) {
                    findings.append(
                        .choice(
                            column: name, row: rowNumbers[row], text: String(decoding: word.prefix(60), as: UTF8.self)))
                }
            }
        }
    }
}
