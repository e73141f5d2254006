/// The words of plans, changes, families, composites, bounds and breaks.
struct FigureWords: Sendable {
    // Plan and fact
    let planAndFact, planCaption, registerCaption, plan, fact, pointRule, evidence, published, printedStatus, year,
        unit: String
    let reached, notReached, noData, evidenceShown, notDistinguishable: String
    /// The date of the copy; what stands in the source instead of a number; who is responsible.
    let vintage, blankMark, dashMark, responsible: String
    let planNote: String
    let percentile, place, count: String

    // Changes
    let changes, changeCaption, between, before, after, difference, verdict: String
    let increase, decrease, noChange, tooImprecise: String
    let changeNote, changeUnit, independent: String
    /// The number of shared primary sampling units.
    let sharedPSUs: String

    // Families and composites
    /// The name of the family.
    let familyCaption: String
    let member, funnelNote, itemsNote, answersNote, oneAnswerNote: String
    /// The name of the family and the breakdown, and the wave.
    let familyBreakdown: String
    let meanOf, weightedSum, differenceOf, less, basesOfParts: String
    /// Points for 100 %, number of steps.
    let scoreOf: String
    let betweenFloor, betweenLinear, betweenNearest, belowHalfZero, belowHalfContinues: String

    // Marks
    let bounds, breakMark, breakNote, breakLine: String

    // The chart of a family
    /// The wave; the confidence level.
    let familyChart, barLegend, hollowBars: String
}

extension FigureWords {
    static let english = FigureWords(
        planAndFact: "Plan and fact",
        planCaption: "Plan and fact: indicators of the survey",
        registerCaption: "Plan and fact: other indicators",
        plan: "Plan",
        fact: "Fact",
        pointRule: "By the point",
        evidence: "By the interval",
        published: "Published",
        printedStatus: "Printed status",
        year: "Year",
        unit: "Unit",
        reached: "reached",
        notReached: "not reached",
        noData: "no data",
        evidenceShown: "shown",
        notDistinguishable: "not distinguishable from the plan",
        vintage: "copy of {1}",
        blankMark: "blank in the source",
        dashMark: "a dash in the source",
        responsible: "responsible: {1}",
        planNote:
            "By the point: the fact alone against the nearer end of the plan, as officials compare. By the interval: "
            + "whether the confidence interval leaves the plan out. What others have printed stands as printed.",
        percentile: "percentile",
        place: "place",
        count: "number",
        changes: "Changes between waves",
        changeCaption: "Changes of the indicators between waves",
        between: "Waves",
        before: "Before",
        after: "After",
        difference: "Change",
        verdict: "What the figures say",
        increase: "increase",
        decrease: "decrease",
        noChange: "no change shown",
        tooImprecise: "too imprecise to tell",
        changeNote:
            "Below each change stands its {1} confidence interval. A change is named only where this interval leaves zero "
            + "out. “No change shown” means that a change "
            + "that matters would have been seen.",
        changeUnit: "Changes of shares are in percentage points.",
        independent: "The samples of the waves were drawn apart.",
        sharedPSUs: "Waves with common primary sampling units (at most {1}): their common part is in the errors.",
        familyCaption: "{1}: all parts, whole sample, by wave",
        member: "Part",
        funnelNote: "Each stage counts those who passed all stages before it.",
        itemsNote: "The same question about several items: each row has its own base.",
        answersNote: "Several answers are possible: the shares need not add up to 100%.",
        oneAnswerNote: "One answer a person: shares of the same base.",
        familyBreakdown: "{1}: breakdown {2}, wave {3}",
        meanOf: "Mean of the indicators:",
        weightedSum: "Weighted sum of the indicators:",
        differenceOf: "Difference of the indicators:",
        less: "less",
        basesOfParts: "the bases of its parts",
        scoreOf: "Points for the indicator below: {1} for 100%, in {2} equal steps.",
        betweenFloor: "Between two steps the lower one counts.",
        betweenLinear: "Between two steps points grow in proportion.",
        betweenNearest: "Between two steps the nearer one counts.",
        belowHalfZero: "Below half there are no points.",
        belowHalfContinues: "The steps go on below half.",
        bounds: "what the figure would be if all undetermined answers were “no”, and if all were “yes”",
        breakMark: "not comparable with earlier waves",
        breakNote: "Not comparable with earlier waves:",
        breakLine: "Across the dashed vertical line waves cannot be compared.",
        familyChart: "All parts, wave {1}",
        barLegend: "Bars are estimates, lines their {1} confidence intervals.",
        hollowBars: "Hollow bars stand on a low base.")

    static let russian = FigureWords(
        planAndFact: "План и факт",
        planCaption: "План и факт: показатели опроса",
        registerCaption: "План и факт: другие показатели",
        plan: "План",
        fact: "Факт",
        pointRule: "По точке",
        evidence: "По интервалу",
        published: "Опубликовано",
        printedStatus: "Напечатанный статус",
        year: "Год",
        unit: "Единица",
        reached: "выполнен",
        notReached: "не выполнен",
        noData: "нет данных",
        evidenceShown: "подтверждено",
        notDistinguishable: "неотличимо от плана",
        vintage: "копия: {1}",
        blankMark: "в источнике пусто",
        dashMark: "в источнике прочерк",
        responsible: "ответственные: {1}",
        planNote:
            "По точке: сам факт против ближнего конца плана, как сравнивают в отчётности. По интервалу: лежит ли план вне "
            + "доверительного интервала. Напечатанное другими стоит так, как напечатано.",
        percentile: "процентиль",
        place: "место",
        count: "число",
        changes: "Изменения между волнами",
        changeCaption: "Изменения показателей между волнами",
        between: "Волны",
        before: "Было",
        after: "Стало",
        difference: "Изменение",
        verdict: "Что говорят показатели",
        increase: "рост",
        decrease: "снижение",
        noChange: "изменения не видно",
        tooImprecise: "слишком неточно",
        changeNote:
            "Под каждым изменением стоит его доверительный интервал ({1}). Изменение названо только тогда, когда этот "
            + "интервал не содержит нуля. «Изменения не видно» — "
            + "значит, изменение, имеющее значение, было бы замечено.",
        changeUnit: "Изменения долей — в процентных пунктах.",
        independent: "Выборки волн отобраны независимо.",
        sharedPSUs: "У волн есть общие первичные единицы отбора (не больше {1}): их общая часть учтена в ошибках.",
        familyCaption: "{1}: все части, вся выборка, по волнам",
        member: "Часть",
        funnelNote: "Каждая ступень считает тех, кто прошёл все предыдущие.",
        itemsNote: "Один вопрос о нескольких предметах: у каждой строки своя база.",
        answersNote: "Возможны несколько ответов: доли не обязаны давать в сумме 100 %.",
        oneAnswerNote: "Один ответ на человека: доли одной и той же базы.",
        familyBreakdown: "{1}: разбивка «{2}», волна {3}",
        meanOf: "Среднее показателей:",
        weightedSum: "Взвешенная сумма показателей:",
        differenceOf: "Разность показателей:",
        less: "минус",
        basesOfParts: "базы его частей",
        scoreOf: "Баллы за показатель ниже: за 100 % — {1}, равных ступеней — {2}.",
        betweenFloor: "Между двумя ступенями считается нижняя.",
        betweenLinear: "Между двумя ступенями баллы растут пропорционально.",
        betweenNearest: "Между двумя ступенями считается ближняя.",
        belowHalfZero: "Ниже половины баллов нет.",
        belowHalfContinues: "Ниже половины ступени продолжаются.",
        bounds: "каким был бы показатель, если бы все неопределённые ответы были «нет» и если бы все были «да»",
        breakMark: "несравнимо с предыдущими волнами",
        breakNote: "Несравнимо с предыдущими волнами:",
        breakLine: "Волны по разные стороны вертикального пунктира сравнивать нельзя.",
        familyChart: "Все части, волна {1}",
        barLegend: "Столбцы — оценки, отрезки — их доверительные интервалы ({1}).",
        hollowBars: "Полые столбцы — малая база.")

    static let kazakh = FigureWords(
        planAndFact: "Жоспар және факт",
        planCaption: "Жоспар және факт: сұрастыру көрсеткіштері",
        registerCaption: "Жоспар және факт: басқа көрсеткіштер",
        plan: "Жоспар",
        fact: "Факт",
        pointRule: "Нүкте бойынша",
        evidence: "Аралық бойынша",
        published: "Жарияланған",
        printedStatus: "Басылған мәртебе",
        year: "Жыл",
        unit: "Өлшем бірлігі",
        reached: "орындалды",
        notReached: "орындалмады",
        noData: "дерек жоқ",
        evidenceShown: "расталды",
        notDistinguishable: "жоспардан ажыратылмайды",
        vintage: "көшірме: {1}",
        blankMark: "дереккөзде бос",
        dashMark: "дереккөзде сызықша",
        responsible: "жауаптылар: {1}",
        planNote:
            "Нүкте бойынша: фактінің өзі жоспардың жақын шегімен салыстырылады, есептілікте осылай салыстырылады. Аралық "
            + "бойынша: жоспар сенім аралығынан тыс жата ма. Басқалар басып шығарғаны сол күйінде тұр.",
        percentile: "процентиль",
        place: "орын",
        count: "саны",
        changes: "Толқындар арасындағы өзгерістер",
        changeCaption: "Көрсеткіштердің толқындар арасындағы өзгерістері",
        between: "Толқындар",
        before: "Бұрын",
        after: "Енді",
        difference: "Өзгеріс",
        verdict: "Көрсеткіштер не дейді",
        increase: "өсу",
        decrease: "төмендеу",
        noChange: "өзгеріс байқалмайды",
        tooImprecise: "тым дәл емес",
        changeNote:
            "Әр өзгерістің астында оның сенім аралығы ({1}) тұр. Өзгеріс сол аралықта нөл болмағанда ғана аталады. «Өзгеріс байқалмайды» деген — мәні бар өзгеріс "
            + "болса, байқалар еді дегені.",
        changeUnit: "Үлестердің өзгерісі пайыздық тармақпен берілген.",
        independent: "Толқындардың іріктемелері бір-біріне тәуелсіз іріктелген.",
        sharedPSUs:
            "Толқындардың ортақ бастапқы іріктеу бірліктері бар (ең көбі {1}): олардың ортақ бөлігі қателерде ескерілген.",
        familyCaption: "{1}: барлық бөлігі, бүкіл іріктеме, толқындар бойынша",
        member: "Бөлігі",
        funnelNote: "Әр саты алдыңғы сатылардың бәрінен өткендерді санайды.",
        itemsNote: "Бірнеше нәрсе туралы бір сұрақ: әр жолдың өз базасы бар.",
        answersNote: "Бірнеше жауап болуы мүмкін: үлестердің қосындысы 100 % болуы міндетті емес.",
        oneAnswerNote: "Бір адамға бір жауап: бір базаның үлестері.",
        familyBreakdown: "{1}: «{2}» бөлінісі, {3} толқыны",
        meanOf: "Көрсеткіштердің орташа мәні:",
        weightedSum: "Көрсеткіштердің салмақталған қосындысы:",
        differenceOf: "Көрсеткіштердің айырмасы:",
        less: "минус",
        basesOfParts: "бөліктерінің базалары",
        scoreOf: "Төмендегі көрсеткіш үшін балл: 100 % үшін — {1}, тең сатылар саны — {2}.",
        betweenFloor: "Екі сатының арасында төменгісі есептеледі.",
        betweenLinear: "Екі сатының арасында балл пропорционал өседі.",
        betweenNearest: "Екі сатының арасында жақыны есептеледі.",
        belowHalfZero: "Жартысынан төмен болса, балл жоқ.",
        belowHalfContinues: "Жартысынан төмен де сатылар жалғасады.",
        bounds: "анықталмаған жауаптардың бәрі «жоқ» болса және бәрі «иә» болса, көрсеткіш қандай болар еді",
        breakMark: "алдыңғы толқындармен салыстыруға келмейді",
        breakNote: "Алдыңғы толқындармен салыстыруға келмейді:",
        breakLine: "Тік үзік сызықтың екі жағындағы толқындарды салыстыруға болмайды.",
        familyChart: "Барлық бөлігі, {1} толқыны",
        barLegend: "Бағандар — бағалаулар, кесінділер — олардың сенім аралықтары ({1}).",
        hollowBars: "Іші бос бағандар — шағын база.")
}
