// Entry of libFuzzer: reads arbitrary bytes as delimited text with several windows, which must agree. A crash, a report of
// the address sanitizer or a disagreement stops the run. Built by Scripts/fuzz.sh, not by the package.
import Glibc
import SurveyFormats
import SurveyProblems

/// All that a reader gives, as one text.
private func reading(_ path: String, _ options: FormatOptions) -> String {
    var text = ""
    do throws(Problem) {
        let reader = try CSVReader(path: path, options: options, onBytes: nil)
        text += "\(reader.columns)"
        let batch = RawBatch()
        var rejected = ""
        while try reader.fill(batch) {
            for row in 0..<batch.rowCount {
                text += "\n\(batch.rowNumbers[row]) \(batch.lines[row])"
                for column in 0..<batch.columnCount { text += "|" + batch.text(row, column) }
                text += String(decoding: batch.raw(row), as: UTF8.self)
            }
            for record in batch.rejected {
                rejected += "\n\(record.row) \(record.line) \(record.problem.code) \(record.raw)"
            }
        }
        text += rejected
    } catch {
        text += "\n\(error.code) \(error.place.rows) \(error.why)"
    }
    return text
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let path = "/dev/shm/fuzz-csv-\(getpid()).csv"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if descriptor < 0 || write(descriptor, bytes, count) != count { return 0 }
    close(descriptor)
    // The first byte chooses the options.
    let choice = count > 0 ? bytes[0] : 0
    let encodings: [String?] = [nil, nil, "cp1251", "utf-16le", "utf-16be", "iso-8859-1"]
    let delimiters: [String?] = [nil, "comma", ";"]
    var options = FormatOptions(
        encoding: encodings[Int(choice) % encodings.count], delimiter: delimiters[Int(choice >> 4) % delimiters.count])
    let whole = reading(path, options)
    for window in [1, 7, 64] {
        options.window = window
        if reading(path, options) != whole {
            print("window \(window) disagrees")
            abort()
        }
    }
    return 0
}
