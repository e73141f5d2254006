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

        public var total: Double { categories.reduce(0) { $0 + $1.total } }
    }

    /// The file as the user named it.
    public let file: String
    /// The margins in the order of the file, which is the order of the turns of a raking.
    public let margins: [Margin]

    public init(file: String = "", margins: [Margin]) {
        self.file = file
        self.margins = margins
    }

    /// The variables of all margins, each once.
    public var variables: [String] {
        var seen: Set<String> = []
        return margins.flatMap(\.variables).filter { seen.insert($0).inserted }
    }
}
