public import SurveyProblems

/// How the characters of a text file stand in its bytes.
public struct TextEncoding: Sendable, Equatable {
    /// The name that is printed and written into study files.
    public let name: String
    /// The name that iconv knows; nil where nothing is converted.
    let converterName: String?
    /// Bytes of one unit, to find the place of an error in the file.
    let unit: Int

    public static let utf8 = TextEncoding(name: "utf-8", converterName: nil, unit: 1)
    static let utf16LittleEndian = TextEncoding(name: "utf-16le", converterName: "UTF-16LE", unit: 2)
    static let utf16BigEndian = TextEncoding(name: "utf-16be", converterName: "UTF-16BE", unit: 2)

    private static let singleByte: [(name: String, converterName: String, aliases: [String])] = [
        ("windows-1251", "CP1251", ["cp1251", "1251"]), ("windows-1252", "CP1252", ["cp1252", "1252"]),
        ("windows-1254", "CP1254", ["cp1254", "1254"]), ("windows-1250", "CP1250", ["cp1250", "1250"]),
        ("iso-8859-1", "ISO-8859-1", ["latin1", "latin-1"]), ("iso-8859-2", "ISO-8859-2", ["latin2", "latin-2"]),
        ("iso-8859-5", "ISO-8859-5", []), ("iso-8859-9", "ISO-8859-9", []), ("iso-8859-15", "ISO-8859-15", ["latin9"]),
        ("koi8-r", "KOI8-R", []), ("koi8-u", "KOI8-U", []), ("ibm866", "CP866", ["cp866", "866"]),
    ]

    /// The names that an option may give.
    public static let names: [String] = ["utf-8", "utf-16", "utf-16le", "utf-16be"] + singleByte.map(\.name)

    /// The encoding of a name; `utf-16` without a byte order mark is little-endian, as Excel writes it.
    public init(named name: String) throws(Problem) {
        let wanted = name.lowercased()
        switch wanted {
        case "utf-8", "utf8": self = .utf8
        case "utf-16", "utf16", "utf-16le", "utf16le": self = .utf16LittleEndian
        case "utf-16be", "utf16be": self = .utf16BigEndian
        default:
            guard let found = TextEncoding.singleByte.first(where: { $0.name == wanted || $0.aliases.contains(wanted) })
            else {
                throw .unknownEncoding(name)
            }
            self.init(name: found.name, converterName: found.converterName, unit: 1)
        }
    }

    /// The encoding that a file names for its own texts, also one that no option needs; nil if the system lacks it.
    init?(declared name: String) {
        let trimmed = String(name.filter { $0 != " " && $0 != "\0" })
        if let known = try? TextEncoding(named: trimmed), known.unit == 1 {
            self = known
            return
        }
        let plain = trimmed.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x2D || byte == 0x5F
        }
        guard plain, !trimmed.isEmpty, trimmed.utf8.count <= 40 else { return nil }
        let lower = trimmed.lowercased()
        let converter = lower.hasPrefix("windows-") ? "CP" + lower.dropFirst(8) : trimmed
        guard TextDecoder.exists(converter) else { return nil }
        self.init(name: lower, converterName: converter, unit: 1)
    }

    private init(name: String, converterName: String?, unit: Int) {
        self.name = name
        self.converterName = converterName
        self.unit = unit
    }
}

extension Problem {
    /// An encoding that cannot be read.
    static func unknownEncoding(_ name: String) -> Problem {
        Problem(
            "formats.unknown-encoding", .usage, what: "The encoding \"\(name)\" is not known",
            why: "the known encodings are \(TextEncoding.names.joined(separator: ", "))", fix: "use one of them")
    }
}
