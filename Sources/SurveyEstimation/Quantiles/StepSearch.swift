/// Finds by halving where a test starts to reject, among numbers in ascending order.
struct StepSearch {
    private let values: [Double]
    private let isUpper: Bool
    /// Positions that hold and that are rejected; the latter lies beyond the numbers until one is rejected.
    private var held: Int
    private var rejected: Int

    /// Searches the numbers below or above the one that holds.
    init(_ values: [Double], from start: Double, isUpper: Bool) {
        self.values = values
        self.isUpper = isUpper
        let at = values.lastIndex { $0 <= start } ?? 0
        (held, rejected) = isUpper ? (at, values.count) : (at, -1)
        if values.isEmpty { (held, rejected) = (0, isUpper ? 1 : -1) }
    }

    private var middle: Int? {
        abs(rejected - held) > 1 ? held + (rejected - held) / 2 : nil
    }

    /// The number to be tested next; nil at the end.
    var next: Double? { middle.map { values[$0] } }

    mutating func settle(isRejected: Bool) {
        guard let middle else { return }
        // Equal numbers have one test.
        let value = values[middle]
        if isRejected {
            rejected = middle
            if isUpper {
                while rejected - 1 > held, values[rejected - 1] == value { rejected -= 1 }
            } else {
                while rejected + 1 < held, values[rejected + 1] == value { rejected += 1 }
            }
        } else {
            held = middle
        }
    }

    /// The least number that holds; above, the first that is rejected: a step function changes there.
    ///
    /// nil where the outermost step is still held: the sample has no number that would end the interval.
    var found: Double? {
        if isUpper { return rejected < values.count && values[rejected] != values.last ? values[rejected] : nil }
        return held > 0 ? values[held] : nil
    }
}
