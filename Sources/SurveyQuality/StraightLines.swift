/// Interviews that give one and the same answer throughout a grid.
///
/// - Missing: don't know, refused and skipped items are left out; a grid counts where at least four items are answered.
/// - Source: Kim, Dykema, Stevenson, Black and Moberg (2019), Straightlining: overview of measurement, comparison of
///   indicators, and effects in mail–web mixed-mode surveys, Social Science Computer Review 37(2), 214–233 (simple
///   nondifferentiation).
struct StraightLines {
    /// Whether an interview has an answered grid, and a straight line in at least one.
    let hasGrid: [Bool]
    let isStraight: [Bool]

    init(_ matrix: AnswerMatrix, grids: [[String]]) {
        let places = Dictionary(matrix.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let columns = grids.map { $0.compactMap { places[$0] } }.filter { $0.count >= SubstantiveAnswers.leastGrid }
        var hasGrid = [Bool](repeating: false, count: matrix.rows.count)
        var isStraight = hasGrid
        for interview in matrix.rows.indices {
            let start = interview * matrix.width
            for grid in columns {
                var (answered, first, areEqual) = (0, UInt8(0), true)
                for column in grid {
                    let byte = matrix.left[start + column]
                    // Bytes from 241 on are kinds of missing, not answers of the list.
                    guard byte < 241 else { continue }
                    if answered == 0 { first = byte } else if byte != first { areEqual = false }
                    answered += 1
                }
                guard answered >= SubstantiveAnswers.leastGrid else { continue }
                hasGrid[interview] = true
                if areEqual { isStraight[interview] = true }
            }
        }
        self.hasGrid = hasGrid
        self.isStraight = isStraight
    }
}
