internal import SurveyMath
internal import SurveyProblems

/// Newton's method on a deviance, with halved steps where it would not fall.
struct NewtonSearch {
    struct Point {
        let deviance: Double
        /// Half the slope of the deviance downwards.
        let gradient: [Double]
        /// Half its second derivatives, row after row.
        let information: [Double]
    }

    /// What is searched, for problems.
    let names: [String]

    private static func size(_ numbers: [Double]) -> Double { numbers.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// Steps end when they are below 1e-12 of the parameters, or when only rounding is left.
    func solution(from start: [Double], _ evaluate: ([Double]) -> Point) throws(Problem) -> ModelFit {
        var parameters = start
        var point = evaluate(parameters)
        var last: [Double] = []
        for step in 1...GeneralizedLinearModel.mostSteps {
            let inverse = try inverse(of: point, after: step > 1 ? last : nil)
            var move = inverse * point.gradient
            let (size, whole) = (NewtonSearch.size(move), NewtonSearch.size(parameters))
            guard size.isFinite else { throw unsettled(move) }
            if size <= 1e-12 * whole || (size <= 1e-9 * whole && step > 1 && size >= 0.5 * NewtonSearch.size(last))
                || size == 0
            {
                parameters = zip(parameters, move).map { $0 + $1 }
                point = evaluate(parameters)
                return ModelFit(
                    parameters: parameters, inverse: try self.inverse(of: point, after: move), deviance: point.deviance,
                    working: parameters, steps: step)
            }
            last = move
            var next = evaluate(zip(parameters, move).map { $0 + $1 })
            var halvings = 0
            while !(next.deviance <= point.deviance + 1e-9 * (abs(point.deviance) + 0.1)), halvings < 40 {
                for place in move.indices { move[place] *= 0.5 }
                next = evaluate(zip(parameters, move).map { $0 + $1 })
                halvings += 1
            }
            guard halvings < 40 else { throw unsettled(move) }
            parameters = zip(parameters, move).map { $0 + $1 }
            point = next
        }
        throw unsettled(last)
    }

    private func inverse(of point: Point, after move: [Double]?) throws(Problem) -> Matrix {
        let size = point.gradient.count
        guard let inverse = Matrix(rows: size, columns: size, values: point.information).symmetricInverse() else {
            if let move { throw unsettled(move) }
            throw .modelSingular()
        }
        return inverse
    }

    private func unsettled(_ move: [Double]) -> Problem {
        let worst = move.indices.max { abs(move[$0]) < abs(move[$1]) }
        return .modelNotSettled(worst.map { names[$0] } ?? "")
    }
}
