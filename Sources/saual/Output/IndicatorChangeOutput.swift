internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema

/// Changes of indicators between waves in the format asked for; a withheld one has no number in any of them.
struct IndicatorChangeOutput {
    let changes: [IndicatorChange]
    /// What must stand on every row of a format of single rows.
    let stamps: [(String, JSONText)]
    let language: Language

    /// The fields of each change.
    var rows: [[(String, JSONText)]] {
        changes.map { entry in
            let definition = entry.definition
            var fields: [(String, JSONText)] = [
                ("indicator", .string(definition.id)),
                ("definition", .string("\(definition.id)@\(definition.version)")),
                ("from_wave", .string(entry.fromWave)), ("to_wave", .string(entry.toWave)),
                ("by", .object(entry.by.map { ($0.variable, .string($0.category)) })),
                ("difference", .optional(entry.change?.difference)),
            ]
            if let change = entry.change {
                fields += [
                    ("from", .optional(change.from.value)), ("to", .optional(change.to.value)),
                    ("se", .optional(change.standardError)), ("ci_low", .optional(change.low)),
                    ("ci_high", .optional(change.high)), ("level", .number(change.level)),
                    ("df", IndicatorChangeOutput.degrees(change.degreesOfFreedom)),
                    ("correlation", .optional(change.correlation)), ("p", .optional(change.p)),
                    ("shared_psus", .integer(change.sharedPSUs)), ("overlap", .string(change.overlap.rawValue)),
                    ("verdict", .string(change.verdict.rawValue)),
                ]
            }
            fields += [
                ("display", .string(entry.display.rawValue)), ("base", .string(entry.base.text(in: language) ?? "")),
                ("unit", .string(definition.unit)),
            ]
            if let direction = definition.direction { fields.append(("direction", .string(direction.rawValue))) }
            if let reason = entry.breakReason { fields.append(("break", .string(reason.text(in: language) ?? ""))) }
            return fields + [("id", .string(entry.id))]
        }
    }

    private static func degrees(_ value: Double?) -> JSONText {
        guard let value else { return .null }
        return value.isInfinite ? .string("Inf") : .number(value)
    }

    var csv: String {
        let names = [
            "indicator", "definition", "from_wave", "to_wave", "difference", "from", "to", "se", "ci_low", "ci_high",
            "level", "df", "correlation", "p", "shared_psus", "overlap", "verdict", "display", "base", "unit",
            "direction", "break", "id",
        ]
        let variables = changes.flatMap { $0.by.map(\.variable) }.uniqued
        var header = names.map(CSVText.cell)
        header.insert(contentsOf: variables.map { CSVText.cell("by_" + $0) }, at: 4)
        var text = CSVText.line(header + stamps.map(\.0))
        for (change, fields) in zip(changes, rows) {
            let values = Dictionary(fields.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
            var cells = names.map { CSVText.cell(of: values[$0]) }
            cells.insert(
                contentsOf: variables.map { variable in
                    change.by.first { $0.variable == variable }.map { CSVText.cell($0.category) } ?? ""
                }, at: 4)
            text += CSVText.line(cells + stamps.map(\.1.line))
        }
        return text
    }

    var table: TextTable {
        let words = IndicatorWords.in(language)
        let change = IndicatorChangeWords.in(language)
        var table = TextTable([
            (words.indicator, .left), (change.waves, .left), (words.group, .left), (change.difference, .right),
            (words.interval, .right), (change.verdict, .left),
        ])
        for entry in changes {
            func number(_ value: Double?) -> String { entry.definition.printed(value, in: language) }
            let group = entry.labels.map { $0.category.text(in: language) ?? "" }.joined(separator: ", ")
            var cells = [
                entry.definition.id, "\(entry.fromWave) → \(entry.toWave)", group.isEmpty ? words.whole : group,
            ]
            let isBracketed = entry.display == .bracketed
            func shown(_ text: String) -> String { isBracketed ? "[\(text)]" : text }
            if let found = entry.change {
                let interval = found.low == nil ? "–" : "\(number(found.low)) – \(number(found.high))"
                cells += [shown(number(found.difference)), shown(interval), change.text(found.verdict)]
            } else if let reason = entry.breakReason, !entry.display.isWithheld {
                cells += ["–", "–", "\(change.notComparable): \(reason.text(in: language) ?? "")"]
            } else {
                cells += [words.hidden, words.hidden, words.hidden]
            }
            table.append(cells)
        }
        return table
    }
}

/// The words of changes between waves.
struct IndicatorChangeWords: Sendable {
    let waves, difference, verdict, increase, decrease, noChange, tooImprecise, notComparable: String

    static func `in`(_ language: Language) -> IndicatorChangeWords {
        switch language {
        case .russian:
            IndicatorChangeWords(
                waves: "волны", difference: "изменение", verdict: "вывод", increase: "рост", decrease: "снижение",
                noChange: "изменения не видно", tooImprecise: "слишком неточно", notComparable: "несопоставимо")
        case .kazakh:
            IndicatorChangeWords(
                waves: "толқындар", difference: "өзгеріс", verdict: "қорытынды", increase: "өсу", decrease: "төмендеу",
                noChange: "өзгеріс байқалмайды", tooImprecise: "тым дәл емес", notComparable: "салыстыруға келмейді")
        default:
            IndicatorChangeWords(
                waves: "waves", difference: "change", verdict: "verdict", increase: "increase", decrease: "decrease",
                noChange: "no change shown", tooImprecise: "too imprecise", notComparable: "not comparable")
        }
    }

    func text(_ found: Change.Verdict) -> String {
        switch found {
        case .increase: increase
        case .decrease: decrease
        case .noChangeShown: noChange
        case .tooImprecise: tooImprecise
        }
    }
}
