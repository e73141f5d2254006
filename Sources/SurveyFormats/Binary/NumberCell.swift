/// Writes numbers as the text of cells: the shortest that is read back as the same number.
enum NumberCell {
    /// Bytes that the longest text may take.
    static let longest = 40

    /// Writes a number and returns how many bytes that took, at most `longest`.
    @inline(__always)
    static func write(_ value: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
        if value.magnitude < 9e18 {
            let whole = Int64(value)
            if Double(whole) == value { return write(whole, to: target) }
        }
        return writeFraction(value, to: target)
    }

    /// Writes a whole number.
    @inline(__always)
    static func write(_ value: Int64, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var rest = value.magnitude
        var start = 0
        if value < 0 {
            target[0] = 0x2D
            start = 1
        }
        if rest < 10 {
            target[start] = 0x30 &+ UInt8(truncatingIfNeeded: rest)
            return start &+ 1
        }
        var count = 1
        var limit: UInt64 = 10
        while rest >= limit {
            count &+= 1
            if count == 20 { break }
            limit = limit &* 10
        }
        var position = start &+ count &- 1
        while position >= start {
            let next = rest / 10
            target[position] = 0x30 &+ UInt8(truncatingIfNeeded: rest &- next &* 10)
            rest = next
            position &-= 1
        }
        return start &+ count
    }

    /// Writes a number with so many digits, zeros before it.
    static func write(_ value: Int, digits: Int, to target: UnsafeMutablePointer<UInt8>) {
        var rest = value
        for position in stride(from: digits - 1, through: 0, by: -1) {
            target[position] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    @inline(never)
    private static func writeFraction(_ value: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
        // Both are exact, so the quotient is the double nearest to these digits; the first that is the value is the shortest.
        var power = 10.0
        var decimals = 1
        while decimals <= 6 {
            let scaled = (value * power).rounded()
            if scaled.magnitude >= 1e15 { break }
            if scaled / power == value {
                return write(Int64(scaled.magnitude), decimals, isNegative: value < 0, to: target)
            }
            power *= 10
            decimals += 1
        }
        var text = value.description
        return text.withUTF8 { bytes in
            let count = min(bytes.count, longest)
            if let base = bytes.baseAddress { target.update(from: base, count: count) }
            return count
        }
    }

    private static func write(
        _ digits: Int64, _ decimals: Int, isNegative: Bool, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var start = 0
        if isNegative {
            target[0] = 0x2D
            start = 1
        }
        var divisor: Int64 = 1
        for _ in 0..<decimals { divisor *= 10 }
        let count = write(digits / divisor, to: target + start)
        target[start + count] = 0x2E
        write(Int(digits % divisor), digits: decimals, to: target + start + count + 1)
        return start + count + 1 + decimals
    }

    /// The text of a number.
    static func text(_ value: Double) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            return String(decoding: UnsafeBufferPointer(start: base, count: write(value, to: base)), as: UTF8.self)
        }
    }
}
