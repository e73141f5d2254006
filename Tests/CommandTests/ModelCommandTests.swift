import Foundation
import SurveyTestSupport
import Testing

/// `saual model`: rows of coefficients, margins and tests.
struct ModelCommandTests {
    private func schools() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let text = try String(
            contentsOf: ReferenceFolder.url.appendingPathComponent("data/apistrat.csv"), encoding: .utf8)
        try folder.write(text, to: "schools.csv")
        return folder
    }

    private static func tree(_ text: String) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    }

    private let design = "--strata stype --weight pw --fpc fpc"

    @Test func `a logistic model of a condition has R's coefficients and errors`() throws {
        let expected = try #require(
            try ReferenceFolder.json("models.json")["cases"].array.first { $0["id"].string == "glm-logit-strat" })[
                "expected"]
        let result = try schools().saual(
            "model schools.csv \(design) --logistic |hi700=1 ~ ell + meals + stype| --conform r-survey-4.1 --format json"
        )
        #expect(result.status == 0, "\(result.errors)")
        let json = try ModelCommandTests.tree(result.output)
        #expect(json["saual"].string == "model/1")
        for (position, row) in json["rows"].array.enumerated() {
            #expect(row["kind"].string == "coefficient")
            #expect(row["term"].string == expected["names"][position].string)
            for (own, other) in [("estimate", "estimate"), ("se", "se"), ("t", "t"), ("p", "p_value")] {
                let (found, wanted) = (row[own].double ?? .nan, expected[other][position].double ?? .nan)
                #expect(isClose(found, wanted, tolerance: 1e-8), "\(own) \(position)")
            }
            #expect(row["df"].double == expected["df"].double)
            let low = expected["ci_t"]["lower"][position].double ?? .nan
            #expect(isClose(row["ci_low"].double ?? .nan, low, tolerance: 1e-8))
        }
        #expect(json["rows"].array.count == 5)
        #expect(json["model"]["n"].int == 200)
        #expect(isClose(json["model"]["aic"].double ?? .nan, expected["aic"]["AIC"].double ?? 0, tolerance: 1e-8))
    }

    @Test func `tests and margins are rows of their own`() throws {
        let reference = try ReferenceFolder.json("tests.json")["cases"].array
        let wald = try #require(reference.first { $0["id"].string == "rtt-strat-Wald" })["expected"]
        let lrt = try #require(reference.first { $0["id"].string == "rtt-strat-LRT" })["expected"]
        let folder = try schools()
        let line =
            "model schools.csv \(design) --linear |api00 ~ ell + meals + C(stype)| --test C(stype) --margins stype"
        let first = try ModelCommandTests.tree(folder.saual(line + " --format json").output)["rows"].array
        let second = try ModelCommandTests.tree(folder.saual(line + " --test-method lrt --format json").output)["rows"]
            .array
        #expect(
            first.map { $0["kind"].string } == (0..<5).map { _ in "coefficient" } + (0..<3).map { _ in "margin" } + [
                "test"
            ])
        let row = try #require(first.last)
        #expect(isClose(row["statistic"].double ?? .nan, wald["F"].double ?? 0, tolerance: 1e-8))
        #expect(isClose(row["p"].double ?? .nan, wald["p_value"].double ?? 0, tolerance: 1e-8))
        #expect(isClose(try #require(second.last)["p"].double ?? .nan, lrt["p_value"].double ?? 0, tolerance: 1e-5))
        let csv = try folder.saual(line + " --format csv").output.split(separator: "\n")
        #expect(csv[0] == "kind,term,answer,estimate,se,t,df,p,ci_low,ci_high,statistic,df1,df2")
        #expect(csv.count == 10)
    }

    @Test(arguments: [
        ("--logistic |hi700=1 ~ ell| --linear |api00 ~ ell|", "command.several-formulas"), ("", "command.no-formula"),
        ("--linear |api00 ~ ell| --link probit", "command.model-word"),
        ("--linear |api00 ~ ell| --test-method lrt", "command.model-alone"),
        ("--linear |api00 ~ ell| --margins-sample", "command.model-alone"),
        ("--linear |api00 ~ log(ell)|", "estimation.formula-syntax"),
        ("--linear |api00 ~ elll|", "data.unknown-column"),
        ("--logistic |hi7000=1 ~ ell|", "schema.unknown-name"),
        ("--linear |api00 ~ ell| --test mels", "estimation.model-unknown-term"),
        ("--linear |api00 ~ ell| --margins ell", "estimation.model-margins-variable"),
    ])
    func `a wrong call ends with 2 and says why`(options: String, code: String) throws {
        let result = try schools().saual("model schools.csv \(design) \(options) --format json")
        #expect(result.status == 2, "\(options): \(result.errors)")
        #expect(result.errors.contains("\"\(code)\""), "\(result.errors)")
    }

    @Test func `ordinal and multinomial models have thresholds and answers`() throws {
        let folder = try schools()
        let ordinal = try ModelCommandTests.tree(
            folder.saual(
                "model schools.csv --weight pw --ordinal |stype ~ ell + meals| --link probit --format json"
            ).output)
        #expect(ordinal["rows"].array.map { $0["term"].string } == ["ell", "meals", "E|H", "H|M"])
        let multinomial = try ModelCommandTests.tree(
            folder.saual("model schools.csv --weight pw --multinomial |stype ~ ell| --format json").output)
        #expect(multinomial["rows"].array.map { $0["answer"].string } == ["H", "H", "M", "M"])
    }

    @Test func `margins of several answers sum to 1 in each category`() throws {
        let folder = try schools()
        let line =
            "model schools.csv --weight pw --multinomial |stype ~ ell + awards| --margins awards --test awards --test-method lrt"
        let rows = try ModelCommandTests.tree(folder.saual(line + " --format json").output)["rows"].array
        let margins = rows.filter { $0["kind"].string == "margin" }
        #expect(margins.map { $0["response"].string } == ["E", "H", "M", "E", "H", "M"])
        #expect(margins.map { $0["answer"].string } == ["No", "No", "No", "Yes", "Yes", "Yes"])
        let shares = margins.map { $0["estimate"].double ?? .nan }
        #expect(isClose(shares[0] + shares[1] + shares[2], 1, tolerance: 1e-12))
        #expect(isClose(shares[3] + shares[4] + shares[5], 1, tolerance: 1e-12))
        #expect(rows.last?["kind"].string == "test" && rows.last?["df1"].double == 2)
        let csv = try folder.saual(line + " --format csv").output.split(separator: "\n")
        #expect(csv[0] == "kind,term,answer,response,estimate,se,t,df,p,ci_low,ci_high,statistic,df1,df2")
    }

    @Test(arguments: ["en", "ru", "kk"])
    func `the table stands in every language`(language: String) throws {
        let result = try schools().saual(
            "model schools.csv \(design) --poisson |api.stu ~ meals| --margins-sample --margins stype --language \(language)"
        )
        #expect(result.status == 2)
        let fine = try schools().saual(
            "model schools.csv \(design) --poisson |api.stu ~ meals + stype| --margins stype --test stype --language \(language)"
        )
        #expect(fine.status == 0, "\(fine.errors)")
        #expect(fine.output.contains("(Intercept)") && fine.output.contains("stypeH"))
    }
}
