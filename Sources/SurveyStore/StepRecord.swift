/// What a step of `saual run` left behind: whether it must run again is seen from its stamp.
public struct StepRecord: Sendable, Equatable {
    public let name: String
    /// A hash of everything that the step depends on.
    public let stamp: String
    /// The outputs and their hashes as JSON.
    public let outputs: String

    public init(name: String, stamp: String, outputs: String = "[]") {
        self.name = name
        self.stamp = stamp
        self.outputs = outputs
    }

    var checksum: Checksum {
        var checksum = Checksum()
        for text in [name, stamp, outputs] { checksum.add(text) }
        return checksum
    }
}
