internal import SurveyProblems
internal import SurveySampling
internal import SurveySchema

/// What was drawn, for people and for machines.
struct SampleDrawOutput {
    let drawn: DrawnFrame
    let columns: SampleColumns
    let selection: SampleSelection
    let jointFile: String?
    let output: String
    let source: JSONText
    let language: Language

    private var file: String { String(output.split(separator: "/").last ?? "") }

    private var options: String { columns.options(joint: jointFile) }

    var json: String {
        var fields: [(String, JSONText)] = [
            ("saual", .string("sample/1")), ("program", .string("saual \(Versions.saual)")), ("source", source),
            ("seed", .string(String(selection.seed))), ("method", .string(selection.method.rawValue)),
        ]
        if let take = selection.take {
            let methods = selection.takes.indices.map { stage in
                selection.laterMethods.indices.contains(stage) ? selection.laterMethods[stage] : .random
            }
            let isOne = selection.takes.count == 1
            fields += [
                ("take", isOne ? .integer(take) : .array(selection.takes.map { .integer($0) })),
                (
                    "second_method",
                    isOne ? .string(methods[0].rawValue) : .array(methods.map { .string($0.rawValue) })
                ),
            ]
        }
        fields += [
            ("shuffled", .bool(selection.isShuffled)), ("file", .string(file)),
            ("rows", .integer(drawn.units.count)), ("columns", .array(columns.names.map { .string($0) })),
            ("strata", .array(drawn.strata.map(SampleDrawOutput.json))), ("estimate", .string(options)),
            ("design", .string(columns.yaml)), ("questions", .string(columns.questions(in: language))),
            ("cautions", .array(drawn.cautions.map { $0.json(in: language.rawValue) })),
        ]
        return JSONText.object(fields).line
    }

    private static func json(_ stratum: DrawnStratum) -> JSONText {
        .object([
            ("stratum", .string(stratum.name)), ("units", .integer(stratum.population)),
            ("drawn", .integer(stratum.units)), ("certain", .integer(stratum.certain)),
            ("frame_rows", .integer(stratum.frameRows)), ("rows", .integer(stratum.rows)),
            ("sum_weights", .number(stratum.sumOfWeights)),
        ])
    }

    var text: String {
        let words = SampleWords.in(language)
        var table = TextTable([
            (words.stratum, .left), (words.units, .right), (words.drawn, .right), (words.certain, .right),
            (words.rows, .right), (words.sum, .right),
        ])
        for stratum in drawn.strata {
            table.append([
                stratum.name, String(stratum.population), String(stratum.units), String(stratum.certain),
                String(stratum.rows), PlainNumber.text(stratum.sumOfWeights, in: language),
            ])
        }
        return table.text + "\n\(words.estimate):\n  saual estimate \(Terminal.harmless(file)) "
            + "\(Terminal.harmless(options))\n\n\(words.study):\n"
            + SampleDrawOutput.indented(columns.yaml) + "\n\(words.questions):\n"
            + SampleDrawOutput.indented(columns.questions(in: language))
    }

    private static func indented(_ lines: String) -> String {
        lines.split(separator: "\n").map { "  " + Terminal.harmless(String($0)) + "\n" }.joined()
    }
}
