internal import SurveySchema

/// A moment as a field programme writes it: a day, a time, and perhaps an offset from UTC.
struct FieldTime: Equatable {
    /// The day as written, which is the interviewer's.
    let day: CalendarDate
    /// Minutes since 1970-01-01 00:00: of UTC where an offset is written, else of the interviewer's clock.
    let minutes: Double
    let hasOffset: Bool

    /// Reads `2023-09-01T09:42`, with a blank for the `T`, with seconds, a fraction of a second, `Z` or `+05:00`; nil for
    /// anything else.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 16, bytes.count <= 40, bytes[10] == 0x54 || bytes[10] == 0x20 || bytes[10] == 0x74,
            let day = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self)), bytes[13] == 0x3A,
            let hour = FieldTime.number(bytes, 11, most: 23), let minute = FieldTime.number(bytes, 14, most: 59)
        else { return nil }
        var place = 16
        var seconds = 0.0
        if place < bytes.count, bytes[place] == 0x3A {
            guard let whole = FieldTime.number(bytes, place + 1, most: 60) else { return nil }
            seconds = Double(whole)
            place += 3
            if place < bytes.count, bytes[place] == 0x2E || bytes[place] == 0x2C {
                let digits = bytes[(place + 1)...].prefix { $0 >= 0x30 && $0 <= 0x39 }
                guard !digits.isEmpty else { return nil }
                place += 1 + digits.count
            }
        }
        var offset = 0
        hasOffset = place < bytes.count
        if place < bytes.count {
            switch bytes[place] {
            case 0x5A, 0x7A:
                guard place + 1 == bytes.count else { return nil }
            case 0x2B, 0x2D:
                let isNegative = bytes[place] == 0x2D
                let rest = bytes[(place + 1)...].filter { $0 != 0x3A }
                guard rest.count == 4 || rest.count == 2, let hours = FieldTime.number(rest, 0, most: 15) else {
                    return nil
                }
                var own = hours * 60
                if rest.count == 4 {
                    guard let minutes = FieldTime.number(rest, 2, most: 59) else { return nil }
                    own += minutes
                }
                offset = isNegative ? -own : own
            default: return nil
            }
        }
        self.day = day
        minutes = Double(day.days * 1440 + hour * 60 + minute - offset) + seconds / 60
    }

    private static func number(_ bytes: [UInt8], _ place: Int, most: Int) -> Int? {
        guard place + 1 < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39, bytes[place + 1] >= 0x30,
            bytes[place + 1] <= 0x39
        else { return nil }
        let value = Int(bytes[place] - 0x30) * 10 + Int(bytes[place + 1] - 0x30)
        return value <= most ? value : nil
    }
}
