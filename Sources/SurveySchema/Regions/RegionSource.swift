public import SurveyYAML

/// Where a question of type `region` finds what the cells of a data file mean: tables of names and codes, with dates.
///
/// Paths are as written, relative to the questionnaire.
public struct RegionSource: Sendable, Equatable {
    /// CSV of names and codes: alias, lang, system, kato, valid_from, valid_to, relation, certainty, note.
    public let aliases: String
    /// The code system of the cells, a word of the column `system`; nil means that cells hold names.
    public let codeSystem: String?
    /// The question whose cells name the district, for regions that were divided.
    public let district: String?
    /// CSV of districts that changed their region: old_kato4, new_kato4, names, date.
    public let districtMoves: String?
    /// Where the value of each key stands in the questionnaire, for problems.
    public let marks: [String: YAMLMark]

    public init(
        aliases: String, codeSystem: String?, district: String?, districtMoves: String?, marks: [String: YAMLMark] = [:]
    ) {
        self.marks = marks
        self.aliases = aliases
        self.codeSystem = codeSystem
        self.district = district
        self.districtMoves = districtMoves
    }

    /// The files that it names.
    public var files: [String] { [aliases] + (districtMoves.map { [$0] } ?? []) }

    /// A path as the system needs it: as it stands if absolute, else below the folder of the questionnaire.
    public static func path(_ path: String, relativeTo folder: String) -> String {
        if path.hasPrefix("/") || folder.isEmpty || folder == "." { return path }
        return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }
}
