@testable import SurveyImport

/// Keys as the importer hashes them.
struct KeyCheck {
    private var keys = KeySet()

    mutating func isNew(_ number: Int) -> Bool {
        var text = Array(String(number).utf8)
        let count = text.count
        text += [UInt8](repeating: 0, count: 16)
        return keys.insert(
            text.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { TextHash.of($0, count) } ?? 0 })
    }
}
