internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy

/// The tables of regions that the questionnaires of a study name.
extension LoadedStudy {
    /// How cells of region questions of a wave are looked up, at the time of its fieldwork.
    func regions(ofWave position: Int) -> Checked<[String: RegionLookup]> {
        LoadedStudy.regions(of: questionnaires[position], specification.waves[position], folder: folder)
    }

    static func regions(
        of questionnaire: Questionnaire, _ wave: StudySpecification.Wave, folder: String
    ) -> Checked<[String: RegionLookup]> {
        let path = StudySpecification.path(wave.questionnaire, relativeTo: folder)
        return RegionLookup.read(
            for: questionnaire, folder: LoadedStudy.folder(of: path), file: path, fieldwork: wave.fieldwork)
    }

    /// The hashes of the tables of a wave, under the names by which the questionnaire calls them.
    func regionFiles(ofWave position: Int) throws(Problem) -> [StepStamp.Part] {
        let path = StudySpecification.path(specification.waves[position].questionnaire, relativeTo: folder)
        var parts: [StepStamp.Part] = []
        for file in questionnaires[position].questions.flatMap({ $0.regions?.files ?? [] }).uniqued {
            let table = RegionSource.path(file, relativeTo: LoadedStudy.folder(of: path))
            parts.append(StepStamp.Part(file, try RawSource.hash(of: table)))
        }
        return parts
    }

    /// The days of the fieldwork, if a table of regions makes the import depend on them.
    func fieldwork(ofWave position: Int) -> String {
        guard questionnaires[position].questions.contains(where: { $0.regions != nil }),
            let days = specification.waves[position].fieldwork
        else { return "" }
        return "\(days.start) \(days.end)"
    }
}

extension StudySpecification.Wave {
    /// First and last day of the fieldwork; nil if the study does not say.
    var fieldwork: RegionLookup.Fieldwork? {
        guard let start = fieldStart.flatMap(CalendarDate.init(iso:)),
            let end = fieldEnd.flatMap(CalendarDate.init(iso:))
        else { return nil }
        return (start, end)
    }
}
