internal import Glibc
internal import Synchronization

/// Whether the user asked to stop (Ctrl-C, or the system's polite end).
///
/// Long work looks here and leaves nothing half-written.
enum Interruption {
    private static let flag = Atomic<Bool>(false)

    static var isAsked: Bool { flag.load(ordering: .relaxed) }

    /// Takes over SIGINT and SIGTERM; a second one ends the process at once.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if Interruption.flag.exchange(true, ordering: .relaxed) { signal(number, SIG_DFL) }
            }
        }
    }
}
