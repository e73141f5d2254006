/// The words of the tile map, of the weighting, of the passport of the method and of sorting.
struct PageWords: Sendable {
    let language, languageName: String
    /// The head of the column.
    let sortedUp, sortedDown, unsorted: String

    /// The name of the indicator and the wave.
    let tileMap: String
    let tileLegend, tileHidden, tileMissing, tileTable, tileNotice: String
    /// Categories without a tile.
    let withoutTile: String

    let weightingNote, step, rows, sum, least, greatest, kish, effective, iterations, moved, cut, error: String
    /// The wave.
    let stepsCaption, marginsCaption: String
    let variable, category, target, before, after: String
    let base, nonresponse, trim, rake, poststratify, calibrate: String

    let passport, passportCaption, item, conductedBy, population, sample, mode, response, unknown: String
    let interviews, degrees, weights, variance, rules, software, weightColumn, noWeight, taylor: String
    /// The method.
    let replicates: String
    /// Least base, low base, least PSUs.
    let rulesShort: String
}

extension PageWords {
    static let english = PageWords(
        language: "Language of the report",
        languageName: "English",
        sortedUp: "Sorted by “{1}”, ascending",
        sortedDown: "Sorted by “{1}”, descending",
        unsorted: "In the original order",
        tileMap: "{1}: map of tiles, wave {2}",
        tileLegend: "Darker tiles have higher figures; the figure stands in each tile.",
        tileHidden: "Hatched: hidden.",
        tileMissing: "Dotted frame: no figure.",
        tileTable: "The same figures as a table",
        tileNotice: "Neighbouring shades may differ by chance only: see the intervals in the table.",
        withoutTile: "Without a tile: {1}.",
        weightingNote:
            "Kish’s design effect is the loss of precision by unequal weights alone; the effective n is the number of "
            + "interviews divided by it.",
        step: "Step",
        rows: "Rows with a weight",
        sum: "Sum of weights",
        least: "Least",
        greatest: "Greatest",
        kish: "Kish’s design effect",
        effective: "Effective n",
        iterations: "Rounds",
        moved: "Part of the sum that was moved",
        cut: "Weights cut",
        error: "Largest distance from a target",
        stepsCaption: "Steps of the weighting, wave {1}",
        marginsCaption: "Targets and sums of weights before and after, wave {1}",
        variable: "Variable",
        category: "Category",
        target: "Target",
        before: "Before",
        after: "After",
        base: "base weight",
        nonresponse: "non-response",
        trim: "trimming",
        rake: "raking",
        poststratify: "post-stratification",
        calibrate: "calibration",
        passport: "Passport of the method",
        passportCaption: "The survey in one table",
        item: "Item",
        conductedBy: "Carried out by",
        population: "Population",
        sample: "Sample",
        mode: "Mode",
        response: "Response rate",
        unknown: "unknown: not stated",
        interviews: "Interviews",
        degrees: "Degrees of freedom",
        weights: "Weights",
        variance: "Standard errors",
        rules: "Rules of publication",
        software: "Software",
        weightColumn: "column {1}",
        noWeight: "none",
        taylor: "linearised variance, between primary sampling units within strata",
        replicates: "replicates, method {1}",
        rulesShort: "hidden below a base of {1} or {3} primary sampling units; in brackets below {2}")

    static let russian = PageWords(
        language: "Язык отчёта",
        languageName: "Русский",
        sortedUp: "Упорядочено по столбцу «{1}», по возрастанию",
        sortedDown: "Упорядочено по столбцу «{1}», по убыванию",
        unsorted: "В исходном порядке",
        tileMap: "{1}: карта из плиток, волна {2}",
        tileLegend: "Чем темнее плитка, тем выше показатель; сам показатель стоит в каждой плитке.",
        tileHidden: "Штриховка: скрыто.",
        tileMissing: "Пунктирная рамка: показателя нет.",
        tileTable: "Те же числа таблицей",
        tileNotice: "Соседние оттенки могут различаться лишь случайно: смотрите интервалы в таблице.",
        withoutTile: "Нет плитки: {1}.",
        weightingNote:
            "Эффект плана по Кишу — потеря точности только из-за неравных весов; эффективное n — число интервью, делённое "
            + "на него.",
        step: "Шаг",
        rows: "Строки с весом",
        sum: "Сумма весов",
        least: "Наименьший",
        greatest: "Наибольший",
        kish: "Эффект плана по Кишу",
        effective: "Эффективное n",
        iterations: "Проходы",
        moved: "Перенесённая часть суммы",
        cut: "Срезано весов",
        error: "Наибольшее расстояние от цели",
        stepsCaption: "Шаги взвешивания, волна {1}",
        marginsCaption: "Цели и суммы весов до и после, волна {1}",
        variable: "Переменная",
        category: "Категория",
        target: "Цель",
        before: "До",
        after: "После",
        base: "базовый вес",
        nonresponse: "поправка на неответ",
        trim: "усечение",
        rake: "рейкинг",
        poststratify: "постстратификация",
        calibrate: "калибровка",
        passport: "Паспорт метода",
        passportCaption: "Опрос в одной таблице",
        item: "Сведения",
        conductedBy: "Кто провёл",
        population: "Совокупность",
        sample: "Выборка",
        mode: "Способ опроса",
        response: "Доля ответивших",
        unknown: "неизвестно: не указано",
        interviews: "Интервью",
        degrees: "Степени свободы",
        weights: "Веса",
        variance: "Стандартные ошибки",
        rules: "Правила публикации",
        software: "Программы",
        weightColumn: "столбец {1}",
        noWeight: "нет",
        taylor: "линеаризация дисперсии, между первичными единицами отбора внутри страт",
        replicates: "реплики, метод {1}",
        rulesShort:
            "скрыто, если база меньше {1} или первичных единиц отбора меньше {3}; в скобках, если база меньше {2}")

    static let kazakh = PageWords(
        language: "Есеп тілі",
        languageName: "Қазақша",
        sortedUp: "«{1}» бағаны бойынша өсу ретімен реттелді",
        sortedDown: "«{1}» бағаны бойынша кему ретімен реттелді",
        unsorted: "Бастапқы ретімен",
        tileMap: "{1}: тақтайшалар картасы, {2} толқыны",
        tileLegend: "Тақтайша неғұрлым күңгірт болса, көрсеткіш соғұрлым жоғары; көрсеткіштің өзі әр тақтайшада тұр.",
        tileHidden: "Сызықталған: жасырылған.",
        tileMissing: "Үзік жиек: көрсеткіш жоқ.",
        tileTable: "Сол сандар кесте түрінде",
        tileNotice: "Көршілес реңктер кездейсоқ қана өзгеше болуы мүмкін: кестедегі аралықтарды қараңыз.",
        withoutTile: "Тақтайшасы жоқ: {1}.",
        weightingNote:
            "Киш бойынша жоспар әсері — тек салмақтардың теңсіздігінен болатын дәлдік жоғалуы; тиімді n — сұхбаттар санын "
            + "соған бөлгендегі мән.",
        step: "Қадам",
        rows: "Салмағы бар жолдар",
        sum: "Салмақтар қосындысы",
        least: "Ең кішісі",
        greatest: "Ең үлкені",
        kish: "Киш бойынша жоспар әсері",
        effective: "Тиімді n",
        iterations: "Айналымдар",
        moved: "Қосындының көшірілген бөлігі",
        cut: "Кесілген салмақтар",
        error: "Мақсаттан ең үлкен қашықтық",
        stepsCaption: "Салмақтау қадамдары, {1} толқыны",
        marginsCaption: "Мақсаттар және салмақтардың бұрынғы әрі кейінгі қосындысы, {1} толқыны",
        variable: "Айнымалы",
        category: "Санат",
        target: "Мақсат",
        before: "Бұрын",
        after: "Кейін",
        base: "бастапқы салмақ",
        nonresponse: "жауап бермеуге түзету",
        trim: "шектеу",
        rake: "рейкинг",
        poststratify: "кейінгі стратификация",
        calibrate: "калибрлеу",
        passport: "Әдіс паспорты",
        passportCaption: "Сұрастыру бір кестеде",
        item: "Мәлімет",
        conductedBy: "Жүргізген",
        population: "Жиынтық",
        sample: "Іріктеме",
        mode: "Сұрастыру тәсілі",
        response: "Жауап берушілер үлесі",
        unknown: "белгісіз: көрсетілмеген",
        interviews: "Сұхбаттар",
        degrees: "Еркіндік дәрежелері",
        weights: "Салмақтар",
        variance: "Стандартты қателер",
        rules: "Жариялау қағидалары",
        software: "Бағдарламалар",
        weightColumn: "{1} бағаны",
        noWeight: "жоқ",
        taylor: "дисперсияны линеаризациялау, страталар ішінде бастапқы іріктеу бірліктері арасында",
        replicates: "репликалар, {1} әдісі",
        rulesShort:
            "база {1} шегінен төмен немесе бастапқы іріктеу бірліктері {3} шегінен төмен болса, жасырылады; база {2} "
            + "шегінен төмен болса, жақшада тұрады")
}
