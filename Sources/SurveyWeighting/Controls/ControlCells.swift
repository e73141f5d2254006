internal import SurveyMath

/// Calibration cells with the base weights of their rows, ready for a fit.
struct ControlCells {
    let controls: CalibrationControls
    /// Sum of the base weights of each cell.
    let weights: [Double]
    /// The limits of the factor in each cell; empty without bounds.
    let bounds: [(low: Double, high: Double)]
    /// The base weight of each row as the fit takes it, and its cell (the number of cells outside).
    let base: [Double]
    let cellOfRow: [UInt32]

    /// Where the weights themselves are bounded and rows of a cell differ in base weight, the cell is split.
    init(_ given: CalibrationControls, cellOfRow given0: [UInt32], weights given1: [Double]) {
        var (controls, cellOfRow, base) = (given, given0, given1)
        let count = given.cellCount
        if given.isByCluster {
            var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
            var rows = [Double](repeating: 0, count: count)
            for row in base.indices where Int(cellOfRow[row]) < count {
                sums[Int(cellOfRow[row])].add(base[row])
                rows[Int(cellOfRow[row])] += 1
            }
            for row in base.indices where Int(cellOfRow[row]) < count {
                let cell = Int(cellOfRow[row])
                base[row] = sums[cell].value / rows[cell]
            }
        }
        if let bounds = given.bounds, bounds.scale == .weight {
            var refined = RefinedCells(cellOfRow, count: count)
            refined.split(by: base)
            let source = refined.firstRows.map { Int(cellOfRow[$0]) }
            controls = given.taking(source)
            cellOfRow = refined.cellOfRow
        }
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: controls.cellCount)
        var one = [Double](repeating: 0, count: controls.cellCount)
        for row in base.indices where Int(cellOfRow[row]) < controls.cellCount {
            sums[Int(cellOfRow[row])].add(base[row])
            one[Int(cellOfRow[row])] = base[row]
        }
        self.controls = controls
        self.cellOfRow = cellOfRow
        self.base = base
        weights = sums.map(\.value)
        switch controls.bounds {
        case nil: bounds = []
        case let limits? where limits.scale == .factor:
            bounds = [(low: Double, high: Double)](repeating: (limits.low, limits.high), count: controls.cellCount)
        case let limits?:
            // A row of weight 0, as replicates have them, stays 0 whatever its factor; this one is finite.
            bounds = one.map { $0 > 0 ? (limits.low / $0, limits.high / $0) : (0, 2) }
        }
    }

    /// Where weights themselves are bounded, the base weight of the rows of each cell.
    var widest: [Double]? {
        guard controls.bounds?.scale == .weight else { return nil }
        var one = [Double](repeating: 0, count: controls.cellCount)
        for row in base.indices where Int(cellOfRow[row]) < one.count { one[Int(cellOfRow[row])] = base[row] }
        return one
    }

    /// Base weight × factor of the cell by row; 0 outside.
    func weights(_ factors: [Double]) -> [Double] {
        cellOfRow.indices.map { Int(cellOfRow[$0]) < factors.count ? base[$0] * factors[Int(cellOfRow[$0])] : 0 }
    }
}

extension CalibrationControls {
    /// The controls with other cells, each a copy of one of these.
    func taking(_ cells: [Int]) -> CalibrationControls {
        CalibrationControls(
            controls: controls, categoryOfCell: categoryOfCell.map { own in cells.map { own[$0] } },
            categoryCounts: categoryCounts, numbers: numbers.map { own in cells.map { own[$0] } },
            costs: cells.map { costs[$0] }, distance: distance, bounds: bounds, rule: rule, isPrescaled: isPrescaled,
            isByCluster: isByCluster)
    }
}

/// Cells of rows that are split by one numeric column after the other; rows of a cell share every value.
struct RefinedCells {
    private(set) var cellOfRow: [UInt32]
    private(set) var count: Int

    /// Rows at or above `count` are outside.
    init(_ cellOfRow: [UInt32], count: Int) {
        self.cellOfRow = cellOfRow
        self.count = count
    }

    /// Splits cells by the values of a column; cells are numbered by their old cell and the size of the value.
    mutating func split(by values: [Double]) {
        let used = cellOfRow.indices.filter { Int(cellOfRow[$0]) < count }
        // -0 and 0 are one value.
        let keys = used.map { values[$0] == 0 ? 0 : values[$0] }
        let distinct = Array(Set(keys)).sorted()
        let rank = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, UInt64($0)) })
        let pairs = zip(used, keys).map { UInt64(cellOfRow[$0]) << 32 | (rank[$1] ?? 0) }
        let ordered = Array(Set(pairs)).sorted()
        let number = Dictionary(
            uniqueKeysWithValues: ordered.enumerated().map { ($1, UInt32(truncatingIfNeeded: $0)) })
        var next = [UInt32](repeating: UInt32(truncatingIfNeeded: ordered.count), count: cellOfRow.count)
        for (row, pair) in zip(used, pairs) { next[row] = number[pair] ?? 0 }
        cellOfRow = next
        count = ordered.count
    }

    /// One row of each cell.
    var firstRows: [Int] {
        var rows = [Int](repeating: -1, count: count)
        for row in cellOfRow.indices.reversed() where Int(cellOfRow[row]) < count { rows[Int(cellOfRow[row])] = row }
        return rows
    }
}
