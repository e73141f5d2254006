import Foundation
import Testing
import SurveyTestSupport

/// The synthetic study of the fixtures, which has every type of question and every form of indicator.
struct SmallStudyTests {
    @Test func `every indicator equals R survey, over its base and by its groups`() throws {
        let folder = try PreparedStudy.small()
        let output = try folder.saual("indicators small-study.saual --internal --format json --quiet").output
        let rows = try JSON.rows(output)
        let reference = try JSON.reference("small-study.json")
        #expect(rows.count == reference.count && rows.count == 31)
        for expected in reference {
            let row = try #require(rows.first { $0["indicator"] == expected["indicator"] && $0.by == expected.by })
            let name = "\(expected["indicator"] ?? "") \(expected.group)"
            #expect(row["statistic"] == expected["statistic"])
            for field in ["estimate", "n", "n_base", "sum_weights"] {
                expectEqual(row.number(field), expected.number(field), "\(name) \(field)")
            }
            // An error of exactly 0 comes out of rounding as 1e-17 or so.
            let error = try #require(expected.number("se"))
            if error > 1e-12 { expectEqual(row.number("se"), error, "\(name) se") }
            expectEqual(row.number("df"), expected.number("df"), "\(name) df")
            for field in ["ci_low", "ci_high"] {
                guard let limit = expected.number(field) else { continue }
                expectEqual(row.number(field), limit, "\(name) \(field)")
            }
        }
    }

    @Test func `the run leaves reports that say they are synthetic`() throws {
        let folder = try PreparedStudy.small()
        let words = ["en": "Synthetic data", "ru": "Искусственные данные", "kk": "Жасанды деректер"]
        for (language, text) in words {
            #expect(try folder.text(of: "results/report-\(language).html").contains(text), "\(language)")
        }
        let study = try JSON.object(folder.text(of: "results/report.json"))["study"] as? [String: Any]
        #expect(study?["synthetic"] as? Bool == true)
        #expect(try folder.saual("run study.yaml --check").status == 0)
    }

    @Test func `each flaw of the dirty wave is one finding at its row`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        let line =
            "import wave-dirty.csv --study d.saual --wave 1 --questionnaire questionnaire.yaml"
            + " --strata region --psu psu --weight weight --format json"
        let result = try folder.saual(line)
        #expect(result.status == 1)
        let summary = """
            "rows":20,"imported":17,"quarantined":3,"findings":{"import.unknown-code":2,"import.skipped-answered":1,\
            "import.duplicate-key":1,"import.out-of-range":1,"import.not-a-date":1,"import.no-stratum":1,\
            "formats.ragged-row":1},"matching":{"matched":[{"question":"id","columns":["id"],"by":"name"},
            """
        #expect(result.output.contains(summary), "\(result.output)")
        let findings = try JSON.lines(result.errors)
        let expected: [(code: String, row: Int, column: String?, what: String)] = [
            ("import.unknown-code", 2, "sex", "\"7\" is no answer of \"sex\""),
            ("import.skipped-answered", 4, "gave", "\"gave\" is answered where it was not asked"),
            ("import.duplicate-key", 6, "id", "A row has the key of an earlier one: \"syn-005\""),
            ("import.out-of-range", 10, "age", "200 is outside the range of \"age\""),
            ("import.not-a-date", 12, "interview_date", "\"2026-02-30\" is no date of \"interview_date\""),
            ("import.unknown-code", 14, "chan_2", "\"5\" is no answer of \"channels[2]\""),
            ("import.no-stratum", 16, "region", "A row has no stratum: \"1\""),
            ("formats.ragged-row", 18, nil, "A row has 18 cells instead of 19"),
        ]
        #expect(findings.count == expected.count)
        for (found, finding) in zip(findings, expected) {
            #expect(found["code"] == finding.code && found["what"] == finding.what)
            #expect(found.fields["rows"] as? [Int] == [finding.row])
            #expect(found["column"] == finding.column && found["file"] == "wave-dirty.csv")
        }
        #expect(findings.last?.number("line") == 19)
    }

    @Test func `cells that cannot be read are counted as unreadable, not as answers and not as missing`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.saual("import wave-dirty.csv --study d.saual --wave 1 --questionnaire questionnaire.yaml")
        let variables = try JSON.rows(folder.saual("describe d.saual --format json").output, in: "variables")
        for name in ["sex", "age", "interview_date", "channels[2]", "region"] {
            let missing = try #require(variables.first { $0["name"] == name }?.fields["n_missing"] as? [String: Int])
            #expect(missing["unreadable"] == 1, "\(name) \(missing)")
        }
    }

    @Test func `a study whose findings are expected ends with 0, with others or other numbers with 1`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.replace("file: wave.csv", with: "file: wave-dirty.csv", in: "study.yaml")
        let surprised = try folder.saual("run study.yaml")
        #expect(surprised.status == 1)
        #expect(surprised.errors.contains("is answered where it was not asked"))
        let found = """
            expected findings: {formats.ragged-row: 1, import.duplicate-key: 1, import.no-stratum: 1, import.not-a-date: 1, \
            import.unknown-code: 2, import.out-of-range: 1, import.skipped-answered: 1}

            """
        try folder.write(folder.text(of: "study.yaml") + found, to: "study.yaml")
        let expected = try folder.saual("run study.yaml")
        #expect(expected.status == 0, "\(expected.errors)")
        try folder.replace("import.out-of-range: 1", with: "import.out-of-range: 2", in: "study.yaml")
        #expect(try folder.saual("run study.yaml").status == 1)
    }

    @Test func `the codebook has questions, kinds of missing answers, sets and derived variables`() throws {
        let folder = try PreparedStudy.small()
        let output = try folder.saual("describe small-study.saual --format json").output
        #expect(output.hasPrefix("{\"saual\":\"codebook/1\",\"variables\":["))
        let variables = try JSON.rows(output, in: "variables")
        func variable(_ name: String) throws -> Row { try #require(variables.first { $0["name"] == name }) }
        #expect(try variable("trust").fields["n_missing"] as? [String: Int] == ["dont-know": 5, "never-dealt": 22])
        #expect(
            try variable("gave").fields["n_missing"] as? [String: Int] == [
                "not-asked": 49, "dont-know": 1, "refused": 4,
            ])
        #expect(try variable("interview_date")["min"] == "2026-05-01")
        #expect(try variable("age_group")["type"] == "single")
        #expect(try (variable("sex").fields["label"] as? [String: String])?["ru"] == "Пол")
        let sets = try JSON.rows(output, in: "sets")
        #expect(sets.count == 1 && sets.first?["name"] == "channels" && sets.first?["kind"] == "dichotomies")
        #expect(
            sets.first?.fields["variables"] as? [String] == [
                "channels[1]", "channels[2]", "channels[3]", "channels[4]",
            ])
        let russian = try folder.saual("describe small-study.saual --language ru").output
        #expect(russian.contains("Пол") && russian.contains("закрыта"))
    }

    @Test func `the design of the study holds unless options say otherwise, and sets have a share for each item`()
        throws
    {
        let folder = try PreparedStudy.small()
        let own = try JSON.object(folder.saual("estimate small-study.saual --share channels --format json").output)
        let design = try #require(own["design"] as? [String: Any])
        #expect(design["strata"] as? [String] == ["region"] && design["psu"] as? [String] == ["psu"])
        let rows = try #require(own["rows"] as? [[String: Any]]).map(Row.init)
        #expect(rows.map { $0["answer"] } == ["1", "2", "3", "4"])
        let other = try folder.saual("estimate small-study.saual --share sex=1 --strata sex --psu id --format json")
            .output
        #expect((try JSON.object(other)["design"] as? [String: Any])?["strata"] as? [String] == ["sex"])
    }

    @Test func `the list of indicators names definition and base`() throws {
        let folder = try PreparedStudy.small()
        let rows = try JSON.rows(
            folder.saual("indicators small-study.saual --list --format json").output, in: "indicators")
        let ids = ["contact_share@1", "paid_share@2", "knows_website@1", "trust_mean@1", "income_mean@1", "burden@1"]
        #expect(rows.map { $0["definition"] } == ids)
        let wrong = try folder.saual("indicators small-study.saual --indicator trust_men")
        #expect(wrong.status == 2 && wrong.errors.contains("use \"trust_mean\""))
    }
}
