internal import SurveyProblems

/// The characters of a portable file: its table tells which byte stands for which.
///
/// Bytes that the table does not name are letters beyond the set; programs write them as their code page has them.
struct PORCharacters {
    /// The characters of the format from the place 64 of the table on.
    static let set = Array(
        ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+|&[]!$*);^-/¦,%_>?`:#@'=\"≤□±■°†~–└┌≥"
            + "⁰¹²³⁴⁵⁶⁷⁸⁹┘┐≠—⁽⁾‡{}\\¢•").unicodeScalars)
    static let firstPlace = 64

    /// The character of each byte, nil for bytes that the table does not name.
    let scalars: [Unicode.Scalar?]
    /// True where the letters of ASCII stand at their own bytes.
    let isASCII: Bool
    private let decoder: TextDecoder

    init(_ table: [UInt8], decoder: TextDecoder) {
        var scalars = [Unicode.Scalar?](repeating: nil, count: 256)
        for (index, scalar) in PORCharacters.set.enumerated() where PORCharacters.firstPlace + index < table.count {
            let byte = Int(table[PORCharacters.firstPlace + index])
            // A place that the program has no character for holds "0".
            if scalars[byte] == nil { scalars[byte] = scalar }
        }
        self.scalars = scalars
        self.decoder = decoder
        isASCII = (0x41...0x5A).allSatisfy { scalars[$0]?.value == UInt32($0) }
    }

    /// What each byte is in numbers and tags.
    var meanings: [UInt8] { scalars.map { $0.map { $0.isASCII ? UInt8($0.value) : 0 } ?? 0 } }

    /// True if the byte has to be replaced; others go to the decoder as they are.
    private func isMoved(_ byte: UInt8) -> Bool {
        guard let scalar = scalars[Int(byte)] else { return !isASCII }
        return scalar.value != UInt32(byte)
    }

    /// True if no byte of a text has to be replaced.
    func isPlain(_ bytes: [UInt8]) -> Bool { !bytes.contains(where: isMoved) }

    /// A text without the spaces at its end.
    func text(_ bytes: [UInt8], offset: Int, row: Int? = nil) throws(Problem) -> String {
        if isPlain(bytes) { return try decoder.text(bytes, offset: offset) }
        var text = String.UnicodeScalarView()
        var run: [UInt8] = []
        for byte in bytes + [0] {
            if byte != 0, !isMoved(byte) {
                run.append(byte)
                continue
            }
            if !run.isEmpty {
                // A space at the end of a part is one inside the text.
                let part = try decoder.text(run + [0x2E], offset: offset)
                text.append(contentsOf: part.unicodeScalars.dropLast())
                run.removeAll()
            }
            guard byte != 0 else { continue }
            guard let scalar = scalars[Int(byte)] else { throw decoder.problem(at: offset, row: row) }
            text.append(scalar)
        }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
