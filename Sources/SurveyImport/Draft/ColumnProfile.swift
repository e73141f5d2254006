internal import SurveyFormats
internal import SurveySchema

/// What the cells of one column have in common, gathered in one pass over a file of which nothing is known.
struct ColumnProfile {
    /// Different texts that are remembered; a column with more has no list of codes.
    static let mostCodes = 60
    /// Bytes of the longest text that can be a code.
    static let longestCode = 60
    /// Whole numbers that questionnaires like to use for "don't know", "refused" and their kind.
    static let usualMissing: [Double] = [96, 97, 98, 99, -96, -97, -98, -99]

    private var texts = TextDictionary()
    private var keys: KeySet?
    private let decimalSign: UInt8

    private(set) var answered = 0
    private(set) var empty = 0
    private(set) var hasManyTexts = false
    /// True while every cell is different from those before and none is empty.
    private(set) var isUnique = true
    private(set) var areNumbers = true
    private(set) var areWhole = true
    private(set) var areDates = true
    /// Every cell is a number if the other decimal sign is meant.
    private(set) var areNumbersOfOtherSign = true
    private(set) var least = Double.infinity
    private(set) var greatest = -Double.infinity
    private(set) var longest = 0
    private(set) var hasLineBreaks = false
    /// Numbers of `usualMissing` that occur.
    private(set) var missingLike: [Double] = []

    init(decimalSign: UInt8) { self.decimalSign = decimalSign }

    /// Adds a cell; at least sixteen bytes must be readable from its start.
    mutating func add(_ cell: UnsafePointer<UInt8>, _ count: Int) {
        guard count > 0 else {
            empty += 1
            isUnique = false
            keys = nil
            return
        }
        answered += 1
        if isUnique {
            if keys == nil { keys = KeySet() }
            if keys?.insert(TextHash.of(cell, count)) == false {
                isUnique = false
                keys = nil
            }
        }
        if !hasManyTexts {
            let before = texts.count
            if Int(texts.number(of: cell, count)) < before { return }
            if before == ColumnProfile.mostCodes {
                hasManyTexts = true
                texts.removeAll()
            }
        }
        judge(cell, count)
    }

    /// Adds a text that stands in no batch.
    mutating func add(_ text: [UInt8]) {
        let padded = text + [UInt8](repeating: 0, count: 16)
        padded.withUnsafeBufferPointer { bytes in
            if let base = bytes.baseAddress { add(base, text.count) }
        }
    }

    private mutating func judge(_ cell: UnsafePointer<UInt8>, _ count: Int) {
        longest = max(longest, count)
        if areDates { areDates = DateColumn.date(cell, count) != nil }
        if !hasLineBreaks { hasLineBreaks = (0..<count).contains { cell[$0] == 0x0A || cell[$0] == 0x0D } }
        if areNumbersOfOtherSign {
            let other: UInt8 = decimalSign == 0x2E ? 0x2C : 0x2E
            areNumbersOfOtherSign = ColumnProfile.number(cell, count, decimalSign: other) != nil
        }
        guard areNumbers else { return }
        guard let number = ColumnProfile.number(cell, count, decimalSign: decimalSign) else {
            areNumbers = false
            return
        }
        if areWhole { areWhole = number == number.rounded() && !(0..<count).contains { cell[$0] == decimalSign } }
        least = min(least, number)
        greatest = max(greatest, number)
        if ColumnProfile.usualMissing.contains(number), !missingLike.contains(number) { missingLike.append(number) }
    }

    /// A number whose text is no code: `01` and `+1` are codes, since the import would lose how they are written.
    private static func number(_ cell: UnsafePointer<UInt8>, _ count: Int, decimalSign: UInt8) -> Double? {
        guard cell[0] != 0x2B else { return nil }
        let start = cell[0] == 0x2D ? 1 : 0
        if count - start >= 2, cell[start] == 0x30, cell[start + 1] != decimalSign { return nil }
        return NumberText.number(cell, count, decimalSign: decimalSign)
    }

    // MARK: What follows from it

    /// True if there is no text but `0` and `1`: an item of a multiple question, ticked or not.
    var isItem: Bool {
        guard !hasManyTexts, texts.count <= 2 else { return false }
        return texts.texts.allSatisfy { $0 == "0" || $0 == "1" }
    }

    /// True if some cell is `1`.
    var isTicked: Bool { !hasManyTexts && texts.texts.contains("1") }

    /// The different texts, numbers by value and others by bytes; nil where they look like no list of answers.
    ///
    /// Whole numbers are codes if there are at most twelve of up to three digits, other texts if there are at most sixty of
    /// up to sixty bytes, and if answers repeat: three interviews a number, five a text.
    var codes: [String]? {
        guard answered > 0, !hasManyTexts, longest <= ColumnProfile.longestCode, !hasLineBreaks else { return nil }
        if areNumbers {
            guard areWhole, least >= -999, greatest <= 999, texts.count <= 12, answered >= 3 * texts.count else {
                return nil
            }
        } else if answered < 5 * texts.count {
            return nil
        }
        let found = texts.texts
        // Two ways to write one text in Unicode are two codes in the file and one in YAML.
        guard Set(found).count == found.count else { return nil }
        guard areNumbers else { return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        return found.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
    }
}
