internal import SurveyProblems

/// Characters that go to a portable file in lines of 80.
struct POROutput {
    private var output: BinaryOutput
    private var column = 0
    /// True once a letter was written that the format does not have.
    private(set) var hasOtherLetters = false

    init(_ output: BinaryOutput) { self.output = output }

    mutating func append(_ bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(80 - column)
            output.append(part)
            rest = rest.dropFirst(part.count)
            column += part.count
            if column == 80 {
                output.append([0x0D, 0x0A])
                column = 0
            }
        }
    }

    mutating func tag(_ name: String) { append(Array(name.utf8)) }

    mutating func number(_ value: Double) { append(PORNumber.text(value) + [UInt8(ascii: "/")]) }

    mutating func number(_ value: Int) { number(Double(value)) }

    /// A string with its length, at least `width` characters; true if it had line breaks, which become spaces.
    @discardableResult
    mutating func string(_ bytes: some Collection<UInt8>, width: Int = 1) -> Bool {
        var text = Array(bytes)
        text += [UInt8](repeating: 0x20, count: max(0, width - text.count))
        var hasLineBreaks = false
        for index in text.indices {
            if text[index] >= 0x80 { hasOtherLetters = true }
            if text[index] == 0x0A || text[index] == 0x0D {
                text[index] = 0x20
                hasLineBreaks = true
            }
        }
        number(text.count)
        append(text)
        return hasLineBreaks
    }

    mutating func flush() throws(Problem) { try output.flush() }

    /// Fills the last line up.
    mutating func finish() throws(Problem) {
        append([UInt8](repeating: UInt8(ascii: "Z"), count: 80 - column))
        try output.flush(all: true)
    }
}
