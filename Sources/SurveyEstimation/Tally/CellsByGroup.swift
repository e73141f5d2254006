/// The cells of an index group after group, with the unit of each.
struct CellsByGroup {
    let starts: [Int]
    let cells: [Int]
    let units: [Int]

    init(_ index: CellIndex) {
        var starts = [Int](repeating: 0, count: index.groupCount + 1)
        for group in index.groupOfCell { starts[Int(group) + 1] += 1 }
        for group in 0..<index.groupCount { starts[group + 1] += starts[group] }
        var next = starts
        var cells = [Int](repeating: 0, count: index.cellCount)
        var units = cells
        for unit in 0..<(index.firstCells.count - 1) {
            for cell in index.firstCells[unit]..<index.firstCells[unit + 1] {
                let group = Int(index.groupOfCell[cell])
                cells[next[group]] = cell
                units[next[group]] = unit
                next[group] += 1
            }
        }
        self.starts = starts
        self.cells = cells
        self.units = units
    }
}
