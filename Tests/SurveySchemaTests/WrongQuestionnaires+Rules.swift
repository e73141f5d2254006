extension WrongQuestionnaire {
    static let rules: [WrongQuestionnaire] = [
        .init(
            "checks of unknown things, without parts, and twice",
            """
            answers: {yes_no: {1: Yes, 2: No}}
            questions:
              - {id: age, text: A, type: number}
              - {id: work, text: W, type: single, answers: yes_no}
              - {id: con, for each: yes_no, text: C, type: single, answers: yes_no}
              - {id: bad, text: B, type: ⟦yaml.unknown-word⟧nummer}
            checks:
              - {id: a, rule: "not (⟦schema.unknown-name⟧agge < 30 and work = ⟦schema.unknown-answer⟧7)", text: T}
              - {id: ⟦schema.repeated-check⟧a, rule: age > 1, text: T}
              - {id: ⟦schema.bad-id⟧a-b, rule: ⟦schema.not-a-condition⟧age, text: T}
              - ⟦yaml.missing-key⟧⟦yaml.missing-key⟧⟦yaml.missing-key⟧{severity: ⟦yaml.unknown-word⟧error, ⟦yaml.unknown-key⟧when: age > 1}
              - {id: c, rule: "any(con = 1) and ⟦schema.roster-without-item⟧con = 1", text: T, severity: quarantine}
              - {id: d, rule: "bad = 1", text: T}
              - {id: e, rule: "age > ⟦schema.expression-operand⟧", text: T}
              - ⟦yaml.wrong-shape⟧age > 1
            """),
        .init(
            "checks that are no list",
            """
            questions: [{id: a, text: A, type: number}]
            checks: ⟦yaml.wrong-shape⟧{age: a > 1}
            """),
        .init(
            "an empty list of checks",
            """
            questions: [{id: a, text: A, type: number}]
            checks: ⟦schema.empty⟧[]
            """),
        .init(
            "choices of multiple questions",
            """
            answers: {abc: {1: A, 2: B, 3: C}}
            questions:
              - {id: a, text: A, type: multiple, answers: abc, exclusive: [1, ⟦schema.unknown-answer⟧8, ⟦schema.repeated-entry⟧1]}
              - {id: b, text: B, type: multiple, answers: abc, most: ⟦schema.most-out-of-range⟧0}
              - {id: c, text: C, type: multiple, answers: abc, most: ⟦schema.most-out-of-range⟧4}
              - {id: d, text: D, type: multiple, answers: abc, most: ⟦yaml.not-whole⟧two}
              - {id: e, text: E, type: single, answers: abc, ⟦schema.only-multiple⟧exclusive: 1, ⟦schema.only-multiple⟧most: 2}
              - {id: f, for each: abc, text: F, type: number, ⟦schema.only-multiple⟧most: 1}
            """),
        .init(
            "variants by the wrong question",
            """
            answers: {arm: {1: One, 2: Two}}
            questions:
              - {id: n, text: N, type: number}
              - {id: m, text: M, type: multiple, answers: arm}
              - {id: r, for each: arm, text: R, type: single, answers: arm}
              - {id: half, text: H, type: single, answers: arm, when: n > 1}
              - {id: a, type: number, variants: {by: ⟦schema.unknown-name⟧arms, texts: {1: X, 2: Y}}}
              - {id: b, type: number, variants: {by: ⟦schema.variants-by⟧n, texts: {1: X, 2: Y}}}
              - {id: c, type: number, variants: {by: ⟦schema.variants-by⟧m, texts: {1: X, 2: Y}}}
              - {id: d, type: number, variants: {by: ⟦schema.variants-by⟧r, texts: {1: X, 2: Y}}}
              - {id: e, type: number, variants: {by: ⟦schema.variants-by-routed⟧half, texts: {1: X, 2: Y}}}
              - {id: f, type: single, answers: arm, variants: {by: ⟦schema.variants-by⟧f, texts: {1: X, 2: Y}}}
              - {id: g, type: number, when: n > 1, variants: {by: half, texts: {1: X, 2: Y}}}
            """),
        .init(
            "variants without texts, with foreign answers and ranges",
            """
            answers: {arm: {1: One, 2: Two}}
            questions:
              - {id: arm, text: N, type: single, answers: arm}
              - {id: a, type: number, variants: {by: arm, texts: ⟦schema.variants-without-text⟧{1: X}}}
              - {id: b, type: number, variants: {by: arm, texts: {1: X, 2: Y, ⟦schema.unknown-answer⟧3: Z}}}
              - {id: c, type: number, variants: ⟦yaml.missing-key⟧⟦yaml.missing-key⟧{⟦yaml.unknown-key⟧text: X}}
              - {id: d, type: number, range: [0, 9], variants: {by: arm, texts: {1: X, 2: Y}, ⟦schema.two-ranges⟧ranges: {1: [0, 3]}}}
              - {id: e, type: single, answers: arm, variants: {by: arm, texts: {1: X, 2: Y}, ⟦schema.range-not-allowed⟧ranges: {1: [0, 3]}}}
              - {id: f, type: number, variants: {by: arm, texts: {1: X, 2: Y}, ranges: {1: ⟦schema.range-turned⟧[3, 0], ⟦schema.unknown-answer⟧7: [0, 1], 2: ⟦schema.wrong-count⟧4}}}
              - {id: g, for each: arm, type: number, variants: ⟦schema.variants-of-roster⟧{by: arm, texts: {1: X, 2: Y}}}
              - ⟦yaml.missing-key⟧{id: h, type: number}
            """),
        .init(
            "models of sensitive questions",
            """
            answers: {arm: {1: One, 2: Two}}
            questions:
              - {id: arm, text: N, type: single, answers: arm}
              - {id: a, type: number, variants: {by: arm, texts: {1: X, 2: Y}}, sensitive: {model: list, treatment: ⟦schema.unknown-answer⟧3}}
              - {id: b, text: B, type: number, sensitive: ⟦schema.list-without-variants⟧{model: list, treatment: 2}}
              - {id: c, text: C, type: single, answers: arm, sensitive: {model: crosswise, prevalence: ⟦schema.prevalence⟧0.5}}
              - {id: d, text: D, type: single, answers: arm, sensitive: {model: crosswise, prevalence: ⟦schema.prevalence⟧1}}
              - {id: e, text: E, type: single, answers: {1: A, 2: B, 3: C}, sensitive: ⟦schema.crosswise-answers⟧{model: crosswise, prevalence: 0.2}}
              - {id: f, text: F, type: number, sensitive: ⟦schema.crosswise-answers⟧{model: crosswise, prevalence: ⟦yaml.not-a-number⟧much}}
              - {id: g, text: G, type: single, answers: arm, sensitive: {model: ⟦yaml.unknown-word⟧triangular}}
              - {id: h, text: H, type: single, answers: arm, sensitive: ⟦yaml.missing-key⟧{model: crosswise, ⟦schema.wrong-model-key⟧treatment: 1}}
              - {id: i, type: text, variants: {by: arm, texts: {1: X, 2: Y}}, sensitive: ⟦schema.list-not-number⟧{model: list, treatment: 2, ⟦schema.wrong-model-key⟧prevalence: 0.2}}
            """),
    ]
}
