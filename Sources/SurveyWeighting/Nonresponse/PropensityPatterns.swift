/// The distinct patterns of predictors among eligible cases, as the regression of response sees them.
///
/// A pattern has columns that are 1 (the intercept and treatment contrasts of its categories), and a value of each number,
/// centred and scaled. Sums over the cases of each pattern are all that a regression needs; so a replicate fits it again
/// without looking at a row.
public struct PropensityPatterns: Sendable, Equatable {
    /// Where the ones of each pattern start, and the end.
    let starts: [Int]
    /// The columns that are 1.
    let ones: [UInt32]
    /// Columns of intercept and contrasts; those of the numbers come after them.
    let contrastCount: Int
    /// By pattern, then by number.
    let numbers: [Double]
    let numberCount: Int
    /// Quantile classes of the propensity; nil divides by the propensity itself.
    let classCount: Int?

    init(ones: [[Int]], contrastCount: Int, numbers: [[Double]], classCount: Int?) {
        var starts = [0]
        for own in ones { starts.append(starts[starts.count - 1] + own.count) }
        self.starts = starts
        self.ones = ones.joined().map { UInt32(truncatingIfNeeded: $0) }
        self.contrastCount = contrastCount
        self.numbers = ones.indices.flatMap { pattern in numbers.map { $0[pattern] } }
        numberCount = numbers.count
        self.classCount = classCount
    }

    /// Coefficients that a regression may have.
    static let mostColumns = 3000

    var count: Int { starts.count - 1 }
    /// Coefficients.
    var size: Int { contrastCount + numberCount }

    /// The factor of the respondents of each pattern, from the sums of cases and of respondents by pattern.
    ///
    /// nil where the regression has no finite solution, or a class no respondent; `start` are coefficients near to the
    /// solution.
    func factors(cases: [Double], respondents: [Double], start: [Double]?) -> [Double]? {
        let fit = PropensityFit(self, cases: cases, respondents: respondents, start: start)
        guard fit.ending == .met else { return nil }
        guard let classCount else { return cases.indices.map { cases[$0] > 0 ? 1 / fit.means[$0] : 1 } }
        let classes = PropensityClasses(
            fit.means, cases: cases, respondents: respondents, answered: nil, count: classCount)
        guard classes.classes.allSatisfy({ $0.factor.isFinite }) else { return nil }
        return cases.indices.map { cases[$0] > 0 ? classes.factor(at: $0) : 1 }
    }
}

extension PropensityPatterns {
    func pack(into writer: inout PackedWriter) {
        writer.add(starts.map { UInt32(truncatingIfNeeded: $0) })
        writer.add(ones)
        writer.add(contrastCount)
        writer.add(numbers)
        writer.add(numberCount)
        writer.add(classCount)
    }

    /// Reads what ``pack(into:)`` wrote; nil if it is not whole.
    init?(_ reader: inout PackedReader) {
        let mostColumns = PropensityPatterns.mostColumns
        guard let starts = reader.words()?.map({ Int($0) }), let ones = reader.words(),
            let contrasts = reader.integer(), let numbers = reader.doubles(), let numberCount = reader.integer(),
            let classCount = reader.optionalInteger(), starts.first == 0, starts.last == ones.count,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }), (1...mostColumns).contains(contrasts),
            ones.allSatisfy({ Int($0) < contrasts }), (0...(mostColumns - contrasts)).contains(numberCount),
            numbers.count == (starts.count - 1) * numberCount, numbers.allSatisfy(\.isFinite),
            classCount.map({ (2...100).contains($0) }) ?? true
        else { return nil }
        self.starts = starts
        self.ones = ones
        contrastCount = contrasts
        self.numbers = numbers
        self.numberCount = numberCount
        self.classCount = classCount
    }
}
