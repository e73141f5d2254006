internal import SurveyProblems

/// The description of a Stata file as its bytes say it, up to the first row; labels of values stand behind the rows.
struct DTADictionary {
    struct Variable {
        var type: DTAType
        var name: [UInt8] = []
        var format: [UInt8] = []
        var labelSet: [UInt8] = []
        var label: [UInt8] = []
    }

    struct Characteristic {
        var variable: [UInt8]
        var name: [UInt8]
        var text: [UInt8]
        var offset: Int
    }

    private(set) var layout: DTALayout
    private(set) var rowCount = 0
    private(set) var fileLabel: [UInt8] = []
    private(set) var variables: [Variable] = []
    private(set) var characteristics: [Characteristic] = []
    /// Where the long texts and the labels of values begin; 0 where that follows from the rows.
    private(set) var longOffset = 0
    private(set) var labelsOffset = 0
    private(set) var dataOffset = 0

    var rowWidth: Int { variables.reduce(0) { $0 + $1.type.width } }

    /// The most bytes of all characteristics.
    private static let characteristicLimit = 64 << 20
    private static let variableLimit = 1 << 17

    init(_ input: BinaryInput) throws(Problem) {
        layout = DTALayout(version: 0)
        let first = try input.byte()
        if first == UInt8(ascii: "<") {
            try readTaggedHeader(input)
        } else {
            guard (104...116).contains(first) else {
                let start = [first] + (try input.bytes(try min(3, input.gather(3))))
                throw .notOfFormat(input.file, format: "Stata (.dta)", found: BinaryInput.shown(start))
            }
            layout = DTALayout(version: Int(first))
            try readHeader(input)
        }
        guard !variables.isEmpty else { throw .noVariables(input.file) }
        try readNames(input)
        try readCharacteristics(input)
        if layout.isTagged { try expect("<data>", input) }
        dataOffset = input.offset
        let (size, hasOverflow) = rowWidth.multipliedReportingOverflow(by: rowCount)
        guard !hasOverflow, size <= input.source.byteCount.map({ $0 - dataOffset }) ?? Int.max else {
            throw .truncated(input.file, offset: input.source.byteCount ?? 0, missing: hasOverflow ? .max : size)
        }
        if !layout.isTagged { labelsOffset = dataOffset + size }
    }

    // MARK: Header

    private mutating func readHeader(_ input: BinaryInput) throws(Problem) {
        let place = input.offset
        let order = try input.byte()
        guard order == 1 || order == 2 else {
            throw .damaged(input.file, offset: place, part: "byteorder", found: String(order), allowed: "1, 2")
        }
        input.isBigEndian = order == 1
        _ = try input.bytes(2)
        let count = Int(try input.word16())
        rowCount = try input.count("nobs", in: 0...Int(Int32.max))
        fileLabel = DTADictionary.text(try input.bytes(layout.fileLabelLength))
        _ = try input.bytes(layout.timestampLength)
        for _ in 0..<count {
            let place = input.offset
            try append(code: Int(try input.byte()), at: place, input)
        }
    }

    private mutating func readTaggedHeader(_ input: BinaryInput) throws(Problem) {
        try expect("stata_dta><header><release>", input)
        let place = input.offset
        let release = try input.bytes(3)
        guard let version = Int(String(decoding: release, as: UTF8.self)), (117...119).contains(version) else {
            throw .unsupportedVariant(input.file, "release \(BinaryInput.shown(release)), byte offset \(place)")
        }
        layout = DTALayout(version: version)
        try expect("</release><byteorder>", input)
        let order = String(decoding: try input.bytes(3), as: UTF8.self)
        guard order == "LSF" || order == "MSF" else {
            throw .damaged(
                input.file, offset: input.offset - 3, part: "byteorder", found: order, allowed: "LSF, MSF")
        }
        input.isBigEndian = order == "MSF"
        try expect("</byteorder><K>", input)
        let count = version >= 119 ? Int(try input.word32()) : Int(try input.word16())
        guard count <= DTADictionary.variableLimit else {
            throw .damaged(
                input.file, offset: input.offset, part: "K", found: String(count),
                allowed: "0–\(DTADictionary.variableLimit)")
        }
        try expect("</K><N>", input)
        let rows = version >= 118 ? try input.word64() : UInt64(try input.word32())
        guard let rows = Int(exactly: rows), rows < 1 << 40 else {
            throw .damaged(input.file, offset: input.offset - 8, part: "N", found: String(rows), allowed: "0–2⁴⁰")
        }
        rowCount = rows
        try expect("</N><label>", input)
        fileLabel = try input.bytes(version >= 118 ? Int(try input.word16()) : Int(try input.byte()))
        try expect("</label><timestamp>", input)
        _ = try input.bytes(Int(try input.byte()))
        try expect("</timestamp></header><map>", input)
        var offsets: [Int] = []
        for _ in 0..<14 { offsets.append(Int(truncatingIfNeeded: try input.word64())) }
        longOffset = offsets[10]
        labelsOffset = offsets[11]
        try expect("</map><variable_types>", input)
        for _ in 0..<count {
            let place = input.offset
            try append(code: Int(try input.word16()), at: place, input)
        }
        try expect("</variable_types>", input)
    }

    private mutating func append(code: Int, at place: Int, _ input: BinaryInput) throws(Problem) {
        guard let type = DTAType(code: code, version: layout.version) else {
            throw .damaged(input.file, offset: place, part: "type", found: String(code), allowed: "1–65530")
        }
        variables.append(Variable(type: type))
    }

    // MARK: Names, formats, labels

    private mutating func readNames(_ input: BinaryInput) throws(Problem) {
        let isTagged = layout.isTagged
        if isTagged { try expect("<varnames>", input) }
        for index in variables.indices {
            variables[index].name = DTADictionary.text(try input.bytes(layout.nameLength))
        }
        if isTagged { try expect("</varnames><sortlist>", input) }
        try input.skip((variables.count + 1) * (layout.version >= 119 ? 4 : 2))
        if isTagged { try expect("</sortlist><formats>", input) }
        for index in variables.indices {
            variables[index].format = DTADictionary.text(try input.bytes(layout.formatLength))
        }
        if isTagged { try expect("</formats><value_label_names>", input) }
        for index in variables.indices {
            variables[index].labelSet = DTADictionary.text(try input.bytes(layout.nameLength))
        }
        if isTagged { try expect("</value_label_names><variable_labels>", input) }
        for index in variables.indices {
            variables[index].label = DTADictionary.text(try input.bytes(layout.variableLabelLength))
        }
        if isTagged { try expect("</variable_labels>", input) }
    }

    private mutating func readCharacteristics(_ input: BinaryInput) throws(Problem) {
        if layout.isTagged { try expect("<characteristics>", input) }
        var size = 0
        while true {
            let length: Int
            if layout.isTagged {
                let tag = try input.bytes(4)
                if tag == Array("</ch".utf8) { break }
                guard tag == Array("<ch>".utf8) else {
                    throw .damaged(
                        input.file, offset: input.offset - 4, part: "characteristics", found: BinaryInput.shown(tag),
                        allowed: "<ch>")
                }
                length = Int(try input.word32())
            } else {
                guard layout.characteristicLength > 0 else { return }
                let kind = try input.byte()
                length =
                    layout.characteristicLength == 2 ? Int(try input.word16()) : Int(try input.word32())
                if kind == 0, length == 0 { return }
                guard kind == 1 else {
                    try input.skip(length)
                    continue
                }
            }
            size += length
            guard size <= DTADictionary.characteristicLimit else {
                throw .descriptionTooLarge(input.file, limit: DTADictionary.characteristicLimit)
            }
            let offset = input.offset
            let bytes = try input.bytes(length)
            if layout.isTagged { try expect("</ch>", input) }
            guard bytes.count >= 2 * layout.nameLength else { continue }
            characteristics.append(
                Characteristic(
                    variable: DTADictionary.text(bytes[..<layout.nameLength]),
                    name: DTADictionary.text(bytes[layout.nameLength..<2 * layout.nameLength]),
                    text: DTADictionary.text(bytes[(2 * layout.nameLength)...]), offset: offset))
        }
        try expect("aracteristics>", input)
    }

    private func expect(_ tag: String, _ input: BinaryInput) throws(Problem) {
        let place = input.offset
        let wanted = Array(tag.utf8)
        let found = try input.bytes(wanted.count)
        guard found == wanted else {
            throw .damaged(input.file, offset: place, part: "tag", found: BinaryInput.shown(found), allowed: tag)
        }
    }

    /// The bytes before the first zero.
    static func text(_ bytes: some Sequence<UInt8>) -> [UInt8] { Array(bytes.prefix { $0 != 0 }) }
}
