extension StudyKeys {
    /// The changes between waves.
    static let change = SchemaKey.optional(
        "change",
        .keys([
            .required(
                "samples", .words(["independent", "shared-psu"]),
                Phrase(
                    "Whether equal PSU labels are the same PSUs", ru: "Одни ли это ПЕО, если метки совпадают",
                    kk: "Белгілері бірдей бастапқы бірліктер бір ме")),
            .optional(
                "pairs", .either([.words(["consecutive"]), .list(of: .list(of: .text, least: 2, most: 2), least: 1)]),
                Phrase(
                    "Pairs of waves; consecutive if left out", ru: "Пары волн; без ключа consecutive",
                    kk: "Толқын жұптары; кілтсіз — consecutive")),
            .optional(
                "precision", .number,
                Phrase(
                    "Half-width up to which no change can be said, 0.05 is 5 points",
                    ru: "Полуширина, до которой можно сказать «без изменений», 0.05 — это 5 пунктов",
                    kk: "«Өзгеріс жоқ» деуге болатын жарты ен, 0.05 — 5 тармақ")),
        ]),
        Phrase("Changes between waves", ru: "Изменения между волнами", kk: "Толқындар арасындағы өзгерістер"))
}
