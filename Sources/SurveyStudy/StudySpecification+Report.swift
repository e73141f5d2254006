public import SurveyProblems
public import SurveySchema
public import SurveyYAML

extension StudySpecification {
    /// The places of the report that a person has yet to fill in, as a caution; nil if none is open.
    public var openPlacesCaution: Problem? {
        let places = report?.openPlaces(of: waves) ?? []
        return places.isEmpty ? nil : .openPlaces(places)
    }

    /// Checks the tile map against the questionnaire of every wave: the variable must be there, and codes should have tiles.
    public func check(
        tiles: TileLayout, against questionnaires: [(wave: String, questionnaire: Questionnaire)],
        in document: YAMLDocument? = nil
    ) -> [Problem] {
        guard let map = self.report?.tileMap else { return [] }
        let mark = document?.root["report"]?["tile map"]?["variable"]?.mark
        var problems: [Problem] = []
        func report(_ problem: Problem) {
            let placed = problem.placed(file: document?.file, line: mark?.line, position: mark?.position)
            if !problems.contains(placed) { problems.append(placed) }
        }
        for (wave, questionnaire) in questionnaires {
            guard let question = questionnaire.question(map.variable) else {
                if !questionnaire.derived.contains(where: { $0.id == map.variable }) {
                    report(
                        .unknownTileVariable(
                            map.variable, wave: wave,
                            known: questionnaire.questions.map(\.id) + questionnaire.derived.map(\.id)))
                }
                continue
            }
            let without = question.answers.map { $0.code }.filter { code in
                !tiles.tiles.contains { $0.code == code }
            }
            if !without.isEmpty { report(.codesWithoutTile(without, map.variable)) }
        }
        return problems
    }
}

extension Problem {
    static func unknownTileVariable(_ name: String, wave: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "study.unknown-tile-variable", .input,
            what: "The tile map names \"\(name)\", which wave \"\(wave)\" does not have",
            why: "the variable of the map must be a question or a derived variable of every wave",
            fix: "use \(list: near.isEmpty ? known : near), or add the question to the questionnaire")
    }

    static func codesWithoutTile(_ codes: [String], _ variable: String) -> Problem {
        Problem(
            "study.codes-without-tile", .finding, severity: .caution,
            what: "Answers of \"\(variable)\" have no tile: \(codes.count)",
            why: "what has no tile is named below the map only; found \(list: codes)",
            fix: "add a line for each to the file of tiles")
    }
}
