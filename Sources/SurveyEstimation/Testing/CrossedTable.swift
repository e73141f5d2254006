internal import SurveyData
internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems
internal import SurveySchema

/// The cells of two crossed variables in a domain, with the covariance that the design gives them.
struct CrossedTable {
    let names: [String]
    /// Categories with rows in the domain.
    let rows: [String]
    let columns: [String]
    /// Rows in use of the domain, also those without an answer.
    let rowsOfDomain: Int
    private let crossed: Column
    private let estimation: Estimation
    private let domain: Truth?

    /// Cells of a table that can be tested.
    static let mostCells = 1000

    /// Numbers of all cells, row after row of the table.
    struct Cells {
        /// Shares, or totals.
        let shares: [Double]
        let covariance: Matrix
        let degreesOfFreedom: Double
        let n: Int
    }

    init(_ first: Column, _ second: Column, estimation: Estimation, domain: Truth?) throws(Problem) {
        precondition(
            first.rowCount == estimation.design.rowCount && second.rowCount == first.rowCount,
            "columns have one entry for each row of the design")
        guard first.name != second.name else { throw .testedWithItself(first.name) }
        let (left, right) = (KeyCodes(first, in: .natural), KeyCodes(second, in: .natural))
        names = [first.name, second.name]
        for (keys, name) in [(left, first.name), (right, second.name)] where keys.labels.count > CrossedTable.mostCells
        {
            throw .tooManyCells([name], cells: keys.labels.count)
        }
        var (hasLeft, hasRight) = (left.labels.map { _ in false }, right.labels.map { _ in false })
        var count = 0
        let weights = estimation.design.weightOfRow
        let (noLeft, noRight) = (left.missing, right.missing)
        left.codes.withUnsafeBufferPointer { left in
            right.codes.withUnsafeBufferPointer { right in
                for row in weights.indices where weights[row] != 0 && domain?.holds(row) != false {
                    count += 1
                    let (a, b) = (left[row], right[row])
                    guard a != noLeft, b != noRight else { continue }
                    hasLeft[Int(a)] = true
                    hasRight[Int(b)] = true
                }
            }
        }
        rowsOfDomain = count
        let (usedLeft, usedRight) = (hasLeft.indices.filter { hasLeft[$0] }, hasRight.indices.filter { hasRight[$0] })
        rows = usedLeft.map { left.labels[$0] }
        columns = usedRight.map { right.labels[$0] }
        guard count > 0 else { throw .emptyDomain() }
        guard rows.count > 1 else { throw .oneCategory(first.name, found: rows) }
        guard columns.count > 1 else { throw .oneCategory(second.name, found: columns) }
        let cells = rows.count * columns.count
        guard cells <= CrossedTable.mostCells else { throw .tooManyCells(names, cells: cells) }
        // Categories outside the domain have no cell, and neither do missing answers.
        let none = UInt16(cells)
        func positions(_ used: [Int], _ keys: KeyCodes) -> [UInt16] {
            var map = [UInt16](repeating: none, count: keys.labels.count + 1)
            for (position, code) in used.enumerated() { map[code] = UInt16(position) }
            return map
        }
        let (rowOf, columnOf) = (positions(usedLeft, left), positions(usedRight, right))
        let width = UInt16(columns.count)
        let missing = 0xFF00 | UInt16(MissingKind.noAnswer.rawValue)
        let codes = [UInt16](unsafeUninitializedCapacity: left.codes.count) { codes, filled in
            left.codes.withUnsafeBufferPointer { left in
                right.codes.withUnsafeBufferPointer { right in
                    rowOf.withUnsafeBufferPointer { rowOf in
                        columnOf.withUnsafeBufferPointer { columnOf in
                            for at in left.indices {
                                let (row, column) = (rowOf[Int(left[at])], columnOf[Int(right[at])])
                                let isOutside = row == none || column == none
                                codes.initializeElement(at: at, to: isOutside ? missing : row &* width &+ column)
                            }
                        }
                    }
                }
            }
            filled = left.codes.count
        }
        crossed = Column(
            name: names.joined(separator: "*"), kind: .answers, dictionary: (0..<cells).map(String.init),
            values: .words(codes))
        self.estimation = estimation
        self.domain = domain
    }

    /// (rows − 1)(columns − 1).
    var interactionCount: Int { (rows.count - 1) * (columns.count - 1) }

    /// The share of each cell among rows with both answers.
    func shares() throws(Problem) -> Cells {
        let measure = Measure(statistic: .share, variable: crossed.name, content: .shares(of: crossed, only: nil))
        return try cells(try estimated([measure], by: Breakdown()), at: Array(0..<rows.count * columns.count))
    }

    /// The estimated number of people in each cell.
    func totals() throws(Problem) -> Cells {
        let measure = Measure(statistic: .count, variable: crossed.name, content: .rows)
        // Degrees of freedom are counted before missing answers are set aside: those of the whole.
        let whole = try estimated([measure], by: Breakdown())
        let result = try estimated([measure], by: Breakdown(by: [crossed]))
        let found = result.rows.compactMap { $0.by.first.flatMap { Int($0.category) } }
        let places = (0..<rows.count * columns.count).map { found.firstIndex(of: $0) ?? -1 }
        let cells = try cells(result, at: places)
        return Cells(
            shares: cells.shares, covariance: cells.covariance,
            degreesOfFreedom: whole.rows.first?.degreesOfFreedom ?? 0, n: cells.n)
    }

    private func estimated(_ measures: [Measure], by breakdown: Breakdown) throws(Problem) -> EstimationResult {
        var options = estimation.options
        options.keepsCovariance = true
        options.keepsInfluences = false
        return try Estimation(design: estimation.design, options: options).estimates(
            of: measures, by: [breakdown], where: domain)
    }

    /// Takes cells from a result; −1 is a cell without rows.
    private func cells(_ result: EstimationResult, at places: [Int]) throws(Problem) -> Cells {
        var covariance = Matrix(rows: places.count, columns: places.count)
        var shares = [Double](repeating: 0, count: places.count)
        var n = 0
        for (row, place) in places.enumerated() where place >= 0 {
            guard let share = result.rows[place].value else { throw .notComputable(names[0]) }
            shares[row] = share
            n += result.rows[place].n
            for (column, other) in places.enumerated() where other >= 0 {
                guard let value = result.covariance?[place, other] else { throw .notComputable(names[0]) }
                covariance[row, column] = value
            }
        }
        return Cells(
            shares: shares, covariance: covariance, degreesOfFreedom: result.rows.first?.degreesOfFreedom ?? 0, n: n)
    }

    /// Σ (π − π_i+ π_+j)²/(π_i+ π_+j).
    func pearson(_ shares: [Double]) -> Double {
        let (ofRow, ofColumn) = margins(shares)
        var sum = 0.0
        for row in rows.indices {
            for column in columns.indices {
                let expected = ofRow[row] * ofColumn[column]
                let difference = shares[row * columns.count + column] - expected
                if expected > 0 { sum += difference * difference / expected }
            }
        }
        return sum
    }

    private func margins(_ values: [Double]) -> (rows: [Double], columns: [Double]) {
        var (ofRow, ofColumn) = (rows.map { _ in 0.0 }, columns.map { _ in 0.0 })
        for row in rows.indices {
            for column in columns.indices {
                ofRow[row] += values[row * columns.count + column]
                ofColumn[column] += values[row * columns.count + column]
            }
        }
        return (ofRow, ofColumn)
    }

    /// B' M B, where each column of B is an interaction: +1 and −1 on the corners of a rectangle with the first cell.
    ///
    /// B spans the same space as the residuals of the interactions on rows and columns, so Δ has the same eigenvalues.
    func interactions(_ matrix: Matrix) -> Matrix {
        applied(to: matrix) { cells in
            var result: [Double] = []
            let width = columns.count
            for row in 1..<rows.count {
                for column in 1..<width {
                    result.append(cells[row * width + column] - cells[column] - cells[row * width] + cells[0])
                }
            }
            return result
        }
    }

    /// N̂_ij − N̂_i+ N̂_+j/N̂ for i, j ≥ 2, linearised: the derivative by N̂_ab is (δ_ia − p_i)(δ_jb − q_j).
    func departures(_ totals: [Double], _ covariance: Matrix) -> (values: [Double], covariance: Matrix) {
        let (ofRow, ofColumn) = margins(totals)
        let sum = ofRow.reduce(0, +)
        var values: [Double] = []
        for row in 1..<rows.count {
            for column in 1..<columns.count {
                values.append(totals[row * columns.count + column] - ofRow[row] * ofColumn[column] / sum)
            }
        }
        let matrix = applied(to: covariance) { cells in
            let (cellRows, cellColumns) = margins(cells)
            let all = cellRows.reduce(0, +)
            var result: [Double] = []
            for row in 1..<rows.count {
                for column in 1..<columns.count {
                    let (p, q) = (ofRow[row] / sum, ofColumn[column] / sum)
                    result.append(
                        cells[row * columns.count + column] - q * cellRows[row] - p * cellColumns[column] + p * q * all)
                }
            }
            return result
        }
        return (values, matrix)
    }

    /// L M L' of a linear map L on cells.
    private func applied(to matrix: Matrix, _ map: ([Double]) -> [Double]) -> Matrix {
        let cells = rows.count * columns.count
        // By columns of M, then by rows of what is left.
        var half: [Double] = []
        for row in 0..<cells { half += map((0..<cells).map { matrix[row, $0] }) }
        let left = Matrix(rows: cells, columns: interactionCount, values: half)
        var values: [Double] = []
        for column in 0..<interactionCount { values += map((0..<cells).map { left[$0, column] }) }
        return Matrix(rows: interactionCount, columns: interactionCount, values: values)
    }
}

extension Problem {
    /// A variable crossed with itself.
    static func testedWithItself(_ variable: String) -> Problem {
        Problem(
            "estimation.tested-with-itself", .usage, what: "\"\(variable)\" cannot be tested against itself",
            place: Place(variable: variable), why: "two different variables are needed; found one twice",
            fix: "name another variable")
    }
}
