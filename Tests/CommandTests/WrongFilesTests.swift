import Foundation
import SurveyTestSupport
import Testing

/// `saual check` on the files of `Fixtures/wrong`: every planted mistake, in one run, at its line and character.
struct WrongFilesTests {
    static let folder = Saual.fixtures + "/wrong"
    static let kinds = ["questionnaire", "indicators", "study", "targets"]

    /// The wrong files of a kind, by name.
    static func files(_ kind: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            name.hasPrefix(kind + "-") && name.wholeMatch(of: /[a-z]+-[0-9]{2}-.*/) != nil
        }.sorted()
    }

    /// The mistakes of each file as `line:character code`, sorted.
    static func planted() throws -> [String: [String]] {
        let table = CSVTable(try String(contentsOfFile: folder + "/expected.csv", encoding: .utf8))
        var planted: [String: [String]] = [:]
        for row in table.rows where row.count == 4 {
            planted[row[0], default: []].append("\(row[1]):\(row[2]) \(row[3])")
        }
        return planted.mapValues { $0.sorted() }
    }

    /// Checks a file as a user would; targets through a study that names them.
    static func check(_ file: String, in folder: TemporaryFolder, options: String = "") throws -> Saual.Result {
        if file.hasPrefix("targets") {
            let study = try String(contentsOfFile: WrongFilesTests.folder + "/targets-study.yaml", encoding: .utf8)
            try folder.write(
                study.replacingOccurrences(of: "targets: targets-good.csv", with: "targets: \(file)"), to: "s.yaml")
            return try folder.saual("check s.yaml --format json \(options)")
        }
        let questionnaire = file.hasPrefix("indicators") ? "--questionnaire good-questionnaire.yaml" : ""
        return try folder.saual("check \(file) --format json \(questionnaire) \(options)")
    }

    private static func found(in errors: String) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for line in errors.split(separator: "\n") {
            guard let problem = try? JSONDecoder().decode(JSONTree.self, from: Data(line.utf8)) else { continue }
            let place = "\(problem["line"].int ?? 0):\(problem["position"].int ?? 0)"
            found[problem["file"].string ?? "", default: []].append("\(place) \(problem["code"].string ?? "")")
        }
        return found.mapValues { $0.sorted() }
    }

    @Test(arguments: kinds)
    func `every planted mistake is reported in one run, at its line and character, and nothing else`(kind: String)
        throws
    {
        let folder = try TemporaryFolder(copying: WrongFilesTests.folder)
        let planted = try WrongFilesTests.planted()
        for file in try WrongFilesTests.files(kind) {
            let result = try WrongFilesTests.check(file, in: folder)
            #expect(result.status == 1, "\(file)")
            let found = WrongFilesTests.found(in: result.errors)
            // A study is checked with the files that it names, wrong ones too.
            let text = try folder.text(of: file)
            #expect(found == planted.filter { $0.key == file || text.contains($0.key) }, "\(file)\n\(result.errors)")
            #expect(!result.errors.contains(":\"\""), "\(file): a problem without a word")
        }
    }

    @Test func `there are at least ten files of each kind, sixty in all, and some with eight mistakes or more`() throws
    {
        let planted = try WrongFilesTests.planted()
        var all = 0
        for kind in WrongFilesTests.kinds {
            let files = try WrongFilesTests.files(kind)
            #expect(files.count >= 10, "\(kind)")
            #expect(
                Set(files.map { $0.split(separator: "-")[1] }).count == files.count, "\(kind): a number stands twice")
            #expect(files.allSatisfy { planted[$0]?.isEmpty == false }, "\(kind)")
            #expect(files.contains { $0.contains("mixed") && (planted[$0]?.count ?? 0) >= 8 }, "\(kind)")
            all += files.count
        }
        #expect(all >= 60)
        #expect(
            Set(planted.keys).isSubset(of: try FileManager.default.contentsOfDirectory(atPath: WrongFilesTests.folder)))
    }

    @Test(arguments: ["ru", "kk"])
    func `what is wrong is told in every language with the same places`(language: String) throws {
        let folder = try TemporaryFolder(copying: WrongFilesTests.folder)
        for kind in WrongFilesTests.kinds {
            let file = try #require(try WrongFilesTests.files(kind).first { $0.contains("mixed") })
            let english = try WrongFilesTests.check(file, in: folder)
            let other = try WrongFilesTests.check(file, in: folder, options: "--language \(language)")
            #expect(WrongFilesTests.found(in: other.errors) == WrongFilesTests.found(in: english.errors), "\(file)")
            #expect(other.errors != english.errors)
        }
    }

    @Test func `the good files of the folder have no mistake`() throws {
        let folder = try TemporaryFolder(copying: WrongFilesTests.folder)
        let result = try folder.saual("check good-questionnaire.yaml indicators-good.yaml targets-study.yaml")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    }

    @Test(arguments: SchemaTests.kinds)
    func `the schema refuses every file whose keys, words or shapes are wrong`(kind: String) throws {
        let codes = [
            "yaml.unknown-key", "yaml.missing-key", "yaml.unknown-word", "yaml.wrong-shape", "yaml.wrong-kind",
        ]
        let validator = try SchemaTests.validator(kind)
        var refused = 0
        // A case needs a label only where no shared list gives it one, which the schema does not see.
        let unseen = ["questionnaire-11-derived.yaml"]
        for (file, mistakes) in try WrongFilesTests.planted() where file.hasPrefix(kind) && !unseen.contains(file) {
            guard mistakes.contains(where: { mistake in codes.contains { mistake.hasSuffix($0) } }) else { continue }
            let text = try String(contentsOfFile: "\(WrongFilesTests.folder)/\(file)", encoding: .utf8)
            #expect(!validator.problems(with: try YAMLTree.read(text)).isEmpty, "\(file)")
            refused += 1
        }
        #expect(refused >= 5)
    }
}
