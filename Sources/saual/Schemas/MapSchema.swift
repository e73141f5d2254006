extension FileSchema {
    static let map = FileSchema(
        kind: "map",
        about: Phrase(
            "Which columns of a data file are which questions", ru: "Какие столбцы файла данных — какие вопросы",
            kk: "Деректер файлының қай бағаны қай сұрақ"),
        root: .keys([
            FileSchema.kindKey("map"),
            .required(
                "columns", .names(of: .either([.text, .keys(MapKeys.column)])),
                Phrase(
                    "{column or set of the file: question, or what its cells mean}",
                    ru: "{столбец или набор файла: вопрос или что значат его ячейки}",
                    kk: "{файл бағаны не жинағы: сұрақ не ұяшықтарының мағынасы}")),
            .optional(
                "ignore", .oneOrList(.text),
                Phrase(
                    "Columns that are left out knowingly", ru: "Столбцы, которые сознательно пропущены",
                    kk: "Әдейі қалдырылған бағандар")),
        ]),
        shared: [])
}

/// The keys of an entry of a map.
private enum MapKeys {
    static let column: [SchemaKey] = [
        .optional(
            "question", .text,
            Phrase(
                "Id of the question, or an item such as media[1]; without it, the name of the column",
                ru: "id вопроса или вариант, например media[1]; без него имя столбца",
                kk: "Сұрақтың id атауы не media[1] сияқты нұсқа; онсыз баған атауы")),
        .optional(
            "codes", .names(of: .text),
            Phrase(
                "{text of the cell: code of the questionnaire}; of a set of yes-or-no columns, {column: code}",
                ru: "{текст ячейки: код вопросника}; для набора столбцов «да — нет» — {столбец: код}",
                kk: "{ұяшық мәтіні: сауалнама коды}; «иә — жоқ» бағандарының жинағы үшін — {баған: код}")),
        .optional(
            "labels", .truth,
            Phrase(
                "The cells hold labels of answers, in any language", ru: "В ячейках подписи ответов на любом языке",
                kk: "Ұяшықтарда кез келген тілдегі жауап белгілері тұр")),
        .optional(
            "separator", .text,
            Phrase(
                "What stands between several answers in one cell; a semicolon, or spaces between codes, if left out",
                ru:
                    "Что стоит между несколькими ответами в одной ячейке; без ключа — точка с запятой, а между кодами и пробел",
                kk:
                    "Бір ұяшықтағы бірнеше жауаптың арасында не тұрады; кілтсіз — нүктелі үтір, кодтар арасында бос орын да"
            )),
    ]
}
