/// Saual's figures held against R's, field by field.
///
/// Two numbers are equal if they differ by at most ``tolerance`` of the larger one, or by less than the rounding errors of
/// the figure's scale (1e-11 of the estimate: an error of 0 comes out of R as 1e-17).
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
        for figure in figures {
            guard let answer = byKey.removeValue(forKey: figure.key) else {
                if !figure.isEmpty {
                    differences.append(Difference(figure: figure, field: nil, saual: nil, r: nil))
                }
                continue
            }
            compared += 1
            if figure.isWithheld { withheld += 1 }
            for (position, field) in FigureField.allCases.enumerated() {
                let (saual, r) = (figure.values[position], answer.values[position])
                guard saual != nil || r != nil else { continue }
                let difference = FigureComparison.difference(saual, r, scale: figure.scale)
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

    /// The relative difference; infinite where one of the two is missing.
    private static func difference(_ left: Double?, _ right: Double?, scale: Double) -> Double {
        guard let left, let right else { return .infinity }
        if left == right { return 0 }
        let apart = abs(left - right)
        let relative = apart / max(abs(left), abs(right))
        return relative > tolerance && apart <= rounding * scale ? 0 : relative
    }
}
