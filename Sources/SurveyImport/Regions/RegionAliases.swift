internal import SurveyFormats
public import SurveyProblems
internal import SurveySchema

/// Names and codes of regions with the dates at which they hold, as read from a table.
///
/// Columns: `alias`, `system`, `kato`, `valid_from`, `valid_to`, `relation`, and if wanted `lang`, `certainty`, `note`.
public struct RegionAliases: Sendable {
    /// What an alias is to a region.
    enum Relation: String, CaseIterable, Sendable {
        /// At these dates it is exactly this region.
        case same
        /// It covers several of the regions, one row each.
        case split
        /// It alone does not decide.
        case ambiguous
        /// A place inside the region.
        case part
    }

    struct Entry: Sendable {
        let system: String
        let region: String
        let from: CalendarDate?
        let to: CalendarDate?
        let relation: Relation
        let isUncertain: Bool

        func holds(on date: CalendarDate) -> Bool { (from ?? date) <= date && date <= (to ?? date) }

        /// Days between a date and the dates of the entry; 0 if it holds.
        func distance(to date: CalendarDate) -> Int {
            if let from, date < from { return from.days - date.days }
            if let to, date > to { return date.days - to.days }
            return 0
        }
    }

    /// Entries by their folded alias.
    private(set) var entries: [String: [Entry]] = [:]
    /// Aliases that are names, by what they look like.
    private(set) var skeletons: [String: Set<String>] = [:]
    /// The code systems, without names.
    private(set) var systems: [String] = []
    /// Every name as written, for suggestions.
    private(set) var names: [String] = []

    /// The system of names, and that of forms that nobody defined and that are met all the same.
    static let nameSystems = ["name", "informal"]

    /// Reads a table; the problems are all that is wrong with it, each with its row.
    public static func read(_ path: String) -> Checked<RegionAliases> {
        var problems: [Problem] = []
        var aliases = RegionAliases()
        do throws(Problem) {
            let rows = try RegionFile.rows(
                of: path, columns: ["alias", "system", "kato", "valid_from", "valid_to", "relation"], and: ["certainty"]
            )
            problems = rows.problems
            for row in rows.rows {
                let cells = row.cells
                func report(_ column: String, _ value: String) {
                    problems.append(.wrongRegionCell(value, column: column, row: row.number).placed(file: path))
                }
                guard let relation = Relation(rawValue: cells["relation"] ?? "") else {
                    report("relation", cells["relation"] ?? "")
                    continue
                }
                let dates = ["valid_from", "valid_to"].map { column -> CalendarDate? in
                    guard let text = cells[column], !text.isEmpty else { return nil }
                    let date = CalendarDate(iso: text)
                    if date == nil { report(column, text) }
                    return date
                }
                let alias = cells["alias"] ?? ""
                let key = RegionText.folded(alias)
                if key.isEmpty { report("alias", alias) }
                for column in ["kato", "system"] where cells[column]?.isEmpty ?? true { report(column, "") }
                let system = cells["system"] ?? ""
                aliases.entries[key, default: []].append(
                    Entry(
                        system: system, region: cells["kato"] ?? "", from: dates[0], to: dates[1], relation: relation,
                        isUncertain: cells["certainty"] == "L"))
                if RegionAliases.nameSystems.contains(system) {
                    aliases.skeletons[RegionText.skeleton(key), default: []].insert(key)
                    if aliases.names.last != alias { aliases.names.append(alias) }
                } else if !aliases.systems.contains(system) {
                    aliases.systems.append(system)
                }
            }
        } catch { problems.append(error) }
        return Checked(value: problems.isEmpty ? aliases : nil, problems: problems)
    }
}

/// A small table of geography, read whole.
enum RegionFile {
    struct Row {
        let number: Int
        let cells: [String: String]
    }

    /// The most rows of such a table; more is another file.
    private static let mostRows = 200_000

    static func rows(
        of path: String, columns: [String], and more: [String]
    ) throws(Problem) -> (rows: [Row], problems: [Problem]) {
        let reader = try FormatCatalog.open(path)
        let absent = columns.filter { !reader.columns.contains($0) }
        guard absent.isEmpty else {
            throw Problem.regionColumns(absent, found: reader.columns).placed(file: path)
        }
        let positions = (columns + more).compactMap { name in
            reader.columns.firstIndex(of: name).map { (name: name, column: $0) }
        }
        var rows: [Row] = []
        var problems: [Problem] = []
        let batch = RawBatch()
        while try reader.fill(batch) {
            problems += batch.rejected.map { $0.problem.placed(file: path) }
            for row in 0..<batch.rowCount {
                var cells: [String: String] = [:]
                for (name, column) in positions { cells[name] = batch.text(row, column) }
                rows.append(Row(number: batch.rowNumbers[row], cells: cells))
            }
            guard rows.count <= mostRows else { throw Problem.regionFileTooLong(mostRows).placed(file: path) }
        }
        return (rows, problems)
    }
}

extension Problem {
    /// A table of regions without a column that it must have.
    static func regionColumns(_ absent: [String], found: [String]) -> Problem {
        Problem(
            "import.region-columns", .input, what: "The table of regions lacks columns: \(list: absent)",
            why: "they are found by their names in the first line, which has \(list: found)",
            fix: "name another file, or add the columns")
    }

    /// A cell of a table of regions that cannot be used.
    static func wrongRegionCell(_ value: String, column: String, row: Int) -> Problem {
        Problem(
            "import.wrong-region-cell", .input, what: "\"\(value)\" cannot stand in the column \"\(column)\"",
            place: Place(rows: [row], column: column),
            why:
                "a relation is \(list: RegionAliases.Relation.allCases.map(\.rawValue)), a date YYYY-MM-DD or empty, all else not empty",
            fix: "correct the cell in the table")
    }

    /// A table far longer than a list of regions.
    static func regionFileTooLong(_ most: Int) -> Problem {
        Problem(
            "import.region-file-too-long", .input, what: "The table of regions is too long",
            why: "at most \(most) rows are read; there are more", fix: "check that this is the file you meant")
    }
}
