import Testing

/// A questionnaire with planted mistakes: `⟦code⟧` stands right before the character where the problem must be reported.
struct WrongQuestionnaire: CustomTestStringConvertible, Sendable {
    let name: String
    private let marked: String

    /// Lines after a head of five lines: one language, no mistake.
    init(_ name: String, _ body: String) {
        self.name = name
        marked = "saual: questionnaire/1\nid: q\nversion: \"1\"\nlanguages: [en]\ntitle: T\n" + body
    }

    init(_ name: String, whole: String) {
        self.name = name
        marked = whole
    }

    var testDescription: String { name }

    /// The text without its marks, and what must be found: `line:character code`, sorted.
    var planted: (text: String, found: [String]) {
        var text = ""
        var found: [(line: Int, position: Int, code: String)] = []
        var (line, position) = (1, 1)
        var rest = Substring(marked)
        while let next = rest.unicodeScalars.first {
            if next == "⟦", let close = rest.firstIndex(of: "⟧") {
                found.append((line, position, String(rest[rest.index(after: rest.startIndex)..<close])))
                rest = rest[rest.index(after: close)...]
                continue
            }
            text.unicodeScalars.append(next)
            rest.unicodeScalars.removeFirst()
            if next == "\n" { (line, position) = (line + 1, 1) } else { position += 1 }
        }
        return (
            text,
            found.sorted { ($0.line, $0.position, $0.code) < ($1.line, $1.position, $1.code) }.map {
                "\($0.line):\($0.position) \($0.code)"
            }
        )
    }

    static let all = shapes + rosters + rules

    static let shapes: [WrongQuestionnaire] = [
        .init(
            "unknown keys at every level",
            """
            ⟦yaml.unknown-key⟧titel: x
            answers: {yes_no: {1: Yes, 2: No}}
            missing: {9: {kind: refused, ⟦yaml.unknown-key⟧labels: L}}
            questions:
              - id: a
                text: A
                type: single
                ⟦yaml.unknown-key⟧answer: yes_no
                answers: yes_no
            derived:
              d: {text: D, ⟦yaml.unknown-key⟧cuts: 1, number: 1 + 1}
            """),
        .init(
            "ids repeated among questions",
            """
            questions:
              - {id: a, text: A, type: number}
              - {id: ⟦schema.repeated-id⟧a, text: B, type: number, column: b}
            """),
        .init(
            "an id shared by a question and a derived variable",
            """
            questions: [{id: a, text: A, type: number}, {id: b, text: B, type: number}]
            derived: {⟦schema.repeated-id⟧a: {text: D, number: b * 2}}
            """),
        .init(
            "a derived variable declared twice",
            """
            questions: [{id: a, text: A, type: number}]
            derived:
              d: {text: D, number: a}
              ⟦yaml.duplicate-key⟧⟦schema.repeated-id⟧d: {text: D, number: a}
            """),
        .init(
            "answer codes repeated, shared and on the spot",
            """
            answers: {list: {1: One, ⟦yaml.duplicate-key⟧1: Uno}}
            questions:
              - {id: a, text: A, type: single, answers: {x: X, y: Y, ⟦yaml.duplicate-key⟧"x": Z}}
            """),
        .init(
            "an unknown answer list",
            """
            answers: {yes_no: {1: Yes, 2: No}}
            questions: [{id: a, text: A, type: single, answers: ⟦schema.unknown-answer-list⟧yes_nо}]
            """),
        .init(
            "an unknown missing code",
            """
            missing: {98: {kind: dont-know, label: L}}
            questions: [{id: a, text: A, type: number, missing: [98, ⟦schema.unknown-missing⟧99]}]
            """),
        .init(
            "a slip in a standard missing kind",
            """
            missing: {98: {kind: ⟦schema.unknown-kind⟧dont_know, label: L}, 99: {kind: ⟦schema.unknown-kind⟧refussed, label: L}}
            questions: [{id: a, text: A, type: number}]
            """),
        .init(
            "a missing code without a kind",
            """
            missing: {98: ⟦yaml.missing-key⟧{label: L}}
            questions: [{id: a, text: A, type: number}]
            """),
        .init(
            "eight own missing kinds",
            """
            missing: {1: {kind: k-1}, 2: {kind: k-2a}, 3: {kind: third}, 4: {kind: fourth}, 5: {kind: fifth},
              6: {kind: sixth}, 7: {kind: seventh}, 8: {kind: ⟦schema.too-many-kinds⟧eighth}, 9: {kind: third}}
            questions: [{id: a, text: A, type: number}]
            """),
        .init(
            "missing and undeclared languages everywhere",
            whole: """
                saual: questionnaire/1
                id: q
                version: "1"
                languages: [kk, ru, en]
                title: ⟦schema.missing-translation⟧Only one
                answers:
                  l: {1: ⟦schema.missing-translation⟧{kk: Иә, en: Yes}, 2: {kk: Жоқ, ru: Нет, en: No, ⟦schema.undeclared-language⟧de: Nein}}
                missing:
                  9: {kind: refused, label: ⟦schema.missing-translation⟧{ru: Отказ}}
                questions:
                  - id: a
                    text:
                      ⟦schema.missing-translation⟧kk: Ә
                      ru: ""
                      en: A
                    type: number
                derived:
                  d:
                    text: {kk: Ә, ru: А, en: D}
                    cut: a
                    at: [5]
                    labels: [{kk: а, ru: б, en: c}, ⟦schema.missing-translation⟧{kk: а, ru: б}]
                """),
        .init(
            "languages that are no codes, twice, and none",
            whole: """
                saual: questionnaire/1
                id: q
                version: "1"
                languages: [en, ⟦schema.not-a-language⟧English, ⟦schema.repeated-entry⟧en]
                title: T
                questions: [{id: a, text: A, type: number}]
                """),
        .init(
            "an empty list of languages",
            whole: """
                saual: questionnaire/1
                id: q
                version: "1"
                languages: ⟦schema.empty⟧[]
                title: T
                questions: [{id: a, text: A, type: number}]
                """),
        .init(
            "an unknown type",
            """
            questions: [{id: a, text: A, type: ⟦yaml.unknown-word⟧singel, answers: {1: Y}}]
            """),
        .init(
            "undefined names in routing and rules, each at its character",
            """
            questions:
              - {id: age, text: A, type: number}
              - {id: b, text: B, type: number, when: age > 3 and ⟦schema.unknown-name⟧agge < 9}
            derived:
              d: {text: D, number: "age / ⟦schema.unknown-name⟧membres"}
              e: {text: E, cut: ⟦schema.unknown-name⟧agee, at: [5]}
              f: {text: F, cases: {1: {when: '⟦schema.unknown-name⟧aeg > 1 or ⟦schema.unknown-name⟧bb = 2', label: L}}}
            """),
        .init(
            "expression errors behind Kazakh words and quotes",
            """
            questions:
              - {id: a, text: "Сіз жемқорлыққа тап болдыңыз ба?", type: text}
              - {id: b, text: "Қалай?", type: number, when: 'a = "ә''ң" and ⟦schema.unknown-name⟧zz = 1'}
              - {id: c, text: "Қалай?", type: number, when: "a = \\"ұ\\" and ⟦schema.expression-character⟧? = 1"}
              - id: d
                text: Қалай?
                type: number
                when: a = "Көкшетау" and b ⟦schema.expression-sign⟧== 1
            """),
        .init(
            "errors in folded, literal and plain scalars of several lines",
            """
            questions:
              - id: a
                text: A
                type: number
              - id: b
                text: B
                type: number
                when: >-
                  a > 1
                  and ⟦schema.unknown-name⟧c > 2
              - id: d
                text: D
                type: number
                when: |
                  a > 1 and

                  ⟦schema.unknown-name⟧e > 2
              - id: f
                text: F
                type: number
                when: a > 1
                  and ⟦schema.unknown-name⟧g > 2
              - id: h
                text: H
                type: number
                when: "a > 1
                  and \\
                  ⟦schema.unknown-name⟧i > 2"
            """),
        .init(
            "every error of one expression",
            """
            questions:
              - {id: q, text: Q, type: single, answers: {1: Y, 2: N}}
              - {id: m, text: M, type: multiple, answers: {1: Y, 2: N}}
              - {id: t, text: T, type: date}
              - id: z
                text: Z
                type: number
                when: q in [1, ⟦schema.unknown-answer⟧7, ⟦schema.unknown-answer⟧8] or ⟦schema.set-needs-has⟧m = 1 or m has ⟦schema.unknown-answer⟧3 or t > ⟦schema.not-a-date⟧"2023-02-30" or ⟦schema.no-order⟧q < 2
            """),
        .init(
            "a condition where a number belongs, and the reverse",
            """
            questions:
              - {id: a, text: A, type: number}
              - {id: b, text: B, type: number, when: ⟦schema.not-a-condition⟧a + 1}
            derived: {d: {text: D, number: ⟦schema.not-numeric⟧a > 1}}
            """),
        .init(
            "texts and numbers compared with each other",
            """
            questions:
              - {id: a, text: A, type: number}
              - {id: r, text: R, type: region, answers: {"07": Seven, "71": X}}
              - {id: s, text: S, type: text}
              - {id: b, text: B, type: number, when: ⟦schema.not-comparable⟧a = "1" or r = ⟦schema.unknown-answer⟧7 or ⟦schema.not-comparable⟧s = 1}
            """),
        .init(
            "a question routed by itself",
            """
            questions: [{id: a, text: A, type: number, when: ⟦schema.circle⟧a > 1}]
            """),
        .init(
            "derived variables in a circle",
            """
            questions: [{id: a, text: A, type: number}]
            derived:
              ⟦schema.circle⟧d: {text: D, number: e + a}
              e: {text: E, number: f}
              f: {text: F, number: d + 1}
              g: {text: G, number: d}
            """),
        .init(
            "routing in a circle through a derived variable, and a second circle",
            """
            questions:
              - {id: a, text: A, type: number, when: ⟦schema.circle⟧b > 1}
              - {id: b, text: B, type: number, when: d > 1}
              - {id: x, text: X, type: number, when: ⟦schema.circle⟧asked(y)}
              - {id: y, text: Y, type: number, when: missing(x)}
            derived: {d: {text: D, number: a * 2}}
            """),
        .init(
            "two questions reading one column",
            """
            questions:
              - {id: a, text: A, type: number, column: C1}
              - {id: b, text: B, type: number, column: ⟦schema.shared-column⟧C1}
              - {id: m, text: M, type: multiple, answers: {1: Y, 2: N}, columns: [m1, m2]}
              - {id: ⟦schema.shared-column⟧m2, text: N, type: number}
            """),
        .init(
            "answers at a number, none at a single choice",
            """
            questions:
              - {id: a, text: A, type: number, ⟦schema.answers-not-allowed⟧answers: {1: Y}}
              - {id: ⟦schema.answers-missing⟧b, text: B, type: single}
              - {id: ⟦schema.answers-missing⟧c, text: C, type: multiple}
              - {id: ⟦schema.answers-missing⟧d, text: D, type: region}
              - {id: e, text: E, type: scale, answers: ⟦schema.empty⟧{}}
            """),
        .init(
            "scale codes that are not whole numbers",
            """
            answers: {s: {1: A, two: B}}
            questions:
              - {id: a, text: A, type: scale, answers: {⟦schema.scale-code⟧1.5: X, 2: Y, ⟦schema.scale-code⟧c: Z}}
              - {id: b, text: B, type: scale, answers: ⟦schema.scale-code⟧s}
            """),
        .init(
            "ranges of the wrong type, shape and order",
            """
            questions:
              - {id: a, text: A, type: text, ⟦schema.range-not-allowed⟧range: [1, 2]}
              - {id: s, text: S, type: scale, answers: {1: Low, 2: High}, ⟦schema.range-not-allowed⟧range: [1, 2]}
              - {id: b, text: B, type: number, range: ⟦schema.range-turned⟧[5, 2]}
              - {id: c, text: C, type: number, range: ⟦schema.wrong-count⟧[5]}
              - {id: d, text: D, type: money, range: [0, ⟦yaml.not-a-number⟧much]}
              - {id: e, text: E, type: number, range: ⟦schema.wrong-count⟧7}
            """),
        .init(
            "an answer that is a missing code",
            """
            missing: {9: {kind: refused, label: L}}
            questions:
              - {id: a, text: A, type: single, answers: {1: Y, 9: N}, missing: ⟦schema.answer-is-missing⟧[9]}
            """),
        .init(
            "a key that names no question",
            """
            key: [a, ⟦schema.unknown-name⟧ID_PERS, ⟦schema.repeated-entry⟧a]
            questions: [{id: a, text: A, type: text}, {id: ID_PER, text: B, type: text}]
            """),
        .init(
            "an empty questionnaire",
            """
            questions: ⟦schema.empty⟧[]
            """),
        .init(
            "no questions, no version, no title",
            whole: """
                ⟦yaml.missing-key⟧⟦yaml.missing-key⟧⟦yaml.missing-key⟧saual: questionnaire/1
                id: q
                languages: [en]
                """),
        .init(
            "ids that are no identifiers",
            """
            questions:
              - {id: ⟦schema.bad-id⟧1a, text: A, type: number}
              - {id: ⟦schema.bad-id⟧жасы, text: B, type: number}
              - {id: ⟦schema.bad-id⟧a-b, text: C, type: number}
            derived: {⟦schema.bad-id⟧"d e": {text: D, number: 1}}
            """),
        .init(
            "questions that are no maps, and a question without an id",
            """
            questions:
              - ⟦yaml.wrong-shape⟧a
              - ⟦yaml.missing-key⟧{text: A, type: number}
            """),
        .init(
            "a list where a map belongs",
            """
            answers: ⟦yaml.wrong-shape⟧[1, 2]
            questions: ⟦yaml.wrong-shape⟧{a: 1}
            """),
        .init(
            "column and columns exchanged",
            """
            questions:
              - {id: a, text: A, type: number, ⟦schema.wrong-column-key⟧columns: [x]}
              - {id: m, text: M, type: multiple, answers: {1: Y}, ⟦schema.wrong-column-key⟧column: m}
              - {id: n, text: N, type: multiple, answers: {1: Y}, columns: ⟦schema.pattern-without-code⟧n}
              - {id: o, text: O, type: multiple, answers: {1: Y, 2: N}, columns: ⟦schema.wrong-count⟧[o1]}
            """),
        .init(
            "derived variables with no or several definitions",
            """
            questions: [{id: a, text: A, type: number}]
            derived:
              ⟦schema.not-one-definition⟧d: {text: D}
              ⟦schema.not-one-definition⟧e: {text: E, number: a, cut: a, at: [1]}
              f: {text: F, number: a, ⟦schema.wrong-derived-key⟧at: [1]}
            """),
        .init(
            "limits and labels of a cut",
            """
            questions: [{id: a, text: A, type: number}, {id: s, text: S, type: text}]
            derived:
              d: {text: D, cut: a, at: [18, 30, ⟦schema.limits-not-ascending⟧30]}
              e: ⟦yaml.missing-key⟧{text: E, cut: a}
              f: {text: F, cut: a, at: [18, 30], labels: ⟦schema.wrong-count⟧[young, old]}
              g: {text: G, cut: a, at: [18], labels: ⟦yaml.missing-key⟧{m17: young, ⟦yaml.unknown-key⟧"18": old}}
              h: {text: H, cut: ⟦schema.not-numeric⟧s, at: [18]}
              i: {text: I, cut: a, at: [⟦yaml.not-a-number⟧x]}
              j: {text: J, cut: a, at: ⟦schema.empty⟧[]}
            """),
        .init(
            "cases with unknown answers, without labels or conditions",
            """
            answers: {yes_no: {1: Yes, 2: No}}
            questions: [{id: a, text: A, type: number}]
            derived:
              d: {text: D, answers: yes_no, cases: {1: a > 1, ⟦schema.unknown-answer⟧3: a > 2}}
              e: {text: E, cases: {1: ⟦yaml.missing-key⟧{when: a > 1}, 2: ⟦yaml.missing-key⟧{label: L}}}
              f: {text: F, cases: ⟦schema.empty⟧{}}
              g: {text: G, cases: {1: ⟦yaml.wrong-shape⟧a > 1}}
            """),
        .init(
            "one broken question makes one problem, not one for each use",
            """
            questions:
              - {id: a, text: A, type: ⟦yaml.unknown-word⟧nummer}
              - {id: b, text: B, type: number, when: a > 1 and a has 3}
            derived: {d: {text: D, number: a + 1}, e: {text: E, number: d + b}}
            """),
        .init(
            "private that is neither true nor false",
            """
            questions: [{id: a, text: A, type: number, private: ⟦yaml.unknown-word⟧yes}]
            """),
        .init(
            "a file of another kind",
            whole: """
                saual: ⟦yaml.wrong-kind⟧indicators/1
                nonsense: 1
                """),
        .init("a newer version", whole: "saual: ⟦yaml.wrong-kind⟧questionnaire/2\n"),
        .init("a file that is a list", whole: "⟦yaml.wrong-shape⟧- 1\n"),
        .init(
            "unfinished and overdone expressions",
            """
            questions:
              - {id: a, text: A, type: number}
              - {id: b, text: B, type: number, when: "a >⟦schema.expression-operand⟧"}
              - {id: c, text: C, type: number, when: "(a > 1⟦schema.expression-expected⟧"}
              - {id: d, text: D, type: number, when: "1 < a ⟦schema.expression-expected⟧< 5"}
              - {id: e, text: E, type: number, when: "a in ⟦schema.expression-expected⟧(1, 2)"}
              - {id: f, text: F, type: number, when: "⟦schema.unknown-function⟧mising(a)"}
              - {id: h, text: H, type: number, when: 'a = ⟦schema.expression-open⟧"x'}
              - {id: i, text: I, type: number, when: "a = ⟦schema.expression-number⟧12abc"}
              - {id: j, text: J, type: number, when: "⟦schema.needs-one-name⟧missing(a, b)"}
              - {id: k, text: K, type: number, when: "a in [1, ⟦schema.not-a-constant⟧b]"}
              - {id: l, text: L, type: number, when: "⟦schema.not-a-set⟧a has 1"}
            """),
        .init(
            "a code that looks like a name",
            """
            questions:
              - {id: s, text: S, type: single, answers: {U: Urban, R: Rural}}
              - {id: a, text: A, type: number, when: "s = ⟦schema.unquoted-code⟧U or s in [⟦schema.unquoted-code⟧R]"}
            """),
        .init(
            "empty codes",
            """
            missing: {⟦schema.empty-code⟧"": {kind: refused}}
            questions: [{id: a, text: A, type: single, answers: {⟦schema.empty-code⟧"": Nothing, 1: One}}]
            """),
    ]
}
