import Foundation

/// A problem as a source file declares it: its code, and how many values each of its English sentences has.
struct DeclaredProblem {
    let code: String
    let file: String
    let line: Int
    /// Interpolations of `what`, `why` and `fix`; a field that is no literal is absent.
    let values: [String: Int]

    /// Every `Problem("room.short-name", …` of Sources/.
    static func all() throws -> [DeclaredProblem] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        let files =
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        return try files.filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }.flatMap { file in
            declared(in: Array(try String(contentsOf: file, encoding: .utf8)), file: file.lastPathComponent)
        }
    }

    static func declared(in text: [Character], file: String) -> [DeclaredProblem] {
        var found: [DeclaredProblem] = []
        var scan = SourceScan(text: text)
        while let opening = scan.nextProblem() {
            var values: [String: Int] = [:]
            let line = text[..<opening].count { $0.isNewline } + 1
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
    let text: [Character]
    var at = 0
    private var depth = 0

    init(text: [Character]) { self.text = text }

    private func stands(_ word: String, at index: Int) -> Bool {
        text.count - index >= word.count && zip(text[index...], word).allSatisfy { $0 == $1 }
    }

    /// Moves behind the next `Problem(` or `.init(` that is followed by a text, and returns where it stood.
    mutating func nextProblem() -> Int? {
        while at < text.count {
            if skipComment() { continue }
            if text[at] == "\"" {
                _ = literal()
                continue
            }
            for word in ["Problem(", ".init("] where stands(word, at: at) && (at == 0 || !text[at - 1].isLetter) {
                let start = at
                at += word.count
                skipBlanks()
                if at < text.count, text[at] == "\"" {
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
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "\"":
                _ = literal()
                continue
            case ":" where depth == 1:
                var start = at
                while start > 0, text[start - 1].isLetter { start -= 1 }
                let name = String(text[start..<at])
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
        while at + hashes < text.count, text[at + hashes] == "#" { hashes += 1 }
        guard at + hashes < text.count, text[at + hashes] == "\"" else { return nil }
        at += hashes
        let quotes = stands("\"\"\"", at: at) ? 3 : 1
        let closing = String(repeating: "\"", count: quotes) + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        at += quotes
        var content = ""
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
        return (content, values)
    }

    private mutating func skipInterpolation() {
        var open = 1
        while at < text.count, open > 0 {
            if text[at] == "\"" {
                _ = literal()
                continue
            }
            if text[at] == "(" { open += 1 }
            if text[at] == ")" { open -= 1 }
            at += 1
        }
    }

    private mutating func skipBlanks() {
        while at < text.count {
            if text[at].isWhitespace { at += 1 } else if !skipComment() { return }
        }
    }

    private mutating func skipComment() -> Bool {
        if stands("//", at: at) {
            while at < text.count, !text[at].isNewline { at += 1 }
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
