public import SurveyProblems

extension Problem {
    /// What is wrong with the Russian and Kazakh words of a problem: none, values that are lost, places left unfilled.
    public var translationFaults: [String] {
        var faults: [String] = []
        for language in ["ru", "kk"] {
            let words = ProblemTexts.words(of: self, in: language)
            for (message, text) in [(what, words.what), (why, words.why), (fix, words.fix)] {
                if text == message.description { faults.append("\(code) \(language): not translated: \(text)") }
                for value in message.values where !text.contains(value) {
                    faults.append("\(code) \(language): lost \(value)")
                }
                if text.contains("{1}") || text.contains("{2}") {
                    faults.append("\(code) \(language): unfilled: \(text)")
                }
            }
        }
        return faults
    }
}
