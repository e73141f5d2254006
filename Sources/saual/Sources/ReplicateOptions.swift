internal import SurveyDesign
internal import SurveyProblems

/// Reads replicates, made or given, from the options of a call.
enum ReplicateOptions {
    static let options: [Option] = [
        .value(
            "replicates", "METHOD[=R]",
            Phrase(
                "variances by replicates made here: jk1, jkn, jk2, brr, fay=RHO, sdr, bootstrap=500, multistage, half, "
                    + "canty-davison; none for those of the study",
                ru: "дисперсии по репликам, сделанным здесь: jk1, jkn, jk2, brr, fay=RHO, sdr, bootstrap=500, "
                    + "multistage, half, canty-davison; none — без реплик исследования",
                kk: "дисперсиялар осында жасалған репликалар бойынша: jk1, jkn, jk2, brr, fay=RHO, sdr, bootstrap=500, "
                    + "multistage, half, canty-davison; none — зерттеу репликаларынсыз")),
        .value(
            "seed", "N",
            Phrase(
                "seed of replicates drawn at random", ru: "начальное число случайных реплик",
                kk: "кездейсоқ репликалардың бастапқы саны")),
        .list(
            "replicate-weights", "COLS",
            Phrase(
                "replicate weights in the data, for example 'w_*'", ru: "веса реплик в данных, например 'w_*'",
                kk: "деректердегі реплика салмақтары, мысалы 'w_*'")),
        .flag(
            "replicate-factors",
            Phrase(
                "the columns are factors on the weight", ru: "столбцы — множители веса",
                kk: "бағандар — салмақ көбейткіштері")),
        .value(
            "replicate-method", "METHOD",
            Phrase(
                "how the given ones were made; gives the scale", ru: "как сделаны данные реплики; задаёт масштаб",
                kk: "берілген репликалар қалай жасалған; масштабты береді")),
        .value(
            "replicate-scale", "X",
            Phrase("scale of the given ones", ru: "масштаб данных реплик", kk: "берілген репликалар масштабы")),
        .value(
            "replicate-rscales", "FILE",
            Phrase(
                "a scale for each of the given ones, one number a line",
                ru: "масштаб каждой данной реплики, по числу в строке",
                kk: "берілген әр репликаның масштабы, жолда бір сан")),
        .flag(
            "mse",
            Phrase(
                "deviations of replicates from the estimate, not from their mean",
                ru: "отклонения реплик от оценки, а не от их среднего",
                kk: "репликалардың орташадан емес, бағалаудан ауытқулары")),
        .choice(
            "replicates-recalibrate", ["on", "off"],
            Phrase(
                "fit the weights of each replicate again (default: on)",
                ru: "подгонять веса каждой реплики заново (по умолчанию on)",
                kk: "әр репликаның салмағын қайта келтіру (әдепкісі: on)")),
    ]

    /// The rules of `--df` that go with replicates only.
    static let freedoms = ReplicatePlan.DegreesOfFreedom.allCases.map(\.rawValue)

    /// The options that change numbers, in the order of their names.
    static let names = options.map(\.name)

    /// What the options state; `study` gives what they leave open.
    static func plan(_ call: Call, study: ReplicatePlan?) throws(Problem) -> ReplicatePlan? {
        var plan = study
        if let text = call.value("replicates") {
            guard !call.has("replicate-weights") else { throw .madeAndGiven() }
            plan = text == "none" ? nil : ReplicatePlan(try made(text, call))
        } else if call.has("replicate-weights") {
            plan = ReplicatePlan(.given(try given(call)))
        }
        guard var plan else {
            let alone = names.filter { $0 != "replicates" && call.has($0) }
            if let option = alone.first { throw .withoutReplicates(option) }
            if let rule = call.value("df"), freedoms.contains(rule) { throw .withoutReplicates("df \(rule)") }
            return nil
        }
        if let text = call.value("seed") {
            guard case .made(let method, let count, _) = plan.source, method.isRandom else { throw .seedOfNothing() }
            plan.source = .made(method, count: count, seed: try seed(text))
        }
        if case .made = plan.source,
            let option = names.first(where: { $0.hasPrefix("replicate-") && call.has($0) })
        {
            throw .forGivenReplicates(option)
        }
        if call.has("mse") { plan.centresOnEstimate = true }
        if let word = call.value("replicates-recalibrate") { plan.recalibrates = word == "on" }
        if let rule = call.value("df").flatMap({ ReplicatePlan.DegreesOfFreedom(rawValue: $0) }) {
            plan.degreesOfFreedom = rule
        }
        return plan
    }

    private static func made(_ text: String, _ call: Call) throws(Problem) -> ReplicatePlan.Source {
        guard let (method, number) = ReplicateMethod.read(text) else {
            throw .unknownChoice(text, option: "replicates", allowed: ReplicateMethod.names)
        }
        let count = try number.map { (number) throws(Problem) in
            guard let count = Int(number) else { throw .notAReplicateCount(number) }
            return count
        }
        return .made(method, count: count, seed: nil)
    }

    private static func given(_ call: Call) throws(Problem) -> ReplicatePlan.GivenColumns {
        var given = ReplicatePlan.GivenColumns(names: try call.list("replicate-weights"))
        given.areFactors = call.has("replicate-factors")
        given.scale = try call.number("replicate-scale")
        given.scales = try call.value("replicate-rscales").map(scales)
        if let text = call.value("replicate-method") {
            guard let (method, number) = ReplicateMethod.read(text), number == nil else {
                throw .unknownChoice(text, option: "replicate-method", allowed: ReplicateMethod.names)
            }
            given.method = method
        }
        return given
    }

    static func seed(_ text: String) throws(Problem) -> UInt64 {
        guard let seed = UInt64(text) else { throw .notASeed(text) }
        return seed
    }

    /// Numbers of a file, one a line.
    private static func scales(_ path: String) throws(Problem) -> [Double] {
        let text = String(decoding: try InputFile.bytes(of: path, limit: 16 << 20), as: UTF8.self)
        var scales: [Double] = []
        for (line, entry) in text.split(whereSeparator: \.isNewline).enumerated() {
            let word = entry.filter { !$0.isWhitespace }
            guard let number = Double(word), number.isFinite else {
                throw .notAScale(word, file: path, line: line + 1)
            }
            scales.append(number)
        }
        return scales
    }
}

extension DesignSpecification {
    /// The design with the columns of replicates that patterns stand for, of those that there are.
    func withReplicateColumns(among names: [String]) throws(Problem) -> DesignSpecification {
        guard case .given(var given)? = replicates?.source else { return self }
        var found: [String] = []
        for pattern in given.names {
            guard pattern.contains("*") else {
                found.append(pattern)
                continue
            }
            let own = names.filter { $0.matches(pattern: pattern) }
            guard !own.isEmpty else { throw .noReplicateColumns(pattern) }
            found += own
        }
        given.names = found.uniqued
        var design = self
        design.replicates?.source = .given(given)
        return design
    }
}

extension String {
    /// True if the text is that of a pattern in which `*` stands for any text.
    fileprivate func matches(pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return self == pattern }
        guard utf8.count >= first.utf8.count + last.utf8.count, hasPrefix(first), hasSuffix(last) else { return false }
        var rest = dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}

extension Problem {
    static func madeAndGiven() -> Problem {
        Problem(
            "command.replicates-made-and-given", .usage,
            what: "--replicates and --replicate-weights do not go together",
            why: "replicates are made here, or stand in the data", fix: "drop one of them")
    }

    static func withoutReplicates(_ option: String) -> Problem {
        Problem(
            "command.without-replicates", .usage, what: "--\(option) goes with replicates only",
            why: "neither --replicates nor --replicate-weights is given, and the study has none",
            fix: "add one of them, or drop --\(option)")
    }

    static func forGivenReplicates(_ option: String) -> Problem {
        Problem(
            "command.for-given-replicates", .usage, what: "--\(option) goes with --replicate-weights only",
            why: "replicates that are made here have the rules of their method", fix: "drop --\(option)")
    }

    static func seedOfNothing() -> Problem {
        Problem(
            "command.seed-of-nothing", .usage, what: "--seed has nothing to do",
            why: "these replicates are not drawn at random", fix: "drop --seed")
    }

    static func notASeed(_ text: String) -> Problem {
        Problem(
            "command.not-a-seed", .usage, what: "\"\(text)\" is no seed",
            why: "a seed is a whole number from 0 to 18446744073709551615; found \"\(text)\"",
            fix: "write for example --seed 42")
    }

    static func notAReplicateCount(_ text: String) -> Problem {
        Problem(
            "command.not-a-replicate-count", .usage, what: "\"\(text)\" is no number of replicates",
            why: "behind a method stands a whole number; found \"\(text)\"", fix: "write for example bootstrap=500")
    }

    static func notAScale(_ text: String, file: String, line: Int) -> Problem {
        Problem(
            "command.not-a-scale", .input, what: "\"\(text)\" is no scale of a replicate",
            place: Place(file: file, line: line), why: "each line is one number; found \"\(text)\"",
            fix: "write one number a line, in the order of the columns")
    }

    static func noReplicateColumns(_ pattern: String) -> Problem {
        Problem(
            "command.no-replicate-columns", .usage, what: "No column is named \"\(pattern)\"",
            why: "* stands for any text; no column of the data fits", fix: "see the names with saual describe")
    }
}
