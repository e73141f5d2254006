internal import SurveyDesign

/// What repeating the calibration on a replicate does to the weights of each calibration cell: its factor there over its
/// factor in the full sample.
final class ReplicateGains: @unchecked Sendable {
    /// By block, cell and replicate; written once while it is made, only read after.
    private let values: UnsafeMutablePointer<SIMD8<Double>>
    private let cells: Int
    private static let vectors = ReplicateFactors.lanes / 8

    /// Ones for so many cells and replicates.
    init(cells: Int, blocks: Int) {
        self.cells = cells
        let count = max(1, cells * blocks * ReplicateGains.vectors)
        values = .allocate(capacity: count)
        values.initialize(repeating: SIMD8(repeating: 1), count: count)
    }

    deinit { values.deallocate() }

    @inline(__always)
    func lanes(cell: Int, block: Int) -> UnsafePointer<SIMD8<Double>> {
        UnsafePointer(values + (block &* cells &+ cell) &* ReplicateGains.vectors)
    }

    func value(cell: Int, block: Int, lane: Int) -> Double { lanes(cell: cell, block: block)[lane / 8][lane % 8] }

    /// Multiplies the gains of a cell in eight replicates; each block is written by one worker.
    @inline(__always)
    func multiply(by gains: SIMD8<Double>, cell: Int, block: Int, vector: Int) {
        values[(block &* cells &+ cell) &* ReplicateGains.vectors &+ vector] *= gains
    }
}
