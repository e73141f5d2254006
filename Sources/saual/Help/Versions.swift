internal import SurveyFormats
internal import SurveyMath
internal import SurveyReport
internal import SurveyStore
internal import SurveyYAML

/// The version of Saual and of the C libraries it runs with.
enum Versions {
    static let saual = "0.1.0"

    static var libraries: [(name: String, version: String)] {
        [MathLibrary.version, (YAMLLibrary.name, YAMLLibrary.version)] + StoreLibraries.all + FormatLibraries.all
    }

    /// What the figures depend on; the other libraries change none of them, so a security update leaves reports as they are.
    static var figures: [(name: String, version: String)] { [("Saual", saual), MathLibrary.version] }

    /// The same, with the program that draws the charts of a report where it is installed.
    static var report: [(name: String, version: String)] { figures + (gnuplot.map { [("gnuplot", $0)] } ?? []) }

    /// The version of gnuplot, nil where it is missing; asking starts the program.
    static var gnuplot: String? {
        do { return try Gnuplot().version() } catch { return nil }
    }

    static var text: String {
        "saual \(saual)\n" + libraries.map { "\($0.name) \($0.version)\n" }.joined()
    }
}
