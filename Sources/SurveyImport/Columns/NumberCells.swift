internal import SurveySchema

/// Reads the cells of a column as numbers into scratch rows.
enum NumberCells {
    /// What a run over the cells found.
    struct Found {
        /// False if a cell is neither empty nor a whole number of at most eight digits; the other fields then mean nothing.
        var isWhole = true
        var hasEmpty = false
        /// True if every cell is empty.
        var isEmpty = true
        var least = Int32.max
        var greatest = Int32.min
    }

    /// What the table of `readDigits` gives for an empty cell, and for one that is no digit.
    static let emptyDigit: UInt8 = 0xFF
    private static let noDigit: UInt8 = 0xFE

    /// The table of `readDigits`: for cells of no byte, one byte and more.
    static let digits: [UInt8] =
        [UInt8](repeating: emptyDigit, count: 256)
        + (0..<256).map { $0 >= 0x30 && $0 <= 0x39 ? UInt8($0 - 0x30) : noDigit }
        + [UInt8](repeating: noDigit, count: 256)

    /// Reads cells of one digit, as most codes are, by one look-up a cell; false if a cell is anything else but empty.
    static func readDigits(_ cells: Cells, into target: UnsafeMutablePointer<UInt8>) -> Bool {
        digits.withUnsafeBufferPointer { table in
            guard let table = table.baseAddress else { return false }
            var wrong: UInt8 = 0
            for row in 0..<cells.count {
                let cell = cells[row]
                let entry = table[min(cell.count, 2) &* 256 &+ Int(cell.start[0])]
                target[row] = entry
                wrong |= entry == noDigit ? 1 : 0
            }
            return wrong == 0
        }
    }

    /// Reads whole numbers without sign, eight digits at a time and without a branch for the length of a cell.
    ///
    /// Empty cells become 0 with the kind `no answer`. `strictly` refuses leading zeros.
    static func readWhole(
        _ cells: Cells, strictly: Bool, into numbers: UnsafeMutablePointer<Int32>, kinds: UnsafeMutablePointer<UInt8>
    ) -> Found {
        let zeros: UInt64 = 0x3030_3030_3030_3030
        let noAnswer = MissingKind.noAnswer.rawValue
        var bad: UInt64 = 0
        var empty: UInt8 = 0
        var filled: UInt8 = 0
        var least = Int32.max
        var greatest = Int32.min
        for row in 0..<cells.count {
            let cell = cells[row]
            let count = UInt64(truncatingIfNeeded: min(cell.count, 9))
            let used = min(count, 8)
            let bytes = UInt64(littleEndian: UnsafeRawPointer(cell.start).loadUnaligned(as: UInt64.self))
            // The digits move to the upper bytes and zeros fill the lower, which are the first digits of the number.
            let half = used &* 4
            let word = ((bytes &<< (32 &- half)) &<< (32 &- half)) | ((zeros &>> half) &>> half)
            // A byte below "0" borrows into its top bit, one above "9" carries into it.
            let outside = ((word &+ 0x4646_4646_4646_4646) | (word &- zeros)) & 0x8080_8080_8080_8080
            let leadingZero: UInt64 = strictly && count > 1 && bytes & 0xFF == 0x30 ? 1 : 0
            bad |= outside | leadingZero | (count &>> 3 & count)
            let pairs = ((word &- zeros) &* 10) &+ ((word &- zeros) &>> 8)
            let value =
                ((pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
                    &+ ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001) &>> 32
            let number = Int32(truncatingIfNeeded: value)
            numbers[row] = number
            // One if the cell is empty, without a branch that a processor could not foresee.
            let isEmpty = UInt8(truncatingIfNeeded: (count &- 1) &>> 63)
            kinds[row] = (0 &- isEmpty) & noAnswer
            empty |= isEmpty
            filled |= isEmpty ^ 1
            least = min(least, number)
            greatest = max(greatest, number)
        }
        return Found(isWhole: bad == 0, hasEmpty: empty != 0, isEmpty: filled == 0, least: least, greatest: greatest)
    }

    /// The whole numbers among doubles in scratch rows, nil if there is any other.
    static func whole(
        _ doubles: UnsafePointer<Double>, count: Int, into numbers: UnsafeMutablePointer<Int32>
    ) -> (least: Int32, greatest: Int32)? {
        var least = Int32.max
        var greatest = Int32.min
        for row in 0..<count {
            // Negative zero has no whole number of its own, but its text has not survived parsing either.
            guard let number = Int32(exactly: doubles[row]) else { return nil }
            numbers[row] = number
            least = min(least, number)
            greatest = max(greatest, number)
        }
        return (least, greatest)
    }
}
