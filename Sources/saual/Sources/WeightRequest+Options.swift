internal import SurveyProblems
internal import SurveyWeighting

/// Options of `saual weight` for base weights, propensities, trimming, combination and scale.
extension WeightRequest {
    static let baseOptions: [Option] = [
        .value(
            "probability", "P[,P…]",
            Phrase(
                "inclusion probability of each stage: the base weight is divided by them",
                ru: "вероятность включения на каждой ступени: базовый вес делится на неё",
                kk: "әр сатыдағы іріктелу ықтималдығы: базалық салмақ соған бөлінеді")),
        .value(
            "population", "COL",
            Phrase(
                "size of the row's stratum: the base weight is multiplied by size / rows",
                ru: "размер страты строки: базовый вес умножается на размер / число строк",
                kk: "жол стратасының өлшемі: базалық салмақ өлшем / жол санына көбейтіледі")),
        .value(
            "stratum", "A[*B]",
            Phrase("strata of --population", ru: "страты для --population", kk: "--population страталары")),
        .value(
            "times", "COL[,COL…]",
            Phrase(
                "multipliers, such as the adults of the household",
                ru: "множители, например число взрослых в домохозяйстве",
                kk: "көбейткіштер, мысалы үйдегі ересектер саны")),
        .value(
            "times-max", "X",
            Phrase("the most that a multiplier counts", ru: "наибольший множитель", kk: "ең үлкен көбейткіш")),
    ]

    static let outcomeOptions: [Option] = [
        .value(
            "eligibility", "A[*B]",
            Phrase(
                "cells in which cases of known eligibility stand for the unknown, as a step of its own",
                ru:
                    "ячейки, где случаи с известной принадлежностью к целевой группе представляют неизвестные, отдельным шагом",
                kk: "нысаналы топқа жататыны белгілі жағдайлар белгісіздерді танытатын ұяшықтар, бөлек қадам")),
        .value(
            "propensity", "A[,B…]",
            Phrase(
                "divide by the propensity to respond: predictors that are categories",
                ru: "делить на склонность отвечать: предикторы-категории",
                kk: "жауап беру бейімділігіне бөлу: санат предикторлар")),
        .value(
            "propensity-numbers", "X[,Y…]",
            Phrase("predictors that are numbers", ru: "предикторы-числа", kk: "сан предикторлар")),
        .value(
            "classes", "N",
            Phrase(
                "quantile classes of the propensity instead of the propensity itself",
                ru: "квантильные классы склонности вместо самой склонности",
                kk: "бейімділіктің өзінің орнына оның квантиль кластары")),
    ]

    static let trimOptions: [Option] = [
        .value(
            "trim-deff", "D",
            Phrase(
                "trim to Kish's design effect D: the limit is searched",
                ru: "обрезать до дизайн-эффекта Киша D: граница ищется",
                kk: "Киштің D дизайн-әсеріне дейін қию: шек ізделеді")),
        .value(
            "trim-by", "A[*B]",
            Phrase(
                "groups trimmed one by one", ru: "группы, обрезаемые по отдельности", kk: "жеке-жеке қиылатын топтар")),
        .flag(
            "keep-margins",
            Phrase(
                "trim after the calibration, and calibrate again until both hold",
                ru: "обрезать после калибровки и калибровать снова, пока не выполнено и то и другое",
                kk: "калибрлеуден кейін қию және екеуі де орындалғанша қайта калибрлеу")),
    ]

    static let lastOptions: [Option] = [
        .value(
            "cluster-targets", "T.csv",
            Phrase(
                "totals of the clusters of --by-cluster, such as households",
                ru: "итоги кластеров --by-cluster, например домохозяйств",
                kk: "--by-cluster кластерлерінің, мысалы үй шаруашылықтарының қорытындылары")),
        .choice(
            "when-infeasible", WhenInfeasible.allCases.map(\.rawValue),
            Phrase(
                "nearest weights, with a caution, where targets cannot be met (default: refuse)",
                ru: "ближайшие веса с предупреждением, если цели невыполнимы (по умолчанию refuse)",
                kk: "мақсаттар орындалмаса, ескертумен ең жақын салмақтар (әдепкісі: refuse)")),
        .value(
            "combine", "COL",
            Phrase(
                "samples of one population that become one: their variable",
                ru: "выборки одного населения, которые становятся одной: их переменная",
                kk: "бір халықтың бір іріктемеге айналатын іріктемелері: олардың айнымалысы")),
        .value(
            "combine-shares", "WORD|A=X,B=Y",
            Phrase(
                "equal, n, effective, or the share of each sample (default: effective)",
                ru: "equal, n, effective или доля каждой выборки (по умолчанию effective)",
                kk: "equal, n, effective немесе әр іріктеменің үлесі (әдепкісі: effective)")),
        .value(
            "overlap", "VAR=CODES",
            Phrase("where the frames overlap", ru: "где основы пересекаются", kk: "негіздер қиылысатын жер")),
        .value(
            "multiplicity", "COL",
            Phrase(
                "number of frames that could have drawn the row", ru: "из скольких основ строка могла быть отобрана",
                kk: "жол қанша негізден іріктелуі мүмкін болғаны")),
        .value(
            "scale-to", "n|SUM",
            Phrase(
                "at the end a mean weight of 1 (n), or this sum", ru: "в конце средний вес 1 (n) или эта сумма",
                kk: "соңында орташа салмақ 1 (n) немесе осы қосынды")),
        .value(
            "scale-by", "A[*B]",
            Phrase(
                "groups scaled one by one", ru: "группы, которые масштабируются отдельно",
                kk: "жеке-жеке келтірілетін топтар")),
    ]
}
