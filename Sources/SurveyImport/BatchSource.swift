internal import SurveyFormats
internal import SurveyProblems

/// Hands out the batches of a reader one after the other.
final class BatchSource {
    private let reader: any FormatReader
    private var spare: RawBatch? = RawBatch()

    init(_ reader: any FormatReader, threads: Int) { self.reader = reader }

    func next() throws(Problem) -> RawBatch? {
        let batch = spare ?? RawBatch()
        spare = nil
        return try reader.fill(batch) ? batch : nil
    }

    func giveBack(_ batch: RawBatch) { spare = batch }

    func finish() {}
}
