internal import SurveyDesign
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyStore

extension TestCommand {
    /// Trends over several samples, with the covariance of PSUs that they share.
    static func waves(_ request: TestRequest, _ call: Call, _ timings: inout Timings) throws(Problem) -> Outcome {
        var figures: [TestRequest.Tested] = []
        for test in request.tests {
            guard case .waves(let tested) = test else { throw .trendOnly(call) }
            figures.append(tested)
        }
        for option in CallWeighting.options.map(\.name) where call.has(option) { throw .trendOnly(option) }
        let times = try times(call)
        let rules = try ChangeRules(call, study: try .of(call.operands))
        var sources: [AnalysisSource] = []
        var (problems, cautions): ([Problem], [Problem]) = ([], [])
        for operand in call.operands {
            let source = try AnalysisSource.open(operand, roles: request.roles(call, weighting: nil), call: call)
            problems += source.problems
            guard source.rowCount > 0 else { return Outcome(problems: problems + [.noRows(operand)], exitCode: 4) }
            sources.append(source)
        }
        timings.end("read and type")
        do throws(Problem) {
            var samples: [[ChangeSide]] = figures.map { _ in [] }
            var designs: [SampleDesign] = []
            for source in sources {
                let design = try source.sample()
                designs.append(design)
                for (position, figure) in figures.enumerated() {
                    let variable = try request.variable(figure, source)
                    let measure =
                        variable.answers.map {
                            Measure(
                                statistic: .share, variable: figure.name,
                                content: .shares(of: variable.column, only: $0))
                        } ?? Measure(statistic: .mean, variable: figure.name, content: .mean(variable.column))
                    let result = try Estimation(design: design, options: rules.estimation).estimates(
                        of: [measure], by: [Breakdown()], where: source.domain)
                    cautions += result.cautions.filter { !cautions.contains($0) }
                    samples[position].append(ChangeSide(result, row: 0))
                }
            }
            timings.end("estimate")
            let canonicalRequests = sources.map { canonical(call, design: $0.design, weighting: nil) }
            var rows: [TestRow] = []
            for (position, figure) in figures.enumerated() {
                let test = try Change.trend(
                    of: samples[position], times: times, overlap: rules.overlap,
                    degreesOfFreedom: rules.degreesOfFreedom,
                    adjustsLonelyDomains: rules.estimation.adjustsLonelyDomains)
                let names = ([figure.name] + (figure.answers ?? [])).map { JSONText.string($0) }
                let text = JSONText.array(
                    sources.map { .string($0.identity) } + canonicalRequests + [.array(names)]
                ).line
                rows.append(
                    TestRow(
                        test: test, isShare: figure.answers != nil,
                        id: String(try SHA256.hex(of: Array(text.utf8)).prefix(12)), groups: test.groups))
            }
            if let adjustment = request.adjustment, rows.count > 1 {
                for (position, p) in adjustment.adjusted(rows.map(\.test.p)).enumerated() {
                    rows[position].test.adjustedP = p
                }
            }
            let ofWeights = sources.reduce(into: [Problem]()) { found, source in
                found += source.weightCautions.filter { !found.contains($0) }
            }
            let output = TestOutput(
                rows: rows, cautions: ofWeights + cautions, source: .array(sources.map(\.provenance)),
                design: .array(zip(sources, designs).map { $0.json(of: $1) }), language: call.language)
            let text = output.text(call.format)
            timings.end("write")
            timings.print(for: call, rows: sources.map(\.rowCount).reduce(0, +))
            return Outcome(text, problems: problems + (call.format == "table" ? ofWeights : []) + cautions)
        } catch {
            let discreet = sources.reduce(error) { $1.discreet($0) }
            return Outcome(problems: problems + [discreet], exitCode: discreet.kind.exitCode)
        }
    }

    /// The time of each source: as written, or the name of its wave.
    private static func times(_ call: Call) throws(Problem) -> [Double] {
        var words = try call.list("times")
        if words.isEmpty {
            for operand in call.operands {
                if case .study(_, let wave) = try SourceReference(operand), let wave { words.append(wave) }
            }
        }
        let times = words.compactMap { Double($0) }.filter(\.isFinite)
        guard times.count == words.count, times.count == call.operands.count else {
            throw .noTimesOfSources(call.operands.count, found: words)
        }
        return times
    }
}

extension Problem {
    /// Several sources, and a test of one sample.
    static func trendOnly(_ call: Call) -> Problem {
        let tests = TestCommand.tests.map(\.name)
        return trendOnly(call.given.first { tests.contains($0.name) }?.name ?? "trend")
    }

    static func trendOnly(_ option: String) -> Problem {
        Problem(
            "command.trend-only", .usage, what: "Several samples are compared by a trend only",
            why: "with several SOURCEs goes --trend V or --trend V=1, without a group; found --\(option)",
            fix: "drop --\(option), or name one SOURCE")
    }

    static func noTimesOfSources(_ count: Int, found: [String]) -> Problem {
        Problem(
            "command.no-times", .usage, what: "The times of the samples are not known",
            why: "one number is needed for each of the \(count) samples; found \(list: found)",
            fix: "add, for example, --times 2021,2022,2023")
    }
}
