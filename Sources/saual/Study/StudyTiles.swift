internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyYAML

extension StudySpecification {
    /// Reads the tiles of the report's map from their file, which was reported already if it is not there.
    func tiles(
        in folder: String, _ waves: [(id: String, questionnaire: Questionnaire)], _ document: YAMLDocument,
        into problems: inout [Problem]
    ) -> StudyDocument? {
        guard let map = report?.tileMap else { return nil }
        do throws(Problem) {
            let path = StudySpecification.path(map.file, relativeTo: folder)
            let bytes = try InputFile.bytes(of: path)
            let checked = TileLayout.read(bytes, file: path)
            problems += checked.problems
            if let layout = checked.value {
                problems += check(
                    tiles: layout, against: waves.map { (wave: $0.id, questionnaire: $0.questionnaire) }, in: document)
            }
            return StudyDocument(name: map.file, text: bytes)
        } catch {
            if error.code != "problems.unreadable-file" { problems.append(error) }
            return nil
        }
    }
}

extension StudyFigures {
    /// The tiles of the report's map as the study file keeps them.
    func tiles() throws(Problem) -> TileLayout? {
        guard let map = specification.report?.tileMap,
            let document = try file.documents().first(where: { $0.name == map.file })
        else { return nil }
        return try TileLayout.read(document.text, file: document.name).get()
    }
}
