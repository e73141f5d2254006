public import SurveySchema

/// The words of a codebook in one language; `{1}`, `{2}`… are places for values.
public struct CodebookWords: Sendable {
    public let language: Language
    public let codebook: String
    public let skip, contents, search, clear: String
    public let onlyMissing, onlyLabelled, onlyUnlabelled: String
    /// How many of how many variables are shown.
    public let shown: String
    public let nothing: String
    public let source, rows, variables, notes, weight, sets, omitted: String
    /// What the per cent are of, without and with a weight.
    public let plainBase, weightedBase: String
    public let variable, label, type, measure, format, code, count, percent, weightedPercent: String
    public let answers, missing, kind, wording, range, member, isPrivate: String
    public let more: String
    public let least, greatest, section: String
    private let types: [String: String]
    private let kinds: [String: String]
    private let measures: [String: String]

    /// Returns the words of a language that Saual speaks, nil for another.
    public static func spoken(in language: Language) -> CodebookWords? {
        switch language {
        case .kazakh: .kazakh
        case .russian: .russian
        case .english: .english
        default: nil
        }
    }

    /// A type of machine formats in words; one without words stands as it is.
    public func type(_ name: String) -> String { types[name] ?? name }

    /// A missing kind in words; a questionnaire's own kinds stand as they are.
    public func kind(_ name: String) -> String { kinds[name] ?? name }

    /// A measurement level in words.
    public func measure(_ name: String) -> String { measures[name] ?? name }

    private static let english = CodebookWords(
        language: .english, codebook: "Codebook", skip: "Skip to the variables", contents: "Sections",
        search: "Search names, labels and answers", clear: "Clear",
        onlyMissing: "with missing answers", onlyLabelled: "with labelled answers",
        onlyUnlabelled: "without a label",
        shown: "Variables shown: {1} of {2}", nothing: "No variable fits.",
        source: "Data", rows: "Rows", variables: "Variables", notes: "Notes of the file", weight: "Weight",
        sets: "Multiple-response sets", omitted: "Variables left out by a filter: {1}",
        plainBase:
            "Per cent of answers: of the rows with an answer; per cent of missing answers: of all rows. Not weighted.",
        weightedBase:
            "n counts rows. Weighted per cent use the weight {1}: of the rows with an answer; for missing answers of all rows.",
        variable: "variable", label: "label", type: "type", measure: "measurement level", format: "format",
        code: "code", count: "n", percent: "%", weightedPercent: "weighted %",
        answers: "Answers", missing: "Missing", kind: "kind", wording: "Wording where {1}", range: "Range",
        member: "In the set {1}", isPrivate: "Private: nothing is told of its rows.",
        more: "All {1} answers", least: "least", greatest: "greatest", section: "section",
        types: [
            "single": "one answer", "multiple": "several answers", "scale": "scale", "region": "region",
            "number": "number", "money": "amount of money", "date": "date", "text": "text", "item": "chosen or not",
            "set": "several answers", "answers": "one answer",
        ],
        kinds: [
            "not-asked": "not asked", "not-in-wave": "not in this wave", "no-answer": "no answer",
            "unreadable": "unreadable", "dont-know": "does not know", "refused": "refused",
            "not-applicable": "not applicable", "never-dealt": "never dealt with it",
            "range": "range of missing numbers",
        ],
        measures: ["nominal": "nominal", "ordinal": "ordinal", "scale": "numeric"])

    private static let russian = CodebookWords(
        language: .russian, codebook: "Кодовая книга", skip: "К переменным", contents: "Разделы",
        search: "Поиск по именам, подписям и ответам", clear: "Очистить",
        onlyMissing: "с пропусками", onlyLabelled: "с подписанными ответами", onlyUnlabelled: "без подписи",
        shown: "Показано переменных: {1} из {2}", nothing: "Ничего не найдено.",
        source: "Данные", rows: "Строк", variables: "Переменных", notes: "Примечания файла", weight: "Вес",
        sets: "Наборы множественных ответов", omitted: "Переменных не прошло отбор: {1}",
        plainBase:
            "Процент ответов — от строк с ответом, процент пропусков — от всех строк. Без взвешивания.",
        weightedBase:
            "n — число строк. Взвешенный процент по весу {1}: для ответов от строк с ответом, для пропусков от всех строк.",
        variable: "переменная", label: "подпись", type: "тип", measure: "шкала", format: "формат",
        code: "код", count: "n", percent: "%", weightedPercent: "взвеш. %",
        answers: "Ответы", missing: "Пропуски", kind: "вид", wording: "Формулировка при {1}", range: "Диапазон",
        member: "Входит в набор {1}", isPrivate: "Закрыта: о её строках ничего не сообщается.",
        more: "Все ответы: {1}", least: "наименьшее", greatest: "наибольшее", section: "раздел",
        types: [
            "single": "один ответ", "multiple": "несколько ответов", "scale": "шкала", "region": "регион",
            "number": "число", "money": "сумма денег", "date": "дата", "text": "текст", "item": "выбран или нет",
            "set": "несколько ответов", "answers": "один ответ",
        ],
        kinds: [
            "not-asked": "не задавался", "not-in-wave": "нет в этой волне", "no-answer": "нет ответа",
            "unreadable": "не прочитано", "dont-know": "не знает", "refused": "отказ",
            "not-applicable": "неприменимо", "never-dealt": "не сталкивался",
            "range": "диапазон пропусков",
        ],
        measures: ["nominal": "номинальная", "ordinal": "порядковая", "scale": "числовая"])

    private static let kazakh = CodebookWords(
        language: .kazakh, codebook: "Кодтар кітабы", skip: "Айнымалыларға өту", contents: "Бөлімдер",
        search: "Атаулар, белгілер мен жауаптар бойынша іздеу", clear: "Тазалау",
        onlyMissing: "жауапсыздары бар", onlyLabelled: "жауаптарының белгісі бар", onlyUnlabelled: "белгісі жоқ",
        shown: "Көрсетілген айнымалылар: {1}, барлығы: {2}", nothing: "Ештеңе табылмады.",
        source: "Деректер", rows: "Жолдар", variables: "Айнымалылар", notes: "Файл ескертпелері", weight: "Салмақ",
        sets: "Бірнеше жауап жиындары", omitted: "Сүзгіден өтпеген айнымалылар: {1}",
        plainBase:
            "Жауап пайызы — жауабы бар жолдардан, жауапсыздық пайызы — барлық жолдан. Салмақталмаған.",
        weightedBase:
            "n — жолдар саны. Салмақталған пайыз {1} салмағы бойынша: жауаптар үшін жауабы бар жолдардан, жауапсыздық үшін барлық жолдан.",
        variable: "айнымалы", label: "белгісі", type: "түрі", measure: "өлшем деңгейі", format: "пішімі",
        code: "код", count: "n", percent: "%", weightedPercent: "салмақталған %",
        answers: "Жауаптар", missing: "Жауабы жоқ", kind: "түрі", wording: "{1} болғандағы тұжырым",
        range: "Ауқымы", member: "{1} жиынына кіреді", isPrivate: "Жабық: жолдары туралы ештеңе айтылмайды.",
        more: "Барлық жауаптар: {1}", least: "ең кішісі", greatest: "ең үлкені", section: "бөлім",
        types: [
            "single": "бір жауап", "multiple": "бірнеше жауап", "scale": "шкала", "region": "өңір",
            "number": "сан", "money": "ақша сомасы", "date": "күн", "text": "мәтін", "item": "таңдалған не таңдалмаған",
            "set": "бірнеше жауап", "answers": "бір жауап",
        ],
        kinds: [
            "not-asked": "қойылмаған", "not-in-wave": "бұл толқында жоқ", "no-answer": "жауап жоқ",
            "unreadable": "оқылмады", "dont-know": "білмейді", "refused": "бас тартты",
            "not-applicable": "қатысы жоқ", "never-dealt": "кездеспеген",
            "range": "жауапсыздық ауқымы",
        ],
        measures: ["nominal": "атаулы", "ordinal": "реттік", "scale": "сандық"])
}
