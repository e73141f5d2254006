internal import CCrypto
internal import CSQLite
internal import CXXHash

/// The C libraries behind this room, with the versions that are loaded.
public enum StoreLibraries {
    public static var all: [(name: String, version: String)] {
        let xxHash = Int(XXH_versionNumber())
        return [
            ("SQLite", sqlite3_libversion().map { String(cString: $0) } ?? "unknown"),
            ("OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING).map { String(cString: $0) } ?? "unknown"),
            ("xxHash", "\(xxHash / 10_000).\(xxHash / 100 % 100).\(xxHash % 100)"),
        ]
    }
}
