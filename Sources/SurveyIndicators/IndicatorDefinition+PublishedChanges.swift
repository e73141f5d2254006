public import SurveySchema

extension IndicatorDefinition {
    /// A change between two waves that someone else has printed; it is shown beside the computed one and changes nothing.
    public struct PublishedChange: Sendable {
        /// The later and the earlier wave.
        public let wave: String
        public let since: String
        /// In units of the estimate (shares 0…1).
        public let value: Double
        /// As it was printed.
        public let printed: String
        public let source: LocalizedText
        /// The date of the copy, ISO 8601.
        public let vintage: String?

        public init(
            wave: String, since: String, value: Double, printed: String, source: LocalizedText, vintage: String?
        ) {
            self.wave = wave
            self.since = since
            self.value = value
            self.printed = printed
            self.source = source
            self.vintage = vintage
        }
    }

    /// What others have printed of the change between two waves.
    public func publishedChange(from since: String, to wave: String) -> PublishedChange? {
        publishedChanges.first { $0.since == since && $0.wave == wave }
    }
}
