internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy

/// Where one figure came from: what `saual explain` tells, without a number where the rules withhold it.
struct Explanation {
    /// What the explained row is.
    enum Subject {
        case figure(IndicatorResult)
        case change(IndicatorChange)
    }

    /// A rule of publication that decided about the figure.
    enum Reason: String, Sendable {
        /// Fewer rows in the base than the study shows.
        case minimumBase = "minimum-base"
        /// Shown in brackets: a low base.
        case lowBase = "low-base"
        case minimumPSUs = "minimum-psus"
        /// The standard of shares.
        case precision
        /// It would let a withheld figure be computed.
        case complementary
        /// One of the figures that it is made of is withheld.
        case part
        /// The waves are not comparable.
        case comparability = "break"
    }

    let subject: Subject
    let study: StudySpecification
    /// The waves of the figure: one, or both of a change.
    let waves: [ReportInput.Wave]
    let reasons: [Reason]
    /// The questions and derived variables that the figure uses, with their texts.
    let variables: [(id: String, text: LocalizedText, isDerived: Bool)]
    /// The command lines that make the figure again.
    let commands: [String]

    var definition: IndicatorDefinition {
        switch subject {
        case .figure(let result): result.definition
        case .change(let change): change.definition
        }
    }

    var id: String {
        switch subject {
        case .figure(let result): result.id
        case .change(let change): change.id
        }
    }

    var by: Estimate.By {
        switch subject {
        case .figure(let result): result.by
        case .change(let change): change.by
        }
    }

    var labels: [(variable: LocalizedText, category: LocalizedText)] {
        switch subject {
        case .figure(let result): result.labels
        case .change(let change): change.labels
        }
    }

    var base: LocalizedText {
        switch subject {
        case .figure(let result): result.base
        case .change(let change): change.base
        }
    }

    var display: IndicatorResult.Display {
        switch subject {
        case .figure(let result): result.display
        case .change(let change): change.display
        }
    }
}

/// Finds a figure by its id: everything is computed again, and nothing of it is stored.
struct FigureSearch {
    let figures: StudyFigures
    /// The source as the user wrote it, and the study file behind it.
    let source: String
    let studyFile: String

    func explanation(of id: String) throws(Problem) -> Explanation {
        let own = try figures.input(rules: figures.specification.publication).input
        if let result = own.results.first(where: { $0.id == id }) {
            return try explanation(of: result, in: own, breakdowns: nil)
        }
        if let change = own.changes.first(where: { $0.id == id }) { return explanation(of: change, in: own) }
        let rules = figures.specification.publication
        let singles = groupings.map { [$0] }
        let wide = try figures.input(breakdowns: singles, rules: rules, changes: false).input
        if let found = wide.results.first(where: { $0.id == id }) {
            // What is shown of a row depends on the rows beside it: those that the command of the explanation prints.
            let breakdowns = [found.by.map(\.variable)]
            let input = try figures.input(
                breakdowns: breakdowns, only: [found.definition.id], rules: rules, changes: false
            ).input
            let row = input.results.first { $0.id == id } ?? found
            return try explanation(of: row, in: input, breakdowns: breakdowns)
        }
        throw .unknownFigure(id, known: own.results.map(\.id) + own.changes.map(\.id))
    }

    /// The variables by which `saual indicators --by` can break every wave down.
    private var groupings: [String] {
        let questionnaires = figures.indicators.compactMap(\.wave.questionnaire)
        guard let latest = questionnaires.last else { return [] }
        return latest.names.filter { name in
            guard !figures.isPrivate(name) else { return false }
            return questionnaires.allSatisfy { questionnaire in
                switch questionnaire.type(of: name) {
                case .answer, .scale: true
                default: false
                }
            }
        }
    }

    private func explanation(
        of result: IndicatorResult, in input: ReportInput, breakdowns: [[String]]?
    ) throws(Problem) -> Explanation {
        var command =
            "saual indicators \(ShellWord.of(studyFile)) --indicator \(ShellWord.of(name: result.definition.id))"
        command += " --wave \(ShellWord.of(result.wave))"
        if breakdowns != nil {
            command += " --by " + result.by.map { ShellWord.of(name: $0.variable) }.joined(separator: ",")
        }
        return Explanation(
            subject: .figure(result), study: figures.specification,
            waves: input.waves.filter { $0.id == result.wave },
            reasons: try reasons(for: result, breakdowns),
            variables: variables(of: result.definition, by: result.by, in: result.wave),
            commands: preparation + [command + " --format json"])
    }

    private func explanation(of change: IndicatorChange, in input: ReportInput) -> Explanation {
        var reasons: [Explanation.Reason] = change.display.isWithheld ? [.part] : []
        if change.display == .bracketed { reasons = [.lowBase] }
        if change.breakReason != nil { reasons.append(.comparability) }
        return Explanation(
            subject: .change(change), study: figures.specification,
            waves: input.waves.filter { [change.fromWave, change.toWave].contains($0.id) }, reasons: reasons,
            variables: variables(of: change.definition, by: change.by, in: change.toWave),
            commands: preparation + [
                "saual indicators \(ShellWord.of(studyFile)) --indicator \(ShellWord.of(name: change.definition.id))"
                    + " --change --format json"
            ])
    }

    /// What must be done before the study file is there.
    private var preparation: [String] { source == studyFile ? [] : ["saual run \(ShellWord.of(source))"] }

    /// Which rules decided; the numbers that they look at stay here.
    private func reasons(for result: IndicatorResult, _ breakdowns: [[String]]?) throws(Problem) -> [Explanation.Reason]
    {
        if result.display == .complementary { return [.complementary] }
        if result.display == .shown { return [] }
        if result.display == .bracketed { return [.lowBase] }
        let all = try figures.input(breakdowns: breakdowns, only: [result.definition.id], rules: nil, changes: false)
            .input
        guard let estimate = all.results.first(where: { $0.id == result.id })?.figure else { return [] }
        let rules = figures.specification.publication
        var reasons: [Explanation.Reason] = []
        if estimate.nBase < rules.minimumBase { reasons.append(.minimumBase) }
        if estimate.psus < rules.minimumPSUs { reasons.append(.minimumPSUs) }
        if reasons.isEmpty {
            switch result.definition.formula {
            case .share, .mean, .ratio, .quantile: reasons.append(.precision)
            case .composite, .score: reasons.append(.part)
            }
        }
        return reasons
    }

    /// The questions and derived variables that a figure uses, those of its parts too.
    private func variables(
        of definition: IndicatorDefinition, by: Estimate.By, in wave: String
    ) -> [(id: String, text: LocalizedText, isDerived: Bool)] {
        guard let own = figures.indicators.first(where: { $0.wave.record.name == wave }),
            let questionnaire = own.wave.questionnaire
        else { return [] }
        var names: [String] = []
        var waiting = [definition]
        var seen: Set<String> = []
        while let next = waiting.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            names += next.by([by.map(\.variable)]).variables
            waiting += next.parts.reversed().compactMap { part in own.definitions.first { $0.id == part.indicator } }
        }
        return names.uniqued.compactMap { name in
            if let question = questionnaire.question(name) { return (name, question.text, false) }
            return questionnaire.derivedVariable(name).map { (name, $0.text, true) }
        }
    }
}

/// Words of a command line that a user may copy into a shell.
enum ShellWord {
    /// A word in single quotes unless it is plain.
    static func of(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: [UInt8(ascii: "_"), 0x2D, 0x2E, 0x2F, 0x3A].contains(byte)
            }
        }
        return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }

    /// A name of an option that takes lists: in backquotes where it holds a separator.
    static func of(name: String) -> String {
        name.contains { ", *".contains($0) } ? of("`\(name)`") : of(name)
    }
}

extension Problem {
    static func unknownFigure(_ id: String, known: [String]) -> Problem {
        let near = NearestNames.of(id, among: known)
        return Problem(
            "command.unknown-figure", .usage, what: "No figure has the id \"\(id)\"",
            why: "an id has 12 hex digits and changes with the definition; the study has \(known.count) figures",
            fix: "use \(near.isEmpty ? "saual indicators STUDY.saual --format json" : near.joined(separator: ", "))")
    }
}
