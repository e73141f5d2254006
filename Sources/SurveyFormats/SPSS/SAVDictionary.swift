internal import SurveyProblems

/// The description of an SPSS system file as its bytes say it, before texts are decoded and names are resolved.
///
/// Source of the format: the PSPP developers' guide, "System File Format".
struct SAVDictionary {
    /// A variable record: a number, a string of up to 255 bytes, or eight more bytes of the string before.
    struct Record {
        /// 0 for a number, the bytes of a string, −1 for the continuation of one.
        var width: Int
        var name: [UInt8]
        var label: [UInt8]?
        var labelOffset = 0
        /// −3…3: the number of missing values; below 0 the first two are a range.
        var missingCount: Int
        var missing: [[UInt8]]
        var print: SPSSFormat
    }

    /// Labels of values, and the variables that have them by their place among the records, from 1.
    struct LabelSet {
        var labels: [(value: [UInt8], label: [UInt8], offset: Int)]
        var indexes: [Int]
    }

    var isBigEndian = false
    var product: [UInt8] = []
    var fileLabel: [UInt8] = []
    var compression = 0
    var bias = 100.0
    /// The place of the weight among the records, from 1; 0 for none.
    var weightIndex = 0
    /// Rows, −1 where the file does not say.
    var rowCount = -1
    var records: [Record] = []
    var labelSets: [LabelSet] = []
    var documents: [(line: [UInt8], offset: Int)] = []
    /// The code of the encoding in the machine record; nil where there is none.
    var characterCode: Int?
    var encodingName: [UInt8]?
    var systemMissing = -Double.greatestFiniteMagnitude
    var highest = Double.greatestFiniteMagnitude
    var lowest = -Double.greatestFiniteMagnitude.nextDown
    /// Contents of extension records that are texts, by subtype, with their place.
    var extensions: [Int: (bytes: [UInt8], offset: Int)] = [:]
    /// Measure, perhaps width, and alignment of each variable.
    var display: [Int] = []

    /// The most records: 10,000 variables of 32,767 bytes would have four times as many.
    static let recordLimit = 1 << 22

    /// Reads the description up to the first byte of the data.
    init(_ input: BinaryInput) throws(Problem) {
        try readHeader(input)
        while true {
            let place = input.offset
            guard place < 4 * BinaryInput.partLimit else {
                throw .descriptionTooLarge(input.file, limit: 4 * BinaryInput.partLimit)
            }
            let kind = try input.int32()
            switch kind {
            case 2: try readVariable(input)
            case 3: try readLabels(input)
            case 6: try readDocuments(input)
            case 7: try readExtension(input)
            case 999:
                _ = try input.int32()
                return
            default:
                throw .damaged(
                    input.file, offset: place, part: "rec_type", found: String(kind), allowed: "2, 3, 6, 7, 999")
            }
        }
    }

    private mutating func readHeader(_ input: BinaryInput) throws(Problem) {
        let signature = try input.bytes(4)
        let name = String(decoding: signature, as: UTF8.self)
        guard name == "$FL2" || name == "$FL3" else {
            throw .notOfFormat(input.file, format: "SPSS (.sav, .zsav)", found: BinaryInput.shown(signature))
        }
        product = try input.bytes(60)
        let layoutPlace = input.offset
        var layout = try input.int32()
        if layout != 2, layout != 3 {
            input.isBigEndian = true
            layout = Int(Int32(truncatingIfNeeded: layout).byteSwapped)
        }
        isBigEndian = input.isBigEndian
        guard layout == 2 || layout == 3 else {
            throw .damaged(input.file, offset: layoutPlace, part: "layout_code", found: String(layout), allowed: "2, 3")
        }
        _ = try input.int32()
        compression = try input.count("compression", in: 0...2)
        weightIndex = try input.int32()
        rowCount = try input.int32()
        let biasPlace = input.offset
        bias = try input.double()
        guard bias.magnitude < 1e6 else {
            throw .damaged(input.file, offset: biasPlace, part: "bias", found: "\(bias)", allowed: "100")
        }
        _ = try input.bytes(17)
        fileLabel = try input.bytes(64)
        _ = try input.bytes(3)
    }

    private mutating func readVariable(_ input: BinaryInput) throws(Problem) {
        guard records.count < SAVDictionary.recordLimit else {
            throw .descriptionTooLarge(input.file, limit: 4 * BinaryInput.partLimit)
        }
        let width = try input.count("type", in: -1...255)
        let hasLabel = try input.count("has_var_label", in: 0...1) == 1
        let missingCount = try input.count("n_missing_values", in: -3...3)
        let print = SPSSFormat(word: try input.int32())
        _ = try input.int32()
        let name = try input.bytes(8)
        var record = Record(width: width, name: name, missingCount: missingCount, missing: [], print: print)
        if hasLabel {
            let length = try input.count("label_len", in: 0...65_535)
            record.labelOffset = input.offset
            record.label = try input.bytes(length)
            try input.skip((4 - length % 4) % 4)
        }
        for _ in 0..<abs(missingCount) { record.missing.append(try input.bytes(8)) }
        records.append(record)
    }

    private mutating func readLabels(_ input: BinaryInput) throws(Problem) {
        let count = try input.count("label_count", in: 0...1_000_000)
        var set = LabelSet(labels: [], indexes: [])
        for _ in 0..<count {
            let value = try input.bytes(8)
            let length = Int(try input.byte())
            let offset = input.offset
            let label = try input.bytes(length)
            try input.skip((8 - (length + 1) % 8) % 8)
            set.labels.append((value, label, offset))
        }
        let place = input.offset
        let next = try input.int32()
        guard next == 4 else {
            throw .damaged(input.file, offset: place, part: "rec_type", found: String(next), allowed: "4")
        }
        let variables = try input.count("var_count", in: 0...SAVDictionary.recordLimit)
        for _ in 0..<variables { set.indexes.append(try input.int32()) }
        labelSets.append(set)
    }

    private mutating func readDocuments(_ input: BinaryInput) throws(Problem) {
        let lines = try input.count("n_lines", in: 0...1_000_000)
        for _ in 0..<lines {
            let offset = input.offset
            documents.append((try input.bytes(80), offset))
        }
    }

    private mutating func readExtension(_ input: BinaryInput) throws(Problem) {
        let subtype = try input.int32()
        let size = try input.count("size", in: 0...BinaryInput.partLimit)
        let place = input.offset
        let count = try input.count("count", in: 0...BinaryInput.partLimit)
        let (length, hasOverflow) = size.multipliedReportingOverflow(by: count)
        guard !hasOverflow, length <= BinaryInput.partLimit else {
            throw .damaged(
                input.file, offset: place, part: "size × count", found: "\(size) × \(count)",
                allowed: "0–\(BinaryInput.partLimit)")
        }
        let offset = input.offset
        switch subtype {
        case 3 where size == 4 && count >= 8:
            for _ in 0..<7 { _ = try input.int32() }
            characterCode = try input.int32()
            try input.skip(length - 32)
        case 4 where size == 8 && count >= 3:
            systemMissing = try input.double()
            highest = try input.double()
            lowest = try input.double()
            try input.skip(length - 24)
        case 11 where size == 4:
            display = []
            for _ in 0..<count { display.append(try input.int32()) }
        case 16 where size == 8 && count >= 2:
            _ = try input.word64()
            let rows = Int64(bitPattern: try input.word64())
            if rowCount < 0, rows >= 0 { rowCount = Int(rows) }
            try input.skip(length - 16)
        case 20: encodingName = try input.bytes(length)
        case 5, 7, 13, 14, 17, 18, 19, 21, 22: extensions[subtype] = (try input.bytes(length), offset)
        default: try input.skip(length)
        }
    }
}

extension BinaryInput {
    /// The first bytes of a file for a message: as text where they are one, else as hexadecimal digits.
    static func shown(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return "\"\(String(decoding: bytes, as: UTF8.self))\"" }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}
