internal import SurveySchema

/// One text of the command line in the three languages that Saual speaks.
struct Phrase: Sendable {
    let en: String
    let ru: String
    let kk: String

    init(_ en: String, ru: String, kk: String) {
        self.en = en
        self.ru = ru
        self.kk = kk
    }

    func text(in language: Language) -> String {
        switch language {
        case .russian: ru
        case .kazakh: kk
        default: en
        }
    }
}
