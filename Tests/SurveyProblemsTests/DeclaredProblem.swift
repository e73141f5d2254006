import Foundation

/// A problem as a source file declares it: its code, and how many values each of its English sentences has.
struct DeclaredProblem {
    let code: String
    let file: String
    let line: Int
    /// Interpolations of `what`, `why` and `fix`; a field that is no literal is absent.
    let values: [String: Int]

    /// Every `Problem("room.short-name", …` of Sources/, read once.
    static let all = Result { try read() }

    private static func read() throws -> [DeclaredProblem] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        let files =
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        return try files.filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }.flatMap { file in
            declared(in: Array(try Data(contentsOf: file)), file: file.lastPathComponent)
        }
    }

    static func declared(in text: [UInt8], file: String) -> [DeclaredProblem] {
        var found: [DeclaredProblem] = []
        var scan = SourceScan(text: text)
        while let opening = scan.nextProblem() {
            var values: [String: Int] = [:]
            let line = text[..<opening].count { $0 == UInt8(ascii: "\n") } + 1
            guard let code = scan.literal()?.content, code.wholeMatch(of: /[a-z]+\.[a-z0-9-]+/) != nil else { continue }
            // The fields stand at the level of the call's own brackets.
            while let field = scan.nextField() {
                guard ["what", "why", "fix"].contains(field), let literal = scan.literal() else { continue }
                values[field] = literal.values
            }
            found.append(DeclaredProblem(code: code, file: file, line: line, values: values))
        }
        return found
    }
}

/// Walks Swift source as far as needed here: brackets, comments, texts and the interpolations in them.
private struct SourceScan {
    let text: [UInt8]
    var at = 0
    private var depth = 0

    init(text: [UInt8]) { self.text = text }

    private func stands(_ word: String, at index: Int) -> Bool {
        let bytes = word.utf8
        return text.count - index >= bytes.count && text[index..<index + bytes.count].elementsEqual(bytes)
    }

    /// Moves behind the next `Problem(` or `.init(` that is followed by a text, and returns where it stood.
    mutating func nextProblem() -> Int? {
        while at < text.count {
            if skipComment() { continue }
            if text[at] == UInt8(ascii: "\"") {
                _ = literal()
                continue
            }
            for word in ["Problem(", ".init("] where stands(word, at: at) && (at == 0 || !isLetter(text[at - 1])) {
                let start = at
                at += word.count
                skipBlanks()
                if at < text.count, text[at] == UInt8(ascii: "\"") {
                    depth = 1
                    return start
                }
                at = start
            }
            at += 1
        }
        return nil
    }

    /// Moves behind the next `name:` of the call and returns the name; nil at its closing bracket.
    mutating func nextField() -> String? {
        while at < text.count, depth > 0 {
            if skipComment() { continue }
            switch text[at] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\""):
                _ = literal()
                continue
            case UInt8(ascii: ":") where depth == 1:
                var start = at
                while start > 0, isLetter(text[start - 1]) { start -= 1 }
                let name = String(decoding: text[start..<at], as: UTF8.self)
                at += 1
                skipBlanks()
                return name
            default: break
            }
            at += 1
        }
        return nil
    }

    /// Takes a text literal and counts its interpolations; texts inside an interpolation are not counted.
    mutating func literal() -> (content: String, values: Int)? {
        skipBlanks()
        var hashes = 0
        while at + hashes < text.count, text[at + hashes] == UInt8(ascii: "#") { hashes += 1 }
        guard at + hashes < text.count, text[at + hashes] == UInt8(ascii: "\"") else { return nil }
        at += hashes
        let quotes = stands("\"\"\"", at: at) ? 3 : 1
        let closing = String(repeating: "\"", count: quotes) + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        at += quotes
        var content: [UInt8] = []
        var values = 0
        while at < text.count, !stands(closing, at: at) {
            if stands(escape + "(", at: at) {
                at += escape.count + 1
                values += 1
                skipInterpolation()
            } else if stands(escape, at: at) {
                at += escape.count + 1
            } else {
                content.append(text[at])
                at += 1
            }
        }
        at += closing.count
        return (String(decoding: content, as: UTF8.self), values)
    }

    private mutating func skipInterpolation() {
        var open = 1
        while at < text.count, open > 0 {
            if text[at] == UInt8(ascii: "\"") {
                _ = literal()
                continue
            }
            if text[at] == UInt8(ascii: "(") { open += 1 }
            if text[at] == UInt8(ascii: ")") { open -= 1 }
            at += 1
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    private mutating func skipBlanks() {
        while at < text.count {
            if [0x20, 0x09, 0x0A, 0x0D].contains(text[at]) { at += 1 } else if !skipComment() { return }
        }
    }

    private mutating func skipComment() -> Bool {
        if stands("//", at: at) {
            while at < text.count, text[at] != UInt8(ascii: "\n") { at += 1 }
            return true
        }
        if stands("/*", at: at) {
            while at < text.count, !stands("*/", at: at) { at += 1 }
            at += 2
            return true
        }
        return false
    }
}
