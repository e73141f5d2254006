public import SurveyProblems
public import SurveySchema

/// A wave that was asked with an older version of a questionnaire, presented in the terms of the newer one.
///
/// - Shapes: as many rows as the stored columns; coded columns have the newer question's codes as dictionary.
/// - Missing: kinds are kept, own kinds by their names. A question that was not asked is `not-in-wave` in every row, and so
///   is an item of a multiple question that was not offered. An item made of several is chosen if any of them is, not
///   chosen if none is, and else takes the kind of the first that is missing.
///
/// Where the reference has no map from the version that was asked, but from another one which has, the wave is read through
/// that one, step by step.
public struct VersionView: Sendable {
    /// In whose terms the wave is read.
    public let reference: Questionnaire
    /// What was asked.
    public let asked: Questionnaire
    /// The version that the reference maps: what was asked, or one between.
    private let mapped: Questionnaire
    /// How the version between reads what was asked; nothing where there is none.
    private let earlier: [VersionView]

    /// A view of waves of one version; nil if the reference has no map from it or is another questionnaire.
    ///
    /// `file` is the file of the reference, for problems. `others` are the questionnaires between which there may be maps, with
    /// their files.
    /// - Throws: the first error of ``SurveySchema/Questionnaire/problems(reading:file:)`` of each step.
    public init?(
        of asked: Questionnaire, as reference: Questionnaire, file: String,
        through others: [(questionnaire: Questionnaire, file: String)] = []
    ) throws(Problem) {
        self.init(unchecked: asked, as: reference, through: others.map(\.questionnaire))
        for (newer, older) in steps {
            let place = others.first { $0.questionnaire.version == newer.version && $0.questionnaire.id == newer.id }
            let problems = newer.problems(
                reading: older, file: newer.version == reference.version ? file : place?.file ?? file)
            if let first = problems.first(where: { $0.severity == .error }) { throw first }
        }
    }

    /// A view by maps that may be wrong, to check what else depends on them; its columns are worth nothing before the maps
    /// are right.
    public init?(unchecked asked: Questionnaire, as reference: Questionnaire, through others: [Questionnaire] = []) {
        let between = others.filter {
            $0.id == reference.id && $0.version != reference.version && $0.version != asked.version
        }
        guard asked.id == reference.id, asked.version != reference.version,
            let path = VersionView.path(from: reference, to: asked, through: between)
        else { return nil }
        self.init(path[...])
    }

    /// A view by the maps between versions next to each other, at least two, from the reference down.
    private init?(_ path: ArraySlice<Questionnaire>) {
        let below = path.dropFirst()
        guard let reference = path.first, let mapped = below.first, let asked = below.last else { return nil }
        self.reference = reference
        self.mapped = mapped
        self.asked = asked
        earlier = below.count > 1 ? [VersionView(below)].compactMap { $0 } : []
    }

    /// The fewest versions of which each maps the next.
    private static func path(
        from reference: Questionnaire, to asked: Questionnaire, through others: [Questionnaire]
    ) -> [Questionnaire]? {
        var waiting = [[reference]]
        var met: Set<String> = [reference.version]
        var position = 0
        while position < waiting.count {
            let path = waiting[position]
            position += 1
            guard let last = path.last else { continue }
            if last.map(from: asked.version) != nil { return path + [asked] }
            for version in last.versions.map(\.version) where met.insert(version).inserted {
                if let other = others.first(where: { $0.version == version }) { waiting.append(path + [other]) }
            }
        }
        return nil
    }

    /// Each map that is applied: the newer version, which has it, and the older one, from the reference down.
    public var steps: [(newer: Questionnaire, older: Questionnaire)] {
        [(reference, mapped)] + earlier.flatMap(\.steps)
    }

    /// Where a column of the reference comes from.
    private enum Source {
        case absent(Question, isItem: Bool)
        case column(Question, name: String, AnswerMap)
        case items([String], AnswerMap)
    }

    private func source(of name: String) throws(Problem) -> Source {
        let item = reference.item(name)
        guard let question = item?.question ?? reference.question(name) else {
            throw .unknownColumn(name, known: reference.questions.map(\.id))
        }
        guard let (older, answers) = reference.answerMap(of: question, from: mapped) else {
            return .absent(question, isItem: item != nil)
        }
        guard let item else { return .column(question, name: older.id, answers) }
        let codes = older.answers.map(\.code).filter { answers.answers[$0] == .answer(item.code) }
        return codes.isEmpty ? .absent(question, isItem: true) : .items(codes.map(older.itemColumn), answers)
    }

    /// The stored columns that columns of the reference are made of, each once.
    ///
    /// - Throws: ``Problem`` `data.unknown-column` for a name that is no column of the reference.
    public func sources(of names: [String]) throws(Problem) -> [String] {
        let sources = try mappedSources(of: names)
        guard let view = earlier.first else { return sources }
        return try view.sources(of: sources)
    }

    /// The columns of the version below that columns of the reference are made of, each once.
    private func mappedSources(of names: [String]) throws(Problem) -> [String] {
        var sources: [String] = []
        for name in names {
            switch try source(of: name) {
            case .absent: break
            case .column(_, let name, _): sources.append(name)
            case .items(let items, _): sources += items
            }
        }
        var seen: Set<String> = []
        return sources.filter { seen.insert($0).inserted }
    }

    /// The stored column that a question of the reference is read from; nil if it was not asked.
    public func source(ofQuestion id: String) -> String? {
        guard let source = mappedSource(ofQuestion: id) else { return nil }
        guard let view = earlier.first else { return source }
        return view.source(ofQuestion: source)
    }

    /// True for a column of the reference that nothing stored is made of.
    private func isAbsent(_ name: String) -> Bool { (try? sources(of: [name]).isEmpty) ?? true }

    /// The question of the version below that a question of the reference is read from.
    private func mappedSource(ofQuestion id: String) -> String? {
        reference.question(id).flatMap { reference.answerMap(of: $0, from: mapped)?.question.id }
    }

    /// Of the variables that these names need, those whose figures cannot be compared with what was asked, and why.
    ///
    /// - Returns: as ``SurveySchema/Questionnaire/incomparable(names:from:)``, of every step; names are those of its newer
    ///   version.
    public func incomparable(names: [String]) -> [(name: String, reason: LocalizedText)] {
        let own = reference.incomparable(names: names, from: mapped.version)
        guard let view = earlier.first else { return own }
        // What a derived variable is made of goes down with it; one of that name there may have a break of its own.
        var below: [String] = []
        var seen: Set<String> = []
        var waiting = Array(names.reversed())
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            if let derived = reference.derivedVariable(name) {
                if mapped.derivedVariable(name) != nil { below.append(name) }
                waiting += derived.names.reversed()
            } else if let source = mappedSource(ofQuestion: reference.item(name)?.question.id ?? name) {
                below.append(source)
            } else if let item = reference.questions.first(where: { $0.item?.roster == name }) {
                // A roster as a whole is called as its items are.
                if let source = mappedSource(ofQuestion: item.id) {
                    below.append(String(source.prefix { $0 != "[" }))
                }
            }
        }
        return own + view.incomparable(names: below)
    }

    /// Columns of the reference, made of the stored columns of ``sources(of:)``.
    ///
    /// - Throws: ``Problem`` `data.unknown-column` for a name that is no column of the reference, or a source that the
    ///   table lacks.
    public func columns(named names: [String], from stored: Table) throws(Problem) -> [Column] {
        var stored = stored
        if let view = earlier.first {
            let columns = try view.columns(named: try mappedSources(of: names), from: stored)
            stored = Table(rowCount: stored.rowCount, columns: columns)
        }
        var columns: [Column] = []
        for name in names {
            switch try source(of: name) {
            case .absent(let question, let isItem):
                columns.append(question.column(name, isItem: isItem, of: .notInWave, rowCount: stored.rowCount))
            case .column(let question, let source, let answers):
                let column = try stored.column(source)
                let isCoded = question.type.isCoded
                columns.append(
                    isCoded
                        ? column.recoded(as: name, codes: question.answers.map(\.code), answers)
                        : column.withKinds(as: name, answers))
            case .items(let sources, let answers):
                // An item that was not offered yet says nothing of the others.
                let offered = earlier.first.map { view in sources.filter { !view.isAbsent($0) } } ?? sources
                var items: [Column] = []
                for source in offered.isEmpty ? sources : offered {
                    items.append(try stored.column(source).withKinds(as: name, answers))
                }
                columns.append(Column(name: name, anyOf: items))
            }
        }
        return columns
    }
}

extension Question {
    /// A column of the question, or of one of its items, that misses every row for one reason.
    fileprivate func column(_ name: String, isItem: Bool, of kind: MissingKind, rowCount: Int) -> Column {
        let byte = kind.rawValue
        switch type {
        case .single, .scale, .region:
            let codes = answers.map(\.code)
            return Column(
                name: name, answers: codes, rowCount: rowCount, kinds: Array(repeating: byte, count: rowCount)
            ) {
                _ in 0
            }
        case .multiple:
            let values = Column.Values.bytes(Array(repeating: byte, count: rowCount))
            return Column(name: name, kind: isItem ? .item : .set, values: values)
        case .number, .money, .date:
            let values = Column.Values.numbers(
                Array(repeating: 0, count: rowCount), kinds: Array(repeating: byte, count: rowCount))
            return Column(name: name, kind: type == .date ? .date : .number, values: values)
        case .text:
            let word = Column.missingIndex | UInt32(byte)
            return Column(name: name, kind: .text, values: .indexes(Array(repeating: word, count: rowCount)))
        }
    }
}

extension Column {
    /// The column with other codes: bytes are replaced through one table, so no answer is looked up by row.
    fileprivate func recoded(as name: String, codes: [String], _ map: AnswerMap) -> Column {
        let positions = Dictionary(zip(codes, 0...), uniquingKeysWith: { first, _ in first })
        let isWide = codes.count > Column.mostByteAnswers
        func word(_ target: AnswerMap.Target?) -> UInt16 {
            switch target {
            case .answer(let code): positions[code].map { UInt16(clamping: $0) } ?? word(.missing(.unreadable))
            case .missing(let kind): Column.missingWord | UInt16(kind.rawValue)
            case nil: word(.missing(.unreadable))
            }
        }
        let answers = dictionary.map { word(map.answers[$0]) }
        let kinds = (0...255).map { byte -> UInt16 in
            guard let kind = MissingKind(rawValue: UInt8(byte)) else { return word(nil) }
            return word(map.kinds[kind] ?? .missing(kind))
        }
        var words: [UInt16]
        switch values {
        case .bytes(let bytes):
            let table = (0...255).map { byte in
                byte < MissingKind.lowest ? (byte < answers.count ? answers[byte] : word(nil)) : kinds[byte]
            }
            if !isWide {
                let narrow = table.map { UInt8(truncatingIfNeeded: $0) }
                return Column(name: name, kind: kind, dictionary: codes, values: .bytes(bytes.map { narrow[Int($0)] }))
            }
            words = bytes.map { table[Int($0)] }
        case .words(let stored):
            words = stored.map {
                $0 >= Column.missingWord
                    ? kinds[Int($0 & 0xFF)] : Int($0) < answers.count ? answers[Int($0)] : word(nil)
            }
        case .indexes, .numbers: words = Array(repeating: word(nil), count: rowCount)
        }
        let values: Values = isWide ? .words(words) : .bytes(words.map { UInt8(truncatingIfNeeded: $0) })
        return Column(name: name, kind: kind, dictionary: codes, values: values)
    }

    /// The column under another name, with own kinds of missing answers as they are numbered here.
    fileprivate func withKinds(as name: String, _ map: AnswerMap) -> Column {
        var table = (0...255).map { UInt8($0) }
        for (kind, target) in map.kinds {
            if case .missing(let here) = target { table[Int(kind.rawValue)] = here.rawValue }
        }
        let hasChanges = !map.kinds.isEmpty
        let values: Values =
            switch self.values {
            case _ where !hasChanges: self.values
            case .bytes(let bytes): .bytes(bytes.map { $0 < MissingKind.lowest ? $0 : table[Int($0)] })
            case .words(let words):
                .words(words.map { $0 < Column.missingWord ? $0 : Column.missingWord | UInt16(table[Int($0 & 0xFF)]) })
            case .indexes(let indexes):
                .indexes(
                    indexes.map {
                        $0 < Column.missingIndex ? $0 : Column.missingIndex | UInt32(table[Int($0 & 0xFF)])
                    })
            case .numbers(let numbers, let kinds): .numbers(numbers, kinds: kinds.map { table[Int($0)] })
            }
        return Column(name: name, kind: kind, dictionary: dictionary, values: values)
    }

    /// An item that is chosen where any of several is.
    fileprivate init(name: String, anyOf items: [Column]) {
        var joined: [UInt8] = []
        for item in items {
            guard case .bytes(let bytes) = item.values else { continue }
            if joined.isEmpty {
                joined = bytes
                continue
            }
            for row in joined.indices where joined[row] != 1 {
                if bytes[row] == 1 || joined[row] == 0 { joined[row] = bytes[row] }
            }
        }
        self.init(name: name, kind: .item, values: .bytes(joined))
    }
}

extension VersionView {
    /// What the columns of the reference are, given what the stored columns are; a column is private if either is.
    public func descriptions(of stored: [ColumnDescription]) -> [ColumnDescription] {
        let stored = earlier.first?.descriptions(of: stored) ?? stored
        let hidden = Set(stored.filter(\.isPrivate).map(\.name))
        return reference.questions.flatMap { question in
            let names =
                [question.id]
                + (question.type == .multiple ? question.answers.map { question.itemColumn($0.code) } : [])
            return names.map { name in
                // A name of the reference has a source, or none; it cannot be unknown.
                let sources = (try? mappedSources(of: [name])) ?? []
                let kind: Column.Kind =
                    switch question.type {
                    case .single, .scale, .region: .answers
                    case .multiple: name == question.id ? .set : .item
                    case .number, .money: .number
                    case .date: .date
                    case .text: .text
                    }
                return ColumnDescription(
                    name: name, kind: kind, dictionary: question.type.isCoded ? question.answers.map(\.code) : [],
                    isPrivate: question.isPrivate || sources.contains(where: hidden.contains))
            }
        }
    }
}
