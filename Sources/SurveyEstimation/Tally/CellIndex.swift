internal import SurveyDesign

/// The cells of a breakdown: each pair of PSU and group that occurs, PSU after PSU, and the cell of each row in use.
///
/// Made once for a breakdown, used by every variable: adding a row to its cell is then one indexed addition.
struct CellIndex {
    /// The categories of each group, one for each variable; empty for the whole.
    let labels: [Estimate.By]
    /// The cell of each row of `design.rows`; `Groups.none` outside.
    let cellOfRow: [UInt32]
    /// The group of each cell.
    let groupOfCell: [UInt32]
    /// Where the cells of each unit start, and the end.
    let firstCells: [Int]

    init(_ groups: Groups, design: SampleDesign) {
        labels = groups.labels
        var cellOfRow = [UInt32](repeating: Groups.none, count: design.rows.count)
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
    }

    var groupCount: Int { labels.count }
    var cellCount: Int { groupOfCell.count }
}
