internal import SurveyProblems
internal import SurveySchema

/// What the columns of a table become in triple-S.
struct TripleSPlan {
    /// How the cells of a variable are written.
    enum Content {
        /// Codes of `single`; as texts where they are no numbers.
        case single(isLiteral: Bool)
        case quantity
        case character(size: Int)
        case logical, date, time
        /// The columns of a question with several answers, with the code of each.
        case bits([(column: Int, code: Int)])
    }

    struct Variable {
        var name: String
        /// The column, the first one of several.
        var column: Int
        var content: Content
    }

    let columns: [SAVOutgoing]
    private(set) var variables: [Variable] = []
    private let scans: [OutgoingColumn]
    private let looks: [TripleSLook]

    var hasOtherLetters: Bool { looks.contains(where: \.hasOtherLetters) }

    init(_ table: OutgoingTable, _ scans: [OutgoingColumn], _ report: inout WritingReport) throws(Problem) {
        self.scans = scans
        columns = try SAVOutgoing.all(table, scans, as: .tripleS, &report)
        let groups = TripleSPlan.groups(table.codebook)
        let looked = try TripleSLook.look(table, columns, groups: groups.map(\.columns))
        looks = looked.columns
        var owner: [Int: Int] = [:]
        for (index, group) in groups.enumerated() where looked.isWhole[index] {
            for column in group.columns { owner[column] = index }
        }
        let names = Set(columns.map(\.name))
        var done: Set<Int> = []
        for column in columns.indices {
            guard let group = owner[column] else {
                variables.append(Variable(name: columns[column].name, column: column, content: content(column)))
                continue
            }
            guard done.insert(group).inserted else { continue }
            append(groups[group], names: names, &report)
        }
        for set in table.codebook.sets
        where !groups.indices.contains(where: { groups[$0].set.name == set.name && looked.isWhole[$0] }) {
            report.losses.append(.notHeld(set.name, column: set.name, format: TripleSWriter.name))
        }
        losses(table, &report)
    }

    // MARK: Sets

    private typealias Group = (set: FileResponseSet, columns: [Int])

    /// Sets of columns of 0 and 1 that no other set has.
    private static func groups(_ codebook: FileCodebook) -> [Group] {
        var positions: [String: Int] = [:]
        for (index, variable) in codebook.variables.enumerated() { positions[variable.name] = index }
        var taken: Set<Int> = []
        var groups: [Group] = []
        for set in codebook.sets where set.kind == .dichotomies && set.counted == "1" {
            let columns = set.variables.compactMap { positions[$0] }
            let fits = columns.allSatisfy { column in
                codebook.variables[column].content == .number && !taken.contains(column)
                    && codebook.variables[column].missing.isEmpty
            }
            guard fits, columns.count == set.variables.count, Set(columns).count == columns.count, !columns.isEmpty
            else { continue }
            taken.formUnion(columns)
            groups.append((set, columns))
        }
        return groups
    }

    private mutating func append(_ group: Group, names: Set<String>, _ report: inout WritingReport) {
        var name = String(group.set.name.drop { $0 == "$" })
        name = NameShortener.names([name], SAVOutgoing.tripleSRules)[0]
        while names.contains(name) { name += "_" }
        // The codes that the names of the columns end in, where all do.
        var codes = group.columns.map { column -> Int? in
            let own = columns[column].name
            guard own.hasPrefix(name + "_"), let code = Int(own.dropFirst(name.count + 1)), code > 0, code <= 9999
            else {
                return nil
            }
            return code
        }
        if codes.contains(nil) || Set(codes).count < codes.count { codes = Array(1...group.columns.count) }
        let members = zip(group.columns, codes).map { (column: $0, code: $1 ?? 0) }
        for member in members {
            let written = "\(name)_\(member.code)"
            let own = columns[member.column].variable.name
            report.renamed.removeAll { $0.name == own }
            if own != written { report.renamed.append((own, written)) }
        }
        variables.append(Variable(name: name, column: group.columns[0], content: .bits(members)))
    }

    // MARK: Types

    private func content(_ column: Int) -> Content {
        let (variable, look, scan) = (columns[column].variable, looks[column], scans[column])
        switch variable.content {
        case .date: return .date
        case .time where look.isClock: return .time
        case .time, .dateTime: return .character(size: max(1, look.longest))
        case .text:
            let isCoded = !variable.labels.isEmpty && look.isLabelled && variable.labels.allSatisfy { !$0.code.isEmpty }
            return isCoded ? .single(isLiteral: true) : .character(size: max(1, look.longest))
        case .number:
            let codes = variable.labels.compactMap { columns[column].value($0.code) }
            let isCode: (Double) -> Bool = { $0 == $0.rounded() && $0 >= 0 && $0 <= 2_147_483_647 }
            let isWhole = scan.least > scan.greatest || (scan.areWhole && isCode(scan.least) && isCode(scan.greatest))
            if variable.format == "logical", variable.labels.isEmpty, scan.least > scan.greatest || look.areBits {
                return .logical
            }
            let isSingle = !codes.isEmpty && isWhole && scan.letters == 0 && codes.allSatisfy(isCode)
            return isSingle ? .single(isLiteral: false) : .quantity
        }
    }

    private func losses(_ table: OutgoingTable, _ report: inout WritingReport) {
        func lose(_ property: String, _ column: String) {
            report.losses.append(.notHeld(property, column: column, format: TripleSWriter.name))
        }
        for variable in variables {
            let column = columns[variable.column].variable
            switch variable.content {
            case .character where column.content == .dateTime: lose("date and time", column.name)
            case .character where column.content == .time: lose("time", column.name)
            case .character where !column.labels.isEmpty, .date where !column.labels.isEmpty,
                .time where !column.labels.isEmpty:
                lose("labels", column.name)
            default: break
            }
            if !column.missing.isEmpty { lose("missing", column.name) }
        }
        if columns.contains(where: { $0.variable.measure != nil }) { lose("measure", "*") }
        if !table.codebook.notes.isEmpty { lose("notes", "*") }
        let kept: Set<String> = ["use", "filter", "scores"]
        if columns.contains(where: { $0.variable.attributes.contains { !kept.contains($0.name) } }) {
            lose("attributes", "*")
        }
        if let weight = table.codebook.weight {
            let isQuantity = variables.contains {
                guard columns[$0.column].variable.name == weight, case .quantity = $0.content else { return false }
                return true
            }
            if !isQuantity { lose("weight", weight) }
        }
    }

    // MARK: Metadata

    func metadata(of table: OutgoingTable) -> String {
        var definition = TripleSDefinition()
        if table.language == nil {
            definition.languages = table.codebook.languages.filter { $0 != .undetermined }.map(\.rawValue)
        }
        definition.title = text(table.codebook.label, table)
        definition.variables = variables.enumerated().map { self.definition(of: $1, field: $0 + 1, table) }
        return definition.xml
    }

    private func text(_ text: LocalizedText, _ table: OutgoingTable) -> TripleSDefinition.Text {
        guard table.language == nil, !text.isEmpty else { return TripleSDefinition.Text(own: table.label(text)) }
        var others = text.texts.map { (language: $0.language.rawValue, text: $0.text) }
        // The first one stands without a language, so the languages of a text that has one are all named.
        guard text.texts.first?.language == .undetermined else {
            return TripleSDefinition.Text(own: table.label(text), others: others)
        }
        let own = others.removeFirst()
        return TripleSDefinition.Text(own: own.text, others: others)
    }

    private func definition(of variable: Variable, field: Int, _ table: OutgoingTable) -> TripleSDefinition.Variable {
        let column = columns[variable.column]
        var label = column.variable.label
        if case .bits = variable.content {
            label = table.codebook.sets.first { $0.variables.contains(column.variable.name) }?.label ?? .empty
        }
        var found = TripleSDefinition.Variable(
            kind: kind(variable.content), name: variable.name, label: text(label, table), start: field, finish: field)
        found.use = use(variable, table)
        if let filter = attribute("filter", column)?.first, variables.contains(where: { $0.name == filter }) {
            found.filter = filter
        }
        switch variable.content {
        case .character(let size): found.size = size
        case .logical, .date, .time: break
        case .single(let isLiteral):
            found.isLiteral = isLiteral
            addValues(variable.column, hasRange: !isLiteral, table, to: &found)
        case .quantity: addValues(variable.column, hasRange: true, table, to: &found)
        case .bits(let members):
            found.values = members.map {
                TripleSDefinition.Value(code: String($0.code), label: text(columns[$0.column].variable.label, table))
            }
        }
        return found
    }

    private func use(_ variable: Variable, _ table: OutgoingTable) -> String? {
        let column = columns[variable.column].variable
        switch variable.content {
        case .quantity where column.name == table.codebook.weight: return "weight"
        case .quantity, .character:
            return attribute("use", columns[variable.column])?.first == "serial" ? "serial" : nil
        default: return nil
        }
    }

    private func attribute(_ name: String, _ column: SAVOutgoing) -> [String]? {
        column.variable.attributes.first { $0.name == name }?.values
    }

    private func kind(_ content: Content) -> TripleSDefinition.Kind {
        switch content {
        case .single: .single
        case .quantity: .quantity
        case .character: .character
        case .logical: .logical
        case .date: .date
        case .time: .time
        case .bits: .multiple
        }
    }

    private func addValues(
        _ index: Int, hasRange: Bool, _ table: OutgoingTable, to found: inout TripleSDefinition.Variable
    ) {
        let (column, scan) = (columns[index], scans[index])
        let isCoded = !column.variable.labels.isEmpty
        if hasRange, !isCoded || !looks[index].isLabelled {
            let isEmpty = scan.least > scan.greatest
            let (least, greatest) = isEmpty ? (0, 0) : (scan.least, scan.greatest)
            found.range = (limit(least, scan), limit(greatest, scan))
        }
        let scores = attribute("scores", column) ?? []
        for answer in column.variable.labels {
            var code = answer.code
            if column.width == 0 {
                guard let value = column.value(code) else { continue }
                code = TripleSNumber.text(value)
            }
            var value = TripleSDefinition.Value(code: code, label: text(answer.label, table))
            value.score = scores.first { $0.hasPrefix(answer.code + "=") }.map {
                String($0.dropFirst(answer.code.count + 1))
            }
            found.values.append(value)
        }
    }

    private func limit(_ value: Double, _ scan: OutgoingColumn) -> String {
        TripleSDefinition.limit(value, isWhole: scan.areWhole)
    }
}
