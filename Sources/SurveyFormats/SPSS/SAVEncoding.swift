internal import SurveyProblems

/// Finds in which encoding the texts of an SPSS file are, and refuses what can hardly be right.
enum SAVEncoding {
    /// The decoder of a file: by the option, by what the file names, else UTF-8.
    static func decoder(
        _ dictionary: SAVDictionary, option: String?, file: String
    ) throws(Problem) -> (decoder: TextDecoder, isDeclared: Bool) {
        if let option {
            let encoding = try TextEncoding(named: option)
            guard encoding.unit == 1 else { throw .unknownEncoding(option) }
            return (try TextDecoder(encoding, file: file), true)
        }
        guard let name = declared(dictionary) else { return (try TextDecoder(.utf8, file: file), false) }
        guard let encoding = TextEncoding(declared: name) else { throw .unknownEncoding(name) }
        return (try TextDecoder(encoding, file: file), true)
    }

    /// The name that the file gives: in its encoding record, else as the code page of its machine record.
    private static func declared(_ dictionary: SAVDictionary) -> String? {
        if let bytes = dictionary.encodingName {
            let name = String(decoding: SAVVariable.trimmed(bytes), as: UTF8.self)
            if !name.isEmpty { return name }
        }
        guard let code = dictionary.characterCode else { return nil }
        switch code {
        // 2 and 3 say ASCII, with seven or eight bits, which is no encoding of letters.
        case 0, 2, 3: return nil
        case 1: return "EBCDIC"
        case 65_001: return "utf-8"
        case 20_127: return nil
        case 20_866: return "koi8-r"
        case 21_866: return "koi8-u"
        case 10_000: return "macintosh"
        case 28_591...28_605: return "iso-8859-\(code - 28_590)"
        case 1250...1258: return "windows-\(code)"
        case 51_932: return "euc-jp"
        case 54_936: return "gb18030"
        default: return "cp\(code)"
        }
    }
}
