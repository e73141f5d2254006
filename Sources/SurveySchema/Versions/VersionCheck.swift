public import SurveyProblems
internal import SurveyYAML

/// Holds the map from an older version against that version's questionnaire.
extension Questionnaire {
    /// Everything that keeps answers of an older version from being read in the terms of this one.
    ///
    /// Nothing is reported if this questionnaire has no entry for that version, or if the ids of the two differ. `file` is
    /// the file of this questionnaire, where the entry stands. Besides errors there may be cautions.
    public func problems(reading older: Questionnaire, file: String) -> [Problem] {
        guard older.id == id, let map = map(from: older.version) else { return [] }
        var problems: [Problem] = []
        func report(_ problem: Problem, at mark: YAMLMark) {
            // The items of a roster have the mistake of their roster in common.
            let placed = problem.placed(file: file, line: mark.line, position: mark.position)
            if !problems.contains(placed) { problems.append(placed) }
        }
        let version = older.version
        var notThere: [String] = []
        for question in questions {
            let id = question.item?.roster ?? question.id
            let renaming = map.renamed.first { $0.here == id }
            let mark = renaming?.mark ?? map.recoding(of: question.id)?.mark ?? map.mark
            guard let source = map.source(of: question.id) else {
                if let asked = older.question(question.id), asked.type.isReadable(as: question.type),
                    let mark = map.absent.first(where: { $0.question == id })?.mark
                {
                    report(.absentButAsked(id, version: version), at: mark)
                }
                continue
            }
            guard let asked = older.question(source) else {
                let there = VersionMap.parts(of: source).id
                // An item that an older roster did not have is not in its waves, as a new answer of a list is.
                if question.item != nil, older.roster(there) != nil { continue }
                if renaming == nil {
                    if !notThere.contains(id) { notThere.append(id) }
                } else {
                    report(.unknownThere(there, version: version, known: older.wholeIDs), at: mark)
                }
                continue
            }
            guard asked.type.isReadable(as: question.type) else {
                let there = VersionMap.parts(of: source).id
                report(.unreadableType(id, question.type, from: there, asked.type, version: version), at: mark)
                continue
            }
            let recoding = map.recoding(of: question.id)
            let there = VersionMap.parts(of: source).id
            let known = (asked.answers.map(\.code)) + asked.missing.map(\.code)
            for code in recoding?.codes ?? [] where !known.contains(code.there) {
                report(.unknownCodeThere(code.there, of: there, version: version, codes: known), at: code.mark)
            }
            guard let answers = answerMap(of: question, from: older)?.map else { continue }
            if !answers.unmapped.isEmpty {
                report(
                    .unmappedAnswers(answers.unmapped, of: id, version: version), at: recoding?.mark ?? mark)
            }
            if !answers.turned.isEmpty {
                report(.turnedCodes(answers.turned, of: id, version: version), at: recoding?.mark ?? mark)
            }
            for code in recoding?.codes ?? [] where answers.inseparable.contains(code.there) {
                report(.inseparableCodes(code.there, of: there, version: version), at: code.mark)
            }
        }
        if !notThere.isEmpty { report(.notThere(notThere, version: version), at: map.mark) }
        let unknown = kinds(of: older).unknown
        if !unknown.isEmpty { report(.kindsNotHere(unknown, version: version), at: map.mark) }
        return problems.inOrderOfPlaces
    }
}

extension Questionnaire {
    /// The ids of questions, a roster as one.
    fileprivate var wholeIDs: [String] {
        var seen: Set<String> = []
        return questions.map { $0.item?.roster ?? $0.id }.filter { seen.insert($0).inserted }
    }
}

extension [Problem] {
    /// The problems by line and character.
    fileprivate var inOrderOfPlaces: [Problem] {
        enumerated().sorted {
            ($0.element.place.line ?? 0, $0.element.place.position ?? 0, $0.offset)
                < ($1.element.place.line ?? 0, $1.element.place.position ?? 0, $1.offset)
        }.map(\.element)
    }
}

extension Problem {
    /// An id that the older version does not have.
    static func unknownThere(_ id: String, version: String, known: [String]) -> Problem {
        let near = NearestNames.of(id, among: known)
        return Problem(
            "schema.unknown-there", .input, what: "Version \"\(version)\" has no question \"\(id)\"",
            place: Place(variable: id), why: "the questions of that version are \(list: known); found \"\(id)\"",
            fix: "write \(list: near.isEmpty ? known : near), or list the question under \"absent\"")
    }

    /// Questions here that the older version does not have and of which nothing is said.
    static func notThere(_ ids: [String], version: String) -> Problem {
        Problem(
            "schema.not-there", .input, what: "Questions that version \"\(version)\" does not have: \(list: ids)",
            place: Place(variable: ids.first),
            why: "a question must be there under its own id, be renamed, or be absent; found \(ids.count) of none",
            fix: "add them to \"absent\", or to \"renamed\" with the ids that they had")
    }

    /// A question listed as absent that the older version has.
    static func absentButAsked(_ id: String, version: String) -> Problem {
        Problem(
            "schema.absent-but-asked", .input, severity: .caution,
            what: "\"\(id)\" is listed as absent, and version \"\(version)\" has it", place: Place(variable: id),
            why:
                "a question under \"absent\" has no answers in the waves of that version; the answers there are not read",
            fix: "delete it from \"absent\", or leave it if another question was meant")
    }

    /// A type that cannot be read as another.
    static func unreadableType(
        _ id: String, _ type: QuestionType, from there: String, _ asked: QuestionType, version: String
    ) -> Problem {
        Problem(
            "schema.unreadable-type", .input,
            what: "\"\(there)\" of version \"\(version)\" cannot be read as \"\(id)\"",
            place: Place(variable: id),
            why:
                "answers become answers, numbers numbers, sets sets; found \(asked.rawValue) there and \(type.rawValue) here",
            fix: "list \"\(id)\" under \"absent\", or correct the type")
    }

    /// A recoded answer that the older version does not have.
    static func unknownCodeThere(_ code: String, of id: String, version: String, codes: [String]) -> Problem {
        Problem(
            "schema.unknown-code-there", .input,
            what: "\"\(id)\" of version \"\(version)\" has no answer \"\(code)\"", place: Place(variable: id),
            why: "its codes are \(list: codes); found \"\(code)\"", fix: "write one of these codes, or delete the entry"
        )
    }

    /// Answers of the older version that nothing here equals.
    static func unmappedAnswers(_ codes: [String], of id: String, version: String) -> Problem {
        Problem(
            "schema.unmapped-answers", .input,
            what: "Answers of \"\(id)\" in version \"\(version)\" are not mapped: \(list: codes)",
            place: Place(variable: id),
            why: "each code there must be recoded or be a code here too; found \(codes.count)",
            fix: "add them under \"recoded\": {\(id): {\(codes.first ?? ""): …}}")
    }

    /// Codes that meant a missing answer and mean an answer now.
    static func turnedCodes(_ codes: [String], of id: String, version: String) -> Problem {
        Problem(
            "schema.turned-codes", .input,
            what: "Codes of \"\(id)\" are missing answers in version \"\(version)\" and answers here: \(list: codes)",
            place: Place(variable: id), why: "one code may not mean two things without a word; found \(codes.count)",
            fix: "say what they become under \"recoded\": {\(id): {\(codes.first ?? ""): …}}")
    }

    /// A missing code that is recoded while another of its kind is not.
    static func inseparableCodes(_ code: String, of id: String, version: String) -> Problem {
        Problem(
            "schema.inseparable-codes", .input,
            what: "Missing code \"\(code)\" of \"\(id)\" in version \"\(version)\" cannot be recoded alone",
            place: Place(variable: id),
            why: "a wave keeps the kind of a missing answer and not its code; another code there has the same kind",
            fix: "recode all codes of this kind to the same, or none")
    }

    /// Own missing kinds of the older version that have no name here.
    static func kindsNotHere(_ kinds: [String], version: String) -> Problem {
        Problem(
            "schema.kinds-not-here", .input,
            what: "Missing kinds of version \"\(version)\" are not declared here: \(list: kinds)",
            why: "own kinds of missing answers are kept by their names; found \(kinds.count) without a code here",
            fix: "declare a missing code of each kind under \"missing\" at the top")
    }
}
