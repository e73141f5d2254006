internal import Glibc
internal import Synchronization

/// A bar with rate and time left, on a terminal only, for work that takes over half a second.
struct Progress {
    private let isShown: Bool
    private let label: String
    private let start = Progress.now()
    private var last = 0.0
    private var isDrawn = false

    init(_ label: String, on terminal: Terminal) {
        self.label = label
        isShown = terminal.hasErrorTerminal && !terminal.isQuiet
    }

    /// Draws at most ten times a second; `total` 0 means unknown.
    mutating func update(done: Int, total: Int) {
        guard isShown else { return }
        let time = Progress.now() - start
        guard time > 0.5, time - last > 0.1 else { return }
        last = time
        isDrawn = true
        let rate = Double(done) / time
        var text = "\r\u{1B}[K\(label) "
        if total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * 24)
            let left = rate > 0 ? Int((Double(total - min(done, total)) / rate).rounded(.up)) : 0
            text += "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled) + "] "
            text += "\(Int(share * 100)) %, \(Int(rate / 1e6)) MB/s, \(left) s"
        } else {
            text += "\(done / 1_000_000) MB, \(Int(rate / 1e6)) MB/s"
        }
        StandardStream.error(text)
    }

    /// Removes the bar.
    mutating func end() {
        if isDrawn { StandardStream.error("\r\u{1B}[K") }
        isDrawn = false
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

/// A bar that several threads may push forward.
final class SharedProgress: Sendable {
    private let progress: Mutex<Progress>

    init(_ label: String, on terminal: Terminal) { progress = Mutex(Progress(label, on: terminal)) }

    /// What an import is given, to be told how far it is.
    var observer: @Sendable (Int, Int?) -> Void {
        { [self] done, total in progress.withLock { $0.update(done: done, total: total ?? 0) } }
    }

    func end() { progress.withLock { $0.end() } }
}
