public import SurveyProblems

/// The program gnuplot, which draws the charts; reports are complete without it, only their charts are missing.
public struct Gnuplot: Sendable {
    private let path: String
    private let seconds: Double

    /// Finds the program on the search path of the process, or on another one.
    ///
    /// - Throws: ``Problem`` `report.gnuplot-missing`, a caution, when there is none.
    public init(searchPath: String? = nil) throws(Problem) {
        try self.init(searchPath: searchPath, seconds: 20)
    }

    init(searchPath: String?, seconds: Double) throws(Problem) {
        guard let path = ProgramPath.find("gnuplot", in: searchPath ?? ProgramPath.ofProcess ?? "") else {
            throw .gnuplotMissing()
        }
        self.path = path
        self.seconds = seconds
    }

    /// The version as the program states it, such as `5.4 patchlevel 4`.
    public func version() throws(Problem) -> String {
        let text = try run(["--version"], script: "")
        let line = text.split(separator: "\n").first ?? ""
        return String(line.hasPrefix("gnuplot ") ? line.dropFirst(8) : line)
    }

    /// Returns what a script draws; settings of the user's own (`~/.gnuplot`) are not read.
    func drawing(of script: String) throws(Problem) -> String { try run(["-d"], script: script) }

    private func run(_ arguments: [String], script: String) throws(Problem) -> String {
        switch ChildProcess.run(path, arguments: arguments, input: Array(script.utf8), seconds: seconds) {
        case .ended(let status, let output, let errors):
            guard status == 0 else { throw .gnuplotFailed(status: status, said: Gnuplot.firstLine(errors)) }
            return String(decoding: output, as: UTF8.self)
        case .stopped: throw .gnuplotStopped(seconds: seconds)
        case .notStarted(let reason): throw .gnuplotNotStarted(reason: reason)
        }
    }

    /// The first line with letters, so that a message stays one line.
    private static func firstLine(_ bytes: [UInt8]) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let line = lines.first { $0.contains(where: \.isLetter) && !$0.hasPrefix("gnuplot>") } ?? lines.first ?? ""
        return String(line.drop { $0 == " " }.prefix(200))
    }
}

extension Problem {
    /// The program that draws charts is not there.
    static func gnuplotMissing() -> Problem {
        Problem(
            "report.gnuplot-missing", .finding, severity: .caution, what: "The report has no charts",
            why: "charts are drawn by the program \("gnuplot"), which is not on the search path",
            fix: "install the Debian package \("gnuplot-nox") and make the report again")
    }

    /// The program that draws charts reported an error.
    static func gnuplotFailed(status: Int32, said: String) -> Problem {
        Problem(
            "report.gnuplot-failed", .finding, severity: .caution, what: "A chart could not be drawn",
            why: "gnuplot ended with status \(status) and said: \(said)",
            fix: "check the installation of gnuplot (5.2 or later) and make the report again")
    }

    /// The program that draws charts did not end.
    static func gnuplotStopped(seconds: Double) -> Problem {
        Problem(
            "report.gnuplot-stopped", .finding, severity: .caution, what: "A chart could not be drawn",
            why: "gnuplot was stopped after \(Int(seconds.rounded(.up))) seconds or because it wrote too much",
            fix: "make the report again when the machine is less busy")
    }

    /// The program that draws charts could not be started.
    static func gnuplotNotStarted(reason: String) -> Problem {
        Problem(
            "report.gnuplot-not-started", .finding, severity: .caution, what: "A chart could not be drawn",
            why: "gnuplot could not be started; the system says: \(reason)",
            fix: "check the installation of gnuplot and make the report again")
    }
}
