/// Saual's figures held against R's, field by field.
///
/// Two numbers are equal if they differ by at most ``tolerance`` of the larger one, or by less than the rounding errors of
/// the figure's scale (1e-11 of the estimate: an error of 0 comes out of R as 1e-17).
///
/// A change is the difference of two levels, and where these are nearly equal what they differ by from R's is large beside
/// it. Its estimate and the middle of its interval may therefore be apart by as much as the two levels really are, each of
/// which has met ``tolerance``, and by 4 roundings of the larger level; nothing else is allowed to it. (Levels are apart by
/// about 1e-11 where weights are raked: ours meet their margins to 1e-9, R's `rake` in the script to 1e-12.)
public struct FigureComparison: Sendable {
    public static let tolerance = 1e-8
    private static let rounding = 1e-11

    /// One field of one figure that differs.
    public struct Difference: Sendable {
        public let figure: VerifiedFigure
        /// Nil where only one of the two has the figure at all.
        public let field: FigureField?
        /// Both numbers; nil where there is none, and where the figure is withheld.
        public let saual: Double?
        public let r: Double?
    }

    /// Figures that both computed.
    public let compared: Int
    /// Of those, figures that the publication rules withhold.
    public let withheld: Int
    /// The largest relative difference of each field that occurs.
    public let largest: [(field: FigureField, difference: Double)]
    public let differences: [Difference]
    /// Figures that R has and Saual has not.
    public let strangers: Int

    public var areEqual: Bool { differences.isEmpty && strangers == 0 }

    public init(_ figures: [VerifiedFigure], with answers: [RFigure]) {
        var byKey = Dictionary(answers.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var compared = 0
        var withheld = 0
        var largest = [Double?](repeating: nil, count: FigureField.allCases.count)
        var differences: [Difference] = []
        // What levels are apart by, for the changes that are made of them.
        var levels: [String: Double] = [:]
        for figure in figures where figure.levelKeys.isEmpty {
            guard let saual = figure.values[0], let r = byKey[figure.key]?.values[0] else { continue }
            levels[figure.key] = abs(saual - r)
        }
        for figure in figures {
            guard let answer = byKey.removeValue(forKey: figure.key) else {
                if !figure.isEmpty {
                    differences.append(Difference(figure: figure, field: nil, saual: nil, r: nil))
                }
                continue
            }
            compared += 1
            if figure.isWithheld { withheld += 1 }
            let carried = FigureComparison.carried(figure, answer, levels)
            for (position, field) in FigureField.allCases.enumerated() {
                let (saual, r) = (figure.values[position], answer.values[position])
                guard saual != nil || r != nil else { continue }
                let difference = FigureComparison.difference(
                    saual, r, scale: figure.scale, carried: carried[field] ?? 0)
                largest[position] = max(largest[position] ?? 0, difference)
                guard difference > FigureComparison.tolerance else { continue }
                let isShown = !figure.isWithheld
                differences.append(
                    Difference(
                        figure: figure, field: field, saual: isShown ? saual : nil, r: isShown ? r : nil))
            }
        }
        self.compared = compared
        self.withheld = withheld
        self.largest = zip(FigureField.allCases, largest).compactMap { field, difference in
            difference.map { (field, $0) }
        }
        self.differences = differences
        strangers = byKey.count
    }

    /// What a change takes over from its levels, by field; empty for a level, and where a level is not there.
    private static func carried(
        _ figure: VerifiedFigure, _ answer: RFigure, _ levels: [String: Double]
    ) -> [FigureField: Double] {
        let apart = figure.levelKeys.compactMap { levels[$0] }
        guard apart.count == 2 else { return [:] }
        let middle = apart[0] + apart[1] + 4 * figure.scale.ulp
        func both(_ field: FigureField) -> (Double, Double)? {
            guard let position = FigureField.allCases.firstIndex(of: field), let saual = figure.values[position],
                let r = answer.values[position]
            else { return nil }
            return (saual, r)
        }
        guard let se = both(.se), let low = both(.low), let high = both(.high) else {
            return [.estimate: middle]
        }
        // The limits are Δ ± t SE: what the errors are apart by, t times; no more where they are not equal themselves.
        guard se.0 > 0, difference(se.0, se.1, scale: figure.scale, carried: 0) <= tolerance else {
            return [.estimate: middle]
        }
        let limit = middle + (high.0 - low.0) / (2 * se.0) * abs(se.0 - se.1)
        return [.estimate: middle, .low: limit, .high: limit]
    }

    /// The relative difference; infinite where one of the two is missing.
    private static func difference(_ left: Double?, _ right: Double?, scale: Double, carried: Double) -> Double {
        guard let left, let right else { return .infinity }
        if left == right { return 0 }
        let apart = abs(left - right)
        let relative = apart / max(abs(left), abs(right))
        return relative > tolerance && apart <= max(rounding * scale, carried) ? 0 : relative
    }
}
