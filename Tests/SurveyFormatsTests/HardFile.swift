import SurveyFormats
import SurveySchema

/// A table that files find hard, whatever their format.
enum HardFile: String, CaseIterable, CustomStringConvertible {
    case kazakhRussianAndEmoji, longestTexts, textsBeyond, tenThousandColumns, noRows, oneRow, oldDates, oddCodes
    case equalAndEmptyLabels, manyDigits

    var description: String { rawValue }

    static let formats = ["sav", "zsav", "por", "dta", "xlsx", "csv", "tsv", "sss"]
    /// Formats whose files say what their columns are.
    static let describing: Set<String> = ["sav", "zsav", "por", "dta", "sss"]

    private static func text(_ text: String) -> LocalizedText {
        text.isEmpty ? .empty : LocalizedText([(.undetermined, text)])
    }

    private static func number(_ name: String, _ labels: [(String, String)] = []) -> FileVariable {
        var variable = FileVariable(name: name, content: .number)
        variable.label = text("Сұрақ \(name)")
        variable.labels = labels.map { Answer(code: $0.0, label: text($0.1)) }
        return variable
    }

    var codebook: FileCodebook {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables =
            switch self {
            case .kazakhRussianAndEmoji:
                [
                    FileVariable(name: "name", content: .text),
                    HardFile.number("q1", [("1", "Әрине 😀"), ("2", "Ещё нет")]),
                ]
            case .longestTexts, .textsBeyond: [FileVariable(name: "essay", content: .text)]
            case .tenThousandColumns: (0..<10_000).map { FileVariable(name: "v\($0)", content: .number) }
            case .noRows, .oneRow: [HardFile.number("q1", [("1", "A")]), FileVariable(name: "t", content: .text)]
            case .oldDates:
                [
                    FileVariable(name: "born", content: .date), FileVariable(name: "at", content: .dateTime),
                    FileVariable(name: "lasted", content: .time),
                ]
            case .oddCodes:
                [
                    HardFile.number("q1", [("-9", "Refused"), ("-1", "No"), ("1", "Yes")]),
                    HardFile.number("share", [("0.5", "Half")]),
                ]
            case .equalAndEmptyLabels: [HardFile.number("q1", [("1", "Иә"), ("2", "Иә"), ("3", "")])]
            case .manyDigits: [FileVariable(name: "x", content: .number)]
            }
        return codebook
    }

    var rows: [[String]] {
        switch self {
        case .kazakhRussianAndEmoji:
            [["Әсел Ғалымқызы Ұлпан", "1"], ["Фёдор Ёжиков", "2"], ["👩‍👩‍👧 мир", ""], ["café, \"q\"", "1"]]
        case .longestTexts: [["x" + String(repeating: "ұ", count: 16_383)], [""], ["a"]]
        case .textsBeyond: [[String(repeating: "x", count: 32_768)]]
        case .tenThousandColumns: [(0..<10_000).map { String($0 % 300) }, (0..<10_000).map { _ in "" }]
        case .noRows: []
        case .oneRow: [["1", "a"]]
        case .oldDates:
            [
                ["1931-01-02", "1899-12-31T23:59:59", "00:00:01"], ["1969-12-31", "1969-12-31T23:59:59.5", "23:59:59"],
                ["1600-02-29", "1600-03-01T00:00:00", "26:05:00"], ["2024-02-29", "2024-02-29T12:00:00", ""],
            ]
        case .oddCodes: [["-9", "0.5"], ["-1", "-2.25"], ["1", "1e-07"], ["", "123456789012.25"]]
        case .equalAndEmptyLabels: [["1"], ["2"], ["3"], ["4"]]
        case .manyDigits:
            [["0.1"], ["1234567.1234567813"], ["0.30000000000000004"], ["1e+22"], ["-1.2345678901234567e+300"]]
        }
    }

    /// The problem that a format answers with; nil where it holds the file.
    func refusal(_ ending: String) -> String? {
        switch (self, ending) {
        case (.longestTexts, "por"), (.textsBeyond, "sav"), (.textsBeyond, "zsav"), (.textsBeyond, "por"):
            "formats.cannot-hold"
        case (.textsBeyond, "xlsx"): "formats.long-cell"
        default: nil
        }
    }

    /// What a format leaves out and tells: the property as its caution names it.
    func losses(_ ending: String) -> [String] {
        switch (self, ending) {
        case (.oddCodes, "dta"): ["0.5"]
        case (.manyDigits, "xlsx"): ["17th digit"]
        case (.longestTexts, "xlsx"), (.tenThousandColumns, "xlsx"): ["empty rows: 1"]
        case (.oldDates, "sss"): ["date and time", "time"]
        case (.kazakhRussianAndEmoji, "csv"), (.kazakhRussianAndEmoji, "tsv"): ["labels, missing, sets"]
        default: []
        }
    }
}
