internal import SurveyProblems

/// What a workbook says of its sheets: names, which are hidden, where they stand, and how numbers are dates.
struct Workbook {
    struct Sheet {
        let name: String
        let isHidden: Bool
        /// The part of the archive.
        let part: String
    }

    let archive: ZipArchive
    let sheets: [Sheet]
    /// Days count from 1904-01-01.
    let is1904: Bool
    private let texts: String?
    private let styles: String?

    /// The most bytes of the parts that describe the workbook.
    private static let partLimit = 16 << 20

    /// Reads the parts that say where the others are; each relation is followed once, so none can run in a circle.
    init(_ path: String, onBytes: ByteObserver? = nil) throws(Problem) {
        archive = try ZipArchive(path, onBytes: onBytes)
        let package = try Workbook.relations(of: "", in: archive)
        let main = package.first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
        guard let root = try Workbook.tree(main, in: archive), root.name == "workbook" else {
            throw .missingPart(main, file: path)
        }
        let relations = try Workbook.relations(of: main, in: archive)
        let targets = Dictionary(relations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        sheets = (root.child("sheets")?.children("sheet") ?? []).compactMap { sheet in
            guard let name = sheet["name"], let id = sheet.attributes.first(where: { $0.name == "id" })?.value,
                let relation = targets[id], relation.kind == "worksheet"
            else { return nil }
            return Sheet(name: name, isHidden: (sheet["state"] ?? "visible") != "visible", part: relation.target)
        }
        guard !sheets.isEmpty else { throw .missingPart(main + ": sheets", file: path) }
        is1904 = ["1", "true", "on"].contains(root.child("workbookPr")?["date1904"] ?? "0")
        texts = relations.first { $0.kind == "sharedStrings" }?.target
        styles = relations.first { $0.kind == "styles" }?.target
    }

    /// The sheet of a name or number from 1; without one the first that is not hidden.
    func sheet(_ name: String?) throws(Problem) -> Sheet {
        guard let name else {
            guard let first = sheets.first(where: { !$0.isHidden }) else {
                throw .noVisibleSheet(sheets.map(\.name), file: archive.file)
            }
            return first
        }
        if let named = sheets.first(where: { $0.name == name }) { return named }
        if let number = Int(name), sheets.indices.contains(number - 1) { return sheets[number - 1] }
        throw .noSuchSheet(name, known: sheets.map(\.name), file: archive.file)
    }

    /// Opens a sheet.
    func part(of sheet: Sheet) throws(Problem) -> ZipPart {
        guard let part = try archive.part(sheet.part) else { throw .missingPart(sheet.part, file: archive.file) }
        return part
    }

    /// The texts that cells refer to by number.
    func sharedTexts() throws(Problem) -> SharedTexts {
        guard let texts, let part = try archive.part(texts) else { return SharedTexts() }
        return try SharedTexts(part)
    }

    /// For each style of a cell, what its numbers are.
    func dateStyles() throws(Problem) -> [SerialDate.Style] {
        guard let styles, let root = try Workbook.tree(styles, in: archive) else { return [] }
        var codes: [Int: String] = [:]
        for format in root.child("numFmts")?.children("numFmt") ?? [] {
            if let id = format["numFmtId"].flatMap({ Int($0) }) { codes[id] = format["formatCode"] }
        }
        return (root.child("cellXfs")?.children("xf") ?? []).map { style in
            let format = style["numFmtId"].flatMap { Int($0) } ?? 0
            return SerialDate.style(format: format, code: codes[format])
        }
    }

    private struct Relation {
        let id: String
        /// The last word of its type, which is the same in the strict and the common form.
        let kind: String
        let target: String
    }

    private static func relations(of part: String, in archive: ZipArchive) throws(Problem) -> [Relation] {
        let folder = part.split(separator: "/").dropLast().map(String.init)
        let name = part.split(separator: "/").last ?? ""
        let file = (folder + ["_rels", "\(name).rels"]).joined(separator: "/")
        guard let root = try tree(file, in: archive) else { return [] }
        return root.children("Relationship").compactMap { element in
            guard let id = element["Id"], let kind = element["Type"], let target = element["Target"],
                element["TargetMode"] != "External"
            else { return nil }
            var path = target.hasPrefix("/") ? [] : folder
            for step in target.split(separator: "/") {
                if step == ".." { _ = path.popLast() } else if step != "." { path.append(String(step)) }
            }
            return Relation(
                id: id, kind: String(kind.split(separator: "/").last ?? ""), target: path.joined(separator: "/"))
        }
    }

    private static func tree(_ part: String, in archive: ZipArchive) throws(Problem) -> XMLElement? {
        guard let part = try archive.part(part) else { return nil }
        return try XMLTree.root(of: try part.bytes(limit: partLimit), part: part.name, file: archive.file)
    }
}
