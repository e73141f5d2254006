// Entry of libFuzzer: reads arbitrary bytes as the XML of a sheet with several windows, which must agree on what the plain
// rows and the XML parser make of it; one input in eight is a whole file. Built by Scripts/fuzz.sh, not by the package.
import Glibc
import SurveyFormats
import SurveyProblems

/// All that a reader gives, as one text; where a row has two mistakes, the window may decide which of them is told.
private func reading(_ path: String, _ options: FormatOptions) -> String {
    var text = ""
    do throws(Problem) {
        let reader = try FormatCatalog.open(path, options: options)
        text += "\(reader.columns)"
        let batch = RawBatch()
        while try reader.fill(batch) {
            for row in 0..<batch.rowCount {
                text += "\n\(batch.rowNumbers[row]) \(batch.lines[row])"
                for column in 0..<batch.columnCount { text += "|" + batch.text(row, column) }
            }
        }
    } catch {
        text += "\nrefused"
    }
    return text
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let path = "/dev/shm/fuzz-xlsx-\(getpid()).xlsx"
    let content = Array(UnsafeBufferPointer(start: bytes, count: count))
    var book = WorkbookBytes(
        rows: "", texts: ["<t>a</t>"], styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>")
    var zip = book.zip
    if let sheet = zip.parts.firstIndex(where: { $0.name.hasSuffix("sheet0.xml") }) {
        zip.parts[sheet].content =
            Array("<worksheet><sheetData>".utf8) + content + Array("</sheetData></worksheet>".utf8)
    }
    book.texts = []
    let file = count % 8 == 7 ? content : zip.bytes
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if descriptor < 0 || write(descriptor, file, file.count) != file.count { return 0 }
    close(descriptor)
    let whole = reading(path, FormatOptions())
    for window in [1, 64] {
        let other = reading(path, FormatOptions(window: window))
        if other != whole {
            print("window \(window) disagrees:\n\(whole)\n---\n\(other)")
            fflush(nil)
            abort()
        }
    }
    return 0
}
