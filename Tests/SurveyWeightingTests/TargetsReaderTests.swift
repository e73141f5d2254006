import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct TargetsReaderTests {
    private func read(_ text: String) -> Checked<WeightingTargets> {
        TargetsReader.read(Array(text.utf8), file: "targets.csv")
    }

    @Test func `margins keep the order of the file, crossed ones their codes`() throws {
        let targets = try read(
            "variable,category,total\nsex,1,40\nage*sex,01*1,20.5\nsex,2,60\n,,100\nage*sex,01*2,1e2\n"
        ).get()
        #expect(targets.margins.map(\.label) == ["sex", "age*sex", ""])
        #expect(targets.margins.map { $0.categories.map(\.label) } == [["1", "2"], ["01*1", "01*2"], [""]])
        #expect(targets.margins[1].categories.map(\.total) == [20.5, 100])
        #expect(targets.variables == ["sex", "age"])
        #expect(targets.margins[1].categories[1].line == 6)
    }

    @Test func `a split is a crossing with its variable`() throws {
        let targets = try read("variable,category,total,split,se\nsex,1,40,region=75,\nsex,2,60,region=71,\n").get()
        #expect(targets.margins.map(\.label) == ["region*sex"])
        #expect(targets.margins[0].categories.map(\.label) == ["75*1", "71*2"])
    }

    @Test(arguments: [
        "\u{FEFF}variable;category;total\r\nsex;1;40,5\r\nsex;2;60\r\n",
        "variable\tcategory\ttotal\nsex\t1\t40.5\nsex\t2\t60",
        "\"variable\",\"category\",\"total\"\n\"sex\",\"1\", 40.5 \n\n sex ,2,60\n",
        "Total,VARIABLE,category\r40.5,sex,1\r60,sex,2\r",
    ]) func `files of office programs are read`(text: String) throws {
        let targets = try read(text).get()
        #expect(targets.margins.map(\.variables) == [["sex"]])
        #expect(targets.margins[0].categories.map(\.codes) == [["1"], ["2"]])
        #expect(targets.margins[0].categories.map(\.total) == [40.5, 60])
    }

    @Test func `a line without category is the total of a numeric variable, perhaps of a part`() throws {
        let targets = try read(
            "variable,category,total,split\nsex,1,40,\nsex,2,60,\nincome,,1.2e18,\nbalance,,-5,region=75\n"
        ).get()
        #expect(targets.margins.map(\.variables) == [["sex"]])
        #expect(targets.numericTotals.map(\.variable) == ["income", "balance"])
        #expect(targets.numericTotals.map(\.total) == [1.2e18, -5])
        #expect(targets.numericTotals.map(\.part) == ["", "region=75"])
        #expect(targets.numericVariables == ["income", "balance"] && targets.variables == ["sex", "region"])
        let twice = read("variable,category,total\nincome,,1\nincome,,2\n")
        #expect(MarkedText.summary(twice.problems) == ["3:8 weighting.repeated-number"])
        let raked = Calibration(method: .rake).fitted(
            [1, 1], to: targets, variables: [])
        #expect(raked.problems.map(\.code).contains("weighting.numeric-target"))
    }

    @Test func `each mistake is told at its line and character, all in one run`() {
        let marked = MarkedText(
            """
            variable,category,total,split,se
            sex,1,»many,,
            sex,2,»-5,,
            sex,»1*2,60,,
            »sex*,1*2,60,,
            »income*age,,1.2e12,,
            »sex,3
            sex,4,10,»75,
            sex,5,10,,»-0.5
            sex,6,10,,
            sex,»6,11,,
            sex,7,»1e300,,
            sex,8,»nan,,
            sex,"9"»x,10,,
            sex,10,»0x10,,
            sex,11,»"9 646 722",,
            """)
        let codes = [
            "total-not-number", "negative-target", "crossing", "wrong-name", "crossed-number", "wrong-cells",
            "wrong-split", "wrong-error", "repeated-target", "total-too-large", "total-not-number",
            "text-after-quote", "total-not-number", "total-not-number",
        ].map { "weighting." + $0 }
        let found = read(marked.text)
        #expect(found.value == nil)
        #expect(MarkedText.summary(found.problems) == marked.expected(codes))
    }

    @Test(arguments: [
        ("", "1:1 weighting.no-targets"), ("\n\n", "1:1 weighting.no-targets"),
        ("variable,category,total\n", "1:1 weighting.no-targets"),
        ("variable,total\nsex,1\n", "1:1 weighting.missing-column"),
        ("variable,category,total,label\n", "1:25 weighting.wrong-header"),
        ("variable,category,total\nsex,\"1,5\n", "2:5 weighting.open-quote"),
        ("variable,category,total\nsex,1\u{0},5\n", "2:6 weighting.not-text"),
    ]) func `a file that is none is refused`(text: String, expected: String) {
        #expect(MarkedText.summary(read(text).problems).contains(expected))
    }

    @Test func `bytes that are no UTF-8 are told by line and character`() {
        let bytes = Array("variable,category,total\nпол,".utf8) + [0xC6, 0xE5] + Array(",5\n".utf8)
        let found = TargetsReader.read(bytes, file: "t.csv").problems
        #expect(MarkedText.summary(found) == ["2:5 weighting.not-text"])
    }

    @Test func `random bytes never trap`() {
        var numbers = SeededGenerator(seed: 31)
        let pieces = [
            "variable", "category", "total", ",", ";", "\n", "\r", "\"", "*", "=", "1", "-", "e", "\u{FEFF}", "пол",
            " ",
        ]
        for _ in 0..<2_000 {
            let text = (0..<numbers.below(60)).map { _ in pieces[numbers.below(pieces.count)] }.joined()
            _ = TargetsReader.read(Array(text.utf8), file: "t.csv")
            var bytes = Array(("variable,category,total\n" + text).utf8)
            if !bytes.isEmpty { bytes[numbers.below(bytes.count)] = UInt8(numbers.below(256)) }
            _ = TargetsReader.read(bytes, file: "t.csv")
        }
    }

    @Test func `formula text stays text and very many categories are read`() throws {
        let formula = try read("variable,category,total\nsex,\"=HYPERLINK(\"\"x\"\")\",5\n").get()
        #expect(formula.margins[0].categories[0].codes == ["=HYPERLINK(\"x\")"])
        let many = "variable,category,total\n" + (0..<200_000).map { "v,\($0),1\n" }.joined()
        #expect(try read(many).get().margins[0].categories.count == 200_000)
    }
}
