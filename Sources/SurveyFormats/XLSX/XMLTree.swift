internal import CXML
package import SurveyProblems

/// An element of a small XML document, with its local name (namespaces are not told apart).
package final class XMLElement {
    package let name: String
    package let attributes: [(name: String, value: String)]
    package fileprivate(set) var children: [XMLElement] = []
    /// The text directly in the element, pieces joined.
    package fileprivate(set) var text = ""
    /// What processing instructions named `saual` in the element say, in their order.
    package fileprivate(set) var remarks: [String] = []

    fileprivate init(name: String, attributes: [(name: String, value: String)]) {
        self.name = name
        self.attributes = attributes
    }

    /// The value of an attribute by its local name.
    package subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// The first child of a name.
    package func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// All children of a name.
    package func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// Elements that hold texts, in which others only format words: those belong to the text that they stand in.
package struct XMLTexts {
    /// The elements that hold texts.
    let names: Set<String>
    /// Elements in them that are texts of their own.
    let inner: Set<String>
    /// Elements in them that part words.
    let breaks: Set<String>

    package init(names: Set<String>, inner: Set<String>, breaks: Set<String>) {
        self.names = names
        self.inner = inner
        self.breaks = breaks
    }
}

/// Reads a whole XML document of bounded size into elements.
package enum XMLTree {
    /// The most elements of a document.
    package static let elementLimit = 400_000

    /// Parses the bytes of a part.
    ///
    /// `namesType` is true for formats whose files name their document type: it is never fetched, and one that declares
    /// entities, or a text that uses them, is refused all the same. `texts` says which elements hold texts that others format.
    ///
    /// - Throws: ``Problem`` `formats.wrong-xml`, `formats.document-type`, `formats.too-many-elements`.
    package static func root(
        of bytes: [UInt8], part: String, file: String, namesType: Bool = false, texts: XMLTexts? = nil
    ) throws(Problem) -> XMLElement {
        let builder = XMLTreeBuilder(texts: texts)
        var handlers = xmlSAXHandler()
        handlers.startElementNs = { state, name, _, _, _, _, count, _, attributes in
            treeBuilder(state)?.start(name, Int(count), attributes)
        }
        handlers.endElementNs = { state, _, _, _ in treeBuilder(state)?.end() }
        handlers.characters = { state, text, count in treeBuilder(state)?.add(text, Int(count)) }
        handlers.ignorableWhitespace = handlers.characters
        handlers.cdataBlock = handlers.characters
        handlers.processingInstruction = { state, target, data in treeBuilder(state)?.remark(target, data) }
        if namesType {
            handlers.entityDecl = { state, _, _, _, _, _ in treeBuilder(state)?.hasType = true }
            handlers.unparsedEntityDecl = { state, _, _, _, _ in treeBuilder(state)?.hasType = true }
            handlers.reference = { state, _ in treeBuilder(state)?.hasType = true }
        } else {
            handlers.internalSubset = { state, _, _, _ in treeBuilder(state)?.hasType = true }
        }
        var parser = try XMLPush(
            handlers, state: Unmanaged.passUnretained(builder).toOpaque(), part: part, file: file)
        var position = 0
        while true {
            let count = min(1 << 15, bytes.count - position)
            let isLast = position + count == bytes.count
            var failure: Problem?
            bytes.withUnsafeBufferPointer { buffer in
                do throws(Problem) {
                    try parser.feed(buffer.baseAddress.map { $0 + position }, count, isLast: isLast)
                } catch { failure = error }
            }
            if builder.hasType { throw .documentType(part, offset: parser.offset, file: file) }
            if builder.isFull {
                throw .tooManyElements(part, limit: elementLimit, offset: parser.offset, file: file)
            }
            if let failure { throw failure }
            position += count
            if isLast { break }
        }
        guard let root = builder.root else { throw .wrongXML(part, offset: 0, reason: "", file: file) }
        return root
    }
}

/// The builder that a callback's state is.
private func treeBuilder(_ state: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
    state.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
}

private final class XMLTreeBuilder {
    var root: XMLElement?
    var hasType = false
    var isFull: Bool { count > XMLTree.elementLimit }
    private var open: [XMLElement] = []
    private var count = 0
    private let texts: XMLTexts?

    init(texts: XMLTexts?) { self.texts = texts }

    func start(
        _ name: UnsafePointer<xmlChar>?, _ attributeCount: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        count += 1
        guard let name, !hasType, !isFull else { return }
        let local = String(cString: name)
        if let texts, let parent = open.last, texts.names.contains(parent.name), !texts.inner.contains(local) {
            if texts.breaks.contains(local) { parent.text += " " }
            open.append(parent)
            return
        }
        var found: [(String, String)] = []
        if let attributes {
            for position in 0..<attributeCount {
                let field = attributes + position * 5
                guard let key = field[0], let begin = field[3], let end = field[4] else { continue }
                let value = String(decoding: UnsafeBufferPointer(start: begin, count: end - begin), as: UTF8.self)
                // libxml2 gives an ampersand in an attribute as a reference, however it is written in the document.
                found.append((String(cString: key), value.replacing("&#38;", with: "&")))
            }
        }
        let element = XMLElement(name: local, attributes: found)
        if let parent = open.last { parent.children.append(element) } else { root = root ?? element }
        open.append(element)
    }

    func end() { if !open.isEmpty { open.removeLast() } }

    func remark(_ target: UnsafePointer<xmlChar>?, _ data: UnsafePointer<xmlChar>?) {
        guard let target, let data, let last = open.last, String(cString: target) == "saual" else { return }
        last.remarks.append(String(cString: data))
    }

    func add(_ text: UnsafePointer<xmlChar>?, _ count: Int) {
        guard let text, let last = open.last else { return }
        last.text += String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }
}
