import SurveySchema
import Testing

@testable import SurveyReport

struct ReportNumbersTests {
    struct Case: CustomTestStringConvertible {
        let value: Double
        let decimals: Int
        let shift: Int
        let en: String
        let ru: String
        var testDescription: String { en }
    }

    @Test(arguments: [
        Case(value: 0.2825, decimals: 1, shift: 2, en: "28.2", ru: "28,2"),
        Case(value: 0.0625, decimals: 1, shift: 2, en: "6.3", ru: "6,3"),
        Case(value: -0.0625, decimals: 1, shift: 2, en: "−6.3", ru: "−6,3"),
        Case(value: 0.125, decimals: 2, shift: 0, en: "0.13", ru: "0,13"),
        Case(value: 2.5, decimals: 0, shift: 0, en: "3", ru: "3"),
        Case(value: 0.15, decimals: 1, shift: 0, en: "0.1", ru: "0,1"),
        Case(value: -0.0, decimals: 1, shift: 2, en: "0.0", ru: "0,0"),
        Case(value: -0.0004, decimals: 1, shift: 2, en: "0.0", ru: "0,0"),
        Case(value: 1, decimals: 1, shift: 2, en: "100.0", ru: "100,0"),
        Case(value: 0.9996, decimals: 1, shift: 2, en: "100.0", ru: "100,0"),
        Case(value: 1234.5, decimals: 1, shift: 0, en: "1,234.5", ru: "1\u{202F}234,5"),
        Case(value: 1_453_871, decimals: 0, shift: 0, en: "1,453,871", ru: "1\u{202F}453\u{202F}871"),
        Case(value: -12.5, decimals: 2, shift: 0, en: "−12.50", ru: "−12,50"),
        Case(value: 1e20, decimals: 0, shift: 0, en: "100,000,000,000,000,000,000", ru: "100 000 000 000 000 000 000"),
        Case(value: Double.leastNonzeroMagnitude, decimals: 1, shift: 0, en: "0.0", ru: "0,0"),
    ])
    func `numbers are printed as each language writes them`(given: Case) {
        let russian = given.ru.replacing(" ", with: "\u{202F}")
        #expect(ReportNumbers(.english).text(given.value, decimals: given.decimals, shift: given.shift) == given.en)
        #expect(ReportNumbers(.russian).text(given.value, decimals: given.decimals, shift: given.shift) == russian)
        #expect(ReportNumbers(.kazakh).text(given.value, decimals: given.decimals, shift: given.shift) == russian)
    }

    @Test func `percent signs, levels and ranges follow the language`() {
        #expect(ReportNumbers(.english).percent("28.2") == "28.2%")
        #expect(ReportNumbers(.kazakh).percent("28,2") == "28,2\u{A0}%")
        #expect(ReportNumbers(.russian).level(0.95) == "95\u{A0}%")
        #expect(ReportNumbers(.english).level(0.975) == "97.5%")
        #expect(ReportNumbers(.english).range("1.0", "2.0") == "1.0–2.0")
        #expect(ReportNumbers(.english).range("−1.0", "2.0") == "−1.0\u{A0}– 2.0")
        #expect(ReportNumbers(.english).count(-1234) == "−1,234")
        #expect(ReportNumbers(.english).count(Int.min) == "−9,223,372,036,854,775,808")
    }

    @Test func `values that have no decimal text are printed as they are`() {
        #expect(ReportNumbers(.english).text(.nan, decimals: 1) == "nan")
        #expect(ReportNumbers(.english).text(1e300, decimals: 1) == "1e+300")
    }
}
