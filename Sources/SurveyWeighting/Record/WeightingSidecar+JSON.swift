public import SurveyProblems
internal import SurveyYAML

extension WeightingSidecar {
    /// The file as it is written.
    public var bytes: [UInt8] {
        let fields: [(String, JSONText)] = [
            ("saual", .string(WeightingSidecar.format)), ("program", .string(program)), ("sha256", .string(sha256)),
            ("rows", .integer(rowCount)), ("weights", .array(weights.map(\.json))),
        ]
        return Array((JSONText.object(fields).line + "\n").utf8)
    }

    /// Reads the file from its bytes; `file` is its name in problems.
    ///
    /// - Throws: ``Problem`` `weighting.sidecar-unreadable` for what is no JSON or ends too early,
    ///   `weighting.sidecar-format` for the file of another version or none of ours, `weighting.sidecar-part` for a part
    ///   that is missing or of another kind, `weighting.sidecar-changed` for numbers that are not those written,
    ///   `weighting.sidecar-rows` for records of another number of rows, `weighting.sidecar-twice` for a weight told twice.
    public init(parsing bytes: [UInt8], file: String) throws(Problem) {
        let root: YAMLNode
        do throws(Problem) { root = try YAMLDocument(parsing: bytes, file: file).root } catch {
            throw .sidecarUnreadable(file, at: error.place)
        }
        let format = root["saual"]?.scalar ?? ""
        guard format == WeightingSidecar.format else {
            throw .sidecarFormat(file, found: String(format.prefix(40)), expected: WeightingSidecar.format)
        }
        guard let sha256 = root["sha256"]?.scalar, sha256.utf8.count == 64 else {
            throw .sidecarPart(file, name: "sha256")
        }
        guard let rows = root["rows"]?.scalar.flatMap({ Int($0) }), rows >= 0 else {
            throw .sidecarPart(file, name: "rows")
        }
        guard let list = root["weights"]?.list else { throw .sidecarPart(file, name: "weights") }
        var weights: [Weight] = []
        for node in list {
            let weight = try Weight(node, rowCount: rows, file: file)
            guard !weights.contains(where: { $0.column == weight.column }) else {
                throw .sidecarTwice(file, column: weight.column)
            }
            weights.append(weight)
        }
        self.init(
            program: root["program"]?.scalar ?? "", sha256: sha256, rowCount: rows, weights: weights)
    }
}

extension WeightingSidecar.Weight {
    fileprivate var json: JSONText {
        var writer = PackedWriter()
        writer.add(values)
        return .object([
            ("column", .string(column)), ("recipe", recipe), ("steps", .array(archive.summary.steps.map(\.json))),
            ("fits", .array((archive.record?.steps ?? []).map(\.json))),
            ("values", WeightingSidecar.Weight.packed(writer.bytes)),
            ("record", WeightingSidecar.Weight.packed(archive.packed)),
        ])
    }

    private static func packed(_ bytes: [UInt8]) -> JSONText {
        .object([
            ("crc32", .integer(Int(Base64.checksum(bytes)))), ("base64", .string(Base64.text(bytes))),
        ])
    }

    fileprivate init(_ node: YAMLNode, rowCount: Int, file: String) throws(Problem) {
        guard let column = node["column"]?.scalar, !column.isEmpty else { throw .sidecarPart(file, name: "column") }
        guard let recipe = node["recipe"], recipe.map != nil else { throw .sidecarPart(file, name: "recipe") }
        func bytes(_ name: String) throws(Problem) -> [UInt8] {
            guard let part = node[name], let sum = part["crc32"]?.scalar.flatMap({ UInt32($0) }),
                let text = part["base64"]?.scalar
            else { throw .sidecarPart(file, name: name) }
            guard let bytes = Base64.bytes(text), Base64.checksum(bytes) == sum else {
                throw .sidecarChanged(file, column: column)
            }
            return bytes
        }
        var reader = PackedReader(try bytes("values"))
        guard let values = reader.doubles(), reader.isAtEnd, values.allSatisfy({ $0.isFinite }) else {
            throw .sidecarPart(file, name: "values")
        }
        guard values.count == rowCount else {
            throw .sidecarRows(file, column: column, found: values.count, expected: rowCount)
        }
        guard let archive = WeightingArchive(packed: try bytes("record"), rowCount: rowCount) else {
            throw .sidecarPart(file, name: "record")
        }
        self.init(column: column, recipe: JSONText(recipe), values: values, archive: archive)
    }
}

extension WeightingSummary.Step {
    /// What the step did, as results in JSON have it.
    public var json: JSONText {
        var fields: [(String, JSONText)] = [
            ("step", .string(name)), ("n", .integer(rows)), ("sum", .optional(sum)), ("min", .optional(least)),
            ("max", .optional(greatest)), ("kish_deff", .optional(kishEffect)), ("n_eff", .optional(effectiveN)),
        ]
        if let iterations { fields.append(("iterations", .integer(iterations))) }
        if let rowsCut { fields.append(("rows_cut", .integer(rowsCut))) }
        if let movedShare { fields.append(("moved_share", .optional(movedShare))) }
        if let largestError { fields.append(("largest_relative_margin_error", .optional(largestError))) }
        return .object(fields)
    }
}

extension CalibrationRecord.Step {
    /// What the fit met and how far it moved weights, for people: the numbers by row are packed.
    fileprivate var json: JSONText {
        let ratios = zip(before, after).filter { $0.0 > 0 }.map { $0.1 / $0.0 }
        var fields: [(String, JSONText)] = [
            ("method", .string(method.rawValue)),
            ("margins", .array(margins.map { .array($0.map { .string($0) }) })),
        ]
        if let controls { fields.append(("controls", .array(controls.controls.map { .string($0.name) }))) }
        fields.append(("g_weights", .array([.optional(ratios.min()), .optional(ratios.max())])))
        return .object(fields)
    }
}

extension JSONText {
    /// A tree of YAML as JSON: what stands in quotes is text, the rest numbers, truths and nothing where it can be.
    init(_ node: YAMLNode) {
        switch node.content {
        case .list(let nodes): self = .array(nodes.map { JSONText($0) })
        case .map(let entries): self = .object(entries.map { ($0.key, JSONText($0.value)) })
        case .scalar(let text, let isQuoted):
            if isQuoted {
                self = .string(text)
            } else if node.isNull {
                self = .null
            } else if text == "true" || text == "false" {
                self = .bool(text == "true")
            } else if let whole = Int(text) {
                self = .integer(whole)
            } else if let number = Double(text), number.isFinite {
                self = .number(number)
            } else {
                self = .string(text)
            }
        }
    }

    /// Reads a text of JSON; nil if it is none.
    public init?(parsing text: String) {
        guard let root = try? YAMLDocument(parsing: Array(text.utf8), file: "").root else { return nil }
        self = JSONText(root)
    }
}

extension Problem {
    /// A file that ends too early, or holds no JSON.
    static func sidecarUnreadable(_ path: String, at place: Place) -> Problem {
        var place = place
        place.file = path
        return Problem(
            "weighting.sidecar-unreadable", .input, what: "\"\(path)\" cannot be read", place: place,
            why:
                "the file beside the data must be the JSON that Saual wrote; this one breaks off or holds something else",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }

    /// A file of another version, or of another program.
    static func sidecarFormat(_ path: String, found: String, expected: String) -> Problem {
        Problem(
            "weighting.sidecar-format", .input, what: "\"\(path)\" is not a record of weights that can be read",
            place: Place(file: path), why: "\"saual\" must be \"\(expected)\"; found \"\(found)\"",
            fix: "make the weight again with this version, or delete the file to take the weight as fixed")
    }

    /// A part that is missing, or is none.
    static func sidecarPart(_ path: String, name: String) -> Problem {
        Problem(
            "weighting.sidecar-part", .input, what: "\"\(path)\" does not tell how the weight was made",
            place: Place(file: path), why: "\"\(name)\" is missing, or is not what Saual writes there",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }

    /// Numbers that were changed since they were written.
    static func sidecarChanged(_ path: String, column: String) -> Problem {
        Problem(
            "weighting.sidecar-changed", .input, what: "The record of weight \"\(column)\" was changed",
            place: Place(file: path), why: "its numbers do not give the checksum that was written with them",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }

    /// A record of another number of rows.
    static func sidecarRows(_ path: String, column: String, found: Int, expected: Int) -> Problem {
        Problem(
            "weighting.sidecar-rows", .input, what: "The record of weight \"\(column)\" is of other rows",
            place: Place(file: path), why: "it has \(found) weights, and the file says \(expected) rows",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }

    /// A weight that is told twice.
    static func sidecarTwice(_ path: String, column: String) -> Problem {
        Problem(
            "weighting.sidecar-twice", .input, what: "The record of weight \"\(column)\" stands twice",
            place: Place(file: path), why: "one column has one history; found two",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }
}
