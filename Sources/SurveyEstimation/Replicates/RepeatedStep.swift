internal import SurveyDesign
internal import SurveyWeighting

/// A step that is done again on the weights of replicates, eight side by side.
protocol RepeatedStep: Sendable {
    /// What the step needs the sums of.
    var addends: [AdjustmentRecord.Addend] { get }

    /// Puts the gain of each crossed cell in place of its first sum; returns the replicates in which the step cannot be
    /// done, whose gains are 1.
    ///
    /// - Shapes: `sums` has the crossed cells of the first addend, then those of the next.
    func gain(_ sums: UnsafeMutableBufferPointer<SIMD8<Double>>, cellCount: Int, replicates: Range<Int>) -> [Int]
}

/// A step that does one replicate after the other.
protocol RepeatedOneByOne: RepeatedStep {
    /// The gain of each crossed cell for the sums of the crossed cells, by addend; nil if the step cannot be done.
    func gains(_ sums: [[Double]], replicate: Int) -> [Double]?
}

extension RepeatedOneByOne {
    func gain(_ sums: UnsafeMutableBufferPointer<SIMD8<Double>>, cellCount: Int, replicates: Range<Int>) -> [Int] {
        var failures: [Int] = []
        for (lane, replicate) in replicates.enumerated() {
            let own = addends.indices.map { part in
                (0..<cellCount).map { sums[part * cellCount + $0][lane] }
            }
            let found = gains(own, replicate: replicate)
            if found == nil { failures.append(replicate) }
            for cell in 0..<cellCount { sums[cell][lane] = found?[cell] ?? 1 }
        }
        return failures
    }
}

/// Numbers of replicates side by side, in vectors of eight.
final class ReplicateLanes {
    static let vectors = ReplicateFactors.lanes / 8

    let values: UnsafeMutableBufferPointer<SIMD8<Double>>

    /// Zeros.
    init(_ count: Int) {
        values = .allocate(capacity: count)
        values.initialize(repeating: SIMD8())
    }

    deinit { values.deallocate() }

    /// The replicates of a block in runs of eight, the last one shorter.
    static func parts(of replicates: Range<Int>) -> [Range<Int>] {
        stride(from: replicates.lowerBound, to: replicates.upperBound, by: 8).map {
            $0..<min($0 + 8, replicates.upperBound)
        }
    }
}
