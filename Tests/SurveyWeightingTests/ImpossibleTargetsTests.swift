import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

/// A collection of targets that cannot be met, or hardly: the exact message of each, and that taking its proposal helps.
struct ImpossibleTargetsTests {
    /// One sample with its targets, and what is said of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var columns: [(name: String, texts: [String])]
        var weights: [Double]
        var margins: [(String, [(String, Double)])]
        /// Totals of numeric variables, and their columns.
        var numbers: [(name: String, total: Double, values: [Double])] = []
        var calibration: GeneralCalibration?
        var method = Calibration.Method.rake
        /// Each problem as people read it.
        let messages: [String]
        /// Whether the proposals, taken one after the other, lead to weights.
        var helps = true

        var testDescription: String { name }
    }

    private func fitted(_ one: Case, rescaling: Bool) throws -> Checked<Calibration.Fit> {
        let variables = try one.columns.map { try WeightingVariable(Column($0.name, $0.texts)) }
        let targets = WeightingTargets(
            file: "targets.csv", margins: WeightingTargets(one.margins).margins,
            numericTotals: one.numbers.map { .init(variable: $0.name, total: $0.total) })
        guard var general = one.calibration else {
            return Calibration(method: one.method, rescalesMargins: rescaling).fitted(
                one.weights, to: targets, variables: variables)
        }
        general.rescalesMargins = rescaling
        return general.fitted(
            one.weights, to: targets, variables: variables,
            columns: one.numbers.map { Column(name: $0.name, kind: .number, values: .numbers($0.values, kinds: [])) })
    }

    private func text(_ problem: Problem) -> String {
        "\(problem.code): \(problem.what). \(problem.why). \(problem.fix)."
    }

    @Test(arguments: ImpossibleTargets.all)
    func `each impossible set of targets is told exactly, and taking the proposals leads to weights`(
        one: Case
    ) throws {
        let found = try fitted(one, rescaling: false)
        #expect(found.problems.map(text) == one.messages)
        #expect((found.value == nil) == found.problems.contains { $0.severity == .error })
        guard found.value == nil, one.helps else { return }
        var mended = one
        var rescaling = false
        for _ in 0..<12 {
            let now = try fitted(mended, rescaling: rescaling)
            if let fit = now.value {
                #expect(fit.largestError <= 1e-9)
                #expect(fit.weights.allSatisfy { $0.isFinite })
                return
            }
            let problem = try #require(now.problems.first { $0.severity == .error })
            try take(problem, in: &mended, rescaling: &rescaling)
        }
        Issue.record("\(one.name): the proposals do not lead to weights")
    }

    @Test func `there are thirty sets at least, each under its own name`() {
        #expect(ImpossibleTargets.all.count >= 30)
        #expect(Set(ImpossibleTargets.all.map(\.name)).count == ImpossibleTargets.all.count)
    }

    /// Does what a problem proposes.
    private func take(_ problem: Problem, in one: inout Case, rescaling: inout Bool) throws {
        let values = problem.fix.values
        switch problem.code {
        case "weighting.contradicting-sums": rescaling = true
        case "weighting.empty-category", "weighting.zero-target":
            let margin = try #require(problem.place.variable)
            collapse(values[0], into: values[1], of: margin, in: &one)
        case "weighting.no-target":
            let margin = try #require(problem.place.variable)
            collapseData(values[0], into: values[1], of: margin, in: &one)
        case "weighting.structural-zeros", "weighting.left-empty", "weighting.stalled", "weighting.not-converged":
            collapse(values[1], into: values[0], of: values[2], in: &one)
        case "weighting.margins-apart": one.margins.removeAll { $0.0 == values[0] }
        case "weighting.tight-bounds", "weighting.out-of-reach":
            let limits = values[0].split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            let scale = try #require(one.calibration?.bounds?.scale)
            one.calibration?.bounds = CalibrationBounds(
                low: limits[0] ?? -.infinity, high: limits[1] ?? .infinity, on: scale)
        case "weighting.far-totals": one.calibration?.isPrescaled = true
        case "weighting.contradicting-category": one.margins.removeAll { $0.0 == problem.what.values[0] }
        default: Issue.record("\(problem.code) proposes nothing that a test can do")
        }
    }

    private func collapse(_ other: String, into one: String, of margin: String, in own: inout Case) {
        collapseData(other, into: one, of: margin, in: &own)
        for position in own.margins.indices where own.margins[position].0 == margin {
            let moved = own.margins[position].1.filter { $0.0 == other }.reduce(0) { $0 + $1.1 }
            own.margins[position].1 = own.margins[position].1.filter { $0.0 != other }.map {
                ($0.0, $0.0 == one ? $0.1 + moved : $0.1)
            }
        }
    }

    /// Rows with the crossed codes of one category get those of the other.
    private func collapseData(_ other: String, into one: String, of margin: String, in own: inout Case) {
        let names = margin.split(separator: "*").map(String.init)
        let (from, to) = (
            other.split(separator: "*").map(String.init), one.split(separator: "*").map(String.init)
        )
        let places = names.compactMap { name in own.columns.firstIndex { $0.name == name } }
        for row in own.weights.indices
        where places.indices.allSatisfy({ own.columns[places[$0]].texts[row] == from[$0] }) {
            for step in places.indices { own.columns[places[step]].texts[row] = to[step] }
        }
    }
}
