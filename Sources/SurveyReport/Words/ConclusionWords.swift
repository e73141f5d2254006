/// Sentences that the figures support; each is whole, and only numbers, names and dates are put into it.
struct ConclusionWords: Sendable {
    /// Waves, figure before, figure after, difference with its unit, level, interval of the difference.
    let rose, fell, noChange, tooImprecise: String
    /// Waves, figure before, figure after, difference with its unit; there is no interval.
    let noInterval: String
    /// Waves; the reason follows.
    let notComparable: String
    let better, worse: String
    /// Wave, plan, figure.
    let reachedShown, reachedOpen, missedShown, missedOpen: String
    /// The same where there is no interval to speak of.
    let reached, missed: String
    /// Wave, plan.
    let noFact: String
    /// The status as printed.
    let printedStatus: String
    /// Wave, breakdown, group, figure, interval.
    let highest, lowest: String
    let none: String
    /// A difference with its unit: one, two to four, more, and with a fraction.
    let percentagePoints, points, tenge: [String]
}

extension ConclusionWords {
    static let english = ConclusionWords(
        rose:
            "Between waves {1} and {2} the figure rose from {3} to {4}; change: {5} ({6} confidence interval: {7}).",
        fell:
            "Between waves {1} and {2} the figure fell from {3} to {4}; change: {5} ({6} confidence interval: {7}).",
        noChange:
            "Between waves {1} and {2} no change is shown: {3} and {4}; difference: {5} ({6} confidence interval: {7}). "
            + "A change that matters would have been seen.",
        tooImprecise:
            "Between waves {1} and {2} nothing can be said of a change: {3} and {4}; difference: {5} ({6} confidence "
            + "interval: {7}). The interval is too wide.",
        noInterval:
            "Between waves {1} and {2} nothing can be said of a change: {3} and {4}; difference: {5}, without an "
            + "interval.",
        notComparable: "Waves {1} and {2} cannot be compared:",
        better: "This is a change for the better.",
        worse: "This is a change for the worse.",
        reachedShown: "Wave {1}: the plan ({2}) is reached: {3}. The confidence interval bears it out.",
        reachedOpen:
            "Wave {1}: the figure {3} reaches the plan ({2}), but its confidence interval holds the plan; the survey does "
            + "not tell the two apart.",
        missedShown: "Wave {1}: the plan ({2}) is not reached: {3}. The confidence interval bears it out.",
        missedOpen:
            "Wave {1}: the figure {3} does not reach the plan ({2}), but its confidence interval holds the plan; the "
            + "survey does not tell the two apart.",
        reached: "{1}: the plan ({2}) is reached: {3}.",
        missed: "{1}: the plan ({2}) is not reached: {3}.",
        noFact: "{1}: there is a plan ({2}), and no figure to hold against it.",
        printedStatus: "Printed status, unchanged: “{1}”.",
        highest:
            "Wave {1}, breakdown “{2}”: the highest figure is that of “{3}”: {4} ({5}). Its interval overlaps with that "
            + "of no other group shown.",
        lowest:
            "Wave {1}, breakdown “{2}”: the lowest figure is that of “{3}”: {4} ({5}). Its interval overlaps with that "
            + "of no other group shown.",
        none: "The figures support no sentence about changes, plans or groups.",
        percentagePoints: [
            "{1} percentage point", "{1} percentage points", "{1} percentage points", "{1} percentage points",
        ],
        points: ["{1} point", "{1} points", "{1} points", "{1} points"],
        tenge: ["{1} tenge", "{1} tenge", "{1} tenge", "{1} tenge"])

    static let russian = ConclusionWords(
        rose:
            "Между волнами {1} и {2} показатель вырос с {3} до {4}; изменение: {5} (доверительный интервал, {6}: {7}).",
        fell:
            "Между волнами {1} и {2} показатель снизился с {3} до {4}; изменение: {5} (доверительный интервал, {6}: {7}).",
        noChange:
            "Между волнами {1} и {2} изменения не видно: {3} и {4}; разность: {5} (доверительный интервал, {6}: {7}). "
            + "Изменение, имеющее значение, было бы замечено.",
        tooImprecise:
            "Между волнами {1} и {2} об изменении ничего сказать нельзя: {3} и {4}; разность: {5} (доверительный "
            + "интервал, {6}: {7}). Интервал слишком широк.",
        noInterval:
            "Между волнами {1} и {2} об изменении ничего сказать нельзя: {3} и {4}; разность: {5}, интервала нет.",
        notComparable: "Волны {1} и {2} сравнивать нельзя:",
        better: "Это изменение к лучшему.",
        worse: "Это изменение к худшему.",
        reachedShown: "Волна {1}: план ({2}) выполнен: {3}. Доверительный интервал это подтверждает.",
        reachedOpen:
            "Волна {1}: показатель {3} достигает плана ({2}), но план лежит внутри доверительного интервала; опрос их не "
            + "различает.",
        missedShown: "Волна {1}: план ({2}) не выполнен: {3}. Доверительный интервал это подтверждает.",
        missedOpen:
            "Волна {1}: показатель {3} не достигает плана ({2}), но план лежит внутри доверительного интервала; опрос их "
            + "не различает.",
        reached: "{1}: план ({2}) выполнен: {3}.",
        missed: "{1}: план ({2}) не выполнен: {3}.",
        noFact: "{1}: план есть ({2}), а показателя, с которым его сравнить, нет.",
        printedStatus: "Напечатанный статус, без изменений: «{1}».",
        highest:
            "Волна {1}, разбивка «{2}»: самое высокое значение у группы «{3}»: {4} ({5}). Её интервал не пересекается с "
            + "интервалом ни одной другой показанной группы.",
        lowest:
            "Волна {1}, разбивка «{2}»: самое низкое значение у группы «{3}»: {4} ({5}). Её интервал не пересекается с "
            + "интервалом ни одной другой показанной группы.",
        none: "Ни одного утверждения об изменениях, планах или группах показатели не подтверждают.",
        percentagePoints: [
            "{1} процентный пункт", "{1} процентных пункта", "{1} процентных пунктов", "{1} процентного пункта",
        ],
        points: ["{1} балл", "{1} балла", "{1} баллов", "{1} балла"],
        tenge: ["{1} тенге", "{1} тенге", "{1} тенге", "{1} тенге"])

    static let kazakh = ConclusionWords(
        rose:
            "{1} және {2} толқындары арасында көрсеткіш өсті: бұрын {3}, енді {4}; өзгеріс: {5} (сенім аралығы, {6}: "
            + "{7}).",
        fell:
            "{1} және {2} толқындары арасында көрсеткіш төмендеді: бұрын {3}, енді {4}; өзгеріс: {5} (сенім аралығы, "
            + "{6}: {7}).",
        noChange:
            "{1} және {2} толқындары арасында өзгеріс байқалмайды: {3} және {4}; айырма: {5} (сенім аралығы, {6}: {7}). "
            + "Мәні бар өзгеріс болса, байқалар еді.",
        tooImprecise:
            "{1} және {2} толқындары арасындағы өзгеріс туралы ештеңе айтуға болмайды: {3} және {4}; айырма: {5} (сенім "
            + "аралығы, {6}: {7}). Аралық тым кең.",
        noInterval:
            "{1} және {2} толқындары арасындағы өзгеріс туралы ештеңе айтуға болмайды: {3} және {4}; айырма: {5}, аралығы "
            + "жоқ.",
        notComparable: "{1} және {2} толқындарын салыстыруға болмайды:",
        better: "Бұл — жақсы жаққа өзгеріс.",
        worse: "Бұл — нашар жаққа өзгеріс.",
        reachedShown: "{1} толқыны: жоспар ({2}) орындалды: {3}. Сенім аралығы мұны растайды.",
        reachedOpen:
            "{1} толқыны: көрсеткіш {3} жоспарға ({2}) жетеді, бірақ жоспар сенім аралығының ішінде жатыр; сұрастыру "
            + "екеуін ажыратпайды.",
        missedShown: "{1} толқыны: жоспар ({2}) орындалмады: {3}. Сенім аралығы мұны растайды.",
        missedOpen:
            "{1} толқыны: көрсеткіш {3} жоспарға ({2}) жетпейді, бірақ жоспар сенім аралығының ішінде жатыр; сұрастыру "
            + "екеуін ажыратпайды.",
        reached: "{1}: жоспар ({2}) орындалды: {3}.",
        missed: "{1}: жоспар ({2}) орындалмады: {3}.",
        noFact: "{1}: жоспар бар ({2}), ал онымен салыстыратын көрсеткіш жоқ.",
        printedStatus: "Басылған мәртебе, өзгеріссіз: «{1}».",
        highest:
            "{1} толқыны, «{2}» бөлінісі: ең жоғары мән «{3}» тобында: {4} ({5}). Оның аралығы көрсетілген басқа бірде-бір "
            + "топтың аралығымен қиылыспайды.",
        lowest:
            "{1} толқыны, «{2}» бөлінісі: ең төмен мән «{3}» тобында: {4} ({5}). Оның аралығы көрсетілген басқа бірде-бір "
            + "топтың аралығымен қиылыспайды.",
        none: "Өзгерістер, жоспарлар немесе топтар туралы бірде-бір тұжырымды көрсеткіштер растамайды.",
        percentagePoints: ["{1} пайыздық тармақ", "{1} пайыздық тармақ", "{1} пайыздық тармақ", "{1} пайыздық тармақ"],
        points: ["{1} балл", "{1} балл", "{1} балл", "{1} балл"],
        tenge: ["{1} теңге", "{1} теңге", "{1} теңге", "{1} теңге"])
}
