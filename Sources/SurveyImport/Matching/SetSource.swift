internal import SurveyFormats
internal import SurveySchema

/// A question with several answers that is read from a set of columns which the file declares as one.
///
/// In a set of categories each column holds one of the chosen answers. In a set of dichotomies each column is an answer,
/// chosen where the cell is the counted value. What the file calls a missing value of a column stays, so that the
/// questionnaire must know it.
struct SetSource {
    /// The columns that come out, by the names that the questionnaire has for them.
    private(set) var cells: [(name: String, cell: RewrittenCell)] = []
    /// What a set of categories is read with; its cells have place 0 of a list.
    private(set) var joined: JoinedCells?
    /// The columns of the file.
    private(set) var columns: [Int] = []
    /// Columns of which nobody knows which answer they are.
    private(set) var unknown: [String] = []
    /// Columns of which two are one answer.
    private(set) var shared: [(code: String, first: String, second: String)] = []

    /// Reads a question from a set, without the columns that are left out.
    ///
    /// `texts` say, for categories, which codes the texts of the cells are, and for dichotomies which code a column is;
    /// `""` leaves it out.
    init(
        _ question: Question, from set: FileResponseSet, of codebook: FileCodebook, positions: [String: Int],
        texts: [(text: String, code: String)] = [], without ignored: Set<String> = []
    ) {
        let members = set.variables.filter { !ignored.contains($0) }
        columns = members.compactMap { positions[$0] }
        guard set.kind == .dichotomies, let counted = set.counted.map(Question.trimmed) else {
            joined = JoinedCells(
                question, columns: members.compactMap { name in positions[name].map { ($0, name) } }, texts: texts,
                separation: .none)
            guard let first = columns.first else { return }
            cells = zip(question.answers, question.columns).map { answer, column in
                (column, .choice(column: first, list: 0, code: Array(answer.code.utf8)))
            }
            return
        }
        let codes = SetSource.codes(of: members, set, codebook, question, texts)
        unknown = members.filter { codes[$0] == nil }
        var byCode: [String: String] = [:]
        for name in members {
            guard let code = codes[name], !code.isEmpty else { continue }
            if let first = byCode[code] { shared.append((code, first, name)) } else { byCode[code] = name }
        }
        let kinds = question.missing.compactMap { code in
            byCode[code.code].flatMap { positions[$0] }.map { (column: $0, code: Array(code.code.utf8)) }
        }
        for (answer, column) in zip(question.answers, question.columns) {
            guard let name = byCode[answer.code], let position = positions[name], let variable = codebook[name] else {
                continue
            }
            cells.append(
                (column, .counted(SetSource.cell(position, variable, counted, question, kinds: kinds))))
        }
    }

    /// A cell of a set of dichotomies.
    ///
    /// Where the file says which values are not counted or missing, others are no answer.
    private static func cell(
        _ position: Int, _ variable: FileVariable, _ counted: String, _ question: Question,
        kinds: [(column: Int, code: [UInt8])]
    ) -> CountedCell {
        let declared = variable.missing.compactMap { missing -> String? in
            if case .code(let code) = missing { code } else { nil }
        }
        func isMissing(_ code: String) -> Bool {
            declared.contains(code) || NumberText.number(of: code, decimalSign: 0x2E).map(variable.isMissing) == true
        }
        let labelled = variable.labels.map(\.code).filter { $0 != counted && !isMissing($0) }
        let hasRange = variable.missing.contains { if case .range = $0 { true } else { false } }
        // A bare 1 would read as chosen.
        let isOpen = labelled.isEmpty && !hasRange
        let denied = isOpen ? nil : Set((labelled + ["0", "1"]).filter { $0 != counted })
        let missing = question.missing.map(\.code) + declared
        return CountedCell(
            column: position, counted: Array(counted.utf8), denied: denied.map { Set($0.map { Array($0.utf8) }) },
            missing: missing.map { Array($0.utf8) }, kinds: kinds)
    }

    // MARK: Which column is which answer

    /// The code of each column that is known: as `texts` say it, by its name, by its label, or by the end of its name.
    private static func codes(
        of members: [String], _ set: FileResponseSet, _ codebook: FileCodebook, _ question: Question,
        _ texts: [(text: String, code: String)]
    ) -> [String: String] {
        var codes = Dictionary(texts.map { ($0.text, $0.code) }, uniquingKeysWith: { first, _ in first })
        for (answer, column) in zip(question.answers, question.columns) where codes[column] == nil {
            codes[column] = answer.code
        }
        var rest = members.filter { codes[$0] == nil }
        let labels = Dictionary(
            question.labels().texts.map { ($0.text, $0.code) }, uniquingKeysWith: { first, _ in first })
        for name in rest { codes[name] = SetSource.label(name, set, codebook).compactMap { labels[$0] }.first }
        let isLabelled = rest.contains { codes[$0] != nil }
        rest = rest.filter { codes[$0] == nil }
        // Numbers and labels beside each other would be two ways to count.
        if !isLabelled, let ends = SetSource.ends(of: rest, question) { codes.merge(ends) { first, _ in first } }
        return codes
    }

    /// What an answer is called in the file.
    private static func label(_ name: String, _ set: FileResponseSet, _ codebook: FileCodebook) -> [String] {
        guard let variable = codebook[name] else { return [] }
        let counted = variable.labels.first { $0.code == set.counted }?.label
        let label = set.labelsAreOfCounted ? counted ?? variable.label : variable.label
        return label.texts.map { Question.trimmed($0.text) }
    }

    /// The codes at the ends of names that begin alike, such as `Q5_1` and `Q5_2`; nil unless every name has one.
    private static func ends(of names: [String], _ question: Question) -> [String: String]? {
        let known = (question.answers.map(\.code) + question.missing.map(\.code)).sorted { $0.count > $1.count }
        var found: [String: String] = [:]
        var stem: String?
        for name in names {
            // Of 12 the end is 12 and not 2: what stands before a number is no digit.
            let fitting = known.first { code in
                guard name.hasSuffix(code), name.count > code.count else { return false }
                let start = name.dropLast(code.count)
                return !(code.first?.isNumber == true && start.last?.isNumber == true)
            }
            guard let fitting else { return nil }
            let start = String(name.dropLast(fitting.count))
            if let stem, stem != start { return nil }
            stem = start
            found[name] = fitting
        }
        return found
    }
}
