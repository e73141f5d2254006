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

    /// Some rows stand outside the base.
    private let hasOutside: Bool

    var missingSlot: Int { answerCount }
    var slotCount: Int { answerCount + (hasOutside ? 2 : 1) }

    /// Puts values into an order of rows; rows that are `incomplete` count as missing.
    init(
        _ values: MeasuredValues, measure: Measure, design: SampleDesign, incomplete: [Bool]?,
        order: RowOrder = .byUnit
    ) {
        let rows = order.rows(of: design)
        measured = measure.content
        answerCount = values.answerCount
        estimated = measure.answer.map { label in values.estimated.map { ($0.answer, label) } } ?? values.estimated
        hasOutside = measure.base != nil
        let missing = UInt16(values.answerCount)
        // What a row's own values say, and what is known of the row besides.
        var adjusted: ((Int, UInt16) -> UInt16)?
        if incomplete != nil || measure.base != nil {
            let base = measure.base
            adjusted = { position, slot in
                let row = rows.map { Int($0[position]) } ?? position
                if base?.holds(row) == false { return missing + 1 }
                return incomplete?[row] == true ? missing : slot
            }
        }
        func inOrder<Value>(_ own: [Value]) -> [Value] {
            guard let rows else { return own }
            return own.withUnsafeBufferPointer { own in rows.map { own[Int($0)] } }
        }
        switch values.content {
        case .codes(let codes):
            let own = inOrder(codes)
            slots = adjusted.map { adjusted in own.enumerated().map { adjusted($0, $1) } } ?? own
            content = .answers
            centre = 0
        case .numbers(let numbers):
            let y = inOrder(numbers)
            let found = Answered(y, missing: missing, adjusted)
            slots = found.slots
            content = .numbers(y)
            centre = TallyVariable.rounded(found.total / max(1, found.count), to: found.greatest)
        case .pairs(let numerators, let denominators):
            let (y, x) = (inOrder(numerators), inOrder(denominators))
            let found = Answered(y, x, missing: missing, adjusted)
            slots = found.slots
            let ratio = found.denominators == 0 ? 0 : found.total / found.denominators
            content = .pairs(x, y)
            centre = TallyVariable.rounded(ratio, to: abs(ratio))
        }
    }

    /// Slots and numbers that were made, not measured: rows up to a quantile, influences.
    ///
    /// `hasOutside` tells that a slot may be the one after the missing slot.
    init(
        _ content: Content, slots: [UInt16], answerCount: Int, measured: Measure.Content, hasOutside: Bool = true
    ) {
        self.content = content
        self.hasOutside = hasOutside
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
        hasOutside = other.hasOutside
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

    /// Which rows have numbers, and what a centre is chosen from, found in one pass.
    private struct Answered {
        /// 0 where a row has its numbers, `missing` or what `adjusted` makes of it elsewhere.
        let slots: [UInt16]
        private(set) var total = 0.0
        private(set) var denominators = 0.0
        private(set) var greatest = 0.0
        private(set) var count = 0.0

        init(_ y: [Double], missing: UInt16, _ adjusted: ((Int, UInt16) -> UInt16)?) {
            self = y.withUnsafeBufferPointer { y in
                Answered(y.count, missing: missing, adjusted) { (y[$0], 0) }
            }
        }

        init(_ y: [Double], _ x: [Double], missing: UInt16, _ adjusted: ((Int, UInt16) -> UInt16)?) {
            precondition(x.count == y.count, "a denominator for each numerator")
            self = y.withUnsafeBufferPointer { y in
                x.withUnsafeBufferPointer { x in Answered(y.count, missing: missing, adjusted) { (y[$0], x[$0]) } }
            }
        }

        @inline(__always)
        private init(
            _ rows: Int, missing: UInt16, _ adjusted: ((Int, UInt16) -> UInt16)?,
            numbers: (Int) -> (y: Double, x: Double)
        ) {
            // Sums side by side, for an addition waits for the one before it.
            var (y, x, most, counts) = (
                SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero
            )
            slots = [UInt16](unsafeUninitializedCapacity: rows) { slots, filled in
                @inline(__always)
                func take(_ position: Int) -> (y: Double, x: Double, one: Double) {
                    let own = numbers(position)
                    var slot = (abs(own.y) < .infinity) && (abs(own.x) < .infinity) ? 0 : missing
                    if let adjusted { slot = adjusted(position, slot) }
                    slots.initializeElement(at: position, to: slot)
                    return slot == 0 ? (own.y, own.x, 1) : (0, 0, 0)
                }
                let full = rows & ~3
                for at in stride(from: 0, to: full, by: 4) {
                    let (a, b, c, d) = (take(at), take(at + 1), take(at + 2), take(at + 3))
                    let own = SIMD4(a.y, b.y, c.y, d.y)
                    y += own
                    x += SIMD4(a.x, b.x, c.x, d.x)
                    counts += SIMD4(a.one, b.one, c.one, d.one)
                    most.replace(with: own, where: own .> most)
                    most.replace(with: -own, where: -own .> most)
                }
                for at in full..<rows {
                    let own = take(at)
                    y[0] += own.y
                    x[0] += own.x
                    counts[0] += own.one
                    most[0] = max(most[0], abs(own.y))
                }
                filled = rows
            }
            (total, denominators, greatest, count) = (y.sum(), x.sum(), most.max(), counts.sum())
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
