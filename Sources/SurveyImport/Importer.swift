public import SurveyFormats
public import SurveyProblems
internal import SurveyData
internal import SurveySchema

/// Reads a file by a plan: cells become typed columns in chunks, what does not fit becomes findings and quarantine.
///
/// Goals, in order: nothing is lost without a finding; memory is one chunk of rows whatever the file; every cell is looked
/// at once. The result depends on file, plan and options alone, not on threads or windows.
public struct Importer {
    private let plan: ImportPlan
    private let options: ImportOptions

    public init(_ plan: ImportPlan, options: ImportOptions = ImportOptions()) {
        self.plan = plan
        self.options = options
    }

    /// Reads the file to its end.
    ///
    /// - Throws: ``Problem`` of the reader (`formats.…`), `import.no-such-column`, `import.too-many-answers`,
    ///   `import.interrupted`, or what the sink throws. The sink then holds a part of the file, to be thrown away.
    public func run(_ reader: any FormatReader, into sink: inout some ImportSink) throws(Problem) -> ImportReport {
        precondition(reader.columns == plan.fileColumns, "a plan is made for the columns of its file")
        let log = FindingLog(file: reader.file, columnCount: plan.readings.count)
        for finding in plan.findings {
            log.add(finding.code, column: finding.place.column, value: finding.place.variable ?? "") { finding }
        }
        var work = Work(plan, log, decimalSign: options.decimalSign.byte)
        var check = try RowCheck(plan, options)
        let rules = QuarantineChecks(plan, decimalSign: options.decimalSign.byte)
        var rejected = 0
        var quarantined = 0
        var rowsInFile = 0
        // Read before the thread of the reader starts, which from then on has the reader for itself.
        let byteCount = reader.byteCount
        let source = BatchSource(reader, threads: options.threads)
        defer { source.finish() }
        while let batch = try source.next() {
            if options.isCancelled?() == true { throw .interrupted(reader.file) }
            rowsInFile += batch.rowCount + batch.rejected.count
            rejected += batch.rejected.count
            var aside: [QuarantinedRow] = []
            for record in batch.rejected {
                // Rows that break the same rule in another way (six cells, eight cells) are findings of their own.
                log.add(record.problem.code, value: record.problem.what.description, row: record.row) { record.problem }
                aside.append(
                    QuarantinedRow(row: record.row, line: record.line, code: record.problem.code, raw: record.raw))
            }
            for finding in batch.findings {
                let problem = finding.problem(columns: reader.columns)
                log.add(
                    problem.code, column: problem.place.column, value: problem.what.description, row: finding.row
                ) { problem }
            }
            aside += check.apply(to: batch, log)
            if let rules { aside += try rules.apply(to: batch, log) }
            for row in aside.sorted(by: { $0.row < $1.row }) { try sink.quarantine(row) }
            quarantined += aside.count
            try work.add(batch, to: &sink)
            options.progress?(batch.bytesRead, byteCount)
            source.giveBack(batch)
        }
        if options.isCancelled?() == true { throw .interrupted(reader.file) }
        try work.finish(into: &sink)
        return ImportReport(
            rowsInFile: rowsInFile, rowsRead: check.rowsOfWave + rejected, imported: work.imported,
            quarantined: quarantined,
            findings: log.problems, findingCounts: log.totals, columns: work.takeDescriptions(),
            unorderedAnswers: work.unorderedAnswers)
    }

    /// The chunk under construction.
    private struct Work {
        private let builders: [ColumnBuilder]
        private let routing: Routing?
        private let checks: ConsistencyChecks?
        private let shared: SharedWork
        private let chunkRows: Int
        private let needsRowNumbers: Bool
        private var rows = 0
        private var chunkCount = 0
        private var rowNumbers: [Int] = []
        private(set) var imported = 0

        init(_ plan: ImportPlan, _ log: FindingLog, decimalSign: UInt8) {
            builders = plan.builders(decimalSign: decimalSign)
            let descriptions = builders.flatMap(\.descriptions)
            routing = Routing(plan, descriptions)
            checks = ConsistencyChecks(plan, descriptions, .finding)
            shared = SharedWork(log: log, decimalSign: decimalSign)
            chunkRows = plan.chunkRows
            needsRowNumbers = routing != nil || checks != nil
        }

        /// The columns as they are at the end; each builder gives up its texts before the next makes strings of its own.
        func takeDescriptions() -> [ColumnDescription] {
            builders.flatMap { builder in
                defer { builder.forgetTexts() }
                return builder.descriptions
            }
        }

        var unorderedAnswers: Set<Int> {
            var found: Set<Int> = []
            var position = 0
            for builder in builders {
                if builder is AnswersColumn { found.insert(position) }
                position += builder.columnCount
            }
            return found
        }

        mutating func add(_ batch: RawBatch, to sink: inout some ImportSink) throws(Problem) {
            var start = 0
            while start < batch.rowCount {
                let count = min(batch.rowCount - start, chunkRows - rows)
                let part = BatchRows(batch, start..<start + count)
                for builder in builders { try builder.append(part, shared) }
                if needsRowNumbers { for row in 0..<count { rowNumbers.append(part.number(row)) } }
                rows += count
                start += count
                if rows == chunkRows { try deliver(to: &sink) }
            }
        }

        mutating func finish(into sink: inout some ImportSink) throws(Problem) {
            if rows > 0 { try deliver(to: &sink) }
        }

        private mutating func deliver(to sink: inout some ImportSink) throws(Problem) {
            var chunks: [ColumnChunk] = []
            for builder in builders {
                try builder.settle(first: chunks.count, chunkCount: chunkCount, sink: &sink)
                chunks += builder.finishChunk()
            }
            try routing?.apply(to: &chunks, rowNumbers: rowNumbers, shared.log) { position in description(position) }
            try checks?.report(chunks, rowNumbers: rowNumbers, shared.log) { position in description(position) }
            rowNumbers.removeAll(keepingCapacity: true)
            try sink.take(chunks, chunkNumber: chunkCount)
            imported += rows
            chunkCount += 1
            rows = 0
        }

        private func description(_ position: Int) -> ColumnDescription {
            var rest = position
            for builder in builders {
                if rest < builder.columnCount { return builder.descriptions[rest] }
                rest -= builder.columnCount
            }
            return ColumnDescription(name: "", kind: .text)
        }
    }
}

extension Problem {
    /// The user stopped the import.
    static func interrupted(_ file: String) -> Problem {
        Problem(
            "import.interrupted", .interrupted, what: "The import of \"\(file)\" was stopped", place: Place(file: file),
            why: "an import is all there or not at all; nothing of it is kept", fix: "start it again when you are ready"
        )
    }
}
