internal import SurveyData
internal import SurveySchema

/// Numbers of one chunk in the least width that holds them; the width depends on the values alone.
struct NumberBuffer {
    private enum Width: Int { case one = 1, two = 2, four = 4, eight = 8 }

    private var values = ChunkBuffer()
    private var kinds = ChunkBuffer()
    private var hasMissing = false
    private var width = Width.one
    private(set) var rowCount = 0

    /// Adds whole numbers; `kinds` has 0 or a missing kind for each row if any is missing, and those have the value 0.
    mutating func append(
        _ numbers: UnsafePointer<Int32>, least: Int32, greatest: Int32, kinds rowKinds: UnsafePointer<UInt8>?,
        count: Int
    ) {
        if width != .eight {
            let needed: Width =
                least >= -128 && greatest <= 127 ? .one : least >= -32_768 && greatest <= 32_767 ? .two : .four
            if needed.rawValue > width.rawValue { widen(to: needed) }
        }
        reserve(count)
        switch width {
        case .one: copy(numbers, count, as: Int8.self)
        case .two: copy(numbers, count, as: Int16.self)
        case .four: copy(numbers, count, as: Int32.self)
        case .eight:
            let target = values.base.assumingMemoryBound(to: Double.self) + rowCount
            for row in 0..<count { target[row] = Double(numbers[row]) }
        }
        append(kinds: rowKinds, count)
        rowCount += count
    }

    /// Adds digits as `NumberCells.readDigits` gives them.
    mutating func append(digits: UnsafePointer<UInt8>, kinds rowKinds: UnsafeMutablePointer<UInt8>, count: Int) {
        // The top bit of an empty cell is the only one that is set.
        var bits: UInt8 = 0
        for row in 0..<count { bits |= digits[row] }
        let hasEmpty = bits >= 0x80
        if hasEmpty {
            let noAnswer = MissingKind.noAnswer.rawValue
            for row in 0..<count { rowKinds[row] = (0 &- (digits[row] &>> 7)) & noAnswer }
        }
        reserve(count)
        switch width {
        case .one: copy(digits, count, as: Int8.self)
        case .two: copy(digits, count, as: Int16.self)
        case .four: copy(digits, count, as: Int32.self)
        case .eight:
            let target = values.base.assumingMemoryBound(to: Double.self) + rowCount
            for row in 0..<count { target[row] = Double(digits[row] & ((digits[row] &>> 7) &- 1)) }
        }
        append(kinds: hasEmpty ? UnsafePointer(rowKinds) : nil, count)
        rowCount += count
    }

    /// Adds any numbers; missing ones have the value 0.
    mutating func append(_ numbers: UnsafePointer<Double>, kinds rowKinds: UnsafePointer<UInt8>?, count: Int) {
        if width != .eight { widen(to: .eight) }
        reserve(count)
        (values.base.assumingMemoryBound(to: Double.self) + rowCount).update(from: numbers, count: count)
        append(kinds: rowKinds, count)
        rowCount += count
    }

    /// Ends the chunk and begins the next.
    mutating func finish() -> ColumnChunk {
        let encoding: ColumnChunk.Encoding =
            switch width {
            case .one: .int8
            case .two: .int16
            case .four: .int32
            case .eight: .float64
            }
        let chunk = ColumnChunk(
            rowCount: rowCount, encoding: encoding, bytes: values.array(rowCount * width.rawValue),
            kinds: hasMissing ? kinds.array(rowCount) : [])
        rowCount = 0
        width = .one
        hasMissing = false
        return chunk
    }

    func deallocate() {
        values.deallocate()
        kinds.deallocate()
    }

    private mutating func reserve(_ count: Int) {
        values.reserve((rowCount + count) * width.rawValue, keeping: rowCount * width.rawValue)
    }

    private func copy<Target: FixedWidthInteger>(_ numbers: UnsafePointer<Int32>, _ count: Int, as: Target.Type) {
        let target = values.base.assumingMemoryBound(to: Target.self) + rowCount
        for row in 0..<count { target[row] = Target(truncatingIfNeeded: numbers[row]) }
    }

    private func copy<Target: FixedWidthInteger>(_ digits: UnsafePointer<UInt8>, _ count: Int, as: Target.Type) {
        let target = values.base.assumingMemoryBound(to: Target.self) + rowCount
        // An empty cell, 0xFF, becomes 0; a digit stays.
        for row in 0..<count { target[row] = Target(truncatingIfNeeded: digits[row] & ((digits[row] &>> 7) &- 1)) }
    }

    private mutating func append(kinds rowKinds: UnsafePointer<UInt8>?, _ count: Int) {
        guard rowKinds != nil || hasMissing else { return }
        kinds.reserve(rowCount + count, keeping: hasMissing ? rowCount : 0)
        let target = kinds.base.assumingMemoryBound(to: UInt8.self)
        if !hasMissing { target.initialize(repeating: 0, count: rowCount) }
        if let rowKinds {
            (target + rowCount).update(from: rowKinds, count: count)
        } else {
            (target + rowCount).initialize(repeating: 0, count: count)
        }
        hasMissing = true
    }

    /// Widens what the chunk holds so far, from the last row to the first, so that nothing is overwritten unread.
    private mutating func widen(to wider: Width) {
        values.reserve(rowCount * wider.rawValue, keeping: rowCount * width.rawValue)
        let base = values.base
        var row = rowCount - 1
        while row >= 0 {
            let value: Int32 =
                switch width {
                case .one: Int32(base.load(fromByteOffset: row, as: Int8.self))
                case .two: Int32(base.load(fromByteOffset: row * 2, as: Int16.self))
                default: base.load(fromByteOffset: row * 4, as: Int32.self)
                }
            switch wider {
            case .one: break
            case .two: base.storeBytes(of: Int16(truncatingIfNeeded: value), toByteOffset: row * 2, as: Int16.self)
            case .four: base.storeBytes(of: value, toByteOffset: row * 4, as: Int32.self)
            case .eight: base.storeBytes(of: Double(value), toByteOffset: row * 8, as: Double.self)
            }
            row -= 1
        }
        width = wider
    }
}
