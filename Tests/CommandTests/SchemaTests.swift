import Foundation
import SurveyTestSupport
import Testing

/// The JSON Schemas say what the readers say.
struct SchemaTests {
    static let kinds = ["questionnaire", "indicators", "study"]

    static func validator(_ kind: String) throws -> JSONSchemaValidator {
        let file = try Data(contentsOf: URL(fileURLWithPath: "\(Saual.root)/Schemas/\(kind)-1.json"))
        return try JSONSchemaValidator(JSONDecoder().decode(JSONTree.self, from: file))
    }

    /// The kind that a YAML text says in its first line; nil for fragments.
    static func kind(of text: String) -> String? {
        (kinds + ["map"]).first { kind in text.split(separator: "\n").contains { $0.hasPrefix("saual: \(kind)/1") } }
    }

    @Test(arguments: kinds + ["map"])
    func `the files in Schemas are what the program prints`(kind: String) throws {
        let printed = try TemporaryFolder().saual("schema \(kind)")
        let file = try String(contentsOfFile: "\(Saual.root)/Schemas/\(kind)-1.json", encoding: .utf8)
        #expect(printed.status == 0 && printed.output == file, "make schemas writes them anew")
    }

    @Test(arguments: kinds + ["map"])
    func `every key is described, in three languages`(kind: String) throws {
        let folder = try TemporaryFolder()
        func descriptions(_ part: JSONTree, at place: String) -> [String: String] {
            var found: [String: String] = [:]
            for (key, value) in part["properties"].object {
                found["\(place)/\(key)"] = value["description"].string ?? ""
            }
            switch part {
            case .object(let fields):
                for (key, value) in fields { found.merge(descriptions(value, at: "\(place)/\(key)")) { a, _ in a } }
            case .array(let items):
                for item in items { found.merge(descriptions(item, at: place)) { a, _ in a } }
            default: break
            }
            return found
        }
        let all = try ["en", "ru", "kk"].map { language in
            let text = try folder.saual("schema \(kind) --language \(language)").output
            return descriptions(try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)), at: "#")
        }
        #expect(all[0].count > (kind == "map" ? 5 : 10))
        for (place, english) in all[0] {
            let others = [all[1][place], all[2][place]]
            #expect(!english.isEmpty && others.allSatisfy { $0?.isEmpty == false && $0 != english }, "\(place)")
            #expect(others[0] != others[1], "\(place)")
        }
    }

    // MARK: What is right

    @Test func `the schemas accept every example of the project`() throws {
        var tried: [String: Int] = [:]
        for place in ["Datasets", "Questionnaires", "Tests/CommandTests/Fixtures"] {
            for name in try PreparedStudy.sources(of: "\(Saual.root)/\(place)") where name.hasSuffix(".yaml") {
                // Those are wrong on purpose.
                if name.hasPrefix("wrong/") || name.hasPrefix("bad") || name == "broken.yaml" { continue }
                let text = try String(contentsOfFile: "\(Saual.root)/\(place)/\(name)", encoding: .utf8)
                guard let kind = SchemaTests.kind(of: text) else { continue }
                #expect(try SchemaTests.validator(kind).problems(with: YAMLTree.read(text)) == [], "\(place)/\(name)")
                tried[kind, default: 0] += 1
            }
        }
        #expect(SchemaTests.kinds.allSatisfy { (tried[$0] ?? 0) >= 3 }, "\(tried)")
    }

    @Test func `the schemas accept every block of the documentation`() throws {
        var tried = 0
        for page in try FileManager.default.contentsOfDirectory(atPath: Saual.root + "/Documentation") {
            guard page.hasSuffix(".md") else { continue }
            let text = try String(contentsOfFile: "\(Saual.root)/Documentation/\(page)", encoding: .utf8)
            for part in text.components(separatedBy: "```yaml\n").dropFirst() {
                let block = part.components(separatedBy: "\n```")[0] + "\n"
                #expect(try problems(ofBlock: block) == [], "\(page)\n\(block)")
                tried += 1
            }
        }
        #expect(tried >= 8)
    }

    /// A whole file is held against its schema; a fragment must fit one of the places where it could stand.
    private func problems(ofBlock block: String) throws -> [String] {
        let value = try YAMLTree.read(block)
        if let kind = SchemaTests.kind(of: block) { return try SchemaTests.validator(kind).problems(with: value) }
        var tried: [[String]] = []
        for kind in SchemaTests.kinds {
            let validator = try SchemaTests.validator(kind)
            let keys = validator.schema["properties"].object
            if !value.object.isEmpty, value.object.keys.allSatisfy({ keys[$0] != nil }) {
                tried.append(value.object.flatMap { validator.problems(with: $0.value, under: keys[$0.key] ?? .null) })
            }
            for list in ["questions", "indicators"] where keys[list] != nil && !value.array.isEmpty {
                tried.append(validator.problems(with: value, under: keys[list] ?? .null))
            }
            if let derived = keys["derived"] { tried.append(validator.problems(with: value, under: derived)) }
        }
        return tried.contains { $0.isEmpty } ? [] : tried.flatMap { $0 } + (tried.isEmpty ? ["stands nowhere"] : [])
    }

    @Test(arguments: ["", "--languages kk", "--language ru"])
    func `the schemas accept what saual new writes`(options: String) throws {
        let folder = try TemporaryFolder()
        try folder.saual("new s \(options)")
        for kind in SchemaTests.kinds {
            let text = try folder.text(of: "s/\(kind == "indicators" ? "indicators" : kind).yaml")
            #expect(try SchemaTests.validator(kind).problems(with: YAMLTree.read(text)) == [], "\(kind)")
            let line = try #require(
                text.split(separator: "\n").first { $0.hasPrefix("# yaml-language-server: $schema=") })
            let file = String(line.dropFirst("# yaml-language-server: $schema=".count))
            let schema = try JSONDecoder().decode(JSONTree.self, from: folder.bytes(of: "s/\(file)"))
            #expect(schema["title"] == .string("saual: \(kind)/1"))
        }
    }

    // MARK: What is wrong

    @Test(arguments: [
        ("questionnaire", ["questions", "2", "typ"], "\"number\""),
        ("questionnaire", ["questions", "2", "type"], "numeric"),
        ("questionnaire", ["questions", "2", "id"], "7th"), ("questionnaire", ["questions", "2", "range"], "[18]"),
        ("questionnaire", ["questions", "2", "private"], "maybe"), ("questionnaire", ["questions"], "{}"),
        ("questionnaire", ["saual"], "questionnaire/2"), ("questionnaire", ["answers", "yes_no"], "{}"),
        ("questionnaire", ["missing", "98", "kind"], "~"), ("questionnaire", ["missing", "98", "kindd"], "refused"),
        ("questionnaire", ["derived", "age_group", "cutt"], "age"), ("questionnaire", ["title"], "{english: Title}"),
        ("questionnaire", ["version"], "[1]"),
        ("questionnaire", ["derived", "trusting", "cases", "yes", "whenn"], "x"),
        ("indicators", ["indicators", "0", "base"], "all"), ("indicators", ["indicators", "0", "direction"], "left"),
        ("indicators", ["indicators", "2", "ratio"], "{of: visit}"),
        ("indicators", ["indicators", "0", "shares"], "x = 1"),
        ("indicators", ["indicators", "0", "id"], "a b"), ("indicators", ["indicator"], "[]"),
        ("study", ["design", "lonely psu"], "ignore"), ("study", ["design", "psus"], "psu"),
        ("study", ["languages"], "[de]"), ("study", ["waves", "0", "field", "start"], "May"),
        ("study", ["publication", "minimum base"], "4"), ("study", ["waves", "0", "id"], "a/b"),
        ("study", ["synthetic"], "yes"), ("study", ["expected findings"], "{findings: 1}"),
    ])
    func `the schemas refuse mistakes`(kind: String, path: [String], text: String) throws {
        let validator = try SchemaTests.validator(kind)
        let good = try SchemaTests.everyKey(kind)
        #expect(validator.problems(with: good) == [])
        let wrong = good.setting(try YAMLTree.read(text), at: path[...])
        #expect(!validator.problems(with: wrong).isEmpty)
    }

    @Test func `a keyword that the validator does not know is an error`() throws {
        let schema: JSONTree = .object(["properties": .object(["a": .object(["minLength": .number(1)])])])
        #expect(throws: JSONSchemaValidator.UnknownKeyword.self) { try JSONSchemaValidator(schema) }
    }

    // MARK: The keys of the readers

    /// The file of a kind in which every map that the schema closes stands at least once.
    static func everyKey(_ kind: String) throws -> JSONTree {
        try YAMLTree.read(String(contentsOfFile: "\(Saual.fixtures)/every-key/\(kind).yaml", encoding: .utf8))
    }

    @Test(arguments: kinds + ["map"])
    func `each map of the schema has exactly the keys that the reader knows`(kind: String) throws {
        let validator = try SchemaTests.validator(kind)
        let sample = try SchemaTests.everyKey(kind)
        let places = SchemaTests.closedMaps(in: sample, validator.schema, validator, path: [])
        let reached = Set(places.map { Set($0.keys) })
        for keys in SchemaTests.closedMaps(of: validator.schema) {
            #expect(reached.contains(keys), "the sample has no map of \(keys.sorted())")
        }
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/every-key")
        let options = ["indicators", "map"].contains(kind) ? "--questionnaire questionnaire.yaml" : ""
        let clean = try folder.saual("check \(kind).yaml \(options)")
        #expect(clean.status == 0, "\(clean.errors)")
        for place in places {
            let probe = sample.setting(.string("x"), at: (place.path + ["no such key"])[...])
            try folder.write(probe.json + "\n", to: "\(kind).yaml")
            let result = try folder.saual("check \(kind).yaml \(options) --format json")
            let known = result.errors.split(separator: "\n").compactMap { line -> Set<String>? in
                let problem = try? JSONDecoder().decode(JSONTree.self, from: Data(line.utf8))
                guard problem?["code"].string == "yaml.unknown-key",
                    problem?["what"].string?.contains("no such key") == true
                else { return nil }
                let list = problem?["why"].string?.dropFirst("the keys that may stand here are ".count) ?? ""
                return Set(String(list).components(separatedBy: ", "))
            }
            #expect(known == [Set(place.keys)], "\(kind) \(place.path): \(result.errors)")
        }
    }

    /// Each map of a value that a closed map of the schema describes: its path, and the schema's keys.
    private static func closedMaps(
        in value: JSONTree, _ part: JSONTree, _ validator: JSONSchemaValidator, path: [String]
    ) -> [(path: [String], keys: [String])] {
        let part = validator.resolved(part)
        if case .array(let parts) = part["anyOf"], part["properties"].object.isEmpty {
            let fitting = parts.filter { validator.problems(with: value, under: $0).isEmpty }
            return fitting.flatMap { closedMaps(in: value, $0, validator, path: path) }
        }
        var found: [(path: [String], keys: [String])] = []
        let keys = part["properties"].object
        if !keys.isEmpty, !value.object.isEmpty { found.append((path, Array(keys.keys))) }
        for (key, child) in value.object {
            found += closedMaps(in: child, keys[key] ?? part["additionalProperties"], validator, path: path + [key])
        }
        for (position, child) in value.array.enumerated() {
            found += closedMaps(in: child, part["items"], validator, path: path + [String(position)])
        }
        return found
    }

    /// The keys of every closed map of a schema.
    private static func closedMaps(of part: JSONTree) -> Set<Set<String>> {
        var found: Set<Set<String>> = []
        if part["additionalProperties"] == .bool(false) { found.insert(Set(part["properties"].object.keys)) }
        switch part {
        case .object(let fields): for child in fields.values { found.formUnion(closedMaps(of: child)) }
        case .array(let items): for child in items { found.formUnion(closedMaps(of: child)) }
        default: break
        }
        return found
    }
}

extension JSONTree {
    /// The same tree with another value at a path of keys and positions; the last key may be new.
    func setting(_ value: JSONTree, at path: ArraySlice<String>) -> JSONTree {
        guard let step = path.first else { return value }
        switch self {
        case .object(var fields):
            fields[step] = (fields[step] ?? .null).setting(value, at: path.dropFirst())
            return .object(fields)
        case .array(var items):
            guard let position = Int(step), items.indices.contains(position) else { return self }
            items[position] = items[position].setting(value, at: path.dropFirst())
            return .array(items)
        default: return .object([step: value])
        }
    }
}
