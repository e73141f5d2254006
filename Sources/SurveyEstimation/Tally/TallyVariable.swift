internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems

/// The values of a measure for the rows in use, PSU after PSU, ready to be tallied for any breakdown.
struct TallyVariable {
    enum Content {
        /// Only the slots count.
        case answers
        /// Values y, tallied as deviations y − centre; anything where there is none.
        case numbers([Double])
        /// Denominators x and numerators y, tallied as deviations y − centre·x; anything where there is none.
        case pairs([Double], [Double])
    }

    let measured: Measure.Content
    /// The answer of each row; `missingSlot` in the base without an answer, the slot after it outside the base.
    let slots: [UInt16]
    let answerCount: Int
    let content: Content
    /// The value, or ratio, about which the numbers are tallied.
    let centre: Double
    let estimated: [(answer: Int, label: String?)]

    var missingSlot: Int { answerCount }
    var slotCount: Int { answerCount + 2 }

    /// Puts values into an order of rows; rows that are `incomplete` count as missing.
    init(
        _ values: MeasuredValues, measure: Measure, design: SampleDesign, incomplete: [Bool]?,
        order: RowOrder = .byUnit
    ) {
        let rows = order.rows(of: design)
        measured = measure.content
        answerCount = values.answerCount
        estimated = measure.answer.map { label in values.estimated.map { ($0.answer, label) } } ?? values.estimated
        let missing = UInt16(values.answerCount)
        var slots = TallyVariable.slots(values, rows: rows, count: rows?.count ?? design.rowCount)
        if let incomplete {
            for position in slots.indices where incomplete[rows.map { Int($0[position]) } ?? position] {
                slots[position] = missing
            }
        }
        if let base = measure.base {
            for position in slots.indices where !base.holds(rows.map { Int($0[position]) } ?? position) {
                slots[position] = missing + 1
            }
        }
        self.slots = slots
        switch values.content {
        case .codes:
            content = .answers
            centre = 0
        case .numbers(let numbers):
            let y = Ordered(numbers, at: rows, slots: slots)
            content = .numbers(y.values)
            centre = TallyVariable.rounded(y.total / Double(max(1, y.count)), to: y.greatest)
        case .pairs(let numerators, let denominators):
            let y = Ordered(numerators, at: rows, slots: slots)
            let x = Ordered(denominators, at: rows, slots: slots)
            let ratio = x.total == 0 ? 0 : y.total / x.total
            content = .pairs(x.values, y.values)
            centre = TallyVariable.rounded(ratio, to: abs(ratio))
        }
    }

    /// The answer of each position; where a row has none, the slot after the answers.
    private static func slots(_ values: MeasuredValues, rows: [UInt32]?, count: Int) -> [UInt16] {
        if case .codes(let codes) = values.content, rows == nil { return codes }
        let missing = UInt16(values.answerCount)
        return [UInt16](unsafeUninitializedCapacity: count) { slots, filled in
            func fill(_ slot: (Int) -> UInt16) {
                if let rows {
                    for (position, row) in rows.enumerated() {
                        slots.initializeElement(at: position, to: slot(Int(row)))
                    }
                } else {
                    for row in 0..<count { slots.initializeElement(at: row, to: slot(row)) }
                }
            }
            switch values.content {
            case .codes(let codes): codes.withUnsafeBufferPointer { codes in fill { codes[$0] } }
            case .numbers(let numbers):
                numbers.withUnsafeBufferPointer { numbers in fill { abs(numbers[$0]) < .infinity ? 0 : missing } }
            case .pairs(let numerators, let denominators):
                numerators.withUnsafeBufferPointer { numerators in
                    denominators.withUnsafeBufferPointer { denominators in
                        fill { abs(numerators[$0]) < .infinity && abs(denominators[$0]) < .infinity ? 0 : missing }
                    }
                }
            }
            filled = count
        }
    }

    /// Slots and numbers that were made, not measured: rows up to a quantile, influences.
    init(_ content: Content, slots: [UInt16], answerCount: Int, measured: Measure.Content) {
        self.content = content
        self.slots = slots
        self.answerCount = answerCount
        self.measured = measured
        centre = 0
        estimated = [(0, nil)]
    }

    /// The same values, about the same centre, for rows in another order.
    func reordered(_ positions: [Int]) -> TallyVariable { TallyVariable(self, positions) }

    private init(_ other: TallyVariable, _ positions: [Int]) {
        measured = other.measured
        answerCount = other.answerCount
        estimated = other.estimated
        centre = other.centre
        slots = positions.map { other.slots[$0] }
        content =
            switch other.content {
            case .answers: .answers
            case .numbers(let numbers): .numbers(positions.map { numbers[$0] })
            case .pairs(let denominators, let numerators):
                .pairs(positions.map { denominators[$0] }, positions.map { numerators[$0] })
            }
    }

    /// Values in an order of rows, with what a centre is chosen from.
    private struct Ordered {
        let values: [Double]
        private(set) var total = 0.0
        private(set) var greatest = 0.0
        private(set) var count = 0

        init(_ numbers: [Double], at rows: [UInt32]?, slots: [UInt16]) {
            values =
                rows.map { rows in numbers.withUnsafeBufferPointer { numbers in rows.map { numbers[Int($0)] } } }
                ?? numbers
            // Four sums side by side, for an addition waits for the one before it.
            var (sums, most, least, counts) = (
                SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero
            )
            values.withUnsafeBufferPointer { values in
                slots.withUnsafeBufferPointer { slots in
                    func value(_ position: Int) -> Double { slots[position] == 0 ? values[position] : 0 }
                    func one(_ position: Int) -> Double { slots[position] == 0 ? 1 : 0 }
                    func add(_ own: SIMD4<Double>, _ ones: SIMD4<Double>) {
                        sums += own
                        most = pointwiseMax(most, own)
                        least = pointwiseMin(least, own)
                        counts += ones
                    }
                    let full = slots.count & ~3
                    for at in stride(from: 0, to: full, by: 4) {
                        add(
                            SIMD4(value(at), value(at + 1), value(at + 2), value(at + 3)),
                            SIMD4(one(at), one(at + 1), one(at + 2), one(at + 3)))
                    }
                    for at in full..<slots.count { add(SIMD4(value(at), 0, 0, 0), SIMD4(one(at), 0, 0, 0)) }
                }
            }
            (total, greatest, count) = (sums.sum(), max(most.max(), -least.min()), Int(counts.sum()))
        }
    }

    /// Keeps about twenty bits of a centre relative to the scale of the values: the order of rows cannot show in it, and
    /// subtracting it from whole numbers is exact.
    private static func rounded(_ centre: Double, to scale: Double) -> Double {
        guard centre.isFinite, scale.isNormal else { return 0 }
        let step = scale.binade * 0x1p-20
        guard step.isNormal else { return 0 }
        return (centre / step).rounded() * step
    }

    /// Where a sum stands among the sums of a cell.
    func offset(of sum: Sum) -> Int {
        switch (content, sum) {
        case (.answers, .answer(let answer)): answer
        case (.answers, _): answerCount
        case (.numbers, .deviation): 1
        case (.numbers, _): 0
        case (.pairs, .deviation): 2
        case (.pairs, .denominator): 1
        case (.pairs, _): 0
        }
    }

    /// The estimator of one answer.
    func estimator(of answer: Int) -> any Estimator {
        switch measured {
        case .rows: Count()
        case .shares, .items, .condition, .quantiles: Share(of: answer)
        case .mean: Mean(about: centre)
        case .total, .statistic: Total(about: centre)
        case .ratio: Ratio(about: centre)
        }
    }
}
