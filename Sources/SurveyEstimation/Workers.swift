internal import Glibc
package import SurveyProblems

/// Shares out independent pieces of work; what comes back does not depend on the number of threads.
package enum Workers {
    /// Processors that are online.
    package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Returns one value for each index; if several fail, the problem of the lowest index is thrown.
    static func map<Value: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int, TallyWorkspace) throws(Problem) -> Value
    ) throws(Problem) -> [Value] {
        var results = [Result<Value, Problem>?](repeating: nil, count: count)
        let workers = max(1, min(threads, count))
        results.withUnsafeMutableBufferPointer { buffer in
            let slots = Slots(results: buffer)
            together(workers) { worker in
                let workspace = TallyWorkspace()
                for index in stride(from: worker, to: count, by: workers) {
                    do throws(Problem) {
                        slots.results[index] = .success(try body(index, workspace))
                    } catch {
                        slots.results[index] = .failure(error)
                    }
                }
            }
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for result in results {
            if let result { values.append(try result.get()) }
        }
        return values
    }

    /// The same for work that needs no memory of its worker.
    package static func map<Value: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws(Problem) -> Value
    ) throws(Problem) -> [Value] {
        try map(count, threads: threads) { (index, _) throws(Problem) in try body(index) }
    }

    /// Each worker writes only the slots of its own indexes.
    private struct Slots<Value: Sendable>: @unchecked Sendable {
        let results: UnsafeMutableBufferPointer<Result<Value, Problem>?>
    }

    /// Runs each worker on a thread of its own, the first on this one, and waits for all of them.
    private static func together(_ workers: Int, _ run: @Sendable (_ worker: Int) -> Void) {
        withoutActuallyEscaping(run) { run in
            var threads: [pthread_t] = []
            for worker in 1..<max(1, workers) {
                let share = Unmanaged.passRetained(Share(worker: worker, run: run))
                var thread = pthread_t()
                let failure = pthread_create(
                    &thread, nil,
                    { context in
                        guard let context else { return nil }
                        let share = Unmanaged<Share>.fromOpaque(context).takeRetainedValue()
                        share.run(share.worker)
                        return nil
                    }, share.toOpaque())
                if failure == 0 {
                    threads.append(thread)
                } else {
                    // Where the system gives no thread, the work is done here.
                    share.release()
                    run(worker)
                }
            }
            run(0)
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// What one thread has to do.
    private final class Share: Sendable {
        let worker: Int
        let run: @Sendable (Int) -> Void

        init(worker: Int, run: @escaping @Sendable (Int) -> Void) {
            self.worker = worker
            self.run = run
        }
    }
}
