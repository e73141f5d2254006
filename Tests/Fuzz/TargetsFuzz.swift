// Random bytes as a targets file.
import SurveyProblems
import SurveyWeighting

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let read = TargetsReader.read(bytes, file: "targets.csv")
    // A file without a mistake has targets; one with mistakes says where.
    precondition(read.value != nil || !read.problems.isEmpty)
    return 0
}
