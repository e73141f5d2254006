/// The text of a document, for finding the place of a character of a scalar where its author typed it.
struct YAMLSource {
    private let scalars: [Unicode.Scalar]
    /// Where each line begins in `scalars`; breaks are those of YAML 1.1: LF, CR, CR LF, NEL, LS, PS.
    private let lineStarts: [Int]

    init(_ bytes: [UInt8]) {
        scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        var starts = [0]
        for index in scalars.indices where YAMLSource.isBreak(scalars[index]) {
            if scalars[index] == "\r", index + 1 < scalars.count, scalars[index + 1] == "\n" { continue }
            starts.append(index + 1)
        }
        lineStarts = starts
    }

    /// Returns the mark of a character of a scalar's text, counted from 0; one past the last is allowed.
    ///
    /// Walks the source and the text side by side: escapes are taken apart, line breaks stand for the blanks that folding
    /// made of them, and indentation is skipped. Where the two part, the mark of the scalar is returned.
    func mark(of node: YAMLNode, character: Int) -> YAMLMark {
        guard let text = node.scalar, lineStarts.indices.contains(node.mark.line - 1) else { return node.mark }
        var at = lineStarts[node.mark.line - 1] + node.mark.position - 1
        guard scalars.indices.contains(at) else { return node.mark }
        let opening = scalars[at]
        switch opening {
        case "'", "\"": at += 1
        case "|", ">":
            while at < scalars.count, !YAMLSource.isBreak(scalars[at]) { at += 1 }
        case "!", "&": return node.mark
        default: break
        }
        var afterLast = at
        var read = 0
        for wanted in text.unicodeScalars {
            guard let length = skipToSource(of: wanted, from: &at, opening: opening) else { return node.mark }
            if read == character { return mark(at: at) }
            at += length
            afterLast = at
            read += 1
        }
        return mark(at: afterLast)
    }

    /// Moves on to the source of the next character of the text and returns its length there, nil if it is not found.
    private func skipToSource(of wanted: Unicode.Scalar, from at: inout Int, opening: Unicode.Scalar) -> Int? {
        while at < scalars.count {
            let found = scalars[at]
            let next = at + 1 < scalars.count ? scalars[at + 1] : nil
            if opening == "\"", found == "\\", let next {
                if !YAMLSource.isBreak(next) { return next == "x" ? 4 : next == "u" ? 6 : next == "U" ? 10 : 2 }
                at += 2
            } else if opening == "'", found == "'", next == "'" {
                return 2
            } else if found == wanted {
                return 1
            } else if YAMLSource.isBreak(found) {
                let length = found == "\r" && next == "\n" ? 2 : 1
                if wanted == " " || wanted == "\n" { return length }
                at += length
            } else if found == " " || found == "\t" {
                at += 1
            } else {
                return nil
            }
        }
        return nil
    }

    private func mark(at index: Int) -> YAMLMark {
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle - 1 }
        }
        return YAMLMark(line: low + 1, position: index - lineStarts[low] + 1)
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
