internal import SurveyEstimation
internal import SurveyProblems

/// The rows of two results that speak of the same figure: statistic, variable, answer and groups.
struct FigurePairing {
    /// Positions in the first and the second result, in the order of the second.
    private(set) var pairs: [(first: Int, second: Int)] = []
    /// What only one of them has, as people read it.
    private(set) var alone: [String] = []

    init(_ first: [Estimate], _ second: [Estimate]) {
        var positions: [[String]: Int] = [:]
        for (position, row) in first.enumerated() { positions[FigurePairing.key(row)] = position }
        for (position, row) in second.enumerated() {
            if let found = positions.removeValue(forKey: FigurePairing.key(row)) {
                pairs.append((found, position))
            } else {
                alone.append(FigurePairing.name(row))
            }
        }
        let left = Set(positions.values)
        alone += first.indices.filter(left.contains).map { FigurePairing.name(first[$0]) }
    }

    private static func key(_ row: Estimate) -> [String] {
        [row.answer == nil ? "0" : "1"] + row.identity + row.by.flatMap { [$0.variable, $0.category] }
    }

    private static func name(_ row: Estimate) -> String {
        let figure =
            row.answer.map { "\(row.variable)=\($0)" }
            ?? row.parameter.map { "\(row.variable):\(JSONText.shortest($0.value))" } ?? row.variable
        let groups = row.by.map { "\($0.variable)=\($0.category)" }
        return ([figure].filter { !$0.isEmpty } + groups).joined(separator: " ")
    }
}
