internal import SurveyMath

/// Draws the stages after the first: units inside each drawn unit, down to rows.
///
/// Each unit has random numbers of its own at each stage, so that what is drawn in one does not depend on the others.
struct LaterStages {
    let frame: SamplingFrame
    let takes: [Int]
    let methods: [SelectionMethod]
    let seed: UInt64
    /// Units of each stage of clusters by row.
    private let numbering: [(unitOfRow: [Int], count: Int)]
    /// Where the random numbers of each stage begin.
    private let firstStream: [Int]
    /// Units with fewer units than are to be drawn in each, by stage.
    private(set) var small: [[String]]

    init(_ frame: SamplingFrame, takes: [Int], methods: [SelectionMethod], seed: UInt64) {
        (self.frame, self.takes, self.methods, self.seed) = (frame, takes, methods, seed)
        numbering = takes.isEmpty ? [] : frame.numbering()
        // The first stage has two streams a stratum.
        var next = 2 * frame.strata.count
        var first: [Int] = []
        for stage in numbering {
            first.append(next)
            next += stage.count
        }
        firstStream = first
        small = [[String]](repeating: [], count: takes.count)
    }

    /// The rows taken from a unit of a stage, in the order of the frame's units, each with the stages that led to it.
    mutating func draw(in unit: SamplingFrame.Unit, stage: Int = 0) -> [(row: Int, stages: [DrawnUnit.Stage])] {
        guard takes.indices.contains(stage), frame.clusters != nil else { return unit.rows.map { ($0, []) } }
        let ofRow = numbering.indices.contains(stage + 1) ? numbering[stage + 1].unitOfRow : []
        let units = frame.units(of: stage, in: unit.rows, unitOfRow: ofRow)
        let take = takes[stage]
        if units.count < take { small[stage].append(unit.label) }
        var positions = Array(units.indices)
        if take < units.count {
            var stream = RandomStream(seed: seed, for: .selection, number: firstStream[stage] + unit.number)
            let method = methods.indices.contains(stage) ? methods[stage] : .random
            positions =
                method == .systematic
                ? UnitDraw.systematic(take, of: units.count, &stream)
                : UnitDraw.random(take, of: units.count, &stream)
        }
        var drawn: [(row: Int, stages: [DrawnUnit.Stage])] = []
        for position in positions {
            let own = DrawnUnit.Stage(
                unit: units[position].label, population: units.count,
                probability: Double(positions.count) / Double(units.count))
            if frame.laterClusters.indices.contains(stage) {
                drawn += draw(in: units[position], stage: stage + 1).map { ($0.row, [own] + $0.stages) }
            } else {
                drawn += units[position].rows.map { ($0, [own]) }
            }
        }
        return drawn
    }
}
