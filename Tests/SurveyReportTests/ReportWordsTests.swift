import SurveySchema
import Testing

@testable import SurveyReport

struct ReportWordsTests {
    /// Every word with the name of its property.
    static func all(_ words: ReportWords) -> [(name: String, text: String)] {
        Mirror(reflecting: words).children.flatMap { part in
            Mirror(reflecting: part.value).children.flatMap { word -> [(name: String, text: String)] in
                let name = "\(part.label ?? "").\(word.label ?? "")"
                if let list = word.value as? [String] { return list.map { (name, $0) } }
                return (word.value as? String).map { [(name, $0)] } ?? []
            }
        }.filter { $0.name != "language.rawValue" }
    }

    @Test func `the three languages have the same places for values in every sentence`() {
        let english = ReportWordsTests.all(.english)
        #expect(english.count > 120)
        for words in [ReportWords.kazakh, .russian] {
            for (ours, theirs) in zip(ReportWordsTests.all(words), english) {
                for place in ["{1}", "{2}", "{3}"] {
                    #expect(ours.text.contains(place) == theirs.text.contains(place), "\(words.language) \(ours.name)")
                }
            }
        }
    }

    @Test func `no word is empty, and Kazakh and Russian words are in Cyrillic`() {
        for words in [ReportWords.kazakh, .russian, .english] {
            for word in ReportWordsTests.all(words) {
                #expect(!word.text.isEmpty, "\(word.name)")
                let latin = word.text.split { !($0.isASCII && $0.isLetter) }.filter {
                    $0.count > 1 && !["SHA", "JSON"].contains($0)
                }
                if words.language != .english { #expect(latin.isEmpty, "\(word.name): \(word.text)") }
            }
        }
    }

    @Test func `values are put into their places once`() {
        #expect("{2} of {1}".filled("a{2}", "b") == "b of a{2}")
        #expect("{x} {9} {".filled("a") == "{x} {9} {")
    }
}
