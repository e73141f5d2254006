extension SampleDesign {
    /// True if rows can be taken out before units are counted.
    package var canShrink: Bool {
        guard let structure else { return true }
        guard case .tree = structure.form else { return false }
        return true
    }
}

extension SampleStructure {
    /// The stages of the rows that are kept; units left empty vanish, fractions follow the smaller samples.
    ///
    /// `psus` are the old numbers of the PSUs that stay. nil for what is not made of stages.
    func keeping(_ isKept: [Bool], strata: [Stratum], psus: [Int]) -> SampleStructure? {
        guard case .tree(let tree) = form else { return nil }
        var isOccupied = [Bool](repeating: false, count: unitCount)
        for row in isKept.indices where isKept[row] && unitOfRow[row] != SampleDesign.setAside {
            isOccupied[Int(unitOfRow[row])] = true
        }
        var numbers = [UInt32](repeating: SampleDesign.setAside, count: unitCount)
        // Occupied units before each unit.
        var before = [Int](repeating: 0, count: unitCount + 1)
        for unit in 0..<unitCount {
            if isOccupied[unit] { numbers[unit] = UInt32(before[unit]) }
            before[unit + 1] = before[unit] + (isOccupied[unit] ? 1 : 0)
        }
        let fractions = tree.psuFractions.map { all in psus.map { all[$0] } }
        var products = fractions ?? strata.flatMap { [Double](repeating: $0.samplingFraction, count: $0.psuCount) }
        var numberOfParent = [Int: Int](uniqueKeysWithValues: psus.enumerated().map { ($1, $0) })
        var levels: [SamplingTree.Level] = []
        for level in tree.levels {
            let kept = SamplingTree.Shrinking(level, before: before, parents: numberOfParent, products: products)
            levels.append(kept.level)
            (numberOfParent, products) = (kept.numbers, kept.products)
        }
        return SampleStructure(
            form: .tree(SamplingTree(psuFractions: fractions, levels: levels)),
            unitOfRow: unitOfRow.indices.map { row in
                isKept[row] && unitOfRow[row] != SampleDesign.setAside
                    ? numbers[Int(unitOfRow[row])] : SampleDesign.setAside
            }, firstUnits: psus.map { before[firstUnits[$0]] } + [before[unitCount]])
    }
}

extension SamplingTree {
    /// One stage without its empty units.
    fileprivate struct Shrinking {
        let level: Level
        /// The new number of each unit that stays.
        var numbers: [Int: Int] = [:]
        /// By unit the product of its fraction and those above.
        var products: [Double] = []

        init(_ old: Level, before: [Int], parents: [Int: Int], products above: [Double]) {
            var strata: [Stratum] = []
            var own: (parents: [Int], multipliers: [Double], fractions: [Double], firsts: [Int]) = ([], [], [], [])
            for (position, stratum) in old.strata.enumerated() {
                let kept = stratum.psus.filter { before[old.firstUnits[$0 + 1]] > before[old.firstUnits[$0]] }
                guard !kept.isEmpty, let parent = parents[old.parents[position]] else { continue }
                let smaller = Stratum(
                    label: stratum.label, firstPSU: own.fractions.count, psuCount: kept.count,
                    population: stratum.population)
                strata.append(smaller)
                own.parents.append(parent)
                own.multipliers.append(above[parent])
                for unit in kept {
                    numbers[unit] = own.fractions.count
                    var fraction = old.fractions[unit]
                    if case .count = stratum.population { fraction = smaller.samplingFraction }
                    own.fractions.append(fraction)
                    own.firsts.append(before[old.firstUnits[unit]])
                    products.append(above[parent] * fraction)
                }
            }
            level = Level(
                strata: strata, parents: own.parents, multipliers: own.multipliers, fractions: own.fractions,
                firstUnits: own.firsts + [before[before.count - 1]])
        }
    }
}
