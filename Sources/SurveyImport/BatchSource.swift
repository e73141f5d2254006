internal import Glibc
internal import SurveyFormats
internal import SurveyProblems

/// Hands out the batches of a reader one after the other; with two threads, the next ones are read meanwhile.
///
/// Batches come in the order of the file and a problem comes after the batches before it, so threads change no result.
final class BatchSource {
    private let reader: any FormatReader
    private let queue: BatchQueue?
    private var thread: pthread_t?
    private var spare: [RawBatch] = [RawBatch()]

    init(_ reader: any FormatReader, threads: Int) {
        self.reader = reader
        guard threads > 1 else {
            queue = nil
            return
        }
        let queue = BatchQueue(reader)
        var started = pthread_t()
        let context = Unmanaged.passRetained(queue)
        let failure = pthread_create(
            &started, nil,
            { context in
                if let context { Unmanaged<BatchQueue>.fromOpaque(context).takeRetainedValue().readAll() }
                return nil
            }, context.toOpaque())
        // A system without threads to spare reads and parses in turn.
        if failure == 0 {
            thread = started
            self.queue = queue
        } else {
            context.release()
            self.queue = nil
        }
    }

    deinit { finish() }

    /// The next batch, nil at the end of the file; give it back when it is used up.
    func next() throws(Problem) -> RawBatch? {
        if let queue { return try queue.take() }
        let batch = spare.popLast() ?? RawBatch()
        return try reader.fill(batch) ? batch : nil
    }

    func giveBack(_ batch: RawBatch) {
        if let queue { queue.giveBack(batch) } else { spare.append(batch) }
    }

    /// Ends the reading; afterwards no byte is read any more.
    func finish() {
        guard let running = thread else { return }
        queue?.stop()
        pthread_join(running, nil)
        thread = nil
    }
}

/// A few batches between the thread that reads and the one that parses.
private final class BatchQueue: @unchecked Sendable {
    // The reader is used by the reading thread alone; all else is guarded by the lock.
    private let reader: any FormatReader
    private var spare: [RawBatch] = (0..<3).map { _ in RawBatch() }
    private var full: [RawBatch] = []
    private var failure: Problem?
    private var hasEnded = false
    private var isStopped = false
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ reader: any FormatReader) {
        self.reader = reader
        lock.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    func readAll() {
        while let batch = nextSpare() {
            do throws(Problem) {
                let isFilled = try reader.fill(batch)
                locked {
                    if isFilled { full.append(batch) } else { hasEnded = true }
                }
                if !isFilled { return }
            } catch {
                locked {
                    failure = error
                    hasEnded = true
                }
                return
            }
        }
    }

    func take() throws(Problem) -> RawBatch? {
        pthread_mutex_lock(lock)
        while full.isEmpty, !hasEnded { pthread_cond_wait(changed, lock) }
        let batch = full.isEmpty ? nil : full.removeFirst()
        let failure = failure
        pthread_mutex_unlock(lock)
        if let batch { return batch }
        if let failure { throw failure }
        return nil
    }

    func giveBack(_ batch: RawBatch) { locked { spare.append(batch) } }

    func stop() { locked { isStopped = true } }

    private func nextSpare() -> RawBatch? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while spare.isEmpty, !isStopped { pthread_cond_wait(changed, lock) }
        return isStopped ? nil : spare.removeLast()
    }

    private func locked(_ body: () -> Void) {
        pthread_mutex_lock(lock)
        body()
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
    }
}
