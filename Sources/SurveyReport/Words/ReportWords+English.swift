internal import SurveySchema

extension ReportWords {
    static let english = ReportWords(
        language: .english,
        page: Page(
            subtitle: "Survey indicators, with their precision",
            skip: "Skip to the main results",
            contents: "Contents",
            synthetic: "Synthetic data. These figures describe nobody; they only show the method.",
            syntheticStamp: "Synthetic data",
            internalUse: "For internal use. The publication rules were not applied: do not pass this report on.",
            internalStamp: "Internal: not for publication",
            waves: "Waves of the survey",
            terms: "Source of the data and terms of use",
            mainResults: "Main results",
            indicators: "Indicators",
            notStated: "not stated",
            date: "{1} {2} {3}",
            months: [
                "January", "February", "March", "April", "May", "June",
                "July", "August", "September", "October", "November", "December",
            ]),
        table: Table(
            summaryCaption: "Every indicator for the whole sample, by wave",
            indicator: "Indicator",
            wave: "Wave",
            fieldPeriod: "Fieldwork",
            group: "Group",
            whole: "Whole sample",
            estimate: "Estimate",
            interval: "{1} confidence interval",
            answered: "n with the answer",
            base: "n in the base",
            effective: "Effective n",
            code: "Code",
            baseCount: "n = {1}",
            wholeByWave: "Whole sample, by wave",
            breakdown: "Breakdown: {1}",
            breakdownDetails: "All figures of the breakdown: {1}",
            details: "All figures: counts, effective sizes, codes",
            matrixNote: "In each cell: the estimate, its {1} confidence interval, and n, the number of "
                + "respondents in the base."),
        indicator: Indicator(
            definition: "Definition",
            share: "Share of the base for which this holds:",
            mean: "Mean over the base of:",
            quantile: "Number that a share p of the base is up to:",
            ratio: "Ratio of two totals over the base:",
            dividedBy: "divided by",
            base: "Base",
            source: "Source",
            unit: "Unit",
            direction: "Direction",
            up: "higher is better",
            down: "lower is better",
            identifier: "Identifier",
            percent: "percent",
            meanUnit: "mean",
            points: "points",
            tenge: "tenge"),
        chart: Chart(
            trend: "Whole sample, by wave",
            groups: "Groups, wave {1}",
            legend: "Points are estimates, lines their {1} confidence intervals.",
            dashed: "The dashed line is the whole sample, the band its interval.",
            hollow: "Hollow points stand on a low base.",
            cutAxis: "The scale does not start at zero.",
            gaps: "Hidden figures are left out."),
        marks: Marks(
            legend: "Marks",
            hidden: "hidden: fewer than {1} respondents in the base, or fewer than {2} primary sampling units",
            hiddenShort: "hidden: too few respondents",
            hiddenImprecise:
                "hidden: fewer than {1} respondents in the base, fewer than {2} primary sampling units, or too "
                + "imprecise",
            hiddenImpreciseShort: "hidden: too few respondents or too imprecise",
            complementary: "hidden, because a figure marked × could be worked out from it",
            complementaryShort: "hidden to protect another figure",
            bracketed: "low base, fewer than {1} respondents: read with care",
            bracketedShort: "low base",
            noData: "no data: nobody of this group is in the base",
            noDataShort: "no data",
            notComputed: "not computed: not asked in this wave, or not computable",
            edge: "The share is exactly 0 or 100%; its interval is that of Korn and Graubard with the plain n.",
            emptyDomain: "Nobody of this group is in the base.",
            noDegreesOfFreedom: "Less than one degree of freedom: no interval.",
            droppedReplicates: "The figure does not exist in some replicates; its error leaves them out.",
            lonelyPSU: "A stratum had one primary sampling unit; the rule given under the methods was applied.",
            negativeWeight: "Some weights are negative.",
            outsideRange: "The estimate of a sensitive question is below 0 or above 100 %.",
            openEnd: "An end of the interval lies beyond the values in the sample.",
            negativeVariance: "The estimate of the variance is below 0, so there is no standard error.",
            undefined: "Not defined for this group: what it would be divided by is zero.",
            complementImprecise:
                "The share is precise enough to be shown; its complement (100% less the share) is not: do not "
                + "quote it.",
            review: "A share of 0 or 100%, or few degrees of freedom: a statistician should look at it."),
        methods: Methods(
            title: "How the figures were made",
            weighting: "Weights",
            weighted: "Every estimate is weighted: each interview counts with the value of the column {1}.",
            unweighted: "The estimates are not weighted: each interview counts the same.",
            errors: "Sampling errors",
            variance:
                "Standard errors come from the linearised variance (Taylor series): each figure is replaced by "
                + "its linear approximation, summed within primary sampling units, and the variance is taken "
                + "between these units within strata. Respondents outside a group stay in the design when the "
                + "figure of the group is computed.",
            replicates:
                "Standard errors come from replicates: the sample is taken again and again with other weights (method {1}), "
                + "each figure is computed every time, and the variance is how far these figures lie apart.",
            strata: "Strata: {1}.",
            noStrata: "The sample was not stratified.",
            psus: "Primary sampling units (PSUs): {1}.",
            nestedPSUs: "Their labels repeat from stratum to stratum; a unit is a label within a stratum.",
            noPSUs: "Each interview is its own primary sampling unit.",
            finitePopulation: "Finite population correction: {1}.",
            noFinitePopulation:
                "No finite population correction: units count as drawn with replacement, which does not "
                + "understate the errors.",
            lonelyFail: "A stratum with a single primary sampling unit would have stopped the work.",
            lonelyCertainty: "A stratum with a single primary sampling unit adds nothing to the variance.",
            lonelyAverage: "A stratum with a single primary sampling unit adds the mean variance of the other "
                + "strata.",
            lonelyAdjust: "A stratum with a single primary sampling unit is centred on the mean of all units.",
            lonelyAdjustZero: "A stratum with a single primary sampling unit is centred on zero.",
            lonelyCollapse: "A stratum with a single primary sampling unit is joined with the nearest one.",
            furtherRules: "Further rules of the design:",
            waveCaption: "The sample of each wave",
            stratumCount: "Strata",
            psuCount: "PSUs",
            rowCount: "Interviews",
            weightTotal: "Sum of weights",
            intervals: "Confidence intervals",
            intervalLogit: "Shares: the interval is computed on the logit scale, so it stays between 0 and 100%.",
            intervalMean: "Means and ratios: the estimate plus and minus the standard error times the quantile of "
                + "Student’s t.",
            intervalBeta: "Shares: the interval of Clopper and Pearson with the effective sample size (beta).",
            intervalKornGraubard: "Shares near 0 or 100%: the interval of Korn and Graubard.",
            degrees:
                "Degrees of freedom: the number of primary sampling units less the number of strata, counted anew "
                + "in each group.",
            effective:
                "The effective n is the size of a simple random sample that would be as precise as this one.",
            bases: "Bases and missing answers",
            baseEveryone: "“Everyone” is every respondent.",
            baseAsked: "“Asked” is everyone to whom the question was put: “don’t know” and refusals are in the base.",
            baseAnswered: "“Answered” is everyone with a valid answer: “don’t know” and refusals are outside the "
                + "base.",
            missing:
                "Where no answer can be used, the respondent leaves the base, while the primary sampling unit "
                + "stays in the design.",
            publication: "Which figures are published",
            ruleHidden: "A figure is hidden (×) if its base has fewer than {1} respondents or fewer than {2} "
                + "primary sampling units.",
            ruleImprecise:
                "A share is also hidden (×) if it is too imprecise by the standard of the U.S. National Center "
                + "for Health Statistics (Parker et al. 2017): an effective n below 30; or an interval of Korn "
                + "and Graubard 30 percentage points wide or more; or one over 5 points wide that is more than "
                + "1.3 times the share.",
            ruleBracketed: "A figure stands in brackets if its base has fewer than {1} respondents.",
            ruleComplementary:
                "Where a single hidden figure could be worked out from the others, one more is hidden (××).",
            ruleInternal: "In this report these rules were not applied.",
            cautions: "To be kept in mind",
            reading: "Reading the figures",
            rounding: "Figures are rounded once, at the end; so a difference of printed figures may differ in the "
                + "last digit.",
            change:
                "Two figures whose intervals do not overlap differ by more than chance. Overlapping intervals "
                + "alone do not show that there is no difference."
        ),
        provenance: Provenance(
            title: "Where the figures come from",
            filesCaption: "Data files",
            file: "File",
            sha256: "SHA-256 of the file",
            hashNote: "The long code below each file is its SHA-256: a file with the same code is the same file.",
            rowsRead: "Rows read",
            imported: "Imported",
            quarantined: "Set aside",
            questionnaire: "Questionnaire",
            findingsCaption: "Findings of the import, by code",
            finding: "Finding",
            total: "Total",
            accepted: "Known and accepted",
            noFindings: "The import found nothing to remark.",
            programsCaption: "Programs",
            program: "Program",
            version: "Version",
            codes:
                "Each figure has a code of twelve characters, made from the wave, the request and the version of "
                + "the definition; by it the figure can be found again.",
            same: "The same files and the same versions give the same report, byte for byte."),
        form: .english, figures: .english, conclusions: .english, parts: .english, annex: .english)
}
