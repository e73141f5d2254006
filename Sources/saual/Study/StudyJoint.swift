internal import SurveyDesign
internal import SurveyProblems
internal import SurveyStore
internal import SurveyStudy

extension StudySpecification {
    /// Reads the joint probabilities of the waves; a file that is not there was reported already.
    func joints(in folder: String, into problems: inout [Problem]) -> [StudyDocument] {
        var documents: [StudyDocument] = []
        for file in jointFiles {
            let path = StudySpecification.path(file, relativeTo: folder)
            do throws(Problem) {
                let bytes = try JointFile.bytes(of: path)
                _ = try JointFile.parse(bytes, file: path)
                documents.append(StudyDocument(name: file, text: bytes))
            } catch {
                if error.code != "problems.unreadable-file" { problems.append(error) }
            }
        }
        return documents
    }
}

extension StudyWave {
    /// The design of a study in the names by which this wave is read, with the wave's own joint probabilities.
    func design(of study: StudySpecification) throws(Problem) -> DesignSpecification {
        var design = design(study.design)
        guard let name = study.waves.first(where: { $0.id == record.name })?.joint,
            let document = try file.documents().first(where: { $0.name == name })
        else { return design }
        design.jointFile = String(name.split(separator: "/").last ?? "")
        design.joint = try JointFile.parse(document.text, file: name)
        return design
    }
}
