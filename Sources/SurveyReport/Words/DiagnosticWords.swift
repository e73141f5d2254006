internal import SurveySchema

/// The words of the pictures and tables of what a weighting did.
struct DiagnosticWords: Sendable {
    /// The wave.
    let histogram, gaps, table, balanceTable: String
    let histogramNote, histogramAxis, gapsNote: String
    /// How many categories the picture leaves out.
    let gapsLeftOut: String
    let quantile5, median, quantile95, loss, spread, leastFactor, greatestFactor, lower, upper, gap, meanGap: String
    let distance, effect, mean, balanceNote: String
    /// Steps that have a name of their own.
    let steps: [String: String]

    static func `in`(_ language: Language) -> DiagnosticWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = DiagnosticWords(
        histogram: "Weights after each step, wave {1}", gaps: "Shares less their targets, wave {1}",
        table: "What each step did, wave {1}",
        balanceTable: "Variables followed through the weighting, wave {1}",
        histogramNote:
            "Bars: interviews by weight over mean weight; the last class is open. Narrow around 1 means little loss.",
        histogramAxis: "weight over mean weight",
        gapsNote: "Hollow: before the weighting; filled: after it, in percentage points from the target.",
        gapsLeftOut: "{1} categories that were nearer stand in the table of targets only.",
        quantile5: "Weight: 5% quantile", median: "Weight: median", quantile95: "Weight: 95% quantile",
        loss: "Interviews lost to unequal weights", spread: "Greatest weight over least",
        leastFactor: "Least factor of the step", greatestFactor: "Greatest factor of the step",
        lower: "Interviews at the lower bound", upper: "Interviews at the upper bound",
        gap: "Largest distance of a share from its target", meanGap: "Mean distance of shares from their targets",
        distance: "Standardised difference", effect: "Design effect of the weights", mean: "mean",
        balanceNote:
            "The standardised difference (ASMD) is that between before and after over the standard deviation before; above 0.1 it deserves a look. The design effect is that of unequal weights on this figure alone, without strata and clusters.",
        steps: [
            "eligibility": "Eligibility", "propensity": "Response propensity", "scale": "Scaling",
            "combine": "Samples combined", "panel": "Weight of the earlier wave", "nearest": "Nearest weights",
        ])

    private static let russian = DiagnosticWords(
        histogram: "Веса после каждого шага, волна {1}", gaps: "Отклонение долей от целей, волна {1}",
        table: "Что сделал каждый шаг, волна {1}",
        balanceTable: "Переменные, прослеженные при взвешивании, волна {1}",
        histogramNote:
            "Столбцы: интервью по отношению веса к среднему; последний класс открыт. Чем уже около 1, тем меньше потеря.",
        histogramAxis: "вес к среднему весу",
        gapsNote: "Пустой кружок — до взвешивания, закрашенный — после, в процентных пунктах от цели.",
        gapsLeftOut: "Категорий, бывших ближе и показанных только в таблице целей: {1}.",
        quantile5: "Вес: квантиль 5%", median: "Вес: медиана", quantile95: "Вес: квантиль 95%",
        loss: "Потеря интервью из-за неравных весов", spread: "Наибольший вес к наименьшему",
        leastFactor: "Наименьший множитель шага", greatestFactor: "Наибольший множитель шага",
        lower: "Интервью на нижней границе", upper: "Интервью на верхней границе",
        gap: "Наибольшее отклонение доли от цели", meanGap: "Среднее отклонение долей от целей",
        distance: "Стандартизованная разность", effect: "Эффект дизайна весов", mean: "среднее",
        balanceNote:
            "Стандартизованная разность — разность до и после, делённая на стандартное отклонение до; больше 0,1 стоит внимания. Эффект дизайна — только неравных весов для этой цифры, без страт и кластеров.",
        steps: [
            "eligibility": "Целевая группа", "propensity": "Склонность отвечать", "scale": "Масштаб",
            "combine": "Объединение выборок", "panel": "Вес прошлой волны", "nearest": "Ближайшие веса",
        ])

    private static let kazakh = DiagnosticWords(
        histogram: "Әр қадамнан кейінгі салмақтар, {1} толқыны",
        gaps: "Үлестердің мақсаттан ауытқуы, {1} толқыны", table: "Әр қадам не істеді, {1} толқыны",
        balanceTable: "Салмақтау кезінде қадағаланған айнымалылар, {1} толқыны",
        histogramNote:
            "Бағандар: салмағының орташаға қатынасы бойынша сұхбаттар; соңғы сынып ашық. 1 маңында неғұрлым тар болса, шығын соғұрлым аз.",
        histogramAxis: "салмақтың орташа салмаққа қатынасы",
        gapsNote: "Бос дөңгелек — салмақтауға дейін, боялғаны — кейін, мақсаттан пайыздық тармақпен.",
        gapsLeftOut: "Жақынырақ болып, тек мақсаттар кестесінде тұрған санаттар: {1}.",
        quantile5: "Салмақ: 5% квантиль", median: "Салмақ: медиана", quantile95: "Салмақ: 95% квантиль",
        loss: "Тең емес салмақтардан жоғалған сұхбаттар", spread: "Ең үлкен салмақтың ең кішісіне қатынасы",
        leastFactor: "Қадамның ең кіші көбейткіші", greatestFactor: "Қадамның ең үлкен көбейткіші",
        lower: "Төменгі шектегі сұхбаттар", upper: "Жоғарғы шектегі сұхбаттар",
        gap: "Үлестің мақсаттан ең үлкен ауытқуы", meanGap: "Үлестердің мақсаттан орташа ауытқуы",
        distance: "Стандартталған айырма", effect: "Салмақтардың дизайн әсері", mean: "орташа",
        balanceNote:
            "Стандартталған айырма — дейінгі мен кейінгінің айырмасы, дейінгі стандартты ауытқуға бөлінген; 0,1-ден үлкені назар аударарлық. Дизайн әсері — осы санға тек тең емес салмақтардың әсері, страталар мен кластерлерсіз.",
        steps: [
            "eligibility": "Нысаналы топ", "propensity": "Жауап беру бейімділігі", "scale": "Ауқым",
            "combine": "Іріктемелерді біріктіру", "panel": "Алдыңғы толқын салмағы", "nearest": "Ең жақын салмақтар",
        ])
}
