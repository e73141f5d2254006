import SurveyTestSupport
import Testing

@testable import SurveyFormats

struct NumberCellTests {
    @Test func `a number is written in the fewest digits that give it back`() {
        let texts: [(Double, String)] = [
            (0, "0"), (-0.0, "0"), (7, "7"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100"), (1e15, "1000000000000000"),
            (1e22, "1e+22"),
            (123_456_789, "123456789"), (-98, "-98"), (14.781466, "14.781466"), (1.0 / 3, "0.3333333333333333"),
            (.leastNonzeroMagnitude, "5e-324"),
        ]
        for (value, text) in texts { #expect(NumberCell.text(value) == text) }
    }

    @Test func `any number comes back as it was`() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(CellNumber.read(NumberCell.text(value)) == value)
            let short = (Double(random.below(1_000_000)) / 1000) * (random.below(2) == 0 ? 1 : -1)
            #expect(CellNumber.read(NumberCell.text(short)) == short)
            #expect(NumberCell.text(short).utf8.count <= 9)
        }
    }

    @Test func `days and times are read as they are written`() {
        for text in ["0001-01-01", "1582-10-14", "1969-12-31", "2024-02-29", "9999-12-31"] {
            let seconds = TimeCell.seconds(ofMoment: text)
            #expect(seconds.map { SPSSTime.text($0 + SPSSTime.epoch, as: .date) } == text)
        }
        for text in ["2023-05-01T12:30:15", "1899-12-31T23:59:59.125"] {
            let seconds = TimeCell.seconds(ofMoment: text)
            #expect(seconds.map { SPSSTime.text($0 + SPSSTime.epoch, as: .dateTime) } == text)
        }
        for text in ["00:00:00", "-01:30:00", "100:00:59.5"] {
            #expect(TimeCell.seconds(ofDuration: text).map { SPSSTime.text($0, as: .time) } == text)
        }
        for text in ["2023-02-29", "24:00", "1:2:3", "x"] { #expect(TimeCell.seconds(ofMoment: text) == nil) }
    }
}
