internal import CXML
internal import Glibc
internal import SurveyProblems

/// Feeds XML to libxml2 piece by piece; the callbacks of the caller see elements and text, and nothing is kept.
///
/// Document types are refused before any entity of theirs is known, nothing is fetched, and a text may not be endless.
struct XMLPush: ~Copyable {
    private let context: xmlParserCtxtPtr
    private let part: String
    private let file: String
    /// Bytes given to the parser.
    private(set) var fed = 0
    /// The document is UTF-16 or UTF-32, as its first bytes tell.
    private var isWide = false

    /// `handlers` are the callbacks, which get `state`; one for a document type is set here and calls `onType`.
    init(_ handlers: xmlSAXHandler, state: UnsafeMutableRawPointer, part: String, file: String) throws(Problem) {
        _ = XMLPush.isReady
        var handlers = handlers
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.serror = { _, _ in }
        guard let context = xmlCreatePushParserCtxt(&handlers, state, nil, 0, nil) else {
            throw .wrongXML(part, offset: 0, reason: "xmlCreatePushParserCtxt", file: file)
        }
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
        self.context = context
        self.part = part
        self.file = file
    }

    deinit { xmlFreeParserCtxt(context) }

    private static let isReady: Void = xmlInitParser()

    /// The pointer by which the parser names an element or attribute, so that names compare as pointers.
    func name(_ text: String) -> UnsafePointer<xmlChar>? { xmlDictLookup(context.pointee.dict, text, -1) }

    /// Where the parser stands, in bytes from the beginning of the part.
    var offset: Int {
        let consumed = Int(xmlByteConsumed(context))
        return consumed >= 0 ? min(consumed, fed) : fed
    }

    /// True if the bytes of the part are UTF-8 and are not converted.
    var isUTF8: Bool {
        guard let input = context.pointee.input, let buffer = input.pointee.buf, buffer.pointee.encoder == nil,
            context.pointee.charset == XML_CHAR_ENCODING_UTF8.rawValue
        else { return false }
        return context.pointee.encoding.map { String(cString: $0).uppercased() == "UTF-8" } ?? true
    }

    /// Parses more bytes; `isLast` ends the document.
    ///
    /// - Throws: ``Problem`` `formats.wrong-xml`; the caller looks first whether a callback of its own has failed.
    mutating func feed(_ bytes: UnsafePointer<UInt8>?, _ count: Int, isLast: Bool) throws(Problem) {
        try refuseZero(bytes, count)
        fed += count
        let code = UnsafeRawPointer(bytes).map { base in
            xmlParseChunk(context, base.assumingMemoryBound(to: CChar.self), Int32(clamping: count), isLast ? 1 : 0)
        }
        if code == nil { xmlParseChunk(context, nil, 0, isLast ? 1 : 0) }
        guard context.pointee.disableSAX == 0, context.pointee.wellFormed != 0 else {
            let message = context.pointee.lastError.message.map { String(cString: $0) } ?? ""
            throw .wrongXML(
                part, offset: offset, reason: String(message.prefix { $0 != "\n" && $0 != "\r\n" }.prefix(200)),
                file: file)
        }
    }

    /// Refuses a byte 0, which XML does not have and libxml2 takes for the end of what it was given.
    private mutating func refuseZero(_ bytes: UnsafePointer<UInt8>?, _ count: Int) throws(Problem) {
        guard let bytes else { return }
        for position in 0..<max(0, min(4 - fed, count)) where [0, 0xFE, 0xFF].contains(bytes[position]) {
            isWide = true
        }
        guard !isWide, let zero = memchr(bytes, 0, count) else { return }
        let place = fed + (UnsafeRawPointer(zero) - UnsafeRawPointer(bytes))
        throw .wrongXML(part, offset: place, reason: "PCDATA invalid Char value 0", file: file)
    }
}
