internal import SurveyFormats
internal import SurveySchema

extension JoinedCells {
    /// The joined cells of a question with several answers: its codes, and what else `texts` say.
    ///
    /// A text becomes a code of an answer, of a missing answer, or nothing (`""`); it goes before a code that looks like it.
    init(
        _ question: Question, columns: [(position: Int, name: String)], texts: [(text: String, code: String)] = [],
        separation: Separation
    ) {
        let answers = Set(question.answers.map(\.code))
        func word(_ code: String) -> Word {
            if code.isEmpty { return .nothing }
            return answers.contains(code) ? .answer(Array(code.utf8)) : .missing(Array(code.utf8))
        }
        let codes = question.answers.map(\.code) + question.missing.map(\.code)
        var words: [[UInt8]: Word] = [:]
        for (text, code) in texts + codes.map({ ($0, $0) }) {
            let key = Array(JoinedCells.trimmed(ArraySlice(text.utf8)))
            if words[key] == nil { words[key] = word(code) }
        }
        self.init(columns: columns, words: words, separation: separation)
    }
}

extension Question {
    /// The labels of the answers and missing codes in every language, without spaces around them, each with its code.
    ///
    /// A label that two codes have names neither and stands in `shared`; those of `decided` are left out.
    func labels(
        besides decided: Set<String> = []
    ) -> (texts: [(text: String, code: String)], shared: [(text: String, first: String, second: String)]) {
        var texts: [(text: String, code: String)] = []
        var positions: [String: Int] = [:]
        var shared: [(text: String, first: String, second: String)] = []
        for (code, label) in answers.map({ ($0.code, $0.label) }) + missing.map({ ($0.code, $0.label) }) {
            for entry in label.texts {
                let text = Question.trimmed(entry.text)
                if text.isEmpty || decided.contains(text) { continue }
                if let position = positions[text] {
                    if texts[position].code != code { shared.append((text, texts[position].code, code)) }
                } else {
                    positions[text] = texts.count
                    texts.append((text, code))
                }
            }
        }
        let unclear = Set(shared.map(\.text))
        return (texts.filter { !unclear.contains($0.text) }, shared)
    }

    static func trimmed(_ text: String) -> String {
        String(decoding: JoinedCells.trimmed(ArraySlice(text.utf8)), as: UTF8.self)
    }
}
