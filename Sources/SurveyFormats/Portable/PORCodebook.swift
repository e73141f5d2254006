internal import SurveyProblems
internal import SurveySchema

/// The codebook of a portable file: its description in words.
enum PORCodebook {
    static func codebook(
        _ dictionary: PORDictionary, _ characters: PORCharacters, encoding: String, file: String
    ) throws(Problem) -> FileCodebook {
        var codebook = FileCodebook(format: "SPSS Portable", encoding: encoding)
        codebook.label = try labelled((dictionary.fileLabel, 60), characters)
        for line in dictionary.documents {
            codebook.notes.append(try characters.text(line.bytes, offset: line.offset))
        }
        var seen: [String: Int] = [:]
        var positions: [[UInt8]: Int] = [:]
        for (position, variable) in dictionary.variables.enumerated() {
            let name = try characters.text(variable.name.bytes, offset: variable.name.offset)
            guard !name.isEmpty else { throw .unnamedColumn(position + 1, file: file) }
            if let first = seen.updateValue(position, forKey: name) {
                throw .duplicateColumn(name, first: first + 1, second: position + 1, file: file)
            }
            let key = SAVVariable.upper(SAVVariable.trimmed(variable.name.bytes))
            if positions[key] == nil { positions[key] = position }
            var found = FileVariable(name: name, content: variable.width > 0 ? .text : variable.print.content)
            found.format = variable.print.name
            found.width = variable.width
            if let label = variable.label { found.label = try labelled(label, characters) }
            for entry in variable.missing {
                switch entry {
                case .one(let value): found.missing.append(.code(try code(value, found.content, characters)))
                case .range(let least, let greatest): found.missing.append(.range(least: least, greatest: greatest))
                case .lost: codebook.cautions.append(.rangeLost(name, file: file))
                }
            }
            codebook.variables.append(found)
        }
        for set in dictionary.labelSets {
            for name in set.variables {
                let key = SAVVariable.upper(SAVVariable.trimmed(name.bytes))
                guard let position = positions[key],
                    set.labels.isEmpty || (dictionary.variables[position].width > 0) == isText(set)
                else {
                    throw .damaged(
                        file, offset: name.offset, part: "value label variable",
                        found: BinaryInput.shown(Array(name.bytes.prefix(16))),
                        allowed: "1–\(dictionary.variables.count)")
                }
                try add(set, to: &codebook.variables[position], characters)
            }
        }
        if let weight = dictionary.weight {
            let key = SAVVariable.upper(SAVVariable.trimmed(weight.bytes))
            guard let position = positions[key], dictionary.variables[position].width == 0 else {
                throw .damaged(
                    file, offset: weight.offset, part: "weight",
                    found: BinaryInput.shown(Array(weight.bytes.prefix(16))),
                    allowed: "1–\(dictionary.variables.count)")
            }
            codebook.weight = codebook.variables[position].name
        }
        return codebook
    }

    private static func isText(_ set: PORDictionary.LabelSet) -> Bool {
        if case .text = set.labels.first?.value { true } else { false }
    }

    private static func labelled(
        _ label: (bytes: [UInt8], offset: Int), _ characters: PORCharacters
    ) throws(Problem) -> LocalizedText {
        let text = try characters.text(label.bytes, offset: label.offset)
        return text.isEmpty ? .empty : LocalizedText([(.undetermined, text)])
    }

    private static func code(
        _ value: PORDictionary.Value, _ content: FileVariable.Content, _ characters: PORCharacters
    ) throws(Problem) -> String {
        switch value {
        case .number(let number): SPSSTime.text(number, as: content)
        case .text(let bytes, let offset): try characters.text(bytes, offset: offset)
        }
    }

    private static func add(
        _ set: PORDictionary.LabelSet, to variable: inout FileVariable, _ characters: PORCharacters
    ) throws(Problem) {
        var seen = Set(variable.labels.map(\.code))
        for (value, label) in set.labels {
            let code = try code(value, variable.content, characters)
            guard seen.insert(code).inserted else { continue }
            variable.labels.append(Answer(code: code, label: try labelled(label, characters)))
        }
    }
}

extension Problem {
    /// A range of missing values whose lower limit the writing program lost.
    static func rangeLost(_ column: String, file: String) -> Problem {
        Problem(
            "formats.range-lost", .finding, severity: .caution,
            what: "The file lost the lower limit of the missing values of \"\(column)\"",
            place: Place(file: file, column: column),
            why: "it says that they begin at the greatest number there is, as PSPP 1.6 writes \"x THRU HI\"",
            fix: "take the limit from the .sav of the same data, or name the missing codes in the questionnaire")
    }
}
