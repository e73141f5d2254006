internal import SurveyProblems

/// How the answers and missing kinds of a question of an older version become those of a question here.
public struct AnswerMap: Sendable {
    /// What a code or kind becomes.
    public enum Target: Sendable, Equatable {
        case answer(String)
        case missing(MissingKind)
    }

    /// By code there.
    public private(set) var answers: [String: Target] = [:]
    /// By kind there, for kinds that become something else.
    public private(set) var kinds: [MissingKind: Target] = [:]
    /// Codes there that nothing here equals.
    private(set) var unmapped: [String] = []
    /// Codes that were missing answers there and are answers here.
    private(set) var turned: [String] = []
    /// Recoded missing codes there that share their kind with another one, which is not recoded to the same.
    private(set) var inseparable: [String] = []

    /// Maps a question that has answers in both versions; kinds are kept by name.
    init(of question: Question, from older: Question, recoding: VersionMap.Recoding?, kinds own: [MissingKind: Target])
    {
        kinds = own
        func target(_ code: String) -> Target? {
            if question.answers.contains(where: { $0.code == code }) { return .answer(code) }
            if question.type == .multiple { return nil }
            return question.missing.first { $0.code == code }.map { .missing($0.kind) }
        }
        let recodes = Dictionary(
            (recoding?.codes ?? []).map { ($0.there, $0.here) }, uniquingKeysWith: { first, _ in first })
        for answer in older.answers {
            if let found = target(recodes[answer.code] ?? answer.code) {
                answers[answer.code] = found
            } else {
                unmapped.append(answer.code)
            }
        }
        guard question.type != .multiple else { return }
        for missing in older.missing {
            if let code = recodes[missing.code] {
                kinds[missing.kind] = target(code)
                let others = older.missing.filter { other in
                    let stays = own[other.kind] ?? .missing(other.kind)
                    return other.kind == missing.kind && (recodes[other.code].map(target) ?? stays) != target(code)
                }
                if !others.isEmpty { inseparable.append(missing.code) }
            } else if question.answers.contains(where: { $0.code == missing.code }) {
                turned.append(missing.code)
            }
        }
    }

    /// Maps values that are not recoded: numbers, dates and texts.
    init(kinds: [MissingKind: Target]) { self.kinds = kinds }
}

extension Questionnaire {
    /// How the missing kinds of an older version become those here: standard kinds stay, own ones are found by name.
    func kinds(of older: Questionnaire) -> (mapped: [MissingKind: AnswerMap.Target], unknown: [String]) {
        var mapped: [MissingKind: AnswerMap.Target] = [:]
        var unknown: [String] = []
        for (position, name) in older.ownMissingKinds.enumerated() {
            guard let there = Questionnaire.ownKind(position) else { continue }
            if let here = ownMissingKinds.firstIndex(of: name).flatMap(Questionnaire.ownKind) {
                if here != there { mapped[there] = .missing(here) }
            } else {
                unknown.append(name)
            }
        }
        return (mapped, unknown)
    }

    private static func ownKind(_ position: Int) -> MissingKind? {
        UInt8(exactly: position + Int(MissingKind.firstOwn)).flatMap(MissingKind.init(rawValue:))
    }

    /// How the answers of a question here are made of those of an older version; nil if it was not asked there.
    public func answerMap(of question: Question, from older: Questionnaire) -> (question: Question, map: AnswerMap)? {
        guard let map = map(from: older.version), let source = map.source(of: question.id),
            let asked = older.question(source), asked.type.isReadable(as: question.type)
        else { return nil }
        let kinds = kinds(of: older).mapped
        guard question.type.needsAnswers else { return (asked, AnswerMap(kinds: kinds)) }
        let recoding = map.recoding(of: question.id)
        return (asked, AnswerMap(of: question, from: asked, recoding: recoding, kinds: kinds))
    }
}

extension QuestionType {
    /// True if values of this type can be read as another's.
    func isReadable(as other: QuestionType) -> Bool {
        switch self {
        case .single, .scale, .region: other.isCoded
        case .number, .money: other == .number || other == .money
        case .multiple, .date, .text: other == self
        }
    }
}
