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
                what: "Реплики не знают стандартных ошибок целей",
                why: "каждая реплика подгоняется к тем же итогам, поэтому их ошибок в дисперсии не было бы",
                fix: "возьмите линеаризованные ошибки или уберите столбец se из целей"
            ),
            kk: (
                what: "Репликалар мақсаттардың стандартты қателерін білмейді",
                why: "әр реплика сол қорытындыларға келтіріледі, сондықтан олардың қатесі дисперсияда болмас еді",
                fix: "сызықтандырылған қателерді алыңыз немесе мақсаттардан se бағанын алып тастаңыз"
            )),
    ]
}
