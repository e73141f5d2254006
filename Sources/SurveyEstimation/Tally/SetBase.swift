public import SurveyData
public import SurveyProblems
internal import SurveySchema

/// What the items of a multiple-response set are shares of.
///
/// Source: Documentation/Methods.md, "Multiple-response sets".
/// Checked: R survey 4.1-1 `svymean` and `svyratio` of the 0/1 columns.
public enum SetBase: String, Sendable, CaseIterable {
    /// People who were asked and answered; shares of items may add to more than 1.
    case cases
    /// Mentions: each item over all items that were mentioned, a ratio of two totals; the ratios add to 1.
    case mentions
    /// People with at least one mention.
    case any
    /// Everyone: who was not asked has mentioned nothing. Other missing answers stay missing.
    case all
}

extension Measure {
    /// The items of a multiple-response set over a base: one measure, or for mentions one for each item.
    ///
    /// - Shapes: `items` are the 0/1 columns of the set, one a code; results carry the codes as answers.
    /// - Missing: a row is missing where the set is; an item that is not mentioned counts 0.
    /// - Throws: ``Problem`` `estimation.not-a-set`.
    public static func items(
        of name: String, set: Column, items: [Column], codes: [String], over base: SetBase
    ) throws(Problem) -> [Measure] {
        func shares(of set: Column, base: Truth? = nil) -> Measure {
            Measure(
                statistic: .share, variable: name, content: .items(set: set, items: items, codes: codes), base: base)
        }
        if base == .cases { return [shares(of: set)] }
        let answered = try bytes(of: set)
        let chosen = try items.map { (item) throws(Problem) in try bytes(of: item) }
        let counts = answered.indices.map { row in
            answered[row] < MissingKind.lowest ? chosen.count { $0[row] == 1 } : 0
        }
        switch base {
        case .cases: return [shares(of: set)]
        case .any: return [shares(of: set, base: Truth(values: counts.map { $0 > 0 ? Truth.yes : Truth.no }))]
        case .all:
            let everyone = answered.map { $0 == MissingKind.notAsked.rawValue ? 0 : $0 }
            return [shares(of: Column(name: set.name, kind: .set, values: .bytes(everyone)))]
        case .mentions:
            let kinds = answered.map { $0 < MissingKind.lowest ? 0 : $0 }
            func numbers(_ values: [Double]) -> Column {
                Column(name: set.name, kind: .number, values: .numbers(values, kinds: kinds))
            }
            let mentions = numbers(counts.map(Double.init))
            return zip(codes, chosen).map { code, own in
                let item = numbers(own.indices.map { kinds[$0] == 0 && own[$0] == 1 ? 1 : 0 })
                var measure = Measure(statistic: .ratio, variable: name, content: .ratio(item, mentions))
                measure.answer = code
                return measure
            }
        }
    }

    private static func bytes(of column: Column) throws(Problem) -> [UInt8] {
        guard case .bytes(let bytes) = column.values else { throw .notASet(column.name) }
        return bytes
    }
}
