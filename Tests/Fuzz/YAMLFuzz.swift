// Random bytes as YAML.
import SurveyProblems
import SurveyYAML

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    _ = try? YAMLDocument(parsing: Array(UnsafeBufferPointer(start: start, count: count)), file: "fuzz.yaml")
    return 0
}
