internal import Glibc
internal import SurveyFormats
internal import SurveyProblems
internal import SurveyStore

/// The SHA-256 of a file, made while it is being read.
///
/// The reader may call from a thread of its own, so every use goes through the lock.
final class InputHash: @unchecked Sendable {
    private let hash: SHA256
    private var problem: Problem?
    private let lock: UnsafeMutablePointer<pthread_mutex_t>

    init() throws(Problem) {
        hash = try SHA256()
        lock = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// What a reader is given, to be told every window of bytes.
    var observer: ByteObserver {
        { [self] bytes in
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            guard problem == nil else { return }
            do throws(Problem) { try hash.update(bytes) } catch { problem = error }
        }
    }

    /// The hash in hex digits, when the last byte was read.
    func hex() throws(Problem) -> String {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        if let problem { throw problem }
        return try hash.hex()
    }
}
