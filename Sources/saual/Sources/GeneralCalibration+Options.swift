internal import SurveyProblems
internal import SurveyWeighting

/// The options of a general calibration: those of `saual weight`, and of a call that weights before it estimates.
extension GeneralCalibration {
    /// Options that go with another one only.
    static let companions: [(option: String, needs: [String])] = [
        ("distance", ["calibrate"]), ("bounds", ["calibrate"]), ("bounds-on", ["bounds"]),
        ("by-cluster", ["calibrate"]), ("q", ["calibrate"]), ("prescale", ["calibrate"]),
        ("force-calibration", ["calibrate"]),
    ]

    static let options: [Option] = [
        .value(
            "calibrate", "TARGETS.csv",
            Phrase(
                "meet totals of categories and of numeric variables together",
                ru: "выполнить итоги категорий и числовых переменных вместе",
                kk: "санаттар мен сандық айнымалылардың қорытындыларын бірге орындау")),
        .choice(
            "distance", CalibrationDistance.allCases.map(\.rawValue),
            Phrase(
                "how --calibrate moves weights (default: linear with numeric totals, else raking)",
                ru: "как --calibrate меняет веса (по умолчанию linear при числовых итогах, иначе raking)",
                kk: "--calibrate салмақтарды қалай өзгертеді (әдепкісі: сандық қорытынды болса linear, әйтпесе raking)")
        ),
        .value(
            "bounds", "L,U",
            Phrase(
                "least and greatest factor from base weight to weight; one side may be empty",
                ru: "наименьший и наибольший множитель к базовому весу; одна сторона может быть пустой",
                kk: "базалық салмаққа көбейткіштің ең азы мен ең көбі; бір жағы бос бола алады")),
        .choice(
            "bounds-on", CalibrationBounds.Scale.allCases.map(\.rawValue),
            Phrase(
                "what --bounds limits: the factor or the weight (default: g)",
                ru: "что ограничивает --bounds: множитель или вес (по умолчанию g)",
                kk: "--bounds нені шектейді: көбейткішті ме, салмақты ма (әдепкісі: g)")),
        .value(
            "by-cluster", "COL",
            Phrase(
                "one weight for each value of COL", ru: "один вес на каждое значение COL",
                kk: "COL әр мәніне бір салмақ")),
        .value(
            "q", "COL",
            Phrase(
                "rows with a large value keep close to their base weight",
                ru: "строки с большим значением остаются ближе к базовому весу",
                kk: "мәні үлкен жолдар базалық салмағына жақын қалады")),
        .flag(
            "prescale",
            Phrase(
                "scale base weights first where every total is far above its sample value",
                ru: "сначала привести базовые веса к масштабу итогов, если все итоги намного больше",
                kk: "барлық қорытынды әлдеқайда үлкен болса, алдымен базалық салмақтарды солардың масштабына келтіру")),
        .flag(
            "force-calibration",
            Phrase(
                "give the last weights, with a caution, where totals are not met",
                ru: "выдать последние веса с предупреждением, если итоги не выполнены",
                kk: "қорытындылар орындалмаса, соңғы салмақтарды ескертумен беру")),
    ]

    /// Reads the options; `--conform` sets R's rule.
    init(_ call: Call) throws(Problem) {
        self.init()
        distance = try call.choice("distance", of: CalibrationDistance.self)
        bounds = try GeneralCalibration.bounds(call)
        cluster = try call.value("by-cluster").map { (value) throws(Problem) in
            try NameList.one(value, option: "by-cluster")
        }
        cost = try call.value("q").map { (value) throws(Problem) in try NameList.one(value, option: "q") }
        isPrescaled = call.has("prescale")
        isForced = call.has("force-calibration")
        rescalesMargins = call.has("rescale-margins")
        if call.has("conform") { rule = .rSurvey(epsilon: 1e-7, steps: 50) }
    }

    private static func bounds(_ call: Call) throws(Problem) -> CalibrationBounds? {
        guard let text = call.value("bounds") else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts != ["", ""] else { throw .wrongBounds(text) }
        var limits: [Double] = [-.infinity, .infinity]
        for (side, part) in parts.enumerated() where !part.isEmpty {
            guard let limit = Double(part), limit.isFinite else { throw .wrongBounds(text) }
            limits[side] = limit
        }
        return CalibrationBounds(
            low: limits[0], high: limits[1],
            on: try call.choice("bounds-on", of: CalibrationBounds.Scale.self) ?? .factor)
    }
}

extension Problem {
    static func wrongBounds(_ text: String) -> Problem {
        Problem(
            "command.wrong-bounds", .usage, what: "\"\(text)\" are no bounds",
            why:
                "--bounds takes two numbers with a comma between them, of which one may be left out; found \"\(text)\"",
            fix: "write for example --bounds 0.3,3")
    }
}
