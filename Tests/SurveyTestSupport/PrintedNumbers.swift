import Foundation

/// Numbers of a page and of a JSON held against each other: a printed one stands for every value that rounds to it.
public struct PrintedNumbers {
    /// Sorted values, as they are and as percentages.
    private let values: [Double]

    /// All numbers of a JSON value, at any depth; `keys` takes those below certain keys only.
    public static func all(in value: Any, keys: Set<String>? = nil, key: String = "") -> [(key: String, value: Double)]
    {
        if let fields = value as? [String: Any] { return fields.flatMap { all(in: $0.value, keys: keys, key: $0.key) } }
        if let items = value as? [Any] { return items.flatMap { all(in: $0, keys: keys, key: key) } }
        guard let number = value as? NSNumber, keys?.contains(key) ?? true else { return [] }
        return [(key, number.doubleValue)]
    }

    public init(_ values: [Double]) { self.values = Set(values.flatMap { [$0, $0 * 100] }).sorted() }

    /// True if a printed number is one of the values, as it is or as a percentage, rounded to its own decimals.
    public func hold(_ text: String) -> Bool {
        guard let number = Double(text) else { return false }
        let room = PrintedNumbers.room(of: text)
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < number - room { low = middle + 1 } else { high = middle }
        }
        return low < values.count && values[low] <= number + room
    }

    /// Half a unit of the last digit; reading JSON through Foundation may lose the last bit.
    public static func room(of text: String) -> Double {
        let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
        return 0.5 * pow(10, -Double(decimals)) * (1 + 1e-9) + 1e-9
    }

    /// True if one of the printed numbers is a value, as it is or as a percentage.
    public static func print(_ value: Double, among printed: [String]) -> Bool {
        printed.contains { text in
            guard let number = Double(text) else { return false }
            let room = room(of: text)
            return abs(value - number) <= room || abs(value * 100 - number) <= room
        }
    }
}
