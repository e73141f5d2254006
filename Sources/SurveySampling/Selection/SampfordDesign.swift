internal import SurveyMath
public import SurveyProblems

/// Sampford's sample of n units with given probabilities of inclusion, and the probabilities of pairs.
///
/// p(s) ∝ Σ_{i∈s} (1 − π_i) · Π_{i∈s} π_i/(1 − π_i). Drawn unit by unit from the probabilities that the remaining units bring what
/// is still missing, so that no set is drawn in vain; all terms are positive.
///
/// Source: Sampford (1967), Biometrika 54, 499–513; the sequential form as for conditional Poisson sampling, Tillé (2006), 5.6.
/// Checked: `UPsampfordpi2` of R's package sampling 2.9, and all samples of small populations.
public struct SampfordDesign: Sendable {
    /// Above 0 and below 1, with a whole sum.
    let probabilities: [Double]
    let count: Int

    /// The numbers that the table of a draw may hold.
    static let mostStates = 1 << 25

    /// Takes probabilities that sum to `count`.
    ///
    /// - Throws: ``Problem`` `sampling.sampford-too-large`.
    public init(_ probabilities: [Double], count: Int) throws(Problem) {
        precondition(probabilities.allSatisfy { $0 > 0 && $0 < 1 }, "probabilities between 0 and 1")
        let states = (probabilities.count + 1).multipliedReportingOverflow(by: count + 1)
        guard !states.overflow, states.partialValue <= SampfordDesign.mostStates else {
            throw .sampfordTooLarge(count, of: probabilities.count)
        }
        self.probabilities = probabilities
        self.count = count
    }

    /// Draws one sample: positions, ascending.
    func draw(_ stream: inout RandomStream) -> [Int] {
        let width = count + 1
        let units = probabilities.count
        // By unit and by how many are still wanted: the weight of all ways through the units from here on, without and with
        // the factor Σ (1 − π).
        var plain = [Double](repeating: 0, count: (units + 1) * width)
        var marked = plain
        plain[units * width] = 1
        for unit in stride(from: units - 1, through: 0, by: -1) {
            let own = probabilities[unit]
            let (here, next) = (unit * width, (unit + 1) * width)
            for wanted in 0...min(count, units - unit) {
                var (a, b) = ((1 - own) * plain[next + wanted], (1 - own) * marked[next + wanted])
                if wanted > 0 {
                    a += own * plain[next + wanted - 1]
                    b += own * (marked[next + wanted - 1] + (1 - own) * plain[next + wanted - 1])
                }
                (plain[here + wanted], marked[here + wanted]) = (a, b)
            }
        }
        var drawn: [Int] = []
        var wanted = count
        // Σ (1 − π) of the units drawn so far: the weight of a way on is marked + this · plain.
        var sum = 0.0
        for unit in 0..<units where wanted > 0 {
            let own = probabilities[unit]
            let next = (unit + 1) * width + wanted
            let without = (1 - own) * (marked[next] + sum * plain[next])
            let with = own * (marked[next - 1] + (sum + 1 - own) * plain[next - 1])
            if stream.uniform() * (without + with) < with {
                drawn.append(unit)
                wanted -= 1
                sum += 1 - own
            }
        }
        return drawn
    }

    /// The probabilities that both of two units are drawn, for the units named: a square in their order, the
    /// probabilities of single units on its diagonal.
    ///
    /// The weights of the other units come from those of all by taking two units out, in the direction in which rounding
    /// errors shrink.
    public func pairs(of units: [Int]) -> [[Double]] {
        var all = Weights(plain: [1], marked: [0])
        for own in probabilities { all.add(own) }
        let whole = all.marked[count]
        var square = units.map { row in units.map { $0 == row ? probabilities[row] : 0 } }
        guard count > 1 else { return square }
        for (row, unit) in units.enumerated() {
            let without = all.removing(probabilities[unit])
            for column in (row + 1)..<max(row + 1, units.count) {
                let (one, two) = (probabilities[unit], probabilities[units[column]])
                let others = without.removing(two)
                let weight = others.marked[count - 2] + (2 - one - two) * others.plain[count - 2]
                square[row][column] = one * two * weight / whole
                square[column][row] = square[row][column]
            }
        }
        return square
    }

    /// The weights of all sets of a size, by size: Π π · Π (1 − π), plain and times Σ (1 − π) of the set.
    private struct Weights {
        var plain: [Double]
        var marked: [Double]

        mutating func add(_ own: Double) {
            plain.append(0)
            marked.append(0)
            for size in stride(from: plain.count - 1, through: 0, by: -1) {
                let (a, b) = size > 0 ? (plain[size - 1], marked[size - 1]) : (0, 0)
                marked[size] = (1 - own) * marked[size] + own * (b + (1 - own) * a)
                plain[size] = (1 - own) * plain[size] + own * a
            }
        }

        func removing(_ own: Double) -> Weights {
            let count = plain.count - 1
            var rest = Weights(
                plain: [Double](repeating: 0, count: count), marked: [Double](repeating: 0, count: count))
            if own < 0.5 {
                for size in 0..<count {
                    let (a, b) = size > 0 ? (rest.plain[size - 1], rest.marked[size - 1]) : (0, 0)
                    rest.plain[size] = max(0, plain[size] - own * a) / (1 - own)
                    rest.marked[size] = max(0, marked[size] - own * (b + (1 - own) * a)) / (1 - own)
                }
            } else {
                for size in stride(from: count - 1, through: 0, by: -1) {
                    let (a, b) = size + 1 < count ? (rest.plain[size + 1], rest.marked[size + 1]) : (0, 0)
                    rest.plain[size] = max(0, plain[size + 1] - (1 - own) * a) / own
                    rest.marked[size] = max(
                        0, (marked[size + 1] - (1 - own) * b) / own - (1 - own) * rest.plain[size])
                }
            }
            return rest
        }
    }
}

extension Problem {
    /// More units than the table of a draw holds.
    static func sampfordTooLarge(_ count: Int, of units: Int) -> Problem {
        Problem(
            "sampling.sampford-too-large", .usage, what: "Sampford's method is too costly here",
            why: "its table would have \(units) × \(count) numbers",
            fix: "use --method brewer or pps-systematic, or draw in strata")
    }
}
