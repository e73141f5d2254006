internal import SurveyProblems
internal import SurveyYAML

extension YAMLReader {
    /// Takes the waves of a study in the order of the file, which is the order of every table.
    func waves(_ map: YAMLMap) -> [StudySpecification.Wave] {
        guard let node = map.node("waves", required: true) else { return [] }
        if list(node).isEmpty { report(.emptyList(), at: node.mark) }
        var waves: [StudySpecification.Wave] = []
        var ids: [String] = []
        for item in list(node) {
            let keys = [
                "id", "file", "questionnaire", "map", "rows", "encoding", "delimiter", "sheet", "decimal", "field",
                "joint",
            ]
            guard let map = self.map(item, keys: keys) else { continue }
            if let id = map.node("id")?.scalar, let mark = map.node("id")?.mark {
                if ids.contains(id) { report(.duplicateWave(id), at: mark) }
                ids.append(id)
            }
            guard let wave = wave(map) else { continue }
            let rowsAreKnown = wave.rows != nil || map.node("rows") == nil
            if rowsAreKnown, let twin = waves.first(where: { $0.id != wave.id && $0.sharesRows(with: wave) }) {
                report(.sameRows(wave.id, twin.id), at: map.node("rows")?.mark ?? map.mark)
            }
            waves.append(wave)
        }
        return waves
    }

    private func wave(_ map: YAMLMap) -> StudySpecification.Wave? {
        let id = identifier(map, "id")
        let file = filePath(map.node("file", required: true))
        let questionnaire = filePath(map.node("questionnaire", required: true))
        let rows = map.node("rows").flatMap(rows)
        let field = map.node("field").flatMap(field)
        let delimiter = map.node("delimiter").flatMap(delimiter)
        let decimal = map.node("decimal").flatMap(decimal)
        let encoding = map.text("encoding")
        let sheet = map.node("sheet").flatMap(text)
        let joint = filePath(map.node("joint"))
        let columns = filePath(map.node("map"))
        guard let id, let file, let questionnaire else { return nil }
        var wave = StudySpecification.Wave(
            id: id, file: file, questionnaire: questionnaire, rows: rows, encoding: encoding, delimiter: delimiter,
            decimal: decimal, fieldStart: field?.start, fieldEnd: field?.end)
        wave.sheet = sheet
        wave.joint = joint
        wave.map = columns
        return wave
    }

    /// Takes the name of a file that is only read: it may stand anywhere.
    func filePath(_ node: YAMLNode?) -> String? {
        guard let node, let path = text(node) else { return nil }
        guard path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            report(.badPath(), at: node.mark)
            return nil
        }
        return path
    }

    /// Takes `{COLUMN: value}`: the rows of the file that belong to the wave.
    private func rows(_ node: YAMLNode) -> (column: String, value: String)? {
        guard let map = openMap(node) else { return nil }
        guard map.entries.count == 1, let entry = map.entries.first else {
            report(.rowsNotOne(map.entries.count), at: node.mark)
            return nil
        }
        guard let value = text(entry.value) else { return nil }
        return (entry.key, value)
    }

    /// Takes `{start: date, end: date}`.
    private func field(_ node: YAMLNode) -> (start: String, end: String)? {
        guard let map = map(node, keys: ["start", "end"]) else { return nil }
        let start = map.node("start", required: true).flatMap(date)
        let end = map.node("end", required: true).flatMap(date)
        guard let start, let end else { return nil }
        // ISO dates of four-digit years sort as text.
        if start > end, let mark = map.node("end")?.mark { report(.periodReversed(start: start, end: end), at: mark) }
        return (start, end)
    }

    func date(_ node: YAMLNode) -> String? {
        guard let text = text(node) else { return nil }
        guard isDate(text) else {
            report(.badDate(text), at: node.mark)
            return nil
        }
        return text
    }

    private func delimiter(_ node: YAMLNode) -> String? {
        guard let text = text(node) else { return nil }
        let isOne = text.utf8.count == 1 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        guard isOne || text == "tab" || text == "\t" else {
            report(.unknownWord(text, known: [",", ";", "|", "tab"]), at: node.mark)
            return nil
        }
        return text == "tab" ? "\t" : text
    }

    private func decimal(_ node: YAMLNode) -> String? {
        guard let text = text(node) else { return nil }
        guard text == "." || text == "," else {
            report(.unknownWord(text, known: [".", ","]), at: node.mark)
            return nil
        }
        return text
    }
}

extension StudySpecification.Wave {
    /// True if some rows of a file would belong to both waves.
    fileprivate func sharesRows(with other: StudySpecification.Wave) -> Bool {
        guard file == other.file else { return false }
        guard let rows, let others = other.rows, rows.column == others.column else { return true }
        return rows.value == others.value
    }
}

/// True for a day of the Gregorian calendar written YYYY-MM-DD.
func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
    let digits = bytes.enumerated().filter { $0.offset != 4 && $0.offset != 7 }.map(\.element)
    guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return false }
    let numbers = digits.map { Int($0) - 48 }
    let year = numbers[0] * 1000 + numbers[1] * 100 + numbers[2] * 10 + numbers[3]
    let (month, day) = (numbers[4] * 10 + numbers[5], numbers[6] * 10 + numbers[7])
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return year > 0 && days.indices.contains(month - 1) && day >= 1 && day <= days[month - 1]
}

extension Problem {
    static func duplicateWave(_ id: String) -> Problem {
        Problem(
            "study.duplicate-wave", .input, what: "Wave \"\(id)\" stands twice",
            why: "each wave must have an id of its own",
            fix: "rename or delete one of the two")
    }

    static func sameRows(_ id: String, _ other: String) -> Problem {
        Problem(
            "study.same-rows", .input, what: "Waves \"\(id)\" and \"\(other)\" take the same rows of one file",
            why: "an interview must belong to one wave only",
            fix: "give each of the two a line such as \"rows: {year: 2024}\" with the same column and its own value")
    }

    static func badPath() -> Problem {
        Problem(
            "study.bad-path", .input, what: "A file name holds control characters",
            why: "a file name is one line of printable characters", fix: "correct the name")
    }

    static func rowsNotOne(_ count: Int) -> Problem {
        Problem(
            "study.rows", .input, what: "The rows of a wave are told by \(count) columns",
            why: "rows are chosen by exactly one column and its value; found \(count)",
            fix: "write one pair, such as \"rows: {year: 2024}\"")
    }

    static func badDate(_ text: String) -> Problem {
        Problem(
            "study.bad-date", .input, what: "\"\(text)\" is not a date",
            why: "dates are days of the calendar written as year-month-day; found \"\(text)\"",
            fix: "write it as 2024-03-31")
    }

    static func periodReversed(start: String, end: String) -> Problem {
        Problem(
            "study.period-reversed", .input, what: "The field period ends before it starts",
            why: "the end must not lie before the start; found \(start) and \(end)", fix: "correct one of the two dates"
        )
    }
}
