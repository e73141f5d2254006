internal import SurveyProblems
internal import SurveySchema
internal import SurveyVerification

/// What the check by R found, for people or as `verify-r/1`; numbers of withheld figures stand in neither.
struct VerificationOutput {
    let comparison: FigureComparison
    let programs: [(name: String, version: String)]
    let study: String
    let language: Language

    func text(_ format: String) -> String { format == "json" ? json.line + "\n" : table }

    private var json: JSONText {
        let largest = comparison.largest.map { ($0.field.rawValue, VerificationOutput.relative($0.difference)) }
        let differences = comparison.differences.map { difference in
            let figure = difference.figure
            var fields: [(String, JSONText)] = [
                ("id", .string(figure.id)), ("indicator", .string(figure.indicator)), ("wave", .string(figure.wave)),
            ]
            if let wave = figure.toWave { fields.append(("to", .string(wave))) }
            fields.append(("by", .object(figure.by.map { ($0.variable, .string($0.category)) })))
            if let bound = figure.bound { fields.append(("bound", .string(bound))) }
            if let field = difference.field { fields.append(("field", .string(field.rawValue))) }
            if figure.isWithheld {
                fields.append(("withheld", .bool(true)))
            } else if difference.field != nil {
                fields += [("saual", .optional(difference.saual)), ("r", .optional(difference.r))]
            } else {
                fields.append(("missing", .bool(true)))
            }
            return JSONText.object(fields)
        }
        return .object([
            ("saual", .string("verify-r/1")), ("program", .string("saual \(Versions.saual)")),
            ("study", .string(study)),
            ("with", .object(programs.map { ($0.name, .string($0.version)) })),
            ("tolerance", .number(FigureComparison.tolerance)), ("equal", .bool(comparison.areEqual)),
            ("compared", .integer(comparison.compared)), ("withheld", .integer(comparison.withheld)),
            ("only_in_r", .integer(comparison.strangers)), ("largest", .object(largest)),
            ("differences", .array(differences)),
        ])
    }

    /// A number is missing on one side: no number says how far apart they are.
    private static func relative(_ difference: Double) -> JSONText {
        difference.isFinite ? .number(difference) : .string("Inf")
    }

    private var table: String {
        let words = VerificationWords.in(language)
        var text = "\(words.with): \(programs.map { "\($0.name) \($0.version)" }.joined(separator: ", "))\n"
        text += "\(words.compared): \(comparison.compared)\n\(words.withheld): \(comparison.withheld)\n\n"
        var fields = TextTable([(words.field, .left), (words.largest, .right)])
        for (field, difference) in comparison.largest {
            fields.append([field.rawValue, difference == 0 ? "0" : VerificationOutput.short(difference)])
        }
        text += fields.text + "\n"
        if !comparison.differences.isEmpty {
            var list = TextTable([
                ("id", .left), (words.indicator, .left), (words.wave, .left), (words.group, .left),
                (words.field, .left), ("saual", .right), ("R", .right),
            ])
            for difference in comparison.differences { list.append(row(difference, words)) }
            text += list.text + "\n"
        }
        if comparison.strangers > 0 { text += "\(words.onlyInR): \(comparison.strangers)\n" }
        return text + (comparison.areEqual ? words.equal : words.differ) + "\n"
    }

    private func row(_ difference: FigureComparison.Difference, _ words: VerificationWords) -> [String] {
        let figure = difference.figure
        let waves = figure.wave + (figure.toWave.map { " → \($0)" } ?? "")
        let group = figure.by.map { "\($0.variable)=\($0.category)" }.joined(separator: ", ")
        func number(_ value: Double?) -> String {
            if figure.isWithheld { return "…" }
            return value.map { JSONText.shortest($0) } ?? "–"
        }
        return [
            figure.id, figure.indicator, waves, group.isEmpty ? words.whole : group,
            (figure.bound.map { $0 + " " } ?? "") + (difference.field?.rawValue ?? words.missing),
            number(difference.saual), number(difference.r),
        ]
    }

    /// A power of ten with two digits: `3.1e-14`.
    private static func short(_ value: Double) -> String {
        guard value.isFinite else { return "Inf" }
        let text = JSONText.shortest(value)
        guard let exponent = text.firstIndex(of: "e") else { return String(text.prefix(8)) }
        return String(text[..<exponent].prefix(3)) + text[exponent...]
    }
}

/// The words of the check by R.
struct VerificationWords: Sendable {
    let with, compared, withheld, field, largest, indicator, wave, group, whole, missing, onlyInR, equal, differ: String

    static func `in`(_ language: Language) -> VerificationWords {
        switch language {
        case .russian: russian
        case .kazakh: kazakh
        default: english
        }
    }

    private static let english = VerificationWords(
        with: "computed again with", compared: "figures compared", withheld: "of these withheld from publication",
        field: "field", largest: "largest relative difference", indicator: "indicator", wave: "wave", group: "group",
        whole: "all", missing: "not computed by R", onlyInR: "figures that only R has",
        equal: "Every figure is equal.", differ: "Some figures differ.")

    private static let russian = VerificationWords(
        with: "пересчитано с помощью", compared: "сравнено цифр", withheld: "из них скрыто от публикации",
        field: "поле", largest: "наибольшее относительное расхождение", indicator: "показатель", wave: "волна",
        group: "группа", whole: "все", missing: "R не посчитал", onlyInR: "цифры, которые есть только у R",
        equal: "Все цифры совпадают.", differ: "Некоторые цифры расходятся.")

    private static let kazakh = VerificationWords(
        with: "қайта есептеген", compared: "салыстырылған сандар", withheld: "оның ішінде жариялаудан жасырылғаны",
        field: "өріс", largest: "ең үлкен салыстырмалы айырма", indicator: "көрсеткіш", wave: "толқын",
        group: "топ", whole: "барлығы", missing: "R есептемеген", onlyInR: "тек R-де бар сандар",
        equal: "Барлық сан бірдей.", differ: "Кейбір сандар өзгеше.")
}
