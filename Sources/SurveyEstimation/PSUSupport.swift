internal import SurveyDesign

/// Which PSUs of a sample stand behind an estimate.
public struct PSUSupport: Sendable, Equatable {
    /// By PSU number the marks of the tally.
    let marks: [UInt8]

    /// The PSUs that stand behind one estimate or the other, of the same sample.
    func union(_ other: PSUSupport) -> PSUSupport {
        precondition(marks.count == other.marks.count, "both estimates are of one sample")
        return PSUSupport(marks: zip(marks, other.marks).map { $0 | $1 })
    }

    /// True if a PSU has a row of the base, with or without an answer.
    func isInBase(_ psu: Int) -> Bool { marks[psu] & Tally.inBase != 0 }

    /// True if a PSU has a row with an answer.
    func isAnswered(_ psu: Int) -> Bool { marks[psu] & Tally.answered != 0 }

    /// PSUs less strata, both counted over those with a row of the base.
    func degreesOfFreedom(in strata: [Stratum]) -> Int {
        strata.map { max(0, $0.psus.count(where: isInBase) - 1) }.reduce(0, +)
    }
}
