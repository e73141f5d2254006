extension CalibrationRecord {
    /// The record of a weight that was made from one with a record of its own: the earlier steps come first.
    public static func joining(_ earlier: CalibrationRecord?, _ later: CalibrationRecord?) -> CalibrationRecord? {
        guard let earlier, !earlier.isEmpty else { return later }
        guard let later else { return earlier }
        let moved = later.adjustments.map { adjustment in
            var moved = adjustment
            moved.fitsBefore += earlier.steps.count
            return moved
        }
        return CalibrationRecord(steps: earlier.steps + later.steps, adjustments: earlier.adjustments + moved)
    }
}
