internal import SurveyData
internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems

/// The values of a measure for the rows in use, PSU after PSU, ready to be tallied for any breakdown.
struct TallyVariable {
    enum Content {
        /// Only the slots count.
        case answers
        /// Deviations y − centre.
        case deviations([Double])
        /// Denominators x and deviations y − centre·x.
        case pairs([Double], [Double])
    }

    let measured: Measure.Content
    /// The answer of each row; `missingSlot` in the base without an answer, `outsideSlot` outside the base.
    let slots: [UInt16]
    let answerCount: Int
    let content: Content
    /// The value, or ratio, about which the numbers are tallied.
    let centre: Double
    let estimated: [(answer: Int, label: String?)]

    var missingSlot: Int { answerCount }
    var outsideSlot: Int { answerCount + 1 }
    var slotCount: Int { answerCount + 2 }

    /// Puts values into the order of the design's rows; rows that are `incomplete` count as missing.
    init(_ values: MeasuredValues, measure: Measure, design: SampleDesign, incomplete: [Bool]?) {
        measured = measure.content
        answerCount = values.answerCount
        estimated = values.estimated
        let missing = UInt16(values.answerCount)
        var slots: [UInt16]
        switch values.content {
        case .codes(let codes):
            slots = codes.withUnsafeBufferPointer { codes in design.rows.map { codes[Int($0)] } }
        case .numbers(let numbers):
            slots = design.rows.map { numbers[Int($0)].isFinite ? 0 : missing }
        case .pairs(let numerators, let denominators):
            slots = design.rows.map { numerators[Int($0)].isFinite && denominators[Int($0)].isFinite ? 0 : missing }
        }
        if let incomplete {
            for (position, row) in design.rows.enumerated() where incomplete[Int(row)] { slots[position] = missing }
        }
        if let base = measure.base {
            for (position, row) in design.rows.enumerated() where !base.holds(Int(row)) { slots[position] = missing + 1 }
        }
        self.slots = slots
        switch values.content {
        case .codes:
            content = .answers
            centre = 0
        case .numbers(let numbers):
            let ordered = TallyVariable.ordered(numbers, by: design, slots: slots)
            let centre = TallyVariable.rounded(
                CompensatedSum.of(ordered) / Double(max(1, slots.count { $0 == 0 })),
                to: ordered.lazy.map { abs($0) }.max() ?? 0)
            content = .deviations(zip(ordered, slots).map { $1 == 0 ? $0 - centre : 0 })
            self.centre = centre
        case .pairs(let numerators, let denominators):
            let y = TallyVariable.ordered(numerators, by: design, slots: slots)
            let x = TallyVariable.ordered(denominators, by: design, slots: slots)
            let denominator = CompensatedSum.of(x)
            let ratio = denominator == 0 ? 0 : CompensatedSum.of(y) / denominator
            let centre = TallyVariable.rounded(ratio, to: abs(ratio))
            content = .pairs(x, zip(y, x).map { $0 - centre * $1 })
            self.centre = centre
        }
    }

    /// Values in the order of the design's rows, 0 where there is none.
    private static func ordered(_ values: [Double], by design: SampleDesign, slots: [UInt16]) -> [Double] {
        zip(design.rows, slots).map { $1 == 0 ? values[Int($0)] : 0 }
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
        case (.deviations, .deviation): 1
        case (.deviations, _): 0
        case (.pairs, .deviation): 2
        case (.pairs, .denominator): 1
        case (.pairs, _): 0
        }
    }

    /// The estimator of one answer.
    func estimator(of answer: Int) -> any Estimator {
        switch measured {
        case .rows: Count()
        case .shares, .items, .condition: Share(of: answer)
        case .mean: Mean(about: centre)
        case .total: Total(about: centre)
        case .ratio: Ratio(about: centre)
        }
    }
}
