internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

/// A map of equal tiles, one a category: what stands in each, and how dark it is.
struct TileMapPlan {
    /// What one tile shows.
    struct Tile {
        let column: Int
        let row: Int
        let name: String
        /// The figure or its mark, as printed.
        let text: String
        /// The shade from 0, nil where there is no figure.
        let shade: Int?
        let isHidden: Bool
    }

    let tiles: [Tile]
    /// The ends of each shade as printed, the lightest first.
    let shades: [(low: String, high: String)]
    /// Names of categories that have no tile.
    let withoutTile: [String]

    static let mostShades = 5

    /// Returns nil if the breakdown is not that of the map, or no figure may be shown.
    init?(
        _ breakdown: ReportContent.Breakdown, wave: String, layout: TileLayout, figures: FigureText, words: ReportWords
    ) {
        let rows = Dictionary(
            zip(breakdown.keys.compactMap(\.first), breakdown.rows), uniquingKeysWith: { first, _ in first })
        let values = layout.tiles.compactMap { tile in rows[tile.code]?.results[wave]?.figure?.value }
        guard let least = values.min(), let greatest = values.max() else { return nil }
        // Shades are cut where printed figures are, so that no two equal figures differ in shade.
        let count = figures.sortKey(least) == figures.sortKey(greatest) ? 1 : TileMapPlan.mostShades
        let width = (greatest - least) / Double(count)
        func shade(_ value: Double) -> Int {
            guard count > 1 else { return 0 }
            let printed = Double(figures.sortKey(value)) ?? 0
            return (1..<count).last { printed >= (Double(figures.sortKey(least + width * Double($0))) ?? 0) } ?? 0
        }
        shades = (0..<count).map { place in
            (figures.bare(least + width * Double(place)), figures.bare(least + width * Double(place + 1)))
        }
        tiles = layout.tiles.map { tile in
            let row = rows[tile.code]
            let figure = ChartFigure(row?.results[wave], figures: figures, words: words)
            let name = row?.categories.first?.text(in: words.language) ?? tile.code
            return Tile(
                column: tile.column, row: tile.row, name: name, text: figure.text,
                shade: row?.results[wave]?.figure?.value.map(shade), isHidden: figure.isHidden)
        }
        withoutTile = zip(breakdown.keys, breakdown.rows).compactMap { key, row in
            guard row.results[wave] != nil, !layout.tiles.contains(where: { [$0.code] == key }) else { return nil }
            return row.categories.first?.text(in: words.language) ?? key.first
        }
    }
}
