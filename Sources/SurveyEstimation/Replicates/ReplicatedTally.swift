internal import SurveyDesign

/// What the replicates of one breakdown need besides its tally.
struct ReplicatedTally {
    let engine: ReplicateEngine
    /// The group of each row in use.
    let codes: [UInt32]
    let index: ReplicateEngine.Index?
    let threads: Int

    init(_ engine: ReplicateEngine, codes: [UInt32], index: ReplicateEngine.Index?, threads: Int) {
        self.engine = engine
        self.codes = codes
        self.index = index
        self.threads = threads
    }

    func spreads(
        of variable: TallyVariable, tally: Tally, estimators: [any Estimator], values: [Double?],
        workspace: TallyWorkspace
    ) -> [ReplicateEngine.Spread] {
        engine.spreads(
            of: variable, tally: tally, codes: codes, index: index, estimators: estimators, values: values,
            workspace: workspace, threads: threads)
    }

    /// Degrees of freedom of each group by the rule of the options.
    func degreesOfFreedom(of tally: Tally, options: EstimationOptions) -> [Double] {
        let groups = tally.index.groupCount
        switch options.degreesOfFreedom {
        case .infinite: return [Double](repeating: .infinity, count: groups)
        case .number(let number): return [Double](repeating: number, count: groups)
        case .full: return [Double](repeating: engine.fullDegreesOfFreedom, count: groups)
        case .design: break
        }
        let cells = CellsByGroup(tally.index)
        return (0..<groups).map { group in
            let psus = (cells.starts[group]..<cells.starts[group + 1])
                .filter { tally.marks[cells.cells[$0]] & Tally.inBase != 0 }.map { cells.units[$0] }
            return engine.degreesOfFreedom(ofPSUs: psus)
        }
    }
}
