internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema

/// The marks and footnotes that one table used, to be explained below it.
struct TableNotes {
    /// A sign that stands for, or around, a figure.
    enum Mark: Int, CaseIterable {
        case hidden, complementary, bracketed, noData, notComputed, bounds

        var sign: String {
            switch self {
            case .hidden: "×"
            case .complementary: "××"
            case .bracketed: "[ ]"
            case .noData: "…"
            case .notComputed: "–"
            case .bounds: "⟨ ⟩"
            }
        }
    }

    /// What is said of a figure below its table.
    enum Footnote: Hashable {
        case flag(Estimate.Flag)
        case note(IndicatorResult.Note)
        /// Why a figure cannot be compared with earlier waves.
        case breakBefore(reason: String, language: Language?)
    }

    private var marks: Set<Mark> = []
    private var footnotes: [Footnote] = []

    /// Notes that a mark stands in the table, and returns its sign.
    mutating func sign(_ mark: Mark) -> String {
        marks.insert(mark)
        return mark.sign
    }

    /// The raised numbers of the footnotes of a figure, and of the reason why it stands apart from earlier waves.
    mutating func references(_ figure: FigureText.Shown, breakReason: LocalizedText? = nil, in language: Language)
        -> String
    {
        if figure.isBracketed { marks.insert(.bracketed) }
        var numbers: [String] = []
        var all = figure.footnotes
        if let reason = breakReason, let text = reason.text(in: language) {
            let other =
                reason[language] == nil ? reason[.english].map { _ in .english } ?? reason.texts.first?.language : nil
            all.append(.breakBefore(reason: text, language: other))
        }
        for footnote in all {
            if !footnotes.contains(footnote) { footnotes.append(footnote) }
            if let place = footnotes.firstIndex(of: footnote) { numbers.append(TableNotes.raised(place + 1)) }
        }
        return numbers.joined(separator: "\u{2009}")
    }

    private static func raised(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).compactMap { digit in digit.wholeNumberValue.map { digits[$0] } })
    }

    /// Writes the explanations of what was used; nothing if nothing was.
    func write(to markup: inout Markup, words: ReportWords, rules: PublicationRules, numbers: ReportNumbers) {
        guard !marks.isEmpty || !footnotes.isEmpty else { return }
        markup.newLine()
        markup.element("ul", ["class": "notes", "aria-label": words.marks.legend]) { list in
            for mark in Mark.allCases where marks.contains(mark) {
                list.element("li") { item in
                    item.element("span", ["class": "sign"], text: mark.sign)
                    item.write(" " + TableNotes.text(mark, words: words, rules: rules, numbers: numbers))
                }
            }
            for (place, footnote) in footnotes.enumerated() {
                list.element("li") { item in
                    item.element("span", ["class": "sign"], text: TableNotes.raised(place + 1))
                    item.write(" ")
                    TableNotes.write(footnote, words: words, to: &item)
                }
            }
        }
    }

    private static func text(
        _ mark: Mark, words: ReportWords, rules: PublicationRules, numbers: ReportNumbers
    ) -> String {
        switch mark {
        case .hidden:
            (rules.shareStandard == .none ? words.marks.hidden : words.marks.hiddenImprecise)
                .filled(numbers.count(rules.minimumBase), numbers.count(rules.minimumPSUs))
        case .complementary: words.marks.complementary
        case .bracketed: words.marks.bracketed.filled(numbers.count(rules.lowBase))
        case .noData: words.marks.noData
        case .notComputed: words.marks.notComputed
        case .bounds: words.figures.bounds
        }
    }

    private static func write(_ footnote: Footnote, words: ReportWords, to item: inout Markup) {
        switch footnote {
        case .breakBefore(let reason, let language):
            item.write(words.figures.breakNote + " ")
            guard let language else { return item.write(reason) }
            item.element("span", ["lang": language.rawValue], text: reason)
        case .flag(let flag): item.write(text(flag, words: words.marks))
        case .note(let note): item.write(text(note, words: words.marks))
        }
    }

    private static func text(_ flag: Estimate.Flag, words: ReportWords.Marks) -> String {
        switch flag {
        case .edge: words.edge
        case .emptyDomain: words.emptyDomain
        case .undefined: words.undefined
        case .noDegreesOfFreedom: words.noDegreesOfFreedom
        case .lonelyPSU: words.lonelyPSU
        case .negativeWeight: words.negativeWeight
        case .droppedReplicates: words.droppedReplicates
        case .outsideRange: words.outsideRange
        case .openEnd: words.openEnd
        case .negativeVariance: words.negativeVariance
        }
    }

    private static func text(_ note: IndicatorResult.Note, words: ReportWords.Marks) -> String {
        switch note {
        case .complementImprecise: words.complementImprecise
        case .review: words.review
        }
    }
}

extension ReportWords.Marks {
    /// What a hidden figure says of itself in its cell.
    func hiddenShort(_ rules: PublicationRules) -> String {
        rules.shareStandard == .none ? hiddenShort : hiddenImpreciseShort
    }
}
