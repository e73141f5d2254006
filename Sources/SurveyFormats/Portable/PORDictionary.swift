internal import SurveyProblems

/// The description of a portable file, up to its first row.
///
/// Source of the format: the PSPP developers' guide, "Portable File Format".
struct PORDictionary {
    struct Variable {
        var name: (bytes: [UInt8], offset: Int)
        /// Bytes of a string, 0 for a number.
        var width: Int
        var print: SPSSFormat
        var missing: [Missing] = []
        var label: (bytes: [UInt8], offset: Int)?
    }

    enum Value {
        case number(Double)
        case text([UInt8], offset: Int)
    }

    enum Missing {
        case one(Value)
        case range(least: Double?, greatest: Double?)
        /// A range up to the greatest number whose lower limit the program wrote as that, too.
        case lost
    }

    struct LabelSet {
        var variables: [(bytes: [UInt8], offset: Int)]
        var labels: [(value: Value, label: (bytes: [UInt8], offset: Int))]
    }

    private(set) var fileLabel: [UInt8] = []
    /// The byte of each character of the format.
    private(set) var table: [UInt8] = []
    private(set) var product: [UInt8] = []
    private(set) var weight: (bytes: [UInt8], offset: Int)?
    private(set) var variables: [Variable] = []
    private(set) var labelSets: [LabelSet] = []
    private(set) var documents: [(bytes: [UInt8], offset: Int)] = []
    private var expected: Int?
    private var size = 0

    static let variableLimit = 1 << 17
    static let mostBytes = 32_767

    /// Reads the description; the input then stands at the first row.
    init(_ input: PORInput) throws(Problem) {
        try readHeader(input)
        while true {
            let place = input.offset
            let tag = input.sign
            try input.advance()
            if tag == UInt8(ascii: "F") { break }
            try read(tag, at: place, input)
            guard size <= BinaryInput.partLimit else {
                throw .descriptionTooLarge(input.file, limit: BinaryInput.partLimit)
            }
        }
        if let expected, expected != variables.count {
            throw input.damaged("variables", found: String(variables.count), allowed: String(expected))
        }
    }

    // MARK: Header

    private mutating func readHeader(_ input: PORInput) throws(Problem) {
        let splash = try PORDictionary.take(200, input)
        // ReadStat puts the title of the file behind the words of the second line.
        let second = splash[40..<80]
        if second.prefix(20).elementsEqual("ASCII SPSS PORT FILE".utf8) { fileLabel = Array(second.dropFirst(20)) }
        table = try PORDictionary.take(256, input)
        let characters = table.count == 256 ? Array(table[PORCharacters.firstPlace...]) : []
        var bytes: [UInt8: UInt8] = [:]
        for (index, byte) in characters.enumerated() where index < PORCharacters.set.count && bytes[byte] == nil {
            let scalar = PORCharacters.set[index]
            bytes[byte] = scalar.isASCII ? UInt8(scalar.value) : 0
        }
        let place = input.offset
        let signature = try PORDictionary.take(8, input)
        guard signature.map({ bytes[$0] ?? 0 }) == Array("SPSSPORT".utf8) else {
            throw .notOfFormat(
                input.file, format: "SPSS Portable (.por)",
                found: BinaryInput.shown(Array(splash.prefix(8))) + " … " + BinaryInput.shown(signature)
                    + " (\(place))")
        }
        input.space = table[126]
        input.meanings = (0...255).map { bytes[UInt8($0)] ?? 0 }
        // The version is one letter, then date and time are strings.
        let version = input.sign
        guard version == UInt8(ascii: "A") else {
            throw .unsupportedVariant(input.file, "version \(input.shown), byte offset \(input.offset)")
        }
        try input.advance()
        _ = try input.string("date", most: 80)
        _ = try input.string("time", most: 80)
    }

    private static func take(_ count: Int, _ input: PORInput) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<count {
            bytes.append(input.byte)
            try input.advance()
        }
        return bytes
    }

    // MARK: Records

    private mutating func string(
        _ part: String, _ input: PORInput
    ) throws(Problem) -> (bytes: [UInt8], offset: Int) {
        let found = try input.string(part, most: PORDictionary.mostBytes)
        size += found.bytes.count + 16
        return found
    }

    private mutating func read(_ tag: UInt8, at place: Int, _ input: PORInput) throws(Problem) {
        switch tag {
        case UInt8(ascii: "1"): product = try string("product", input).bytes
        case UInt8(ascii: "2"): _ = try string("author", input)
        case UInt8(ascii: "3"): _ = try string("subproduct", input)
        case UInt8(ascii: "4"): expected = try input.count("variables", in: 0...PORDictionary.variableLimit)
        case UInt8(ascii: "5"): _ = try input.count("precision", in: 0...1000)
        case UInt8(ascii: "6"): weight = try string("weight", input)
        case UInt8(ascii: "7"): try readVariable(input)
        case UInt8(ascii: "D"): try readLabels(input)
        case UInt8(ascii: "E"):
            let count = try input.count("documents", in: 0...1_000_000)
            for _ in 0..<count {
                documents.append(try string("document", input))
                guard size <= BinaryInput.partLimit else {
                    throw .descriptionTooLarge(input.file, limit: BinaryInput.partLimit)
                }
            }
        default:
            guard var variable = variables.popLast() else {
                throw PORDictionary.unknownTag(tag, at: place, input)
            }
            try readProperty(tag, at: place, of: &variable, input)
            variables.append(variable)
        }
    }

    private mutating func readVariable(_ input: PORInput) throws(Problem) {
        let place = input.offset
        guard variables.count < expected ?? PORDictionary.variableLimit else {
            throw .damaged(
                input.file, offset: place, part: "variables", found: String(variables.count + 1),
                allowed: String(expected ?? PORDictionary.variableLimit))
        }
        let width = try input.count("width", in: 0...PORDictionary.mostBytes)
        let name = try string("name", input)
        var words: [Int] = []
        for _ in 0..<6 { words.append(try input.count("format", in: 0...PORDictionary.mostBytes)) }
        let print = SPSSFormat(kind: UInt8(clamping: words[0]), width: words[1], decimals: words[2])
        variables.append(Variable(name: name, width: width, print: print))
    }

    private mutating func value(width: Int, _ input: PORInput) throws(Problem) -> Value {
        if width > 0 {
            let found = try string("value", input)
            return .text(found.bytes, offset: found.offset)
        }
        let place = input.offset
        let number = try PORDictionary.limit(input)
        guard number.isFinite else {
            throw .damaged(input.file, offset: place, part: "value", found: "≥ 1.8e308", allowed: "< 1.8e308")
        }
        return .number(number)
    }

    private static func limit(_ input: PORInput) throws(Problem) -> Double {
        let place = input.offset
        guard let number = try input.anyNumber() else {
            throw .damaged(input.file, offset: place, part: "value", found: "*.", allowed: "0–9, A–T")
        }
        return number
    }

    /// The limit of a range that is open where it is the least or greatest of all numbers.
    private static func openLimit(_ input: PORInput) throws(Problem) -> Double? {
        let number = try limit(input)
        return number.magnitude >= Double.greatestFiniteMagnitude.nextDown ? nil : number
    }

    private mutating func readProperty(
        _ tag: UInt8, at place: Int, of variable: inout Variable, _ input: PORInput
    ) throws(Problem) {
        if tag == UInt8(ascii: "C") {
            variable.label = try string("label", input)
            return
        }
        guard variable.missing.count < 3 else { throw PORDictionary.unknownTag(tag, at: place, input) }
        switch tag {
        case UInt8(ascii: "8"): variable.missing.append(.one(try value(width: variable.width, input)))
        case UInt8(ascii: "9") where variable.width == 0:
            variable.missing.append(.range(least: nil, greatest: try PORDictionary.openLimit(input)))
        case UInt8(ascii: "A") where variable.width == 0:
            let least = try PORDictionary.openLimit(input)
            variable.missing.append(least.map { .range(least: $0, greatest: nil) } ?? .lost)
        case UInt8(ascii: "B") where variable.width == 0:
            let least = try PORDictionary.openLimit(input)
            variable.missing.append(.range(least: least, greatest: try PORDictionary.openLimit(input)))
        default: throw PORDictionary.unknownTag(tag, at: place, input)
        }
    }

    private mutating func readLabels(_ input: PORInput) throws(Problem) {
        let count = try input.count("variables", in: 1...PORDictionary.variableLimit)
        var set = LabelSet(variables: [], labels: [])
        for _ in 0..<count {
            set.variables.append(try string("name", input))
            guard size <= BinaryInput.partLimit else {
                throw .descriptionTooLarge(input.file, limit: BinaryInput.partLimit)
            }
        }
        let first = set.variables[0]
        guard let owner = variables.first(where: { PORDictionary.isSame($0.name.bytes, first.bytes) }) else {
            throw .damaged(
                input.file, offset: first.offset, part: "value label variable",
                found: BinaryInput.shown(Array(first.bytes.prefix(16))), allowed: "1–\(variables.count)")
        }
        let labels = try input.count("labels", in: 0...(1 << 22))
        for _ in 0..<labels {
            let value = try value(width: owner.width, input)
            set.labels.append((value, try string("label", input)))
            guard size <= BinaryInput.partLimit else {
                throw .descriptionTooLarge(input.file, limit: BinaryInput.partLimit)
            }
        }
        labelSets.append(set)
    }

    /// Names are the same in capital and small letters.
    static func isSame(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        SAVVariable.upper(SAVVariable.trimmed(first)) == SAVVariable.upper(SAVVariable.trimmed(second))
    }

    private static func unknownTag(_ tag: UInt8, at place: Int, _ input: PORInput) -> Problem {
        let shown = (0x21..<0x7F).contains(tag) ? String(UnicodeScalar(tag)) : "0x" + String(tag, radix: 16)
        return .damaged(input.file, offset: place, part: "tag", found: shown, allowed: "1–9, A–F")
    }
}
