/// Builds zip archives byte by byte, so that tests can lie in their headers.
struct ZipBytes {
    struct Part {
        var name: String
        var content: [UInt8]
        /// Sizes that the headers claim; the true ones where nil.
        var claimedSize: Int?
        var claimedPackedSize: Int?
        var method: UInt16 = 0

        init(_ name: String, _ content: String) {
            self.name = name
            self.content = Array(content.utf8)
        }
    }

    var parts: [Part]
    /// How many parts the end record claims.
    var claimedCount: Int?

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let name = Array(part.name.utf8)
            let crc = ZipBytes.crc(part.content)
            let size = UInt32(part.claimedSize ?? part.content.count)
            let packed = UInt32(part.claimedPackedSize ?? part.content.count)
            let common =
                two(20) + two(0) + two(part.method) + two(0) + two(0x21) + four(crc) + four(packed) + four(size)
                + two(UInt16(name.count)) + two(0)
            directory +=
                four(0x0201_4B50) + two(20) + common + two(0) + two(0) + two(0) + four(0) + four(UInt32(file.count))
                + name
            file += four(0x0403_4B50) + common + name + part.content
        }
        let count = UInt16(truncatingIfNeeded: claimedCount ?? parts.count)
        let end =
            four(0x0605_4B50) + two(0) + two(0) + two(count) + two(count) + four(UInt32(directory.count))
            + four(UInt32(file.count)) + two(0)
        return file + directory + end
    }

    private func two(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }

    private func four(_ number: UInt32) -> [UInt8] {
        two(UInt16(number & 0xFFFF)) + two(UInt16(number >> 16))
    }

    /// The checksum of zip (ISO 3309), bit by bit.
    static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

/// A workbook of given sheets' XML.
struct WorkbookBytes {
    var sheets: [(name: String, state: String, xml: String)]
    var texts: [String] = []
    var styles = ""
    var is1904 = false

    /// One sheet whose rows are given as XML.
    init(rows: String, after: String = "", texts: [String] = [], styles: String = "") {
        sheets = [("Data", "visible", "<sheetData>\(rows)</sheetData>\(after)")]
        self.texts = texts
        self.styles = styles
    }

    var zip: ZipBytes {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        var parts = [
            ZipBytes.Part(
                "_rels/.rels",
                "<Relationships xmlns=\"\(relations)\"><Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" "
                    + "Target=\"xl/workbook.xml\"/></Relationships>")
        ]
        var list = ""
        var links = ""
        for (number, sheet) in sheets.enumerated() {
            list +=
                "<sheet name=\"\(sheet.name)\" sheetId=\"\(number + 1)\" state=\"\(sheet.state)\" r:id=\"s\(number)\"/>"
            links +=
                "<Relationship Id=\"s\(number)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\(number).xml\"/>"
            parts.append(
                ZipBytes.Part(
                    "xl/worksheets/sheet\(number).xml",
                    "<?xml version=\"1.0\"?><worksheet xmlns=\"\(main)\">\(sheet.xml)</worksheet>"))
        }
        links += "<Relationship Id=\"t\" Type=\"\(office)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
        links += "<Relationship Id=\"y\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
        parts.append(
            ZipBytes.Part(
                "xl/workbook.xml",
                "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><workbookPr date1904=\"\(is1904 ? 1 : 0)\"/>"
                    + "<sheets>\(list)</sheets></workbook>"))
        parts.append(
            ZipBytes.Part(
                "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"\(relations)\">\(links)</Relationships>"))
        parts.append(
            ZipBytes.Part(
                "xl/sharedStrings.xml",
                "<sst xmlns=\"\(main)\">\(texts.map { "<si>\($0)</si>" }.joined())</sst>"))
        parts.append(ZipBytes.Part("xl/styles.xml", "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"))
        return ZipBytes(parts: parts)
    }

    var bytes: [UInt8] { zip.bytes }
}

/// A row of cells as XML, each `type:value` or a number; an empty text is no cell.
func row(_ number: Int, _ cells: String...) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var xml = ""
    for (column, cell) in cells.enumerated() where !cell.isEmpty {
        let place = "r=\"\(letters[column])\(number)\""
        guard let colon = cell.firstIndex(of: ":") else {
            xml += "<c \(place)><v>\(cell)</v></c>"
            continue
        }
        let value = cell[cell.index(after: colon)...]
        switch cell[..<colon] {
        case "i": xml += "<c \(place) t=\"inlineStr\"><is><t>\(value)</t></is></c>"
        case let style where Int(style) != nil: xml += "<c \(place) s=\"\(style)\"><v>\(value)</v></c>"
        case let type: xml += "<c \(place) t=\"\(type)\"><v>\(value)</v></c>"
        }
    }
    return "<row r=\"\(number)\">\(xml)</row>"
}
