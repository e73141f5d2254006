internal import SurveyFormats
internal import SurveyProblems
internal import SurveyStore
internal import Synchronization

/// The SHA-256 of a file, made while it is being read.
final class InputHash: Sendable {
    private struct State {
        var hash: SHA256
        var problem: Problem?
    }

    private let state: Mutex<State>

    init() throws(Problem) {
        let hash = try SHA256()
        state = Mutex(State(hash: hash, problem: nil))
    }

    /// What a reader is given, to be told every window of bytes.
    var observer: ByteObserver {
        { [self] bytes in
            state.withLock { state in
                guard state.problem == nil else { return }
                do throws(Problem) { try state.hash.update(bytes) } catch { state.problem = error }
            }
        }
    }

    /// The hash in hex digits, when the last byte was read.
    func hex() throws(Problem) -> String {
        let result: Result<String, Problem> = state.withLock { state in
            if let problem = state.problem { return .failure(problem) }
            do throws(Problem) { return .success(try state.hash.hex()) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
