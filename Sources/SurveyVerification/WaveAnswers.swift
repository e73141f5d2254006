internal import SurveyData
internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

/// The answers of a wave as a CSV file of plain ASCII: for each column its value and, where it has none, the reason.
enum WaveAnswers {
    static func csv(of wave: VerificationWave) -> [UInt8] {
        let table = wave.table
        // The weights before and after each step of a calibration stand last, and behind them d/q and x of general ones.
        let steps = wave.calibration?.steps ?? []
        let weights = (steps.flatMap { [$0.before, $0.after] } + steps.flatMap(controls)).map {
            Column(name: "", kind: .number, values: .numbers($0, kinds: []))
        }
        let all = table.columns + weights
        var bytes = Array(all.indices.map { "v\($0 + 1),k\($0 + 1)" }.joined(separator: ",").utf8)
        bytes.append(UInt8(ascii: "\n"))
        let reasons = (0...UInt8.max).map { Array((MissingKind(rawValue: $0)?.name ?? "").utf8) }
        let columns = all.map(Cells.init)
        for row in 0..<table.rowCount {
            for (position, column) in columns.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                let reason = column.kinds.isEmpty ? 0 : column.kinds[row]
                if reason == 0 { column.append(row, to: &bytes) }
                bytes.append(UInt8(ascii: ","))
                bytes += reasons[Int(reason)]
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// d/q and the columns of x by row; 0 outside.
    private static func controls(_ step: CalibrationRecord.Step) -> [[Double]] {
        guard let controls = step.controls else { return [] }
        let costs = controls.regressionCosts
        func byRow(_ value: (_ row: Int, _ cell: Int) -> Double) -> [Double] {
            step.cellOfRow.indices.map { row in
                let cell = Int(step.cellOfRow[row])
                return cell < costs.count ? value(row, cell) : 0
            }
        }
        var columns = [byRow { step.before[$0] / costs[$1] }]
        for control in controls.controls.indices {
            let own = controls.values(of: control)
            columns.append(byRow { own[$1] })
        }
        return columns
    }

    /// The cells of one column, its codes written out once.
    private struct Cells {
        let kinds: [UInt8]
        private let values: Column.Values
        private let codes: [[UInt8]]

        init(_ column: Column) {
            kinds = column.missingKinds
            values = column.values
            let texts: [String] =
                switch column.kind {
                case .item: ["0", "1"]
                case .set: ["0"]
                case .answers, .text, .number, .date: column.dictionary
                }
            codes = texts.map { Array(RText.encoded($0).utf8) }
        }

        /// Appends the value of a row that has one.
        func append(_ row: Int, to bytes: inout [UInt8]) {
            switch values {
            case .bytes(let indexes): bytes += code(Int(indexes[row]))
            case .words(let indexes): bytes += code(Int(indexes[row]))
            case .indexes(let indexes): bytes += code(Int(indexes[row]))
            case .numbers(let numbers, _): bytes += Array(RText.number(numbers[row]).utf8)
            }
        }

        private func code(_ index: Int) -> [UInt8] { codes.indices.contains(index) ? codes[index] : [] }
    }
}
