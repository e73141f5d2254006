internal import Dispatch
internal import Glibc
internal import SurveyProblems

/// Shares out independent pieces of work; what comes back does not depend on the number of threads.
enum Workers {
    /// Processors that are online.
    static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Returns one value for each index; if several fail, the problem of the lowest index is thrown.
    static func map<Value: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int, TallyWorkspace) throws(Problem) -> Value
    ) throws(Problem) -> [Value] {
        var results = [Result<Value, Problem>?](repeating: nil, count: count)
        let workers = max(1, min(threads, count))
        results.withUnsafeMutableBufferPointer { buffer in
            let slots = Slots(results: buffer)
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
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

    /// Each worker writes only the slots of its own indexes.
    private struct Slots<Value: Sendable>: @unchecked Sendable {
        let results: UnsafeMutableBufferPointer<Result<Value, Problem>?>
    }
}
