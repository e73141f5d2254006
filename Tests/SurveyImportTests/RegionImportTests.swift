import Foundation
import SurveyImport
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// Cells of regions looked up in the tables of `Questionnaires/geography`.
struct RegionImportTests {
    /// The folder of the tables, from the place of this file.
    static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Questionnaires/geography"

    static let answers =
        ["10", "11", "15", "19", "23", "33", "35", "39", "43", "59", "61", "62", "63", "71", "75", "79"]

    private static func questionnaire(_ codes: [String], keys: String) throws -> Questionnaire {
        let answers = codes.map { "\"\($0)\": R\($0)" }.joined(separator: ", ")
        return try Questionnaire(
            yaml: """
                questions:
                  - id: region
                    text: R
                    type: region
                    answers: {\(answers)}
                    missing: {99: {kind: refused}}
                    aliases: aliases.csv
                \(keys.split(separator: "\n").map { "    \($0)\n" }.joined())\
                  - {id: district, text: D, type: text, missing: {x: {kind: refused}}}
                """)
    }

    /// Imports cells (`text` or `text;district`) and gives the regions read and what was found.
    private static func read(
        _ cells: [String], on days: (String, String)?, codes: [String] = answers, keys: String = ""
    ) throws -> (regions: [String], findings: [String]) {
        let questionnaire = try questionnaire(codes, keys: keys)
        let fieldwork = try days.map { start, end in
            (start: try #require(CalendarDate(iso: start)), end: try #require(CalendarDate(iso: end)))
        }
        let lookups = try RegionLookup.read(for: questionnaire, folder: folder, file: "q.yaml", fieldwork: fieldwork)
            .get()
        let rows = cells.map { $0.contains(";") ? $0 : $0 + ";" }
        let text = "region;district\n" + rows.joined(separator: "\n") + "\n"
        let result = try ImportCase(text) { try ImportPlan(questionnaire, columns: $0, regions: lookups) }
        return (try result.shown("region"), result.findings)
    }

    static let after = ("2023-09-01", "2023-09-30")
    static let before = ("2021-05-01", "2021-05-30")
    static let districts = "district: district\ndistrict moves: district-moves.csv"

    @Test func `names in three languages, old and new spellings, and codes of the answer list are one region`() throws {
        let found = try RegionImportTests.read(
            [
                "Акмолинская область", "ақмола облысы", "AKMOLA REGION", "11", "г.Нур-Султан", "г_Астана",
                " город  Астана ",
                "Жетысу", "Жетісу облысы", "Восточно-Казахст. область", "99", "",
            ], on: RegionImportTests.after)
        #expect(
            found.regions == [
                "11", "11", "11", "11", "71", "71", "71", "33", "33", "63", "<refused>", "<no-answer>",
            ])
        // Nur-Sultan is out of date in 2023.
        #expect(found.findings == ["import.region-outside-dates region 5"])
    }

    @Test func `the same name is one region after the day of the division and two before it`() throws {
        for (name, code) in [("Алматинская область", "19"), ("Карагандинская область", "35")] {
            let after = try RegionImportTests.read([name], on: ("2022-06-08", "2022-06-08"))
            #expect(after.regions == [code] && after.findings.isEmpty)
            let before = try RegionImportTests.read([name], on: ("2022-06-07", "2022-06-07"))
            #expect(before.regions == ["<unreadable>"] && before.findings == ["import.divided-region region 1"])
            // Fieldwork across the day, and no day at all, decide nothing.
            let across = try RegionImportTests.read([name], on: ("2022-06-01", "2022-06-20"))
            #expect(across.findings == ["import.region-needs-date region 1"])
            let never = try RegionImportTests.read([name], on: nil)
            #expect(never.regions == ["<unreadable>"] && never.findings == ["import.region-needs-date region 1"])
        }
        // A region whose borders never changed needs no day.
        #expect(try RegionImportTests.read(["Атырауская область"], on: nil).regions == ["23"])
    }

    @Test func `a divided region is decided by code or name of the district`() throws {
        let found = try RegionImportTests.read(
            [
                "ВКО;6328", "ВКО;632810000", "ВКО;Семей қаласы", "ВКО;Семей", "ВКО;6310", "ВКО;г. Курчатов",
                "Алматинская область;1910", "Алматинская область;1916", "Алматинская область;Капшагай",
                "Карагандинская область;3518", "Карагандинская область;3510",
            ], on: RegionImportTests.before, keys: RegionImportTests.districts)
        #expect(found.regions == ["10", "10", "10", "10", "63", "10", "33", "19", "19", "62", "35"])
        #expect(found.findings.isEmpty)
    }

    @Test func `1910 is Taldykorgan before the reform and Konaev after it`() throws {
        // The name of the old South Kazakhstan is out of date in 2023 and still divided; Almaty Region is one again.
        let old = try RegionImportTests.read(
            ["Алматинская область;1910"], on: ("2022-06-07", "2022-06-07"), keys: RegionImportTests.districts)
        #expect(old.regions == ["33"])
        let new = try RegionImportTests.read(
            ["Алматинская область;1910", "ЮКО;5110", "ЮКО;6110"], on: RegionImportTests.after,
            keys: RegionImportTests.districts)
        #expect(new.regions == ["19", "79", "61"])
        #expect(new.findings == ["import.region-outside-dates region 2", "import.region-outside-dates region 3"])
    }

    @Test func `districts that were divided themselves, unknown and missing ones decide nothing`() throws {
        let found = try RegionImportTests.read(
            ["ВКО;6350", "ВКО;6358", "ВКО;Кокпектинский район", "ВКО;Nowhere", "ВКО;x", "ВКО;", "ВКО;5110"],
            on: RegionImportTests.before, keys: RegionImportTests.districts)
        #expect(Set(found.regions) == ["<unreadable>"])
        #expect(
            found.findings == [
                "import.district-undecided region 1", "import.district-undecided region 2",
                "import.district-undecided region 3", "import.district-undecided region 4",
                "import.divided-region region 5,6", "import.district-undecided region 7",
            ])
    }

    @Test func `an answer for the old borders takes what no district decides, and the parts of later waves`() throws {
        let codes = ["19+33", "63+10", "11", "63", "10"]
        let old = try RegionImportTests.read(
            ["Алматинская область", "ВКО;6328", "ВКО"], on: RegionImportTests.before, codes: codes,
            keys: RegionImportTests.districts)
        #expect(old.regions == ["19+33", "10", "63+10"] && old.findings.isEmpty)
        let new = try RegionImportTests.read(
            ["Жетісу облысы", "область Абай"], on: RegionImportTests.after, codes: codes)
        #expect(new.regions == ["19+33", "10"] && new.findings.isEmpty)
        let none = try RegionImportTests.read(["город Алматы"], on: RegionImportTests.after, codes: codes)
        #expect(none.findings == ["import.region-not-listed region 1"])
    }

    @Test func `a bare name that means two regions names its candidates`() throws {
        let questionnaire = try RegionImportTests.questionnaire(RegionImportTests.answers, keys: "")
        let day = try #require(CalendarDate(iso: "2023-09-01"))
        let lookups = try RegionLookup.read(
            for: questionnaire, folder: RegionImportTests.folder, file: "q.yaml", fieldwork: (day, day)
        ).get()
        let result = try ImportCase("region,district\nАлматы,\nАлматы,\nSKO,\n") {
            try ImportPlan(questionnaire, columns: $0, regions: lookups)
        }
        #expect(result.findings == ["import.ambiguous-region region 1,2", "import.ambiguous-region region 3"])
        #expect(
            result.report.findings.map(\.why.description) == [
                "the name alone does not decide between 19, 75; the cell counts as unreadable",
                "the name alone does not decide between 59, 61, 79; the cell counts as unreadable",
            ])
        #expect(result.report.findingCounts.map(\.count) == [3])
    }

    @Test func `letters of another alphabet are read and reported`() throws {
        // Latin a, o and c in Cyrillic words; Latin i for the Cyrillic one; all of BKO Latin.
        let found = try RegionImportTests.read(
            ["г\u{2E} A\u{441}тaна", "Жет\u{69}су", "Акмолинcкая область", "Atlantis"], on: RegionImportTests.after)
        #expect(found.regions == ["71", "33", "11", "<unreadable>"])
        #expect(
            found.findings == [
                "import.region-look-alike region 1", "import.region-look-alike region 2",
                "import.region-look-alike region 3", "import.unknown-region region 4",
            ])
    }

    @Test func `codes are read by the declared system alone`() throws {
        // Plates: 10 is Kostanay, 11 Kyzylorda, 19 Zhetisu, 15 North Kazakhstan.
        let plates = try RegionImportTests.read(
            ["10", "11", "19", "15", "63"], on: RegionImportTests.after, keys: "code system: vehicle-plate")
        #expect(plates.regions == ["39", "43", "33", "59", "63"] && plates.findings.isEmpty)
        let kato = try RegionImportTests.read(
            ["10", "19", "63"], on: RegionImportTests.after, keys: "code system: kato-2")
        #expect(kato.regions == ["10", "19", "63"] && kato.findings.isEmpty)
        // Before the reform the same digits covered two of today's regions.
        let old = try RegionImportTests.read(
            ["19;1910", "19", "11", "10"], on: RegionImportTests.before,
            keys: "code system: kato-2\n" + RegionImportTests.districts)
        #expect(old.regions == ["33", "<unreadable>", "11", "10"])
        #expect(old.findings == ["import.divided-region region 2", "import.region-outside-dates region 4"])
        let undeclared = try RegionImportTests.read(["KZ-AKM", "110000000", "05"], on: RegionImportTests.after)
        #expect(Set(undeclared.regions) == ["<unreadable>"])
        #expect(
            undeclared.findings == [
                "import.undeclared-region-code region 1", "import.undeclared-region-code region 2",
                "import.undeclared-region-code region 3",
            ])
        // In November 2022 both codes hold; a declared code after its time is read with a caution.
        let iso = try RegionImportTests.read(
            ["KZ-AKM", "KZ-11"], on: ("2022-11-05", "2022-11-20"), keys: "code system: iso-3166-2")
        #expect(iso.regions == ["11", "11"] && iso.findings.isEmpty)
        let late = try RegionImportTests.read(["KZ-AKM"], on: RegionImportTests.after, keys: "code system: iso-3166-2")
        #expect(late.regions == ["11"] && late.findings == ["import.region-outside-dates region 1"])
    }

    @Test func `thin evidence is said`() throws {
        let found = try RegionImportTests.read(
            ["ЮКО;5148", "KZ-ABA"], on: ("2017-01-01", "2017-01-31"), keys: RegionImportTests.districts)
        #expect(found.regions == ["61", "10"])
        #expect(
            found.findings == [
                "import.uncertain-region region 1", "import.region-outside-dates region 2",
                "import.uncertain-region region 2",
            ])
    }

    @Test func `a row whose stratum is a name stays, one whose stratum cannot be told is set aside with both reasons`()
        throws
    {
        let questionnaire = try RegionImportTests.questionnaire(RegionImportTests.answers, keys: "")
        let day = try #require(CalendarDate(iso: "2023-09-01"))
        let lookups = try RegionLookup.read(
            for: questionnaire, folder: RegionImportTests.folder, file: "q.yaml", fieldwork: (day, day)
        ).get()
        let options = ImportOptions(design: ImportOptions.DesignColumns(strata: ["region"]))
        let result = try ImportCase("region,district\nАстана,\nАлматы,\n71,\n", options: options) {
            try ImportPlan(questionnaire, columns: $0, regions: lookups)
        }
        #expect(try result.shown("region") == ["71", "71"])
        #expect(result.findings == ["import.ambiguous-region region 2", "import.no-stratum region 2"])
        #expect(result.quarantined.map(\.row) == [2])
    }

    @Test func `every alias of the table is read at a day inside its dates, as its relation says`() throws {
        let table = try String(contentsOfFile: RegionImportTests.folder + "/aliases.csv", encoding: .utf8)
        let lines = table.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false).map(String.init)
        }
        let codes = Set(lines.map { $0[3] }).sorted()
        #expect(codes.count == 20)
        // One import a day and relation: findings then come from nothing else.
        let groups = Dictionary(grouping: lines.filter { $0[2] == "name" }) { cells in
            [!cells[4].isEmpty ? cells[4] : !cells[5].isEmpty ? cells[5] : "2023-01-01", cells[6]]
        }
        for (group, lines) in groups {
            let found = try RegionImportTests.read(lines.map { $0[0] }, on: (group[0], group[0]), codes: codes)
            let kinds = Set(found.findings.map { String($0.prefix { $0 != " " }) })
            if group[1] == "same" {
                #expect(found.regions == lines.map { $0[3] }, "\(group)")
                #expect(kinds.isSubset(of: ["import.uncertain-region"]), "\(group)")
            } else {
                #expect(Set(found.regions) == ["<unreadable>"], "\(group)")
                let expected = group[1] == "split" ? "import.divided-region" : "import.ambiguous-region"
                #expect(kinds.subtracting(["import.more-findings"]) == [expected], "\(group)")
            }
        }
        #expect(groups.values.map(\.count).reduce(0, +) == 287)
    }

    @Test func `a table that is wrong is refused with the row of each mistake and the place in the questionnaire`()
        throws
    {
        let folder = try TemporaryFolder()
        try folder.write(
            "alias,system,kato,valid_from,valid_to,relation\nA,name,1,,,sam\nB,name,1,2022-13-01,,same\nC,,1,,,same\n",
            to: "aliases.csv")
        try folder.write("old_kato4,new_kato4,name_ru,name_kk\n", to: "moves.csv")
        let questionnaire = try RegionImportTests.questionnaire(
            ["1"], keys: "district: district\ndistrict moves: moves.csv")
        let problems = RegionLookup.read(for: questionnaire, folder: folder.path, file: "q.yaml", fieldwork: nil)
            .problems
        #expect(
            problems.map(\.code) == [
                "import.wrong-region-cell", "import.wrong-region-cell", "import.wrong-region-cell",
                "import.region-columns",
            ])
        #expect(problems.prefix(3).map(\.place.rows) == [[1], [2], [3]])
        #expect(problems.prefix(3).map(\.place.column) == ["relation", "valid_from", "system"])
        let other = try RegionImportTests.questionnaire(["11"], keys: "code system: kato2")
        let system = RegionLookup.read(for: other, folder: RegionImportTests.folder, file: "q.yaml", fieldwork: nil)
        #expect(system.problems.map(\.code) == ["import.unknown-code-system"])
        #expect(system.problems.first?.place.line == 13 && system.problems.first?.place.position == 18)
        #expect(system.problems.first?.fix.description == "write kato-2")
    }

    @Test func `a plan without the tables is refused`() throws {
        let questionnaire = try RegionImportTests.questionnaire(["11"], keys: "")
        let problem = #expect(throws: Problem.self) { try ImportPlan(questionnaire, columns: ["region", "district"]) }
        #expect(problem?.code == "import.regions-not-read")
    }
}
