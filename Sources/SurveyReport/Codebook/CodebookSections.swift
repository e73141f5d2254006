/// Sections of a codebook, so that five hundred variables can be surveyed at a glance.
///
/// A file names groups by paths (`visit/age`) at best; else names with one stem (`q01`, `q02`…) belong together, as long as
/// they follow each other. Sections keep the order of the file, small runs are joined and long ones divided.
enum CodebookSections {
    struct Section: Equatable {
        /// The group that the file names; nil where the section is a stretch of names.
        let group: String?
        /// Positions of its variables.
        let range: Range<Int>
    }

    /// Fewer variables than this need no sections.
    static let least = 12
    /// A section of names without groups has about this many variables.
    static let usual = 24
    /// Runs of fewer variables stand together in one section.
    static let shortest = 5

    static func of(_ names: [String]) -> [Section] {
        guard names.count >= least else { return [] }
        var runs: [Section] = []
        var start = 0
        for position in 1...names.count {
            if position < names.count, key(names[position]) == key(names[start]) { continue }
            runs.append(Section(group: group(names[start]), range: start..<position))
            start = position
        }
        var sections: [Section] = []
        // True while the last section is made of short runs, which further short ones may join.
        var isLoose = false
        for run in runs {
            for part in run.group == nil ? divided(run.range) : [run.range] {
                let isShort = run.group == nil && part.count < shortest
                if isShort, isLoose, let last = sections.last, last.range.count + part.count <= usual {
                    sections[sections.count - 1] = Section(group: nil, range: last.range.lowerBound..<part.upperBound)
                } else {
                    sections.append(Section(group: run.group, range: part))
                    isLoose = isShort
                }
            }
        }
        return sections.count > 1 ? sections : []
    }

    /// Parts of nearly equal size, none larger than usual by half.
    private static func divided(_ range: Range<Int>) -> [Range<Int>] {
        guard range.count > usual + usual / 2 else { return [range] }
        let count = (range.count + usual - 1) / usual
        return (0..<count).map {
            (range.lowerBound + range.count * $0 / count)..<(range.lowerBound + range.count * ($0 + 1) / count)
        }
    }

    private static func group(_ name: String) -> String? {
        guard let slash = name.lastIndex(of: "/"), slash != name.startIndex else { return nil }
        return String(name[..<slash])
    }

    /// What names of one run have in common: the group, else the name without the number at its end.
    private static func key(_ name: String) -> String {
        if let group = group(name) { return group + "/" }
        var stem = Substring(name)
        if stem.last == "]", let open = stem.lastIndex(of: "[") { stem = stem[..<open] }
        while let last = stem.last, last.isNumber || last == "_" || last == "." || last == "-" { stem.removeLast() }
        return String(stem)
    }
}
