internal import SurveyMath

/// Sums of squares and products by group, kept while rows are added to cells.
///
/// Variances need sums of each cell, but squares of whole groups only; in the cells they would take room in the caches.
struct SquareSums {
    private let groups: Int
    /// Even and odd positions side by side, since each addition waits for the one before it.
    private let open: UnsafeMutablePointer<SIMD4<Double>>
    private let sums: UnsafeMutablePointer<SIMD4<Double>>
    private let errors: UnsafeMutablePointer<SIMD4<Double>>

    /// Starts at 0; the memory is valid until the workspace is used for squares again.
    init(_ workspace: TallyWorkspace, groups: Int) {
        self.groups = groups
        open = workspace.squares.block.filled(max(1, 2 * groups), with: .zero)
        sums = workspace.squares.sums.filled(max(1, groups), with: .zero)
        errors = workspace.squares.errors.filled(max(1, groups), with: .zero)
    }

    @inline(__always)
    func add(_ squares: SIMD4<Double>, to group: Int, at position: Int) {
        open[2 &* group &+ position & 1] += squares
    }

    /// Adds what is open to the whole and keeps what rounding loses (see `CompensatedSum`).
    func close() {
        for group in 0..<groups {
            let term = open[2 * group] + open[2 * group + 1]
            let sum = sums[group] + term
            let part = sum - sums[group]
            errors[group] += (sums[group] - (sum - part)) + (term - part)
            sums[group] = sum
            (open[2 * group], open[2 * group + 1]) = (.zero, .zero)
        }
    }

    /// The closed sums of a group.
    subscript(group: Int) -> SIMD4<Double> { sums[group] + errors[group] }
}
