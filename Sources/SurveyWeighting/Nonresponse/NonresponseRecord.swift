/// A non-response step as far as replicates need it to do it again: who stood for whom.
///
/// Source: Documentation/Methods.md, "Weighting" and "Replicates".
public struct NonresponseRecord: Sendable, Equatable {
    /// The cell and class of each row: cell × classes + the position of the class, ``groupCount`` for rows outside
    /// (weight 0).
    public let groupOfRow: [UInt32]
    public let cellCount: Int
    public let rate: NonresponseAdjustment.Rate
    /// The weight of each row before the step.
    public let before: [Double]

    private static let classes = OutcomeClass.allCases.count

    public init(groupOfRow: [UInt32], cellCount: Int, rate: NonresponseAdjustment.Rate, before: [Double]) {
        self.groupOfRow = groupOfRow
        self.cellCount = cellCount
        self.rate = rate
        self.before = before
    }

    init(
        _ cellOfRow: [UInt32], cellCount: Int, outcomes: [OutcomeClass?], rate: NonresponseAdjustment.Rate,
        before: [Double]
    ) {
        let outside = UInt32(truncatingIfNeeded: cellCount * NonresponseRecord.classes)
        let groups = cellOfRow.indices.map { row -> UInt32 in
            guard before[row] != 0, Int(cellOfRow[row]) < cellCount, let outcome = outcomes[row],
                let position = OutcomeClass.allCases.firstIndex(of: outcome)
            else { return outside }
            return cellOfRow[row] &* UInt32(NonresponseRecord.classes) &+ UInt32(position)
        }
        self.init(groupOfRow: groups, cellCount: cellCount, rate: rate, before: before)
    }

    /// Cells × classes.
    public var groupCount: Int { cellCount * NonresponseRecord.classes }

    /// What each row adds to the sums of its cell: its weight, or 1 by the unweighted rate.
    public var addends: [Double] { rate == .weighted ? before : before.map { $0 == 0 ? 0 : 1 } }

    /// The factor that the step gives the rows of each group, from the sums by group: 0 where rows hand their weight on.
    ///
    /// nil where a cell has weight to hand on and no respondent.
    public func factors(_ sums: [Double]) -> [Double]? {
        var factors = [Double](repeating: 0, count: groupCount)
        func position(_ cell: Int, _ outcome: OutcomeClass) -> Int {
            cell * NonresponseRecord.classes + (OutcomeClass.allCases.firstIndex(of: outcome) ?? 0)
        }
        for cell in 0..<cellCount {
            func sum(_ outcome: OutcomeClass) -> Double { sums[position(cell, outcome)] }
            let eligible = sum(.respondent) + sum(.nonRespondent)
            let known = eligible + sum(.ineligible)
            guard sum(.respondent) > 0 else {
                if eligible > 0 || sum(.unknown) > 0 { return nil }
                factors[position(cell, .ineligible)] = 1
                continue
            }
            let ofKnown = (known + sum(.unknown)) / known
            factors[position(cell, .respondent)] = ofKnown * (eligible / sum(.respondent))
            factors[position(cell, .ineligible)] = ofKnown
        }
        return factors.allSatisfy(\.isFinite) ? factors : nil
    }
}

extension NonresponseRecord {
    /// The record as bytes.
    func pack(into writer: inout PackedWriter) {
        writer.add(groupOfRow)
        writer.add(cellCount)
        writer.add(rate.rawValue)
        writer.add(before)
    }

    /// Reads a record for so many rows; nil if the bytes hold something else.
    init?(_ reader: inout PackedReader, rowCount: Int) {
        guard let groups = reader.words(), let cells = reader.integer(), cells >= 0, cells <= rowCount,
            let rate = reader.text().flatMap({ NonresponseAdjustment.Rate(rawValue: $0) }),
            let before = reader.doubles(), groups.count == rowCount, before.count == rowCount,
            before.allSatisfy(\.isFinite)
        else { return nil }
        self.init(groupOfRow: groups, cellCount: cells, rate: rate, before: before)
        guard groups.allSatisfy({ Int($0) <= groupCount }) else { return nil }
    }
}
