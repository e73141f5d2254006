/// The answered rows of a breakdown, group after group, in the order in which they were handed over.
struct RowsByGroup {
    /// Where each group starts in `positions`, and the end.
    let starts: [Int]
    /// Positions among the rows in use.
    let positions: [UInt32]

    init(_ positions: [UInt32], groups: [UInt32], count: Int) {
        var starts = [Int](repeating: 0, count: count + 1)
        for position in positions where groups[Int(position)] != Groups.none {
            starts[Int(groups[Int(position)]) &+ 1] &+= 1
        }
        for group in 0..<count { starts[group + 1] += starts[group] }
        self.starts = starts
        guard count != 1 || starts[count] != positions.count else {
            self.positions = positions
            return
        }
        var next = starts
        self.positions = [UInt32](unsafeUninitializedCapacity: starts[count]) { sorted, filled in
            groups.withUnsafeBufferPointer { groups in
                next.withUnsafeMutableBufferPointer { next in
                    for position in positions {
                        let group = groups[Int(position)]
                        if group == Groups.none { continue }
                        sorted.initializeElement(at: next[Int(group)], to: position)
                        next[Int(group)] &+= 1
                    }
                }
            }
            filled = starts[count]
        }
    }

    /// The rows of one group.
    func rows(of group: Int) -> ArraySlice<UInt32> { positions[starts[group]..<starts[group + 1]] }
}
