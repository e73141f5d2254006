/// What one look at many numbers tells.
struct NumberScan {
    let areFinite: Bool
    let hasNegative: Bool

    init(_ numbers: [Double]) {
        // Bits are gathered without a branch, so that several numbers are looked at by one instruction.
        var unbounded: UInt64 = 0
        var negative: UInt64 = 0
        numbers.withUnsafeBufferPointer { numbers in
            for number in numbers {
                unbounded |= abs(number) < .infinity ? 0 : 1
                negative |= number < 0 ? 1 : 0
            }
        }
        areFinite = unbounded == 0
        hasNegative = negative != 0
    }
}
