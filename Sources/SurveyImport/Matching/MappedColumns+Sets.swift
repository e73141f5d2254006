public import SurveyFormats
public import SurveyProblems
public import SurveySchema

extension MappedColumns {
    /// Takes questions with several answers from the sets that a file declares, by name; nil if there are none.
    ///
    /// A set is a question if it has its columns, or its name (`$media` is `media`) where the file lacks a column of the
    /// question. What a map says goes before it: give the columns that came out of the map.
    ///
    /// Findings, cautions: `import.set-not-matched` for a set with the name of a question whose columns are other answers.
    public static func sets(
        of codebook: FileCodebook, for questionnaire: Questionnaire, in columns: MappedColumns
    ) -> (columns: MappedColumns, problems: [Problem])? {
        let positions = Dictionary(
            columns.file.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        // A set of which the map took a column, or left one out, is the map's affair.
        let free = codebook.sets.filter { set in
            set.variables.allSatisfy { name in
                !columns.ignored.contains(name)
                    && columns.columns.indices.contains {
                        columns.columns[$0] == name && columns.origins[$0].way == .name
                    }
            }
        }
        var problems: [Problem] = []
        var found: [SetSource] = []
        var taken: Set<String> = []
        for question in questionnaire.questions where question.type == .multiple {
            let isWhole = question.columns.allSatisfy(columns.columns.contains)
            let set = free.first { set in
                guard isWhole else { return MappedColumns.names(set, question) }
                // More columns than answers can only be categories, one for each choice that was made.
                return Set(set.variables) == Set(question.columns)
                    || set.kind == .categories && Set(set.variables).isSuperset(of: question.columns)
            }
            guard let set, taken.isDisjoint(with: set.variables) else { continue }
            let source = SetSource(question, from: set, of: codebook, positions: positions)
            guard source.unknown.isEmpty, source.shared.isEmpty else {
                problems.append(
                    .setNotMatched(
                        set.name, question.id,
                        columns: source.unknown + source.shared.flatMap { [$0.first, $0.second] }
                    ))
                continue
            }
            found.append(source)
            taken.formUnion(set.variables)
        }
        guard !found.isEmpty || !problems.isEmpty else { return nil }
        var made = MappedColumns(file: columns.file, ignored: columns.ignored)
        for source in found { made.add(source, by: .set) }
        return (made.joined(with: columns.without(taken)), problems)
    }

    /// True if a set is called as a question is.
    private static func names(_ set: FileResponseSet, _ question: Question) -> Bool {
        let name = set.name.hasPrefix("$") ? String(set.name.dropFirst()) : set.name
        return name == question.id || name.lowercased() == question.id.lowercased()
    }
}

extension Problem {
    /// A set with the name of a question, of which some columns are no answer of it.
    static func setNotMatched(_ set: String, _ question: String, columns: [String]) -> Problem {
        Problem(
            "import.set-not-matched", .finding, severity: .caution,
            what: "The set \"\(set)\" of the file is not read as \"\(question)\"",
            place: Place(column: set, variable: question),
            why:
                "each of its columns must be one answer, by its name, its label or the code at the end of its name; found otherwise: \(list: columns)",
            fix: "say in a map which answer each column is: {\(set): {question: \(question), codes: {column: code}}}")
    }
}
