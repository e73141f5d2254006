internal import SurveyData
internal import SurveyDesign
internal import SurveySchema
internal import SurveyStudy

extension LoadedStudy {
    /// The design of the study with its columns as the wave at a position was asked.
    func design(ofWave position: Int) -> DesignSpecification {
        views[position].map { specification.design.renamed($0.source(ofQuestion:)) } ?? specification.design
    }
}

extension DesignSpecification {
    /// The design with other names for its columns; a column without another name keeps its own.
    func renamed(_ name: (String) -> String?) -> DesignSpecification {
        var design = self
        design.strata = strata.map { name($0) ?? $0 }
        design.psu = psu.map { name($0) ?? $0 }
        design.weight = weight.map { name($0) ?? $0 }
        design.fpc = fpc.map { name($0) ?? $0 }
        if case .given(var given)? = replicates?.source {
            given.names = given.names.map { name($0) ?? $0 }
            design.replicates?.source = .given(given)
        }
        return design
    }
}

extension StudyWave {
    /// Id and version of what was asked, and the version in whose terms it is read if that is another.
    var questionnaireText: String {
        guard let asked, let questionnaire else { return "" }
        let text = "\(asked.id) \(asked.version)"
        return isMapped ? "\(text) → \(questionnaire.version)" : text
    }
}
