import Foundation
import Testing
import SurveyTestSupport

/// Problems in Russian and Kazakh are Russian and Kazakh, whole.
struct LanguageTests {
    private static let lines = [
        "check bad.yaml", "check broken.yaml", "check bad-study.yaml",
        "check bad-indicators.yaml --questionnaire small-study/questionnaire.yaml",
        "estimate good.csv --share q2", "describe no-such-file.csv", "verify good.csv",
        "estimate good.csv --share q1 --ci x",
        "estimate lonely.csv --strata stratum --psu psu --weight weight --share q1", "describe ragged.csv",
        "describe nul.csv",
        "describe unterminated.csv", "describe cp1251.csv", "describe header-only.csv", "describe duplicate-header.csv",
        "estimate header-only.csv --share q1", "estimate good.csv --share q1 --where |age > \"old\"|", "chek",
        "help me",
        "estimate good.csv --shar q1", "estimate bad-weights.csv --weight weight --share q1",
        "estimate good.csv --share q1", "change good.csv good.csv --share q1 --overlap exact",
        "change good.csv good.csv --by q1",
        "import small-study/wave-dirty.csv --study d.saual --wave 1 --questionnaire small-study/questionnaire.yaml",
    ]

    @Test(arguments: ["ru", "kk"])
    func `no problem has an English sentence`(language: String) throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        for line in LanguageTests.lines {
            let english = try folder.saual(line)
            if folder.has("d.saual") { try folder.remove("d.saual") }
            let result = try folder.saual(line, environment: ["SAUAL_LANGUAGE": language])
            if folder.has("d.saual") { try folder.remove("d.saual") }
            #expect(result.status == english.status, "\(line)")
            let texts = result.errors.split(separator: "\n")
            #expect(texts.count == english.errors.split(separator: "\n").count, "\(line)")
            for text in texts where !text.contains("где:") && !text.contains("қайда:") {
                #expect(!LanguageTests.isEnglish(String(text)), "\(line): \(text)")
            }
        }
    }

    /// True if three or more English words in a row stand outside quotes, lists of names, and what another program says.
    private static func isEnglish(_ text: String) -> Bool {
        if text.contains("did not find expected") || text.contains("No such file") { return false }
        let bare = text.replacingOccurrences(of: "\"[^\"]*\"", with: "", options: .regularExpression)
        return bare.range(of: "\\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\\b", options: .regularExpression) != nil
            || !bare.unicodeScalars.contains { (0x400...0x52F).contains($0.value) } && bare.contains(" ")
    }

    @Test(arguments: ["ru", "kk"])
    func `codes, rows and numbers of problems are the same in every language`(language: String) throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let english = try JSON.lines(folder.saual("check bad.yaml --format json").errors)
        let other = try JSON.lines(folder.saual("check bad.yaml --format json --language \(language)").errors)
        #expect(english.map { $0["code"] } == other.map { $0["code"] })
        #expect(english.map { $0.number("line") } == other.map { $0.number("line") })
        #expect(zip(english, other).allSatisfy { $0["what"] != $1["what"] && $0["why"] != $1["why"] })
    }

    @Test func `the language and format asked for hold also where the command line cannot be parsed`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        for line in [
            "estimate good.csv --shar q1 --language ru", "estimate good.csv --language=ru --shar q1",
            "chek --language ru",
        ] {
            let result = try folder.saual(line)
            #expect(result.status == 2 && result.errors.contains("  почему:  "), "\(line)")
        }
        let json = try folder.saual("estimate good.csv --shar q1 --format json")
        #expect(try JSON.lines(json.errors).map { $0["code"] } == ["command.unknown-option"])
        let unknown = try folder.saual("estimate good.csv --share q1 --language xx")
        #expect(unknown.status == 2 && unknown.errors.hasPrefix("--language does not know \"xx\"\n"))
    }

    @Test func `a problem looks the same in each language`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let russian = try folder.saual("estimate good.csv --share q2 --language ru").errors.split(separator: "\n")
        #expect(russian.count == 3)
        #expect(russian[1].hasPrefix("  почему:  ") && russian[2].hasPrefix("  что делать: "))
        let kazakh = try folder.saual("estimate good.csv --share q2 --language kk").errors.split(separator: "\n")
        #expect(kazakh.count == 3)
        #expect(kazakh[1].hasPrefix("  неге:   ") && kazakh[2].hasPrefix("  шешімі: "))
    }
}
