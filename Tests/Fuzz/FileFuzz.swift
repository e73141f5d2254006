// Entry of libFuzzer: reads arbitrary bytes as a file of SPSS, plain or portable, of Stata, or of triple-S (metadata, a NUL
// byte, data), whose first bytes tell which. A crash, a report of the address sanitizer or more than twenty seconds stops the
// run. Built by Scripts/fuzz.sh, not by the package.
import Glibc
import SurveyFormats
import SurveyProblems

/// Reads a file to its end; returns the bytes of all cells.
private func reading(_ path: String, _ options: FormatOptions) -> Int {
    do throws(Problem) {
        let reader = try FormatCatalog.open(path, options: options)
        let batch = RawBatch()
        var bytes = reader.codebook?.variables.count ?? 0
        while try reader.fill(batch) {
            for row in 0..<batch.rowCount {
                for column in 0..<batch.columnCount { bytes += batch.cell(row, column).count }
                bytes += batch.raw(row).count
            }
            // A few bytes of zlib can be as many rows as one likes.
            if bytes > 64 << 20 { return bytes }
        }
        return bytes
    } catch {
        return error.why.description.utf8.count
    }
}

/// Writes the two parts of an input as metadata and data of triple-S and reads them.
private func fuzzTripleS(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let all = UnsafeBufferPointer(start: bytes, count: count)
    let cut = all.firstIndex(of: 0) ?? count
    let stem = "/dev/shm/fuzz-files-\(getpid())"
    for (ending, part) in [("sss", all[..<cut]), ("asc", all[min(cut + 1, count)...])] {
        let descriptor = open("\(stem).\(ending)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if descriptor < 0 || write(descriptor, Array(part), part.count) != part.count { return 0 }
        close(descriptor)
    }
    for encoding in [nil, "cp1251"] { _ = reading(stem + ".sss", FormatOptions(encoding: encoding)) }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    if count > 4, bytes[0] == 0x3C { return fuzzTripleS(bytes, count) }
    let ending = count < 4 ? "dta" : bytes[0] == 0x24 ? "sav" : bytes[0] == 0x41 || bytes[0] == 0x30 ? "por" : "dta"
    let path = "/dev/shm/fuzz-files-\(getpid()).\(ending)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if descriptor < 0 || write(descriptor, bytes, count) != count { return 0 }
    close(descriptor)
    for encoding in [nil, "cp1251"] { _ = reading(path, FormatOptions(encoding: encoding)) }
    return 0
}
