internal import SurveyData
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy
internal import SurveyVerification

/// `saual verify --with r`: every figure of a study computed a second time by R, and the two held against each other.
enum FigureVerification {
    static func run(_ call: Call) throws(Problem) -> Outcome {
        let figures = try StudyFigures(try ReportCommand.studyFile(of: call.operands[0]), wave: nil)
        let waves = try figures.verificationWaves()
        if call.has("keep") {
            // A folder that stays would carry a private column out of the study file.
            let names = waves.flatMap { $0.table.names }
            if let hidden = names.first(where: figures.isPrivate) { throw .privateColumn(hidden) }
        }
        let own = try figures.verifiedFigures()
        let script = VerificationScript(
            study: figures.specification.id, program: "saual \(Versions.saual)", waves: waves, changes: own.changes)
        if let file = call.value("output") {
            try OutputFile.write(Array(script.text.utf8), to: file, replacing: call.has("force"))
        }
        let program = try RProgram()
        let answer: RProgram.Answer
        do throws(Problem) {
            answer = try answers(of: script, by: program, keeping: call.value("keep"))
        } catch { throw Interruption.isAsked ? .interruptedWork() : error }
        let comparison = FigureComparison(own.figures, with: answer.figures)
        let output = VerificationOutput(
            comparison: comparison, programs: answer.programs, study: figures.specification.id, language: call.language)
        var outcome = Outcome(output.text(call.format), exitCode: comparison.areEqual ? 0 : 1)
        outcome.hasWrittenFile = call.has("output")
        return outcome
    }

    private static func answers(
        of script: VerificationScript, by program: RProgram, keeping path: String?
    ) throws(Problem) -> RProgram.Answer {
        let folder: PrivateFolder
        if let path { folder = try PrivateFolder(keeping: path) } else { folder = try PrivateFolder() }
        return try program.run(script, in: folder.path) { Interruption.isAsked }
    }
}
