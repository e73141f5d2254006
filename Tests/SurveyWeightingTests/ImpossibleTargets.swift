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
            margins: [("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)]), halves], messages: ["?"]),
        Case(
            name: "empty oldest age group", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("4", 40), ("5", 20)]), halves], messages: ["?"]),
        Case(
            name: "two empty age groups", columns: people, weights: six,
            margins: [("age", [("0", 5), ("1", 10), ("2", 30), ("3", 15), ("4", 40)]), halves], messages: ["?"]),
        Case(
            name: "empty crossed category", columns: people, weights: six,
            margins: [
                ("age*sex", [("1*1", 10), ("1*2", 10), ("2*1", 20), ("2*2", 20), ("3*2", 10), ("4*1", 15), ("4*2", 15)])
            ], messages: ["?"]),
        Case(
            name: "empty region with letters for codes", columns: [("region", ["east", "east", "west"])],
            weights: [1, 1, 1], margins: [("region", [("east", 40), ("north", 20), ("west", 40)])], messages: ["?"]),
        Case(
            name: "empty post-stratum", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)])], method: .poststratify, messages: ["?"]),
        Case(
            name: "empty category of a calibration", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)]), halves],
            calibration: GeneralCalibration(), messages: ["?"]),
        Case(
            name: "age group without a target", columns: people, weights: six,
            margins: [("age", [("1", 40), ("2", 60)]), halves], messages: ["?"]),
        Case(
            name: "two regions without targets",
            columns: [("region", ["1", "2", "3", "4", "5"])], weights: [1, 1, 1, 1, 1],
            margins: [("region", [("1", 10), ("2", 20), ("5", 10)])], messages: ["?"]),
        Case(
            name: "crossed category without a target", columns: people, weights: six,
            margins: [("age*sex", [("1*1", 10), ("1*2", 10), ("2*1", 20), ("2*2", 20), ("4*1", 15)])],
            messages: ["?"]),
        Case(
            name: "target 0 with respondents", columns: people, weights: six,
            margins: [("age", [("1", 10), ("2", 90), ("4", 0)]), halves], messages: ["?"]),
        Case(
            name: "every target 0 but one", columns: people, weights: six,
            margins: [("age", [("1", 0), ("2", 100), ("4", 0)])], messages: ["?"]),
        Case(
            name: "codes with and without a leading zero", columns: [("region", ["01", "02"])], weights: [1, 1],
            margins: [("region", [("1", 50), ("2", 50)])], messages: ["?"], helps: false),
        Case(
            name: "every target 0", columns: people, weights: six, margins: [("age", [("1", 0), ("2", 0), ("4", 0)])],
            messages: ["?"], helps: false),
        Case(
            name: "a respondent without an answer", columns: [("sex", ["1", "", "2"])], weights: [1, 1, 1],
            margins: [halves], messages: ["?"], helps: false),
        Case(
            name: "nobody with a weight", columns: people, weights: [0, 0, 0, 0, 0, 0], margins: [halves],
            messages: ["?"], helps: false),
    ]

    /// Totals that contradict each other.
    private static let contradicting: [Case] = [
        Case(
            name: "margins of two populations", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 50), ("2", 60)])], messages: ["?"]),
        Case(
            name: "three margins of three populations",
            columns: people + [("place", ["u", "r", "r", "u", "u", "r"])], weights: six,
            margins: [
                ("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 50), ("2", 60)]),
                ("place", [("u", 60), ("r", 60)]),
            ], messages: ["?"]),
        Case(
            name: "margins that differ by two millionths", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 50), ("2", 50.0002)])],
            messages: ["?"]),
        Case(
            name: "a margin of shares beside one of totals", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), ("sex", [("1", 0.5), ("2", 0.5)])], messages: ["?"]),
        Case(
            name: "a size of the population that a margin does not have", columns: people, weights: six,
            margins: [("", [("", 120)]), halves], messages: ["?"]),
        Case(
            name: "a crossed margin against its own variable", columns: people, weights: six,
            margins: [
                halves,
                ("age*sex", [("1*1", 20), ("2*1", 20), ("4*1", 20), ("1*2", 10), ("2*2", 15), ("4*2", 15)]),
            ], messages: ["?"]),
        Case(
            name: "the same total by two names",
            columns: people, weights: six, margins: [halves],
            numbers: [
                (name: "income", total: 300, values: [1, 2, 3, 4, 5, 6]), (name: "wage", total: 330, values: [1, 2, 3, 4, 5, 6]),
            ], calibration: GeneralCalibration(), messages: ["?"], helps: false),
        Case(
            name: "a number that is 0 in every row", columns: people, weights: six, margins: [halves],
            numbers: [(name: "land", total: 10, values: [0, 0, 0, 0, 0, 0])], calibration: GeneralCalibration(),
            messages: ["?"], helps: false),
        Case(
            name: "a number where categories are raked", columns: people, weights: six, margins: [halves],
            numbers: [(name: "land", total: 10, values: [0, 0, 0, 0, 0, 1])], messages: ["?"], helps: false),
        Case(
            name: "two margins for post-stratification", columns: people, weights: six,
            margins: [("age", [("1", 20), ("2", 30), ("4", 50)]), halves], method: .poststratify, messages: ["?"],
            helps: false),
    ]

    /// Empty cells that leave a margin without room.
    private static let zeros: [Case] = [
        Case(
            name: "a region of city people larger than all cities", columns: places, weights: ones,
            margins: [("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 50), ("village", 50)])],
            messages: ["?"]),
        Case(
            name: "a region of city people as large as all cities", columns: places, weights: ones,
            margins: [("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 60), ("village", 40)])],
            messages: ["?"]),
        Case(
            name: "a region of city people a hair smaller than all cities", columns: places, weights: ones,
            margins: [
                ("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 60.01), ("village", 39.99)]),
            ], messages: []),
        Case(
            name: "two regions of city people",
            columns: [("region", ["1", "1", "2", "3"]), ("place", ["city", "village", "city", "city"])],
            weights: [1, 1, 1, 1],
            margins: [("region", [("1", 40), ("2", 30), ("3", 30)]), ("place", [("city", 55), ("village", 45)])],
            messages: ["?"]),
        Case(
            name: "a diagonal with other totals",
            columns: [("a", ["1", "2", "3"]), ("b", ["x", "y", "z"])], weights: [1, 1, 1],
            margins: [("a", [("1", 20), ("2", 30), ("3", 50)]), ("b", [("x", 30), ("y", 30), ("z", 40)])],
            messages: ["?"]),
        Case(
            name: "a staircase without room above", columns: [("a", ["1", "2", "2", "3", "3"]), ("b", ["x", "x", "y", "y", "z"])],
            weights: ones.dropLast(), margins: [("a", [("1", 40), ("2", 30), ("3", 30)]), ("b", [("x", 30), ("y", 30), ("z", 40)])],
            messages: ["?"]),
        Case(
            name: "three margins of even sums", columns: even, weights: [1, 1, 1, 1],
            margins: [("a", [("0", 10), ("1", 90)]), ("b", [("0", 10), ("1", 90)]), ("c", [("0", 10), ("1", 90)])],
            messages: ["?"]),
        Case(
            name: "three margins of even sums, nearly possible", columns: even, weights: [1, 1, 1, 1],
            margins: [("a", [("0", 33), ("1", 67)]), ("b", [("0", 33), ("1", 67)]), ("c", [("0", 33), ("1", 67)])],
            messages: ["?"]),
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
            margins: ["a", "b", "c", "d", "e", "f"].map { ($0, [("0", 10), ("1", 90)]) }, messages: ["?"]),
    ]

    /// Bounds that are too tight, and totals beyond any.
    private static let bounded: [Case] = [
        Case(
            name: "linear between tight bounds", columns: people, weights: six,
            margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0.9, high: 1.1)),
            messages: ["?"]),
        Case(
            name: "raking between tight bounds", columns: people, weights: six,
            margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(distance: .raking, bounds: CalibrationBounds(low: 0.5, high: 1.5)),
            messages: ["?"]),
        Case(
            name: "logit between tight bounds", columns: people, weights: six,
            margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(distance: .logit, bounds: CalibrationBounds(low: 0.8, high: 1.2)),
            messages: ["?"]),
        Case(
            name: "tight bounds on weights", columns: people, weights: six, margins: [("sex", [("1", 6), ("2", 4)])],
            calibration: GeneralCalibration(
                distance: .raking, bounds: CalibrationBounds(low: 0.9, high: 1.9, on: .weight)), messages: ["?"]),
        Case(
            name: "bounds that hold for each margin and not for both", columns: people, weights: six,
            margins: [("age", [("1", 2.2), ("2", 3.3), ("4", 3.5)]), ("sex", [("1", 3.6), ("2", 5.4)])],
            calibration: GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0.7, high: 1.21)),
            messages: ["?"]),
        Case(
            name: "a negative total of a positive number between bounds", columns: people, weights: six,
            margins: [halves], numbers: [(name: "income", total: -50, values: [1, 2, 3, 4, 5, 6])],
            calibration: GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0, high: 100)),
            messages: ["?"], helps: false),
        Case(
            name: "totals twenty times the sample and more", columns: people, weights: six,
            margins: [("sex", [("1", 4_000), ("2", 5_000)])],
            calibration: GeneralCalibration(distance: .raking, bounds: CalibrationBounds(low: 0.5, high: 2)),
            messages: ["?"]),
    ]
}
