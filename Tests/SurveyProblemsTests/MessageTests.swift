import SurveyProblems
import Testing

struct MessageTests {
    @Test func `values are kept apart from the template`() {
        let message: Message = "Weight \("w_base") is not positive in \(3) rows"
        #expect(message.template == "Weight {1} is not positive in {2} rows")
        #expect(message.values == ["w_base", "3"])
        #expect(message.description == "Weight w_base is not positive in 3 rows")
    }

    @Test func `another language may reorder and repeat the values`() {
        let message: Message = "\("a") before \("b")"
        #expect(message.filled("{2} ← {1}, {1}") == "b ← a, a")
        #expect(message.filled("{3} {x} {} { {1") == "{3} {x} {} { {1")
    }

    @Test func `a value that looks like a place is not filled again`() {
        let message: Message = "\("{2}") and \("b")"
        #expect(message.description == "{2} and b")
    }

    @Test func `lists stop after ten and count the rest`() {
        let message: Message = "rows \(list: Array(1...13))"
        #expect(message.description == "rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, … +3")
        let short: Message = "rows \(list: [1, 2])"
        #expect(short.description == "rows 1, 2")
    }
}
