public import SurveySchema

/// Every word that a report says of itself, in one language; a language that lacks one does not compile.
///
/// `{1}`, `{2}`… are places for values. No sentence is put together from pieces, so each language keeps its own grammar.
public struct ReportWords: Sendable {
    let language: Language
    let page: Page
    let table: Table
    let indicator: Indicator
    let chart: Chart
    let marks: Marks
    let methods: Methods
    let provenance: Provenance
    let form: FormWords
    let figures: FigureWords
    let conclusions: ConclusionWords
    let parts: PageWords
    let annex: AnnexWords

    /// Returns the words of a language that Saual speaks, nil for another.
    public static func spoken(in language: Language) -> ReportWords? {
        switch language {
        case .kazakh: .kazakh
        case .russian: .russian
        case .english: .english
        default: nil
        }
    }

    /// The frame of the page: title, banners, contents.
    struct Page: Sendable {
        let subtitle: String
        let skip: String
        let contents: String
        let synthetic: String
        let syntheticStamp: String
        let internalUse: String
        let internalStamp: String
        let waves: String
        let terms: String
        let mainResults: String
        let indicators: String
        let notStated: String
        /// Day, month in words, year.
        let date: String
        let months: [String]
    }

    /// Heads and captions of tables of figures.
    struct Table: Sendable {
        /// The confidence level, with its percent sign, is the value.
        let summaryCaption: String
        let indicator: String
        let wave: String
        let fieldPeriod: String
        let group: String
        let whole: String
        let estimate: String
        let interval: String
        let answered: String
        let base: String
        let effective: String
        let code: String
        /// The number of rows of the base is the value.
        let baseCount: String
        let wholeByWave: String
        let breakdown: String
        let breakdownDetails: String
        let details: String
        let matrixNote: String
    }

    /// The definition of an indicator.
    struct Indicator: Sendable {
        let definition: String
        let share: String
        let mean: String
        let quantile: String
        let ratio: String
        let dividedBy: String
        let base: String
        let source: String
        let unit: String
        let direction: String
        let up: String
        let down: String
        let identifier: String
        let percent: String
        let meanUnit: String
        let points: String
        let tenge: String
    }

    /// Titles of charts and what their marks mean.
    struct Chart: Sendable {
        let trend: String
        let groups: String
        let legend: String
        let dashed: String
        let hollow: String
        let cutAxis: String
        let gaps: String
    }

    /// Marks in cells, and the flags of figures.
    struct Marks: Sendable {
        let legend: String
        let hidden: String
        let hiddenShort: String
        /// The same where the precision of shares is judged too.
        let hiddenImprecise: String
        let hiddenImpreciseShort: String
        let complementary: String
        let complementaryShort: String
        let bracketed: String
        let bracketedShort: String
        let noData: String
        let noDataShort: String
        let notComputed: String
        let edge: String
        let emptyDomain: String
        let noDegreesOfFreedom: String
        let droppedReplicates: String
        let lonelyPSU: String
        let negativeWeight: String
        let outsideRange: String
        let openEnd: String
        let negativeVariance: String
        let undefined: String
        let complementImprecise: String
        let review: String
    }

    /// How the figures were made.
    struct Methods: Sendable {
        let title: String
        let weighting: String
        let weighted: String
        let unweighted: String
        let errors: String
        let variance: String
        /// The method.
        let replicates: String
        let strata: String
        let noStrata: String
        let psus: String
        let nestedPSUs: String
        let noPSUs: String
        let finitePopulation: String
        let noFinitePopulation: String
        let lonelyFail: String
        let lonelyCertainty: String
        let lonelyAverage: String
        let lonelyAdjust: String
        let lonelyAdjustZero: String
        let lonelyCollapse: String
        /// Followed by rules as they stand in results.
        let furtherRules: String
        let waveCaption: String
        let stratumCount: String
        let psuCount: String
        let rowCount: String
        let weightTotal: String
        let intervals: String
        let intervalLogit: String
        let intervalMean: String
        let intervalBeta: String
        let intervalKornGraubard: String
        let degrees: String
        let effective: String
        let bases: String
        let baseEveryone: String
        let baseAsked: String
        let baseAnswered: String
        let missing: String
        let publication: String
        let ruleHidden: String
        let ruleImprecise: String
        let ruleBracketed: String
        let ruleComplementary: String
        let ruleInternal: String
        let cautions: String
        let reading: String
        let rounding: String
        let change: String
    }

    /// Where the figures come from.
    struct Provenance: Sendable {
        let title: String
        let filesCaption: String
        let file: String
        let sha256: String
        let hashNote: String
        let rowsRead: String
        let imported: String
        let quarantined: String
        let questionnaire: String
        let findingsCaption: String
        let finding: String
        let total: String
        let accepted: String
        let noFindings: String
        let programsCaption: String
        let program: String
        let version: String
        let codes: String
        let same: String
    }
}

extension String {
    /// Puts values into the places `{1}`, `{2}`… of a template.
    func filled(_ values: String...) -> String {
        var result = ""
        var rest = Substring(self)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest[rest.index(after: open)...]
            if let close = after.firstIndex(of: "}"), let number = Int(after[..<close]),
                values.indices.contains(number - 1)
            {
                result += values[number - 1]
                rest = after[after.index(after: close)...]
            } else {
                result += "{"
                rest = after
            }
        }
        return result + rest
    }
}
