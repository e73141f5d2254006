import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyIndicators
import SurveyTestSupport
@testable import SurveyVerification
import Testing

/// The script that R runs: what stands in it, and that R comes to the same figures by it.
///
/// The tests that run R are left out where it is not installed.
struct VerificationScriptTests {
    static let hasR: Bool = {
        guard (try? RProgram()) != nil else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "Rscript", "--vanilla", "-e", "quit(status = !requireNamespace('survey', quietly = TRUE))",
        ]
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private static let plain = DesignSpecification(
        strata: ["stratum"], psu: ["psu"], weight: "weight", lonelyPSU: .certainty)

    /// One wave for each form of a design.
    fileprivate static let waves = [
        StrangeWave("plain", design: plain, seed: 1),
        StrangeWave(
            "fpc",
            design: DesignSpecification(
                strata: ["stratum"], psu: ["psu"], fpc: "size", weight: "weight", lonelyPSU: .adjust), seed: 2),
        StrangeWave(
            "nested",
            design: DesignSpecification(
                strata: ["stratum"], psu: ["psu"], weight: "weight", isNested: true, lonelyPSU: .average), seed: 3),
        StrangeWave("rows", design: DesignSpecification(fpc: nil, weight: "weight"), seed: 4),
        StrangeWave("clusters", design: DesignSpecification(psu: ["psu"], lonelyPSU: .adjustZero), seed: 5),
    ]

    private func answers(
        of waves: [VerificationWave], changes: [VerificationScript.Changes] = []
    ) throws -> [RFigure] {
        let script = VerificationScript(
            study: "strange \"study\"\n", program: "saual 0", waves: waves, changes: changes)
        let folder = try PrivateFolder()
        return try RProgram().run(script, in: folder.path).figures
    }

    @Test(.enabled(if: hasR))
    func `R comes to every figure of every form of expression, base, breakdown and design`() throws {
        var figures: [VerifiedFigure] = []
        var waves: [VerificationWave] = []
        for (position, wave) in VerificationScriptTests.waves.enumerated() {
            // Expressions do not depend on the design: the first wave has all of them.
            let ids =
                position == 0
                ? []
                : [
                    "c0", "c1", "c2", "c6", "mean", "scale", "ratio", "sum", "gap", "points1", "median", "upper",
                ]
            waves.append(try wave.wave(only: ids))
            figures += try wave.figures().filter { ids.isEmpty || ids.contains($0.indicator) }
        }
        let comparison = FigureComparison(figures, with: try answers(of: waves))
        #expect(comparison.compared > 300)
        expectEqual(comparison)
    }

    private func expectEqual(_ comparison: FigureComparison) {
        #expect(comparison.strangers == 0)
        for difference in comparison.differences.prefix(10) {
            let figure = difference.figure
            Issue.record(
                """
                \(figure.wave) \(figure.toWave ?? "") \(figure.indicator) \(figure.bound ?? "") \(figure.by): \
                \(difference.field?.rawValue ?? "not in R") \(difference.saual ?? .nan) \(difference.r ?? .nan)
                """)
        }
    }

    @Test(.enabled(if: hasR), arguments: CalibratedWave.all)
    func `R fits calibrated weights again and comes to every figure`(wave: CalibratedWave) throws {
        let ids = ["c0", "c1", "c2", "mean", "ratio", "scale", "sum", "median"]
        let script = VerificationScript(study: "s", program: "saual 0", waves: [try wave.wave(only: ids)])
        #expect(script.text.contains("is_chain = \(wave.isChain ? "TRUE" : "FALSE")"))
        let folder = try PrivateFolder()
        let found = try RProgram().run(script, in: folder.path).figures
        let comparison = FigureComparison(try wave.figures().filter { ids.contains($0.indicator) }, with: found)
        #expect(comparison.compared > 30)
        expectEqual(comparison)
    }

    @Test(.enabled(if: hasR), arguments: [Change.Overlap.independent, .exact, .correlation])
    func `R comes to every change between waves that share some PSUs`(overlap: Change.Overlap) throws {
        // The numbers of a nested design's PSUs repeat; with population sizes n₁n₂/N counts; the last stratum is lonely.
        let pairs = VerificationScriptTests.waves[..<3].map { wave in
            (wave, StrangeWave(wave.id + "-later", design: wave.design, seed: 77, shift: 2))
        }
        var figures: [VerifiedFigure] = []
        var waves: [VerificationWave] = []
        var changes: [VerificationScript.Changes] = []
        for (from, to) in pairs {
            let ids = ["c1", "c2", "c3", "mean", "scale", "ratio", "sum", "gap", "median", "upper"]
            waves += [try from.wave(only: ids), try to.wave(only: ids)]
            figures += try from.changes(to: to, overlap: overlap).filter { ids.contains($0.indicator) }
            changes.append(.init(from: from.id, to: to.id, indicators: ids, overlap: overlap))
        }
        let found = try answers(of: waves, changes: changes).filter {
            !$0.key.split(separator: ",", omittingEmptySubsequences: false)[1].isEmpty
        }
        let comparison = FigureComparison(figures, with: found)
        #expect(comparison.largest.contains { $0.field == .p })
        expectEqual(comparison)
    }

    @Test(.enabled(if: hasR))
    func `a weight that is altered on its way to R is found out, and withheld numbers stay hidden`()
        throws
    {
        let wave = VerificationScriptTests.waves[0]
        let table = wave.table
        let altered = table.columns.map { column in
            guard column.name == "weight", case .numbers(var values, let kinds) = column.values else { return column }
            values[7] *= 1.000_001
            return Column(name: column.name, kind: column.kind, values: .numbers(values, kinds: kinds))
        }
        let ids = ["c0", "c1", "mean", "ratio"]
        let found = try answers(of: [try wave.wave(Table(rowCount: table.rowCount, columns: altered), only: ids)])
        let comparison = FigureComparison(try wave.figures().filter { ids.contains($0.indicator) }, with: found)
        #expect(!comparison.areEqual && !comparison.differences.isEmpty)
        #expect(comparison.differences.contains { $0.figure.isWithheld })
        for difference in comparison.differences {
            let hasNumbers = difference.saual != nil || difference.r != nil
            #expect(hasNumbers == !difference.figure.isWithheld)
        }
        // Counts do not depend on weights.
        #expect(!comparison.differences.contains { [.n, .base, .df].contains($0.field) })
    }

    @Test func `a name, code or label of a stranger never stands in the script as it is`() throws {
        let wave = try VerificationScriptTests.waves[0].wave()
        let script = VerificationScript(study: "s\"\nquit()", program: "saual \"\n0", waves: [wave])
        #expect(script.text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
        for text in ["system(", "quit() ", "stop(\"label", "label", "# f)"] {
            let lines = script.text.split(separator: "\n").drop { !$0.hasPrefix("# Wave plain") }
            #expect(!lines.contains { $0.contains(text) }, "\(text)")
        }
        #expect(script.text.hasPrefix("# Every figure of the study \"s%22%0Aquit%28%29\", computed"))
        for file in script.dataFiles {
            #expect(file.bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
            #expect(file.bytes.count { $0 == 0x0A } == 361)
        }
    }

    @Test func `a script says what is computed, line by line`() throws {
        let wave = try VerificationScriptTests.waves[1].wave(only: ["c1", "c6", "c13", "c17", "mean", "ratio"])
        let text = VerificationScript(study: "s", program: "saual 0", waves: [wave]).text
        let lines = text.split(separator: "\n").drop { !$0.hasPrefix("derive_number(") }
            .prefix { !$0.hasPrefix("# Done") }.joined(separator: "\n")
        #expect(
            lines == """
                derive_number("per_head", finite(divide(number("income"), number("members"))), first_kind(kind("income"), kind("members"), divide(number("income"), number("members"))))
                derive_cases("kind%20%22of%22", c("rich", "poor", "trusting"), list(
                  all_true((number("income") >= 700), (number("members") < 3)),
                  (number("income") < 300),
                  any_true(among("trust", c("1")), among("trust", c("2")))),
                  of = c("income", "members", "trust"))
                derive_cut("age_group", of = "age", at = c(30, 45, 60), codes = c("m29", "30-44", "45-59", "60+"))
                set_design(strata = c("stratum"), psu = c("psu"), weight = "weight", fpc = "size", nest = FALSE, lonely = "adjust", centre = "mean")
                indicator("c1", "share", y = all_true(!among("sex", c("1")), among("trust", c("1", "2"))),
                  domain = all_true(was_asked("income"), not_false(among("trust", c("1", "2")))),
                  by = list())
                indicator("c6", "share", y = holds("channels", c("channels[1]", "channels[x%20y]")),
                  domain = all_true(was_asked("income"), not_false(among("trust", c("1", "2")))),
                  by = list(), bounds = TRUE)
                indicator("c13", "share", y = (count_true(among("sex", c("1")), (number("trust") >= 3), (number("age") > 50)) >= 2),
                  answered = is_answered("per_head"),
                  by = list())
                indicator("c17", "share", y = was_asked("per_head"),
                  domain = was_asked("trust"),
                  answered = is_answered("trust"),
                  by = list())
                indicator("mean", "mean", y = number("income"),
                  domain = all_true((number("age") > 25), was_asked("income"), not_false(among("trust", c("1", "2")))),
                  answered = is_answered("income"),
                  by = list(c("kind%20%22of%22"), c("stratum")))
                indicator("ratio", "ratio", y = number("income"), x = finite((number("members") + finite(divide(number("age"), 10)))),
                  by = list(c("sex", "age_group")))
                """)
    }

    @Test func `a folder for answers is private, goes with its files, and is never one that is there`() throws {
        let outside = try TemporaryFolder()
        var path = ""
        do {
            let folder = try PrivateFolder()
            path = folder.path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try Data("a".utf8).write(to: URL(fileURLWithPath: path + "/answers"))
            try FileManager.default.createDirectory(atPath: path + "/Rtmp", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(atPath: path + "/Rtmp/link", withDestinationPath: outside.path)
        }
        #expect(!FileManager.default.fileExists(atPath: path) && FileManager.default.fileExists(atPath: outside.path))
        #expect(throws: (any Error).self) { _ = try PrivateFolder(keeping: outside.path) }
        do { _ = try PrivateFolder(keeping: outside.path + "/kept") }
        #expect(outside.has("kept"))
    }
}
