public import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

extension YAMLReader {
    /// Takes the analytical report form; mistakes are errors, what is not yet filled in is one caution that lists it.
    func reportForm(_ map: YAMLMap, languages: [Language], waves: [StudySpecification.Wave]) -> ReportForm? {
        guard let node = map.node("report") else { return nil }
        let keys = [
            "form", "maker", "spheres", "bodies", "conducted by", "started", "finished", "decision", "conclusions",
            "source", "passport", "register", "tile map", "experience and perception",
        ]
        guard let map = self.map(node, keys: keys) else { return nil }
        let kind = map.node("form", required: true).flatMap { choice($0, of: ReportForm.Kind.self) }
        let maker = map.node("maker", required: true).flatMap { choice($0, of: ReportForm.Maker.self) }
        var form = ReportForm(kind: kind ?? .thematic, maker: maker ?? .other)
        if kind == .comprehensive, maker == .other, let mark = map.node("form")?.mark {
            report(.comprehensiveMaker(), at: mark)
        }
        form.spheres = texts(map.node("spheres"), languages)
        form.bodies = bodies(map.node("bodies"), languages)
        form.conductor = map.node("conducted by").flatMap { conductor($0, languages) }
        form.started = map.node("started").flatMap(date)
        form.finished = map.node("finished").flatMap(date)
        if let start = form.started, let end = form.finished, start > end, let mark = map.node("finished")?.mark {
            report(.monitoringReversed(start: start, end: end), at: mark)
        }
        decision(map.node("decision"), languages, into: &form)
        form.conclusions = texts(map.node("conclusions"), languages)
        if let word = map.node("source") { form.source = choice(word, of: ReportForm.Source.self) ?? form.source }
        form.passport = passport(map.node("passport"), languages)
        form.register = register(map.node("register"), languages)
        form.tileMap = map.node("tile map").flatMap(tileMap)
        form.comparison = map.node("experience and perception").flatMap(comparison)
        guard kind != nil, maker != nil else { return nil }
        caution(form, waves, map)
        return form
    }

    private func caution(_ form: ReportForm, _ waves: [StudySpecification.Wave], _ map: YAMLMap) {
        let mark = map.keyMark("form") ?? map.mark
        let (spheres, bodies) = (form.spheres.count, form.bodies.count)
        if form.kind == .comprehensive, spheres <= 1, bodies <= 1, spheres + bodies > 0 {
            report(.narrowComprehensive(spheres: spheres, bodies: bodies), at: mark)
        }
        if form.kind == .thematic, spheres > 1 || bodies > 1 {
            report(.broadThematic(spheres: spheres, bodies: bodies), at: mark)
        }
        // What is written wrongly was reported as such and is not missing.
        let conductor = map.node("conducted by")
        let decision = map.node("decision")
        let written: [(ReportForm.OpenPlace, YAMLNode?)] = [
            (.subject, map.node("spheres") ?? map.node("bodies")), (.conductor, conductor),
            (.email, conductor?["email"]), (.phone, conductor?["phone"]), (.started, map.node("started")),
            (.finished, map.node("finished")), (.assessment, decision?["assessment"]),
            (.riskAnalysis, decision?["risk analysis"]),
        ]
        let open = form.openPlaces(of: waves).filter { place in
            !written.contains { $0.0 == place && $0.1?.isNull == false }
        }
        if !open.isEmpty { report(.openPlaces(open), at: mark) }
    }

    /// Takes a list of texts, each in all languages; a single text is a list of one.
    func texts(_ node: YAMLNode?, _ languages: [Language]) -> [LocalizedText] {
        guard let node else { return [] }
        if list(node).isEmpty { report(.emptyList(), at: node.mark) }
        return list(node).compactMap { localizedText($0, languages: languages) }
    }

    /// Takes the bodies monitored: texts, or `{name: text, special: true}`, which the rules leave out.
    private func bodies(_ node: YAMLNode?, _ languages: [Language]) -> [LocalizedText] {
        guard let node else { return [] }
        if list(node).isEmpty { report(.emptyList(), at: node.mark) }
        return list(node).compactMap { item in
            guard item["name"] != nil || item["special"] != nil else {
                return localizedText(item, languages: languages)
            }
            guard let map = self.map(item, keys: ["name", "special"]) else { return nil }
            if map.bool("special") == true { report(.specialBody(), at: map.keyMark("special") ?? item.mark) }
            return map.localizedText("name", languages: languages, required: true)
        }
    }

    private func conductor(_ node: YAMLNode, _ languages: [Language]) -> ReportForm.Conductor? {
        let keys = ["name", "email", "phone", "natural person", "contact published"]
        guard let map = self.map(node, keys: keys) else { return nil }
        let name = map.localizedText("name", languages: languages, required: true)
        let email = map.node("email").flatMap { checked($0, ContactText.isEmail, Problem.badEmail) }
        let phone = map.node("phone").flatMap { checked($0, ContactText.isPhone, Problem.badPhone) }
        // Nothing is assumed: the wrong guess would print a person's telephone number.
        let isNatural = map.node("natural person", required: true).flatMap(bool)
        let isPublished = map.bool("contact published") ?? false
        if isNatural == false, let node = map.node("contact published") {
            report(.contactOfOrganisation(), at: node.mark)
        }
        guard let name, let isNatural else { return nil }
        return ReportForm.Conductor(
            name: name, email: email, phone: phone, isNaturalPerson: isNatural, isContactPublished: isPublished)
    }

    private func checked(
        _ node: YAMLNode, _ isGood: (String) -> Bool, _ problem: (String) -> Problem
    ) -> String? {
        guard let text = text(node) else { return nil }
        if isGood(text) { return text }
        report(problem(text), at: node.mark)
        return nil
    }

    private func decision(_ node: YAMLNode?, _ languages: [Language], into form: inout ReportForm) {
        guard let node, let map = self.map(node, keys: ["assessment", "risk analysis"]) else { return }
        form.assessment = map.localizedText("assessment", languages: languages)
        guard let risk = map.node("risk analysis") else { return }
        if risk.scalar == "none" {
            form.riskAnalysis = ReportForm.RiskAnalysis.none
        } else if let text = localizedText(risk, languages: languages) {
            form.riskAnalysis = .recommended(text)
        }
    }

    private func passport(_ node: YAMLNode?, _ languages: [Language]) -> ReportForm.Passport {
        var passport = ReportForm.Passport()
        guard let node, let map = self.map(node, keys: ["population", "sample", "mode", "response"]) else {
            return passport
        }
        passport.population = map.localizedText("population", languages: languages) ?? .empty
        passport.sample = map.localizedText("sample", languages: languages) ?? .empty
        passport.mode = map.localizedText("mode", languages: languages) ?? .empty
        passport.response = map.localizedText("response", languages: languages) ?? .empty
        return passport
    }

    private func tileMap(_ node: YAMLNode) -> ReportForm.TileMap? {
        guard let map = map(node, keys: ["variable", "tiles"]) else { return nil }
        let variable = map.text("variable", required: true)
        let file = filePath(map.node("tiles", required: true))
        guard let variable, let file else { return nil }
        return ReportForm.TileMap(variable: variable, file: file)
    }
}

/// The shapes of addresses and numbers by which a person can be reached.
enum ContactText {
    /// One @, something before it, a domain with a dot after it, and no sign that could end an address early.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let isDomain = labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
        let isLocal = parts[0].allSatisfy { $0.isLetter || $0.isNumber || "!#$%&'*+-/=?^_`{|}~.".contains($0) }
        return labels.count >= 2 && isDomain && isLocal && parts[0].first != "." && parts[0].last != "."
    }

    /// Four to fifteen digits, with spaces, brackets and hyphens, and + before them at most.
    static func isPhone(_ text: String) -> Bool {
        let digits = text.filter { $0.isASCII && $0.isNumber }.count
        let rest = text.hasPrefix("+") ? text.dropFirst() : text[...]
        return (4...15).contains(digits)
            && rest.allSatisfy { ($0.isASCII && $0.isNumber) || " ()-\u{A0}".contains($0) }
    }
}

extension Problem {
    static func comprehensiveMaker() -> Problem {
        Problem(
            "study.comprehensive-maker", .input, what: "This maker cannot carry out a comprehensive monitoring",
            why:
                "comprehensive monitoring is for the authorised body and its territorial departments; found \("other")",
            fix: "write \("form: thematic"), or correct the maker")
    }

    static func specialBody() -> Problem {
        Problem(
            "study.special-body", .input, what: "A special state body cannot be monitored",
            why: "the rules for anti-corruption monitoring leave special state bodies out",
            fix: "take the body off the list")
    }

    static func badEmail(_ text: String) -> Problem {
        Problem(
            "study.bad-email", .input, what: "\"\(text)\" is not an e-mail address",
            why: "an address has one @ and a domain with a dot after it; found \"\(text)\"",
            fix: "write it as \("name@example.kz"), or leave the line out until it is known")
    }

    static func badPhone(_ text: String) -> Problem {
        Problem(
            "study.bad-phone", .input, what: "\"\(text)\" is not a telephone number",
            why: "a number has 4 to 15 digits, with +, spaces, brackets and hyphens at most; found \"\(text)\"",
            fix: "write it as \("+7 7172 00 00 00"), or leave the line out until it is known")
    }

    static func contactOfOrganisation() -> Problem {
        Problem(
            "study.contact-of-organisation", .input, what: "The contact of an organisation is always printed",
            why: "only a natural person may keep address and number back; here \("natural person") is \("false")",
            fix: "delete the line \("contact published")")
    }

    static func monitoringReversed(start: String, end: String) -> Problem {
        Problem(
            "study.monitoring-reversed", .input, what: "The monitoring is finished before it starts",
            why: "the last day must not lie before the first; found \(start) and \(end)",
            fix: "correct one of the two dates")
    }

    static func narrowComprehensive(spheres: Int, bodies: Int) -> Problem {
        Problem(
            "study.narrow-comprehensive", .finding, severity: .caution,
            what: "A comprehensive monitoring names one object only",
            why:
                "it studies various spheres, with two or more bodies, organisations or entities; found spheres: \(spheres), bodies: \(bodies)",
            fix: "name the others too, or write \("form: thematic")")
    }

    static func broadThematic(spheres: Int, bodies: Int) -> Problem {
        Problem(
            "study.broad-thematic", .finding, severity: .caution,
            what: "A thematic monitoring names several objects",
            why:
                "it studies one sphere, one body, one organisation or one entity; found spheres: \(spheres), bodies: \(bodies)",
            fix: "make a report for each of them, or check the form")
    }

    /// Places of the report that a person has yet to fill in; the report marks them.
    public static func openPlaces(_ places: [ReportForm.OpenPlace]) -> Problem {
        Problem(
            "study.open-places", .finding, severity: .caution,
            what: "The report has places that a person must fill in: \(places.count)",
            why:
                "the figures cannot decide them; the report marks each; not filled in: \(places.map(\.key).joined(separator: "; "))",
            fix: "fill them in, in study.yaml, before the report is signed")
    }
}
