/// Percent match: the greatest share of equal answers that an interview has with any other one.
///
///     match(i, j) = answers equal in i and j / columns in which both have an answer
///
/// - Shapes: an interview by its position in the matrix; nil where no other interview shares enough answers.
/// - Missing: columns in which one of the two has no answer are in neither number.
/// - Source: Kuriakose and Robbins (2016), Don't get duped: fraud through duplication in public opinion surveys,
///   Statistical Journal of the IAOS 32(3), 283–291.
struct AnswerMatch {
    /// The nearest other interview; the first of those equally near.
    struct Nearest: Equatable {
        let interview: Int
        let match: Double
    }

    private(set) var nearest: [Nearest?]
    private let matrix: AnswerMatrix
    private let leastCompared: Int

    init(_ matrix: AnswerMatrix, leastCompared: Int) {
        self.matrix = matrix
        self.leastCompared = leastCompared
        nearest = [Nearest?](repeating: nil, count: matrix.rows.count)
    }

    /// Compares every pair of some interviews; `group` ascends.
    mutating func compare(_ group: [Int]) {
        guard group.count > 1, matrix.width > 0 else { return }
        var best = [Double](repeating: -1, count: group.count)
        var other = [Int](repeating: -1, count: group.count)
        let width = matrix.width
        let words = width / 64
        let least = max(1, leastCompared)
        matrix.left.withUnsafeBufferPointer { left in
            matrix.right.withUnsafeBufferPointer { right in
                matrix.answered.withUnsafeBufferPointer { answered in
                    guard let left = left.baseAddress, let right = right.baseAddress, let masks = answered.baseAddress
                    else { return }
                    var i = 0
                    while i < group.count {
                        let own = left + group[i] * width
                        let ownMask = masks + group[i] * words
                        var j = i + 1
                        while j < group.count {
                            let both = AnswerMatch.both(ownMask, masks + group[j] * words, words)
                            if both >= least {
                                let equal = AnswerMatch.equal(own, right + group[j] * width, width)
                                let match = Double(equal) / Double(both)
                                if match > best[i] { (best[i], other[i]) = (match, j) }
                                if match > best[j] { (best[j], other[j]) = (match, i) }
                            }
                            j += 1
                        }
                        i += 1
                    }
                }
            }
        }
        for (position, interview) in group.enumerated() where other[position] >= 0 {
            let found = Nearest(interview: group[other[position]], match: best[position])
            if let known = nearest[interview], (known.match, -known.interview) >= (found.match, -found.interview) {
                continue
            }
            nearest[interview] = found
        }
    }

    /// Columns in which both have an answer.
    @inline(__always)
    private static func both(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, _ words: Int) -> Int {
        var count = 0
        var word = 0
        while word < words {
            count &+= (a[word] & b[word]).nonzeroBitCount
            word &+= 1
        }
        return count
    }

    /// Equal bytes, counted in bytes of 64 at a time so that the compiler makes vector instructions of it.
    @inline(__always)
    private static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ width: Int) -> Int {
        var total = 0
        var start = 0
        while start < width {
            var count: UInt8 = 0
            var place = 0
            while place < 64 {
                count &+= a[start &+ place] == b[start &+ place] ? 1 : 0
                place &+= 1
            }
            total &+= Int(count)
            start &+= 64
        }
        return total
    }
}
