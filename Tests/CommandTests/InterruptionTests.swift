import Foundation
import Glibc
import Testing
import SurveyTestSupport

/// Kills and Ctrl-C at any moment: the study file keeps what it had, and outputs are whole or not there.
struct InterruptionTests {
    /// The moments of the kills, in milliseconds; spread over what the work takes, and always the same.
    private static func moments(upTo most: Int) -> [UInt32] { (0..<10).map { UInt32(most * ($0 * 7 % 10) / 10 + $0) } }

    @Test func `a killed import leaves the wave that was there`() throws {
        let folder = try PreparedStudy.envipe()
        let line = [
            "import", "data/envipe_morelos_2021_2025.csv", "--study", "envipe-morelos.saual", "--wave", "2025",
            "--rows", "ANIO_ESTADISTICO=2025", "--questionnaire", "questionnaire.yaml", "--replace",
        ]
        let before = try folder.saual("estimate envipe-morelos.saual:2025 --share victim_any --format json").output
        #expect(before.contains("\"n_base\":2655"))
        for moment in InterruptionTests.moments(upTo: 300) {
            let running = try Saual.start(line, in: folder.path)
            usleep(moment * 1000)
            running.send(SIGKILL)
            _ = try running.wait()
            let whole = try folder.saual("verify envipe-morelos.saual --format json")
            #expect(whole.status == 0, "\(moment) ms: \(whole.errors)")
            #expect(try JSON.rows(whole.output, in: "waves").count == 5)
        }
        #expect(
            try folder.saual("estimate envipe-morelos.saual:2025 --share victim_any --format json").output == before)
        #expect(try !folder.contents().keys.contains { $0.hasSuffix("-journal") })
    }

    @Test func `a killed run leaves a study file that verifies, and the next run gives the same outputs`() throws {
        let folder = try PreparedStudy.envipe()
        let outputs = try folder.contents().filter { $0.key.hasPrefix("results/") }
        let questionnaire = try folder.text(of: "questionnaire.yaml")
        for (round, moment) in InterruptionTests.moments(upTo: 900).enumerated() {
            // A comment changes the hash of the questionnaire, so all waves are imported again.
            try folder.write(questionnaire + "# \(round)\n", to: "questionnaire.yaml")
            let running = try Saual.start(["run", "study.yaml"], in: folder.path)
            usleep(moment * 1000)
            running.send(SIGKILL)
            _ = try running.wait()
            let whole = try folder.saual("verify envipe-morelos.saual --format json")
            #expect(whole.status == 0, "\(moment) ms: \(whole.errors)")
            #expect(try JSON.rows(whole.output, in: "waves").count == 5)
            // An output is replaced whole or not at all.
            for (name, bytes) in outputs { #expect(try folder.bytes(of: name) == bytes, "\(moment) ms: \(name)") }
        }
        let result = try folder.saual("run study.yaml")
        #expect(result.status == 0)
        let listed = result.output.split(separator: "\n").filter { $0.hasPrefix("report: ") }
        #expect(listed.count == 4 && listed.allSatisfy { !$0.hasSuffix(".part") })
        #expect(try folder.saual("run study.yaml --check").status == 0)
        for (name, bytes) in outputs { #expect(try folder.bytes(of: name) == bytes, "\(name)") }
    }

    @Test func `Ctrl-C in an import is exit 130, leaves the wave that was there and no journal`() throws {
        let folder = try PreparedStudy.small()
        let before = try folder.saual("verify small-study.saual --format json").output
        let wave = try folder.text(of: "wave.csv")
        let half = wave.index(wave.startIndex, offsetBy: wave.count / 2)
        try folder.write(String(wave[..<half]), to: "first")
        try folder.write(String(wave[half...]), to: "rest")
        let line = """
            mkfifo pipe
            { cat first; while [ ! -e go ]; do sleep 0.02; done; cat rest; } > pipe &
            exec saual import - --study small-study.saual --wave 2026 --questionnaire questionnaire.yaml --replace < pipe
            """
        let running = try Saual.startBash(line, in: folder.path)
        #expect(running.waitUntilItListens(to: SIGINT))
        running.send(SIGINT)
        try folder.write("", to: "go")
        let result = try running.wait()
        #expect(result.status == 130 && result.output.isEmpty)
        #expect(
            result.errors == """
                The import of "-" was stopped
                  where: -
                  why:   an import is all there or not at all; nothing of it is kept
                  fix:   start it again when you are ready

                """)
        #expect(try folder.saual("verify small-study.saual --format json").output == before)
        #expect(!folder.has("small-study.saual-journal"))
    }

    @Test func `Ctrl-C in a run is exit 130 and leaves everything as it was or as it will be`() throws {
        let folder = try PreparedStudy.envipe()
        let outputs = try folder.contents().filter { $0.key.hasPrefix("results/") }
        try folder.write(folder.text(of: "questionnaire.yaml") + "# again\n", to: "questionnaire.yaml")
        let running = try Saual.start(["run", "study.yaml"], in: folder.path)
        #expect(running.waitUntilItListens(to: SIGINT))
        running.send(SIGINT)
        let result = try running.wait()
        #expect(result.status == 130 && result.output.isEmpty, "\(result.status)")
        #expect(try folder.saual("verify envipe-morelos.saual").status == 0)
        #expect(!folder.has("envipe-morelos.saual-journal"))
        for (name, bytes) in outputs { #expect(try folder.bytes(of: name) == bytes, "\(name)") }
        #expect(try folder.saual("run study.yaml --check").status == 1)
    }
}

extension Running {
    /// Waits until the process is `saual` and has taken over a signal; at most ten seconds.
    func waitUntilItListens(to signal: Int32) -> Bool {
        for _ in 0..<2000 {
            let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
            let caught = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
            let mask = caught.flatMap { UInt64($0, radix: 16) } ?? 0
            if status.hasPrefix("Name:\tsaual\n"), mask & (1 << UInt64(signal - 1)) != 0 { return true }
            usleep(5000)
        }
        return false
    }
}
