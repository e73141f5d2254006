extension ProblemTexts {
    /// Errors of targets in the variance.
    static let estimationTargets: [ProblemText] = [
        ProblemText(
            "estimation.sweeps-with-errors",
            ru: (
                what: "--rake-residuals sweeps не сочетается с целями, у которых есть стандартная ошибка",
                why: "вклад этих ошибок в дисперсию известен только из регрессии на маржи",
                fix: "возьмите --rake-residuals projection"
            ),
            kk: (
                what: "--rake-residuals sweeps стандартты қатесі бар мақсаттармен бірге жүрмейді",
                why: "бұл қателердің дисперсияға үлесі тек маржаларға регрессиядан белгілі",
                fix: "--rake-residuals projection алыңыз"
            )),
        ProblemText(
            "estimation.replicates-with-errors",
            ru: (
                what: "Целям со стандартной ошибкой нужны случайные реплики",
                why: "цели каждой реплики разыгрываются от начального числа реплик, а его нет",
                fix: "возьмите --replicates bootstrap с --seed или линеаризованные ошибки"
            ),
            kk: (
                what: "Стандартты қатесі бар мақсаттарға кездейсоқ репликалар керек",
                why: "әр репликаның мақсаттары репликалардың бастапқы санынан алынады, ал ол жоқ",
                fix: "--replicates bootstrap пен --seed немесе сызықтандырылған қателерді алыңыз"
            )),
        ProblemText(
            "estimation.replicates-below-errors",
            ru: (
                what: "Реплик слишком мало для ошибок целей",
                why: "каждой из ошибок ({1}) нужна реплика, и ещё одна; найдено реплик: {2}",
                fix: "возьмите больше реплик"
            ),
            kk: (
                what: "Мақсаттардың қателері үшін репликалар тым аз",
                why: "қателердің әрқайсысына ({1}) бір реплика, тағы біреуі керек; табылған реплика: {2}",
                fix: "репликаны көбірек алыңыз"
            )),
    ]
}
