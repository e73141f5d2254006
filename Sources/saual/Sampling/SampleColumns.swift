internal import SurveySampling

/// The columns that a drawn sample gets, and the options by which estimation reads them.
struct SampleColumns {
    enum Cell {
        case text(String)
        case number(Double)
    }

    let prefix: String
    /// Stages whose units are clusters; none where rows are drawn by themselves.
    let clusterCount: Int
    /// Stages after the first.
    let laterCount: Int
    let isProportional: Bool

    /// `NAME`, `NAME_2`, `NAME_3`…: one a stage.
    private func staged(_ name: String, _ count: Int) -> [String] {
        (0..<count).map { $0 == 0 ? name : "\(name)_\($0 + 1)" }
    }

    /// The columns of the probabilities, stage by stage.
    var probabilities: [String] { staged("probability", 1 + laterCount).map { prefix + $0 } }

    /// The units of each stage: clusters, and rows in the last.
    private var unitNames: [String] { Array((staged("psu", clusterCount) + ["unit"]).prefix(1 + laterCount)) }

    var names: [String] {
        (["stratum"] + staged("psu", clusterCount) + ["unit"] + staged("fpc", 1 + laterCount)
            + staged("probability", 1 + laterCount) + ["weight"]).map { prefix + $0 }
    }

    func cells(of unit: DrawnUnit) -> [Cell] {
        var cells: [Cell] = [.text(unit.stratum)]
        if clusterCount > 0 { cells.append(.text(unit.cluster)) }
        cells += unit.stages.prefix(max(0, clusterCount - 1)).map { .text($0.unit) }
        cells.append(.number(Double(unit.row + 1)))
        cells.append(.number(Double(unit.population)))
        cells += unit.stages.map { .number(Double($0.population)) }
        cells.append(.number(unit.probability))
        cells += unit.stages.map { .number($0.probability) }
        cells.append(.number(unit.weight))
        return cells
    }

    /// The options of `saual estimate` that state the design.
    func options(joint: String?) -> String {
        func list(_ names: [String]) -> String { names.map { prefix + $0 }.joined(separator: ",") }
        var words = ["--strata", prefix + "stratum"]
        if clusterCount > 0 { words += ["--psu", list(unitNames), "--nest"] }
        if let joint {
            return (words + ["--weight", prefix + "weight", "--pps joint --joint", joint]).joined(separator: " ")
        }
        if isProportional {
            words += ["--probability", list(staged("probability", 1 + laterCount)), "--pps brewer"]
        } else {
            words += ["--fpc", list(staged("fpc", 1 + laterCount)), "--weight", prefix + "weight"]
        }
        return words.joined(separator: " ")
    }

    /// The lines of `design:` in study.yaml; pairs have no place there.
    var yaml: String {
        func name(_ text: String) -> String { prefix + text }
        var lines = ["design:", "  strata: \(name("stratum"))"]
        if clusterCount > 0 { lines += ["  psu: \(name("psu"))", "  nest: true"] }
        if isProportional {
            lines += ["  probability: [\(probabilities.joined(separator: ", "))]", "  pps: brewer"]
        } else {
            lines += ["  weight: \(name("weight"))", "  fpc: \(name("fpc"))"]
        }
        if laterCount > 0 { lines.append("  later stages:") }
        for stage in unitNames.indices.dropFirst() {
            let fpc = isProportional ? "" : ", fpc: \(name(staged("fpc", 1 + laterCount)[stage]))"
            lines.append("    - {units: \(name(unitNames[stage]))\(fpc)}")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
