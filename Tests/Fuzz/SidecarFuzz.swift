// Random bytes as the record of weights that stands beside a data file.
import SurveyProblems
import SurveyWeighting

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do throws(Problem) {
        let read = try WeightingSidecar(parsing: bytes, file: "data.csv.calibration.json")
        // What is read can be written and is then read again as the same.
        let again = try WeightingSidecar(parsing: read.bytes, file: "data.csv.calibration.json")
        precondition(again.bytes == read.bytes)
    } catch { precondition(!error.code.isEmpty) }
    return 0
}
