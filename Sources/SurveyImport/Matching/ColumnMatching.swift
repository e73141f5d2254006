internal import SurveyFormats
public import SurveySchema

/// What an import found of a questionnaire in the columns of a file: for whoever must know that nothing was lost.
public struct ColumnMatching: Sendable {
    /// How a column was found.
    public enum Way: String, Sendable, CaseIterable {
        case name
        /// The file of `--map` says it.
        case map
        /// As a set of columns that the file declares.
        case set
        /// By the path of groups or by a label, as exports of forms name columns.
        case path
    }

    /// A question and its columns of the file.
    public struct Match: Sendable, Equatable {
        public let question: String
        public let columns: [String]
        public let way: Way
    }

    public private(set) var matched: [Match] = []
    /// Columns of the file that are no question.
    public private(set) var new: [String] = []
    /// Columns that the map leaves out knowingly.
    public let ignored: [String]
    /// Questions without a column, with the columns that they would have.
    public private(set) var missing: [(question: String, columns: [String])] = []
    private var sources: [String: [String]] = [:]

    /// Follows each question back to the columns of the file, through what changed their names.
    ///
    /// `used` are columns that serve otherwise, such as that of `--rows`.
    public init(
        _ questionnaire: Questionnaire, file: [String], map: MappedColumns? = nil, export: ExportColumns? = nil,
        used: [String] = []
    ) {
        ignored = map?.ignored ?? []
        let inFile = Dictionary(file.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let middle = map?.columns ?? file
        let inMiddle = Dictionary(middle.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let inExport = Dictionary(
            (export?.columns ?? []).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        /// The columns of the file behind a name, and how they were found.
        func source(_ name: String) -> (columns: [String], way: Way)? {
            var position = inMiddle[name]
            var way = Way.name
            if let export {
                guard let place = inExport[name] else { return nil }
                position = export.cells[place].source
                if case .column(let own) = export.cells[place], middle[own] == name { way = .name } else { way = .path }
            }
            guard let position else { return nil }
            guard let map else { return ([file[position]], way) }
            let origin = map.origins[position]
            return (origin.columns.map { file[$0] }, origin.way == .name ? way : origin.way)
        }
        var taken = Set(used + ignored)
        for question in questionnaire.questions {
            let found = question.columns.map(source)
            guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else {
                missing.append((question.id, question.columns))
                for part in found { if let part { taken.formUnion(part.columns) } }
                continue
            }
            let parts = found.compactMap { $0 }
            var columns: [String] = []
            for column in parts.flatMap(\.columns) where !columns.contains(column) { columns.append(column) }
            let way = Way.allCases.last { way in parts.contains { $0.way == way } } ?? .name
            matched.append(Match(question: question.id, columns: columns, way: way))
            taken.formUnion(columns)
            for (name, part) in zip(question.columns, parts) { sources[name, default: []] += part.columns }
        }
        for name in questionnaire.key { if let found = source(name) { taken.formUnion(found.columns) } }
        new = file.filter { !taken.contains($0) && inFile[$0] != nil }
    }

    /// The column of the file behind a column that the questionnaire names.
    public func column(behind name: String) -> String { sources[name]?.first ?? name }

    /// The question that was read from a column of the file; nil for a column of none.
    public func question(of column: String) -> String? { matched.first { $0.columns.contains(column) }?.question }

    /// How many questions were found in a way.
    public func count(_ way: Way) -> Int { matched.count { $0.way == way } }
}
