/// A page that `saual help TOPIC` shows.
struct HelpTopic: Sendable {
    let name: String
    let page: Phrase
}

/// The topics of `saual help`, in the order users see.
enum HelpTopics {
    static let all: [HelpTopic] = [
        .designs, .expressions, .formats, .methods, .exitCodes, .environment,
    ]
}
