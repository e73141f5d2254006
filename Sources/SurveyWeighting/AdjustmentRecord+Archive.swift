extension AdjustmentRecord {
    /// The record as bytes.
    func pack(into writer: inout PackedWriter) {
        writer.add(groupOfRow)
        writer.add(cellCount)
        writer.add(rate.rawValue)
        writer.add(before)
    }

    /// What archives have of it since there is more than non-response.
    func packRule(into writer: inout PackedWriter) {
        writer.add(fitsBefore)
        switch rule {
        case .nonresponse: writer.add("nonresponse")
        case .eligibility: writer.add("eligibility")
        case .propensity(let patterns, let coefficients):
            writer.add("propensity")
            patterns.pack(into: &writer)
            writer.add(coefficients)
        case .rows: writer.add("rows")
        case .effectiveRows: writer.add("effective-rows")
        case .scaling(let total):
            writer.add("scaling")
            writer.add(total)
        }
    }

    /// Reads a record for so many rows; nil if the bytes hold something else.
    ///
    /// Archives up to version 4 know non-response before the first fit only.
    init?(_ reader: inout PackedReader, rowCount: Int, version: Int, fits: Int) {
        guard let groups = reader.words(), let cells = reader.integer(), cells >= 0, cells <= rowCount,
            let rate = reader.text().flatMap({ NonresponseAdjustment.Rate(rawValue: $0) }),
            let before = reader.doubles(), groups.count == rowCount, before.count == rowCount,
            before.allSatisfy(\.isFinite)
        else { return nil }
        var rule = Rule.nonresponse
        var place = 0
        if version > 4 {
            guard let number = reader.integer(), (0...fits).contains(number),
                let read = Rule(&reader, cellCount: cells)
            else { return nil }
            (rule, place) = (read, number)
        }
        self.init(rule: rule, groupOfRow: groups, cellCount: cells, rate: rate, before: before)
        fitsBefore = place
        guard groups.allSatisfy({ Int($0) <= groupCount }) else { return nil }
    }
}

extension AdjustmentRecord.Rule {
    fileprivate init?(_ reader: inout PackedReader, cellCount: Int) {
        switch reader.text() {
        case "nonresponse": self = .nonresponse
        case "eligibility": self = .eligibility
        case "rows": self = .rows
        case "effective-rows": self = .effectiveRows
        case "scaling":
            guard let total = reader.optionalDouble(), total.map({ $0 > 0 && $0.isFinite }) ?? true else { return nil }
            self = .scaling(total: total)
        case "propensity":
            guard let patterns = PropensityPatterns(&reader), let coefficients = reader.doubles(),
                patterns.count == cellCount, coefficients.count == patterns.size, coefficients.allSatisfy(\.isFinite)
            else { return nil }
            self = .propensity(patterns, coefficients: coefficients)
        default: return nil
        }
    }
}
