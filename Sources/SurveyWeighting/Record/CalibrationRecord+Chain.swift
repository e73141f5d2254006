extension CalibrationRecord {
    /// The record of a weight that was made from one with a record of its own: the earlier fits come first.
    ///
    /// Non-response steps after a fit are not repeated in replicates, so those of a later recipe count only where the
    /// earlier weight was fitted to nothing.
    public static func joining(_ earlier: CalibrationRecord?, _ later: CalibrationRecord?) -> CalibrationRecord? {
        guard let earlier, !earlier.isEmpty else { return later }
        guard let later else { return earlier }
        return CalibrationRecord(
            steps: earlier.steps + later.steps,
            nonresponse: earlier.nonresponse + (earlier.steps.isEmpty ? later.nonresponse : []))
    }
}
