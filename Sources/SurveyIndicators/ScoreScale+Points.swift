extension ScoreScale {
    /// The points for a value from 0 to 1; nil for no value: nothing to assess is not 0.
    ///
    ///     floor    full · ⌊steps · v⌋ / steps      nearest  full · ⌊steps · v + ½⌋ / steps      linear  full · v
    ///
    /// A value is on a step if it is within a billionth of it, so that 7 of 10 has the points of 70 %.
    public func points(for value: Double?) -> Double? {
        guard let value, value.isFinite else { return nil }
        var position = value * Double(steps)
        let step = position.rounded()
        if abs(position - step) <= 1e-9 * max(1, abs(step)) { position = step }
        if belowHalf == .zero, position < Double(steps) / 2 { return 0 }
        switch between {
        case .floor: position.round(.down)
        case .linear: break
        case .nearest:
            let doubled = 2 * position
            // A half that rounding has left just below itself goes up too.
            let half = doubled.rounded()
            position = ((abs(doubled - half) <= 2e-9 * max(1, abs(half)) ? half : doubled) / 2 + 0.5).rounded(.down)
        }
        return full * position / Double(steps)
    }
}
