/// Reads and writes the text of records 7/7 and 7/19: multiple-response sets.
///
/// `$name=C 5 label var1 var2`, `$name=D1 1 5 label var1 var2`, `$name=E 1 1 1 5 label var1 var2`, a line each; lengths are bytes.
enum SAVResponseSets {
    struct Set {
        var name: [UInt8]
        var label: [UInt8] = []
        /// The value that means chosen; nil for sets of categories.
        var counted: [UInt8]?
        var labelsAreOfCounted = false
        /// Short names.
        var variables: [[UInt8]] = []
    }

    /// The sets that can be read; a line that is none is passed over.
    static func read(_ bytes: [UInt8]) -> [Set] {
        var sets: [Set] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == 0x0A || bytes[position] == 0 {
                position += 1
                continue
            }
            var line = Line(bytes: bytes, position: position)
            if let set = line.set() {
                sets.append(set)
                position = line.position
            } else {
                position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            }
        }
        return sets
    }

    private struct Line {
        let bytes: [UInt8]
        var position: Int

        mutating func set() -> Set? {
            guard let equals = bytes[position...].firstIndex(of: 0x3D) else { return nil }
            var set = Set(name: Array(bytes[position..<equals]))
            position = equals + 1
            switch next() {
            case UInt8(ascii: "C"): guard next() == 0x20 else { return nil }
            case UInt8(ascii: "D"):
                guard let counted = counted() else { return nil }
                set.counted = counted
            case UInt8(ascii: "E"):
                guard next() == 0x20, number() != nil, next() == 0x20, let counted = counted() else { return nil }
                set.counted = counted
                set.labelsAreOfCounted = true
            default: return nil
            }
            guard let label = counted() else { return nil }
            set.label = label
            let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            set.variables = bytes[position..<end].split(separator: 0x20).map { SAVVariable.trimmed($0) }.filter {
                !$0.isEmpty
            }
            position = end
            return set
        }

        private mutating func next() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        private mutating func number() -> Int? {
            var value = 0
            let start = position
            while position < bytes.count, (0x30...0x39).contains(bytes[position]), position - start < 8 {
                value = value * 10 + Int(bytes[position] - 0x30)
                position += 1
            }
            return position > start ? value : nil
        }

        /// A length, a space, as many bytes, a space.
        private mutating func counted() -> [UInt8]? {
            guard let length = number(), next() == 0x20, length <= bytes.count - position else { return nil }
            let found = Array(bytes[position..<position + length])
            position += length
            if position < bytes.count, bytes[position] == 0x20 { position += 1 }
            return found
        }
    }
}

/// Reads and writes the text of record 7/18: `variable:attribute('value'\n'value'\n)attribute(…)/variable:…`.
enum SAVAttributes {
    typealias Attributes = [(name: String, values: [String])]

    static func read(_ text: String) -> [(variable: String, attributes: Attributes)] {
        var found: [(variable: String, attributes: Attributes)] = []
        var rest = text[...]
        while let colon = rest.firstIndex(of: ":") {
            let variable = String(rest[..<colon])
            rest = rest[rest.index(after: colon)...]
            var attributes: Attributes = []
            while let first = rest.first, first != "/" {
                guard let open = rest.firstIndex(of: "("), let close = rest.firstRange(of: "'\n)") else {
                    return found
                }
                guard close.lowerBound > open else { return found }
                let name = String(rest[..<open])
                let inner = rest[rest.index(after: open)..<close.upperBound].dropLast()
                let values = inner.split(separator: "\n").map { value -> String in
                    var value = value
                    if value.hasPrefix("'") { value = value.dropFirst() }
                    if value.hasSuffix("'") { value = value.dropLast() }
                    return String(value)
                }
                attributes.append((name, values))
                rest = rest[close.upperBound...]
            }
            found.append((variable, attributes))
            rest = rest.dropFirst()
        }
        return found
    }

    static func text(_ entries: [(variable: String, attributes: Attributes)]) -> String {
        entries.filter { !$0.attributes.isEmpty }.map { entry in
            entry.variable + ":"
                + entry.attributes.map { attribute in
                    attribute.name + "(" + attribute.values.map { "'\($0)'\n" }.joined() + ")"
                }.joined()
        }.joined(separator: "/")
    }
}
