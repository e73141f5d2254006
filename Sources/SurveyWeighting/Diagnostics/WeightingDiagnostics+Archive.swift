/// Diagnostics as bytes, behind the record of a weighting.
extension WeightingDiagnostics {
    func pack(into writer: inout PackedWriter) {
        writer.add(steps.count)
        for step in steps {
            writer.add(step.name)
            writer.add(step.rows)
            for number in [step.sum, step.least, step.greatest, step.kishEffect, step.effectiveN, step.weightLoss] {
                writer.add(number)
            }
            writer.add(step.quantiles)
            for number in [step.spread, step.leastFactor, step.greatestFactor] { writer.add(number) }
            writer.add(step.rowsAtLeast)
            writer.add(step.rowsAtGreatest)
            writer.add(step.histogram.map { UInt32(clamping: $0) })
            writer.add(step.greatestGap)
            writer.add(step.meanGap)
        }
        writer.add(margins.count)
        for margin in margins {
            writer.add(margin.variable)
            writer.add(margin.category)
            writer.add(margin.target)
            writer.add(margin.shares)
        }
        writer.add(balance.count)
        for figure in balance {
            writer.add(figure.variable)
            writer.add(figure.category.map { [$0] } ?? [])
            for list in [figure.values, figure.distances, figure.effects] { for number in list { writer.add(number) } }
        }
    }

    /// Reads what ``pack(into:)`` wrote; nil if it is not whole.
    init?(_ reader: inout PackedReader) {
        guard let stepCount = reader.count(width: 8) else { return nil }
        var steps: [Step] = []
        for _ in 0..<stepCount {
            guard let step = Step(&reader) else { return nil }
            steps.append(step)
        }
        guard let marginCount = reader.count(width: 8) else { return nil }
        var margins: [Margin] = []
        for _ in 0..<marginCount {
            guard let variable = reader.text(), let category = reader.text(), let target = reader.double(),
                let shares = reader.doubles(), shares.count == stepCount
            else { return nil }
            margins.append(Margin(variable: variable, category: category, target: target, shares: shares))
        }
        guard let figureCount = reader.count(width: 8) else { return nil }
        var balance: [Balance] = []
        for _ in 0..<figureCount {
            guard let variable = reader.text(), let category = reader.texts(), category.count <= 1 else { return nil }
            var lists: [[Double?]] = []
            for _ in 0..<3 {
                var list: [Double?] = []
                for _ in 0..<stepCount {
                    guard let number = reader.optionalDouble() else { return nil }
                    list.append(number)
                }
                lists.append(list)
            }
            balance.append(
                Balance(
                    variable: variable, category: category.first, values: lists[0], distances: lists[1],
                    effects: lists[2]))
        }
        self.init(steps: steps, margins: margins, balance: balance)
    }
}

extension WeightingDiagnostics.Step {
    fileprivate init?(_ reader: inout PackedReader) {
        guard let name = reader.text(), let rows = reader.integer(), let sum = reader.double(),
            let least = reader.double(), let greatest = reader.double(), let effect = reader.double(),
            let effective = reader.double(), let loss = reader.double(), let quantiles = reader.doubles(),
            quantiles.count == WeightingDiagnostics.shares.count, let spread = reader.optionalDouble(),
            let leastFactor = reader.optionalDouble(), let greatestFactor = reader.optionalDouble(),
            let atLeast = reader.optionalInteger(), let atGreatest = reader.optionalInteger(),
            let histogram = reader.words(), histogram.count == WeightingDiagnostics.classCount,
            let greatestGap = reader.optionalDouble(), let meanGap = reader.optionalDouble()
        else { return nil }
        self.name = name
        self.rows = rows
        self.sum = sum
        self.least = least
        self.greatest = greatest
        self.quantiles = quantiles
        kishEffect = effect
        effectiveN = effective
        weightLoss = loss
        self.spread = spread
        self.leastFactor = leastFactor
        self.greatestFactor = greatestFactor
        rowsAtLeast = atLeast
        rowsAtGreatest = atGreatest
        self.histogram = histogram.map { Int($0) }
        self.greatestGap = greatestGap
        self.meanGap = meanGap
    }
}
