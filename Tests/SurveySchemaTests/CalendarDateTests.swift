import Foundation
import SurveySchema
import Testing

struct CalendarDateTests {
    @Test func `days count from 1970-01-01`() throws {
        #expect(try #require(CalendarDate(iso: "1970-01-01")).days == 0)
        #expect(try #require(CalendarDate(iso: "1969-12-31")).days == -1)
        #expect(try #require(CalendarDate(iso: "2000-02-29")).days == 11_016)
        #expect(try #require(CalendarDate(iso: "0001-01-01")).days == -719_162)
        #expect(try #require(CalendarDate(iso: "9999-12-31")).days == 2_932_896)
    }

    @Test func `days that the calendar lacks and other forms are refused`() {
        for text in [
            "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-1-01", "01.05.2023",
            "2023-05-01 ",
            "", "+023-05-01", "２０２３-05-01", "0000-01-01",
        ] { #expect(CalendarDate(iso: text) == nil, "\(text)") }
    }

    @Test func `every hundredth day is written and read back, and equals Foundation's calendar`() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for days in stride(from: -100_000, through: 200_000, by: 97) {
            let date = CalendarDate(days: days)
            #expect(CalendarDate(iso: date.description) == date)
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
            let text = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            #expect(date.description == text)
        }
        #expect(CalendarDate(days: 3_000_000).description == "3000000")
        #expect(CalendarDate(days: .min).description == String(Int.min))
    }
}
