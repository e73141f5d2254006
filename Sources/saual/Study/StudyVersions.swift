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
        renamed { (column: String) -> String in name(column) ?? column }
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
