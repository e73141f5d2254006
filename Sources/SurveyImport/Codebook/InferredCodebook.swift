public import SurveyFormats
public import SurveyProblems

extension FileCodebook {
    /// What the cells of a file imply that says nothing of itself: columns of numbers, of dates, of texts.
    ///
    /// A text of digits that is no number as it is written (`01`) makes its column one of texts.
    public static func inferred(
        by reader: any FormatReader, options: ImportOptions
    ) throws(Problem) -> FileCodebook {
        var profiles = [ColumnProfile](
            repeating: ColumnProfile(decimalSign: options.decimalSign.byte), count: reader.columns.count)
        let batch = RawBatch()
        while try reader.fill(batch) {
            if options.isCancelled?() == true { throw .interrupted(reader.file) }
            if let rejected = batch.rejected.first { throw rejected.problem }
            for position in profiles.indices {
                let cells = BatchRows(batch, 0..<batch.rowCount).cells(position)
                for row in 0..<cells.count { profiles[position].add(cells[row].start, cells[row].count) }
            }
            options.progress?(reader.bytesRead, reader.byteCount)
        }
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = zip(reader.columns, profiles).map { name, profile in
            var variable = FileVariable(name: name, content: .text)
            if profile.answered > 0 {
                variable.content = profile.areDates ? .date : profile.areNumbers ? .number : .text
            }
            return variable
        }
        return codebook
    }
}
