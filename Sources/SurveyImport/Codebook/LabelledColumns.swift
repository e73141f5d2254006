internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// What the questions of a file are that describes its own columns: its codebook held against its cells.
struct LabelledColumns {
    private let codebook: FileCodebook
    /// The columns that matter, in the order of the file.
    private let variables: [(position: Int, variable: FileVariable)]
    private var scans: [CodeScan?]
    private var keys: [KeySet?]
    private var rowCount = 0
    private(set) var findings: [Problem] = []

    /// Different codes that a list of answers may have beside those with a label.
    static let mostUnlabelled = 240
    /// Items that a multiple question may have.
    static let mostItems = 240

    init(_ codebook: FileCodebook, only: [String], findsKey: Bool) {
        self.codebook = codebook
        variables = codebook.variables.enumerated().filter { only.isEmpty || only.contains($0.element.name) }.map {
            ($0.offset, $0.element)
        }
        let inSets = Set(codebook.sets.flatMap(\.variables))
        scans = variables.map { _, variable in
            let isScanned =
                !variable.labels.isEmpty || !variable.missing.isEmpty || inSets.contains(variable.name)
                || (codebook.hasExtendedMissing && variable.content == .number)
            return isScanned ? CodeScan(limit: LabelledColumns.mostUnlabelled + variable.labels.count) : nil
        }
        keys = variables.enumerated().map { index, entry in
            let isCandidate = findsKey && (index == 0 || DraftQuestion.namesKey(entry.variable.name))
            return isCandidate && entry.variable.labels.isEmpty ? KeySet() : nil
        }
    }

    mutating func add(_ batch: RawBatch) {
        rowCount += batch.rowCount
        for index in variables.indices {
            let column = variables[index].position
            if scans[index] != nil { scans[index]?.add(batch, column: column) }
            guard keys[index] != nil else { continue }
            let cells = BatchRows(batch, 0..<batch.rowCount).cells(column)
            for row in 0..<cells.count {
                let cell = cells[row]
                if cell.count == 0 || keys[index]?.insert(TextHash.of(cell.start, cell.count)) == false {
                    keys[index] = nil
                    break
                }
            }
        }
    }

    // MARK: What follows

    /// The questions; sets of answers become one question where `groupsSets` says so.
    mutating func questions(groupsSets: Bool) -> [DraftQuestion] {
        var names = DraftNames(columns: variables.map(\.variable.name))
        let isKey = rowCount > 1 ? keys.indices.filter { keys[$0] != nil } : []
        let key = isKey.first { DraftQuestion.namesKey(variables[$0].variable.name) } ?? isKey.first
        var kinds = MissingKindNames()
        var sets: [String: FileResponseSet] = [:]
        var grouped: Set<String> = []
        if groupsSets {
            for set in codebook.sets {
                guard let first = set.variables.first, canGroup(set, besides: grouped) else {
                    findings.append(.setNotGrouped(set.name))
                    continue
                }
                sets[first] = set
                grouped.formUnion(set.variables)
            }
        }
        var questions: [DraftQuestion] = []
        for (index, entry) in variables.enumerated() {
            let variable = entry.variable
            if let set = sets[variable.name] {
                questions.append(question(of: set, &names, &kinds))
            } else if !grouped.contains(variable.name) {
                questions.append(question(index, id: names.id(ofColumn: variable.name), isKey: index == key, &kinds))
            }
        }
        return questions
    }

    private func question(_ index: Int, id: String, isKey: Bool, _ kinds: inout MissingKindNames) -> DraftQuestion {
        let variable = variables[index].variable
        var question = DraftQuestion(id: id, columns: [variable.name], name: variable.name, guess: .anyNumber)
        question.label = variable.label
        question.isDescribed = true
        let missing = missingCodes(index)
        question.missing = missing.map { code in
            let label = variable.labels.first { $0.code == code }?.label ?? .empty
            return (code, kinds.name(ofCode: code, label: label), label)
        }
        if isKey {
            question.guess = .key
            return question
        }
        switch variable.content {
        case .date: question.guess = .date
        case .dateTime, .time: question.guess = .text(isEmpty: false)
        case .number, .text:
            if let codes = answers(index, without: Set(missing)) {
                let isWhole = codes.allSatisfy { Int($0).map(String.init) == $0 }
                let isScale = variable.content == .number && variable.measure != .nominal && isWhole
                question.guess = isScale ? .scale(codes: codes) : .single(codes: codes)
                question.answerLabels = Dictionary(
                    variable.labels.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first })
            } else if variable.content == .text {
                question.guess = .text(isEmpty: false)
            }
        }
        return question
    }

    /// The codes of a list of answers; nil where the column is a number or a text.
    private func answers(_ index: Int, without missing: Set<String>) -> [String]? {
        let variable = variables[index].variable
        guard let scan = scans[index], !scan.isOverfull else { return nil }
        let labelled = variable.labels.map(\.code).filter { !missing.contains($0) && !$0.isEmpty }
        guard !labelled.isEmpty else { return nil }
        let known = Set(labelled)
        let unlabelled = scan.codes.filter { !missing.contains($0) && !known.contains($0) }
        // A number with names for a few of its values is still a number.
        if !unlabelled.isEmpty, variable.measure == .scale || unlabelled.count > LabelledColumns.mostUnlabelled {
            return nil
        }
        let codes = labelled + unlabelled
        // Two ways to write one text in Unicode are two codes in the file and one in YAML.
        guard Set(codes).count == codes.count, codes.allSatisfy({ $0.utf8.count <= ColumnProfile.longestCode }) else {
            return nil
        }
        return variable.content == .number ? CodeScan.sorted(codes) : codes
    }

    /// The missing codes of each column by its name.
    func missingCodes() -> [String: [String]] {
        Dictionary(
            variables.indices.map { (variables[$0].variable.name, missingCodes($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Declared codes, and those of the cells that lie in a range or are Stata's.
    private func missingCodes(_ index: Int) -> [String] {
        let variable = variables[index].variable
        var codes: [String] = []
        func add(_ code: String) { if !code.isEmpty, !codes.contains(code) { codes.append(code) } }
        for case .code(let code) in variable.missing { add(code) }
        let candidates = variable.labels.map(\.code) + (scans[index]?.codes ?? [])
        for code in candidates {
            if variable.content == .number, let value = NumberText.number(of: code, decimalSign: 0x2E) {
                if variable.isMissing(value) { add(code) }
            } else if codebook.hasExtendedMissing, variable.content != .text, code.utf8.count == 2, code.hasPrefix(".")
            {
                add(code)
            }
        }
        return CodeScan.sorted(codes)
    }

    // MARK: Sets

    /// True if a set is one multiple question as questionnaires know it: columns of 0 and 1 that no other set has.
    private func canGroup(_ set: FileResponseSet, besides grouped: Set<String>) -> Bool {
        guard set.kind == .dichotomies, set.counted == "1", set.variables.count >= 2,
            set.variables.count <= LabelledColumns.mostItems, Set(set.variables).count == set.variables.count
        else { return false }
        return set.variables.allSatisfy { name in
            guard !grouped.contains(name), let index = variables.firstIndex(where: { $0.variable.name == name }),
                let scan = scans[index], !scan.isOverfull, variables[index].variable.content == .number
            else { return false }
            let missing = Set(missingCodes(index))
            return scan.codes.allSatisfy { $0 == "0" || $0 == "1" || missing.contains($0) }
        }
    }

    private func question(
        of set: FileResponseSet, _ names: inout DraftNames, _ kinds: inout MissingKindNames
    ) -> DraftQuestion {
        let stem = set.name.hasPrefix("$") ? String(set.name.dropFirst()) : set.name
        var question = DraftQuestion(
            id: names.id(of: stem), columns: set.variables, name: set.name, guess: .multiple(codes: set.variables))
        question.label = set.label
        question.isDescribed = true
        for name in set.variables {
            guard let index = variables.firstIndex(where: { $0.variable.name == name }) else { continue }
            let variable = variables[index].variable
            let counted = variable.labels.first { $0.code == set.counted }?.label
            question.answerLabels[name] = set.labelsAreOfCounted ? counted ?? variable.label : variable.label
            for code in missingCodes(index) where !question.missing.contains(where: { $0.code == code }) {
                let label = variable.labels.first { $0.code == code }?.label ?? .empty
                question.missing.append((code, kinds.name(ofCode: code, label: label), label))
            }
        }
        return question
    }
}

extension Problem {
    /// A set of a file that is no multiple question of a questionnaire.
    static func setNotGrouped(_ set: String) -> Problem {
        Problem(
            "import.set-not-grouped", .finding, severity: .caution,
            what: "The variables of the set \"\(set)\" are kept one by one", place: Place(variable: set),
            why: "a multiple question has columns of 0 and 1, each in one question only; this set is of another form",
            fix: "recode its variables in the file, or write the question into a questionnaire")
    }
}
