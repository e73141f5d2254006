import SurveySchema
import Testing

@testable import SurveyData

struct ColumnDistributionTests {
    private func numbers(_ values: [Double], missing: [UInt8] = []) -> Column {
        Column(name: "x", kind: .number, values: .numbers(values, kinds: missing))
    }

    @Test func `few values are told one by one, with counts and weights`() throws {
        let weights = numbers([1, 2, 4, 8, -1])
        let found = try #require(
            ColumnDistribution(of: numbers([3, 1, 3, 0, 1], missing: [0, 0, 0, 243, 0]), weights: weights))
        #expect(found.parts.map(\.least) == [1, 3])
        #expect(found.parts.map(\.count) == [2, 2])
        // A weight below 0 weighs nothing, a row without a value neither.
        #expect(found.parts.map(\.weight) == [2, 5])
    }

    @Test func `many numbers stand in classes with round bounds, and every row in one of them`() throws {
        let found = try #require(ColumnDistribution(of: numbers((18...93).map(Double.init))))
        #expect(found.parts.first?.least == 10 && found.parts.last?.greatest == 100)
        #expect(found.parts.map(\.count) == [2, 10, 10, 10, 10, 10, 10, 10, 4])
        let small = try #require(ColumnDistribution(of: numbers((0..<100).map { Double($0) / 100 })))
        #expect(small.parts.map(\.least) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
        #expect(small.parts.reduce(0) { $0 + $1.count } == 100)
    }

    @Test(arguments: [
        (0.0, 1e300), (-1e308, 1e308), (0, 1e-300), (0, Double.leastNonzeroMagnitude * 40), (1e15, 1e15 + 2),
    ] as [(Double, Double)])
    func `numbers too far apart or too near are not put into classes, or are without a trap`(ends: (Double, Double)) {
        let values = (0..<30).map { ends.0 + (ends.1 - ends.0) * Double($0) / 29 }
        if let found = ColumnDistribution(of: numbers(values)) {
            #expect(found.parts.reduce(0) { $0 + $1.count } == 30 && found.parts.count <= 50)
        }
    }

    @Test func `texts are told only where they repeat`() throws {
        let often = Column(
            name: "t", kind: .text, dictionary: ["a", "b"], values: .indexes([0, 1, 0, 1, 0xFFFF_FFF3]))
        #expect(try #require(ColumnDistribution(of: often)).parts.map(\.count) == [2, 2])
        let once = Column(name: "t", kind: .text, dictionary: ["a", "b"], values: .indexes([0, 1]))
        #expect(ColumnDistribution(of: once) == nil)
    }

    @Test func `weights are summed by answer and by missing kind`() throws {
        let answers = Column(name: "q", kind: .answers, dictionary: ["1", "2"], values: .bytes([0, 1, 0, 246, 243]))
        let weights = numbers([1, 2, 3, 4, 5], missing: [0, 0, 0, 0, 243])
        let found = try #require(WeightedCounts(of: answers, weights: weights))
        #expect(found.frequencies == [4, 2] && found.answered == 6)
        #expect(found.missing.map(\.weight) == [4] && found.missing.map(\.kind) == [.refused])
        #expect(WeightedCounts(of: answers, weights: numbers([1])) == nil)
    }
}
