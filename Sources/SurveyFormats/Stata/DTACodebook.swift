internal import SurveyProblems
internal import SurveySchema

/// The codebook of a Stata file: its description, its characteristics and the labels behind its rows.
struct DTACodebook {
    private let dictionary: DTADictionary
    private let labels: DTALabels
    private let decoder: TextDecoder
    private(set) var codebook: FileCodebook

    init(_ dictionary: DTADictionary, _ labels: DTALabels, _ decoder: TextDecoder, file: String) throws(Problem) {
        self.dictionary = dictionary
        self.labels = labels
        self.decoder = decoder
        codebook = FileCodebook(format: "Stata \(dictionary.layout.version)", encoding: decoder.encoding.name)
        codebook.hasExtendedMissing = dictionary.layout.hasExtendedMissing
        codebook.rowCount = dictionary.rowCount
        let texts = try characteristics()
        let current = Self.language(texts["_dta"]?["_lang_c"] ?? "")
        let others = (texts["_dta"]?["_lang_list"] ?? "").split(separator: " ").map(String.init).filter {
            $0 != texts["_dta"]?["_lang_c"]
        }
        let title = try decoder.text(dictionary.fileLabel, offset: 0)
        if !title.isEmpty { codebook.label = LocalizedText([(current, title)]) }
        let notes = (texts["_dta"] ?? [:]).compactMap { name, text in
            name.hasPrefix("note") ? Int(name.dropFirst(4)).map { ($0, text) } : nil
        }
        codebook.notes = notes.filter { $0.0 > 0 }.sorted { $0.0 < $1.0 }.map(\.1)
        let missing = Set(dictionary.variables.map(\.labelSet)).filter { !$0.isEmpty && labels.sets[$0] == nil }
        for name in missing.map({ String(decoding: $0, as: UTF8.self) }).sorted() {
            codebook.cautions.append(.labelsMissing(name, file: file))
        }
        var seen: [String: Int] = [:]
        for (position, variable) in dictionary.variables.enumerated() {
            let name = try decoder.text(variable.name, offset: 0)
            guard !name.isEmpty else { throw .unnamedColumn(position + 1, file: file) }
            if let first = seen.updateValue(position, forKey: name) {
                throw .duplicateColumn(name, first: first + 1, second: position + 1, file: file)
            }
            codebook.variables.append(
                try self.variable(variable, name, current: current, others: others, texts: texts[name] ?? [:]))
        }
        for unit in DTAFormat.periods {
            let names = codebook.variables.filter { DTAFormat.period($0.format) == unit.name }.map(\.name)
            if !names.isEmpty {
                codebook.cautions.append(.periodNumbers(names, format: "%" + unit.name, first: unit.first))
            }
        }
        if let weight = texts["_dta"]?["_svy_wvar"] ?? texts["_dta"]?["wt_var"], seen[weight] != nil {
            codebook.weight = weight
        }
    }

    private func variable(
        _ variable: DTADictionary.Variable, _ name: String, current: Language, others: [String],
        texts: [String: String]
    ) throws(Problem) -> FileVariable {
        var isText = variable.type == .long
        var found = FileVariable(name: name, content: .number)
        if case .text(let width) = variable.type {
            isText = true
            found.width = width
        }
        found.format = try decoder.text(variable.format, offset: 0)
        found.content = isText ? .text : DTAFormat.content(found.format)
        var label: [(language: Language, text: String)] = []
        let own = try decoder.text(variable.label, offset: 0)
        if !own.isEmpty { label.append((current, own)) }
        var answers: [(value: Int32, texts: [(language: Language, text: String)])] = []
        try add(set: variable.labelSet, in: current, to: &answers)
        for other in others {
            let language = Self.language(other)
            if let text = texts["_lang_v_" + other], !text.isEmpty { label.append((language, text)) }
            if let set = texts["_lang_l_" + other] { try add(set: Array(set.utf8), in: language, to: &answers) }
        }
        found.label = LocalizedText(label)
        found.labels = answers.map { value, texts in
            let letter = DTAMissing.letter(int32: value, extended: dictionary.layout.hasExtendedMissing)
            let code =
                letter.map { DTAMissing.text(letter: $0) } ?? DTAFormat.text(Double(value), as: found.content)
            return Answer(code: code, label: LocalizedText(texts))
        }.filter { !$0.code.isEmpty }
        found.missing = found.labels.filter { DTAMissing.letter(of: $0.code) != nil }.map { .code($0.code) }
        return found
    }

    private func add(
        set name: [UInt8], in language: Language,
        to answers: inout [(value: Int32, texts: [(language: Language, text: String)])]
    ) throws(Problem) {
        var positions = Dictionary(
            answers.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
        for label in labels.sets[name] ?? [] {
            let text = try decoder.text(label.text, offset: label.offset)
            if text.isEmpty { continue }
            if let position = positions[label.value] {
                if !answers[position].texts.contains(where: { $0.language == language }) {
                    answers[position].texts.append((language, text))
                }
            } else {
                positions[label.value] = answers.count
                answers.append((label.value, [(language, text)]))
            }
        }
    }

    private func characteristics() throws(Problem) -> [String: [String: String]] {
        var texts: [String: [String: String]] = [:]
        for entry in dictionary.characteristics {
            let variable = try decoder.text(entry.variable, offset: entry.offset)
            let name = try decoder.text(entry.name, offset: entry.offset)
            texts[variable, default: [:]][name] = try decoder.text(entry.text, offset: entry.offset)
        }
        return texts
    }

    /// The language of a set of labels, by the name that its author gave it.
    static func language(_ name: String) -> Language {
        let known = [
            "": "und", "default": "und", "english": "en", "russian": "ru", "kazakh": "kk", "spanish": "es",
            "french": "fr", "portuguese": "pt", "german": "de",
        ]
        return Language(rawValue: known[name.lowercased()] ?? name)
    }
}

extension DTAFormat {
    /// Formats of periods that are no days, and the period that 0 is.
    static let periods = [
        (name: "tw", first: "1960w1"), (name: "tm", first: "1960m1"), (name: "tq", first: "1960q1"),
        (name: "th", first: "1960h1"), (name: "ty", first: "0"), (name: "tb", first: "?"),
    ]

    /// The name of a period's format; nil for all others.
    static func period(_ format: String) -> String? {
        guard format.hasPrefix("%t") || format.hasPrefix("%-t") else { return nil }
        let name = format.drop { $0 == "%" || $0 == "-" }.prefix(2)
        return periods.first { $0.name == name }?.name
    }
}

extension Problem {
    /// Periods that stay the numbers by which Stata counts them.
    static func periodNumbers(_ columns: [String], format: String, first: String) -> Problem {
        Problem(
            "formats.period-numbers", .finding, severity: .caution,
            what: "Columns of the format \(format) are read as numbers: \(list: columns)",
            place: Place(column: columns.first),
            why:
                "Stata counts weeks, months, quarters and half-years from \(first) = 0, and years as they are; these are no days",
            fix: "turn them into days in Stata (dofw, dofm, dofq, dofh), or derive the month from the number")
    }

    /// Labels that variables name and that do not stand in the file.
    static func labelsMissing(_ set: String, file: String) -> Problem {
        Problem(
            "formats.labels-missing", .finding, severity: .caution, what: "The labels \"\(set)\" are not in the file",
            place: Place(file: file), why: "variables name these value labels, but the file does not hold them",
            fix: "check that the file is complete, or define the labels again where it was written")
    }
}
