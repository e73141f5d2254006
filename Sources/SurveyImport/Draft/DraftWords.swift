internal import SurveySchema

/// What a drafted questionnaire tells its author, in one language.
struct DraftWords {
    /// The comment at the top; takes the name of the file.
    let head: @Sendable (String) -> [String]
    let fromWave: [String]
    let keyFound: String
    let noKey: String
    let missing: [String]
    let perhapsMissing: String
    let empty: String
    let otherDecimalSign: String
    let mayIdentify: String
    let describeSurvey: String
    let describeQuestion: String
    let describeAnswer: String
    let dontKnow: String
    let refused: String

    static func `in`(_ language: Language) -> DraftWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = DraftWords(
        head: { name in
            [
                "DRAFT made from \(name) by saual describe --draft-questionnaire.",
                "Types are guesses from the cells: correct them, write the texts, and say who is asked (when: …).",
                "Check it with: saual check FILE.yaml",
            ]
        },
        fromWave: [
            "The study file keeps numbers, not how they were written: where the raw file has 1.0 or 1,0 for 1,",
            "write the codes of the answers as the raw file has them.",
        ],
        keyFound: "different in every row",
        noKey: "no column is different in every row; name one, or several in brackets, if interviews have a number",
        missing: [
            "Some columns hold numbers that often mean \"don't know\" or \"refused\". If they do here, declare them once,",
            "take them out of the answers and ranges, and write the line that stands as a comment at the question.",
        ],
        perhapsMissing: "perhaps", empty: "no cell of this column is filled",
        otherDecimalSign: "numbers with the other decimal sign: draft again with --decimal",
        mayIdentify: "if it could tell who a person is", describeSurvey: "describe this survey",
        describeQuestion: "describe this question", describeAnswer: "describe this answer", dontKnow: "Hard to say",
        refused: "Refused")

    private static let russian = DraftWords(
        head: { name in
            [
                "ЧЕРНОВИК, сделан по \(name) командой saual describe --draft-questionnaire.",
                "Типы угаданы по ячейкам: исправьте их, напишите тексты и укажите, кому задан вопрос (when: …).",
                "Проверка: saual check FILE.yaml",
            ]
        },
        fromWave: [
            "Файл исследования хранит числа, а не их запись: если в исходном файле вместо 1 стоит 1.0 или 1,0,",
            "напишите коды ответов так, как они записаны там.",
        ],
        keyFound: "в каждой строке своё значение",
        noKey: "нет столбца, который в каждой строке свой; назовите один или несколько в скобках, если номера есть",
        missing: [
            "В некоторых столбцах есть числа, которые часто значат «не знаю» или «отказ». Если это так, объявите их,",
            "уберите из ответов и диапазонов и впишите строку, которая стоит у вопроса комментарием.",
        ],
        perhapsMissing: "возможно", empty: "в этом столбце нет ни одной заполненной ячейки",
        otherDecimalSign: "числа с другим десятичным знаком: повторите с ключом --decimal",
        mayIdentify: "если по нему можно узнать человека", describeSurvey: "опишите этот опрос",
        describeQuestion: "опишите этот вопрос", describeAnswer: "опишите этот ответ",
        dontKnow: "Затрудняюсь ответить", refused: "Отказ от ответа")

    private static let kazakh = DraftWords(
        head: { name in
            [
                "НОБАЙ: \(name) бойынша saual describe --draft-questionnaire пәрменімен жасалған.",
                "Түрлер ұяшықтарға қарап болжанған: түзетіңіз, мәтіндерін жазыңыз, сұрақ кімге қойылғанын көрсетіңіз (when: …).",
                "Тексеру: saual check FILE.yaml",
            ]
        },
        fromWave: [
            "Зерттеу файлы сандарды сақтайды, жазылуын емес: бастапқы файлда 1 орнында 1.0 не 1,0 тұрса,",
            "жауап кодтарын сондағыдай жазыңыз.",
        ],
        keyFound: "әр жолда өзгеше",
        noKey: "әр жолда өзгеше болатын баған жоқ; сұхбат нөмірі болса, бір бағанды не жақшада бірнешеуін атаңыз",
        missing: [
            "Кейбір бағандарда көбіне «білмеймін» не «бас тартты» дегенді білдіретін сандар бар. Мұнда да солай болса, оларды",
            "жариялап, жауаптар мен аралықтардан алып тастаңыз да, сұрақ жанындағы түсініктеме жолды жазыңыз.",
        ],
        perhapsMissing: "мүмкін", empty: "бұл бағанда толтырылған ұяшық жоқ",
        otherDecimalSign: "ондық белгісі басқа сандар: --decimal кілтімен қайталаңыз",
        mayIdentify: "адамды тануға болатын болса", describeSurvey: "осы сауалнаманы сипаттаңыз",
        describeQuestion: "осы сұрақты сипаттаңыз", describeAnswer: "осы жауапты сипаттаңыз",
        dontKnow: "Жауап беру қиын", refused: "Жауап беруден бас тартты")
}
