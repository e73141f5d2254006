internal import Glibc
internal import SurveyDesign
public import SurveyProblems
public import SurveySchema
internal import SurveyWeighting
public import SurveyYAML

/// What can be checked only with more than study.yaml in hand: the files it names, and its waves' questionnaires.
extension StudySpecification {
    /// Returns a path as the system needs it: as it stands if absolute, else below the study's folder.
    public static func path(_ path: String, relativeTo folder: String) -> String {
        path.hasPrefix("/") || folder.isEmpty || folder == "."
            ? path : folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }

    /// Reports every file that the study names and that is not there; `document` gives the lines.
    public func missingFiles(relativeTo folder: String, in document: YAMLDocument? = nil) -> [Problem] {
        let waveNodes = document?.root["waves"].map { $0.list ?? [$0] } ?? []
        var named: [(path: String, mark: YAMLMark?)] = []
        for wave in waves {
            let node = waveNodes.first { $0["id"]?.scalar == wave.id }
            named.append((wave.file, node?["file"]?.mark))
            named.append((wave.questionnaire, node?["questionnaire"]?.mark))
            if let map = wave.map { named.append((map, node?["map"]?.mark)) }
            if let joint = wave.joint { named.append((joint, node?["joint"]?.mark)) }
        }
        let files = document?.root["indicators"].map { $0.list ?? [$0] } ?? []
        for file in indicatorFiles { named.append((file, files.first { $0.scalar == file }?.mark)) }
        if let map = report?.tileMap { named.append((map.file, document?.root["report"]?["tile map"]?["tiles"]?.mark)) }
        named += targetFiles(in: document).map { ($0.path, $0.mark) }
        return named.compactMap { name, mark in
            let path = StudySpecification.path(name, relativeTo: folder)
            var status = stat()
            let found = stat(path, &status) == 0
            if found, status.st_mode & S_IFMT != S_IFDIR { return nil }
            let problem: Problem = found ? .isFolder(name) : .missingFile(name, looked: path)
            return problem.placed(file: document?.file, line: mark?.line, position: mark?.position)
        }
    }

    /// Checks the names of the design against the questionnaire of every wave; `document` gives the lines.
    ///
    /// Strata, PSUs, the weight and the fpc must be questions of each wave's questionnaire; the last two must be numbers.
    public func check(
        against questionnaires: [(wave: String, questionnaire: Questionnaire)], in document: YAMLDocument? = nil
    )
        -> [Problem]
    {
        var problems: [Problem] = []
        func report(_ problem: Problem, _ key: String, _ name: String) {
            let node = document?.root["design"]?[key].flatMap { node in
                (node.list ?? [node]).first { $0.scalar == name } ?? node
            }
            let placed = problem.placed(file: document?.file, line: node?.mark.line, position: node?.mark.position)
            if !problems.contains(placed) { problems.append(placed) }
        }
        let named: [(key: String, names: [String], isNumber: Bool)] = [
            ("strata", design.strata, false), ("psu", design.psu, false),
            // A weight that the study makes is no question.
            ("weight", design.weight.map { $0 == weighting?.name ? [] : [$0] } ?? [], true),
            ("fpc", design.fpc.map { [$0] } ?? [], true),
            ("later stages", design.laterStages.flatMap { $0.strata + $0.units }, false),
            ("later stages", design.laterStages.compactMap(\.fpc), true),
            ("probability", design.probabilities, true),
            ("collapse by", design.collapseBy.map { [$0] } ?? [], false),
            ("second phase", design.twoPhase.map { $0.strata + $0.units } ?? [], false),
            ("second phase", design.twoPhase.map { [$0.subset] + [$0.fpc].compactMap { $0 } } ?? [], true),
            ("replicates", (design.replicates?.columns ?? []).filter { !$0.contains("*") }, true),
        ]
        for (wave, questionnaire) in questionnaires {
            for (key, names, isNumber) in named {
                for name in names {
                    guard let question = questionnaire.question(name) else {
                        let known = questionnaire.questions.map(\.id)
                        report(.unknownDesignQuestion(name, wave: wave, questionnaire.id, known: known), key, name)
                        continue
                    }
                    if isNumber, question.type != .number, question.type != .money {
                        report(.designNotNumber(name, wave: wave, type: question.type.rawValue), key, name)
                    } else if !isNumber, question.type == .multiple {
                        report(.designMultiple(name, wave: wave), key, name)
                    }
                }
            }
        }
        return problems
    }
}

extension Problem {
    static func missingFile(_ name: String, looked path: String) -> Problem {
        Problem(
            "study.missing-file", .input, what: "File \"\(name)\" is not there",
            why: "the study names it; looked for \"\(path)\"",
            fix: "put the file there, or correct the name; paths start at the folder of study.yaml")
    }

    static func isFolder(_ name: String) -> Problem {
        Problem(
            "study.is-folder", .input, what: "\"\(name)\" is a folder", why: "a file must stand here; found a folder",
            fix: "name the file itself")
    }

    static func unknownDesignQuestion(_ name: String, wave: String, _ questionnaire: String, known: [String]) -> Problem
    {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "study.unknown-design-question", .input,
            what: "The design names \"\(name)\", which wave \"\(wave)\" did not ask",
            why:
                "strata, PSUs, weight and fpc must be questions of every wave; questionnaire \"\(questionnaire)\" has no \"\(name)\"",
            fix:
                "use \(list: near.isEmpty ? known : near), or add the question to the questionnaire"
        )
    }

    static func designNotNumber(_ name: String, wave: String, type: String) -> Problem {
        Problem(
            "study.design-not-number", .input, what: "\"\(name)\" is not a number in wave \"\(wave)\"",
            why: "a weight and an fpc must be of type number or money; found type \(type)",
            fix: "correct the type in the questionnaire, or name another question")
    }

    static func designMultiple(_ name: String, wave: String) -> Problem {
        Problem(
            "study.design-multiple", .input, what: "\"\(name)\" has several answers a person in wave \"\(wave)\"",
            why: "a stratum or PSU is one value a row; found a multiple question",
            fix: "name a question with one answer")
    }
}
