/// Known totals of the population, as a targets file states them: margins of categories, each with its total.
public struct WeightingTargets: Sendable, Equatable {
    /// One category of a margin with its total.
    public struct Category: Sendable, Equatable {
        /// One code for each variable of the margin.
        public let codes: [String]
        public let total: Double
        /// Where it stands in the file: the line, and the character of its codes in that line, both from 1.
        public let line: Int
        public let position: Int
        /// The standard error of a total that is itself an estimate; 0 of a known one.
        public var standardError = 0.0

        public init(codes: [String], total: Double, line: Int = 0, position: Int = 0) {
            self.codes = codes
            self.total = total
            self.line = line
            self.position = position
        }

        /// The codes as the file writes them: joined by `*`.
        public var label: String { codes.joined(separator: "*") }
    }

    /// The categories of one variable, or of several that are crossed.
    public struct Margin: Sendable, Equatable {
        /// Empty for the size of the population, whose one category has no code.
        public let variables: [String]
        public let categories: [Category]
        /// Where its first row stands in the file.
        public let line: Int

        public init(variables: [String], categories: [Category], line: Int = 0) {
            self.variables = variables
            self.categories = categories
            self.line = line
        }

        /// The variables as the file writes them: joined by `*`.
        public var label: String { variables.joined(separator: "*") }

        /// The label as messages quote it: the size of the population has none, and its line begins with two commas.
        var written: String { variables.isEmpty ? ",," : label }

        public var total: Double { categories.reduce(0) { $0 + $1.total } }
    }

    /// The total of a numeric variable, in the whole population or in one part of it.
    public struct NumericTotal: Sendable, Equatable {
        public let variable: String
        /// The part: a code for each of these variables; none for the whole population.
        public let partVariables: [String]
        public let partCodes: [String]
        public let total: Double
        public let line: Int
        public let position: Int
        /// The standard error of a total that is itself an estimate; 0 of a known one.
        public var standardError = 0.0

        public init(
            variable: String, partVariables: [String] = [], partCodes: [String] = [], total: Double, line: Int = 0,
            position: Int = 0
        ) {
            self.variable = variable
            self.partVariables = partVariables
            self.partCodes = partCodes
            self.total = total
            self.line = line
            self.position = position
        }

        /// The part as the file writes it, such as `region=75`; empty for the whole population.
        public var part: String { zip(partVariables, partCodes).map { "\($0)=\($1)" }.joined(separator: "*") }
    }

    /// The file as the user named it.
    public let file: String
    /// The margins in the order of the file, which is the order of the turns of a raking.
    public let margins: [Margin]
    /// Totals of numeric variables, which only a general calibration can meet.
    public let numericTotals: [NumericTotal]

    public init(file: String = "", margins: [Margin], numericTotals: [NumericTotal] = []) {
        self.file = file
        self.margins = margins
        self.numericTotals = numericTotals
    }

    /// The categorical variables of all margins and parts, each once.
    public var variables: [String] {
        var seen: Set<String> = []
        return (margins.flatMap(\.variables) + numericTotals.flatMap(\.partVariables)).filter {
            seen.insert($0).inserted
        }
    }

    /// True if a total is itself an estimate.
    public var hasErrors: Bool {
        numericTotals.contains { $0.standardError > 0 }
            || margins.contains { $0.categories.contains { $0.standardError > 0 } }
    }

    /// The variables of numeric totals, each once.
    public var numericVariables: [String] {
        var seen: Set<String> = []
        return numericTotals.map(\.variable).filter { seen.insert($0).inserted }
    }
}
