internal import SurveyData
internal import SurveySchema

/// When interviews were held and how long they took.
struct FieldClock {
    /// Minutes of each interview, by its position; nil where unknown.
    let minutes: [Double?]
    let summary: FieldDurations?
    let isShort: [Bool]
    let isOverlapping: [Bool]

    /// Reads the times of interviews.
    ///
    /// - Parameters:
    ///   - start: The column of the start; nil gives no durations.
    ///   - end: That of the end.
    ///   - rows: The row of each interview.
    ///   - interviewers: The interviewer of each interview, -1 for none.
    ///   - field: The first and the last day of the field.
    ///   - rule: Says what is short.
    init(
        start: Column?, end: Column?, rows: [Int], interviewers: [Int],
        field: (start: CalendarDate?, end: CalendarDate?),
        rule: AuditRule
    ) {
        guard let start, let end else {
            minutes = [Double?](repeating: nil, count: rows.count)
            isShort = [Bool](repeating: false, count: rows.count)
            isOverlapping = isShort
            summary = nil
            return
        }
        let (begun, badStarts) = FieldClock.times(start, rows)
        let (ended, badEnds) = FieldClock.times(end, rows)
        var minutes = [Double?](repeating: nil, count: rows.count)
        var (negative, outside) = ([Int](), [Int]())
        for interview in rows.indices {
            guard let first = begun[interview] else { continue }
            if field.start.map({ first.day < $0 }) ?? false || field.end.map({ first.day > $0 }) ?? false {
                outside.append(rows[interview])
            }
            guard let last = ended[interview], last.hasOffset == first.hasOffset else { continue }
            if last.minutes < first.minutes {
                negative.append(rows[interview])
            } else {
                minutes[interview] = last.minutes - first.minutes
            }
        }
        let known = minutes.compactMap { $0 }.sorted()
        let median = FieldClock.quantile(known, 0.5)
        let limit = max(rule.shortPart * median, rule.leastMinutes ?? 0)
        isShort = minutes.map { $0.map { $0 < limit } ?? false }
        isOverlapping = FieldClock.overlaps(begun, ended, minutes, interviewers)
        let (short, overlapping) = (isShort, isOverlapping)
        self.minutes = minutes
        summary = FieldDurations(
            n: known.count, lowerQuartile: FieldClock.quantile(known, 0.25), median: median,
            upperQuartile: FieldClock.quantile(known, 0.75), shortBelow: limit,
            short: rows.indices.filter { short[$0] }.map { rows[$0] },
            overlapping: rows.indices.filter { overlapping[$0] }.map { rows[$0] }, outsideField: outside,
            negative: negative, unreadable: Set(badStarts + badEnds).sorted())
    }

    /// Quantile by definition 7 of Hyndman and Fan (1996); 0 for no values.
    static func quantile(_ sorted: [Double], _ p: Double) -> Double {
        guard let last = sorted.last else { return 0 }
        let place = Double(sorted.count - 1) * p
        let below = Int(place)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// The time of each interview, and the rows whose text is no time.
    private static func times(_ column: Column, _ rows: [Int]) -> (times: [FieldTime?], bad: [Int]) {
        let labels = RowLabels(column)
        let read = labels.labels.map { FieldTime($0) }
        let kinds = column.missingKinds
        var bad: [Int] = []
        let times = rows.map { row -> FieldTime? in
            let code = labels.codes[row]
            guard code >= 0 else {
                if !kinds.isEmpty, kinds[row] == MissingKind.unreadable.rawValue { bad.append(row) }
                return nil
            }
            if read[code] == nil { bad.append(row) }
            return read[code]
        }
        return (times, bad)
    }

    /// Interviews that began before an earlier one of the same interviewer had ended.
    private static func overlaps(
        _ begun: [FieldTime?], _ ended: [FieldTime?], _ minutes: [Double?], _ interviewers: [Int]
    ) -> [Bool] {
        var overlapping = [Bool](repeating: false, count: begun.count)
        var byInterviewer: [Int: [(start: Double, end: Double, interview: Int)]] = [:]
        for interview in begun.indices where interviewers[interview] >= 0 && minutes[interview] != nil {
            guard let first = begun[interview], let last = ended[interview] else { continue }
            byInterviewer[interviewers[interview], default: []].append((first.minutes, last.minutes, interview))
        }
        for own in byInterviewer.values {
            var latest = -Double.infinity
            for item in own.sorted(by: { ($0.start, $0.interview) < ($1.start, $1.interview) }) {
                if item.start < latest { overlapping[item.interview] = true }
                latest = max(latest, item.end)
            }
        }
        return overlapping
    }
}
