internal import CXML
internal import Glibc
internal import SurveyProblems

/// The list of texts of a workbook, to which cells refer by number: one buffer and where each text ends.
final class SharedTexts {
    private(set) var bytes = ByteBuffer(capacity: 1 << 12)
    private var ends = ByteBuffer(capacity: 1 << 12)
    private(set) var count = 0

    /// Bytes of all texts together, and how many texts there may be, so that the list has its place in memory.
    static let byteLimit = 128 << 20
    static let countLimit = 8 << 20

    init() {}

    /// Reads the list; of a rich text the pieces are joined, and what only tells how to pronounce it is left out.
    init(_ part: ZipPart) throws(Problem) {
        var handlers = xmlSAXHandler()
        handlers.startElementNs = { state, name, _, _, _, _, _, _, _ in scan(state).pointee.start(name) }
        handlers.endElementNs = { state, name, _, _ in scan(state).pointee.end(name) }
        handlers.characters = { state, text, count in scan(state).pointee.add(text, Int(count)) }
        handlers.ignorableWhitespace = handlers.characters
        handlers.cdataBlock = handlers.characters
        handlers.internalSubset = { state, _, _, _ in scan(state).pointee.fault = .type }
        let state = UnsafeMutablePointer<TextScan>.allocate(capacity: 1)
        state.initialize(to: TextScan(texts: self))
        defer {
            state.deinitialize(count: 1)
            state.deallocate()
        }
        var parser = try XMLPush(handlers, state: state, part: part.name, file: part.file)
        state.pointee.names = (parser.name("si"), parser.name("t"), parser.name("rPh"))
        try PartFeed.run(part, into: &parser, piece: 1 << 14) { (offset) throws(Problem) in
            switch state.pointee.fault {
            case nil: return
            case .type: throw .documentType(part.name, offset: offset, file: part.file)
            case .size:
                throw .tooMuchText(part.name, limit: SharedTexts.byteLimit, offset: offset, file: part.file)
            }
        }
    }

    /// Where a text begins and ends in `bytes`; nil for a number that the list does not have.
    func bounds(_ number: Int) -> (start: Int, end: Int)? {
        guard number >= 0, number < count else { return nil }
        let ends = UnsafeRawPointer(ends.start)
        let end = Int(ends.loadUnaligned(fromByteOffset: number * 4, as: UInt32.self))
        return (number == 0 ? 0 : Int(ends.loadUnaligned(fromByteOffset: number * 4 - 4, as: UInt32.self)), end)
    }

    fileprivate func append(_ text: UnsafePointer<UInt8>, _ length: Int) { bytes.append(text, length) }

    fileprivate func finishText(from start: Int) {
        EscapedText.undo(in: &bytes, from: start)
        var end = UInt32(clamping: bytes.count)
        withUnsafeBytes(of: &end) { raw in
            if let base = raw.baseAddress { ends.append(base.assumingMemoryBound(to: UInt8.self), 4) }
        }
        count += 1
    }
}

/// The state of a callback.
private func scan(_ state: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<TextScan> {
    guard let state else { preconditionFailure("a state is given to the parser") }
    return state.assumingMemoryBound(to: TextScan.self)
}

private struct TextScan {
    enum Fault { case type, size }

    typealias Name = UnsafePointer<xmlChar>?
    let texts: SharedTexts
    var names: (item: Name, text: Name, phonetic: Name) = (nil, nil, nil)
    var fault: Fault?
    private var start = 0
    private var isInText = false
    private var isPhonetic = false

    init(texts: SharedTexts) { self.texts = texts }

    mutating func start(_ name: Name) {
        if name == names.item {
            start = texts.bytes.count
        } else if name == names.text {
            isInText = !isPhonetic
        } else if name == names.phonetic {
            isPhonetic = true
        }
    }

    mutating func end(_ name: Name) {
        if name == names.text {
            isInText = false
        } else if name == names.item {
            texts.finishText(from: start)
            if texts.count >= SharedTexts.countLimit { fault = .size }
        } else if name == names.phonetic {
            isPhonetic = false
        }
    }

    mutating func add(_ text: UnsafePointer<xmlChar>?, _ count: Int) {
        guard isInText, let text, fault == nil else { return }
        texts.append(text, count)
        if texts.bytes.count > SharedTexts.byteLimit { fault = .size }
    }
}
