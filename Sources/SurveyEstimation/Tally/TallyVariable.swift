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
    /// The answer of each row as in `slots`; nil where a number is an answer, and nothing else is one.
    private let knownSlots: [UInt16]?
    let answerCount: Int
    let content: Content
    /// The value, or ratio, about which the numbers are tallied.
    let centre: Double
    let estimated: [(answer: Int, label: String?)]

    /// Some rows stand outside the base.
    private let hasOutside: Bool

    /// Numbers from which a centre is chosen where there are more, and nothing but the numbers need be looked at.
    private static let sampleCount = 1 << 12

    /// The answer of each row; `missingSlot` in the base without an answer, the slot after it outside the base.
    ///
    /// May be made anew: taken once before a loop, not in it.
    var slots: [UInt16] {
        if let knownSlots { return knownSlots }
        switch content {
        case .answers: return []
        case .numbers(let y): return Answered(y, missing: UInt16(missingSlot), nil).slots
        case .pairs(let x, let y): return Answered(y, x, missing: UInt16(missingSlot), nil).slots
        }
    }

    /// Hands over the answers of rows, nil where a number is an answer and nothing else is one.
    func withKnownSlots<Result>(_ body: (UnsafeBufferPointer<UInt16>?) -> Result) -> Result {
        guard let knownSlots else { return body(nil) }
        return knownSlots.withUnsafeBufferPointer { body($0) }
    }

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
            knownSlots = adjusted.map { adjusted in own.enumerated().map { adjusted($0, $1) } } ?? own
            content = .answers
            centre = 0
        case .numbers(let numbers):
            let y = inOrder(numbers)
            let found = adjusted == nil ? nil : Answered(y, missing: missing, adjusted)
            knownSlots = found?.slots
            let known = found ?? TallyVariable.sample(numbers, weights: design.weightOfRow)
            content = .numbers(y)
            centre = TallyVariable.rounded(known.total / max(1, known.count), to: known.greatest)
        case .pairs(let numerators, let denominators):
            let (y, x) = (inOrder(numerators), inOrder(denominators))
            let found = adjusted == nil ? nil : Answered(y, x, missing: missing, adjusted)
            knownSlots = found?.slots
            let known = found ?? TallyVariable.sample(numerators, denominators, weights: design.weightOfRow)
            let ratio = known.denominators == 0 ? 0 : known.total / known.denominators
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
        knownSlots = slots
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
        knownSlots = other.knownSlots.map { slots in positions.map { slots[$0] } }
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

    /// What a centre is chosen from where any number is an answer: rows in use at even distances in the table, which do
    /// not depend on the order of the tally; all rows where none of those has numbers.
    private static func sample(_ y: [Double], _ x: [Double]? = nil, weights: [Double]) -> Answered {
        func look(every step: Int) -> Answered {
            let rows = stride(from: 0, to: y.count, by: step).filter { weights[$0] != 0 }
            let own = rows.map { y[$0] }
            return x.map { x in Answered(own, rows.map { x[$0] }, missing: 1, nil) } ?? Answered(own, missing: 1, nil)
        }
        let step = max(1, y.count / sampleCount)
        let found = look(every: step)
        return found.count > 0 || step == 1 ? found : look(every: 1)
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
