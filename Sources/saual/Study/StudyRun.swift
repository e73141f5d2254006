internal import Glibc
internal import SurveyDesign
internal import SurveyFormats
internal import SurveyImport
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting

/// Everything from raw files to reports, by steps that are skipped while nothing they depend on has changed.
///
/// Inputs are always hashed, never judged by their time of modification: hashing runs at the speed of reading.
struct StudyRun {
    let study: LoadedStudy
    let terminal: Terminal
    private let versions: [StepStamp.Part]
    let hashes: [String: String]

    var studyFile: String { path(study.specification.studyFile) }

    init(_ study: LoadedStudy, on terminal: Terminal) throws(Problem) {
        self.study = study
        self.terminal = terminal
        for target in [study.specification.studyFile, study.specification.output] {
            try OutputFolder.keep(target, inside: study.folder)
        }
        var versions = [StepStamp.Part("saual", Versions.saual)]
        versions += Versions.libraries.map { StepStamp.Part($0.name, $0.version) }
        versions.append(StepStamp.Part("gnuplot", Versions.gnuplot ?? "none"))
        self.versions = versions
        var hashes: [String: String] = [:]
        for wave in study.specification.waves where hashes[wave.file] == nil {
            hashes[wave.file] = try RawSource.hash(of: StudySpecification.path(wave.file, relativeTo: study.folder))
        }
        for file in study.specification.targetFiles where hashes[file] == nil {
            hashes[file] = try RawSource.hash(of: StudySpecification.path(file, relativeTo: study.folder))
        }
        self.hashes = hashes
    }

    /// A path of study.yaml as the system needs it.
    private func path(_ path: String) -> String { StudySpecification.path(path, relativeTo: study.folder) }

    /// The file of an output, relative to the study's folder.
    private func output(_ name: String) -> String { "\(study.specification.output)/\(name)" }

    // MARK: What is planned and what is stale

    /// The reports that the last run wrote, relative to the study's folder.
    func written() throws(Problem) -> [String] {
        guard let record = try StudyFile(reading: studyFile).step(named: "reports") else { return [] }
        return OutputHashes(record.outputs).entries.map(\.path)
    }

    func planned() throws(Problem) -> [StudyProgress.Planned] {
        var steps: [StudyProgress.Planned] = []
        for (position, wave) in study.specification.waves.enumerated() {
            let questionnaire = study.questionnaires[position]
            let stamp = StepStamp(
                step: "import \(wave.id)",
                inputs: [
                    StepStamp.Part("file", hashes[wave.file] ?? ""),
                    StepStamp.Part("questionnaire", try SHA256.hex(of: questionnaire.source)),
                ] + (try study.regionFiles(ofWave: position)) + (try weightRecord(beside: wave.file))
                    + (study.maps[wave.id].map { [StepStamp.Part("map", $0.sha256)] } ?? []),
                options: [
                    StepStamp.Part("name", wave.file),
                    StepStamp.Part("rows", wave.rows.map { "\($0.column)=\($0.value)" } ?? ""),
                    StepStamp.Part("encoding", wave.encoding ?? ""), StepStamp.Part("delimiter", wave.delimiter ?? ""),
                    StepStamp.Part("decimal", wave.decimal ?? ""), StepStamp.Part("sheet", wave.sheet ?? ""),
                    StepStamp.Part("field", study.fieldwork(ofWave: position)),
                    StepStamp.Part("design", designOfFile(ofWave: position).columns.joined(separator: " ")),
                ], versions: [versions[0]])
            steps.append(.init(name: stamp.step, stamp: try SHA256.hex(of: Array(stamp.text.utf8))))
            if let step = try weightStep(wave.id, after: stamp) { steps.append(step) }
        }
        let inputs = try study.documents.map { (document) throws(Problem) in
            StepStamp.Part(document.name, try SHA256.hex(of: document.text))
        }
        let report = StepStamp(step: "reports", inputs: inputs, options: [], versions: versions)
        steps.append(
            .init(name: report.step, stamp: try SHA256.hex(of: Array(report.text.utf8)), dependsOn: steps.map(\.name)))
        return steps
    }

    /// The steps that must be done again; all of them where there is no study file.
    func stale(_ planned: [StudyProgress.Planned]) throws(Problem) -> [(step: String, reason: StudyProgress.Reason)] {
        var recorded: [StudyProgress.Recorded] = []
        if try !StudyFile.isAbsent(studyFile) {
            let file = try StudyFile(reading: studyFile)
            var waves: [String] = []
            for wave in try file.waves() {
                waves.append("import \(wave.name)")
                let names = try file.weights(of: wave.name).map(\.name)
                if let name = study.specification.weighting?.name, names.contains(name) {
                    waves.append("weight \(wave.name)")
                }
            }
            for record in try file.steps() where record.name == "reports" || waves.contains(record.name) {
                recorded.append(
                    .init(name: record.name, stamp: record.stamp, outputs: OutputHashes(record.outputs).entries))
            }
        }
        return StudyProgress(recorded: recorded).stale(planned: planned) { name in
            // An output that cannot be read is as good as none.
            do throws(Problem) { return try RawSource.hash(of: path(name)) } catch { return nil }
        }
    }

    /// The record beside a raw file, which an import takes along; nothing where there is none.
    private func weightRecord(beside file: String) throws(Problem) -> [StepStamp.Part] {
        let sidecar = WeightingSidecar.path(beside: path(file))
        guard access(sidecar, F_OK) == 0 else { return [] }
        return [StepStamp.Part("record", try RawSource.hash(of: sidecar))]
    }

    // MARK: Doing it

    /// Does the stale steps; returns the cautions of the computation, and the errors of a weighting that failed.
    func perform(_ stale: [String], _ planned: [StudyProgress.Planned], say: (WaveImport.Result) -> Void)
        throws(Problem)
        -> [Problem]
    {
        var cautions: [Problem] = []
        try OutputFolder.make(LoadedStudy.folder(of: studyFile))
        do {
            let file = try StudyFile(writing: studyFile, creating: true, program: "saual \(Versions.saual)")
            // What is stopped half-way must be done again even if its inputs go back to what they were.
            for step in stale { try file.record(StepRecord(name: step, stamp: "", outputs: "")) }
            for (position, wave) in study.specification.waves.enumerated() where stale.contains("import \(wave.id)") {
                try importWave(wave, at: position, into: file, say: say)
                try record("import \(wave.id)", planned, outputs: [], in: file)
            }
            for record in try file.waves() where !study.specification.waves.contains(where: { $0.id == record.name }) {
                try file.remove(wave: record.name)
            }
            try file.replaceDocuments(with: study.documents)
            for wave in study.specification.waves where stale.contains("weight \(wave.id)") {
                let problems = try weight(wave.id, in: file)
                if problems.contains(where: { $0.severity == .error }) { return cautions + problems }
                cautions += problems
                try record("weight \(wave.id)", planned, outputs: [], in: file)
            }
        }
        guard stale.contains("reports") else { return cautions }
        let figures = try StudyFigures(studyFile, wave: nil)
        let computed = try figures.input(
            rules: study.specification.publication, audits: true, programs: Versions.report)
        cautions += computed.cautions
        var written: [(path: String, sha256: String)] = []
        try OutputFolder.make(path(study.specification.output))
        var input = computed.input
        input.tiles = try figures.tiles()
        let made = try ReportWriter.files(for: input)
        cautions += made.cautions
        for report in made.files {
            if Interruption.isAsked { throw .interruptedWork() }
            try OutputFolder.keep(output(report.name), inside: study.folder)
            try OutputFile.write(report.bytes, to: path(output(report.name)), replacing: true)
            written.append((output(report.name), try SHA256.hex(of: report.bytes)))
        }
        let file = try StudyFile(writing: studyFile, creating: false, program: "saual \(Versions.saual)")
        try record("reports", planned, outputs: written, in: file)
        return cautions
    }

    /// The findings of all waves, each once, and how they differ from those that the study expects.
    func findings() throws(Problem) -> (all: [Problem], unexpected: [Problem]) {
        let file = try StudyFile(reading: studyFile)
        var all: [Problem] = []
        for wave in study.specification.waves { all += try file.findings(of: wave.id).filter { $0.severity == .error } }
        let differences = StudyFindings(expected: study.specification.expectedFindings)
            .differences(from: FindingCounts.of(all), in: study.document)
        return (all, differences)
    }

    private func importWave(
        _ wave: StudySpecification.Wave, at position: Int, into file: StudyFile,
        say: (WaveImport.Result) -> Void
    ) throws(Problem) {
        let design = designOfFile(ofWave: position)
        var work = WaveImport(
            path: path(wave.file), format: wave.format,
            decimal: wave.decimal == "," ? .comma : .point, rows: wave.rows,
            questionnaire: study.questionnaires[position],
            design: ImportOptions.DesignColumns(strata: design.strata, psu: design.psu, weight: design.weight),
            regions: try study.regions(ofWave: position).get(), expectedHash: hashes[wave.file])
        work.map = study.maps[wave.id]?.map
        work.mapHash = study.maps[wave.id]?.sha256
        say(try work.run(into: file, wave: wave.id, replacing: true, on: terminal))
    }

    private func record(
        _ step: String, _ planned: [StudyProgress.Planned], outputs: [(path: String, sha256: String)],
        in file: StudyFile
    ) throws(Problem) {
        let stamp = planned.first { $0.name == step }?.stamp ?? ""
        try file.record(StepRecord(name: step, stamp: stamp, outputs: OutputHashes(entries: outputs).text))
    }
}

/// Paths and hashes of a step's outputs as the study file keeps them: a line each, the hash first.
private struct OutputHashes {
    let entries: [(path: String, sha256: String)]

    init(entries: [(path: String, sha256: String)]) { self.entries = entries }

    init(_ text: String) {
        entries = text.split(separator: "\n").compactMap { line in
            guard let space = line.firstIndex(of: " ") else { return nil }
            return (String(line[line.index(after: space)...]), String(line[..<space]))
        }
    }

    var text: String { entries.map { "\($0.sha256) \($0.path)\n" }.joined() }
}

extension Problem {
    static func interruptedWork() -> Problem {
        Problem(
            "command.interrupted", .interrupted, what: "Interrupted", why: "the user or the system asked to stop",
            fix: "run the command again; nothing is half-written")
    }
}
