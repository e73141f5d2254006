/// One figure, or one change between two waves, as R computed it.
public struct RFigure: Sendable {
    /// Wave, later wave of a change (else empty), indicator, variables and categories of the group: encoded, one text.
    let key: String
    /// Numbers in the order of ``FigureField``; nil where R has none.
    let values: [Double?]

    /// Reads the lines that a script wrote; nil if one is not as it must be.
    static func all(in bytes: [UInt8]) -> [RFigure]? {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        guard !lines.isEmpty else { return nil }
        lines.removeFirst()
        var figures: [RFigure] = []
        for line in lines {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == 5 + FigureField.allCases.count else { return nil }
            var values: [Double?] = []
            for cell in cells[5...] {
                let value = Double(cell)
                guard cell.isEmpty || value != nil else { return nil }
                values.append(value.flatMap { $0.isNaN ? nil : $0 })
            }
            figures.append(RFigure(key: cells[..<5].joined(separator: ","), values: values))
        }
        return figures
    }
}

/// What is compared of a figure, in the order and by the names of the machine formats.
public enum FigureField: String, Sendable, CaseIterable {
    case estimate, se
    case low = "ci_low"
    case high = "ci_high"
    case df, n
    case base = "n_base"
    case p
}
