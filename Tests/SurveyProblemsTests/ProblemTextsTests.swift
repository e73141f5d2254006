@testable import SurveyProblems
import Testing

/// Translators: this suite names each problem whose Russian or Kazakh words are missing or lost a value.
struct ProblemTextsTests {
    private func places(_ template: String) -> Set<Int> {
        Set(template.matches(of: /\{(\d+)\}/).compactMap { Int($0.1) })
    }

    @Test func `each declared problem has Russian and Kazakh words with the same values`() throws {
        let texts = Dictionary(grouping: ProblemTexts.all, by: \.code)
        let declared = try DeclaredProblem.all.get()
        #expect(declared.count > 5)
        for problem in declared {
            let origin = "\(problem.code) (\(problem.file), line \(problem.line))"
            guard let text = texts[problem.code]?.first else {
                Issue.record("\(origin) has no Russian and Kazakh words in Sources/SurveyProblems/Translations")
                continue
            }
            for (language, words) in [("ru", text.ru), ("kk", text.kk)] {
                for (field, translation) in [("what", words.what), ("why", words.why), ("fix", words.fix)] {
                    #expect(!translation.isEmpty, "\(origin): \(field) is empty in \(language)")
                    guard let count = problem.values[field] else { continue }
                    let expected = count == 0 ? [] : Set(1...count)
                    #expect(
                        places(translation) == expected,
                        "\(origin): \(field) in \(language) must have the values \(expected.sorted()), as in English")
                }
            }
        }
    }

    @Test func `each code is declared once`() throws {
        for (code, places) in Dictionary(grouping: try DeclaredProblem.all.get(), by: \.code) where places.count > 1 {
            Issue.record("\(code) is declared in \(places.map { "\($0.file), line \($0.line)" })")
        }
    }

    @Test func `no words stand for a problem that nobody declares, and none twice`() throws {
        let declared = Set(try DeclaredProblem.all.get().map(\.code))
        for (code, texts) in Dictionary(grouping: ProblemTexts.all, by: \.code) {
            #expect(declared.contains(code), "\(code) is not declared under Sources")
            #expect(texts.count == 1, "\(code) has words \(texts.count) times")
        }
    }

    @Test func `Russian and Kazakh words differ, so neither stands for the other`() {
        for text in ProblemTexts.all { #expect(text.ru.what != text.kk.what, "\(text.code)") }
    }

    @Test func `words are found by language, and English stands in`() {
        let problem = Problem.unreadableFile("a.csv", reason: "no")
        #expect(ProblemTexts.words(of: problem, in: "ru").what == "Не удаётся прочитать «a.csv»")
        #expect(ProblemTexts.words(of: problem, in: "kk").what == "«a.csv» файлын оқу мүмкін емес")
        #expect(ProblemTexts.words(of: problem, in: "de").what == "Cannot read \"a.csv\"")
        let unknown = Problem("none.such", .input, what: "What \(1)", why: "why", fix: "fix")
        #expect(ProblemTexts.words(of: unknown, in: "ru").what == "What 1")
    }

    @Test func `declarations are read whatever their layout`() {
        let source = ##"""
            // Problem("room.comment", .input, what: "no")
            let text = "Problem(\"room.text\", what)"
            Problem(
                "room.one", .input, what: "A \(list: names.map { "\"\($0)\"" }) of \(count)",
                place: Place(file: "what: \(x)"), why: "plain", fix: "use \(near.isEmpty ? "a(b" : "c \(d)") now")
            Problem("room.two", .usage,
                what: """
                    Two \(lines)
                    """, why: reason, fix: #"raw \(not) \#(yes)"#)
            """##
        let found = DeclaredProblem.declared(in: Array(source.utf8), file: "x.swift")
        #expect(found.map(\.code) == ["room.one", "room.two"])
        #expect(found.map(\.line) == [3, 6])
        #expect(found.first?.values == ["what": 2, "why": 0, "fix": 1])
        #expect(found.last?.values == ["what": 1, "fix": 1])
    }
}
