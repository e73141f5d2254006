import SurveyData
import SurveyProblems
import SurveyQuality
import SurveySchema
import SurveyTestSupport

/// Small waves made by hand: answers as digits, `.` for a question that was not put, `?` for "don't know", `-` for an
/// empty cell.
enum FieldTable {
    /// A coded column of three answers.
    static func answers(_ name: String, _ cells: String) -> Column {
        let bytes = cells.map { cell -> UInt8 in
            switch cell {
            case ".": MissingKind.notAsked.rawValue
            case "?": MissingKind.dontKnow.rawValue
            case "-": MissingKind.noAnswer.rawValue
            default: UInt8(cell.wholeNumberValue ?? 1) - 1
            }
        }
        return Column(name: name, kind: .answers, dictionary: ["1", "2", "3"], values: .bytes(bytes))
    }

    /// A text column; an empty text is an empty cell.
    static func texts(_ name: String, _ cells: [String]) -> Column {
        var dictionary: [String] = []
        let indexes = cells.map { cell -> UInt32 in
            if cell.isEmpty { return Column.missingIndex | UInt32(MissingKind.noAnswer.rawValue) }
            if let known = dictionary.firstIndex(of: cell) { return UInt32(known) }
            dictionary.append(cell)
            return UInt32(dictionary.count - 1)
        }
        return Column(name: name, kind: .text, dictionary: dictionary, values: .indexes(indexes))
    }

    /// The columns of interviews that are written as one line of answers each: `q1`, `q2`….
    static func questions(_ interviews: [String]) -> [Column] {
        let width = interviews.first?.count ?? 0
        return (0..<width).map { question in
            answers("q\(question + 1)", String(interviews.map { Array($0)[question] }))
        }
    }

    static func table(_ columns: [Column]) -> Table {
        Table(rowCount: columns.first?.rowCount ?? 0, columns: columns)
    }

    /// Every column that is not one of the field.
    static func substance(_ table: Table, besides others: [String]) -> SubstantiveAnswers {
        SubstantiveAnswers(
            among: table.columns.map { ColumnDescription(name: $0.name, kind: $0.kind) }, of: nil, besides: others)
    }

    /// A time of a day in September 2023: minutes after 9 o'clock.
    static func time(_ minutes: Int, day: Int = 1) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2023-09-\(two(day))T\(two(9 + minutes / 60)):\(two(minutes % 60))"
    }

    /// Interviews drawn at random, each by its own person, of several interviewers; times do not overlap.
    static func honest(interviewers: Int, each: Int, questions: Int, seed: UInt64) -> (table: Table, names: [String]) {
        var generator = SeededGenerator(seed: seed)
        var (names, starts, ends, rows) = ([String](), [String](), [String](), [String]())
        for interviewer in 0..<interviewers {
            for place in 0..<each {
                names.append("i\(interviewer)")
                let length = 25 + generator.below(30)
                starts.append(time(place % 8 * 60, day: 1 + place / 8))
                ends.append(time(place % 8 * 60 + length, day: 1 + place / 8))
                rows.append(
                    (0..<questions).map { question in
                        // Some questions are answered alike by nearly everybody, as in the field.
                        generator.uniform() < (question % 3 == 0 ? 0.9 : 0.4)
                            ? "1" : generator.below(2) == 0 ? "2" : "3"
                    }.joined())
            }
        }
        let columns =
            [texts("who", names), texts("from", starts), texts("to", ends)] + self.questions(rows)
        return (table(columns), names)
    }
}
