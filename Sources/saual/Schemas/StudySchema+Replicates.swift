internal import SurveyDesign
internal import SurveyProblems

extension StudyKeys {
    /// The keys of replicates under `design:`.
    static let replicates: [SchemaKey] = [
        .optional(
            "method", .text,
            Phrase(
                "How they are made, or how the given ones were: bootstrap=500, jkn, brr, fay=0.3…",
                ru: "Как делать реплики или как сделаны данные: bootstrap=500, jkn, brr, fay=0.3…",
                kk: "Репликалар қалай жасалады не берілгені қалай жасалған: bootstrap=500, jkn, brr, fay=0.3…")),
        .optional(
            "seed", .whole(least: 0),
            Phrase(
                "Seed of replicates drawn at random", ru: "Начальное число случайных реплик",
                kk: "Кездейсоқ репликалардың бастапқы саны")),
        .optional(
            "columns", .oneOrList(.text),
            Phrase(
                "Columns of given replicate weights; * stands for any text",
                ru: "Столбцы данных весов реплик; * — любой текст",
                kk: "Берілген реплика салмақтарының бағандары; * — кез келген мәтін")),
        .optional(
            "factors", .truth,
            Phrase(
                "true: the columns are factors on the weight", ru: "true — столбцы суть множители веса",
                kk: "true — бағандар салмақ көбейткіштері")),
        .optional(
            "scale", .number,
            Phrase("Scale of given ones", ru: "Масштаб данных реплик", kk: "Берілген репликалар масштабы")),
        .optional(
            "scales", .list(of: .number, least: 2),
            Phrase(
                "A scale for each of the given ones", ru: "Масштаб каждой данной реплики",
                kk: "Берілген әр репликаның масштабы")),
        .optional(
            "mse", .truth,
            Phrase(
                "true: deviations from the estimate, not from the mean of the replicates",
                ru: "true — отклонения от оценки, а не от среднего реплик",
                kk: "true — репликалар орташасынан емес, бағалаудан ауытқулар")),
        .optional(
            "df", .words(ReplicatePlan.DegreesOfFreedom.allCases.map(\.rawValue)),
            Phrase(
                "Degrees of freedom: rank of the weights, or number of replicates, less one",
                ru: "Степени свободы: ранг весов или число реплик, минус один",
                kk: "Еркіндік дәрежелері: салмақтар рангі не репликалар саны, бірі кем")),
        .optional(
            "recalibrate", .truth,
            Phrase(
                "false: weights of replicates are not fitted again", ru: "false — веса реплик не подгонять заново",
                kk: "false — реплика салмақтары қайта келтірілмейді")),
    ]
}
