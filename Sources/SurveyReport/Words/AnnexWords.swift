/// The words of experience beside perception, of the annexes and of the filters of tables.
struct AnnexWords: Sendable {
    // Experience beside perception
    let comparison: String
    /// The breakdown, the wave.
    let comparisonCaption: String
    let comparisonNote: String
    /// The confidence level.
    let comparisonLegend: String
    let experience, perception, againstWhole, above, below, same, lowBase: String
    /// The wave; the groups.
    let experienceAbove, experienceBelow, perceptionAbove, perceptionBelow: String
    /// The wave.
    let noneApart: String

    // Annexes
    let annexes: String
    /// The number, the title.
    let annex: String

    // The questionnaire
    let questionnaire: String
    /// The questionnaire and its version, the wave.
    let asked: String
    /// The wave, the questionnaire and its version.
    let askedEarlier: String
    let askedOf, items, notPublished, oneAnswer, severalAnswers, number, money, date, text: String
    /// The most answers; the least and the greatest number, or one of them.
    let most, range, atLeast, atMost: String
    /// The answer by which interviews have one of several wordings.
    let variants: String

    // Field quality
    let field: String
    /// The wave.
    let outcomes: String
    let outcome, cases, part, issued, ratesCaption, rate, ratesNote, noOutcomes, setAsideNote: String
    /// The wave.
    let auditCaption: String
    let interviewers, interviewsEach, shortest, minutesMedian, minutesQuartiles: String
    /// Minutes below which an interview is short.
    let short: String
    let overlapping, outsideField, negativeTimes, unreadableTimes, straightLines, duplicates, suspects, flagged: String
    let auditNote: String
    let effectsCaption, withAll, withoutFlagged: String
    /// The wave.
    let rhoCaption: String
    let question, rho: String
    /// What each of AAPOR's groups of rates is, in the order RR, COOP, REF, CON.
    let rateGroups: [String]

    // Bases
    let bases, basesNote, basesLegend, baseNumber, usedBy: String
    /// The wave; the numbers of the first and the last base.
    let basesCaption: String

    // Changes
    let groupChanges, groupChangesCaption: String
    /// The change as printed.
    let publishedChange: String
    /// Both waves, the change as printed.
    let publishedChangeSentence: String
    let publishedChangeNote: String

    // Filters and shades
    /// The caption of the table.
    let filter: String
    /// Rows shown, rows in all.
    let filtered: String
    let shades: String
}

extension AnnexWords {
    static let english = AnnexWords(
        comparison: "Experience against perception",
        comparisonCaption: "Own experience and perceived level: breakdown {1}, wave {2}",
        comparisonNote:
            "Experience is what people say happened to themselves, perception what they think of the level around them. "
            + "The two need not agree. A group is said to stand above or below the whole sample only where its interval "
            + "and that of the whole do not overlap.",
        comparisonLegend:
            "Points are own experience, squares the perceived level, lines their {1} confidence intervals; groups stand in "
            + "the order of experience.",
        experience: "Own experience",
        perception: "Perceived level",
        againstWhole: "against the whole",
        above: "above",
        below: "below",
        same: "not distinguishable",
        lowBase: "nothing said",
        experienceAbove: "Wave {1}: own experience is above that of the whole sample in: {2}.",
        experienceBelow: "Wave {1}: own experience is below that of the whole sample in: {2}.",
        perceptionAbove: "Wave {1}: the perceived level is above that of the whole sample in: {2}.",
        perceptionBelow: "Wave {1}: the perceived level is below that of the whole sample in: {2}.",
        noneApart: "Wave {1}: no group stands apart from the whole sample, in experience or in perception.",
        annexes: "Annexes",
        annex: "Annex {1}. {2}",
        questionnaire: "Questionnaire",
        asked: "Questions and answers as they were put in wave {2}: {1}.",
        askedEarlier: "Wave {1} was asked with {2}.",
        askedOf: "Asked if",
        items: "For each of",
        notPublished: "The answers are not published.",
        oneAnswer: "one answer",
        severalAnswers: "several answers",
        number: "a number",
        money: "an amount of money",
        date: "a date",
        text: "a text",
        most: "at most: {1}",
        range: "from {1} to {2}",
        atLeast: "from {1}",
        atMost: "up to {1}",
        variants: "One of several wordings, by {1}:",
        field: "Field quality",
        outcomes: "What became of the issued cases, wave {1}",
        outcome: "Outcome",
        cases: "Cases",
        part: "Part of those issued",
        issued: "Issued in all",
        ratesCaption: "Outcome rates, by counts of cases",
        rate: "Rate",
        ratesNote:
            "Rates as AAPOR defines them (Standard Definitions, 9th edition); cases of unknown eligibility count as "
            + "eligible in the part found among the known ones.",
        noOutcomes:
            "The data of this survey hold interviews only: how many people were asked in all is not known here.",
        setAsideNote: "Rows that the import set aside, and what it found, stand in the annex on the data files.",
        auditCaption: "Interviews and interviewers, wave {1}",
        interviewers: "Interviewers",
        interviewsEach: "Interviews per interviewer, least – greatest",
        shortest: "Interviews with a readable start and end",
        minutesMedian: "Median length, minutes",
        minutesQuartiles: "Quartiles of the length, minutes",
        short: "Short interviews, below {1} minutes",
        overlapping: "Begun before another one of the same interviewer had ended",
        outsideField: "Begun outside the field dates",
        negativeTimes: "Ended before they began",
        unreadableTimes: "Start or end cannot be read",
        straightLines: "Equal answers throughout a grid",
        duplicates: "Interviews with all answers equal to another one's",
        suspects: "Near duplicates that are short too",
        flagged: "Interviewers whose interviews look invented by the rule",
        auditNote:
            "The audit finds what a person must look into; it proves nothing about any interviewer, and names none here.",
        effectsCaption: "Indicators with all interviews, and without those of flagged interviewers, wave {1}",
        withAll: "With all",
        withoutFlagged: "Without them",
        rhoCaption: "Questions on which interviewers differ most, wave {1}",
        question: "Question",
        rho: "Intraclass correlation",
        rateGroups: ["response", "cooperation", "refusal", "contact"],
        bases: "Bases",
        basesNote:
            "The number of people behind each figure, without weights. Indicators of one base share a column; a figure that "
            + "is hidden shows no base.",
        basesLegend: "Bases and the indicators that stand on them",
        baseNumber: "No.",
        usedBy: "Indicators",
        basesCaption: "Number of people in the base, wave {1}, bases {2}–{3}",
        groupChanges: "Changes in groups",
        groupChangesCaption: "Changes of the indicators between waves, by group",
        publishedChange: "published: {1}",
        publishedChangeSentence:
            "The published change between waves {1} and {2} is {3}; the one above is computed from figures that are not "
            + "rounded.",
        publishedChangeNote:
            "Where a change was published it stands below the computed one: a difference of rounded figures need not be the "
            + "rounded difference.",
        filter: "Filter the rows of “{1}”",
        filtered: "Rows shown: {1} of {2}",
        shades: "In each column darker cells have higher figures; neighbouring shades may differ by chance only.")

    static let russian = AnnexWords(
        comparison: "Опыт и восприятие",
        comparisonCaption: "Собственный опыт и воспринимаемый уровень: разбивка «{1}», волна {2}",
        comparisonNote:
            "Опыт — то, что, по словам людей, было с ними самими; восприятие — то, как они оценивают уровень вокруг себя. "
            + "Совпадать они не обязаны. О группе сказано «выше» или «ниже» всей выборки, только если её интервал и интервал "
            + "всей выборки не пересекаются.",
        comparisonLegend:
            "Точки — собственный опыт, квадраты — воспринимаемый уровень, отрезки — их доверительные интервалы ({1}); группы "
            + "стоят по убыванию опыта.",
        experience: "Собственный опыт",
        perception: "Воспринимаемый уровень",
        againstWhole: "по сравнению со всей выборкой",
        above: "выше",
        below: "ниже",
        same: "неотличимо",
        lowBase: "сказать нельзя",
        experienceAbove: "Волна {1}: собственный опыт выше, чем по всей выборке, в группах: {2}.",
        experienceBelow: "Волна {1}: собственный опыт ниже, чем по всей выборке, в группах: {2}.",
        perceptionAbove: "Волна {1}: воспринимаемый уровень выше, чем по всей выборке, в группах: {2}.",
        perceptionBelow: "Волна {1}: воспринимаемый уровень ниже, чем по всей выборке, в группах: {2}.",
        noneApart: "Волна {1}: ни одна группа не отличается от всей выборки ни опытом, ни восприятием.",
        annexes: "Приложения",
        annex: "Приложение {1}. {2}",
        questionnaire: "Анкета",
        asked: "Вопросы и ответы, как они звучали в волне {2}: {1}.",
        askedEarlier: "Волна {1} опрошена по анкете {2}.",
        askedOf: "Задаётся, если",
        items: "По каждому из",
        notPublished: "Ответы не публикуются.",
        oneAnswer: "один ответ",
        severalAnswers: "несколько ответов",
        number: "число",
        money: "сумма денег",
        date: "дата",
        text: "текст",
        most: "не больше: {1}",
        range: "от {1} до {2}",
        atLeast: "от {1}",
        atMost: "до {1}",
        variants: "Одна из нескольких формулировок, по {1}:",
        field: "Качество полевых работ",
        outcomes: "Чем закончились выданные случаи, волна {1}",
        outcome: "Исход",
        cases: "Случаи",
        part: "Часть выданных",
        issued: "Всего выдано",
        ratesCaption: "Показатели исхода, по числу случаев",
        rate: "Показатель",
        ratesNote:
            "Показатели определены Американской ассоциацией исследователей общественного мнения (9-е издание стандартных "
            + "определений); случаи с неизвестной пригодностью считаются "
            + "пригодными в той части, которая найдена среди известных.",
        noOutcomes: "В данных этого опроса только интервью: сколько всего людей пытались опросить, здесь неизвестно.",
        setAsideNote: "Отложенные при загрузке строки и найденные ошибки — в приложении о файлах данных.",
        auditCaption: "Интервью и интервьюеры, волна {1}",
        interviewers: "Интервьюеры",
        interviewsEach: "Интервью на одного интервьюера, наименьшее – наибольшее",
        shortest: "Интервью с читаемыми началом и концом",
        minutesMedian: "Медиана длительности, минуты",
        minutesQuartiles: "Квартили длительности, минуты",
        short: "Короткие интервью, минуты — меньше {1}",
        overlapping: "Начаты до конца другого интервью того же интервьюера",
        outsideField: "Начаты вне дат полевых работ",
        negativeTimes: "Кончились раньше, чем начались",
        unreadableTimes: "Начало или конец не читаются",
        straightLines: "Одинаковые ответы во всей таблице вопросов",
        duplicates: "Интервью, все ответы которых совпали с другим",
        suspects: "Почти совпавшие и притом короткие",
        flagged: "Интервьюеры, чьи интервью по правилу похожи на выдуманные",
        auditNote:
            "Проверка находит то, на что должен посмотреть человек; она ничего не доказывает об интервьюере и никого здесь не "
            + "называет.",
        effectsCaption: "Показатели со всеми интервью и без интервью отмеченных интервьюеров, волна {1}",
        withAll: "Со всеми",
        withoutFlagged: "Без них",
        rhoCaption: "Вопросы, в которых интервьюеры расходятся больше всего, волна {1}",
        question: "Вопрос",
        rho: "Внутриклассовая корреляция",
        rateGroups: ["ответ", "согласие", "отказ", "контакт"],
        bases: "Базы",
        basesNote:
            "Сколько людей стоит за каждым показателем, без весов. У показателей с одной базой общий столбец; у скрытого "
            + "показателя база не показана.",
        basesLegend: "Базы и показатели, которые на них стоят",
        baseNumber: "№",
        usedBy: "Показатели",
        basesCaption: "Число людей в базе, волна {1}, базы {2}–{3}",
        groupChanges: "Изменения в группах",
        groupChangesCaption: "Изменения показателей между волнами, по группам",
        publishedChange: "опубликовано: {1}",
        publishedChangeSentence:
            "Опубликованное изменение между волнами {1} и {2}: {3}; изменение выше вычислено по неокруглённым показателям.",
        publishedChangeNote:
            "Если изменение опубликовано, оно стоит под вычисленным: разность округлённых чисел не обязана равняться "
            + "округлённой разности.",
        filter: "Отобрать строки таблицы «{1}»",
        filtered: "Показано строк: {1} из {2}",
        shades:
            "В каждом столбце чем темнее клетка, тем выше показатель; соседние оттенки могут различаться лишь случайно."
    )

    static let kazakh = AnnexWords(
        comparison: "Тәжірибе және қабылдау",
        comparisonCaption: "Жеке тәжірибе және қабылданатын деңгей: «{1}» бөлінісі, {2} толқыны",
        comparisonNote:
            "Тәжірибе — адамдардың өз басынан өткені туралы айтқаны, қабылдау — олардың айналадағы деңгейге берген бағасы. "
            + "Екеуі сәйкес келуге міндетті емес. Топтың аралығы мен бүкіл іріктеменің аралығы қиылыспаған жағдайда ғана топ "
            + "«жоғары» немесе «төмен» деп аталады.",
        comparisonLegend:
            "Нүктелер — жеке тәжірибе, шаршылар — қабылданатын деңгей, кесінділер — олардың сенім аралықтары ({1}); топтар "
            + "тәжірибенің кему ретімен тұр.",
        experience: "Жеке тәжірибе",
        perception: "Қабылданатын деңгей",
        againstWhole: "бүкіл іріктемемен салыстырғанда",
        above: "жоғары",
        below: "төмен",
        same: "ажыратылмайды",
        lowBase: "айтуға болмайды",
        experienceAbove: "{1} толқыны: жеке тәжірибе бүкіл іріктемедегіден жоғары топтар: {2}.",
        experienceBelow: "{1} толқыны: жеке тәжірибе бүкіл іріктемедегіден төмен топтар: {2}.",
        perceptionAbove: "{1} толқыны: қабылданатын деңгей бүкіл іріктемедегіден жоғары топтар: {2}.",
        perceptionBelow: "{1} толқыны: қабылданатын деңгей бүкіл іріктемедегіден төмен топтар: {2}.",
        noneApart: "{1} толқыны: тәжірибесі не қабылдауы бүкіл іріктемеден ажыратылатын топ жоқ.",
        annexes: "Қосымшалар",
        annex: "{1}-қосымша. {2}",
        questionnaire: "Сауалнама",
        asked: "{2} толқынында қойылған сұрақтар мен жауаптар: {1}.",
        askedEarlier: "{1} толқынының сауалнамасы: {2}.",
        askedOf: "Қойылу шарты",
        items: "Мыналардың әрқайсысы бойынша",
        notPublished: "Жауаптар жарияланбайды.",
        oneAnswer: "бір жауап",
        severalAnswers: "бірнеше жауап",
        number: "сан",
        money: "ақша сомасы",
        date: "күн",
        text: "мәтін",
        most: "ең көбі: {1}",
        range: "{1}–{2} аралығында",
        atLeast: "ең кемі: {1}",
        atMost: "ең көбі: {1}",
        variants: "Бірнеше тұжырымның бірі, {1} бойынша:",
        field: "Далалық жұмыс сапасы",
        outcomes: "Берілген жағдайлар немен аяқталды, {1} толқыны",
        outcome: "Нәтиже",
        cases: "Жағдайлар",
        part: "Берілгендердің бөлігі",
        issued: "Барлығы берілген",
        ratesCaption: "Нәтиже көрсеткіштері, жағдайлар саны бойынша",
        rate: "Көрсеткіш",
        ratesNote:
            "Көрсеткіштерді Американың қоғамдық пікірді зерттеушілер қауымдастығы анықтаған (стандартты анықтамалардың "
            + "9-басылымы); жарамдылығы белгісіз жағдайлар "
            + "белгілілердің арасындағы үлес бойынша жарамды деп саналады.",
        noOutcomes:
            "Бұл сұрастыру деректерінде тек сұхбаттар бар: барлығы қанша адамнан сұралмақ болғаны мұнда белгісіз.",
        setAsideNote: "Жүктеу кезінде шеттетілген жолдар мен табылған қателер дерек файлдары туралы қосымшада.",
        auditCaption: "Сұхбаттар мен сұхбаттасушылар, {1} толқыны",
        interviewers: "Сұхбаттасушылар",
        interviewsEach: "Бір сұхбаттасушыға келетін сұхбат, ең азы – ең көбі",
        shortest: "Басы мен соңы оқылатын сұхбаттар",
        minutesMedian: "Ұзақтық медианасы, минут",
        minutesQuartiles: "Ұзақтық квартильдері, минут",
        short: "Қысқа сұхбаттар, {1} минуттан аз",
        overlapping: "Сол сұхбаттасушының басқа сұхбаты аяқталмай басталған",
        outsideField: "Далалық жұмыс күндерінен тыс басталған",
        negativeTimes: "Басталмай тұрып аяқталған",
        unreadableTimes: "Басы немесе соңы оқылмайды",
        straightLines: "Сұрақтар кестесіндегі барлық жауабы бірдей",
        duplicates: "Барлық жауабы басқа сұхбатпен бірдей сұхбаттар",
        suspects: "Жауаптары басқаға жақын әрі қысқа сұхбаттар",
        flagged: "Сұхбаттары қағида бойынша ойдан шығарылғанға ұқсайтын сұхбаттасушылар",
        auditNote:
            "Тексеру адам қарауы тиіс нәрсені табады; ол сұхбаттасушы туралы ештеңе дәлелдемейді және мұнда ешкімді атамайды.",
        effectsCaption: "Барлық сұхбат бойынша және белгіленген сұхбаттасушыларсыз көрсеткіштер, {1} толқыны",
        withAll: "Барлығымен",
        withoutFlagged: "Оларсыз",
        rhoCaption: "Сұхбаттасушылардың айырмасы ең көп сұрақтар, {1} толқыны",
        question: "Сұрақ",
        rho: "Сыныпішілік корреляция",
        rateGroups: ["жауап беру", "келісу", "бас тарту", "байланыс"],
        bases: "Базалар",
        basesNote:
            "Әр көрсеткіштің артында қанша адам тұр, салмақсыз. Базасы бір көрсеткіштердің бағаны ортақ; жасырылған "
            + "көрсеткіштің базасы көрсетілмейді.",
        basesLegend: "Базалар және соларға сүйенетін көрсеткіштер",
        baseNumber: "№",
        usedBy: "Көрсеткіштер",
        basesCaption: "Базадағы адам саны, {1} толқыны, {2}–{3} базалар",
        groupChanges: "Топтардағы өзгерістер",
        groupChangesCaption: "Көрсеткіштердің толқындар арасындағы өзгерістері, топтар бойынша",
        publishedChange: "жарияланған: {1}",
        publishedChangeSentence:
            "{1} мен {2} толқындары арасындағы жарияланған өзгеріс: {3}; жоғарыдағы өзгеріс дөңгелектелмеген сандардан "
            + "есептелген.",
        publishedChangeNote:
            "Өзгеріс жарияланған болса, ол есептелгеннің астында тұр: дөңгелектелген сандардың айырмасы дөңгелектелген "
            + "айырмаға тең болуға міндетті емес.",
        filter: "«{1}» кестесінің жолдарын сүзу",
        filtered: "Көрсетілген жолдар: {1}, барлығы: {2}",
        shades:
            "Әр бағанда ұяшық неғұрлым күңгірт болса, көрсеткіш соғұрлым жоғары; көршілес реңктер кездейсоқ қана өзгеше "
            + "болуы мүмкін.")
}
