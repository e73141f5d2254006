internal import SurveyIndicators
internal import SurveySchema

/// The words of `saual explain`.
struct ExplanationWords: Sendable {
    let indicator, definition, wave, group, whole, value, withheld, none, interval, error, freedom: String
    let publication, shown, bracketed, hidden, complementary: String
    let minimumBase, lowBase, minimumPSUs, precision, isComplementary, part, comparability: String
    let formula, share, mean, ratio, quantile, composite, score, base, variables, source: String
    let rows, read, imported, setAside, interviews, inBase, inSet, psusOfBase, weightsOfBase: String
    let weight, sum, noColumn, design, strata, psus, populationSize, nested, lonely: String
    let file, questionnaire, programs, again: String

    func display(_ display: IndicatorResult.Display) -> String {
        switch display {
        case .shown: shown
        case .bracketed: bracketed
        case .hidden: hidden
        case .complementary: complementary
        }
    }

    /// A rule with the number that the study sets; never the number of the figure.
    func reason(_ reason: Explanation.Reason, _ rules: PublicationRules) -> String {
        switch reason {
        case .minimumBase: "\(minimumBase): \(rules.minimumBase)"
        case .lowBase: "\(lowBase): \(rules.lowBase)"
        case .minimumPSUs: "\(minimumPSUs): \(rules.minimumPSUs)"
        case .precision: "\(precision): \(rules.shareStandard.rawValue)"
        case .complementary: isComplementary
        case .part: part
        case .comparability: comparability
        }
    }

    static func `in`(_ language: Language) -> ExplanationWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = ExplanationWords(
        indicator: "indicator", definition: "definition", wave: "wave", group: "group", whole: "all", value: "value",
        withheld: "withheld", none: "cannot be computed", interval: "interval", error: "standard error",
        freedom: "degrees of freedom", publication: "publication", shown: "shown", bracketed: "shown in brackets",
        hidden: "withheld: the figure itself may not be shown",
        complementary: "withheld: a reader could compute a withheld figure from it",
        minimumBase: "fewer people in the base than the study shows", lowBase: "a base below",
        minimumPSUs: "fewer sampling units (PSUs) in the base than the study shows",
        precision: "too imprecise by the standard for shares",
        isComplementary: "the rule: no sum of published figures has a single withheld term",
        part: "a figure that it is made of is withheld", comparability: "the waves cannot be compared",
        formula: "formula", share: "share of the base for which", mean: "mean over the base of",
        ratio: "ratio of sums over the base", quantile: "quantile over the base, p =", composite: "sum of indicators",
        score: "points for the indicator",
        base: "base", variables: "variables", source: "source", rows: "rows", read: "read", imported: "imported",
        setAside: "set aside", interviews: "interviews are the rows where", inBase: "in the base", inSet: "in the set",
        psusOfBase: "sampling units in the base",
        weightsOfBase: "sum of weights in the base", weight: "weight", sum: "sum", noColumn: "none", design: "design",
        strata: "strata", psus: "sampling units", populationSize: "population sizes",
        nested: "numbers of sampling units repeat between strata", lonely: "rule for a stratum with one unit",
        file: "input file", questionnaire: "questionnaire", programs: "programs", again: "to get it again")

    private static let russian = ExplanationWords(
        indicator: "показатель", definition: "определение", wave: "волна", group: "группа", whole: "все",
        value: "значение", withheld: "скрыто", none: "не вычисляется", interval: "интервал",
        error: "стандартная ошибка", freedom: "степени свободы", publication: "публикация", shown: "показано",
        bracketed: "показано в скобках", hidden: "скрыто: саму цифру показывать нельзя",
        complementary: "скрыто: по ней читатель вычислил бы скрытую цифру",
        minimumBase: "людей в базе меньше, чем показывает исследование", lowBase: "база меньше",
        minimumPSUs: "единиц отбора в базе меньше, чем показывает исследование",
        precision: "слишком низкая точность по стандарту для долей",
        isComplementary: "правило: ни в одной сумме опубликованных цифр нет единственного скрытого слагаемого",
        part: "скрыта цифра, из которой она составлена", comparability: "волны несопоставимы", formula: "формула",
        share: "доля базы, для которой", mean: "среднее по базе", ratio: "отношение сумм по базе",
        quantile: "квантиль по базе, p =",
        composite: "сумма показателей", score: "баллы за показатель", base: "база", variables: "переменные",
        source: "источник", rows: "строки", read: "прочитано", imported: "загружено", setAside: "отложено",
        interviews: "интервью — строки, где",
        inBase: "в базе", inSet: "с этим ответом", psusOfBase: "единиц отбора в базе",
        weightsOfBase: "сумма весов в базе", weight: "вес", sum: "сумма", noColumn: "нет", design: "план выборки",
        strata: "страты", psus: "единицы отбора", populationSize: "размеры генеральной совокупности",
        nested: "номера единиц повторяются в разных стратах", lonely: "правило для страты с одной единицей",
        file: "исходный файл", questionnaire: "вопросник", programs: "программы", again: "получить снова")

    private static let kazakh = ExplanationWords(
        indicator: "көрсеткіш", definition: "анықтама", wave: "толқын", group: "топ", whole: "барлығы",
        value: "мәні", withheld: "жасырылған", none: "есептелмейді", interval: "аралық", error: "стандартты қате",
        freedom: "еркіндік дәрежелері", publication: "жариялау", shown: "көрсетілген",
        bracketed: "жақша ішінде көрсетілген", hidden: "жасырылған: санның өзін көрсетуге болмайды",
        complementary: "жасырылған: оқырман ол арқылы жасырылған санды есептеп шығарар еді",
        minimumBase: "базадағы адам саны зерттеу көрсететін саннан аз", lowBase: "база мынадан аз",
        minimumPSUs: "базадағы іріктеу бірліктері зерттеу көрсететін саннан аз",
        precision: "үлестер стандарты бойынша дәлдігі тым төмен",
        isComplementary: "қағида: жарияланған сандардың ешбір қосындысында жалғыз жасырылған қосылғыш болмайды",
        part: "құрамындағы сан жасырылған", comparability: "толқындарды салыстыруға болмайды", formula: "формула",
        share: "базаның мына шарт орындалатын үлесі", mean: "база бойынша орташа",
        ratio: "база бойынша қосындылар қатынасы", quantile: "база бойынша квантиль, p =",
        composite: "көрсеткіштер қосындысы",
        score: "көрсеткіш үшін балл", base: "база", variables: "айнымалылар", source: "дереккөз", rows: "жолдар",
        read: "оқылды", imported: "жүктелді", setAside: "шетке қойылды",
        interviews: "сұхбат — мына шарт орындалатын жолдар", inBase: "базада", inSet: "осы жауаппен",
        psusOfBase: "базадағы іріктеу бірліктері", weightsOfBase: "базадағы салмақтар қосындысы", weight: "салмақ",
        sum: "қосынды", noColumn: "жоқ", design: "іріктеме жоспары", strata: "страталар",
        psus: "іріктеу бірліктері", populationSize: "бас жиынтық көлемі",
        nested: "бірлік нөмірлері әр стратада қайталанады", lonely: "бір бірлігі бар страта ережесі",
        file: "бастапқы файл", questionnaire: "сауалнама", programs: "бағдарламалар", again: "қайта алу")
}
