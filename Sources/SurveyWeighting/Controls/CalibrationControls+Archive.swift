extension CalibrationControls {
    /// Writes everything but the categories of the cells, which the step has.
    func pack(into writer: inout PackedWriter) {
        writer.add(controls.count)
        for control in controls {
            writer.add(control.variable)
            writer.add(control.category)
            writer.add(control.total)
        }
        writer.add(categoryCounts.map { UInt32(truncatingIfNeeded: $0) })
        writer.add(numbers.count)
        for column in numbers { writer.add(column) }
        writer.add(costs)
        writer.add(distance.rawValue)
        writer.add(bounds?.scale.rawValue ?? "")
        writer.add([bounds?.low ?? 0, bounds?.high ?? 0])
        switch rule {
        case .controls(let tolerance, let steps):
            writer.add(["controls"])
            writer.add(tolerance)
            writer.add(steps)
        case .rSurvey(let epsilon, let steps):
            writer.add(["r"])
            writer.add(epsilon)
            writer.add(steps)
        case .nearest(let price, let steps):
            writer.add(["nearest"])
            writer.add(price)
            writer.add(steps)
        }
        writer.add((isPrescaled ? 1 : 0) + (isByCluster ? 2 : 0))
    }

    /// Reads what ``pack(into:)`` wrote; nil if it is not whole.
    init?(_ reader: inout PackedReader, categoryOfCell: [[UInt32]]) {
        guard let controlCount = reader.count(width: 24) else { return nil }
        var controls: [Control] = []
        for _ in 0..<controlCount {
            guard let variable = reader.text(), let category = reader.text(), let total = reader.double(),
                total.isFinite
            else { return nil }
            controls.append(Control(variable: variable, category: category, total: total))
        }
        guard let counts = reader.words()?.map({ Int($0) }), let columnCount = reader.count(width: 8) else {
            return nil
        }
        var numbers: [[Double]] = []
        for _ in 0..<columnCount {
            guard let column = reader.doubles() else { return nil }
            numbers.append(column)
        }
        guard let costs = reader.doubles(), let distance = reader.text().flatMap({ CalibrationDistance(rawValue: $0) }),
            let scale = reader.text(), let limits = reader.doubles(), limits.count == 2,
            let kind = reader.texts()?.first, let tolerance = reader.double(), let steps = reader.integer(),
            let flags = reader.integer(), (0...3).contains(flags)
        else { return nil }
        let rule: ControlRule
        switch kind {
        case "controls": rule = .controls(tolerance: tolerance, steps: steps)
        case "r": rule = .rSurvey(epsilon: tolerance, steps: steps)
        case "nearest" where tolerance > 0: rule = .nearest(price: tolerance, steps: steps)
        default: return nil
        }
        var bounds: CalibrationBounds?
        if !scale.isEmpty {
            guard let read = CalibrationBounds.Scale(rawValue: scale), !limits.contains(where: \.isNaN) else {
                return nil
            }
            bounds = CalibrationBounds(low: limits[0], high: limits[1], on: read)
        }
        let isWhole =
            counts.count == categoryOfCell.count && counts.reduce(0, +) + numbers.count == controls.count
            && zip(categoryOfCell, counts).allSatisfy { own, count in
                own.count == costs.count && own.allSatisfy { Int($0) < count }
            }
            && numbers.allSatisfy { $0.count == costs.count && $0.allSatisfy(\.isFinite) }
            && costs.allSatisfy { $0 > 0 && $0.isFinite } && tolerance.isFinite && steps >= 0
        guard isWhole else { return nil }
        self.init(
            controls: controls, categoryOfCell: categoryOfCell, categoryCounts: counts, numbers: numbers, costs: costs,
            distance: distance, bounds: bounds, rule: rule, isPrescaled: flags & 1 != 0, isByCluster: flags & 2 != 0)
    }
}
