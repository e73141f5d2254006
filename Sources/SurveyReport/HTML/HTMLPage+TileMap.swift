internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

extension HTMLPage {
    /// The map of a breakdown, if it is the one that the study maps.
    func writeTileMap(
        _ breakdown: ReportContent.Breakdown, table: String, _ section: ReportContent.Section, _ figures: FigureText,
        _ part: inout Markup
    ) {
        guard let map = form?.tileMap, let layout = input.tiles, breakdown.variables == [map.variable],
            let wave = section.waves.last,
            let plan = TileMapPlan(breakdown, wave: wave, layout: layout, figures: figures, words: words)
        else { return }
        let unit =
            figures.isPercent
            ? numbers.percent("").drop { $0.isWhitespace }.description
            : FigureText.unit(section.definition.unit, words: words.indicator)
        let name = section.definition.name.text(in: words.language) ?? section.definition.id
        let title = "\(words.parts.tileMap.filled(name, wave)), \(unit)"
        part.newLine()
        part.element("figure", ["class": "map"]) { figure in
            figure.element("p", ["class": "panel-title"], text: title)
            let frame: KeyValuePairs = ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": title]
            figure.element("div", frame) { writeTiles(plan, title: title, &$0) }
            figure.element("figcaption") { caption in
                var sentences = [words.parts.tileLegend]
                if plan.tiles.contains(where: \.isHidden) { sentences.append(words.parts.tileHidden) }
                if plan.tiles.contains(where: { $0.shade == nil && !$0.isHidden }) {
                    sentences.append(words.parts.tileMissing)
                }
                sentences.append(words.parts.tileNotice)
                if !plan.withoutTile.isEmpty {
                    sentences.append(words.parts.withoutTile.filled(plan.withoutTile.joined(separator: ", ")))
                }
                caption.write(sentences.joined(separator: " ") + " ")
                caption.element("a", ["href": "#\(table)-caption"], text: words.parts.tileTable)
            }
        }
    }

    private static let tile = (width: 104, height: 72, gap: 4)
    /// From light to dark; the ink on each has a contrast of at least 4.5 : 1.
    private static let shades: [(fill: String, ink: String)] = [
        ("#eef3f8", "#1b1f24"), ("#cfdfee", "#1b1f24"), ("#a3c1dd", "#1b1f24"), ("#3d74a8", "#ffffff"),
        ("#174a7c", "#ffffff"),
    ]

    private func writeTiles(_ plan: TileMapPlan, title: String, _ frame: inout Markup) {
        let (width, height, gap) = HTMLPage.tile
        let columns = plan.tiles.map(\.column).max() ?? 1
        let rows = plan.tiles.map(\.row).max() ?? 1
        let across = max(columns, plan.shades.count) * (width + gap) - gap
        let down = rows * (height + gap) + 42
        let spoken = plan.tiles.map { "\($0.name): \($0.text)" }.joined(separator: "; ")
        let attributes: KeyValuePairs = [
            "xmlns": "http://www.w3.org/2000/svg", "class": "tiles", "viewBox": "-1 -1 \(across + 2) \(down + 2)",
            "role": "img",
            "aria-label": "\(title). \(spoken)",
        ]
        frame.element("svg", attributes) { map in
            map.element("title", text: title)
            for tile in plan.tiles {
                map.newLine()
                let (x, y) = ((tile.column - 1) * (width + gap), (tile.row - 1) * (height + gap))
                map.element("g", ["transform": "translate(\(x),\(y))"]) { writeTile(tile, plan, &$0) }
            }
            for (place, ends) in plan.shades.enumerated() {
                map.newLine()
                let at = "translate(\(place * (width + gap)),\(rows * (height + gap) + 8))"
                map.element("g", ["transform": at]) { key in
                    key.void(
                        "rect",
                        [
                            "width": String(width), "height": "12", "fill": fill(place, of: plan).fill,
                            "stroke": "#8c97a3",
                        ])
                    writeText(numbers.range(ends.low, ends.high), y: 27, size: 12, ink: "#1b1f24", &key)
                }
            }
        }
    }

    /// The darkest shade is always used for the highest figures.
    private func fill(_ shade: Int, of plan: TileMapPlan) -> (fill: String, ink: String) {
        let all = HTMLPage.shades
        let place = plan.shades.count == 1 ? 1 : shade
        return all.indices.contains(place) ? all[place] : ("#ffffff", "#1b1f24")
    }

    private func writeTile(_ tile: TileMapPlan.Tile, _ plan: TileMapPlan, _ group: inout Markup) {
        let (width, height, _) = HTMLPage.tile
        let colors = tile.shade.map { fill($0, of: plan) } ?? (fill: "#ffffff", ink: "#1b1f24")
        let size: (String, String) = (String(width), String(height))
        if tile.shade == nil, !tile.isHidden {
            group.void(
                "rect",
                [
                    "width": size.0, "height": size.1, "fill": colors.fill, "stroke": "#4d5661",
                    "stroke-dasharray": "4 3",
                ])
        } else {
            group.void("rect", ["width": size.0, "height": size.1, "fill": colors.fill, "stroke": "#8c97a3"])
        }
        if tile.isHidden {
            // Lines of their own: a shared pattern would need an id.
            for place in 1...10 {
                let x = place * 16
                let (from, to) = (max(0, x - height), min(x, width))
                group.void(
                    "path", ["d": "M\(to),\(x - to)L\(from),\(x - from)", "stroke": "#c3cbd4", "stroke-width": "1"])
            }
        }
        let lines = ChartScript.wrapped(tile.name, letters: 16)
        for (place, line) in lines.enumerated() {
            writeText(line, y: lines.count == 1 ? 22 : 17 + place * 14, size: 11, ink: colors.ink, &group)
        }
        writeText(tile.text, y: 58, size: 17, ink: colors.ink, isBold: true, &group)
    }

    private func writeText(
        _ text: String, y: Int, size: Int, ink: String, isBold: Bool = false, _ group: inout Markup
    ) {
        let attributes: KeyValuePairs = [
            "x": String(HTMLPage.tile.width / 2), "y": String(y), "text-anchor": "middle", "font-size": String(size),
            "fill": ink, "font-weight": isBold ? "700" : "400",
            "font-family": "DejaVu Sans, Noto Sans, Verdana, sans-serif",
        ]
        group.element("text", attributes, text: text)
    }
}
