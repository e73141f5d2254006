/// Memory that one worker uses again and again, so that tallies of forty questions touch the same few pages.
final class Scratch<Element: BitwiseCopyable> {
    private var pointer: UnsafeMutablePointer<Element>?
    private var capacity = 0

    /// Room for `count` elements, all set to `value`; what was handed out before is no longer valid.
    func filled(_ count: Int, with value: Element) -> UnsafeMutablePointer<Element> {
        let pointer = reserved(count)
        pointer.update(repeating: value, count: count)
        return pointer
    }

    /// Room for `count` elements of any content.
    func reserved(_ count: Int) -> UnsafeMutablePointer<Element> {
        if let pointer, count <= capacity { return pointer }
        pointer?.deallocate()
        capacity = max(count, 2 * capacity, 16)
        let fresh = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        pointer = fresh
        return fresh
    }

    deinit { pointer?.deallocate() }
}

/// Memory for sums of vectors.
final class VectorScratch<Vector: SIMD & BitwiseCopyable> {
    let cells = Scratch<Vector>()
    let block = Scratch<Vector>()
    let sums = Scratch<Vector>()
    let errors = Scratch<Vector>()
    let isTouched = Scratch<Bool>()
    let touched = Scratch<Int>()
}

/// The memory of one worker.
final class TallyWorkspace {
    let pairs = VectorScratch<SIMD2<Double>>()
    let fours = VectorScratch<SIMD4<Double>>()
    let squares = VectorScratch<SIMD4<Double>>()
    let sums = Scratch<Double>()
    let marks = Scratch<UInt8>()
    let variance = VarianceScratch()
    private var ofSteps: [TallyWorkspace] = []

    /// Memory for the tally by the cells of a calibration step, which lives beside the main one.
    func step(_ number: Int) -> TallyWorkspace {
        while ofSteps.count <= number { ofSteps.append(TallyWorkspace()) }
        return ofSteps[number]
    }
}
