public import SurveyProblems

/// R with its package survey, as a program beside this one.
public struct RProgram: Sendable {
    private let path: String
    private let seconds: Double

    /// What R found, and which R it was.
    public struct Answer: Sendable {
        public let figures: [RFigure]
        /// Program and package with their versions.
        public let programs: [(name: String, version: String)]
    }

    /// The script ends with this status where the package is not installed.
    static let packageMissing: Int32 = 10

    /// Finds `Rscript` on the search path of the process, or on another one.
    ///
    /// - Throws: ``Problem`` `verification.r-missing`.
    public init(searchPath: String? = nil) throws(Problem) { try self.init(searchPath: searchPath, seconds: 7200) }

    init(searchPath: String?, seconds: Double) throws(Problem) {
        guard let path = ProgramPath.find("Rscript", in: searchPath ?? ProgramPath.ofProcess ?? "") else {
            throw .rMissing()
        }
        self.path = path
        self.seconds = seconds
    }

    /// Writes a script and its files into a folder, runs it there, and returns the figures that it wrote.
    ///
    /// Settings of the user's own (`~/.Rprofile`) are not read; packages in the user's own library are found.
    /// - Throws: ``Problem`` `verification.package-missing`, `verification.r-failed`, `verification.r-stopped`,
    ///   `verification.r-not-started`, `verification.r-unreadable`, `problems.unwritable-file`.
    public func run(
        _ script: VerificationScript, in folder: String, isCancelled: () -> Bool = { false }
    ) throws(Problem) -> Answer {
        for file in script.files { try OutputFile.write(file.bytes, to: "\(folder)/\(file.name)", replacing: true) }
        let outcome = ChildProcess.run(
            path, arguments: ["--vanilla", "\(folder)/\(VerificationScript.scriptFile)", folder], input: [],
            seconds: seconds, keeping: ["HOME", "TMPDIR", "R_LIBS", "R_LIBS_USER", "R_LIBS_SITE"],
            isCancelled: isCancelled)
        switch outcome {
        case .ended(let status, let output, let errors):
            if status == RProgram.packageMissing { throw .packageMissing() }
            guard status == 0 else { throw .rFailed(status: status, said: RProgram.lastLine(errors)) }
            let bytes = try InputFile.bytes(
                of: "\(folder)/\(VerificationScript.resultFile)", limit: 1 << 28)
            guard let figures = RFigure.all(in: bytes) else { throw .rUnreadable() }
            return Answer(figures: figures, programs: RProgram.programs(in: output))
        case .stopped: throw .rStopped(seconds: seconds)
        case .notStarted(let reason): throw .rNotStarted(reason: reason)
        }
    }

    /// The lines `NAME VERSION` of the script's output.
    private static func programs(in output: [UInt8]) -> [(name: String, version: String)] {
        String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 2 ? (String(words[0]), String(words[1])) : nil
        }
    }

    /// What R said of its failure, so that a message stays one line.
    private static func lastLine(_ bytes: [UInt8]) -> String {
        let lines = String(decoding: bytes.suffix(4000), as: UTF8.self).split(separator: "\n")
        let told = lines.filter { $0 != "Execution halted" && !$0.hasPrefix("Calls:") }
        return String((told.last ?? "").drop { $0 == " " }.prefix(200))
    }
}

extension Problem {
    /// The program that recomputes is not there.
    static func rMissing() -> Problem {
        Problem(
            "verification.r-missing", .input, what: "R is not installed",
            why: "the figures are recomputed by the program \("Rscript"), which is not on the search path",
            fix: "install the Debian packages: \("apt-get install r-base-core r-cran-survey")")
    }

    /// R is there without its package.
    static func packageMissing() -> Problem {
        Problem(
            "verification.package-missing", .input, what: "R has no package survey",
            why: "the figures are recomputed by R's package \("survey"), which R does not find",
            fix: "install the Debian package: \("apt-get install r-cran-survey")")
    }

    /// R stopped with an error: it cannot compute what Saual computed.
    static func rFailed(status: Int32, said: String) -> Problem {
        Problem(
            "verification.r-failed", .computation, what: "R stopped before it had all figures",
            why: "R ended with status \(status) and said: \(said)",
            fix: "run with --keep FOLDER and look into the script there")
    }

    /// R did not end.
    static func rStopped(seconds: Double) -> Problem {
        Problem(
            "verification.r-stopped", .computation, what: "R was stopped",
            why: "it had not ended after \(Int(seconds.rounded(.up))) seconds, or was interrupted",
            fix: "verify a study with fewer figures, or run the script by itself: see --output and --keep")
    }

    /// R could not be started.
    static func rNotStarted(reason: String) -> Problem {
        Problem(
            "verification.r-not-started", .input, what: "R could not be started",
            why: "the system says: \(reason)", fix: "check the installation of R")
    }

    /// R wrote something else than figures.
    static func rUnreadable() -> Problem {
        Problem(
            "verification.r-unreadable", .defect, what: "What R wrote cannot be read",
            why: "a line of its figures has other fields than the script writes",
            fix: "send us the version of R and the script; see --output")
    }
}
