internal import SurveyDesign

/// The cells of a breakdown: each pair of PSU and group that occurs, PSU after PSU, and the cell of each row in use.
///
/// Made once for a breakdown, used by every variable: adding a row to its cell is then one indexed addition.
struct CellIndex {
    /// The categories of each group, one for each variable; empty for the whole.
    let labels: [Estimate.By]
    let order: RowOrder
    /// The cell of each position, or its place if cells have places; `Groups.none` outside.
    let cellOfRow: [UInt32]
    /// Where each cell lies in memory that has room for `placeCount` of them; nil where it lies in its own place.
    ///
    /// Rows of the whole are added up by the keys of their PSUs, in whatever order the table holds them.
    let placeOfCell: [UInt32]?
    let placeCount: Int
    /// The group of each cell.
    let groupOfCell: [UInt32]
    /// Where the cells of each unit start, and the end.
    let firstCells: [Int]

    /// The greatest table of unit × group that is made where rows stand in the order of the file.
    private static let mostPairs = 1 << 20

    /// True if the cells of rows in the order of the file can be looked up.
    static func canIndex(_ groups: Groups, design: SampleDesign) -> Bool {
        let (pairs, overflows) = design.psuCount.multipliedReportingOverflow(by: groups.labels.count)
        return !overflows && pairs <= mostPairs
    }

    /// Numbers the cells of rows that stand unit after unit.
    init(_ groups: Groups, design: SampleDesign) {
        labels = groups.labels
        order = .byUnit
        var cellOfRow = [UInt32](repeating: Groups.none, count: design.rowsInUse)
        var groupOfCell: [UInt32] = []
        groupOfCell.reserveCapacity(design.unitCount)
        var firstCells = [Int](repeating: 0, count: design.unitCount + 1)
        // The last cell of each group; it belongs to this unit if it is not below the unit's first cell.
        var lastCell = [Int](repeating: -1, count: groups.labels.count)
        groups.codes.withUnsafeBufferPointer { codes in
            cellOfRow.withUnsafeMutableBufferPointer { cellOfRow in
                lastCell.withUnsafeMutableBufferPointer { lastCell in
                    for unit in 0..<design.unitCount {
                        let first = groupOfCell.count
                        firstCells[unit] = first
                        for position in design.unitStarts[unit]..<design.unitStarts[unit + 1] {
                            let group = codes[position]
                            if group == Groups.none { continue }
                            var cell = lastCell[Int(group)]
                            if cell < first {
                                cell = groupOfCell.count
                                lastCell[Int(group)] = cell
                                groupOfCell.append(group)
                            }
                            cellOfRow[position] = UInt32(truncatingIfNeeded: cell)
                        }
                    }
                }
            }
        }
        firstCells[design.unitCount] = groupOfCell.count
        self.cellOfRow = cellOfRow
        self.groupOfCell = groupOfCell
        self.firstCells = firstCells
        (placeOfCell, placeCount) = (nil, groupOfCell.count)
    }

    /// Numbers the cells of rows in the order of the file, PSU after PSU and group after group.
    init(inFileOrder groups: Groups, design: SampleDesign) {
        labels = groups.labels
        order = .file
        let groupCount = groups.labels.count
        if groups.codes.isEmpty {
            groupOfCell = [UInt32](repeating: 0, count: design.psuCount)
            firstCells = Array(0...design.psuCount)
            // Keys that no row has take room too: with many of them rows are better given numbers.
            if let keys = design.psus.numberOfKey?.count, keys <= 2 * design.psuCount {
                cellOfRow = design.psus.keys
                placeOfCell = design.psus.keyOfNumber(count: design.psuCount)
                placeCount = keys
            } else {
                cellOfRow = design.psus.numbers
                (placeOfCell, placeCount) = (nil, design.psuCount)
            }
            return
        }
        let psuOfRow = design.psus.numbers
        if let groupOfPSU = CellIndex.onlyGroups(groups, psuOfRow, count: design.psuCount) {
            // Regions of a sample drawn by region: a PSU is a cell.
            groupOfCell = groupOfPSU
            firstCells = Array(0...design.psuCount)
            cellOfRow = psuOfRow
            (placeOfCell, placeCount) = (nil, design.psuCount)
            return
        }
        var cells = [UInt32](repeating: Groups.none, count: design.psuCount * groupCount)
        groups.codes.withUnsafeBufferPointer { codes in
            psuOfRow.withUnsafeBufferPointer { psus in
                cells.withUnsafeMutableBufferPointer { cells in
                    for row in codes.indices where codes[row] != Groups.none {
                        cells[Int(psus[row]) &* groupCount &+ Int(codes[row])] = 0
                    }
                }
            }
        }
        var groupOfCell: [UInt32] = []
        var firstCells = [Int](repeating: 0, count: design.psuCount + 1)
        for psu in 0..<design.psuCount {
            for group in 0..<groupCount where cells[psu * groupCount + group] == 0 {
                cells[psu * groupCount + group] = UInt32(truncatingIfNeeded: groupOfCell.count)
                groupOfCell.append(UInt32(truncatingIfNeeded: group))
            }
            firstCells[psu + 1] = groupOfCell.count
        }
        self.groupOfCell = groupOfCell
        self.firstCells = firstCells
        cellOfRow = [UInt32](unsafeUninitializedCapacity: groups.codes.count) { target, count in
            groups.codes.withUnsafeBufferPointer { codes in
                psuOfRow.withUnsafeBufferPointer { psus in
                    cells.withUnsafeBufferPointer { cells in
                        for row in codes.indices {
                            let cell =
                                codes[row] == Groups.none
                                ? Groups.none : cells[Int(psus[row]) &* groupCount &+ Int(codes[row])]
                            target.initializeElement(at: row, to: cell)
                        }
                    }
                }
            }
            count = groups.codes.count
        }
        (placeOfCell, placeCount) = (nil, groupOfCell.count)
    }

    /// The group of each PSU where every PSU has rows of one group and every row has a group; otherwise nil.
    private static func onlyGroups(_ groups: Groups, _ psuOfRow: [UInt32], count: Int) -> [UInt32]? {
        var groupOfPSU = [UInt32](repeating: Groups.none, count: count)
        let areAlike = groups.codes.withUnsafeBufferPointer { codes in
            psuOfRow.withUnsafeBufferPointer { psus in
                groupOfPSU.withUnsafeMutableBufferPointer { groupOfPSU in
                    for row in codes.indices {
                        let group = codes[row]
                        if group == Groups.none { return false }
                        let psu = Int(psus[row])
                        if groupOfPSU[psu] == group { continue }
                        guard groupOfPSU[psu] == Groups.none else { return false }
                        groupOfPSU[psu] = group
                    }
                    return true
                }
            }
        }
        return areAlike && !groupOfPSU.contains(Groups.none) ? groupOfPSU : nil
    }

    var groupCount: Int { labels.count }
    var cellCount: Int { groupOfCell.count }

    /// The place of a cell.
    func place(of cell: Int) -> Int { placeOfCell.map { Int($0[cell]) } ?? cell }

    /// The group of each position; `Groups.none` outside.
    var groupOfPosition: [UInt32] {
        // Cells with places are those of the whole, where every row is in use.
        if placeOfCell != nil { return [UInt32](repeating: 0, count: cellOfRow.count) }
        return groupOfCell.withUnsafeBufferPointer { groupOfCell in
            cellOfRow.map { $0 == Groups.none ? Groups.none : groupOfCell[Int($0)] }
        }
    }
}
