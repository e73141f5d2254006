package import SurveyProblems

/// The metadata file of triple-S as its elements say it.
///
/// Source of the format: the Triple-S XML Standard, version 2.0, revision 2.0.002 (September 2011), with its document type.
package struct TripleSDefinition {
    package enum Kind: String {
        case single, multiple, quantity, character, logical, date, time
    }

    /// A text in the languages of the file.
    package struct Text {
        /// The text that names no language.
        package var own: String
        package var others: [(language: String, text: String)] = []
        /// Other wordings by the mode for which they are meant; an empty language stands for none.
        package var modes: [(language: String, mode: String, text: String)] = []

        package init(own: String, others: [(language: String, text: String)] = []) {
            self.own = own
            self.others = others
        }

        package var isEmpty: Bool { own.isEmpty && others.allSatisfy(\.text.isEmpty) }
    }

    package struct Value {
        package var code: String
        package var label: Text
        package var score: String?
        /// What Saual wrote beside it for itself.
        package var remarks: [String] = []

        package init(code: String, label: Text) {
            self.code = code
            self.label = label
        }
    }

    package struct Variable {
        package var kind: Kind
        package var name: String
        package var label: Text
        package var use: String?
        package var filter: String?
        package var isLiteral = false
        /// The first and last character in a record, or twice the number of a field, from 1.
        package var start: Int
        package var finish: Int
        /// Parts of a multiple whose codes stand one after the other, and the width of each.
        package var spread: (count: Int, width: Int)?
        package var size: Int?
        package var range: (from: String, to: String)?
        package var values: [Value] = []
        /// What Saual wrote beside it for itself.
        package var remarks: [String] = []

        /// True if a column is read for each answer or choice; a multiple of which no answer is known stays one text.
        var hasAnswerColumns: Bool { kind == .multiple && (spread != nil || range != nil || !values.isEmpty) }

        package init(kind: Kind, name: String, label: Text, start: Int, finish: Int) {
            self.kind = kind
            self.name = name
            self.label = label
            self.start = start
            self.finish = finish
        }
    }

    package var version = "2.0"
    /// The language of texts that name none; nil where the file does not say.
    package var language: String?
    /// The languages that the file says it has.
    package var languages: [String] = []
    package var title = Text(own: "")
    package var name = ""
    /// The version of the survey.
    package var surveyVersion = ""
    /// True where a record is delimited by commas.
    package var isDelimited = false
    /// Records at the beginning of the data that are none.
    package var skip = 0
    package var dataFile: String?
    package var encoding: String?
    package var variables: [Variable] = []

    /// Texts that formats words since version 3.0; what stands in a text belongs to it.
    private static let texts = XMLTexts(
        names: ["title", "label", "value", "text"], inner: ["text"],
        breaks: ["br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"])

    private static let positionLimit = 1 << 24

    /// A definition without variables.
    package init() {}

    /// True if the root of a document is that of triple-S, as far as its beginning tells.
    package static func isDefinition(_ bytes: [UInt8]) -> Bool {
        let mark = Array("<sss".utf8)
        let head = Array(bytes.prefix(1 << 16))
        return head.indices.dropLast(mark.count).contains { start in
            head[start] == mark[0] && head[start..<start + mark.count].elementsEqual(mark)
                && [0x20, 0x09, 0x0A, 0x0D, 0x3E].contains(head[start + mark.count])
        }
    }

    /// Reads the bytes of a metadata file.
    ///
    /// - Throws: ``Problem`` `formats.not-of-format`, `formats.unsupported-variant`, `formats.wrong-definition`,
    ///   `formats.no-variables`, `formats.unnamed-column`, `formats.duplicate-column`, and those of XML.
    package init(reading path: String, bytes: [UInt8]) throws(Problem) {
        let root = try XMLTree.root(
            of: bytes, part: path, file: path, namesType: true, texts: TripleSDefinition.texts)
        guard root.name == "sss" else {
            throw .notOfFormat(path, format: "triple-S (.sss, .xml)", found: "<\(root.name.prefix(40))>")
        }
        version = root["version"] ?? ""
        guard ["1.0", "1.1", "1.2", "2.0", "3.0"].contains(version) else {
            throw .unsupportedVariant(path, "triple-S \(version.prefix(20))")
        }
        if root.child("hierarchy") != nil { throw .unsupportedVariant(path, "triple-S hierarchy") }
        guard let survey = root.child("survey"), let record = survey.child("record") else {
            throw .wrongDefinition(path, variable: "", part: "survey/record", found: "", allowed: "1")
        }
        title = survey.child("title").map(TripleSDefinition.text) ?? Text(own: "")
        name = survey.child("name").map { TripleSDefinition.plain($0.text) } ?? ""
        surveyVersion = survey.child("version").map { TripleSDefinition.plain($0.text) } ?? ""
        language = root["lang"].map(TripleSDefinition.plain).flatMap { $0.isEmpty ? nil : $0 }
        languages = TripleSDefinition.plain(root["languages"] ?? "").split(separator: " ").map(String.init)
        switch record["format"] ?? "fixed" {
        case "fixed": isDelimited = false
        case "csv": isDelimited = true
        case let other:
            throw .wrongDefinition(path, variable: "", part: "format", found: other, allowed: "fixed, csv")
        }
        dataFile = record["href"]
        encoding = record["encoding"]
        skip = try TripleSDefinition.whole(
            record["skip"] ?? "0", in: 0...1_000_000, part: "skip", variable: "", file: path)
        for element in record.children("variable") { try append(element, file: path) }
        guard !variables.isEmpty else { throw .noVariables(path) }
        var seen: [String: Int] = [:]
        for (position, variable) in variables.enumerated() {
            if let first = seen.updateValue(position, forKey: variable.name) {
                throw .duplicateColumn(variable.name, first: first + 1, second: position + 1, file: path)
            }
        }
    }

    private mutating func append(_ element: XMLElement, file: String) throws(Problem) {
        let name = TripleSDefinition.plain(element.child("name")?.text ?? "")
        guard !name.isEmpty else { throw .unnamedColumn(variables.count + 1, file: file) }
        guard let kind = Kind(rawValue: element["type"] ?? "") else {
            throw .wrongDefinition(
                file, variable: name, part: "type", found: element["type"] ?? "",
                allowed: "single, multiple, quantity, character, logical, date, time")
        }
        let position = element.child("position")
        let start = try TripleSDefinition.whole(
            position?["start"] ?? "", in: 1...TripleSDefinition.positionLimit, part: "start", variable: name, file: file
        )
        let finish = try TripleSDefinition.whole(
            position?["finish"] ?? String(start), in: start...TripleSDefinition.positionLimit, part: "finish",
            variable: name, file: file)
        var variable = Variable(
            kind: kind, name: name, label: element.child("label").map(TripleSDefinition.text) ?? Text(own: ""),
            start: start, finish: isDelimited ? start : finish)
        variable.use = element["use"]
        variable.filter = (element.child("filter")?.text ?? element["filter"]).map(TripleSDefinition.plain)
        variable.isLiteral = element["format"] == "literal"
        variable.remarks = element.remarks
        if let size = element.child("size") {
            variable.size = try TripleSDefinition.whole(
                TripleSDefinition.plain(size.text), in: 1...TripleSDefinition.positionLimit, part: "size",
                variable: name, file: file)
        }
        if let spread = element.child("spread"), kind == .multiple {
            variable.spread = try TripleSDefinition.spread(spread, of: variable, isDelimited: isDelimited, file: file)
        }
        if let values = element.child("values") {
            variable.range = values.child("range").map { ($0["from"] ?? "", $0["to"] ?? "") }
            for value in values.children("value") {
                let code = value["code"] ?? ""
                var found = Value(
                    code: variable.isLiteral ? code : TripleSDefinition.number(code),
                    label: TripleSDefinition.text(value))
                found.score = value["score"]
                found.remarks = value.remarks
                variable.values.append(found)
            }
        }
        variables.append(variable)
    }

    private static func spread(
        _ element: XMLElement, of variable: Variable, isDelimited: Bool, file: String
    ) throws(Problem) -> (count: Int, width: Int) {
        let count = try whole(
            element["subfields"] ?? "", in: 1...4096, part: "subfields", variable: variable.name, file: file)
        if let width = element["width"] {
            let width = try whole(width, in: 1...1000, part: "width", variable: variable.name, file: file)
            guard isDelimited || count * width <= variable.finish - variable.start + 1 else {
                throw .wrongDefinition(
                    file, variable: variable.name, part: "spread", found: "\(count) × \(width)",
                    allowed: "≤ \(variable.finish - variable.start + 1)")
            }
            return (count, width)
        }
        let room = variable.finish - variable.start + 1
        guard !isDelimited, room.isMultiple(of: count), room / count <= 1000 else {
            throw .wrongDefinition(file, variable: variable.name, part: "width", found: "", allowed: "1–1000")
        }
        return (count, room / count)
    }

    // MARK: Texts and numbers

    static func text(_ element: XMLElement) -> Text {
        var text = Text(own: plain(element.text))
        for other in element.children("text") {
            let words = plain(other.text)
            if let language = other["lang"] {
                if other["mode"] != "interview", !text.others.contains(where: { $0.language == language }) {
                    text.others.append((language, words))
                } else {
                    text.modes.append((language, other["mode"] ?? "", words))
                }
            } else if let mode = other["mode"] {
                text.modes.append(("", mode, words))
            } else if text.own.isEmpty {
                text.own = words
            }
        }
        if text.own.isEmpty, text.others.isEmpty {
            text.own = text.modes.first { $0.mode == "analysis" }?.text ?? text.modes.first?.text ?? ""
        }
        return text
    }

    /// A text in one line, without spaces around it.
    static func plain(_ text: String) -> String {
        text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }.joined(separator: " ")
    }

    /// A limit of a range: whole numbers beyond 32 bits, and limits of fractions, have a point.
    package static func limit(_ value: Double, isWhole: Bool) -> String {
        let text = TripleSNumber.text(value)
        let isShort = isWhole && value >= -2_147_483_648 && value <= 2_147_483_647
        return isShort || text.contains(".") ? text : text + ".0"
    }

    /// The names as triple-S has them, all different: letters of English, digits, `_` and `.`.
    package static func names(_ names: [String]) -> [String] { NameShortener.names(names, SAVOutgoing.tripleSRules) }

    /// The value of a number as cells have it; nil if it is none.
    package static func value(_ text: String) -> Double? { CellNumber.read(plain(text)) }

    /// A number as cells have it; what is none stays as it is.
    package static func number(_ text: String) -> String {
        let plain = plain(text)
        return CellNumber.read(plain).map(NumberCell.text) ?? plain
    }

    private static func whole(
        _ text: String, in range: ClosedRange<Int>, part: String, variable: String, file: String
    ) throws(Problem) -> Int {
        guard let number = Int(plain(text)), range.contains(number) else {
            throw .wrongDefinition(
                file, variable: variable, part: part, found: String(text.prefix(40)),
                allowed: "\(range.lowerBound)–\(range.upperBound)")
        }
        return number
    }
}

extension Problem {
    /// A definition of triple-S that says something that cannot be.
    static func wrongDefinition(
        _ file: String, variable: String, part: String, found: String, allowed: String
    ) -> Problem {
        Problem(
            "formats.wrong-definition", .input, what: "The definition of \"\(variable)\" in \"\(file)\" is wrong",
            place: Place(file: file, column: variable.isEmpty ? nil : variable, detail: found),
            why: "\(part) must be \(allowed); found \"\(found)\"",
            fix: "correct the metadata file, or export the survey again")
    }

    /// A metadata file without its data.
    static func noDataFile(_ file: String, tried: [String]) -> Problem {
        Problem(
            "formats.no-data-file", .input, what: "The data of \"\(file)\" are not there", place: Place(file: file),
            why: "triple-S is two files; beside this one there is none of \(list: tried)",
            fix: "put the data file into the same folder, under the name of the metadata file")
    }

    /// A metadata file that points at data elsewhere.
    static func dataFileElsewhere(_ file: String, reference: String) -> Problem {
        Problem(
            "formats.data-file-elsewhere", .input, what: "\"\(file)\" names data in another place: \"\(reference)\"",
            place: Place(file: file, detail: reference),
            why: "only a file of the same folder is read, so that no file can ask for another one of yours",
            fix: "put the data beside the metadata file, and take the folder out of href")
    }
}
