internal import SurveyProblems

/// The characters of a portable file one after the other: lines are joined, short ones filled up to 80 with spaces.
final class PORInput {
    let input: BinaryInput
    /// The character that waits, as the byte of the file.
    private(set) var byte: UInt8 = 0
    /// Characters of the line so far.
    private var column = 0
    /// The character of each byte as far as it is one of ASCII that the format knows, else 0.
    var meanings: [UInt8] = (0...255).map { $0 < 0x80 ? $0 : 0 }
    /// The byte of a space.
    var space: UInt8 = 0x20

    /// The most characters of a number, and of the spaces before it.
    private static let longestNumber = 2000

    init(_ input: BinaryInput) throws(Problem) {
        self.input = input
        try advance()
    }

    var file: String { input.file }
    /// Where the character that waits stands in the file.
    var offset: Int { max(0, input.offset - 1) }
    /// The character that waits as ASCII, 0 for any other.
    var sign: UInt8 { meanings[Int(byte)] }

    /// Goes to the next character; a file that ends before is refused.
    @inline(__always)
    func advance() throws(Problem) {
        while true {
            if input.position == input.end, try input.gather(1) == 0 {
                throw .truncated(file, offset: input.offset, missing: 1)
            }
            let next = input.base[input.position]
            if next != 0x0A, next != 0x0D {
                input.position &+= 1
                column &+= 1
                byte = next
                return
            }
            if next == 0x0A {
                if column < 80 {
                    column += 1
                    byte = space
                    return
                }
                column = 0
            }
            input.position &+= 1
        }
    }

    /// Passes a character that must be there.
    func pass(_ wanted: UInt8, part: String) throws(Problem) {
        guard sign == wanted else {
            throw damaged(part, found: shown, allowed: String(UnicodeScalar(wanted)))
        }
        try advance()
    }

    /// The character that waits, as a problem shows it.
    var shown: String {
        (0x21..<0x7F).contains(sign) ? String(UnicodeScalar(sign)) : "0x" + String(byte, radix: 16, uppercase: true)
    }

    func damaged(_ part: String, found: String, allowed: String) -> Problem {
        .damaged(file, offset: offset, part: part, found: found, allowed: allowed)
    }

    // MARK: Fields

    /// A number; nil for the system-missing value.
    func number() throws(Problem) -> Double? {
        let place = offset
        guard let value = try anyNumber() else { return nil }
        guard value.isFinite else {
            throw .damaged(file, offset: place, part: "number", found: "≥ 1.8e308", allowed: "< 1.8e308")
        }
        return value
    }

    /// A number, infinite where it is beyond all doubles: PSPP rounds the greatest one up.
    func anyNumber() throws(Problem) -> Double? {
        var length = 0
        func step() throws(Problem) {
            length += 1
            guard length <= PORInput.longestNumber else {
                throw damaged("number", found: "> \(PORInput.longestNumber)", allowed: "0–9, A–T, /")
            }
            try advance()
        }
        while sign == 0x20 { try step() }
        if sign == UInt8(ascii: "*") {
            try advance()
            try pass(UInt8(ascii: "."), part: "number")
            return nil
        }
        let isNegative = sign == UInt8(ascii: "-")
        if isNegative { try step() }
        var (mantissa, exponent, hasRest) = (UInt64(0), 0, false)
        var (digits, significant, isBehindPoint) = (0, 0, false)
        while true {
            if sign == UInt8(ascii: "."), !isBehindPoint {
                isBehindPoint = true
                try step()
                continue
            }
            guard let digit else { break }
            digits += 1
            if significant < PORNumber.mostDigits {
                mantissa = mantissa * 30 + UInt64(digit)
                if mantissa > 0 { significant += 1 }
                if isBehindPoint { exponent -= 1 }
            } else {
                if digit > 0 { hasRest = true }
                if !isBehindPoint { exponent += 1 }
            }
            try step()
        }
        guard digits > 0 else { throw damaged("number", found: shown, allowed: "0–9, A–T") }
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            let isDown = sign == UInt8(ascii: "-")
            try step()
            var (power, count) = (0, 0)
            while let digit {
                power = min(100_000, power * 30 + digit)
                count += 1
                try step()
            }
            guard count > 0 else { throw damaged("exponent", found: shown, allowed: "0–9, A–T") }
            exponent += isDown ? -power : power
        }
        try pass(UInt8(ascii: "/"), part: "number")
        let size = PORNumber.value(mantissa, hasRest: hasRest, exponent: exponent)
        return isNegative ? -size : size
    }

    private var digit: Int? {
        switch sign {
        case 0x30...0x39: Int(sign) - 0x30
        case 0x41...0x54: Int(sign) - 0x41 + 10
        default: nil
        }
    }

    /// A whole number in a range.
    func count(_ part: String, in range: ClosedRange<Int>) throws(Problem) -> Int {
        let place = offset
        let value = try number()
        guard let value, let whole = Int(exactly: value), range.contains(whole) else {
            throw .damaged(
                file, offset: place, part: part, found: value.map(NumberCell.text) ?? "*",
                allowed: "\(range.lowerBound)–\(range.upperBound)")
        }
        return whole
    }

    /// The bytes of a string: its length as a number, then so many characters.
    func string(_ part: String, most: Int) throws(Problem) -> (bytes: [UInt8], offset: Int) {
        let length = try count(part, in: 0...most)
        let place = offset
        var bytes: [UInt8] = []
        for _ in 0..<length {
            bytes.append(byte)
            try advance()
        }
        return (bytes, place)
    }
}
