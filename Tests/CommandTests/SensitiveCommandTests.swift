import Foundation
import SurveyTestSupport
import Testing

/// `estimate --sensitive` and `small-area`; numbers of R survey 4.1-1 in Tests/Reference/sensitive.json.
struct SensitiveCommandTests {
    private let design = "apiclus1_sensitive.csv --psu dnum --weight pw --fpc fpc"

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.copy(
            ReferenceFolder.url.appendingPathComponent("data/apiclus1_sensitive.csv").path, to: "apiclus1_sensitive.csv"
        )
        return folder
    }

    private func expected(_ id: String) throws -> JSONTree {
        let cases = try ReferenceFolder.json("sensitive.json")["cases"].array
        return try #require(cases.first { $0["id"].string == id })["expected"]
    }

    @Test(arguments: [
        ("warner:warner_yes:p=0.7", "warner-clus"), ("crosswise:cross_same:p=0.25", "crosswise-clus"),
        ("unrelated:warner_yes:p=0.8:q=0.3", "unrelated-clus"),
        ("forced:forced_yes:yes=0.16666666666666666:truth=0.6666666666666666", "forced-clus"),
    ])
    func `a sensitive share has the error of R and stands beside the direct question`(
        question: String, id: String
    ) throws {
        let result = try folder().saual(
            "estimate \(design) --sensitive \(question) --mean api00 --by stype --format json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.rows(result.output)
        let wanted = try expected(id)
        let row = try #require(rows.first)
        #expect(row["statistic"] == "sensitive")
        expectEqual(row.number("estimate"), wanted["estimate"][0].double, "estimate")
        expectEqual(row.number("se"), wanted["se"][0].double, "se")
        expectEqual(row.number("ci_low"), wanted["ci_t"]["lower"][0].double, "low")
        // The whole and three types of school, twice.
        #expect(rows.count == 8)
    }

    @Test(arguments: [
        ("crosswise:cross_same:p=0.5", 2, "p ≠ 0.5"), ("crosswise:cross_same", 2, "p="), ("foo:x", 2, "warner"),
        ("cross_same", 2, "sensitive:"), ("list:listcount:by=treat", 2, "treatment="),
        ("crosswise:nix:p=0.2", 2, "nix"), ("warner:warner_yes:p=0.7:p=0.8", 2, "KEY=VALUE"),
    ])
    func `a wrong question is refused and says what is expected`(question: String, status: Int32, word: String) throws {
        let result = try folder().saual("estimate \(design) --sensitive \(question) --format json")
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains(word), "\(result.errors)")
    }

    @Test func `a list without a treatment group has no estimate and says so`() throws {
        let result = try folder().saual("estimate \(design) --sensitive list:api00:by=treat:treatment=9 --format json")
        let row = try #require(try JSON.rows(result.output).first)
        #expect(row.number("estimate") == nil)
        #expect(result.output.contains("\"flags\":[\"undefined\"]"))
    }

    @Test func `a list is tested for a design effect where the number of items is given`() throws {
        let result = try folder().saual(
            "estimate \(design) --sensitive list:listcount:by=treat:treatment=1:items=4 --format json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("estimation.list-test"))
    }

    @Test func `areas are drawn to their mean, and the file of covariates is held against the data`() throws {
        let folder = try folder()
        let call = "small-area \(design) --mean api00 --by stype --format json"
        // Three types of school are too few for a variance between them and a slope.
        try folder.write("stype,x\nE,1\nH,2\nM,4\n", to: "areas.csv")
        let few = try folder.saual("\(call) --covariates areas.csv")
        #expect(few.status == 4 && few.errors.contains("few-areas"), "\(few.errors)")
        let plain = try folder.saual(call)
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(try JSON.rows(plain.output).count == 3)
        try folder.write("stype,x\nE,1\nH,2\n", to: "areas.csv")
        let missing = try folder.saual("\(call) --covariates areas.csv --terms x")
        #expect(missing.status == 3 && missing.errors.contains("area-without-covariates"), "\(missing.errors)")
        try folder.write("area,x\nE,1\n", to: "areas.csv")
        #expect(try folder.saual("\(call) --covariates areas.csv").status == 3)
        #expect(try folder.saual("\(call) --terms x").status == 2)
        #expect(try folder.saual("small-area \(design) --mean api00").status == 2)
        #expect(try folder.saual("\(call) --smooth-d deff").status == 2)
    }
}
