@testable import SurveyMath
import Testing

/// The generator equals the test vectors of its authors, and its streams those of the specification.
struct RandomStreamTests {
    @Test func `SplitMix64 of 1234567 equals the published numbers`() {
        // Steele, Lea and Flood's algorithm; numbers from the reference implementation of Vigna.
        let stream = RandomStream(splitMixFrom: 1_234_567)
        #expect(
            [stream.a, stream.b, stream.c]
                == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func `xoshiro256 starstar of 1 2 3 4 equals the published numbers`() {
        var stream = RandomStream(state: 1, 2, 3, 4)
        let found = (0..<5).map { _ in stream.next() }
        #expect(found == [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360])
    }

    @Test func `streams of a seed equal the specification`() {
        var first = RandomStream(seed: 42, for: .bootstrap, number: 0)
        #expect(
            [first.next(), first.next(), first.next()] == [
                0xb7a3_f153_000b_7df2, 0x7b60_a131_b4b2_8eb5, 0x479f_1680_0861_376c,
            ])
        var second = RandomStream(seed: 42, for: .bootstrap, number: 1)
        #expect(second.next() == 0xe33d_2414_97a7_99c6)
    }

    @Test func `integers below 7 equal the specification`() {
        var stream = RandomStream(seed: 42, for: .bootstrap, number: 0)
        #expect((0..<10).map { _ in stream.integer(below: 7) } == [5, 3, 1, 0, 6, 0, 6, 2, 2, 0])
    }

    @Test func `purposes and numbers have streams of their own`() {
        var starts = Set<UInt64>()
        for purpose in [RandomStream.Purpose.bootstrap, .selection, .simulation, .imputation] {
            for number in 0..<100 {
                var stream = RandomStream(seed: 7, for: purpose, number: number)
                starts.insert(stream.next())
            }
        }
        #expect(starts.count == 400)
    }

    @Test func `integers are spread evenly, and normal numbers have their moments`() {
        var stream = RandomStream(seed: 1, for: .simulation, number: 0)
        var counts = [Int](repeating: 0, count: 5)
        var (sum, squares) = (0.0, 0.0)
        let draws = 100_000
        for _ in 0..<draws {
            counts[stream.integer(below: 5)] += 1
            let normal = stream.normal()
            sum += normal
            squares += normal * normal
        }
        // Five standard errors of a share of 0.2: 5 √(0.16/100,000) = 0.0063; of a mean 0.016; of a variance 0.022.
        #expect(counts.allSatisfy { abs(Double($0) / Double(draws) - 0.2) < 0.0063 })
        #expect(abs(sum / Double(draws)) < 0.016)
        #expect(abs(squares / Double(draws) - 1) < 0.023)
    }
}
