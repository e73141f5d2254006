internal import SurveySchema

/// Writes and reads moments as the text of cells (ISO 8601), seconds since 1970-01-01 beside it.
enum TimeCell {
    /// Seconds of a day.
    static let day = 86_400.0
    /// The least and the greatest second of the years 1 to 9999.
    private static let least = -719_162 * day
    private static let greatest = 2_932_897 * day

    /// Writes a day, with the time of day where the seconds are no whole day; 0 for a year before 1 or after 9999.
    static func writeMoment(
        _ seconds: Double, withTime: Bool, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard seconds >= least, seconds < greatest else { return 0 }
        let days = (seconds / day).rounded(.down)
        let rest = seconds - days * day
        var text = CalendarDate(days: Int(days)).description
        guard text.utf8.count == 10 else { return 0 }
        text.withUTF8 { bytes in
            if let base = bytes.baseAddress { target.update(from: base, count: 10) }
        }
        guard withTime || rest != 0 else { return 10 }
        target[10] = 0x54
        return 11 + writeClock(rest, to: target + 11)
    }

    /// Writes a duration as `hh:mm:ss`, with a fraction of up to six digits; 0 for one that is no number of seconds.
    static func writeDuration(_ seconds: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
        guard seconds.magnitude < 1e12 else { return 0 }
        guard seconds < 0 else { return writeClock(seconds, to: target) }
        target[0] = 0x2D
        return 1 + writeClock(-seconds, to: target + 1)
    }

    private static func writeClock(_ seconds: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
        let microseconds = Int((seconds * 1e6).rounded())
        let (whole, fraction) = (microseconds / 1_000_000, microseconds % 1_000_000)
        let hours = whole / 3600
        var position = 2
        if hours < 100 {
            NumberCell.write(hours, digits: 2, to: target)
        } else {
            position = NumberCell.write(Int64(hours), to: target)
        }
        target[position] = 0x3A
        NumberCell.write(whole / 60 % 60, digits: 2, to: target + position + 1)
        target[position + 3] = 0x3A
        NumberCell.write(whole % 60, digits: 2, to: target + position + 4)
        position += 6
        guard fraction > 0 else { return position }
        target[position] = 0x2E
        NumberCell.write(fraction, digits: 6, to: target + position + 1)
        position += 7
        while target[position - 1] == 0x30 { position -= 1 }
        return position
    }

    /// The seconds since 1970-01-01 of a day or moment; nil for anything else.
    static func seconds(ofMoment text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let date = CalendarDate(iso: String(decoding: bytes[..<10], as: UTF8.self)) else {
            return nil
        }
        let start = Double(date.days) * day
        if bytes.count == 10 { return start }
        guard bytes[10] == 0x54 || bytes[10] == 0x20 else { return nil }
        guard let clock = seconds(ofDuration: String(decoding: bytes[11...], as: UTF8.self)), clock >= 0, clock < day
        else { return nil }
        return start + clock
    }

    /// The seconds of `hh:mm:ss` or `hh:mm`, with or without fraction and sign; nil for anything else.
    static func seconds(ofDuration text: String) -> Double? {
        let isNegative = text.hasPrefix("-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(
            separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hours = whole(parts[0], most: 13),
            let minutes = whole(parts[1], most: 2), minutes < 60
        else { return nil }
        var seconds = 0.0
        if parts.count == 3 {
            let halves = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard let full = whole(halves[0], most: 2), full < 61 else { return nil }
            seconds = Double(full)
            if halves.count == 2 {
                guard let fraction = whole(halves[1], most: 9) else { return nil }
                var divisor = 1.0
                for _ in halves[1].utf8 { divisor *= 10 }
                seconds += Double(fraction) / divisor
            }
        }
        let total = Double(hours) * 3600 + Double(minutes) * 60 + seconds
        return isNegative ? -total : total
    }

    private static func whole(_ text: Substring, most: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= most, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return Int(text)
    }
}
