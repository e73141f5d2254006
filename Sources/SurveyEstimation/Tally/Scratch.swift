/// Memory that one worker uses again and again, so that tallies of forty questions touch the same few pages.
final class Scratch<Element: BitwiseCopyable> {
    private var pointer: UnsafeMutablePointer<Element>?
    private var capacity = 0

    /// Room for `count` elements, all set to `value`. What was handed out before is no longer valid.
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

/// The memory of one worker.
final class TallyWorkspace {
    let pairs = Scratch<SIMD2<Double>>()
    let fours = Scratch<SIMD4<Double>>()
    let eights = Scratch<SIMD8<Double>>()
    let sums = Scratch<Double>()
    let marks = Scratch<UInt8>()
}
