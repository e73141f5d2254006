import SurveyEstimation
import SurveyIndicators
import Testing

/// The published rule worked by hand: hidden below 30, bracketed below 50, at least 3 PSUs, complements by smallest base.
struct PublicationTests {
    typealias Display = IndicatorResult.Display

    private let publication = Publication(rules: PublicationRules())

    /// A cell by its categories, `region=A,sex=m`; the whole is empty.
    private func cell(_ by: String, _ nBase: Int, psus: Int = 10, weights: Double? = nil) -> Publication.Cell {
        let pairs = by.split(separator: ",").map { pair in
            let halves = pair.split(separator: "=").map(String.init)
            return (variable: halves[0], category: halves[1])
        }
        return Publication.Cell(by: pairs, nBase: nBase, psus: psus, sumWeights: weights ?? Double(nBase) * 10)
    }

    @Test func `the limits are 30 and 50 rows and 3 PSUs exactly`() {
        #expect(publication.displays(of: [cell("", 29)]) == [.hidden])
        #expect(publication.displays(of: [cell("", 30)]) == [.bracketed])
        #expect(publication.displays(of: [cell("", 49)]) == [.bracketed])
        #expect(publication.displays(of: [cell("", 50)]) == [.shown])
        #expect(publication.displays(of: [cell("", 500, psus: 2)]) == [.hidden])
        #expect(publication.displays(of: [cell("", 500, psus: 3)]) == [.shown])
    }

    @Test func `a study's own limits replace the standard ones`() {
        let strict = Publication(rules: PublicationRules(minimumBase: 100, lowBase: 200, minimumPSUs: 20))
        let displays = strict.displays(of: [cell("", 99, psus: 30), cell("", 150, psus: 30), cell("", 900, psus: 19)])
        #expect(displays[0] == .hidden)
        #expect(strict.displays(of: [cell("", 150, psus: 30)]) == [.bracketed])
        #expect(strict.displays(of: [cell("", 900, psus: 19)]) == [.hidden])
    }

    @Test func `a lonely hidden category takes the one with the smallest base along`() {
        let cells = [cell("", 400), cell("r=A", 25), cell("r=B", 120), cell("r=C", 60), cell("r=D", 195)]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .shown, .complementary, .shown])
    }

    @Test func `two hidden categories protect each other`() {
        let cells = [cell("", 245), cell("r=A", 25), cell("r=B", 20), cell("r=C", 200)]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .hidden, .shown])
    }

    @Test func `a breakdown of two categories hides both`() {
        let cells = [cell("", 100), cell("s=m", 20), cell("s=f", 80)]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .complementary])
    }

    @Test func `a bracketed category may be the complement`() {
        let cells = [cell("", 255), cell("r=A", 25), cell("r=B", 30), cell("r=C", 200)]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .complementary, .shown])
    }

    @Test func `equal bases are told apart by the sum of weights and then by table order`() {
        let byWeight = [
            cell("", 225), cell("r=A", 25), cell("r=B", 100, weights: 5000), cell("r=C", 100, weights: 4000),
        ]
        #expect(publication.displays(of: byWeight) == [.shown, .hidden, .shown, .complementary])
        let byOrder = [
            cell("", 225), cell("r=A", 25), cell("r=B", 100, weights: 4000), cell("r=C", 100, weights: 4000),
        ]
        #expect(publication.displays(of: byOrder) == [.shown, .hidden, .complementary, .shown])
    }

    @Test func `few PSUs call for a complement like few rows`() {
        let cells = [cell("", 300), cell("r=A", 100, psus: 2), cell("r=B", 90), cell("r=C", 110)]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .complementary, .shown])
    }

    @Test func `an imprecise figure is hidden whatever its base`() {
        let imprecise = Publication.Cell(by: [], nBase: 500, psus: 50, sumWeights: 5000, isPrecise: false)
        #expect(publication.displays(of: [imprecise]) == [.hidden])
    }

    /// Regions by sex with both one-way tables.
    ///
    ///           m    f  sum        Am is small. Row A: hide Af. Column m: hide Bm (45). Row B: Bm alone,
    ///     A    20   40   60        so hide Bf. Column f: Af and Bf. Nothing else moves.
    ///     B    45   55  100
    ///     C   100   90  190
    ///     sum 165  185  350
    @Test func `a hidden cell of a crossed table costs a rectangle`() {
        let cells = [
            cell("", 350), cell("r=A", 60), cell("r=B", 100), cell("r=C", 190), cell("s=m", 165), cell("s=f", 185),
            cell("r=A,s=m", 20), cell("r=A,s=f", 40), cell("r=B,s=m", 45), cell("r=B,s=f", 55), cell("r=C,s=m", 100),
            cell("r=C,s=f", 90),
        ]
        let expected: [Display] = [
            .shown, .shown, .shown, .shown, .shown, .shown,
            .hidden, .complementary, .complementary, .complementary, .shown, .shown,
        ]
        #expect(publication.displays(of: cells) == expected)
    }

    /// The rule speaks of rows, columns and totals: the smallest cell of the whole table is not touched for its own sake.
    @Test func `with both margins published the complement comes from the row and the column`() {
        let cells = [
            cell("", 345), cell("r=A", 61), cell("r=B", 99), cell("r=C", 185), cell("s=m", 165), cell("s=f", 180),
            cell("r=A,s=m", 20), cell("r=A,s=f", 41), cell("r=B,s=m", 50), cell("r=B,s=f", 49), cell("r=C,s=m", 95),
            cell("r=C,s=f", 90),
        ]
        let expected: [Display] = [
            .shown, .shown, .shown, .shown, .shown, .shown,
            .hidden, .complementary, .complementary, .complementary, .shown, .shown,
        ]
        #expect(publication.displays(of: cells) == expected)
    }

    /// Region A (28 rows) is hidden, so B is its complement in the one-way table; B's row then has a hidden sum and two
    /// visible cells: the smaller one goes, and column f, where only Af is hidden, loses Bf.
    @Test func `a complement in a margin reaches into the crossed table`() {
        let cells = [
            cell("", 318), cell("r=A", 28), cell("r=B", 100), cell("r=C", 190), cell("s=m", 155), cell("s=f", 163),
            cell("r=A,s=m", 10), cell("r=A,s=f", 18), cell("r=B,s=m", 45), cell("r=B,s=f", 55), cell("r=C,s=m", 100),
            cell("r=C,s=f", 90),
        ]
        let expected: [Display] = [
            .shown, .hidden, .complementary, .shown, .shown, .shown,
            .hidden, .hidden, .complementary, .complementary, .shown, .shown,
        ]
        #expect(publication.displays(of: cells) == expected)
    }

    @Test func `cells crossed without their margins sum to the whole`() {
        let cells = [
            cell("", 320), cell("r=A,s=m", 20), cell("r=A,s=f", 100), cell("r=B,s=m", 110), cell("r=B,s=f", 90),
        ]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .shown, .shown, .complementary])
    }

    /// By region and sex, and by region and age, but not by region alone: both tables have the same row sums.
    ///
    /// Region A: Am is the only hidden one of Am, Af, A1, A2, so A1 (the smallest) goes; the whole then has one hidden term
    /// in each table, Am's next smallest there is Bf, A1's is B2; region B then has two.
    @Test func `two tables with a common margin that nobody published tell on each other`() {
        let cells = [
            cell("", 400), cell("r=A,s=m", 20), cell("r=A,s=f", 180), cell("r=B,s=m", 130), cell("r=B,s=f", 70),
            cell("r=A,a=1", 60), cell("r=A,a=2", 140), cell("r=B,a=1", 120), cell("r=B,a=2", 80),
        ]
        let displays = publication.displays(of: cells)
        let hidden = zip(cells, displays).filter { $0.1.isWithheld }.map { $0.0.by.map(\.category).joined() }
        #expect(Set(hidden) == ["Am", "A1", "Bf", "B2"])
    }

    @Test func `a cell without rows is withheld but protects nobody`() {
        let cells = [cell("", 225), cell("r=A", 25), cell("r=B", 0, psus: 0), cell("r=C", 200)]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .hidden, .complementary])
    }

    @Test func `a table given twice is judged once`() {
        let cells = [
            cell("", 400), cell("r=A,s=m", 25), cell("r=A,s=f", 375), cell("s=m,r=A", 25), cell("s=f,r=A", 375),
        ]
        #expect(publication.displays(of: cells) == [.shown, .hidden, .complementary, .hidden, .complementary])
    }

    @Test func `three variables crossed are protected along every edge`() {
        var cells = [cell("", 8000)]
        for region in ["A", "B"] {
            for sex in ["m", "f"] {
                for age in ["1", "2"] {
                    let small = region + sex + age == "Am1"
                    cells.append(cell("r=\(region),s=\(sex),a=\(age)", small ? 10 : 1000 + cells.count))
                }
            }
        }
        for region in ["A", "B"] { for sex in ["m", "f"] { cells.append(cell("r=\(region),s=\(sex)", 2000)) } }
        for region in ["A", "B"] { for age in ["1", "2"] { cells.append(cell("r=\(region),a=\(age)", 2000)) } }
        for sex in ["m", "f"] { for age in ["1", "2"] { cells.append(cell("s=\(sex),a=\(age)", 2000)) } }
        let displays = publication.displays(of: cells)
        #expect(displays[1...8].allSatisfy { $0.isWithheld })
        #expect(displays[9...].allSatisfy { !$0.isWithheld })
    }

    @Test func `whatever the bases no row, column or total is left with one hidden term`() {
        var generator = SplitMix(state: 20_251_121)
        for _ in 0..<300 {
            let (rows, columns) = (2 + Int(generator.next() % 4), 2 + Int(generator.next() % 4))
            let bases = (0..<rows * columns).map { _ in 1 + Int(generator.next() % 120) }
            var cells = [cell("", bases.reduce(0, +))]
            for row in 0..<rows {
                cells.append(cell("r=\(row)", (0..<columns).map { bases[row * columns + $0] }.reduce(0, +)))
            }
            for column in 0..<columns {
                cells.append(cell("c=\(column)", (0..<rows).map { bases[$0 * columns + column] }.reduce(0, +)))
            }
            for row in 0..<rows {
                for column in 0..<columns { cells.append(cell("r=\(row),c=\(column)", bases[row * columns + column])) }
            }
            let hidden = publication.displays(of: cells).map(\.isWithheld)
            let inner = 1 + rows + columns
            var sums = [[0] + Array(1...rows), [0] + Array(rows + 1..<inner)]
            for row in 0..<rows { sums.append([1 + row] + (0..<columns).map { inner + row * columns + $0 }) }
            for column in 0..<columns {
                sums.append([1 + rows + column] + (0..<rows).map { inner + $0 * columns + column })
            }
            for sum in sums { #expect(sum.count { hidden[$0] } != 1) }
        }
    }
}

/// A small seeded generator, so that a failure repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
