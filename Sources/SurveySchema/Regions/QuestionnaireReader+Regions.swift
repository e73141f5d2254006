internal import SurveyProblems
internal import SurveyYAML

/// The keys of a region question that say how names and codes in the cells are looked up.
extension QuestionnaireReader {
    private static let regionKeys = ["aliases", "code system", "district", "district moves"]

    func readRegions(of draft: inout QuestionDraft, _ map: YAMLMap) {
        let given = QuestionnaireReader.regionKeys.filter { map.node($0) != nil }
        guard !given.isEmpty else { return }
        if let type = draft.type, type != .region {
            for key in given {
                reader.report(.notForRegions(key, of: draft.id, type: type), at: map.keyMark(key) ?? map.mark)
            }
            return
        }
        for (key, needed) in [
            ("code system", "aliases"), ("district", "district moves"), ("district moves", "district"),
            ("district moves", "aliases"),
        ] where given.contains(key) && !given.contains(needed) {
            reader.report(.regionKeyAlone(key, needs: needed), at: map.keyMark(key) ?? map.mark)
        }
        guard let aliases = map.node("aliases").flatMap(path) else { return }
        draft.regions = RegionSource(
            aliases: aliases, codeSystem: map.text("code system"), district: map.text("district"),
            districtMoves: map.node("district moves").flatMap(path),
            marks: Dictionary(
                given.compactMap { key in map.node(key).map { (key, $0.mark) } },
                uniquingKeysWith: { first, _ in first }))
    }

    /// The name of a file that is only read.
    private func path(_ node: YAMLNode) -> String? {
        guard let path = reader.text(node) else { return nil }
        guard !path.isEmpty, path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            reader.report(.notAPath(path), at: node.mark)
            return nil
        }
        return path
    }

    /// The question of the district must be another one with one cell a row.
    func reportDistricts() {
        for draft in questions {
            guard let name = draft.regions?.district, let mark = draft.regions?.marks["district"] else { continue }
            guard let district = questions.first(where: { $0.id == name }), name != draft.id else {
                let known = questions.map(\.id).filter { $0 != draft.id }
                reader.report(.unknownName(name, known: known), at: mark)
                continue
            }
            if let type = district.type, type == .multiple || type == .date {
                reader.report(.notADistrict(name, type: type), at: mark)
            }
        }
    }
}

extension Problem {
    /// A key of region questions at another one.
    static func notForRegions(_ key: String, of id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.not-for-regions", .input, what: "\"\(key)\" cannot stand at question \"\(id)\"",
            place: Place(variable: id),
            why: "only a question of type region looks its cells up in a table; the type is \(type.rawValue)",
            fix: "delete the line, or make the type region")
    }

    /// A key that says nothing without another.
    static func regionKeyAlone(_ key: String, needs: String) -> Problem {
        Problem(
            "schema.region-key-alone", .input, what: "\"\(key)\" stands without \"\(needs)\"",
            why: "\"\(key)\" is used with \"\(needs)\" only", fix: "add \"\(needs): …\", or delete the line")
    }

    /// A text that names no file.
    static func notAPath(_ path: String) -> Problem {
        Problem(
            "schema.not-a-path", .input, what: "This names no file",
            why: "a path has at least one character and no control characters; found \"\(path)\"",
            fix: "write the path of a CSV file, relative to this questionnaire")
    }

    /// A question whose cells cannot name a district.
    static func notADistrict(_ id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.not-a-district", .input, what: "\"\(id)\" cannot name a district", place: Place(variable: id),
            why: "a district is one name or code a row; the type is \(type.rawValue)",
            fix: "name a question of type text, single, region or number")
    }
}
