/// A sentence with its values kept apart, so that other languages can reorder them.
///
/// Write it as an interpolated string: `"Weight is not positive in \(3) rows"` has the template
/// `Weight is not positive in {1} rows` and the values `["3"]`. Never interpolate words of one language.
public struct Message: Sendable, Equatable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public let template: String
    public let values: [String]

    public init(template: String, values: [String] = []) {
        self.template = template
        self.values = values
    }

    public init(stringLiteral value: String) { self.init(template: value) }

    public init(stringInterpolation: Interpolation) {
        self.init(template: stringInterpolation.template, values: stringInterpolation.values)
    }

    /// The English sentence.
    public var description: String { filled(template) }

    /// Returns another template with this message's values in its places `{1}`, `{2}`….
    public func filled(_ template: String) -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest[rest.index(after: open)...]
            if let close = after.firstIndex(of: "}"), let number = Int(after[..<close]),
                values.indices.contains(number - 1)
            {
                result += values[number - 1]
                rest = after[after.index(after: close)...]
            } else {
                result += "{"
                rest = after
            }
        }
        return result + rest
    }

    /// Collects the template and the values of an interpolated string.
    public struct Interpolation: StringInterpolationProtocol {
        var template = ""
        var values: [String] = []

        public init(literalCapacity: Int, interpolationCount: Int) { template.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { template += literal }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) { append(value.description) }

        /// Appends a list of at most ten entries; the others are counted.
        public mutating func appendInterpolation(list: [some CustomStringConvertible]) {
            append(
                list.prefix(10).map(\.description).joined(separator: ", ")
                    + (list.count > 10 ? ", … +\(list.count - 10)" : ""))
        }

        private mutating func append(_ text: String) {
            values.append(text)
            template += "{\(values.count)}"
        }
    }
}
