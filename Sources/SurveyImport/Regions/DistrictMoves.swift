public import SurveyProblems
internal import SurveySchema

/// Districts that changed their region, as read from a table: which part of a divided region a row belongs to.
///
/// Columns: `old_kato4`, `new_kato4`, `name_ru`, `name_kk`, `date`, and if wanted `certainty`, `stays_partly`, `note`. The
/// region is the first two digits of a code. `stays_partly` names a region to which a part of the old district went, or in
/// which it stayed: its rows cannot be placed.
public struct DistrictMoves: Sendable {
    private struct Move: Sendable {
        let region: String
        let date: CalendarDate
        let isUncertain: Bool
        let alsoIn: String?
    }

    /// Where a district lies.
    enum Place: Equatable {
        case region(String, isUncertain: Bool)
        case several([String])
        case unknown
    }

    private var byCode: [String: [Move]] = [:]
    private var byName: [String: [Move]] = [:]
    private var newCodes: Set<String> = []

    /// Reads a table; the problems are all that is wrong with it, each with its row.
    public static func read(_ path: String) -> Checked<DistrictMoves> {
        var problems: [Problem] = []
        var moves = DistrictMoves()
        do throws(Problem) {
            let rows = try RegionFile.rows(
                of: path, columns: ["old_kato4", "new_kato4", "name_ru", "name_kk", "date"],
                and: ["certainty", "stays_partly"])
            problems = rows.problems
            for row in rows.rows {
                let cells = row.cells
                func report(_ column: String) {
                    problems.append(
                        .wrongDistrictCell(cells[column] ?? "", column: column, row: row.number).placed(file: path))
                }
                let code = cells["new_kato4"] ?? ""
                if code.utf8.count < 2 || !isNumber(code) { report("new_kato4") }
                let old = cells["old_kato4"] ?? ""
                if !old.isEmpty, old.utf8.count != 4 || !isNumber(old) { report("old_kato4") }
                guard let date = CalendarDate(iso: cells["date"] ?? "") else {
                    report("date")
                    continue
                }
                let also = cells["stays_partly"] ?? ""
                let move = Move(
                    region: String(code.prefix(2)), date: date, isUncertain: cells["certainty"] == "L",
                    alsoIn: also.isEmpty ? nil : also)
                moves.newCodes.insert(code)
                if !old.isEmpty { moves.byCode[old, default: []].append(move) }
                let forms = RegionText.districtForms(of: cells["name_ru"] ?? "")
                    .union(RegionText.districtForms(of: cells["name_kk"] ?? ""))
                for form in forms { moves.byName[form, default: []].append(move) }
            }
        } catch { problems.append(error) }
        return Checked(value: problems.isEmpty ? moves : nil, problems: problems)
    }

    /// Finds in which of the parts of a divided region a district lies.
    ///
    /// A code that means another district since the move (1910) is read by the date; other old codes are read as such
    /// whatever the date, for files keep them for years. A code of one of the parts that never moved stays there.
    func place(of district: String, among parts: [String], on date: CalendarDate?) -> Place {
        let key = RegionText.folded(district)
        guard DistrictMoves.isNumber(key) else { return place(named: district, among: parts) }
        guard [4, 6, 9].contains(key.utf8.count) else { return .unknown }
        let code = String(key.prefix(4))
        let own = String(code.prefix(2))
        let moves = (byCode[code] ?? []).filter { parts.contains($0.region) }
        guard !moves.isEmpty else { return parts.contains(own) ? .region(own, isUncertain: false) : .unknown }
        if newCodes.contains(code), parts.contains(own) {
            guard let date else { return .several((moves.map(\.region) + [own]).uniqued) }
            if moves.allSatisfy({ date >= $0.date }) { return .region(own, isUncertain: false) }
        }
        return DistrictMoves.place(of: moves)
    }

    private func place(named name: String, among parts: [String]) -> Place {
        let forms = RegionText.districtForms(of: name)
        let full = byName[RegionText.folded(name)]?.filter { parts.contains($0.region) } ?? []
        if !full.isEmpty { return DistrictMoves.place(of: full) }
        let moves = forms.sorted().flatMap { byName[$0] ?? [] }.filter { parts.contains($0.region) }
        return moves.isEmpty ? .unknown : DistrictMoves.place(of: moves)
    }

    private static func place(of moves: [Move]) -> Place {
        let regions = (moves.map(\.region) + moves.compactMap(\.alsoIn)).uniqued
        return regions.count == 1
            ? .region(regions[0], isUncertain: moves.contains(where: \.isUncertain)) : .several(regions)
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}

extension [String] {
    /// The texts in their order, each once.
    var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Problem {
    /// A cell of a table of districts that cannot be used.
    static func wrongDistrictCell(_ value: String, column: String, row: Int) -> Problem {
        Problem(
            "import.wrong-district-cell", .input, what: "\"\(value)\" cannot stand in the column \"\(column)\"",
            place: Place(rows: [row], column: column),
            why: "old codes have four digits or none, new ones at least two, and a date is YYYY-MM-DD",
            fix: "correct the cell in the table")
    }
}
