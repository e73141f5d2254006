/// Record and summary of a weighting as bytes, for a study file to keep beside the weights.
public struct WeightingArchive: Sendable {
    public let record: CalibrationRecord?
    public let summary: WeightingSummary

    public init(record: CalibrationRecord?, summary: WeightingSummary) {
        self.record = record
        self.summary = summary
    }

    /// Version 1 ended without targets and sweeps, version 2 without the errors of targets and non-response steps, version 3
    /// without diagnostics, version 4 without steps that are neither fits nor non-response.
    private static let version = 5

    /// The archive as bytes.
    public var packed: [UInt8] {
        var writer = PackedWriter()
        writer.add(WeightingArchive.version)
        writer.add(record?.steps.count ?? -1)
        for step in record?.steps ?? [] {
            writer.add(step.method.rawValue)
            writer.add(step.margins.count)
            for (number, variables) in step.margins.enumerated() {
                writer.add(variables)
                writer.add(step.categoryOfCell[number])
                writer.add(step.turnFactors.indices.contains(number) ? step.turnFactors[number] : [])
            }
            writer.add(step.cellOfRow)
            writer.add(step.before)
            writer.add(step.after)
            if let controls = step.controls { controls.pack(into: &writer) }
        }
        writer.add(summary.steps.count)
        for step in summary.steps {
            writer.add(step.name)
            writer.add(step.rows)
            for number in [step.sum, step.least, step.greatest, step.kishEffect, step.effectiveN] { writer.add(number) }
            writer.add(step.iterations)
            writer.add(step.movedShare)
            writer.add(step.rowsCut)
            writer.add(step.largestError)
        }
        writer.add(summary.margins.count)
        for margin in summary.margins {
            writer.add(margin.variable)
            writer.add(margin.category)
            for number in [margin.target, margin.before, margin.after] { writer.add(number) }
        }
        for step in record?.steps ?? [] {
            writer.add(step.targets?.count ?? -1)
            for totals in step.targets ?? [] { writer.add(totals) }
            writer.add(step.sweeps)
        }
        for step in record?.steps ?? [] {
            writer.add(step.targetErrors == nil ? 0 : 1)
            if let errors = step.targetErrors { errors.pack(into: &writer) }
        }
        writer.add(record?.adjustments.count ?? 0)
        for step in record?.adjustments ?? [] {
            step.pack(into: &writer)
            step.packRule(into: &writer)
        }
        writer.add(summary.diagnostics == nil ? 0 : 1)
        if let diagnostics = summary.diagnostics { diagnostics.pack(into: &writer) }
        return writer.bytes
    }

    /// Reads an archive of weights for so many rows; nil if the bytes are not one from the first to the last.
    ///
    /// What comes out can be indexed without checks: cells and categories are within their counts.
    public init?(packed bytes: [UInt8], rowCount: Int) {
        var reader = PackedReader(bytes)
        guard let version = reader.integer(), (1...WeightingArchive.version).contains(version),
            let stepCount = reader.integer(), stepCount >= -1
        else {
            return nil
        }
        var steps: [CalibrationRecord.Step] = []
        for _ in 0..<max(0, stepCount) {
            guard let step = CalibrationRecord.Step(&reader, rowCount: rowCount) else { return nil }
            steps.append(step)
        }
        guard var summary = WeightingSummary(&reader) else { return nil }
        if version > 1 {
            for number in steps.indices {
                guard steps[number].readFit(&reader) else { return nil }
            }
        }
        if version > 2 {
            for number in steps.indices {
                guard let flag = reader.integer(), (0...1).contains(flag) else { return nil }
                guard flag == 1 else { continue }
                let step = steps[number]
                let count = step.controls?.controls.count ?? step.targets?.reduce(0) { $0 + $1.count } ?? -1
                guard let errors = TargetErrors(&reader), errors.values.count == count else { return nil }
                steps[number].targetErrors = errors
            }
        }
        var adjustments: [AdjustmentRecord] = []
        if version > 2 {
            guard let count = reader.count(width: 8) else { return nil }
            for _ in 0..<count {
                guard
                    let step = AdjustmentRecord(&reader, rowCount: rowCount, version: version, fits: steps.count)
                else { return nil }
                adjustments.append(step)
            }
        }
        if version > 3 {
            guard let flag = reader.integer(), (0...1).contains(flag) else { return nil }
            if flag == 1 {
                guard let diagnostics = WeightingDiagnostics(&reader) else { return nil }
                summary.diagnostics = diagnostics
            }
        }
        guard reader.isAtEnd else { return nil }
        record = stepCount < 0 ? nil : CalibrationRecord(steps: steps, adjustments: adjustments)
        self.summary = summary
    }
}

extension CalibrationRecord.Step {
    /// Reads the targets of each margin and the sweeps of the fit; false if the bytes hold something else.
    fileprivate mutating func readFit(_ reader: inout PackedReader) -> Bool {
        guard let count = reader.integer(), count >= -1 else { return false }
        if count >= 0 {
            guard count == categoryOfCell.count else { return false }
            var all: [[Double]] = []
            for categories in categoryOfCell {
                let least = categories.max().map { Int($0) + 1 } ?? 0
                guard let totals = reader.doubles(), totals.count >= least, totals.allSatisfy(\.isFinite) else {
                    return false
                }
                all.append(totals)
            }
            targets = all
        }
        guard let sweeps = reader.optionalInteger(), sweeps ?? 0 >= 0 else { return false }
        self.sweeps = sweeps
        return true
    }

    fileprivate init?(_ reader: inout PackedReader, rowCount: Int) {
        guard let method = reader.text().flatMap({ Method(rawValue: $0) }), let count = reader.count(width: 24) else {
            return nil
        }
        var margins: [[String]] = []
        var categories: [[UInt32]] = []
        var factors: [[Double]] = []
        for _ in 0..<count {
            guard let variables = reader.texts(), let category = reader.words(), let factor = reader.doubles() else {
                return nil
            }
            margins.append(variables)
            categories.append(category)
            factors.append(factor)
        }
        guard let cells = reader.words(), let before = reader.doubles(), let after = reader.doubles() else {
            return nil
        }
        var controls: CalibrationControls?
        if method == .calibrate {
            guard let read = CalibrationControls(&reader, categoryOfCell: categories) else { return nil }
            controls = read
        }
        guard let cellCount = controls?.cellCount ?? categories.first?.count else { return nil }
        let isWhole =
            categories.allSatisfy { list in list.count == cellCount && list.allSatisfy { Int($0) < cellCount } }
            && factors.allSatisfy { list in
                list.count == (controls == nil ? cellCount : 0) && list.allSatisfy(\.isFinite)
            }
            && cells.count == rowCount && cells.allSatisfy { Int($0) <= cellCount }
            && before.count == rowCount && after.count == rowCount
            && before.allSatisfy(\.isFinite) && after.allSatisfy(\.isFinite)
        guard isWhole else { return nil }
        self.init(
            method: method, margins: margins, cellOfRow: cells, categoryOfCell: categories, before: before,
            after: after, turnFactors: controls == nil ? factors : [], controls: controls)
    }
}

extension WeightingSummary {
    fileprivate init?(_ reader: inout PackedReader) {
        guard let stepCount = reader.count(width: 8) else { return nil }
        var steps: [Step] = []
        for _ in 0..<stepCount {
            guard let name = reader.text(), let rows = reader.integer(), let sum = reader.double(),
                let least = reader.double(), let greatest = reader.double(), let effect = reader.double(),
                let effective = reader.double(), let iterations = reader.optionalInteger(),
                let moved = reader.optionalDouble(), let cut = reader.optionalInteger(),
                let error = reader.optionalDouble()
            else { return nil }
            steps.append(
                Step(
                    name: name, rows: rows, sum: sum, least: least, greatest: greatest, kishEffect: effect,
                    effectiveN: effective, iterations: iterations, movedShare: moved, rowsCut: cut,
                    largestError: error))
        }
        guard let marginCount = reader.count(width: 8) else { return nil }
        var margins: [Margin] = []
        for _ in 0..<marginCount {
            guard let variable = reader.text(), let category = reader.text(), let target = reader.double(),
                let before = reader.double(), let after = reader.double()
            else { return nil }
            margins.append(
                Margin(variable: variable, category: category, target: target, before: before, after: after))
        }
        self.init(steps: steps, margins: margins)
    }
}
