internal import Synchronization

/// The PSU of each row of a table.
///
/// A row holds a key, as the table does. Its number among the PSUs of the sample is looked up for all rows when somebody
/// first asks: one figure of a large file is added up by keys.
package final class RowPSUs: Sendable {
    /// By row a position in ``numberOfKey``.
    package let keys: [UInt32]
    /// The PSU of each key, `SampleDesign.setAside` for a key that no row has; nil where keys are the numbers.
    package let numberOfKey: [UInt32]?
    private let found = Mutex<[UInt32]?>(nil)

    package init(_ keys: [UInt32], numberOfKey: [UInt32]? = nil) {
        self.keys = keys
        self.numberOfKey = numberOfKey
    }

    var count: Int { keys.count }

    /// The number of the PSU of a row.
    package subscript(row: Int) -> UInt32 { numberOfKey.map { $0[Int(keys[row])] } ?? keys[row] }

    /// The key of each PSU of the sample; nil where keys are the numbers.
    package func keyOfNumber(count: Int) -> [UInt32]? {
        guard let numberOfKey else { return nil }
        var keys = [UInt32](repeating: 0, count: count)
        for (key, number) in numberOfKey.enumerated() where number != SampleDesign.setAside {
            keys[Int(number)] = UInt32(truncatingIfNeeded: key)
        }
        return keys
    }

    /// By row the number of its PSU, `SampleDesign.setAside` where it was taken out; taken once before a loop, not in it.
    package var numbers: [UInt32] {
        guard let numberOfKey else { return keys }
        return found.withLock { found in
            if let found { return found }
            let made = numberOfKey.withUnsafeBufferPointer { numbers in keys.map { numbers[Int($0)] } }
            found = made
            return made
        }
    }
}
