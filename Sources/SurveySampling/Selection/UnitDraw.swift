internal import SurveyMath
internal import SurveyProblems

/// Draws units of one stratum; every method takes positions and gives the drawn ones, ascending.
enum UnitDraw {
    /// `count` of `units` units, each set as likely as any other: the first draws of a shuffle.
    static func random(_ count: Int, of units: Int, _ stream: inout RandomStream) -> [Int] {
        // Only the places that a draw has touched are kept.
        var moved: [Int: Int] = [:]
        var drawn: [Int] = []
        for position in 0..<count {
            let other = position + stream.integer(below: units - position)
            drawn.append(moved[other] ?? other)
            moved[other] = moved[position] ?? position
        }
        return drawn.sorted()
    }

    /// All positions in random order.
    static func shuffled(_ units: Int, _ stream: inout RandomStream) -> [Int] {
        var order = Array(0..<units)
        for position in order.indices.dropLast() {
            order.swapAt(position, position + stream.integer(below: units - position))
        }
        return order
    }

    /// Every so many units from a random start: one where `start` + k, k = 0, 1…, falls on its part of n.
    static func systematic(_ count: Int, of units: Int, _ stream: inout RandomStream) -> [Int] {
        systematic((0..<units).map { Double($0 + 1) * Double(count) / Double(units) }, start: stream.uniform())
    }

    /// Every so much of the cumulated probabilities from a random start.
    ///
    /// Source: Madow (1949), Annals of Mathematical Statistics 20, 333–354.
    static func systematic(_ probabilities: [Double], count: Int, _ stream: inout RandomStream) -> [Int] {
        var sum = CompensatedSum()
        var ends = probabilities.map { probability in
            sum.add(probability)
            return min(sum.value, Double(count))
        }
        if !ends.isEmpty { ends[ends.count - 1] = Double(count) }
        return systematic(ends, start: stream.uniform())
    }

    /// The units in whose part of the line a point `start` + k falls; `ends` are the ends of their parts.
    static func systematic(_ ends: [Double], start: Double) -> [Int] {
        var drawn: [Int] = []
        var points = (0 - start).rounded(.up)
        for (unit, end) in ends.enumerated() {
            let next = (end - start).rounded(.up)
            if next > points { drawn.append(unit) }
            points = next
        }
        return drawn
    }

    /// Unit by unit, each with a probability that keeps those of inclusion.
    ///
    /// At draw r of n a unit that is not drawn yet has a chance in proportion to π(D − π)/(D − (n − r + 1)π), with D the sum
    /// of the probabilities of all units that are not drawn.
    ///
    /// Source: Brewer (1975), Australian Journal of Statistics 17, 166–172; Tillé (2006), algorithm 6.10.
    static func brewer(_ probabilities: [Double], count: Int, _ stream: inout RandomStream) -> [Int] {
        var drawn: [Int] = []
        var isOpen = [Bool](repeating: true, count: probabilities.count)
        for draw in 0..<count {
            let chances = brewerChances(probabilities, isOpen: isOpen, left: count - draw)
            var point = stream.uniform() * CompensatedSum.of(chances)
            var chosen = chances.lastIndex { $0 > 0 }
            for unit in chances.indices where chances[unit] > 0 {
                point -= chances[unit]
                if point < 0 {
                    chosen = unit
                    break
                }
            }
            guard let chosen else { break }
            isOpen[chosen] = false
            drawn.append(chosen)
        }
        return drawn.sorted()
    }

    /// The chances of the next draw, up to a factor; `left` draws are left, this one among them.
    static func brewerChances(_ probabilities: [Double], isOpen: [Bool], left: Int) -> [Double] {
        let sum = CompensatedSum.of(probabilities.indices.filter { isOpen[$0] }.map { probabilities[$0] })
        return probabilities.indices.map { unit in
            guard isOpen[unit] else { return 0 }
            let own = probabilities[unit]
            // The last of n draws is in proportion to π: both differences are then the same.
            guard left > 1 else { return own }
            return own * (sum - own) / (sum - own * Double(left))
        }
    }
}
