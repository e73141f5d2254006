internal import SurveyProblems

/// `saual explain`: where one figure came from, by the id of its row.
enum ExplainCommand: Command {
    static let name = "explain"
    static let summary = Phrase(
        "Tells where a figure came from, by the id of its row",
        ru: "Говорит, откуда взялась цифра, по номеру её строки",
        kk: "Санның қайдан шыққанын жолының белгісі бойынша айтады")
    static let operands = "STUDY.saual|study.yaml ID"
    static let operandCount: (least: Int, most: Int?) = (2, 2)
    static let options: [Option] = [CommonOptions.format(["table", "json"])] + CommonOptions.output
    static let examples = ["saual explain Datasets/envipe-morelos/envipe-morelos.saual 1f0a62dde2c6"]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let studyFile = try ReportCommand.studyFile(of: call.operands[0])
        let search = FigureSearch(
            figures: try StudyFigures(studyFile, wave: nil), source: call.operands[0], studyFile: studyFile)
        let explanation = try search.explanation(of: call.operands[1].lowercased())
        return Outcome(ExplanationOutput(explanation, in: call.language).text(call.format))
    }
}
