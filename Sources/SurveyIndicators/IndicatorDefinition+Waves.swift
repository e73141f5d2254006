public import SurveySchema

/// What a definition says of single waves.
extension IndicatorDefinition {
    /// The plan for a wave.
    public func plan(for wave: String) -> Plan? { plans.first { $0.wave == wave }?.plan }

    /// What others have printed for a wave.
    public func published(for wave: String) -> Published? { published.first { $0.wave == wave } }

    /// Why figures of a wave cannot be compared with those of earlier ones; nil if they can.
    ///
    /// `waves` are those of the study in their order. A break at a wave that the study does not have stands at the first
    /// of its waves whose id comes after.
    public func breakReason(at wave: String, among waves: [String]) -> LocalizedText? {
        guard let own = waves.firstIndex(of: wave) else { return nil }
        return breaks.first { IndicatorDefinition.place(of: $0.wave, among: waves) == own }?.reason
    }

    /// Why two waves cannot be compared: the first break after the earlier and up to the later one.
    public func breakReason(from first: String, to second: String, among waves: [String]) -> LocalizedText? {
        guard let one = waves.firstIndex(of: first), let other = waves.firstIndex(of: second) else { return nil }
        let between = (min(one, other) + 1)..<(max(one, other) + 1)
        let found = breaks.compactMap { entry -> (place: Int, reason: LocalizedText)? in
            guard let place = IndicatorDefinition.place(of: entry.wave, among: waves), between.contains(place) else {
                return nil
            }
            return (place, entry.reason)
        }
        return found.min { $0.place < $1.place }?.reason
    }

    private static func place(of wave: String, among waves: [String]) -> Int? {
        waves.firstIndex(of: wave) ?? waves.firstIndex { follows($0, wave) }
    }

    /// True if a wave comes after another by its id: numbers by value, other ids by their bytes.
    private static func follows(_ wave: String, _ other: String) -> Bool {
        if let left = Double(wave), let right = Double(other) { return left > right }
        return other.utf8.lexicographicallyPrecedes(wave.utf8)
    }
}
