extension WrongQuestionnaire {
    static let rosters: [WrongQuestionnaire] = [
        .init(
            "rosters over nothing, over a later question, over a single one",
            """
            answers: {yes_no: {1: Yes, 2: No}, both: {1: A}}
            questions:
              - {id: a, for each: ⟦schema.unknown-roster-list⟧yes_nо, text: A, type: number}
              - {id: b, for each: ⟦schema.unknown-roster-list⟧m, text: B, type: number}
              - {id: m, text: M, type: multiple, answers: yes_no}
              - {id: c, for each: ⟦schema.unknown-roster-list⟧a, text: C, type: number}
              - {id: both, text: D, type: multiple, answers: both}
              - {id: d, for each: ⟦schema.list-or-question⟧both, text: D, type: number}
              - {id: e, for each: ⟦yaml.wrong-shape⟧[yes_no], text: E, type: number}
            """),
        .init(
            "rosters of the wrong type, and columns that are no columns of items",
            """
            answers: {yes_no: {1: Yes, 2: No}}
            questions:
              - {id: a, for each: yes_no, text: A, type: ⟦schema.roster-of-multiple⟧multiple, answers: yes_no}
              - {id: b, for each: yes_no, text: B, type: number, ⟦schema.roster-column⟧column: b}
              - {id: c, for each: yes_no, text: C, type: number, columns: ⟦schema.pattern-without-code⟧"{id}_{code}"}
              - {id: d, for each: yes_no, text: D, type: number, columns: ⟦schema.wrong-count⟧[d1]}
              - {id: e, for each: yes_no, text: E, type: number, columns: [e1, ⟦schema.repeated-entry⟧e1]}
              - {id: f, for each: yes_no, text: F, type: number, columns: [⟦schema.shared-column⟧e1, f]}
              - {id: ⟦schema.repeated-id⟧d, for each: yes_no, text: G, type: number, columns: "g_{item}"}
            """),
        .init(
            "routing of rosters",
            """
            answers: {yes_no: {1: Yes, 2: No}, ab: {a: A, b: B}}
            questions:
              - {id: a, for each: yes_no, text: A, type: number}
              - {id: b, for each: ab, text: B, type: number, when: "⟦schema.roster-without-item⟧a > 1"}
              - {id: s, for each: ab, text: S, type: single, answers: yes_no}
              - {id: c, for each: ab, text: C, type: number, when: "b > 1 and ⟦schema.unknown-name⟧bb > 1"}
              - {id: d, text: D, type: number, when: "⟦schema.unknown-item⟧b[c] > 1"}
              - {id: e, text: E, type: number, when: "any(a > 1 and ⟦schema.rosters-of-two-lists⟧b > 1)"}
              - {id: f, for each: ab, text: F, type: single, answers: yes_no, when: "b > 1 and s = ⟦schema.unknown-answer⟧3"}
            derived: {g: {text: G, cut: ⟦schema.roster-without-item⟧a, at: [1]}}
            """),
        .init(
            "rosters that are routed by themselves, by each other, through a multiple question",
            """
            answers: {ab: {a: A, b: B}}
            questions:
              - {id: a, for each: ab, text: A, type: number, when: ⟦schema.circle⟧a > 1}
              - {id: b, for each: ab, text: B, type: number, when: ⟦schema.circle⟧"c > 1"}
              - {id: c, for each: ab, text: C, type: number, when: "any(b > 1)"}
              - {id: m, text: M, type: multiple, answers: ab, when: ⟦schema.circle⟧"d[a] > 1"}
              - {id: d, for each: m, text: D, type: number}
              - {id: e, for each: ab, text: E, type: number, when: ⟦schema.circle⟧"e[a] > 1"}
            """),
        .init(
            "rosters in the key",
            """
            key: [⟦schema.roster-without-item⟧r, ⟦schema.unknown-item⟧"r[c]", "r[a]", ⟦schema.unknown-name⟧"n[a]", ⟦schema.unknown-item⟧"r[a"]
            answers: {ab: {a: A, b: B}}
            questions:
              - {id: n, text: N, type: number}
              - {id: r, for each: ab, text: R, type: number}
            """),
        .init(
            "broken rosters make one problem each, not one for each use",
            """
            answers: {ab: {a: A, b: B}, bad: {a: ⟦yaml.wrong-shape⟧[A]}}
            questions:
              - {id: r, for each: bad, text: R, type: number}
              - {id: s, for each: ab, text: S, type: ⟦yaml.unknown-word⟧nummer}
              - {id: t, for each: ab, text: T, type: number, when: "s = 1 and any(r > 1)"}
              - {id: m, text: M, type: multiple, answers: ⟦schema.unknown-answer-list⟧nothing}
              - {id: u, for each: m, text: U, type: number}
              - {id: v, text: V, type: number, when: "any(u > 1) and u[z] > 1"}
            """),
    ]
}
