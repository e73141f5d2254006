internal import CXLSXWriter
internal import CXML
internal import CZip
internal import CZlib

/// The C libraries behind this room, with the versions that are loaded.
public enum FormatLibraries {
    public static var all: [(name: String, version: String)] {
        [
            ("zlib", zlibVersion().map { String(cString: $0) } ?? "unknown"),
            ("libzip", zip_libzip_version().map { String(cString: $0) } ?? "unknown"),
            ("libxml2", xml2),
            ("libxlsxwriter", lxw_version().map { String(cString: $0) } ?? "unknown"),
        ]
    }

    /// libxml2 names its version as one number, `20914` for 2.9.14.
    private static var xml2: String {
        guard let text = cxml_version().map({ String(cString: $0) }) else { return "unknown" }
        guard let number = Int(text.prefix { $0.isNumber }), number > 0 else { return text }
        return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
