/// What an import needs to know beside file and plan.
public struct ImportOptions: Sendable {
    /// Names of the columns, or of the questions read from them, that make the sample design.
    public struct DesignColumns: Sendable {
        public var strata: [String]
        public var psu: [String]
        public var weight: String?

        public init(strata: [String] = [], psu: [String] = [], weight: String? = nil) {
            self.strata = strata
            self.psu = psu
            self.weight = weight
        }
    }

    /// The sign between whole and fraction of a number.
    public enum DecimalSign: String, Sendable, CaseIterable {
        case point = "."
        case comma = ","

        var byte: UInt8 { self == .point ? 0x2E : 0x2C }
    }

    public var decimalSign: DecimalSign
    /// Only the rows of the file whose cell in a column is this text.
    public var rows: (column: String, value: String)?
    /// Rows without a usable stratum, PSU or weight are set aside.
    public var design: DesignColumns
    /// 1 reads and parses in turn, 2 reads ahead; the result is the same.
    public var threads: Int
    /// Told after each window how many bytes were read, and of how many if that is known.
    public var progress: (@Sendable (_ bytesRead: Int, _ byteCount: Int?) -> Void)?
    /// Asked after each window; true ends the import with a problem.
    public var isCancelled: (@Sendable () -> Bool)?

    public init(
        decimalSign: DecimalSign = .point, rows: (column: String, value: String)? = nil,
        design: DesignColumns = DesignColumns(), threads: Int = 2,
        progress: (@Sendable (_ bytesRead: Int, _ byteCount: Int?) -> Void)? = nil,
        isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.decimalSign = decimalSign
        self.rows = rows
        self.design = design
        self.threads = threads
        self.progress = progress
        self.isCancelled = isCancelled
    }
}
