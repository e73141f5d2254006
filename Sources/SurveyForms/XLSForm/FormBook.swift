internal import SurveyFormats
public import SurveyProblems

/// The sheets of an XLSForm as rows of named cells.
public struct FormBook: Sendable {
    /// One row: what stands under which heading, and its line in the sheet.
    struct Row: Sendable {
        var line = 0
        var cells: [String: String] = [:]

        subscript(name: String) -> String { cells[name] ?? "" }
    }

    /// One sheet.
    struct Sheet: Sendable {
        var columns: [String]
        var rows: [Row] = []

        init(columns: [String]) { self.columns = columns }

        mutating func append(_ cells: [String: String]) {
            rows.append(Row(line: rows.count + 2, cells: cells.filter { !$0.value.isEmpty }))
        }
    }

    var file: String
    var survey: Sheet
    var choices: Sheet
    var settings: Sheet
    /// What the format has no place for; a sheet of ours that other programs pass over.
    var extras: Sheet
    /// Sheets that were there and are not read.
    var otherSheets: [String] = []

    init(file: String, survey: Sheet, choices: Sheet, settings: Sheet, extras: Sheet) {
        self.file = file
        self.survey = survey
        self.choices = choices
        self.settings = settings
        self.extras = extras
    }

    /// Reads the sheets of a workbook.
    ///
    /// - Throws: ``Problem`` `forms.no-survey` if it is no form, and those of the reader of workbooks.
    public init(reading path: String) throws(Problem) {
        var found: [String: Sheet] = [:]
        for name in try XLSXReader.sheets(of: path) {
            let key = name.lowercased()
            guard ["survey", "choices", "settings", FormBook.extrasName].contains(key) else {
                otherSheets.append(name)
                continue
            }
            found[key] = FormBook.sheet(try XLSXReader.rows(of: path, sheet: name))
        }
        guard let survey = found["survey"], survey.columns.contains("type") else { throw .noSurveySheet(path) }
        file = path
        self.survey = survey
        choices = found["choices"] ?? Sheet(columns: [])
        settings = found["settings"] ?? Sheet(columns: [])
        extras = found[FormBook.extrasName] ?? Sheet(columns: [])
    }

    static let extrasName = "saual"

    /// The sheets of a form given as rows, the first of which names the columns.
    package init(file: String, survey: [[String]], choices: [[String]], settings: [[String]], extras: [[String]]) {
        func sheet(_ rows: [[String]]) -> Sheet {
            FormBook.sheet(rows.enumerated().map { (line: $0.offset + 1, cells: $0.element) })
        }
        self.init(
            file: file, survey: sheet(survey), choices: sheet(choices), settings: sheet(settings), extras: sheet(extras)
        )
    }

    /// The first row with text names the columns; `media::image::en` and the older single colons mean the same.
    private static func sheet(_ rows: [(line: Int, cells: [String])]) -> Sheet {
        guard let head = rows.first else { return Sheet(columns: []) }
        let names = head.cells.map(FormBook.heading)
        var sheet = Sheet(columns: names.filter { !$0.isEmpty })
        for row in rows.dropFirst() {
            var cells: [String: String] = [:]
            for (name, cell) in zip(names, row.cells) where !name.isEmpty && cells[name] == nil {
                let text = trimmed(cell)
                if !text.isEmpty { cells[name] = text }
            }
            if !cells.isEmpty { sheet.rows.append(Row(line: row.line, cells: cells)) }
        }
        return sheet
    }

    /// The names of columns that have older spellings.
    private static let synonyms = [
        "relevance": "relevant", "bind::relevant": "relevant", "calculate": "calculation",
        "bind::calculate": "calculation", "bind::constraint": "constraint", "bind::required": "required",
        "list name": "list_name", "value": "name", "choice filter": "choice_filter", "repeat count": "repeat_count",
        "caption": "label", "form title": "form_title", "form id": "form_id", "title": "form_title",
    ]

    private static func heading(_ cell: String) -> String {
        var parts = trimmed(cell).split(separator: ":").map { trimmed(String($0)) }
        guard let first = parts.first else { return "" }
        parts[0] = first.lowercased()
        let name = parts.joined(separator: "::")
        if let known = synonyms[name.lowercased()] { return known }
        return parts.count > 1 ? ([synonyms[parts[0]] ?? parts[0]] + parts.dropFirst()).joined(separator: "::") : name
    }

    static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    /// Writes the form as a workbook.
    public func write(to path: String, replacing: Bool) throws(Problem) {
        let writer = try WorkbookWriter(path, replacing: replacing)
        for (name, sheet) in [
            ("survey", survey), ("choices", choices), ("settings", settings), (FormBook.extrasName, extras),
        ] {
            try writer.beginSheet(name)
            try writer.append(sheet.columns.map { .heading($0) })
            for row in sheet.rows { try writer.append(sheet.columns.map { .text(row[$0]) }) }
            writer.freezeHeader()
        }
        try writer.finish()
    }
}

extension Problem {
    /// A workbook that is no form.
    static func noSurveySheet(_ file: String) -> Problem {
        Problem(
            "forms.no-survey", .input, what: "\"\(file)\" is no XLSForm", place: Place(file: file),
            why: "a form has a sheet \"survey\" with a column \"type\"; there is none",
            fix: "name a form, or import a data file with saual import")
    }
}
