internal import SurveySchema

/// A question as the cells of its column, or of a group of columns, suggest it.
struct DraftQuestion {
    enum Guess {
        case key
        case text(isEmpty: Bool)
        case date
        case number(least: Double, greatest: Double)
        case single(codes: [String])
        /// One of ordered whole numbers.
        case scale(codes: [String])
        /// A number of which no range is known.
        case anyNumber
        /// Columns of 0 and 1, one an answer.
        case multiple(codes: [String])
    }

    var id: String
    /// The columns of the file; one, but for a multiple question.
    var columns: [String]
    /// What the author will look for in the file: the column, or what the columns of a group have in common.
    var name: String
    var guess: Guess
    /// Numbers that may be codes for missing answers.
    var missingLike: [Double] = []
    /// True for texts that are numbers with the other decimal sign.
    var hasOtherDecimalSign = false
    /// True where most texts differ, as names and telephone numbers do.
    var mayIdentify = false
    /// True if the file describes its columns, so that nobody is asked to do so.
    var isDescribed = false
    /// What the file itself says: texts, and codes that it declares as missing with the word of their kind.
    var label = LocalizedText.empty
    var answerLabels: [String: LocalizedText] = [:]
    var missing: [(code: String, kind: String, label: LocalizedText)] = []
}

extension DraftQuestion {
    /// Reads the questions out of the columns of a file, in their order.
    static func all(columns: [String], profiles: [ColumnProfile]) -> [DraftQuestion] {
        let key = keyColumn(columns, profiles)
        var names = DraftNames(columns: columns)
        var questions: [DraftQuestion] = []
        var position = 0
        while position < columns.count {
            if let group = group(from: position, columns, profiles) {
                questions.append(
                    DraftQuestion(
                        id: names.id(of: group.stem), columns: Array(columns[position..<position + group.codes.count]),
                        name: group.stem, guess: .multiple(codes: group.codes)))
                position += group.codes.count
                continue
            }
            questions.append(
                question(
                    columns[position], profiles[position], id: names.id(ofColumn: columns[position]),
                    isKey: position == key))
            position += 1
        }
        return questions
    }

    private static func question(_ column: String, _ profile: ColumnProfile, id: String, isKey: Bool) -> DraftQuestion {
        var question = DraftQuestion(
            id: id, columns: [column], name: column, guess: .text(isEmpty: profile.answered == 0))
        if isKey {
            question.guess = .key
        } else if profile.answered == 0 {
            return question
        } else if profile.areDates {
            question.guess = .date
        } else if let codes = profile.codes {
            question.guess = .single(codes: codes)
            question.missingLike = profile.missingLike.sorted()
        } else if profile.areNumbers {
            question.guess = .number(least: profile.least, greatest: profile.greatest)
            // Among larger numbers 98 is a number like any other.
            question.missingLike = profile.missingLike.filter { $0 < 0 || profile.greatest <= 99 }.sorted()
        } else {
            question.hasOtherDecimalSign = profile.areNumbersOfOtherSign
            question.mayIdentify = profile.hasManyTexts
        }
        return question
    }

    /// The column that names an interview: the first one, or one whose name says so, if it is different in every row.
    private static func keyColumn(_ columns: [String], _ profiles: [ColumnProfile]) -> Int? {
        func isKey(_ position: Int) -> Bool {
            let profile = profiles[position]
            return profile.isUnique && profile.answered > 1 && !profile.areDates
                && (!profile.areNumbers || profile.areWhole) && profile.longest <= 200
        }
        let named = columns.indices.first { isKey($0) && namesKey(columns[$0]) }
        return named ?? (columns.isEmpty || !isKey(0) ? nil : 0)
    }

    /// True if the name of a column says that it numbers the interviews.
    static func namesKey(_ column: String) -> Bool {
        let words: Set = [
            "id", "key", "number", "nr", "no", "uuid", "case", "caseid", "interview", "respondent", "номер",
        ]
        let parts = column.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return parts.contains { words.contains($0) }
    }

    /// Neighbours such as `q5_1`, `q5_2` … that hold only 0 and 1: the items of one multiple question.
    private static func group(
        from start: Int, _ columns: [String], _ profiles: [ColumnProfile]
    ) -> (stem: String, codes: [String])? {
        guard let first = item(columns[start]), profiles[start].isItem else { return nil }
        var codes = [first.code]
        var isTicked = profiles[start].isTicked
        while start + codes.count < columns.count, codes.count < mostItems {
            let next = start + codes.count
            guard let item = item(columns[next]), item.stem == first.stem, item.sign == first.sign,
                profiles[next].isItem
            else { break }
            codes.append(item.code)
            isTicked = isTicked || profiles[next].isTicked
        }
        return codes.count >= 2 && isTicked ? (first.stem, codes) : nil
    }

    /// The items that a multiple question may have.
    private static let mostItems = 240

    /// Takes `q5_1` apart into `q5`, `_` and `1`; the last part is a number of at most three digits.
    private static func item(_ column: String) -> (stem: String, sign: Character, code: String)? {
        let code = String(column.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        guard !code.isEmpty, code.count <= 3 else { return nil }
        let rest = column.dropLast(code.count)
        guard let sign = rest.last, "_.- ".contains(sign), rest.count > 1 else { return nil }
        return (String(rest.dropLast()), sign, code)
    }
}
