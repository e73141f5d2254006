@testable import SurveyWeighting

/// Targets that no weights meet, or hardly any; samples are of a few people, so that each can be followed by hand.
enum ImpossibleTargets {
    typealias Case = ImpossibleTargetsTests.Case

    /// Age and sex of six people; nobody is in age group 3.
    private static let people: [(name: String, texts: [String])] = [
        ("age", ["1", "1", "2", "2", "4", "4"]), ("sex", ["1", "2", "1", "2", "1", "2"]),
    ]
    private static let six: [Double] = [1, 2, 1, 2, 1, 2]
    private static let halves = ("sex", [("1", 50.0), ("2", 50.0)])

    /// Region 3 has city people alone.
    private static let places: [(name: String, texts: [String])] = [
        ("region", ["1", "1", "2", "2", "3", "3"]), ("place", ["city", "village", "city", "village", "city", "city"]),
    ]
    private static let ones = [Double](repeating: 1, count: 6)

    /// Three variables of which only combinations with an even sum occur.
    private static let even: [(name: String, texts: [String])] = [
        ("a", ["0", "0", "1", "1"]), ("b", ["0", "1", "0", "1"]), ("c", ["0", "1", "1", "0"]),
    ]

    static let all: [Case] =
        empty + contradicting + zeros + bounded
}

extension ImpossibleTargets {
    /// Categories without respondents, respondents without targets.
    private static let empty: [Case] = [
        Case(
            name: "empty age group in the middle", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)]), halves],
            messages: [
                "weighting.empty-category: No respondent falls into \"3\" of margin \"age\". a target above 0 needs respondents; the target is 20, respondents are 0. collapse \"3\" with \"2\" in the data and in the targets."
            ]),
        Case(
            name: "empty oldest age group", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("4", 40), ("5", 20)]), halves],
            messages: [
                "weighting.empty-category: No respondent falls into \"5\" of margin \"age\". a target above 0 needs respondents; the target is 20, respondents are 0. collapse \"5\" with \"4\" in the data and in the targets."
            ]),
        Case(
            name: "two empty age groups", columns: people, weights: six,
            margins: [("age", [("0", 5), ("1", 10), ("2", 30), ("3", 15), ("4", 40)]), halves],
            messages: [
                "weighting.empty-category: No respondent falls into \"0\" of margin \"age\". a target above 0 needs respondents; the target is 5, respondents are 0. collapse \"0\" with \"1\" in the data and in the targets.",
                "weighting.empty-category: No respondent falls into \"3\" of margin \"age\". a target above 0 needs respondents; the target is 15, respondents are 0. collapse \"3\" with \"2\" in the data and in the targets.",
            ]),
        Case(
            name: "empty crossed category", columns: people, weights: six,
            margins: [
                (
                    "age*sex",
                    [("1*1", 10), ("1*2", 10), ("2*1", 20), ("2*2", 20), ("3*2", 10), ("4*1", 15), ("4*2", 15)]
                )
            ],
            messages: [
                "weighting.empty-category: No respondent falls into \"3*2\" of margin \"age*sex\". a target above 0 needs respondents; the target is 10, respondents are 0. collapse \"3*2\" with \"4*2\" in the data and in the targets."
            ]),
        Case(
            name: "empty region with letters for codes", columns: [("region", ["east", "east", "west"])],
            weights: [1, 1, 1], margins: [("region", [("east", 40), ("north", 20), ("west", 40)])],
            messages: [
                "weighting.empty-category: No respondent falls into \"north\" of margin \"region\". a target above 0 needs respondents; the target is 20, respondents are 0. collapse \"north\" with \"east\" in the data and in the targets."
            ]),
        Case(
            name: "empty post-stratum", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)])], method: .poststratify,
            messages: [
                "weighting.empty-category: No respondent falls into \"3\" of margin \"age\". a target above 0 needs respondents; the target is 20, respondents are 0. collapse \"3\" with \"2\" in the data and in the targets."
            ]),
        Case(
            name: "empty category of a calibration", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)]), halves],
            calibration: GeneralCalibration(),
            messages: [
                "weighting.empty-category: No respondent falls into \"3\" of margin \"age\". a target above 0 needs respondents; the target is 20, respondents are 0. collapse \"3\" with \"2\" in the data and in the targets."
            ]),
        Case(
            name: "age group without a target", columns: people, weights: six,
            margins: [("age", [("1", 40), ("2", 60)]), halves],
            messages: [
                "weighting.no-target: 2 respondents fall into \"4\" of margin \"age\", which has no target. every respondent needs a category with a target; these have weight 3. add the target of \"4\", or collapse it with \"2\" in the data."
            ]),
        Case(
            name: "two regions without targets",
            columns: [("region", ["1", "2", "3", "4", "5"])], weights: [1, 1, 1, 1, 1],
            margins: [("region", [("1", 10), ("2", 20), ("5", 10)])],
            messages: [
                "weighting.no-target: 1 respondents fall into \"3\" of margin \"region\", which has no target. every respondent needs a category with a target; these have weight 1. add the target of \"3\", or collapse it with \"2\" in the data.",
                "weighting.no-target: 1 respondents fall into \"4\" of margin \"region\", which has no target. every respondent needs a category with a target; these have weight 1. add the target of \"4\", or collapse it with \"5\" in the data.",
            ]),
        Case(
            name: "crossed category without a target", columns: people, weights: six,
            margins: [("age*sex", [("1*1", 10), ("1*2", 10), ("2*1", 20), ("2*2", 20), ("4*1", 15)])],
            messages: [
                "weighting.no-target: 1 respondents fall into \"4*2\" of margin \"age*sex\", which has no target. every respondent needs a category with a target; these have weight 2. add the target of \"4*2\", or collapse it with \"4*1\" in the data."
            ]),
        Case(
            name: "target 0 with respondents", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 90), ("4", 0)]), halves],
            messages: [
                "weighting.zero-target: 2 respondents fall into \"4\" of margin \"age\", whose target is 0. a category with respondents needs a target above 0; found 0. correct the target, or collapse \"4\" with \"2\" in the data and in the targets."
            ]),
        Case(
            name: "every target 0 but one", columns: people, weights: six,
            margins: [("age", [("1", 0), ("2", 100), ("4", 0)])],
            messages: [
                "weighting.zero-target: 2 respondents fall into \"1\" of margin \"age\", whose target is 0. a category with respondents needs a target above 0; found 0. correct the target, or collapse \"1\" with \"2\" in the data and in the targets.",
                "weighting.zero-target: 2 respondents fall into \"4\" of margin \"age\", whose target is 0. a category with respondents needs a target above 0; found 0. correct the target, or collapse \"4\" with \"2\" in the data and in the targets.",
            ]),
        Case(
            name: "codes with and without a leading zero", columns: [("region", ["01", "02"])], weights: [1, 1],
            margins: [("region", [("1", 50), ("2", 50)])],
            messages: [
                "weighting.nothing-in-common: No respondent has a category of margin \"region\". targets are for 1, 2; the sample has 01, 02. write the codes in both files in the same way: 01 is not 1."
            ], helps: false),
        Case(
            name: "every target 0", columns: people, weights: six, margins: [("age", [("1", 0), ("2", 0), ("4", 0)])],
            messages: [
                "weighting.no-population: The targets add up to 0. the first margin is the size of the population; found 0. correct the totals."
            ], helps: false),
        Case(
            name: "a respondent without an answer", columns: [("sex", ["1", "", "2"])], weights: [1, 1, 1],
            margins: [halves],
            messages: [
                "weighting.no-answer: \"sex\" is missing in 1 rows to be weighted. each of these rows needs a category of every margin. fill in the answers, or give rows without one a weight of 0."
            ], helps: false),
        Case(
            name: "nobody with a weight", columns: people, weights: [0, 0, 0, 0, 0, 0], margins: [halves],
            messages: [
                "weighting.no-weights: There is nothing to weight. the base weights of the respondents must add up to more than 0; found none that do. check the column of the base weight, and who counts as a respondent."
            ], helps: false),
    ]

    /// Totals that contradict each other.
    private static let contradicting: [Case] = [
        Case(
            name: "margins of two populations", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 50), ("2", 60)])],
            messages: [
                "weighting.contradicting-sums: Margins \"age\" and \"sex\" contradict each other. all margins add up to the same population; \"age\" to 100, \"sex\" to 110. correct the totals, or scale all margins to the first with --rescale-margins first."
            ]),
        Case(
            name: "three margins of three populations",
            columns: people + [("place", ["u", "r", "r", "u", "u", "r"])], weights: six,
            margins: [
                ("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 50), ("2", 60)]),
                ("place", [("u", 60), ("r", 60)]),
            ],
            messages: [
                "weighting.contradicting-sums: Margins \"age\" and \"sex\" contradict each other. all margins add up to the same population; \"age\" to 100, \"sex\" to 110. correct the totals, or scale all margins to the first with --rescale-margins first.",
                "weighting.contradicting-sums: Margins \"age\" and \"place\" contradict each other. all margins add up to the same population; \"age\" to 100, \"place\" to 120. correct the totals, or scale all margins to the first with --rescale-margins first.",
            ]),
        Case(
            name: "margins that differ by two millionths", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 50), ("2", 50.0002)])],
            messages: [
                "weighting.contradicting-sums: Margins \"age\" and \"sex\" contradict each other. all margins add up to the same population; \"age\" to 100, \"sex\" to 100.0002. correct the totals, or scale all margins to the first with --rescale-margins first."
            ]),
        Case(
            name: "a margin of shares beside one of totals", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 0.5), ("2", 0.5)])],
            messages: [
                "weighting.contradicting-sums: Margins \"age\" and \"sex\" contradict each other. all margins add up to the same population; \"age\" to 100, \"sex\" to 1. correct the totals, or scale all margins to the first with --rescale-margins first."
            ]),
        Case(
            name: "a size of the population that a margin does not have", columns: people, weights: six,
            margins: [("", [("", 120)]), halves],
            messages: [
                "weighting.contradicting-sums: Margins \",,\" and \"sex\" contradict each other. all margins add up to the same population; \",,\" to 120, \"sex\" to 100. correct the totals, or scale all margins to the first with --rescale-margins first."
            ]),
        Case(
            name: "a crossed margin against its own variable", columns: people, weights: six,
            margins: [
                halves,
                ("age*sex", [("1*1", 20), ("2*1", 20), ("4*1", 20), ("1*2", 10), ("2*2", 15), ("4*2", 15)]),
            ],
            messages: [
                "weighting.contradicting-category: Margins \"sex\" and \"age*sex\" contradict each other about \"1\". \"sex\" gives it 50, the categories of \"age*sex\" add up to 60. correct the totals; if the crossed margin says all that is known, delete the other.",
                "weighting.contradicting-category: Margins \"sex\" and \"age*sex\" contradict each other about \"2\". \"sex\" gives it 50, the categories of \"age*sex\" add up to 40. correct the totals; if the crossed margin says all that is known, delete the other.",
            ]),
        Case(
            name: "the same total by two names",
            columns: people, weights: six, margins: [halves],
            numbers: [
                (name: "income", total: 300, values: [1, 2, 3, 4, 5, 6]),
                (name: "wage", total: 330, values: [1, 2, 3, 4, 5, 6]),
            ], calibration: GeneralCalibration(),
            messages: [
                "weighting.contradicting-control: The total of \"wage\" contradicts the other totals. in every row it follows from the others, which give it 300; its own total is 330. correct the totals, or leave this one out."
            ], helps: false),
        Case(
            name: "a number that is 0 in every row", columns: people, weights: six, margins: [halves],
            numbers: [(name: "land", total: 10, values: [0, 0, 0, 0, 0, 0])], calibration: GeneralCalibration(),
            messages: [
                "weighting.empty-control: \"land\" is 0 in every row to be weighted. a total other than 0 needs rows that add to it; the total is 10. correct the total, or leave it out."
            ], helps: false),
        Case(
            name: "a number where categories are raked", columns: people, weights: six, margins: [halves],
            numbers: [(name: "land", total: 10, values: [0, 0, 0, 0, 0, 1])],
            messages: [
                "weighting.numeric-target: The target of \"land\" has no category. raking and post-stratification meet totals of categories; this is the total of a numeric variable. calibrate to the targets with --calibrate, or delete the line."
            ], helps: false),
        Case(
            name: "two margins for post-stratification", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), halves], method: .poststratify,
            messages: [
                "weighting.several-margins: Post-stratification takes one margin. its categories part the population once; found age, sex. cross the variables in one margin, or rake the margins."
            ],
            helps: false),
    ]

    /// Empty cells that leave a margin without room.
    private static let zeros: [Case] = [
        Case(
            name: "a region of city people larger than all cities", columns: places, weights: ones,
            margins: [("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 50), ("village", 50)])],
            messages: [
                "weighting.structural-zeros: Margins \"region\" and \"place\" cannot be met together. 3 of \"region\" need 60, but respondents have them only with city of \"place\", whose targets add up to 50. collapse \"3\" with \"2\" of \"region\" in the data and in the targets."
            ]),
        Case(
            name: "a region of city people as large as all cities", columns: places, weights: ones,
            margins: [("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 60), ("village", 40)])],
            messages: [
                "weighting.left-empty: Respondents with \"1\" of \"region\" and \"city\" of \"place\" would get weight 0. 3 of \"region\" take up all of city of \"place\", and nothing is left for these respondents. collapse \"3\" with \"2\" of \"region\" in the data and in the targets."
            ]),
        Case(
            name: "a region of city people a hair smaller than all cities", columns: places, weights: ones,
            margins: [
                ("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 60.01), ("village", 39.99)]),
            ],
            messages: [
                "weighting.not-converged: Raking did not converge. after 1000 sweeps \"1\" of \"region\" is furthest from its target: 20 wanted, 20.01 reached. collapse \"1\" with \"3\" of \"region\" in the data and in the targets."
            ]),
        Case(
            name: "two regions of city people",
            columns: [("region", ["1", "1", "2", "3"]), ("place", ["city", "village", "city", "city"])],
            weights: [1, 1, 1, 1],
            margins: [("region", [("1", 40), ("2", 30), ("3", 30)]), ("place", [("city", 55), ("village", 45)])],
            messages: [
                "weighting.structural-zeros: Margins \"region\" and \"place\" cannot be met together. 2, 3 of \"region\" need 60, but respondents have them only with city of \"place\", whose targets add up to 55. collapse \"2\" with \"1\" of \"region\" in the data and in the targets."
            ]),
        Case(
            name: "a diagonal with other totals",
            columns: [("a", ["1", "2", "3"]), ("b", ["x", "y", "z"])], weights: [1, 1, 1],
            margins: [("a", [("1", 20), ("2", 30), ("3", 50)]), ("b", [("x", 30), ("y", 30), ("z", 40)])],
            messages: [
                "weighting.structural-zeros: Margins \"a\" and \"b\" cannot be met together. 3 of \"a\" need 50, but respondents have them only with z of \"b\", whose targets add up to 40. collapse \"z\" with \"y\" of \"b\" in the data and in the targets."
            ]),
        Case(
            name: "a staircase without room above",
            columns: [("a", ["1", "2", "2", "3", "3"]), ("b", ["x", "x", "y", "y", "z"])],
            weights: ones.dropLast(),
            margins: [("a", [("1", 40), ("2", 30), ("3", 30)]), ("b", [("x", 30), ("y", 30), ("z", 40)])],
            messages: [
                "weighting.structural-zeros: Margins \"a\" and \"b\" cannot be met together. 1 of \"a\" need 40, but respondents have them only with x of \"b\", whose targets add up to 30. collapse \"x\" with \"y\" of \"b\" in the data and in the targets."
            ]),
        Case(
            name: "three margins of even sums", columns: even, weights: [1, 1, 1, 1],
            margins: [("a", [("0", 10), ("1", 90)]), ("b", [("0", 10), ("1", 90)]), ("c", [("0", 10), ("1", 90)])],
            messages: [
                "weighting.stalled: The margins cannot be met together. after 51 sweeps \"0\" of \"a\" stays away from its target: 10 wanted, 64.586 reached. collapse \"0\" with \"1\" of \"a\" in the data and in the targets."
            ]),
        Case(
            name: "three margins of even sums, nearly possible", columns: even, weights: [1, 1, 1, 1],
            margins: [("a", [("0", 33), ("1", 67)]), ("b", [("0", 33), ("1", 67)]), ("c", [("0", 33), ("1", 67)])],
            messages: [
                "weighting.stalled: The margins cannot be met together. after 100 sweeps \"0\" of \"a\" stays away from its target: 33 wanted, 33.669 reached. collapse \"0\" with \"1\" of \"a\" in the data and in the targets."
            ]),
        Case(
            name: "three margins of even sums, just possible", columns: even, weights: [1, 1, 1, 1],
            margins: [("a", [("0", 34), ("1", 66)]), ("b", [("0", 34), ("1", 66)]), ("c", [("0", 34), ("1", 66)])],
            messages: []),
        Case(
            name: "even sums twice over",
            columns: [
                ("a", (0..<16).map { String($0 / 8) }), ("b", (0..<16).map { String($0 / 4 % 2) }),
                ("c", (0..<16).map { String(($0 / 8 + $0 / 4) % 2) }), ("d", (0..<16).map { String($0 / 2 % 2) }),
                ("e", (0..<16).map { String($0 % 2) }), ("f", (0..<16).map { String(($0 / 2 + $0) % 2) }),
            ], weights: [Double](repeating: 1, count: 16),
            margins: ["a", "b", "c", "d", "e", "f"].map { ($0, [("0", 10), ("1", 90)]) },
            messages: [
                "weighting.margins-apart: The margins cannot be met together, and joining two categories does not help. after 51 sweeps \"0\" of \"a\" is furthest from its target: 10 wanted, 64.586 reached. leave margin \"a\" out of the targets."
            ]),
    ]

    /// Bounds that are too tight, and totals beyond any.
    private static let bounded: [Case] = [
        Case(
            name: "linear between tight bounds", columns: people, weights: six,
            margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0.9, high: 1.1)),
            messages: [
                "weighting.out-of-reach: The total of \"sex=1\" is out of reach. with factors between the bounds it comes out from 2.7 to 3.3; the total is 6. widen the bounds to --bounds 0,2.1, or correct the total.",
                "weighting.out-of-reach: The total of \"sex=2\" is out of reach. with factors between the bounds it comes out from 5.4 to 6.6; the total is 4. widen the bounds to --bounds 0,2.1, or correct the total.",
            ]),
        Case(
            name: "raking between tight bounds", columns: people, weights: six,
            margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(distance: .raking, bounds: CalibrationBounds(low: 0.5, high: 1.5)),
            messages: [
                "weighting.out-of-reach: The total of \"sex=1\" is out of reach. with factors between the bounds it comes out from 1.5 to 4.5; the total is 6. widen the bounds to --bounds 0,2, or correct the total."
            ]),
        Case(
            name: "logit between tight bounds", columns: people, weights: six,
            margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(distance: .logit, bounds: CalibrationBounds(low: 0.8, high: 1.2)),
            messages: [
                "weighting.out-of-reach: The total of \"sex=1\" is out of reach. with factors between the bounds it comes out from 2.4 to 3.6; the total is 6. widen the bounds to --bounds 0,2, or correct the total.",
                "weighting.out-of-reach: The total of \"sex=2\" is out of reach. with factors between the bounds it comes out from 4.8 to 7.2; the total is 4. widen the bounds to --bounds 0,2, or correct the total.",
            ]),
        Case(
            name: "tight bounds on weights", columns: people, weights: six, margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(
                distance: .raking, bounds: CalibrationBounds(low: 0.9, high: 1.9, on: .weight)),
            messages: [
                "weighting.out-of-reach: The total of \"sex=1\" is out of reach. with factors between the bounds it comes out from 2.7 to 5.7; the total is 6. widen the bounds to --bounds 0.85,2.1, or correct the total."
            ]),
        Case(
            name: "bounds that hold for each margin and not for both", columns: people, weights: six,
            margins: [("age", [("1", 2.2), ("2", 3.3), ("4", 3.5)]), ("sex", [("1", 3.6), ("2", 5.4)])],
            calibration: GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0.7, high: 1.21)),
            messages: [
                "weighting.tight-bounds: The bounds are too tight for the totals together. after 100 steps \"sex=1\" is furthest from its total: 3.6 wanted, 3.22 reached. widen the bounds to --bounds 0.58,1.3."
            ]),
        Case(
            name: "a negative total of a positive number between bounds", columns: people, weights: six,
            margins: [halves], numbers: [(name: "income", total: -50, values: [1, 2, 3, 4, 5, 6])],
            calibration: GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0, high: 100)),
            messages: [
                "weighting.beyond-bounds: The total of \"income\" is out of reach of any factors. it comes out from 0 to 3300, and no wider bounds meet all totals; this one is -50. correct the total, or leave the control out."
            ], helps: false),
        Case(
            name: "totals twenty times the sample and more", columns: people, weights: six,
            margins: [("sex", [("1", 4_000), ("2", 5_000)])],
            calibration: GeneralCalibration(distance: .raking, bounds: CalibrationBounds(low: 0.5, high: 2)),
            messages: [
                "weighting.out-of-reach: The total of \"sex=1\" is out of reach. with factors between the bounds it comes out from 1.5 to 6; the total is 4000. widen the bounds to --bounds 0,1400, or correct the total.",
                "weighting.out-of-reach: The total of \"sex=2\" is out of reach. with factors between the bounds it comes out from 3 to 12; the total is 5000. widen the bounds to --bounds 0,1400, or correct the total.",
                "weighting.far-totals: Every total is more than 20 times its sample value. base weights should add up to about the population; the smallest ratio is 833.333. correct the base weights, or scale them first with --prescale.",
            ]),
    ]
}
