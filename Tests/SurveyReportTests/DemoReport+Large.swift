import SurveyEstimation
import SurveyIndicators
import SurveySchema

@testable import SurveyReport

extension DemoReport {
    private static let sex = (
        code: "sex", label: text("Жынысы", "Пол", "Sex"),
        categories: [("1", text("Ерлер", "Мужчины", "Men"), 0.46), ("2", text("Әйелдер", "Женщины", "Women"), 0.54)]
    )
    private static let age = (
        code: "age_group", label: text("Жас тобы", "Возрастная группа", "Age group"),
        categories: [
            ("18-29", text("18–29", "18–29", "18–29"), 0.24), ("30-44", text("30–44", "30–44", "30–44"), 0.31),
            ("45-59", text("45–59", "45–59", "45–59"), 0.26), ("60-74", text("60–74", "60–74", "60–74"), 0.17),
            (
                "75+",
                text(
                    "75 және одан үлкен, жалғыз тұратындар", "75 и старше, живущие одни",
                    "75 and over, living alone"), 0.017
            ),
        ]
    )

    private typealias Row = (
        definition: IndicatorDefinition, level: Double, share: Double, base: LocalizedText, when: String
    )

    private static let victims = text(
        "кез келген қылмыстың құрбаны болғандар", "ставшие жертвой какого-либо преступления", "victims of any crime")
    private static let dealt = text(
        "мемлекеттік органға жүгінгендер", "обращавшиеся в государственные органы",
        "those who dealt with a state body")

    private static var rows: [Row] {
        let by = [["sex"], ["age_group"], ["sex", "age_group"]]
        func share(
            _ id: String, _ name: LocalizedText, _ level: Double, _ share: Double = 1, _ base: LocalizedText = everyone,
            _ when: String = "everyone", _ kind: IndicatorDefinition.Base = .everyone,
            _ direction: IndicatorDefinition.Direction? = .down
        ) -> Row {
            let definition = definition(id, name, base: kind, direction: direction, breakdowns: by)
            return (definition, level, share, base, when)
        }
        return [
            share(
                "victim_any",
                text(
                    "Жеке тұлғаға қарсы он бір қылмыстың бірінің құрбаны",
                    "Жертвы хотя бы одного из одиннадцати преступлений против личности",
                    "Victims of at least one of eleven personal crimes"), 0.262),
            share(
                "robbery", text("Көшедегі тонаудың құрбаны", "Жертвы уличного ограбления", "Victims of street robbery"),
                0.071),
            share("fraud", text("Алаяқтықтың құрбаны", "Жертвы мошенничества", "Victims of fraud"), 0.058),
            share("extortion", text("Қорқытып алудың құрбаны", "Жертвы вымогательства", "Victims of extortion"), 0.084),
            share(
                "threats", text("Ауызша қорқыту құрбаны", "Жертвы словесных угроз", "Victims of verbal threats"), 0.033),
            share(
                "injury", text("Дене жарақатының құрбаны", "Жертвы телесных повреждений", "Victims of physical injury"),
                0.009),
            share(
                "unsafe_night",
                text(
                    "Түнде жалғыз жүруден қорқатындар", "Считают небезопасным ходить ночью одному",
                    "Feel unsafe walking alone at night"), 0.741),
            share(
                "trust_police", text("Полицияға сенетіндер", "Доверяют полиции", "Trust the police"), 0.412, 0.93,
                everyone,
                "answered trust_police", .answered("trust_police"), .up),
            share(
                "reported",
                text(
                    "Қылмыс туралы хабарлағандар", "Сообщили о преступлении в органы",
                    "Reported the crime to the authorities"),
                0.118, 0.26, victims, "asked reported", .asked("reported"), .up),
            share(
                "bribe_contact",
                text(
                    "Соңғы байланыста пара бергендер немесе одан сұралғандар",
                    "Дали взятку или у них её просили при последнем обращении",
                    "Gave a bribe or were asked for one at the last contact"), 0.147, 0.41, dealt, "asked bribe",
                .asked("bribe")),
            (
                definition(
                    "crimes_per_victim",
                    text(
                        "Бір құрбанға келетін қылмыс саны", "Число преступлений на одну жертву",
                        "Number of crimes per victim"),
                    formula: .ratio(expression("crimes"), expression("any_victim = 1")), base: .everyone, unit: "mean",
                    breakdowns: by), 1.87, 0.26, victims, "everyone"
            ),
            (
                definition(
                    "loss",
                    text("Бір құрбанның орташа шығыны", "Средний ущерб одной жертвы", "Mean loss of a victim"),
                    formula: .mean(expression("loss")), base: .answered("loss"), direction: nil, unit: "tenge",
                    breakdowns: by), 184_320, 0.19, victims, "answered loss"
            ),
        ]
    }

    static func large(isInternal: Bool = false, isSynthetic: Bool = true) -> ReportInput {
        let waves = ["2021", "2022", "2023", "2024", "2025"]
        var results: [IndicatorResult] = []
        for (number, row) in rows.enumerated() {
            for (place, wave) in waves.enumerated() {
                let drift = [1.0, 0.955, 0.985, 0.90, 0.93][(place + number) % 5]
                let base = Int(2409 * row.share)
                results.append(figure(row, wave: wave, level: row.level * drift, base: base, by: [], labels: []))
                for (code, label, share) in sex.categories {
                    let factor = code == "1" ? 1.07 : 0.94
                    results.append(
                        figure(
                            row, wave: wave, level: row.level * drift * factor, base: Int(Double(base) * share),
                            by: [("sex", code)], labels: [(sex.label, label)]))
                }
                for (step, category) in age.categories.enumerated() {
                    let factor = [1.22, 1.1, 0.97, 0.74, 0.61][step]
                    results.append(
                        figure(
                            row, wave: wave,
                            level: min(0.97, row.level) == row.level
                                ? min(0.97, row.level * drift * factor) : row.level * drift * factor,
                            base: Int(Double(base) * category.2), by: [("age_group", category.0)],
                            labels: [(age.label, category.1)]))
                }
                for (code, label, share) in sex.categories {
                    for (step, category) in age.categories.enumerated() {
                        results.append(
                            figure(
                                row, wave: wave, level: row.level * drift * [1.18, 1.1, 0.97, 0.74, 0.6][step],
                                base: Int(Double(base) * category.2 * share),
                                by: [("sex", code), ("age_group", category.0)],
                                labels: [(sex.label, label), (age.label, category.1)]))
                    }
                }
            }
        }
        return ReportInput(
            study: study(waves: waves, isSynthetic: isSynthetic, expected: [("import.unknown-code", 3)]),
            waves: waves.map {
                wave($0, [("import.unknown-code", 3), ("import.skipped-answered", $0 == "2023" ? 17 : 0)])
            },
            results: results, programs: programs, isInternal: isInternal)
    }

    private static func figure(
        _ row: Row, wave: String, level: Double, base: Int, by: Estimate.By,
        labels: [(variable: LocalizedText, category: LocalizedText)]
    ) -> IndicatorResult {
        var display: IndicatorResult.Display = base < 30 ? .hidden : base < 50 ? .bracketed : .shown
        if by.last?.category == "60-74", base < 60, by.count == 2 { display = .complementary }
        let isShare = row.definition.unit == "percent"
        let n = isShare ? Int((level * Double(base)).rounded()) : base
        var flags: [Estimate.Flag] = []
        var value = level
        if isShare, n == 0 {
            flags = [.edge]
            value = 0
        }
        let error =
            isShare
            ? max(0.002, (value * (1 - value) / Double(max(base, 1)) * 1.6).squareRoot())
            : level / Double(max(base, 1)).squareRoot()
        if by.first?.category == "2", wave == "2022" { flags.append(.lonelyPSU) }
        return result(
            row.definition, wave: wave,
            estimate(
                value, error: error, n: n, nBase: base, by: by, statistic: isShare ? .share : .mean,
                method: isShare ? (n == 0 ? "korn-graubard" : "logit") : "mean", flags: flags),
            labels: labels, base: row.base, expression: row.when, display: display)
    }
}
