extension StudyKeys {
    /// The audit of the field.
    static let quality = SchemaKey.optional(
        "quality",
        .keys([
            .required(
                "interviewer", .text,
                Phrase(
                    "Question with the code of the interviewer", ru: "Вопрос с кодом интервьюера",
                    kk: "Сұхбаттасушы коды тұрған сұрақ")),
            .optional(
                "start", .text,
                Phrase(
                    "Question with the start of the interview, as 2023-09-01T09:42",
                    ru: "Вопрос с началом интервью, например 2023-09-01T09:42",
                    kk: "Сұхбаттың басталуы тұрған сұрақ, мысалы 2023-09-01T09:42")),
            .optional(
                "end", .text,
                Phrase(
                    "Question with the end of the interview", ru: "Вопрос с окончанием интервью",
                    kk: "Сұхбаттың аяқталуы тұрған сұрақ")),
            .optional(
                "outcome", .text,
                Phrase(
                    "Question with the outcome of the contact, AAPOR's three digits",
                    ru: "Вопрос с исходом контакта, три цифры AAPOR",
                    kk: "Хабарласу нәтижесі тұрған сұрақ, AAPOR-дың үш таңбасы")),
            .optional(
                "match", .number,
                Phrase(
                    "Share of equal answers from which two interviews are near duplicates; 0.85 if left out",
                    ru: "Доля равных ответов, с которой два интервью почти одинаковы; без ключа 0.85",
                    kk: "Екі сұхбатты бірдей дерлік деп санайтын тең жауаптар үлесі; кілтсіз 0.85")),
            .optional(
                "minimum minutes", .number,
                Phrase(
                    "Minutes below which an interview is short, whatever the median",
                    ru: "Минуты, ниже которых интервью короткое при любой медиане",
                    kk: "Медианаға қарамай, сұхбатты қысқа дейтін минуттар")),
            .optional(
                "minimum interviews", .whole(least: 1),
                Phrase(
                    "Suspect interviews from which an interviewer is flagged; 3 if left out",
                    ru: "Число подозрительных интервью, с которого интервьюер отмечается; без ключа 3",
                    kk: "Сұхбаттасушыны белгілейтін күмәнді сұхбаттар саны; кілтсіз 3")),
        ]),
        Phrase(
            "Audit of the field: who asked, when, with what outcome",
            ru: "Проверка поля: кто, когда и с каким исходом опрашивал",
            kk: "Дала жұмысын тексеру: кім, қашан, қандай нәтижемен сұрады"))
}
