internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore

/// A codebook as `describe` prints it.
struct Codebook {
    struct Variable {
        let name: String
        let label: LocalizedText
        let type: String
        let answers: [Answer]
        let missing: [(code: String, kind: String, label: LocalizedText)]
        let isPrivate: Bool
        /// Nothing is told of the rows of a private column.
        let summary: ColumnSummary?
        let kindNames: [MissingKind: String]
        let isDate: Bool
        /// Wordings, and how the question hides the single answer.
        var variants: QuestionVariants?
        var sensitive: SensitiveModel?
        /// What only files of other programs say: ranges of missing numbers, measurement level, display format.
        var ranges: [(least: Double?, greatest: Double?)] = []
        var measure: String?
        var format: String?
        /// Sums of weights, where the codebook is weighted.
        var weighted: WeightedCounts?
        /// How numbers and texts lie that have no list of answers; nothing is told of a private column.
        var distribution: ColumnDistribution?
    }

    struct ResponseSet {
        let name: String
        let label: LocalizedText
        let variables: [String]
        var kind = "dichotomies"
        var counted: String? = "1"
    }

    /// A question asked for each item of a list; its items are variables.
    struct ItemList {
        let name: String
        let label: LocalizedText
        let list: String
        let items: [(item: Answer, variable: String)]
    }

    var variables: [Variable] = []
    var sets: [ResponseSet] = []
    var rosters: [ItemList] = []
    var problems: [Problem] = []
    /// What a data file says of itself as a whole.
    var title = LocalizedText.empty
    var notes: [String] = []
    var weight: String?
    /// What the weighted figures are weighted with: the weight that was asked for, else that of the file.
    var usedWeight: String?
    /// The title of the questionnaire of a wave, which only pages show.
    var studyTitle = LocalizedText.empty
    /// True if text and machine formats tell weighted shares too: on demand only.
    var isWeighted = false
    var rowCount: Int?
    /// Variables that the filters left out.
    var omitted = 0

    /// The codebook of a wave: its questions and derived variables, or its bare columns.
    init(of wave: StudyWave, only: [String], weight asked: String? = nil) throws(Problem) {
        let known = wave.questionnaire.map { $0.questions.map(\.id) + $0.derived.map(\.id) } ?? wave.names
        // The name of a roster stands for its items.
        let only = only.flatMap { name in
            wave.questionnaire?.roster(name).map { roster in roster.items.map { roster.name(of: $0.code) } } ?? [name]
        }
        if let unknown = only.first(where: { !known.contains($0) }) { throw .unknownColumn(unknown, known: known) }
        let weights = try asked.map { (name) throws(Problem) in
            try Codebook.weights(try wave.table(of: [name]).column(name), name)
        }
        usedWeight = asked
        rowCount = wave.record.rowsImported
        studyTitle = wave.questionnaire?.title ?? .empty
        for roster in wave.questionnaire?.rosters ?? [] {
            let items = roster.items.map { (item: $0, variable: roster.name(of: $0.code)) }
                .filter { only.isEmpty || only.contains($0.variable) }
            if items.isEmpty { continue }
            rosters.append(ItemList(name: roster.id, label: roster.text, list: roster.list, items: items))
        }
        for name in known where only.isEmpty || only.contains(name) {
            let isPrivate = wave.isPrivate(name)
            guard let column = try wave.table(of: [name])[name] else { continue }
            let summary = isPrivate ? nil : ColumnSummary(of: column)
            if let questionnaire = wave.questionnaire {
                var variable = Codebook.variable(name, questionnaire, column, summary, isPrivate: isPrivate)
                if !isPrivate {
                    variable.weighted = weights.flatMap { WeightedCounts(of: column, weights: $0) }
                    // Free answers of a question are nobody's codes.
                    if column.kind != .text {
                        variable.distribution = ColumnDistribution(of: column, weights: weights)
                    }
                }
                variables.append(variable)
                if let question = questionnaire.question(name), question.type == .multiple {
                    sets.append(
                        ResponseSet(
                            name: name, label: question.text,
                            variables: question.answers.map { question.itemColumn($0.code) }))
                    for answer in question.answers {
                        let item = question.itemColumn(answer.code)
                        guard let values = try wave.table(of: [name])[item] else { continue }
                        variables.append(
                            Variable(
                                name: item, label: answer.label, type: "item", answers: [], missing: [],
                                isPrivate: isPrivate,
                                summary: isPrivate ? nil : ColumnSummary(of: values), kindNames: [:], isDate: false,
                                weighted: isPrivate ? nil : weights.flatMap { WeightedCounts(of: values, weights: $0) }
                            ))
                    }
                }
            } else {
                variables.append(Codebook.bare(column, summary, weights))
            }
        }
    }

    /// The codebook of a raw file, column by column as its cells look.
    init(of source: RawSource, only: [String], weight asked: String? = nil) throws(Problem) {
        if let described = try source.asDescribed(only, weight: asked) {
            usedWeight = asked ?? described.codebook.weight
            let weights = try usedWeight.flatMap { (name) throws(Problem) in
                try described.questionnaire.questions.first { $0.columns == [name] }.flatMap {
                    (question) throws(Problem) in
                    try described.table[question.id].flatMap { (column) throws(Problem) in
                        asked == nil ? column.asWeights : try Codebook.weights(column, name)
                    }
                }
            }
            if weights == nil { usedWeight = nil }
            try read(described.codebook, described.questionnaire, described.table, weights)
            if !only.isEmpty { variables.removeAll { !only.contains($0.name) } }
            rowCount = described.table.rowCount
            problems = described.problems
            return
        }
        let loaded = try source.inferred(only, weight: asked)
        let weights = try asked.flatMap { (name) throws(Problem) in
            try loaded.table[name].map { (column) throws(Problem) in try Codebook.weights(column, name) }
        }
        usedWeight = asked
        problems = loaded.problems
        rowCount = loaded.table.rowCount
        variables = loaded.table.columns.filter { only.isEmpty || only.contains($0.name) }.map {
            Codebook.bare($0, ColumnSummary(of: $0), weights)
        }
    }

    /// A column that can weigh rows.
    private static func weights(_ column: Column, _ name: String) throws(Problem) -> Column {
        guard let weights = column.asWeights else { throw .noWeights(name, kind: column.kind.rawValue) }
        return weights
    }

    static func variable(
        _ name: String, _ questionnaire: Questionnaire, _ column: Column, _ summary: ColumnSummary?, isPrivate: Bool
    ) -> Variable {
        var kinds: [MissingKind: String] = [:]
        for (kind, _) in summary?.missing ?? [] { kinds[kind] = questionnaire.name(of: kind) }
        if let question = questionnaire.question(name) {
            let missing = question.missing.map {
                (code: $0.code, kind: questionnaire.name(of: $0.kind), label: $0.label)
            }
            return Variable(
                name: name, label: question.text, type: question.type.rawValue, answers: question.answers,
                missing: missing,
                isPrivate: isPrivate, summary: summary, kindNames: kinds, isDate: question.type == .date,
                variants: question.variants, sensitive: question.sensitive)
        }
        let derived = questionnaire.derivedVariable(name)
        return Variable(
            name: name, label: derived?.text ?? .empty, type: column.kind == .answers ? "single" : column.kind.rawValue,
            answers: derived?.answers ?? [], missing: [], isPrivate: isPrivate, summary: summary, kindNames: kinds,
            isDate: false)
    }

    private static func bare(_ column: Column, _ summary: ColumnSummary?, _ weights: Column?) -> Variable {
        Variable(
            name: column.name, label: .empty, type: column.kind == .answers ? "single" : column.kind.rawValue,
            answers: column.kind == .answers ? column.dictionary.map { Answer(code: $0, label: .empty) } : [],
            missing: [],
            isPrivate: false, summary: summary, kindNames: [:], isDate: column.kind == .date,
            weighted: weights.flatMap { WeightedCounts(of: column, weights: $0) },
            distribution: ColumnDistribution(of: column, weights: weights))
    }

    // MARK: Output

    var json: JSONText {
        func labels(_ text: LocalizedText) -> JSONText { text.json }
        let list = variables.map { variable -> JSONText in
            var fields: [(String, JSONText)] = [
                ("name", .string(variable.name)), ("label", labels(variable.label)), ("type", .string(variable.type)),
            ]
            if !variable.answers.isEmpty {
                let counts = variable.summary?.frequencies ?? []
                fields.append(
                    (
                        "answers",
                        .array(
                            variable.answers.enumerated().map { index, answer in
                                var entry: [(String, JSONText)] = [
                                    ("code", .string(answer.code)), ("label", labels(answer.label)),
                                ]
                                if counts.indices.contains(index) { entry.append(("n", .integer(counts[index]))) }
                                if let share = share(index, of: variable) { entry.append(("share", .number(share))) }
                                return .object(entry)
                            })
                    ))
            }
            if !variable.missing.isEmpty || !variable.ranges.isEmpty {
                let codes = variable.missing.map {
                    JSONText.object([
                        ("code", .string($0.code)), ("kind", .string($0.kind)), ("label", labels($0.label)),
                    ])
                }
                fields.append(("missing", .array(codes + variable.ranges.map(Codebook.json))))
            }
            if let measure = variable.measure { fields.append(("measure", .string(measure))) }
            if let format = variable.format { fields.append(("format", .string(format))) }
            if let variants = variable.variants { fields.append(("variants", variants.json)) }
            if let sensitive = variable.sensitive { fields.append(("sensitive", sensitive.json)) }
            if variable.isPrivate { fields.append(("private", .bool(true))) }
            if let summary = variable.summary {
                fields.append(("n", .integer(summary.n)))
                let missing = summary.missing.map {
                    (variable.kindNames[$0.kind] ?? $0.kind.name, JSONText.integer($0.count))
                }
                fields.append(("n_missing", .object(missing)))
                if let range = summary.range {
                    fields += [
                        ("min", Codebook.value(range.least, variable)),
                        ("max", Codebook.value(range.greatest, variable)),
                    ]
                }
            }
            return .object(fields)
        }
        let sets = sets.map { set in
            JSONText.object(
                [
                    ("name", .string(set.name)), ("label", labels(set.label)), ("kind", .string(set.kind)),
                    ("variables", .array(set.variables.map { .string($0) })),
                ] + (set.counted.map { [("counted", .string($0))] } ?? []))
        }
        var fields: [(String, JSONText)] = [("saual", .string("codebook/1"))]
        if !title.isEmpty { fields.append(("title", title.json)) }
        if !notes.isEmpty { fields.append(("notes", .array(notes.map { .string($0) }))) }
        if let weight { fields.append(("weight", .string(weight))) }
        if isWeighted, let usedWeight { fields.append(("weighted_by", .string(usedWeight))) }
        fields.append(("variables", .array(list)))
        if !sets.isEmpty { fields.append(("sets", .array(sets))) }
        let lists = rosters.map { roster in
            JSONText.object([
                ("name", .string(roster.name)), ("label", labels(roster.label)), ("list", .string(roster.list)),
                (
                    "items",
                    .array(
                        roster.items.map { item, variable in
                            .object([
                                ("code", .string(item.code)), ("label", labels(item.label)),
                                ("variable", .string(variable)),
                            ])
                        })
                ),
            ])
        }
        if !lists.isEmpty { fields.append(("rosters", .array(lists))) }
        return .object(fields)
    }

    /// The weighted share of an answer among the rows that have one; nil unless weights were asked for.
    private func share(_ answer: Int, of variable: Variable) -> Double? {
        guard isWeighted, let weighted = variable.weighted, weighted.answered > 0,
            weighted.frequencies.indices.contains(answer)
        else { return nil }
        return weighted.frequencies[answer] / weighted.answered
    }

    private static func value(_ value: Double, _ variable: Variable) -> JSONText {
        variable.isDate ? .string(CalendarDate(days: Int(value)).description) : .number(value)
    }

    /// In which other languages labels stand that are not there in this one.
    func fallbackNote(in language: Language) -> String? {
        FallbackNote.line(variables.flatMap { [$0.label] + $0.answers.map(\.label) }, in: language)
    }

    func table(in language: Language) -> TextTable {
        let words = Codebook.words(in: language)
        var table = TextTable([
            (words.variable, .left), (words.type, .left), (words.label, .left), ("n", .right), (words.missing, .left),
            (words.values, .left),
        ])
        for variable in variables {
            let missing = (variable.summary?.missing ?? []).map {
                "\(variable.kindNames[$0.kind] ?? $0.kind.name) \($0.count)"
            }
            table.append([
                variable.name, variable.type, variable.label.text(in: language) ?? "",
                variable.summary.map { String($0.n) } ?? words.hidden, missing.joined(separator: ", "),
                values(of: variable, in: language),
            ])
            for variant in variable.variants?.variants ?? [] {
                let range = [variant.range.least, variant.range.greatest].contains { $0 != nil }
                let limits = [variant.range.least, variant.range.greatest].map { $0.map(JSONText.shortest) ?? "" }
                table.append([
                    "  \(variable.variants?.by ?? "") = \(variant.code)", "", variant.text.text(in: language) ?? "", "",
                    "",
                    range ? limits.joined(separator: " … ") : "",
                ])
            }
        }
        return table
    }

    /// At most eight answers with their counts, or the range.
    private func values(of variable: Variable, in language: Language) -> String {
        guard let summary = variable.summary else { return "" }
        func percent(_ index: Int) -> String {
            share(index, of: variable).map { " (" + PlainNumber.percent($0, in: language) + ")" } ?? ""
        }
        if variable.type == "item", summary.frequencies.count == 2 {
            return "1: \(summary.frequencies[1])\(percent(1))"
        }
        if let range = summary.range {
            return "\(Codebook.plain(range.least, variable)) … \(Codebook.plain(range.greatest, variable))"
        }
        let entries = zip(variable.answers, summary.frequencies).prefix(8).enumerated().map { index, entry in
            let label = entry.0.label.text(in: language).map { " \($0)" } ?? ""
            return "\(entry.0.code)\(label): \(entry.1)\(percent(index))"
        }
        return entries.joined(separator: "; ")
            + (variable.answers.count > 8 ? "; … +\(variable.answers.count - 8)" : "")
    }

    static func plain(_ value: Double, _ variable: Variable) -> String {
        variable.isDate ? CalendarDate(days: Int(value)).description : JSONText.shortest(value)
    }

    private static func words(
        in language: Language
    ) -> (variable: String, type: String, label: String, missing: String, values: String, hidden: String) {
        switch language {
        case .russian: ("переменная", "тип", "подпись", "нет ответа", "значения", "закрыта")
        case .kazakh: ("айнымалы", "түрі", "белгісі", "жауабы жоқ", "мәндері", "жабық")
        default: ("variable", "type", "label", "missing", "values", "private")
        }
    }
}

extension Column {
    /// The column, where it is one of numbers.
    fileprivate var asWeights: Column? { kind == .number ? self : nil }
}

extension Problem {
    static func noWeights(_ column: String, kind: String) -> Problem {
        Problem(
            "command.no-weights", .input, what: "\"\(column)\" cannot weigh the rows", place: Place(column: column),
            why: "a weight is a column of numbers; this one is of the type \(kind)",
            fix: "name another column with --weight")
    }
}
