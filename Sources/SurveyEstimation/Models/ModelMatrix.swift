internal import SurveyMath
internal import SurveyProblems

/// The columns of a model made orthogonal, in blocks of rows: X · inverse, column after column inside a block.
///
/// Weighted by the weights of the fit the columns are orthonormal, so that the sums of squares that every step needs
/// lose no digits, whatever the units of the variables.
struct ModelMatrix: Sendable {
    static let blockRows = 64
    /// Blocks that one worker sums before the sums of chunks are joined in their order.
    static let chunkBlocks = 512
    /// Numbers of one matrix.
    static let mostNumbers = 1 << 28

    let frame: ModelFrame
    /// The columns of the frame that do not depend on columns before them.
    let kept: [Int]
    /// From coefficients of the orthogonal columns to those of the kept ones.
    let inverse: Matrix
    let values: [Double]
    let threads: Int

    var rowCount: Int { frame.rows.count }
    var rank: Int { kept.count }
    var blockCount: Int { (rowCount + ModelMatrix.blockRows - 1) / ModelMatrix.blockRows }
    /// Rows with those that fill the last block.
    var paddedCount: Int { blockCount * ModelMatrix.blockRows }

    /// `weights` has one weight for each padded row, 0 where there is no row.
    init(_ frame: ModelFrame, weights: [Double], threads: Int) throws(Problem) {
        let (numbers, overflows) = frame.rows.count.multipliedReportingOverflow(by: max(1, frame.columns.count))
        guard !overflows, numbers <= ModelMatrix.mostNumbers else {
            throw .modelTooLarge(rows: frame.rows.count, columns: frame.columns.count)
        }
        self.frame = frame
        self.threads = threads
        let width = frame.columns.count
        let blocks = (frame.rows.count + ModelMatrix.blockRows - 1) / ModelMatrix.blockRows
        let factor = try ModelMatrix.factor(frame, weights: weights, threads: threads)
        (kept, inverse) = factor.independent()
        let (kept, inverse) = (kept, inverse)
        let rank = kept.count
        let height = ModelMatrix.blockRows
        var values = [Double](repeating: 0, count: blocks * height * rank)
        values.withUnsafeMutableBufferPointer { values in
            guard let start = values.baseAddress else { return }
            let target = SharedNumbers(start)
            ModelMatrix.each(blocks, threads: threads) { chunk in
                var raw = [Double](repeating: 0, count: width * height)
                raw.withUnsafeMutableBufferPointer { raw in
                    guard let raw = raw.baseAddress else { return }
                    for block in chunk {
                        frame.fill(raw, rows: ModelMatrix.rows(of: block, count: frame.rows.count), height: height)
                        let own = target.start + block * height * rank
                        for column in 0..<rank {
                            let sum = own + column * height
                            for from in 0...column {
                                let (share, source) = (inverse[from, column], raw + kept[from] * height)
                                if share != 0 { for place in 0..<height { sum[place] += share * source[place] } }
                            }
                        }
                    }
                }
            }
        }
        self.values = values
    }

    /// The rows of a block.
    static func rows(of block: Int, count: Int) -> Range<Int> {
        block * blockRows..<min(count, (block + 1) * blockRows)
    }

    /// Calls a function with the blocks of each chunk, chunks shared out to threads.
    static func each(_ blocks: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
        let chunks = (blocks + chunkBlocks - 1) / chunkBlocks
        _ = try? Workers.map(chunks, threads: threads) { (chunk, _) throws(Problem) in
            body(chunk * chunkBlocks..<min(blocks, (chunk + 1) * chunkBlocks))
        }
    }

    /// Returns what a function makes of each chunk, in the order of chunks.
    func chunks<Sum: Sendable>(_ body: @Sendable (Range<Int>) -> Sum) -> [Sum] {
        let (blocks, size) = (blockCount, ModelMatrix.chunkBlocks)
        let sums = try? Workers.map((blocks + size - 1) / size, threads: threads) { (chunk, _) throws(Problem) in
            body(chunk * size..<min(blocks, (chunk + 1) * size))
        }
        return sums ?? []
    }

    /// The triangular factor of the weighted raw columns; a column whose squares cannot be held is a problem.
    private static func factor(
        _ frame: ModelFrame, weights: [Double], threads: Int
    ) throws(Problem) -> TallFactor {
        let (width, height, count) = (frame.columns.count, blockRows, frame.rows.count)
        let blocks = (count + height - 1) / height
        let chunks = (blocks + chunkBlocks - 1) / chunkBlocks
        let factors = try Workers.map(chunks, threads: threads) { (chunk, _) throws(Problem) in
            var factor = TallFactor(columns: width)
            var largest = [Double](repeating: 0, count: width)
            var raw = [Double](repeating: 0, count: width * height)
            for block in chunk * chunkBlocks..<min(blocks, (chunk + 1) * chunkBlocks) {
                raw.withUnsafeMutableBufferPointer { raw in
                    guard let start = raw.baseAddress else { return }
                    let rows = rows(of: block, count: count)
                    frame.fill(start, rows: rows, height: height)
                    for column in 0..<width {
                        let own = start + column * height
                        for place in 0..<rows.count {
                            let size = abs(own[place])
                            if !(size <= largest[column]) { largest[column] = size }
                            own[place] *= weights[block * height + place].squareRoot()
                        }
                    }
                    factor.add(&raw, height: height)
                }
            }
            return (factor, largest)
        }
        var whole = TallFactor(columns: width)
        var largest = [Double](repeating: 0, count: width)
        for (factor, sizes) in factors {
            whole.add(factor)
            for column in 0..<width where !(sizes[column] <= largest[column]) { largest[column] = sizes[column] }
        }
        for column in 0..<width where largest[column] != 0 && !(largest[column] > 1e-100 && largest[column] < 1e100) {
            throw .modelRange(frame.columns[column].name, largest: largest[column])
        }
        return whole
    }
}

/// Numbers that several workers write, each its own.
struct SharedNumbers: @unchecked Sendable {
    let start: UnsafeMutablePointer<Double>

    init(_ start: UnsafeMutablePointer<Double>) { self.start = start }
}

extension Problem {
    /// More rows and columns than fit in memory.
    static func modelTooLarge(rows: Int, columns: Int) -> Problem {
        Problem(
            "estimation.model-too-large", .usage, what: "The model is too large",
            why: "rows × columns may be at most \(ModelMatrix.mostNumbers); found \(rows) × \(columns)",
            fix: "name fewer terms, or categories with fewer values")
    }

    /// Values whose squares cannot be held.
    static func modelRange(_ column: String, largest: Double) -> Problem {
        Problem(
            "estimation.model-range", .computation, what: "\"\(column)\" is too large or too small to compute with",
            place: Place(variable: column),
            why: "the largest value of a column must lie between 1e-100 and 1e100; found \(JSONText.shortest(largest))",
            fix: "give the variable in another unit")
    }
}
