import SurveyTestSupport
import Testing

@testable import SurveyEstimation

struct SortedRowsTests {
    @Test func `numbers ascend, and equal ones keep the order of the file`() {
        var generator = SeededGenerator(seed: 11)
        var values: [Double] = [
            0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e300, -1e300, 1, -1, .infinity, -.infinity,
        ]
        for _ in 0..<2000 { values.append((generator.uniform() - 0.5) * [1, 1e-9, 1e12][generator.below(3)]) }
        for _ in 0..<2000 { values.append(Double(generator.below(50)) - 25) }
        // The design holds the rows of the file in another order.
        let rows = values.indices.map { UInt32($0) }.reversed().map { $0 }
        let slots = values.indices.map { UInt16($0 % 7 == 3 ? 1 : 0) }
        let sorted = SortedRows(
            rows.map { values[Int($0)] }, slots: slots, rows: rows, rowCount: values.count)
        let expected = rows.indices.filter { slots[$0] == 0 }.sorted {
            let (first, second) = (values[Int(rows[$0])], values[Int(rows[$1])])
            return first == second ? rows[$0] < rows[$1] : first < second
        }
        #expect(sorted.positions.map { Int($0) } == expected)
        #expect(sorted.values == expected.map { values[Int(rows[$0])] })
    }

    @Test(arguments: [1.0, 0.5, 1e9], [1, 3, 700])
    func `sorting inside groups is sorting, then grouping`(unit: Double, count: Int) {
        var generator = SeededGenerator(seed: 12)
        let size = 3000
        let values = (0..<size).map { _ in unit * (Double(generator.below(900)) - 300) }
        let rows = (0..<size).map { UInt32($0) }.reversed().map { $0 }
        let slots = (0..<size).map { UInt16($0 % 11 == 3 ? 1 : 0) }
        let groups = (0..<size).map { _ in
            generator.uniform() < 0.1 ? Groups.none : UInt32(generator.below(count))
        }
        let whole = SortedRows(values, slots: slots, rows: rows, rowCount: size)
        let found = SortedRows.byGroup(
            values, slots: slots, rows: rows, rowCount: size, groups: groups, count: count)
        #expect(found.count == count)
        for group in 0..<count {
            let own = whole.positions.filter { groups[Int($0)] == UInt32(group) }
            #expect(found[group].positions == own)
            #expect(found[group].values == own.map { values[Int($0)] })
        }
    }

    @Test func `nothing is sorted to nothing`() {
        #expect(SortedRows([], slots: [], rows: [], rowCount: 0).positions.isEmpty)
        #expect(SortedRows([1, 2], slots: [1, 2], rows: [0, 1], rowCount: 2).positions.isEmpty)
    }
}
