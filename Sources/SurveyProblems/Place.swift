/// Where a problem is: as much of file, line, row, column and variable as is known.
public struct Place: Sendable, Equatable {
    /// The file as the user named it.
    public var file: String?
    /// The line of a text that people write (YAML), from 1.
    public var line: Int?
    /// The character in that line, from 1.
    public var position: Int?
    /// Rows of data, from 1 without the header; at most ten.
    public var rows: [Int]
    /// How many rows there are in all, when more than are listed.
    public var rowsTotal: Int?
    /// The column of a data file.
    public var column: String?
    /// The question or variable.
    public var variable: String?
    /// Anything else that narrows the place down: a stratum, a margin and category, a chunk.
    public var detail: String?

    public init(
        file: String? = nil, line: Int? = nil, position: Int? = nil, rows: [Int] = [], rowsTotal: Int? = nil,
        column: String? = nil, variable: String? = nil, detail: String? = nil
    ) {
        self.file = file
        self.line = line
        self.position = position
        self.rows = Array(rows.prefix(10))
        self.rowsTotal = rowsTotal ?? (rows.count > 10 ? rows.count : nil)
        self.column = column
        self.variable = variable
        self.detail = detail
    }
}
