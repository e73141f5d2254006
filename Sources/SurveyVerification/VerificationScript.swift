internal import SurveyDesign
public import SurveyEstimation
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema

/// An R script that computes every figure of a study a second time, and the files that it reads.
///
/// The route is another one from the answers on: routing, derived variables, bases and conditions are translated into R's
/// own expressions, the design is `svydesign`, and the figures are those of R's package survey. The script reads the files
/// from the folder that it is given, or its own, and writes ``resultFile`` there.
///
/// Source: Lumley (2004), Journal of Statistical Software 9(8); Documentation/Methods.md, "Checked by R".
public struct VerificationScript: Sendable {
    /// The script, in ASCII.
    public let text: String
    /// The answers of each wave: name and bytes.
    public let dataFiles: [(name: String, bytes: [UInt8])]

    /// The file that the script writes, and the script's own name in a folder that is kept.
    public static let resultFile = "figures.csv"
    public static let scriptFile = "verify.R"

    /// The script under its own name, and the answers.
    var files: [(name: String, bytes: [UInt8])] {
        [(VerificationScript.scriptFile, Array(text.utf8))] + dataFiles
    }

    /// The changes between two waves that a study computes.
    public struct Changes: Sendable {
        public let from: String
        public let to: String
        /// The indicators that can be compared.
        public let indicators: [String]
        public let overlap: Change.Overlap

        public init(from: String, to: String, indicators: [String], overlap: Change.Overlap) {
            self.from = from
            self.to = to
            self.indicators = indicators
            self.overlap = overlap
        }
    }

    /// Makes the script for some waves of one study.
    public init(study: String, program: String, waves: [VerificationWave], changes: [Changes] = []) {
        var text = VerificationScript.heading(study, program) + RPrelude.text
        var files: [(name: String, bytes: [UInt8])] = []
        for (position, wave) in waves.enumerated() {
            let name = "wave-\(position + 1).csv"
            files.append((name, WaveAnswers.csv(of: wave)))
            text += WaveScript(wave, file: name).text
        }
        if !changes.isEmpty { text += "\n# Changes " + String(repeating: "-", count: 60) + "\n\n" }
        for change in changes {
            text +=
                "changes(from = \(RText.string(change.from)), to = \(RText.string(change.to)), "
                + "ids = \(RText.strings(change.indicators)), overlap = \"\(change.overlap.rawValue)\")\n"
        }
        text += VerificationScript.ending
        self.text = text
        dataFiles = files
    }

    private static func heading(_ study: String, _ program: String) -> String {
        """
        # Every figure of the study "\(RText.encoded(study))", computed by R's package survey; made by \(RText.encoded(program)).
        #
        #     Rscript verify.R [FOLDER]
        #
        # FOLDER (by default that of this script) holds the answers as the study file has them, a file a wave: for each column
        # its codes or numbers (v1, v2 ...) and, where there is none, the kind of missing answer (k1, k2 ...). The figures are
        # written to figures.csv there. A byte of a name or code that is not plain stands as %XX, here and in the files.


        """
    }

    private static let ending = #"""

        # Done -------------------------------------------------------------------------------------------------------------

        fields <- c("wave", "to", "indicator", "by", "group", "estimate", "se", "ci_low", "ci_high", "df", "n", "n_base", "p")
        writeLines(c(paste(fields, collapse = ","), found), file.path(folder, "figures.csv"))
        cat("R ", R.version$major, ".", R.version$minor, "\n", "survey ", packageDescription("survey")$Version, "\n", sep = "")

        """#
}
