public import SurveyData
public import SurveyProblems
public import SurveySchema

/// The earlier wave of a panel: who was in it, with which weight, and what is known of everybody.
public struct PanelMembers: Sendable {
    /// The name of the wave.
    public let wave: String
    /// The name of the key.
    public let key: String
    /// The key of each row, nil where it is missing.
    public let keys: [String?]
    /// The weight of each row; rows of weight 0 are no members.
    public let weights: [Double]
    /// The columns that the response step takes.
    public let table: Table
    /// Gives codes their order.
    public let questionnaire: Questionnaire?

    /// Takes key, weight and variables from the columns of a wave; rows for which `complete` does not hold are no members.
    ///
    /// - Throws: ``Problem`` `data.unknown-column`, `weighting.missing-base`, `weighting.negative-base`,
    ///   `weighting.large-base`.
    public init(
        wave: String, key: String, weight: String, table: Table, complete: Truth? = nil,
        questionnaire: Questionnaire? = nil
    ) throws(Problem) {
        self.wave = wave
        self.key = key
        keys = PanelMembers.keys(of: try table.column(key))
        var weights: [Double]
        do throws(Problem) { weights = try Weighting.base(weight, table) } catch {
            throw PanelMembers.placed(error, wave)
        }
        if let complete {
            for row in weights.indices where complete.values[row] != Truth.yes { weights[row] = 0 }
        }
        self.weights = weights
        self.table = table
        self.questionnaire = questionnaire
    }

    /// The cells of a key as text, so that one wave may have read them as numbers and the other as texts.
    public static func keys(of column: Column) -> [String?] {
        (0..<column.rowCount).map { row in
            guard column.missing(at: row) == nil else { return nil }
            let text: String =
                switch column.values {
                case .bytes(let bytes): column.text(Int(bytes[row]))
                case .words(let words): column.text(Int(words[row]))
                case .indexes(let indexes): column.text(Int(indexes[row]))
                case .numbers(let numbers, _): JSONText.shortest(numbers[row])
                }
            return text.isEmpty ? nil : text
        }
    }

    /// The row of each member by its key, and what is wrong with the keys.
    func rowOfKey() -> (rows: [String: Int], problems: [Problem]) {
        var rows: [String: Int] = [:]
        var (nameless, twice): ([Int], [Int]) = ([], [])
        for row in keys.indices where weights[row] > 0 {
            guard let own = keys[row] else {
                nameless.append(row + 1)
                continue
            }
            if rows[own] == nil { rows[own] = row } else { twice.append(row + 1) }
        }
        var problems: [Problem] = []
        if !nameless.isEmpty { problems.append(placed(.panelWithoutKey(key, rows: nameless))) }
        if !twice.isEmpty { problems.append(placed(.panelKeyTwice(key, rows: twice))) }
        return (rows, problems)
    }

    /// A problem of the earlier wave: its rows are those of that wave.
    func placed(_ problem: Problem) -> Problem { PanelMembers.placed(problem, wave) }

    private static func placed(_ problem: Problem, _ wave: String) -> Problem {
        var problem = problem
        problem.place.detail = problem.place.detail.map { "\(wave), \($0)" } ?? wave
        return problem
    }
}

extension Column {
    /// The text of an index into the dictionary; an item without one has its number.
    fileprivate func text(_ index: Int) -> String {
        dictionary.indices.contains(index) ? dictionary[index] : String(index)
    }
}
