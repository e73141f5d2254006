import SurveyData
import SurveySchema
import Testing

/// Eight rows with a column of each kind, and the questionnaire that they answer.
enum SampleTable {
    static let dontKnow = MissingKind.dontKnow.rawValue
    static let refused = MissingKind.refused.rawValue
    static let notAsked = MissingKind.notAsked.rawValue

    static let yaml = """
        saual: questionnaire/1
        id: sample
        version: "1"
        languages: [en]
        title: Sample
        questions:
          - {id: q, text: Q, type: single, answers: {1: Yes, 2: No, x: Other}}
          - {id: p, text: P, type: single, answers: {2: No, 1: Yes}}
          - {id: level, text: L, type: scale, answers: {5: High, 3: Middle, 1: Low}}
          - {id: age, text: A, type: number}
          - {id: income, text: I, type: money}
          - {id: met, text: M, type: date}
          - {id: region, text: R, type: text}
          - {id: channel, text: C, type: multiple, answers: {1: Phone, x: Post}}
        derived:
          age_group: {text: G, cut: age, at: [18, 30]}
          high: {text: H, cut: level, at: [3, 5]}
          kind:
            text: K
            cases:
              a: {when: q = 1 and age >= 30, label: A}
              b: {when: q = 1 or age >= 30, label: B}
          per: {text: P, number: income / age}
          older: {text: O, cut: per, at: [0.5, 10]}
        """

    static func questionnaire() throws -> Questionnaire {
        try Questionnaire(source: Array(yaml.utf8), file: "sample.yaml")
    }

    static func table() -> Table {
        Table(
            rowCount: 8,
            columns: [
                Column(
                    name: "q", kind: .answers, dictionary: ["1", "2", "x"],
                    values: .bytes([0, 1, 2, 0, dontKnow, notAsked, 0, 1])),
                Column(
                    name: "p", kind: .answers, dictionary: ["2", "1"], values: .bytes([1, 0, 0, 0, 1, 0, refused, 0])),
                Column(
                    name: "level", kind: .answers, dictionary: ["5", "3", "1"],
                    values: .bytes([0, 1, 2, refused, 0, 1, 2, 0])),
                Column(
                    name: "age", kind: .number,
                    values: .numbers([17, 18, 29, 30, 31, 0, 40, 0], kinds: [0, 0, 0, 0, 0, refused, 0, 0])),
                Column(name: "income", kind: .number, values: .numbers([17, 9, 290, 3, 0, 5, 20, 7], kinds: [])),
                Column(
                    name: "met", kind: .date,
                    values: .numbers([0, 1, 2, 3, 19_478, 0, 0, -1], kinds: [0, 0, 0, 0, 0, dontKnow, 0, 0])),
                Column(
                    name: "region", kind: .text, dictionary: ["07", "7", "Көкшетау", "1"],
                    values: .indexes([0, 1, 2, 0, 0xFFFF_FF00 + UInt32(refused), 3, 1, 0])),
                Column(name: "channel", kind: .set, values: .bytes([0, 0, 0, 0, 0, 0, notAsked, dontKnow])),
                Column(name: "channel[1]", kind: .item, values: .bytes([1, 0, 0, 1, refused, 1, notAsked, dontKnow])),
                Column(name: "channel[x]", kind: .item, values: .bytes([0, 1, 0, 1, 0, refused, notAsked, dontKnow])),
            ])
    }
}

extension Truth {
    /// The values as letters: y, n, and ? for unknown.
    var shown: String { values.map { $0 == Truth.yes ? "y" : $0 == Truth.no ? "n" : "?" }.joined() }
}

extension Column {
    /// The values as text: codes, numbers, or the name of the missing kind in brackets.
    var shown: [String] {
        (0..<rowCount).map { row in
            if let kind = missing(at: row) { return "(\(kind.name))" }
            switch values {
            case .bytes(let bytes): return dictionary.isEmpty ? String(bytes[row]) : dictionary[Int(bytes[row])]
            case .words(let words): return dictionary[Int(words[row])]
            case .indexes(let indexes): return dictionary[Int(indexes[row])]
            case .numbers(let numbers, _): return String(numbers[row])
            }
        }
    }
}
