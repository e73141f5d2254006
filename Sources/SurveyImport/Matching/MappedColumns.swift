public import SurveyFormats
public import SurveyProblems

/// The columns of a data file under the names that a map gives them, or the sets that the file declares.
public struct MappedColumns: Sendable {
    /// The names that come out: those that were changed, then the columns of which nothing is said.
    public private(set) var columns: [String] = []
    /// How each is made from the cells of the file.
    private(set) var cells: [RewrittenCell] = []
    /// The columns of the file behind each, and how they were found.
    private(set) var origins: [(columns: [Int], way: ColumnMatching.Way)] = []
    /// Cells with several words, for the choices among `cells`.
    private(set) var joined: [JoinedCells] = []
    /// The columns of the file.
    let file: [String]
    /// Columns that are left out knowingly.
    let ignored: [String]

    init(file: [String], ignored: [String] = []) {
        self.file = file
        self.ignored = ignored
    }

    /// The columns as they are.
    public init(asIs file: [String]) {
        self.init(file: file)
        for (position, name) in file.enumerated() { add(name, .column(position), from: [position], by: .name) }
    }

    mutating func add(_ name: String, _ cell: RewrittenCell, from sources: [Int], by way: ColumnMatching.Way) {
        columns.append(name)
        cells.append(cell)
        origins.append((sources, way))
    }

    /// Adds columns of one question; their choices have place 0 of a list that is `joined`.
    mutating func add(
        _ made: [(name: String, cell: RewrittenCell)], from sources: [Int], by way: ColumnMatching.Way,
        joined list: JoinedCells?
    ) {
        for (name, cell) in made {
            switch cell {
            case .choice(let column, _, let code):
                add(name, .choice(column: column, list: joined.count, code: code), from: sources, by: way)
            case .counted(let counted):
                add(name, cell, from: [counted.column] + counted.kinds.map(\.column), by: way)
            case .column, .flag, .translated: add(name, cell, from: sources, by: way)
            }
        }
        if let list { joined.append(list) }
    }

    mutating func add(_ source: SetSource, by way: ColumnMatching.Way) {
        add(source.cells, from: source.columns, by: way, joined: source.joined)
    }

    /// These columns and others of the same file behind them.
    func joined(with others: MappedColumns) -> MappedColumns {
        var all = self
        for (position, name) in others.columns.enumerated() {
            var cell = others.cells[position]
            if case .choice(let column, let list, let code) = cell {
                cell = .choice(column: column, list: joined.count + list, code: code)
            }
            all.add(name, cell, from: others.origins[position].columns, by: others.origins[position].way)
        }
        all.joined += others.joined
        return all
    }

    /// The same without some of the columns that come out.
    func without(_ names: Set<String>) -> MappedColumns {
        var rest = MappedColumns(file: file, ignored: ignored)
        rest.joined = joined
        for (position, name) in columns.enumerated() where !names.contains(name) {
            rest.add(name, cells[position], from: origins[position].columns, by: origins[position].way)
        }
        return rest
    }
}

/// A reader whose columns have the names that a map, or a set of the file, gives them.
public final class MappedReader: FormatReader {
    private let reader: any FormatReader
    private let mapped: MappedColumns

    public init(_ reader: any FormatReader, _ mapped: MappedColumns) {
        precondition(reader.columns == mapped.file, "names are given to the columns of their file")
        self.reader = reader
        self.mapped = mapped
    }

    public var file: String { reader.file }
    public var columns: [String] { mapped.columns }
    public var bytesRead: Int { reader.bytesRead }
    public var byteCount: Int? { reader.byteCount }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        guard try reader.fill(batch) else { return false }
        batch.findings = batch.findings.map { finding in
            guard case .error(let column, let row, let text) = finding else { return finding }
            return .error(column: mapped.cells.firstIndex { $0.source == column } ?? 0, row: row, text: text)
        }
        batch.rewrite(mapped.cells, joined: mapped.joined)
        return true
    }
}
