internal import SurveyDesign

extension CommonOptions {
    /// Designs with more than strata and PSUs of one stage.
    static let laterDesign: [Option] = [
        .value(
            "collapse-by", "COL",
            Phrase(
                "with --lonely-psu collapse: join the stratum nearest in this column",
                ru: "с --lonely-psu collapse: объединить с ближайшей по этому столбцу стратой",
                kk: "--lonely-psu collapse болғанда: осы баған бойынша ең жақын стратамен біріктіру")),
        .choice(
            "stages", StageUse.allCases.map(\.rawValue),
            Phrase(
                "stages that make the variance (default: all with an fpc)",
                ru: "ступени, дающие дисперсию (по умолчанию все, где есть fpc)",
                kk: "дисперсия құрайтын сатылар (әдепкісі: fpc бар барлығы)")),
        .value(
            "probability", "COL[,COL…]",
            Phrase(
                "probability to be drawn, stage by stage; the weight is 1 over the product",
                ru: "вероятность отбора, ступень за ступенью; вес равен 1 на произведение",
                kk: "іріктелу ықтималдығы, саты сайын; салмақ — 1-дің көбейтіндіге қатынасы")),
        .choice(
            "pps", PPSMethod.allCases.map(\.rawValue),
            Phrase(
                "variance of unequal probabilities without replacement (default: none)",
                ru: "дисперсия при неравных вероятностях без возвращения (по умолчанию none)",
                kk: "қайтарусыз тең емес ықтималдықтар дисперсиясы (әдепкісі: none)")),
        .value(
            "joint", "FILE",
            Phrase(
                "with --pps joint: CSV of the joint probabilities of the PSUs",
                ru: "с --pps joint: CSV с совместными вероятностями единиц",
                kk: "--pps joint болғанда: бірліктердің бірлескен ықтималдықтарының CSV файлы")),
        .value(
            "sum-pi2", "NUMBER",
            Phrase(
                "with --pps hartley-rao: sum of squared probabilities over the population",
                ru: "с --pps hartley-rao: сумма квадратов вероятностей по генеральной совокупности",
                kk: "--pps hartley-rao болғанда: бас жиынтық бойынша ықтималдықтар квадраттарының қосындысы")),
        .choice(
            "pps-variance", PPSVariance.allCases.map(\.rawValue),
            Phrase(
                "form of the variance over pairs (default: horvitz-thompson)",
                ru: "вид дисперсии по парам (по умолчанию horvitz-thompson)",
                kk: "жұптар бойынша дисперсия түрі (әдепкісі: horvitz-thompson)")),
        .value(
            "phase-two", "COL",
            Phrase(
                "1 in the rows of a second sample drawn from this one",
                ru: "1 в строках второй выборки, взятой из этой",
                kk: "осы іріктемеден алынған екінші іріктеме жолдарында 1")),
        .value(
            "phase-two-strata", "COL[*COL]",
            Phrase("strata of the second sample", ru: "страты второй выборки", kk: "екінші іріктеменің страталары")),
        .value(
            "phase-two-psu", "COL[*COL]",
            Phrase(
                "units of the second sample (default: rows)", ru: "единицы второй выборки (по умолчанию строки)",
                kk: "екінші іріктеменің бірліктері (әдепкісі: жолдар)")),
        .value(
            "phase-two-fpc", "COL",
            Phrase(
                "units in the strata of the second sample (default: those of the first)",
                ru: "единиц в стратах второй выборки (по умолчанию из первой)",
                kk: "екінші іріктеме страталарындағы бірліктер саны (әдепкіде бірінші іріктемеден)")),
        .choice(
            "phase-two-method", TwoPhase.Method.allCases.map(\.rawValue),
            Phrase(
                "variance of two phases (default: full)", ru: "дисперсия двух фаз (по умолчанию full)",
                kk: "екі фазаның дисперсиясы (әдепкісі: full)")),
    ]
}
