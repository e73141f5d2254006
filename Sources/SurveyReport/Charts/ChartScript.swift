/// A gnuplot script under construction: numbers only, texts as places in a list of labels.
struct ChartScript {
    /// Where a text stands relative to its point.
    enum Anchor: String { case left, center, right }

    /// The colours: one dark blue and its tints, distinguishable without colour vision by lightness and shape.
    enum Color: String {
        case ink = "#1b1f24"
        case soft = "#4d5661"
        case grid = "#dfe4ea"
        case axis = "#8c97a3"
        case point = "#174a7c"
        case line = "#8db0d3"
        case band = "#e6eef7"
        case paper = "#ffffff"
    }

    static let fontSize = 13
    /// The mean width of a letter, in pixels; Cyrillic text in DejaVu Sans is a little wider than Latin.
    static let letterWidth = 8.0

    private(set) var labels: [String] = []
    private var settings: [String] = []
    private var blocks: [String] = []
    private var plots: [String] = []

    /// Begins a drawing of a size in pixels, with the plot area given by its margins.
    init(width: Int, height: Int, left: Double, right: Double, top: Double, bottom: Double) {
        let (w, h) = (Double(width), Double(height))
        settings = [
            "set terminal svg noenhanced size \(width),\(height) dynamic font 'DejaVu Sans,\(ChartScript.fontSize)'",
            "set encoding utf8", "unset key", "unset border", "unset tics",
            "set lmargin at screen \(left / w)", "set rmargin at screen \((w - right) / w)",
            "set tmargin at screen \((h - top) / h)", "set bmargin at screen \(bottom / h)",
        ]
    }

    mutating func setRange(_ axis: String, _ least: Double, _ greatest: Double) {
        settings.append("set \(axis)range [\(least):\(greatest)]")
    }

    /// Writes a text; `point` is a gnuplot position made of numbers.
    mutating func write(
        _ text: String, at point: String, _ anchor: Anchor = .center, color: Color = .ink, isBold: Bool = false
    ) {
        labels.append(text)
        let font = isBold ? " font 'DejaVu Sans:Bold,\(ChartScript.fontSize)'" : ""
        settings.append(
            "set label '@\(labels.count - 1)@' at \(point) \(anchor.rawValue) tc rgb '\(color.rawValue)'\(font) front")
    }

    mutating func line(from start: String, to end: String, color: Color, width: Double, isDashed: Bool = false) {
        settings.append(
            "set arrow from \(start) to \(end) nohead lw \(width) lc rgb '\(color.rawValue)'\(isDashed ? " dt 2" : "") back"
        )
    }

    mutating func band(from start: String, to end: String) {
        settings.append(
            "set object rectangle from \(start) to \(end) fc rgb '\(Color.band.rawValue)' fs solid noborder behind")
    }

    /// A bar; a hollow one stands on a low base.
    mutating func bar(from start: String, to end: String, isHollow: Bool) {
        let fill = isHollow ? Color.paper : .line
        settings.append(
            "set object rectangle from \(start) to \(end) fc rgb '\(fill.rawValue)' fs solid border lc rgb "
                + "'\(Color.point.rawValue)' behind")
    }

    /// A square on top of its interval; a hollow one stands on a low base.
    mutating func square(from start: String, to end: String, isHollow: Bool) {
        let fill = isHollow ? Color.paper : .line
        settings.append(
            "set object rectangle from \(start) to \(end) fc rgb '\(fill.rawValue)' fs solid border lc rgb "
                + "'\(Color.point.rawValue)' front")
    }

    /// Intervals as plain lines; each row is a start and the way to the end.
    mutating func plotIntervals(_ rows: [[Double]], color: Color = .point) {
        plot(rows, "using 1:2:3:4 with vectors nohead lw 2.2 lc rgb '\(color.rawValue)'")
    }

    mutating func plotPath(_ rows: [[Double]]) {
        plot(rows, "using 1:2 with lines lw 1.5 lc rgb '\(Color.line.rawValue)'")
    }

    mutating func plotPoints(_ rows: [[Double]], isHollow: Bool) {
        plot(rows, "using 1:2 with points pt 7 ps 0.95 lc rgb '\(Color.point.rawValue)'")
        if isHollow { plot(rows, "using 1:2 with points pt 7 ps 0.55 lc rgb '\(Color.paper.rawValue)'") }
    }

    private mutating func plot(_ rows: [[Double]], _ style: String) {
        guard !rows.isEmpty else { return }
        let lines = rows.map { row in row.map { $0.isFinite ? String($0) : "" }.joined(separator: " ") }
        blocks.append("$D\(blocks.count) << EOD\n\(lines.joined(separator: "\n"))\nEOD")
        plots.append("$D\(blocks.count - 1) \(style) notitle")
    }

    /// The whole script; without any row it plots an empty frame.
    var text: String {
        let plots = plots.isEmpty ? ["NaN notitle"] : plots
        return (settings + blocks + ["plot " + plots.joined(separator: ", ")]).joined(separator: "\n") + "\n"
    }

    /// The text cut into at most two lines of a width in letters; what does not fit ends with an ellipsis.
    static func wrapped(_ text: String, letters: Int) -> [String] {
        let words = text.split(whereSeparator: \.isWhitespace)
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + 1 + word.count <= letters {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        if lines.count > 2 { lines = [lines[0], lines[1...].joined(separator: " ")] }
        return lines.map { $0.count <= letters ? $0 : $0.prefix(max(1, letters - 1)) + "…" }
    }
}
