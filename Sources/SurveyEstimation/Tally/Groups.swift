internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems

/// The groups of a breakdown that occur inside the domain, and the group of each row in use.
struct Groups {
    /// The categories of each group, one for each variable; empty for the whole.
    let labels: [Estimate.By]
    /// The group of each position; `none` outside the domain, without a category, or for a row not in use.
    ///
    /// Empty for the whole of a file whose rows are all in use: each stands in group 0.
    let codes: [UInt32]
    /// For each variable the rows of the domain without a category.
    let missing: [(variable: String, rows: Int)]

    static let none = UInt32.max
    /// More groups than any table of people has; an identifier taken for a variable is the usual cause.
    static let most = 100_000

    private init(labels: [Estimate.By], codes: [UInt32]) {
        self.labels = labels
        self.codes = codes
        missing = []
    }

    /// The same groups for rows in another order.
    func reordered(_ positions: [Int]) -> Groups { Groups(labels: labels, codes: positions.map { codes[$0] }) }

    /// The groups crossed with other codes of the rows: each pair that occurs is a group; its group and code.
    func crossed(
        with others: [UInt32], of count: Int
    ) -> (groups: Groups, pairs: [(first: UInt32, second: UInt32)]) {
        let crossing = KeyCodes.crossing(codes, of: labels.count, with: others, of: count)
        let missing = UInt32(crossing.pairs.count)
        return (
            Groups(
                labels: crossing.pairs.map { labels[Int($0.first)] },
                codes: crossing.codes.map { $0 == missing ? Groups.none : $0 }), crossing.pairs
        )
    }

    /// Crosses the variables of a breakdown; the last varies fastest.
    init(
        _ breakdown: Breakdown, design: SampleDesign, domain: Truth?, order: RowOrder = .byUnit
    ) throws(Problem) {
        let rows = order.rows(of: design)
        // Positions that are not counted: outside the domain, or rows of the file that are not in use.
        var isOutside: ((Int) -> Bool)?
        let weightOfRow = design.weightOfRow
        let areAllInUse = rows != nil || design.rowsInUse == design.rowCount
        if domain != nil || !areAllInUse {
            isOutside = { position in
                let row = rows.map { Int($0[position]) } ?? position
                return domain?.holds(row) == false || (!areAllInUse && weightOfRow[row] == 0)
            }
        }
        var crossing: [UInt32] = []
        var members: [[UInt32]] = []
        var keys: [KeyCodes] = []
        var missing: [(variable: String, rows: Int)] = []
        for column in breakdown.columns {
            let coded = KeyCodes(column, in: .natural, at: rows)
            guard coded.labels.count <= Groups.most else {
                throw .tooManyGroups(column.name, count: coded.labels.count)
            }
            if keys.isEmpty {
                crossing = coded.codes
                members = coded.labels.indices.map { [UInt32($0)] }
            } else {
                let crossed = KeyCodes.crossing(crossing, of: members.count, with: coded.codes, of: coded.labels.count)
                guard crossed.pairs.count <= Groups.most else {
                    throw .tooManyGroups(column.name, count: crossed.pairs.count)
                }
                crossing = crossed.codes
                members = crossed.pairs.map { members[Int($0.first)] + [$0.second] }
            }
            keys.append(coded)
            let missingCode = coded.missing
            if coded.codes.contains(missingCode) {
                let count = coded.codes.indices.count {
                    coded.codes[$0] == missingCode && isOutside?($0) != true
                }
                if count > 0 { missing.append((column.name, count)) }
            }
        }
        self.missing = missing
        guard !keys.isEmpty else {
            labels = [[]]
            let count = rows?.count ?? design.rowCount
            if rows == nil, isOutside == nil {
                codes = []
                return
            }
            codes =
                isOutside.map { isOutside in (0..<count).map { isOutside($0) ? Groups.none : 0 } }
                ?? [UInt32](repeating: 0, count: count)
            return
        }
        // Only groups inside the domain are kept, and numbered without gaps.
        let count = members.count
        if let isOutside {
            for position in crossing.indices where isOutside(position) { crossing[position] = UInt32(count) }
        }
        var occurs = [Bool](repeating: false, count: count + 1)
        crossing.withUnsafeBufferPointer { crossing in
            occurs.withUnsafeMutableBufferPointer { occurs in
                for group in crossing { occurs[Int(group)] = true }
            }
        }
        let used = (0..<count).filter { occurs[$0] }
        if used.count < count || occurs[count] {
            var numbers = [UInt32](repeating: Groups.none, count: count + 1)
            for (number, group) in used.enumerated() { numbers[group] = UInt32(number) }
            crossing = crossing.map { numbers[Int($0)] }
        }
        codes = crossing
        labels = used.map { group in
            zip(keys, members[group]).enumerated().map { position, member in
                (breakdown.columns[position].name, member.0.labels[Int(member.1)])
            }
        }
    }
}

extension Truth {
    /// True where the condition is known to be true.
    func holds(_ row: Int) -> Bool { values[row] == Truth.yes }
}

extension Problem {
    /// A breakdown with more groups than a table can have.
    static func tooManyGroups(_ variable: String, count: Int, most: Int = Groups.most) -> Problem {
        Problem(
            "estimation.too-many-groups", .usage, what: "\"\(variable)\" has too many categories",
            place: Place(variable: variable), why: "a breakdown or share may have at most \(most); found \(count)",
            fix: "name a variable with fewer categories, or group its values")
    }
}
