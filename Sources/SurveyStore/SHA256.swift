internal import CCrypto
public import SurveyProblems

/// Computes the SHA-256 of bytes that come in pieces (FIPS 180-4, by OpenSSL's libcrypto).
public final class SHA256 {
    private let context: OpaquePointer

    /// Starts with no bytes.
    public init() throws(Problem) {
        guard let context = EVP_MD_CTX_new() else { throw .noDigest() }
        self.context = context
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw .noDigest() }
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { throw .noDigest() }
    }

    /// Takes the next bytes.
    public func update(_ bytes: [UInt8]) throws(Problem) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(Problem) in try update(UnsafeRawBufferPointer(bytes)) }
    }

    /// Returns the hash in 64 hexadecimal digits and starts again with no bytes.
    public func hex() throws(Problem) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_DigestFinal_ex(context, &digest, nil) == 1, EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            throw .noDigest()
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Returns the hash of bytes in 64 hexadecimal digits.
    public static func hex(of bytes: [UInt8]) throws(Problem) -> String {
        let hash = try SHA256()
        try hash.update(bytes)
        return try hash.hex()
    }
}

extension Problem {
    /// The cryptographic library refused to hash.
    static func noDigest() -> Problem {
        Problem(
            "store.no-digest", .defect, what: "SHA-256 cannot be computed",
            why: "the library libcrypto must offer SHA-256; its call failed",
            fix: "check the installation of OpenSSL (package libssl-dev)")
    }
}
