internal import CSQLite
internal import SurveyProblems

/// One prepared SQL statement; values are bound, never written into the text.
final class Statement {
    enum Value {
        case integer(Int)
        case text(String)
        /// Text in the bytes it came in, valid UTF-8 or not.
        case rawText([UInt8])
        case bytes([UInt8])
        case null
    }

    private let handle: OpaquePointer
    private let connection: Connection

    init(_ handle: OpaquePointer, of connection: Connection) {
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Tells SQLite to copy what is bound.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// Binds all values, from the first parameter on.
    func bind(_ values: [Value]) throws(Problem) {
        sqlite3_reset(handle)
        for (position, value) in values.enumerated() {
            let parameter = Int32(position + 1)
            let code: Int32
            switch value {
            case .integer(let number): code = sqlite3_bind_int64(handle, parameter, Int64(number))
            case .text(let text): code = bindText(Array(text.utf8), to: parameter)
            case .rawText(let bytes): code = bindText(bytes, to: parameter)
            case .bytes(let bytes):
                code =
                    bytes.isEmpty
                    ? sqlite3_bind_zeroblob(handle, parameter, 0)
                    : sqlite3_bind_blob64(handle, parameter, bytes, UInt64(bytes.count), Statement.transient)
            case .null: code = sqlite3_bind_null(handle, parameter)
            }
            guard code == SQLITE_OK else { throw connection.problem(code) }
        }
    }

    /// Runs once with values of which the last two are bound without a copy: they outlive the call.
    func run(_ values: [Value], then first: [UInt8], _ second: [UInt8]) throws(Problem) {
        try bind(values)
        let position = Int32(values.count)
        try first.withUnsafeBufferPointer { (first) throws(Problem) in
            try second.withUnsafeBufferPointer { (second) throws(Problem) in
                defer {
                    sqlite3_reset(handle)
                    sqlite3_clear_bindings(handle)
                }
                for (offset, bytes) in [first, second].enumerated() {
                    let parameter = position + 1 + Int32(offset)
                    let code =
                        bytes.isEmpty
                        ? sqlite3_bind_zeroblob(handle, parameter, 0)
                        : sqlite3_bind_blob64(handle, parameter, bytes.baseAddress, UInt64(bytes.count), nil)
                    guard code == SQLITE_OK else { throw connection.problem(code) }
                }
                while try step() {}
            }
        }
    }

    /// Goes to the next row; false after the last.
    func step() throws(Problem) -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let problem = connection.problem(code)
            sqlite3_reset(handle)
            throw problem
        }
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The bytes of a text or BLOB; they live until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    private func bindText(_ bytes: [UInt8], to parameter: Int32) -> Int32 {
        // An empty array may have no address, which SQLite would take for NULL.
        if bytes.isEmpty { return sqlite3_bind_text(handle, parameter, "", 0, Statement.transient) }
        return bytes.withUnsafeBytes { raw in
            sqlite3_bind_text64(
                handle, parameter, raw.baseAddress?.assumingMemoryBound(to: CChar.self), UInt64(raw.count),
                Statement.transient, UInt8(SQLITE_UTF8))
        }
    }
}
