/// The Russian and Kazakh words of each problem, by its code; English stands where the problem is declared.
public enum ProblemTexts {
    /// Every room's texts; a room adds its list here once, and the completeness test reads the same lists.
    static let all: [ProblemText] = [
        calibrationControls,
        change,
        command,
        commandChange,
        commandCodebook,
        commandDistributions,
        commandRecord,
        commandReplicates,
        commandSample,
        commandSmallArea,
        commandWeight,
        data,
        design,
        designStructure,
        distributions,
        estimation,
        estimationBases,
        estimationSensitive,
        estimationTargets,
        formats,
        formatsFiles,
        formatsTripleS,
        forms,
        importMap,
        importRegions,
        importRules,
        imports,
        indicatorForms,
        indicators,
        language,
        models,
        panel,
        problems,
        quality,
        replicates,
        report,
        sampling,
        schema,
        schemaVersions,
        starting,
        store,
        storeWeights,
        study,
        studyChange,
        studyComparison,
        studyJoint,
        studyReport,
        studyWeighting,
        studyWeightingSteps,
        tests,
        verification,
        weighting,
        weightingRecord,
        weightingSteps,
        workbooks,
        yaml,
    ].flatMap { $0 }

    private static let byCode: [String: ProblemText] = Dictionary(
        all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// Returns the three sentences of a problem in a language; English where a text is missing.
    public static func words(of problem: Problem, in language: String) -> (what: String, why: String, fix: String) {
        guard let text = byCode[problem.code], let words = language == "ru" ? text.ru : language == "kk" ? text.kk : nil
        else {
            return (problem.what.description, problem.why.description, problem.fix.description)
        }
        return (problem.what.filled(words.what), problem.why.filled(words.why), problem.fix.filled(words.fix))
    }
}

/// What one problem says in Russian and Kazakh; `{1}`, `{2}`… are the values in the order of the English sentence.
struct ProblemText: Sendable {
    struct Words: Sendable { let what, why, fix: String }

    let code: String
    let ru: Words
    let kk: Words

    init(_ code: String, ru: (what: String, why: String, fix: String), kk: (what: String, why: String, fix: String)) {
        self.code = code
        self.ru = Words(what: ru.what, why: ru.why, fix: ru.fix)
        self.kk = Words(what: kk.what, why: kk.why, fix: kk.fix)
    }
}
