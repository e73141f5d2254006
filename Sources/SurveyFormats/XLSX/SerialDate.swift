internal import SurveySchema

/// Dates and times, which a workbook keeps as days since 1899-12-30 or 1904-01-01.
enum SerialDate {
    /// What the number of a cell is, by its number format.
    enum Style: UInt8 {
        case number, date, dateTime, time
        /// Hours that may exceed a day, as `[h]:mm`.
        case duration
    }

    /// ISO 8601 of a serial number, nil where there is none (years beyond 9999, negative numbers).
    ///
    /// Day 60 of the first system is 1900-02-29, which the calendar does not have: it is written so, and found when it is
    /// read as a date. Times are rounded to a millisecond, since the number cannot hold more.
    static func text(_ serial: Double, _ style: Style, is1904: Bool) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var days = Int(serial)
        var milliseconds = Int(((serial - Double(days)) * 86_400_000).rounded())
        if milliseconds >= 86_400_000 {
            days += 1
            milliseconds = 0
        }
        switch style {
        case .number: return nil
        case .duration: return clock(milliseconds, hours: days * 24)
        case .time where days == 0: return clock(milliseconds, hours: 0)
        case .date where milliseconds == 0: return day(days, is1904: is1904)
        case .time, .date, .dateTime:
            return day(days, is1904: is1904).map { $0 + "T" + clock(milliseconds, hours: 0) }
        }
    }

    private static func day(_ days: Int, is1904: Bool) -> String? {
        // Days since 1970 of 1904-01-01, of 1899-12-31 (before the leap day that never was) and of 1899-12-30.
        if is1904 { return CalendarDate(days: days - 24_107).description }
        if days == 60 { return "1900-02-29" }
        return CalendarDate(days: days - (days < 60 ? 25_568 : 25_569)).description
    }

    /// A day since 1970-01-01 in ISO 8601.
    static func isoDay(_ days: Int) -> String { CalendarDate(days: days).description }

    private static func clock(_ milliseconds: Int, hours: Int) -> String {
        let seconds = milliseconds / 1000
        let parts = [hours + seconds / 3600, seconds / 60 % 60, seconds % 60]
        let text = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        guard !milliseconds.isMultiple(of: 1000) else { return text }
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        return text + "." + fraction
    }

    /// What a number format shows; `code` is nil for the built-in ones.
    static func style(format: Int, code: String?) -> Style {
        if let code { return style(of: code) }
        switch format {
        case 14...17, 27...31, 36, 50...54, 57, 58: return .date
        case 18...21, 32...35, 45, 47, 55, 56: return .time
        case 22: return .dateTime
        case 46: return .duration
        default: return .number
        }
    }

    /// What a format code shows: letters of dates and times outside quotes and brackets, in its first section.
    static func style(of code: String) -> Style {
        var (hasDay, hasMonth, hasTime, hasElapsed) = (false, false, false, false)
        var rest = Substring(code)
        if rest.lowercased().hasPrefix("general") { return .number }
        scan: while let character = rest.popFirst() {
            switch character {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }.lowercased()
                if !inside.isEmpty, inside.allSatisfy({ $0 == inside.first }), "hms".contains(inside.prefix(1)) {
                    hasElapsed = true
                }
                rest = rest.drop { $0 != "]" }.dropFirst()
            case ";": break scan
            case "y", "Y", "d", "D": hasDay = true
            case "m", "M": hasMonth = true
            case "h", "H", "s", "S": hasTime = true
            default: break
            }
        }
        if hasElapsed { return .duration }
        if hasTime { return hasDay ? .dateTime : .time }
        return hasDay || hasMonth ? .date : .number
    }
}
