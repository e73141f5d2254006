internal import SurveyDesign

/// A step that is done again on the weights of replicates, eight side by side.
protocol RepeatedStep: Sendable {
    /// True for a step that counts rows instead of adding up their weights: what earlier steps did to the weights does not
    /// count there.
    var countsRows: Bool { get }

    /// Puts the gain of each crossed cell in place of its weight; returns the replicates in which the step cannot be done,
    /// whose gains are 1.
    func gain(_ crossed: UnsafeMutableBufferPointer<SIMD8<Double>>, replicates: Range<Int>) -> [Int]
}

extension RepeatedStep {
    var countsRows: Bool { false }
}

/// A step that does one replicate after the other.
protocol RepeatedOneByOne: RepeatedStep {
    /// The gain of each crossed cell for weights of the crossed cells; nil if the step cannot be done.
    func gains(_ crossed: [Double], replicate: Int) -> [Double]?
}

extension RepeatedOneByOne {
    func gain(_ crossed: UnsafeMutableBufferPointer<SIMD8<Double>>, replicates: Range<Int>) -> [Int] {
        var failures: [Int] = []
        let weights = replicates.indices.map { replicate in crossed.map { $0[replicate - replicates.lowerBound] } }
        crossed.update(repeating: SIMD8(repeating: 1))
        for (lane, replicate) in replicates.enumerated() {
            guard let found = gains(weights[lane], replicate: replicate) else {
                failures.append(replicate)
                continue
            }
            for cell in found.indices { crossed[cell][lane] = found[cell] }
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
