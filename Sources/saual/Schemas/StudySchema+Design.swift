internal import SurveyDesign
internal import SurveyEstimation

extension StudyKeys {
    /// Keys of a design with more than strata and PSUs of one stage.
    static let laterDesign: [SchemaKey] = [
        .optional(
            "collapse by", .text,
            Phrase(
                "With lonely psu: collapse, the variable by which strata are near",
                ru: "При lonely psu: collapse — переменная, по которой страты близки",
                kk: "lonely psu: collapse болғанда страталар жақындығын анықтайтын айнымалы")),
        .optional(
            "record", .words(EstimationOptions.CalibrationUse.allCases.map(\.rawValue)),
            Phrase(
                "ignore: standard errors take the weight as fixed, however it was made",
                ru: "ignore — стандартные ошибки считают вес фиксированным, как бы он ни был сделан",
                kk: "ignore — стандартты қателер салмақты қалай жасалса да бекітілген деп алады")),
        .optional(
            "later stages",
            .list(
                of: .keys([
                    .optional(
                        "strata", .shared("names"),
                        Phrase(
                            "Variable, or list to be crossed, inside the unit above",
                            ru: "Переменная или список для пересечения внутри единицы выше",
                            kk: "Жоғары бірлік ішіндегі айнымалы не қиылысатын тізім")),
                    .optional(
                        "units", .shared("names"),
                        Phrase(
                            "Unit of this stage; each row is one if left out",
                            ru: "Единица этой ступени; без ключа — каждая строка",
                            kk: "Осы сатының бірлігі; кілтсіз — әр жол")),
                    .optional(
                        "fpc", .text,
                        Phrase(
                            "Units of the population in the stratum, or the sampling fraction",
                            ru: "Единиц в страте генеральной совокупности или доля отбора",
                            kk: "Бас жиынтық стратасындағы бірліктер саны не іріктеу үлесі")),
                ]), least: 1),
            Phrase(
                "The stages of sampling after the first", ru: "Ступени отбора после первой",
                kk: "Біріншіден кейінгі іріктеу сатылары")),
        .optional(
            "variance stages", .words(StageUse.allCases.map(\.rawValue)),
            Phrase("Stages that make the variance", ru: "Ступени, дающие дисперсию", kk: "Дисперсия құрайтын сатылар")),
        .optional(
            "use fpc", .truth,
            Phrase(
                "false: population sizes make weights only, not variances",
                ru: "false — размеры дают только веса, не дисперсии",
                kk: "false — көлемдер тек салмақ береді, дисперсия емес")),
        .optional(
            "probability", .shared("names"),
            Phrase(
                "Probability to be drawn, stage by stage; the weight is 1 over the product",
                ru: "Вероятность отбора, ступень за ступенью; вес равен 1 на произведение",
                kk: "Іріктелу ықтималдығы, саты сайын; салмақ — 1-дің көбейтіндіге қатынасы")),
        .optional(
            "pps", .words(PPSMethod.allCases.map(\.rawValue)),
            Phrase(
                "Variance of unequal probabilities without replacement",
                ru: "Дисперсия при неравных вероятностях без возвращения",
                kk: "Қайтарусыз тең емес ықтималдықтар дисперсиясы")),
        .optional(
            "pps variance", .words(PPSVariance.allCases.map(\.rawValue)),
            Phrase("Form of the variance over pairs", ru: "Вид дисперсии по парам", kk: "Жұптар дисперсиясының түрі")),
        .optional(
            "sum pi2", .number,
            Phrase(
                "Sum of squared probabilities over the population",
                ru: "Сумма квадратов вероятностей по генеральной совокупности",
                kk: "Бас жиынтық бойынша ықтималдықтар квадраттарының қосындысы")),
        .optional(
            "second phase",
            .keys([
                .required(
                    "subset", .text,
                    Phrase(
                        "Variable that is 1 in the rows of the second sample",
                        ru: "Переменная, равная 1 в строках второй выборки",
                        kk: "Екінші іріктеме жолдарында 1 болатын айнымалы")),
                .optional(
                    "strata", .shared("names"),
                    Phrase(
                        "Strata of the second sample", ru: "Страты второй выборки",
                        kk: "Екінші іріктеменің страталары")),
                .optional(
                    "units", .shared("names"),
                    Phrase(
                        "Units of the second sample", ru: "Единицы второй выборки",
                        kk: "Екінші іріктеменің бірліктері")),
                .optional(
                    "fpc", .text,
                    Phrase(
                        "Units in its strata; counted in the first sample if left out",
                        ru: "Единиц в её стратах; без ключа считаются в первой выборке",
                        kk: "Оның страталарындағы бірліктер; кілтсіз бірінші іріктемеден саналады")),
                .optional(
                    "method", .words(TwoPhase.Method.allCases.map(\.rawValue)),
                    Phrase("Variance of two phases", ru: "Дисперсия двух фаз", kk: "Екі фазаның дисперсиясы")),
            ]),
            Phrase(
                "A second sample drawn from the rows of this one", ru: "Вторая выборка, взятая из строк этой",
                kk: "Осы іріктеменің жолдарынан алынған екінші іріктеме")),
    ]
}
