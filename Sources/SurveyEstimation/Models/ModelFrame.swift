internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// The rows and columns of a model: which rows are complete, and what each column multiplies.
struct ModelFrame: Sendable {
    /// One column: a product of numbers and of indicators of categories.
    struct Column: Sendable {
        enum Part: Sendable {
            case number(variable: Int)
            case category(variable: Int, code: UInt16)
        }

        let name: String
        /// The position of its term; nil for the intercept.
        let term: Int?
        let parts: [Part]
    }

    let formula: ModelFormula
    let variables: [ModelVariable]
    let columns: [Column]
    /// For each variable the categories that occur, in their order; empty for numbers.
    let occurring: [[UInt16]]
    /// The complete rows, as positions in the rows in use.
    let positions: [UInt32]
    /// The rows of the matrix, as rows of the table: the complete rows, or one for each kind of them.
    let rows: [UInt32]
    /// The kind of each complete row; empty where each has a row of the matrix for itself.
    let kinds: [UInt32]

    /// Columns of one model.
    static let mostColumns = 2_000

    /// Takes the columns of a formula over rows that are known to be complete; `equal` says which of them are alike.
    init(_ formula: ModelFormula, rows complete: RegressionRows, equal: EqualRows?) throws(Problem) {
        self.formula = formula
        variables = complete.variables
        positions = complete.positions
        let rows = equal?.representatives ?? complete.rows
        self.rows = rows
        kinds = equal?.numbers ?? []
        var occurring: [[UInt16]] = []
        for variable in variables {
            guard case .categories(let codes, let labels) = variable.content else {
                occurring.append([])
                continue
            }
            var occurs = [Bool](repeating: false, count: labels.count)
            for row in rows { occurs[Int(codes[Int(row)])] = true }
            let found = labels.indices.filter { occurs[$0] }.map { UInt16($0) }
            guard found.count > 1 || !formula.terms.contains(where: { $0.factors.contains(variable.factor) }) else {
                throw .oneCategory(variable.factor.name, category: found.first.map { labels[Int($0)] } ?? "")
            }
            occurring.append(found)
        }
        self.occurring = occurring
        columns = try ModelFrame.columns(of: formula, variables: variables, occurring: occurring)
    }

    /// The same rows under another formula of the same variables.
    init(_ other: ModelFrame, formula: ModelFormula) throws(Problem) {
        self.formula = formula
        (variables, occurring, positions) = (other.variables, other.occurring, other.positions)
        (rows, kinds) = (other.rows, other.kinds)
        columns = try ModelFrame.columns(of: formula, variables: variables, occurring: occurring)
    }

    /// The row of the matrix that a complete row shares or has.
    @inline(__always)
    func matrixRow(of row: Int) -> Int { kinds.isEmpty ? row : Int(kinds[row]) }

    /// The variables of a formula, read from a table.
    static func variables(of formula: ModelFormula, in table: Table) throws(Problem) -> [ModelVariable] {
        var factors: [ModelFormula.Factor] = []
        for factor in formula.terms.flatMap(\.factors) where !factors.contains(factor) { factors.append(factor) }
        var variables: [ModelVariable] = []
        for factor in factors { variables.append(try ModelVariable(factor, in: table)) }
        return variables
    }

    /// A category of a term has a column less where the term without it is in the model too (R's rule of margins).
    private static func columns(
        of formula: ModelFormula, variables: [ModelVariable], occurring: [[UInt16]]
    ) throws(Problem) -> [Column] {
        var columns: [Column] = []
        if formula.hasIntercept { columns.append(Column(name: ModelFormula.intercept, term: nil, parts: [])) }
        for (number, term) in formula.terms.enumerated() {
            var own = [Column(name: "", term: number, parts: [])]
            for factor in term.factors {
                guard let at = variables.firstIndex(where: { $0.factor == factor }) else { continue }
                var added: [(name: String, part: Column.Part)] = []
                switch variables[at].content {
                case .numbers: added.append((factor.label, .number(variable: at)))
                case .categories(_, let labels):
                    let rest = ModelFormula.Term(factors: term.factors.filter { $0 != factor })
                    let hasMargin =
                        rest.factors.isEmpty
                        ? formula.hasIntercept : formula.terms.contains { $0.isSame(as: rest) }
                    // Without an intercept the first categorical main effect spans it.
                    for code in occurring[at].dropFirst(hasMargin || isSpanned(term, in: formula, variables) ? 1 : 0) {
                        added.append((factor.label + labels[Int(code)], .category(variable: at, code: code)))
                    }
                }
                guard own.count * added.count + columns.count <= mostColumns else { throw .formulaTooLarge() }
                own = added.flatMap { (name, part) in
                    own.map { column in
                        Column(
                            name: column.name.isEmpty ? name : column.name + ":" + name, term: number,
                            parts: column.parts + [part])
                    }
                }
            }
            columns += own
        }
        return columns
    }

    /// True for a main effect without an intercept after another categorical main effect, whose columns sum to 1.
    private static func isSpanned(
        _ term: ModelFormula.Term, in formula: ModelFormula, _ variables: [ModelVariable]
    ) -> Bool {
        guard !formula.hasIntercept, term.factors.count == 1 else { return false }
        let first = formula.terms.first { term in
            guard term.factors.count == 1, let variable = variables.first(where: { $0.factor == term.factors[0] }),
                case .categories = variable.content
            else { return false }
            return true
        }
        return first != term
    }

    /// Writes rows of the raw columns, column after column with `height` numbers each.
    ///
    /// `fixed` gives every row one category of a variable.
    func fill(
        _ block: UnsafeMutablePointer<Double>, rows range: Range<Int>, height: Int,
        fixed: (variable: Int, code: UInt16)? = nil
    ) {
        for (number, column) in columns.enumerated() {
            let own = block + number * height
            for place in 0..<height { own[place] = place < range.count ? 1 : 0 }
            for part in column.parts {
                switch part {
                case .number(let variable):
                    guard case .numbers(let numbers) = variables[variable].content else { continue }
                    numbers.withUnsafeBufferPointer { numbers in
                        for (place, row) in range.enumerated() { own[place] *= numbers[Int(rows[row])] }
                    }
                case .category(let variable, let code):
                    if let fixed, fixed.variable == variable {
                        if fixed.code != code { for place in 0..<range.count { own[place] = 0 } }
                        continue
                    }
                    guard case .categories(let codes, _) = variables[variable].content else { continue }
                    codes.withUnsafeBufferPointer { codes in
                        for (place, row) in range.enumerated() where codes[Int(rows[row])] != code { own[place] = 0 }
                    }
                }
            }
        }
    }
}

extension Problem {
    /// A categorical variable that does not vary.
    static func oneCategory(_ name: String, category: String) -> Problem {
        Problem(
            "estimation.model-one-category", .computation, what: "\"\(name)\" has a single category in this model",
            place: Place(variable: name),
            why: "a categorical variable needs at least 2 categories among the complete rows; found \"\(category)\"",
            fix: "leave the variable out, or widen --where")
    }
}
