// Entry of libFuzzer: reads arbitrary bytes as forms of other programs. The first byte chooses: triple-S (t), a codebook of DDI
// (d), or the sheets of an XLSForm (x): rows by line, cells by tab, sheets by form feed. What a reader gives must be YAML, and a
// questionnaire that is free of errors must be written as each form and read again. Built by Scripts/fuzz.sh, not by the package.
import Glibc
import SurveyForms
import SurveyProblems
import SurveySchema
import SurveyYAML

/// The YAML that a form of the kind is read as; nil if the reader refuses it.
private func yaml(_ kind: UInt8, _ bytes: [UInt8]) -> String? {
    do throws(Problem) {
        switch kind {
        case UInt8(ascii: "t"): return try TripleSForm.questionnaire(of: bytes, file: "fuzz.sss").yaml
        case UInt8(ascii: "d"): return try DDICodebook.questionnaire(of: bytes, file: "fuzz.xml").yaml
        default:
            let sheets = bytes.split(separator: 0x0C, omittingEmptySubsequences: false).map { sheet in
                sheet.split(separator: 0x0A).map { line in
                    line.split(separator: 0x09, omittingEmptySubsequences: false).map {
                        String(decoding: $0, as: UTF8.self)
                    }
                }
            }
            func sheet(_ number: Int) -> [[String]] { number < sheets.count ? sheets[number] : [] }
            let book = FormBook(
                file: "fuzz.xlsx", survey: sheet(0), choices: sheet(1), settings: sheet(2), extras: sheet(3))
            return XLSForm.questionnaire(of: book).yaml
        }
    } catch {
        return nil
    }
}

private func stop(_ words: String, _ text: String) -> Never {
    print("\(words)\n\(text)")
    fflush(nil)
    abort()
}

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let kind = bytes.first, let text = yaml(kind, Array(bytes.dropFirst())) else { return 0 }
    let document: YAMLDocument
    do throws(Problem) { document = try YAMLDocument(parsing: Array(text.utf8), file: "fuzz.yaml") } catch {
        stop("no YAML: \(error.what) \(error.why) \(error.place)", text)
    }
    guard let questionnaire = QuestionnaireReader.read(document).value else { return 0 }
    let metadata = TripleSForm.metadata(of: questionnaire).xml
    guard let again = yaml(UInt8(ascii: "t"), Array(metadata.utf8)) else { stop("no triple-S", metadata) }
    do throws(Problem) { _ = try YAMLDocument(parsing: Array(again.utf8), file: "again.yaml") } catch {
        stop("no YAML again: \(error.what) \(error.why)", again)
    }
    let codebook = DDICodebook.codebook(of: questionnaire).xml
    guard yaml(UInt8(ascii: "d"), Array(codebook.utf8)) != nil else { stop("no codebook", codebook) }
    _ = XLSForm.form(of: questionnaire, document)
    return 0
}
