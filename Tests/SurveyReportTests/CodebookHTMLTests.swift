import Foundation
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyReport

struct CodebookHTMLTests {
    private static let evil =
        "</td><script>alert(1)</script><img src=x onerror=alert(2)> \" ' ` ${7*7} {{x}} javascript:"

    private static func words(_ language: Language) throws -> CodebookWords {
        try #require(CodebookWords.spoken(in: language))
    }

    private static func text(_ text: String, _ language: Language = .english) -> LocalizedText {
        LocalizedText([(language, text)])
    }

    private static func codebook(_ count: Int, weight: String? = nil) -> CodebookContent {
        var content = CodebookContent(source: "wave.sav")
        content.rowCount = 1000
        content.weight = weight
        content.variables = (1...count).map { number in
            var variable = CodebookContent.Variable(
                name: "q\(number)", label: text("Question \(number)"), type: "single")
            variable.count = 900
            variable.weight = weight == nil ? nil : 90
            variable.answers = [
                CodebookContent.Entry(code: "1", label: text("Yes"), count: 300, weight: weight == nil ? nil : 60),
                CodebookContent.Entry(code: "2", label: text("No"), count: 600, weight: weight == nil ? nil : 30),
            ]
            if number.isMultiple(of: 2) {
                variable.gaps = [
                    CodebookContent.Gap(
                        kind: "refused", codes: [("98", text("Refused"))], count: 100, weight: weight == nil ? nil : 10)
                ]
            }
            return variable
        }
        return content
    }

    @Test(arguments: Language.spoken)
    func `labels of strangers are text and never markup, script, style or address`(language: Language) throws {
        var content = CodebookContent(source: Self.evil)
        content.title = Self.text(Self.evil, .russian)
        content.notes = [Self.evil]
        content.weight = Self.evil
        content.sets = [
            CodebookContent.ResponseSet(name: Self.evil, label: Self.text(Self.evil), variables: [Self.evil])
        ]
        var variable = CodebookContent.Variable(
            name: Self.evil, label: LocalizedText([(Language(rawValue: Self.evil), Self.evil), (.kazakh, Self.evil)]),
            type: Self.evil)
        variable.measure = Self.evil
        variable.format = Self.evil
        variable.range = (Self.evil, Self.evil)
        variable.wordings = [(Self.evil, Self.text(Self.evil))]
        variable.count = 1
        variable.answers = [CodebookContent.Entry(code: Self.evil, label: Self.text(Self.evil), count: 1, weight: .nan)]
        variable.gaps = [
            CodebookContent.Gap(
                kind: Self.evil, codes: [(Self.evil, Self.text(Self.evil))], count: 1, weight: .infinity)
        ]
        content.variables = Array(repeating: variable, count: 13)
        let page = CodebookHTML.html(content, words: try Self.words(language))
        let reader = PageReader(page)
        #expect(reader.isWellFormed)
        #expect(reader.elements["script"] == 1 && reader.elements["img"] == nil)
        #expect(!reader.attributes.contains { $0.hasPrefix("on") })
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        let styles = page.components(separatedBy: " style=\"").dropFirst().compactMap {
            $0.split(separator: "\"").first
        }
        #expect(styles.allSatisfy { $0.hasPrefix("width:") && !$0.contains("(") && !$0.contains("nan") })
    }

    @Test func `the page needs nothing from outside, and names the hash of its one script`() throws {
        let page = CodebookHTML.html(Self.codebook(40), words: try Self.words(.english))
        for sign in ["http:", "https:", "<link", "<img", "<iframe", "url(", "@import", "javascript:", "innerHTML"] {
            #expect(!page.contains(sign), "\(sign)")
        }
        #expect(page.contains("default-src &#39;none&#39;; script-src &#39;\(CodebookScript.hash)&#39;;"))
        #expect(!CodebookScript.text.contains("<") && !CodebookScript.text.contains("&"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(CodebookScript.text.utf8))
        try input.fileHandleForWriting.close()
        let hex = try #require(String(data: output.fileHandleForReading.readDataToEndOfFile(), encoding: .utf8))
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { place -> UInt8? in
            let start = hex.index(hex.startIndex, offsetBy: place)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16)
        }
        #expect(CodebookScript.hash == "sha256-" + Data(bytes).base64EncodedString())
    }

    @Test func `without a script everything is there to read, and no search that does nothing`() throws {
        let page = CodebookHTML.html(Self.codebook(500), words: try Self.words(.english))
        #expect(page.contains("<div id=\"tools\" role=\"search\" hidden=\"hidden\""))
        #expect(page.components(separatedBy: "<article class=\"variable\"").count == 501)
        #expect(page.components(separatedBy: "data-missing=\"1\"").count == 251)
        let reader = PageReader(page)
        #expect(reader.links.allSatisfy { $0.hasPrefix("#") })
        #expect(reader.isWellFormed)
    }

    @Test func `bars are as long as per cent say, weighted where there is a weight`() throws {
        let plain = CodebookHTML.html(Self.codebook(1), words: try Self.words(.english))
        #expect(plain.contains("width:33.33%") && plain.contains("width:66.67%"))
        #expect(plain.contains(">33.3</td>"))
        let weighted = CodebookHTML.html(Self.codebook(2, weight: "w"), words: try Self.words(.russian))
        // 60 of 90, and 10 of 100 for the missing ones.
        #expect(weighted.contains("width:66.67%") && weighted.contains("width:10.00%"))
        #expect(weighted.contains(">66,7</td>") && weighted.contains("<code>w</code>"))
    }

    @Test func `a label stands in the reader's language first and in the others after it`() throws {
        var content = CodebookContent(source: "x")
        let label = LocalizedText([(.kazakh, "Жасы"), (.russian, "Возраст"), (.english, "Age")])
        content.variables = [CodebookContent.Variable(name: "age", label: label, type: "number")]
        for (language, first) in [(Language.kazakh, "Жасы"), (.russian, "Возраст"), (.english, "Age")] {
            let page = CodebookHTML.html(content, words: try Self.words(language))
            #expect(page.contains("<span class=\"label\">\(first)</span>"))
            for text in ["Жасы", "Возраст", "Age"] where text != first {
                #expect(page.contains("<p class=\"other\"><span lang=") && page.contains(">\(text)</span>"))
            }
        }
    }

    @Test func `nothing of a private variable is told but its name`() throws {
        var content = CodebookContent(source: "x")
        var variable = CodebookContent.Variable(name: "phone", label: .empty, type: "text")
        variable.isPrivate = true
        content.variables = [variable]
        let page = CodebookHTML.html(content, words: try Self.words(.english))
        #expect(page.contains("Private: nothing is told of its rows.") && !page.contains("<table>"))
    }

    @Test func `sections follow the groups of the file, else stretches of like names`() {
        #expect(CodebookSections.of((1...11).map { "q\($0)" }).isEmpty)
        let names = ["id", "sex", "age"] + (1...60).map { "q\($0)" } + (1...6).map { "m_\($0)" } + ["weight"]
        let ranges = CodebookSections.of(names).map(\.range)
        #expect(ranges == [0..<3, 3..<23, 23..<43, 43..<63, 63..<69, 69..<70])
        let groups = CodebookSections.of((1...6).map { "visit/a\($0)" } + (1...6).map { "home/b\($0)" })
        #expect(groups.map(\.group) == ["visit", "home"])
        #expect(groups.map(\.range) == [0..<6, 6..<12])
    }
}
