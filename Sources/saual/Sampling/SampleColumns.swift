internal import SurveySampling

/// The columns that a drawn sample gets, and the options by which estimation reads them.
struct SampleColumns {
    enum Cell {
        case text(String)
        case number(Double)
    }

    let prefix: String
    let hasClusters: Bool
    /// True if rows are drawn inside clusters.
    let isStaged: Bool
    let isProportional: Bool

    var names: [String] {
        let stages = isStaged ? ["psu", "unit", "fpc", "fpc_2", "probability", "probability_2"] : []
        let clusters = hasClusters ? ["psu", "unit", "fpc", "probability"] : ["unit", "fpc", "probability"]
        return (["stratum"] + (isStaged ? stages : clusters) + ["weight"]).map { prefix + $0 }
    }

    func cells(of unit: DrawnUnit) -> [Cell] {
        var cells: [Cell] = [.text(unit.stratum)]
        if hasClusters { cells.append(.text(unit.cluster)) }
        cells.append(.number(Double(unit.row + 1)))
        cells.append(.number(Double(unit.population)))
        if isStaged { cells.append(.number(Double(unit.clusterSize ?? 1))) }
        cells.append(.number(unit.probability))
        if isStaged { cells.append(.number(unit.secondProbability ?? 1)) }
        cells.append(.number(unit.weight))
        return cells
    }

    /// The options of `saual estimate` that state the design.
    func options(joint: String?) -> String {
        func name(_ text: String) -> String { prefix + text }
        var words = ["--strata", name("stratum")]
        if isStaged {
            words += ["--psu", "\(name("psu")),\(name("unit"))", "--nest"]
        } else if hasClusters {
            words += ["--psu", name("psu"), "--nest"]
        }
        if let joint {
            return (words + ["--weight", name("weight"), "--pps joint --joint", joint]).joined(separator: " ")
        }
        let second = isStaged ? ["_2"] : []
        if isProportional {
            let probabilities = ([""] + second).map { name("probability") + $0 }.joined(separator: ",")
            words += ["--probability", probabilities, "--pps brewer"]
        } else {
            words += [
                "--fpc", ([""] + second).map { name("fpc") + $0 }.joined(separator: ","), "--weight", name("weight"),
            ]
        }
        return words.joined(separator: " ")
    }

    /// The lines of `design:` in study.yaml; pairs have no place there.
    var yaml: String {
        func name(_ text: String) -> String { prefix + text }
        var lines = ["design:", "  strata: \(name("stratum"))"]
        if hasClusters { lines += ["  psu: \(name("psu"))", "  nest: true"] }
        if isProportional {
            let second = isStaged ? ", " + name("probability_2") : ""
            lines += ["  probability: [\(name("probability"))\(second)]", "  pps: brewer"]
        } else {
            lines += ["  weight: \(name("weight"))", "  fpc: \(name("fpc"))"]
        }
        if isStaged {
            let fpc = isProportional ? "" : ", fpc: \(name("fpc_2"))"
            lines += ["  later stages:", "    - {units: \(name("unit"))\(fpc)}"]
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
