internal import SurveySchema

/// The words of a field audit as people read it.
struct QualityWords: Sendable {
    let interviews, rows, columns, allPairs, pairsWithin, tooFew, synthetic, nobody: String
    let flagged, none, of, rule, ruleShort: String
    let interviewer, copies, medianMatch, medianMinutes, short, suspects, straight, unanswered, mark, others: String
    let isFlagged, manyStraight, manyUnanswered: String
    let durations, median, quartiles, shortBelow, overlapping, outside, negative, unreadable: String
    let rates, effects, variable: String
    let indicators, indicator, with, error, without, difference, reweighted, unweighted: String

    static func `in`(_ language: Language) -> QualityWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = QualityWords(
        interviews: "interviews", rows: "rows", columns: "columns of answers compared", allPairs: "every pair compared",
        pairsWithin: "pairs of one interviewer or one PSU compared",
        tooFew: "Fewer than {1}: too few to tell copies from people who agree, so that no match is judged.",
        synthetic: "Synthetic data: nobody was interviewed.",
        nobody: "No column says who asked: interviewers are not judged.",
        flagged: "Flagged interviewers", none: "none", of: "of",
        rule:
            "Rule: at least {1} interviews, and {2} of all, share {3} or more of their answers with another one of the "
            + "same interviewer{4}.",
        ruleShort: " and took less than {1} minutes",
        interviewer: "interviewer", copies: "near duplicates", medianMatch: "median match", medianMinutes: "median min",
        short: "short", suspects: "suspect", straight: "straight lines", unanswered: "unanswered", mark: "mark",
        others: "… and {1} more interviewers (all in --format csv)",
        isFlagged: "FLAGGED", manyStraight: "many straight lines", manyUnanswered: "many unanswered",
        durations: "Minutes of an interview", median: "median", quartiles: "quartiles",
        shortBelow: "shorter than {1} minutes", overlapping: "overlapping", outside: "outside the field dates",
        negative: "end before start", unreadable: "unreadable time",
        rates: "Outcome rates (AAPOR 2016, unweighted)",
        effects: "Greatest differences between interviewers of one stratum (rho holds those of their places too)",
        variable: "variable",
        indicators: "Indicators with and without the {1} interviews of flagged interviewers", indicator: "indicator",
        with: "with", error: "SE", without: "without", difference: "difference",
        reweighted: "Left out as non-respondents; the study's weighting was run again on what remains, so that its "
            + "totals are met again. Shares differ in percentage points.",
        unweighted: "Left out with weight 0; the other weights are as they came, so that totals which they met are no "
            + "longer met. Shares differ in percentage points.")

    private static let russian = QualityWords(
        interviews: "интервью", rows: "строк", columns: "сравнено столбцов ответов", allPairs: "сравнены все пары",
        pairsWithin: "сравнены пары одного интервьюера или одной ПЕО",
        tooFew:
            "Их меньше {1}: этого мало, чтобы отличить копии от согласных людей, поэтому совпадения не оцениваются.",
        synthetic: "Искусственные данные: никого не опрашивали.",
        nobody: "Нет столбца с интервьюером: интервьюеры не оцениваются.",
        flagged: "Отмечены интервьюеры", none: "никто", of: "из",
        rule:
            "Правило: не менее {1} интервью и не менее {2} всех интервью совпадают на {3} ответов или больше с другим "
            + "интервью того же интервьюера{4}.",
        ruleShort: " и длились меньше {1} мин",
        interviewer: "интервьюер", copies: "почти копии", medianMatch: "медиана совпадения",
        medianMinutes: "медиана, мин",
        short: "короткие", suspects: "подозрительные", straight: "прямые линии", unanswered: "без ответа",
        mark: "пометка", others: "… и ещё интервьюеров: {1} (все в --format csv)",
        isFlagged: "ОТМЕЧЕН", manyStraight: "много прямых линий", manyUnanswered: "много без ответа",
        durations: "Длительность интервью, мин", median: "медиана", quartiles: "квартили",
        shortBelow: "короче {1} мин", overlapping: "пересекаются во времени", outside: "вне дат поля",
        negative: "конец раньше начала", unreadable: "время не читается",
        rates: "Исходы контактов (AAPOR 2016, без весов)",
        effects: "Наибольшие различия между интервьюерами одной страты (в rho входят и различия их мест)",
        variable: "переменная",
        indicators: "Показатели с интервью отмеченных интервьюеров ({1}) и без них", indicator: "показатель",
        with: "с ними", error: "СО", without: "без них", difference: "разность",
        reweighted: "Эти интервью исключены как неответы; взвешивание исследования выполнено заново на оставшихся, и "
            + "итоги снова соблюдены. Разность долей — в процентных пунктах.",
        unweighted: "Эти интервью исключены с весом 0; остальные веса прежние, поэтому итоги, которым они отвечали, "
            + "больше не соблюдены. Разность долей — в процентных пунктах.")

    private static let kazakh = QualityWords(
        interviews: "сұхбат", rows: "жол", columns: "салыстырылған жауап бағандары",
        allPairs: "барлық жұп салыстырылды",
        pairsWithin: "бір сұхбаттасушының немесе бір БІБ жұптары салыстырылды",
        tooFew:
            "Саны {1} санынан аз: көшірмені пікірлес адамдардан ажыратуға жетпейді, сондықтан сәйкестік бағаланбайды.",
        synthetic: "Жасанды деректер: ешкімнен сұхбат алынған жоқ.",
        nobody: "Сұхбаттасушы бағаны жоқ: сұхбаттасушылар бағаланбайды.",
        flagged: "Белгіленген сұхбаттасушылар", none: "ешкім", of: "барлығы",
        rule: "Қағида: кемінде {1} сұхбат және барлық сұхбаттың кемінде {2} сол сұхбаттасушының басқа сұхбатымен "
            + "жауаптардың {3} немесе одан көбінде сәйкес келеді{4}.",
        ruleShort: " және {1} минуттан аз созылған",
        interviewer: "сұхбаттасушы", copies: "көшірме дерлік", medianMatch: "сәйкестік медианасы",
        medianMinutes: "медиана, мин", short: "қысқа", suspects: "күмәнді", straight: "тік сызық",
        unanswered: "жауапсыз", mark: "белгі", others: "… және тағы {1} сұхбаттасушы (бәрі --format csv ішінде)",
        isFlagged: "БЕЛГІЛЕНДІ", manyStraight: "тік сызық көп", manyUnanswered: "жауапсыз көп",
        durations: "Сұхбат ұзақтығы, мин", median: "медиана", quartiles: "квартильдер",
        shortBelow: "{1} минуттан қысқа", overlapping: "уақыты қабаттасады", outside: "дала мерзімінен тыс",
        negative: "аяқталуы басталуынан бұрын", unreadable: "уақыты оқылмайды",
        rates: "Хабарласу нәтижелері (AAPOR 2016, салмақсыз)",
        effects: "Бір стратадағы сұхбаттасушылар арасындағы ең үлкен айырмашылықтар (rho ішінде орындардікі де бар)",
        variable: "айнымалы",
        indicators: "Белгіленген сұхбаттасушылардың сұхбаттарымен ({1}) және оларсыз көрсеткіштер",
        indicator: "көрсеткіш", with: "олармен", error: "СҚ", without: "оларсыз", difference: "айырма",
        reweighted: "Бұл сұхбаттар жауап бермегендер ретінде шығарылды; зерттеудің салмақтауы қалғандарға қайта "
            + "жүргізілді, жиынтықтар қайта сақталды. Үлестердің айырмасы — пайыздық тармақпен.",
        unweighted: "Бұл сұхбаттар 0 салмақпен шығарылды; басқа салмақтар бұрынғыдай, сондықтан олар сәйкес келген "
            + "жиынтықтар енді сақталмайды. Үлестердің айырмасы — пайыздық тармақпен.")
}
