internal import SurveyProblems
internal import SurveySchema

/// The codebook of an SPSS file: records and extension records, decoded and brought together.
struct SAVCodebook {
    private let dictionary: SAVDictionary
    private let variables: [SAVVariable]
    private let decoder: TextDecoder
    private let file: String
    private var positions: [[UInt8]: Int] = [:]
    private var longPositions: [String: Int] = [:]
    private(set) var codebook: FileCodebook

    init(
        _ dictionary: SAVDictionary, _ variables: [SAVVariable], _ decoder: TextDecoder, file: String
    ) throws(Problem) {
        self.dictionary = dictionary
        self.variables = variables
        self.decoder = decoder
        self.file = file
        codebook = FileCodebook(format: "SPSS", encoding: decoder.encoding.name)
        for (position, variable) in variables.enumerated() {
            if positions[SAVVariable.upper(variable.shortName)] == nil {
                positions[SAVVariable.upper(variable.shortName)] = position
            }
        }
        codebook.label = try labelled(dictionary.fileLabel, offset: 109)
        for document in dictionary.documents {
            codebook.notes.append(try decoder.text(document.line, offset: document.offset))
        }
        codebook.rowCount = dictionary.rowCount >= 0 ? dictionary.rowCount : nil
        try readVariables()
        try readLabels()
        try readLongLabels()
        try readLongMissing()
        readDisplay()
        try readAttributes()
        try readSets(7)
        try readSets(19)
        if dictionary.weightIndex > 0 {
            guard let weight = variables.firstIndex(where: { $0.record == dictionary.weightIndex - 1 }),
                variables[weight].width == 0
            else {
                throw .damaged(
                    file, offset: 72, part: "weight_index", found: String(dictionary.weightIndex),
                    allowed: "0–\(dictionary.records.count)")
            }
            codebook.weight = codebook.variables[weight].name
        }
    }

    private func labelled(_ bytes: [UInt8], offset: Int) throws(Problem) -> LocalizedText {
        let text = try decoder.text(bytes, offset: offset)
        return text.isEmpty ? .empty : LocalizedText([(.undetermined, text)])
    }

    // MARK: Variables

    private mutating func readVariables() throws(Problem) {
        var longNames: [[UInt8]: String] = [:]
        if let (bytes, offset) = dictionary.extensions[13] {
            for entry in bytes.split(separator: 0x09) {
                let parts = entry.split(separator: 0x3D, maxSplits: 1)
                guard parts.count == 2 else { continue }
                longNames[SAVVariable.upper(parts[0])] = try decoder.text(parts[1], offset: offset + entry.startIndex)
            }
        }
        for (position, variable) in variables.enumerated() {
            let record = dictionary.records[variable.record]
            let short = try decoder.text(variable.shortName, offset: 176)
            let name = longNames[SAVVariable.upper(variable.shortName)] ?? short
            guard !name.isEmpty else { throw .unnamedColumn(position + 1, file: file) }
            if let first = longPositions.updateValue(position, forKey: name) {
                throw .duplicateColumn(name, first: first + 1, second: position + 1, file: file)
            }
            var found = FileVariable(name: name, content: variable.width > 0 ? .text : record.print.content)
            var format = record.print
            if variable.width > 255 { format.width = variable.width }
            found.format = format.name
            found.width = variable.width
            if let label = record.label { found.label = try labelled(label, offset: record.labelOffset) }
            found.missing = try missing(record, variable, found.content)
            codebook.variables.append(found)
        }
    }

    private func missing(
        _ record: SAVDictionary.Record, _ variable: SAVVariable, _ content: FileVariable.Content
    ) throws(Problem) -> [FileVariable.Missing] {
        guard variable.width == 0 else {
            var found: [FileVariable.Missing] = []
            for value in record.missing { found.append(.code(try decoder.text(value, offset: 176))) }
            return found
        }
        let values = record.missing.map(number)
        guard record.missingCount < 0 else { return values.map { .code(SPSSTime.text($0, as: content)) } }
        guard values.count >= 2 else { return [] }
        let range = FileVariable.Missing.range(
            least: values[0] <= dictionary.lowest ? nil : values[0],
            greatest: values[1] >= dictionary.highest ? nil : values[1])
        return [range] + values.dropFirst(2).map { .code(SPSSTime.text($0, as: content)) }
    }

    private func number(_ bytes: [UInt8]) -> Double {
        let word = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bitPattern: isBigEndian ? word : word.byteSwapped)
    }

    private var isBigEndian: Bool { dictionary.isBigEndian }

    // MARK: Labels

    private mutating func readLabels() throws(Problem) {
        var byRecord: [Int: Int] = [:]
        for (position, variable) in variables.enumerated() { byRecord[variable.record + 1] = position }
        for set in dictionary.labelSets {
            for index in set.indexes {
                guard let position = byRecord[index] else {
                    throw .damaged(
                        file, offset: set.labels.first?.offset ?? 176, part: "value label variable",
                        found: String(index), allowed: "1–\(dictionary.records.count)")
                }
                try add(set, to: position)
            }
        }
    }

    private mutating func add(_ set: SAVDictionary.LabelSet, to position: Int) throws(Problem) {
        let variable = codebook.variables[position]
        var seen = Set(variable.labels.map(\.code))
        var answers = variable.labels
        for (value, label, offset) in set.labels {
            let code =
                variable.content == .text
                ? try decoder.text(value, offset: offset) : SPSSTime.text(number(value), as: variable.content)
            guard seen.insert(code).inserted else { continue }
            answers.append(Answer(code: code, label: try labelled(label, offset: offset)))
        }
        codebook.variables[position].labels = answers
    }

    /// The variable that another record names: by its name, else by the one of eight bytes.
    private func position(of name: ArraySlice<UInt8>, offset: Int) throws(Problem) -> Int? {
        let text = try decoder.text(name, offset: offset)
        return longPositions[text] ?? positions[SAVVariable.upper(SAVVariable.trimmed(name))]
    }

    private mutating func readLongLabels() throws(Problem) {
        guard let (bytes, offset) = dictionary.extensions[21] else { return }
        var parts = RecordParts(bytes, offset: offset, isBigEndian: isBigEndian, file: file)
        while !parts.isAtEnd {
            let name = try parts.counted()
            _ = try parts.int32()
            let count = try parts.int32()
            let place = try position(of: name, offset: parts.offset)
            var seen: Set<String> = []
            for _ in 0..<max(0, count) {
                let code = try decoder.text(try parts.counted(), offset: parts.offset)
                let label = try labelled(Array(try parts.counted()), offset: parts.offset)
                if let place, seen.insert(code).inserted {
                    codebook.variables[place].labels.append(Answer(code: code, label: label))
                }
            }
        }
    }

    private mutating func readLongMissing() throws(Problem) {
        guard let (bytes, offset) = dictionary.extensions[22] else { return }
        var parts = RecordParts(bytes, offset: offset, isBigEndian: isBigEndian, file: file)
        while !parts.isAtEnd {
            let name = try parts.counted()
            let count = Int(try parts.take(1).first ?? 0)
            var length = try parts.int32()
            let place = try position(of: name, offset: parts.offset)
            for number in 0..<count {
                // An old PSPP wrote the length before each value and not once.
                if number > 0, parts.peekInt32 == length, length != 0x2020_2020 { length = try parts.int32() }
                let code = try decoder.text(try parts.take(length), offset: parts.offset)
                if let place { codebook.variables[place].missing.append(.code(code)) }
            }
        }
    }

    // MARK: Measure and attributes

    private mutating func readDisplay() {
        let segments = variables.reduce(0) { $0 + $1.segments.count }
        let words = dictionary.display
        let stride: Int
        switch words.count {
        case segments * 3: stride = 3
        case segments * 2: stride = 2
        default: return
        }
        var place = 0
        for (position, variable) in variables.enumerated() {
            let measures: [Int: FileVariable.Measure] = [1: .nominal, 2: .ordinal, 3: .scale]
            codebook.variables[position].measure = measures[words[place * stride]]
            place += variable.segments.count
        }
    }

    private mutating func readAttributes() throws(Problem) {
        guard let (bytes, offset) = dictionary.extensions[18] else { return }
        let text = try decoder.text(bytes, offset: offset)
        for entry in SAVAttributes.read(text) {
            guard let position = longPositions[entry.variable] else { continue }
            codebook.variables[position].attributes = entry.attributes
        }
    }

    private mutating func readSets(_ subtype: Int) throws(Problem) {
        guard let (bytes, offset) = dictionary.extensions[subtype] else { return }
        for set in SAVResponseSets.read(bytes) {
            let members = set.variables.compactMap { positions[SAVVariable.upper($0)] }
            guard members.count == set.variables.count else {
                codebook.cautions.append(
                    .unknownMembers(of: String(decoding: set.name, as: UTF8.self), file: file))
                continue
            }
            var counted = try set.counted.map { (bytes) throws(Problem) in try decoder.text(bytes, offset: offset) }
            if let text = counted, let first = members.first, codebook.variables[first].content != .text,
                let value = Double(text.filter { $0 != " " })
            {
                counted = SPSSTime.text(value, as: codebook.variables[first].content)
            }
            codebook.sets.append(
                FileResponseSet(
                    name: try decoder.text(set.name, offset: offset),
                    label: try labelled(set.label, offset: offset),
                    kind: set.counted == nil ? .categories : .dichotomies,
                    variables: members.map { codebook.variables[$0].name }, counted: counted,
                    labelsAreOfCounted: set.labelsAreOfCounted))
        }
    }
}

extension Problem {
    /// A set that names variables which the file does not have.
    static func unknownMembers(of set: String, file: String) -> Problem {
        Problem(
            "formats.unknown-members", .finding, severity: .caution, what: "The set \"\(set)\" is left out",
            place: Place(file: file), why: "it names variables that the file does not have",
            fix: "define the set again in the program that wrote the file")
    }
}
