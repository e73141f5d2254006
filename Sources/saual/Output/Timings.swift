internal import Glibc
internal import SurveyProblems

/// Times of the phases of one call, for `--timings` and `--verbose`.
///
/// Phases named `read…` are loading.
struct Timings {
    private struct Phase { let name: String, wall, cpu: Double }

    private var phases: [Phase] = []
    private let start = Timings.seconds(CLOCK_MONOTONIC)
    private var wallStart = Timings.seconds(CLOCK_MONOTONIC)
    private var cpuStart = Timings.seconds(CLOCK_PROCESS_CPUTIME_ID)

    /// Ends the phase that began with the last one's end.
    mutating func end(_ name: String) {
        let wall = Timings.seconds(CLOCK_MONOTONIC)
        let cpu = Timings.seconds(CLOCK_PROCESS_CPUTIME_ID)
        phases.append(Phase(name: name, wall: wall - wallStart, cpu: cpu - cpuStart))
        (wallStart, cpuStart) = (wall, cpu)
    }

    /// The time since the beginning, in words.
    var total: String { "total: \(Timings.rounded(Timings.seconds(CLOCK_MONOTONIC) - start)) s\n" }

    /// Prints what the call asked for: one line of JSON, or the phases in words.
    func print(for call: Call, rows: Int) {
        if call.has("timings") { StandardStream.error(json(rows: rows).line + "\n") }
        guard call.terminal.isVerbose else { return }
        for phase in phases { StandardStream.error("\(phase.name): \(Timings.rounded(phase.wall)) s\n") }
    }

    func json(rows: Int) -> JSONText {
        let list = phases.map { phase in
            JSONText.object([
                ("name", .string(phase.name)), ("wall_s", .number(Timings.rounded(phase.wall))),
                ("cpu_s", .number(Timings.rounded(phase.cpu))),
            ])
        }
        return .object([
            ("phases", .array(list)), ("peak_rss_mb", .optional(Timings.peakMegabytes)), ("rows", .integer(rows)),
        ])
    }

    /// The most memory that the process had, as the kernel counts it; nil where it does not tell.
    ///
    /// Not that of getrusage, which begins with the memory of the program that started this one.
    private static var peakMegabytes: Double? {
        guard let bytes = try? InputFile.bytes(of: "/proc/self/status") else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return kilobytes.map { ($0 / 1024 * 10).rounded() / 10 }
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
