internal import SurveySchema
internal import SurveyYAML

/// What an entry computes: one figure, or those of a family.
struct IndicatorForm {
    /// One figure.
    struct Member {
        /// The stage, item or answer; empty where the entry is no family.
        let code: String
        let label: LocalizedText
        let formula: IndicatorDefinition.Formula
        let base: IndicatorDefinition.Base
        let domain: Expression?
    }

    /// The kind of family, nil for a figure by itself.
    let kind: IndicatorDefinition.Family.Kind?
    let members: [Member]
    /// Where each part of a composite or score is named.
    var partMarks: [YAMLMark] = []

    /// The codes of a family's members.
    var codes: [String]? { kind == nil ? nil : members.map(\.code) }
}
