internal import SurveyProblems

/// All that one step of a run depends on, as a text to be hashed: two runs with equal stamps give equal outputs.
///
/// The text holds no clock, no host and no folder: names of inputs are those that study.yaml uses.
public struct StepStamp: Sendable, Equatable {
    /// One thing that the step depends on, by name.
    public struct Part: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The step: `import 2021`, `indicators`, `report kk`.
    public let step: String
    /// SHA-256 of each input, in hex.
    public let inputs: [Part]
    /// Every option that changes the output, as text.
    public let options: [Part]
    /// Versions of Saual and of the libraries and programs that take part.
    public let versions: [Part]

    public init(step: String, inputs: [Part], options: [Part], versions: [Part]) {
        self.step = step
        self.inputs = inputs
        self.options = options
        self.versions = versions
    }

    /// The canonical text: one line of JSON with the parts sorted by name, so that the order of asking does not matter.
    public var text: String {
        func sorted(_ parts: [Part]) -> JSONText {
            let order = parts.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            return .array(order.map { .array([.string($0.name), .string($0.value)]) })
        }
        return JSONText.object([
            ("saual", .string("stamp/1")), ("step", .string(step)), ("inputs", sorted(inputs)),
            ("options", sorted(options)),
            ("versions", sorted(versions)),
        ]).line
    }
}
