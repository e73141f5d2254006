public import SurveyProblems
public import SurveySchema

extension WeightingTargets {
    /// Reports each variable that is not among the names of a wave, at its line.
    public func unknownVariables(among names: [String]) -> [Problem] {
        let known = Set(names)
        var told: Set<String> = []
        let named =
            margins.map { ($0.variables, $0.line) } + numericTotals.map { ([$0.variable] + $0.partVariables, $0.line) }
        return named.flatMap { variables, line in
            variables.filter { !known.contains($0) && told.insert($0).inserted }.map { name in
                Problem.unknownVariable(name, known: names).placed(file: file, line: line, position: 1, variable: name)
            }
        }
    }

    /// Reports each numeric total, which a raking or post-stratification cannot meet.
    public var numericTargets: [Problem] {
        numericTotals.map {
            Problem.numericTarget($0.variable).placed(file: file, line: $0.line, position: $0.position)
        }
    }

    /// Reports each code that a questionnaire does not list; a label is answered with its code.
    public func unknownCodes(in questionnaire: Questionnaire) -> [Problem] {
        unknownCodes(
            variables.compactMap { name in
                let answers =
                    questionnaire.question(name)?.answers ?? questionnaire.derivedVariable(name)?.answers ?? []
                return answers.isEmpty ? nil : CodeList(name, answers)
            })
    }

    /// Reports each code of these variables that their lists do not have.
    func unknownCodes(_ lists: [CodeList]) -> [Problem] {
        let listOf = Dictionary(lists.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let known = listOf.mapValues { Set($0.codes) }
        var problems: [Problem] = []
        func check(_ names: [String], _ codes: [String], line: Int, position: Int, _ label: String) {
            for (name, code) in zip(names, codes) {
                guard let list = listOf[name], known[name]?.contains(code) == false else { continue }
                let problem: Problem =
                    list.code(ofLabel: code).map { .labelForCode(code, of: name, code: $0) }
                    ?? .unknownCategory(code, of: name, known: list.codes)
                problems.append(problem.placed(file: file, line: line, position: position, variable: label))
            }
        }
        for margin in margins {
            for category in margin.categories {
                check(
                    margin.variables, category.codes, line: category.line, position: category.position, margin.label)
            }
        }
        for total in numericTotals {
            check(total.partVariables, total.partCodes, line: total.line, position: total.position, total.variable)
        }
        return problems
    }
}

/// The codes of a variable as its questionnaire lists them, with their labels in every language.
struct CodeList {
    let name: String
    let codes: [String]
    private let labels: [(label: String, code: String)]

    init(_ name: String, _ answers: [Answer]) {
        self.name = name
        codes = answers.map(\.code)
        labels = answers.flatMap { answer in answer.label.texts.map { ($0.text, answer.code) } }
    }

    /// The code that a label means, whatever the case of its letters.
    func code(ofLabel text: String) -> String? {
        (labels.first { $0.label == text } ?? labels.first { $0.label.lowercased() == text.lowercased() })?.code
    }
}

extension Problem {
    /// A variable of the targets that the data does not have.
    static func unknownVariable(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "weighting.unknown-variable", .input, what: "The targets name \"\(name)\", which the data does not have",
            why: "each variable of the targets is a column, question or derived variable; found \(list: known)",
            fix: "use \(list: near.isEmpty ? known : near)")
    }

    /// A label where a code must stand.
    static func labelForCode(_ label: String, of name: String, code: String) -> Problem {
        Problem(
            "weighting.label-for-code", .input, what: "\"\(label)\" is a label of \"\(name)\", not a code",
            why:
                "targets name categories by their codes, which are the same in every language; the code is \"\(code)\"",
            fix: "write \"\(code)\"")
    }

    /// A code that the questionnaire does not have.
    static func unknownCategory(_ code: String, of name: String, known: [String]) -> Problem {
        let near = NearestNames.of(code, among: known)
        return Problem(
            "weighting.unknown-category", .input, what: "\"\(name)\" has no answer \"\(code)\"",
            why: "its codes are \(list: known); found \"\(code)\"", fix: "write \(list: near.isEmpty ? known : near)")
    }
}
