/// A text that the study was made from, kept with it: study.yaml first, then its indicator files.
public struct StudyDocument: Sendable, Equatable {
    /// The file as study.yaml names it.
    public let name: String
    /// The text as its author wrote it, UTF-8.
    public let text: [UInt8]

    public init(name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }

    func checksum(position: Int) -> Checksum {
        var checksum = Checksum()
        checksum.add([position])
        checksum.add(name)
        checksum.add(text)
        return checksum
    }
}
