import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct WeightingArchiveTests {
    private func archive() throws -> WeightingArchive {
        let sample = Sample(
            columns: [("s", ["1", "2", "2", "1"]), ("r", ["x", "x", "y", "y"])], weights: [1, 2, 0, 4])
        let margins = WeightingTargets([("s", [("1", 10), ("2", 20)]), ("r", [("x", 24), ("y", 6)])])
        let fit = try sample.fitted(Calibration(method: .rake), margins).get()
        return WeightingArchive(
            record: CalibrationRecord(
                steps: [fit.step, fit.step],
                adjustments: [
                    AdjustmentRecord(
                        .nonresponse, [0, 1, 1, 0], cellCount: 2,
                        outcomes: [.respondent, .respondent, nil, .nonRespondent],
                        rate: .unweighted, before: sample.weights),
                    AdjustmentRecord(
                        .eligibility, [0, 1, 1, 0], cellCount: 2, outcomes: [.unknown, .respondent, nil, .ineligible],
                        rate: .weighted, before: sample.weights),
                    AdjustmentRecord(
                        rule: .propensity(
                            PropensityPatterns(
                                ones: [[0], [0, 1]], contrastCount: 2, numbers: [[0.5, -1]], classCount: 3),
                            coefficients: [1, -0.5, 0.25]), groupOfRow: [0, 3, 4, 1], cellCount: 2,
                        before: sample.weights),
                    late(.rows), late(.effectiveRows), late(.scaling(total: nil)), late(.scaling(total: 500)),
                ]),
            summary: WeightingSummary(
                steps: [.init("base", weights: sample.weights), .init("rake", weights: fit.weights, iterations: 3)],
                margins: fit.margins))
    }

    /// A step after the fits.
    private func late(_ rule: AdjustmentRecord.Rule) -> AdjustmentRecord {
        var record = AdjustmentRecord(rule: rule, groupOfRow: [0, 1, 2, 1], cellCount: 2, before: [1, 2, 0, 4])
        record.fitsBefore = 2
        return record
    }

    @Test func `a record comes back from its bytes`() throws {
        let kept = try archive()
        let found = try #require(WeightingArchive(packed: kept.packed, rowCount: 4))
        #expect(found.record == kept.record)
        #expect(found.summary.steps.map(\.name) == ["base", "rake"])
        #expect(found.summary.steps.map(\.iterations) == [nil, 3])
        #expect(found.summary.margins.map(\.target) == [10, 20, 24, 6])
        #expect(found.packed == kept.packed)
        let bare = WeightingArchive(record: nil, summary: kept.summary)
        #expect(WeightingArchive(packed: bare.packed, rowCount: 4)?.record == nil)
        #expect(WeightingArchive(packed: kept.packed, rowCount: 5) == nil)
    }

    @Test func `an archive of an earlier version is read`() throws {
        let kept = try archive()
        let record = CalibrationRecord(steps: try #require(kept.record).steps)
        // Version 5 ends with a flag of target errors for each step, the number of other steps and a flag of
        // diagnostics, eight bytes each; version 2 had none of them, and was 2 at its head.
        var bytes = Array(
            WeightingArchive(record: record, summary: kept.summary).packed.dropLast(8 * (record.steps.count + 2)))
        let head = try #require(bytes.firstIndex(of: 5))
        #expect(head < 8)
        bytes[head] = 2
        #expect(WeightingArchive(packed: bytes, rowCount: 4)?.record == record)
        #expect(WeightingArchive(packed: bytes + [0], rowCount: 4) == nil)
    }

    @Test func `damaged bytes never trap`() throws {
        let bytes = try archive().packed
        var numbers = SeededGenerator(seed: 12)
        for count in 0..<bytes.count {
            #expect(WeightingArchive(packed: Array(bytes.prefix(count)), rowCount: 4) == nil)
        }
        for _ in 0..<5_000 {
            var changed = bytes
            for _ in 0...numbers.below(3) { changed[numbers.below(changed.count)] = UInt8(numbers.below(256)) }
            guard let found = WeightingArchive(packed: changed, rowCount: 4)?.record else { continue }
            for step in found.steps {
                let cells = step.categoryOfCell.first?.count ?? 0
                #expect(step.cellOfRow.allSatisfy { $0 <= cells })
            }
            for step in found.adjustments {
                #expect(step.groupOfRow.allSatisfy { $0 <= step.groupCount })
                #expect((0...found.steps.count).contains(step.fitsBefore))
                // Whatever was read can be done again.
                _ = step.factors(step.addends.map { _ in [Double](repeating: 1, count: step.groupCount) })
            }
        }
    }
}
