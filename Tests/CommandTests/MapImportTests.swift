import Foundation
import SurveyTestSupport
import Testing

/// Files whose columns are questions under other names, and what an import tells of what it found.
struct MapImportTests {
    private static func questionnaire(_ version: String, trust: String, more: String = "") -> String {
        """
        saual: questionnaire/1
        id: q
        version: "\(version)"
        title: {en: "Q", kk: "С"}
        languages: [en, kk]
        key: id
        missing: {98: {kind: dont-know, label: {en: "Don't know", kk: "Білмеймін"}}}
        questions:
          - {id: id, text: {en: "Number", kk: "Нөмір"}, type: text}
          - id: \(trust)
            text: {en: "Trust", kk: "Сенім"}
            type: single
            answers: {1: {en: "Yes", kk: "Иә"}, 2: {en: "No", kk: "Жоқ"}}
            missing: [98]
          - {id: age, text: {en: "Age", kk: "Жас"}, type: number}
          - {id: born, text: {en: "Born", kk: "Туған"}, type: date}
        \(more)
        """
    }

    private static let map = """
        saual: map/1
        columns:
          nr: id
          V1: {question: trust, labels: true, codes: {Да: 1}}
          Alter: age
        ignore: [start]

        """

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(questionnaire("1", trust: "trust"), to: "q.yaml")
        try folder.write(map, to: "map.yaml")
        try folder.write(
            "nr,V1,Alter,start,extra\na,Да,18,x,1\nb,Жоқ,40,x,1\nc,Don't know,41,x,1\nd,Maybe,42,x,1\n", to: "w.csv")
        return folder
    }

    private static let call = "--study s.saual --wave 1 --questionnaire q.yaml --map map.yaml"

    @Test func `an import tells what matched and how, what is new or missing, and codes nobody knows`() throws {
        let folder = try Self.folder()
        let result = try folder.saual("import w.csv \(Self.call) --format json")
        #expect(result.status == 1)
        let matching = try #require(JSON.object(result.output)["matching"] as? [String: Any])
        let matched = (matching["matched"] as? [[String: Any]] ?? []).map {
            "\($0["question"] ?? "") \($0["columns"] ?? "") \($0["by"] ?? "")"
        }
        #expect(matched == ["id [\"nr\"] map", "trust [\"V1\"] map", "age [\"Alter\"] map"])
        #expect(matching["new"] as? [String] == ["extra"] && matching["ignored"] as? [String] == ["start"])
        let missing = matching["missing"] as? [[String: Any]]
        #expect(missing?.compactMap { $0["question"] as? String } == ["born"])
        let unknown = try #require((matching["unknown_codes"] as? [[String: Any]])?.first)
        #expect(unknown["column"] as? String == "V1" && unknown["code"] as? String == "Maybe")
        #expect(unknown["question"] as? String == "trust" && unknown["n"] as? Int == 1)
        let text = try folder.saual("import w.csv \(Self.call) --replace").output
        #expect(
            text.contains(
                "Questions: 0 by name, 3 by map, 0 by set, 0 by path or label, 1 without a column; 1 new columns"))
        let codebook = try folder.saual("describe s.saual --variables trust").output
        #expect(codebook.contains("1 Yes: 1; 2 No: 1") && codebook.contains("unreadable 1, dont-know 1"))
        let piped = try folder.saual("import - \(Self.call) --replace --format json", input: folder.bytes(of: "w.csv"))
        #expect(try JSON.object(piped.output)["matching"] != nil)
    }

    @Test func `a wrong map stops the import with everything wrong, and stores nothing`() throws {
        let folder = try Self.folder()
        try folder.write("saual: map/1\ncolumns: {nr: idd, V1: {question: trust, codes: {Да: 7}}}\n", to: "map.yaml")
        let result = try folder.saual("import w.csv \(Self.call) --format json")
        #expect(result.status == 3 && result.output.isEmpty && !folder.has("s.saual"))
        #expect(
            try JSON.lines(result.errors).map { $0["code"] } == [
                "import.map-unknown-question", "import.map-unknown-code",
            ])
        try folder.write("saual: map/1\ncolumns: {nrr: id, V2: trust}\n", to: "map.yaml")
        let columns = try folder.saual("import w.csv \(Self.call)")
        #expect(columns.status == 3 && !folder.has("s.saual"))
        #expect(
            columns.errors.contains("\"nrr\" is not in the file")
                && columns.errors.contains("\"V2\" is not in the file"))
        #expect(columns.errors.contains("map.yaml:2:11"))
        let bare = try folder.saual("import w.csv --study s.saual --wave 1 --map map.yaml")
        #expect(bare.status == 2 && bare.errors.contains("--map needs --questionnaire"))
    }

    @Test func `the same wave in every format gives the same study, by map and by version`() throws {
        let folder = try TemporaryFolder()
        // The newer version renames the question and swaps its codes.
        let versions = "versions: [{version: \"1\", renamed: {confidence: trust}, recoded: {confidence: {1: 2, 2: 1}}}]"
        try folder.write(Self.questionnaire("1", trust: "trust"), to: "old.yaml")
        try folder.write(Self.questionnaire("2", trust: "confidence", more: versions), to: "new.yaml")
        try folder.write("id,confidence,age,born\nz,1,30,2000-01-01\n", to: "new.csv")
        try folder.write(
            "saual: map/1\ncolumns: {nr: id, V1: trust, V2: age, V3: born}\n", to: "map.yaml")
        try folder.write(
            "nr,V1,V2,V3\na,1,18,1990-05-01\nb,2,40.5,1960-12-31\nc,98,,\nd,1,61,2001-01-01\n", to: "w.csv")
        var seen: Set<String> = []
        for ending in ["csv", "tsv", "sav", "zsav", "dta", "xlsx"] {
            if ending != "csv" { #expect(try folder.saual("convert w.csv w.\(ending)").status == 0) }
            let study = "\(ending).saual"
            let old = try folder.saual(
                "import w.\(ending) --study \(study) --wave old --questionnaire old.yaml --map map.yaml")
            #expect(old.status == 0, "\(ending): \(old.errors)")
            #expect(try folder.saual("import new.csv --study \(study) --wave new --questionnaire new.yaml").status == 0)
            let asAsked = try folder.saual("describe \(study):old --as-asked --format json").output
            let inNewTerms = try folder.saual("describe \(study):old --format json").output
            #expect(asAsked.contains("\"name\":\"trust\"") && inNewTerms.contains("\"name\":\"confidence\""))
            #expect(try folder.saual("convert \(study):old rows.csv --force").status == 0)
            let rows = try folder.text(of: "rows.csv")
            #expect(
                rows == "id,confidence,age,born\na,2,18,1990-05-01\nb,1,40.5,1960-12-31\nc,98,,\nd,2,61,2001-01-01\n")
            seen.insert(asAsked + inNewTerms + rows)
        }
        #expect(seen.count == 1)
    }

    @Test func `--dry-run with a map says what would be read and leaves nothing`() throws {
        let folder = try Self.folder()
        let result = try folder.saual("import w.csv \(Self.call) --dry-run")
        #expect(result.status == 0 && result.output.contains("read: map.yaml") && !folder.has("s.saual"))
    }

    @Test func `words of joined answers that nobody knows stand among the unknown codes`() throws {
        let folder = try TemporaryFolder()
        let offices = """
              - id: met
                text: {en: "Whom did you meet?", kk: "Кімге жүгіндіңіз?"}
                type: multiple
                answers: {1: {en: road police, kk: жол полициясы}, 2: {en: tax office, kk: салық басқармасы}}
            """
        try folder.write(Self.questionnaire("1", trust: "trust", more: offices), to: "q.yaml")
        try folder.write(
            "saual: map/1\ncolumns: {nr: id, V: {question: met, labels: true, separator: \" / \"}}\n", to: "map.yaml")
        try folder.write(
            "nr,V,trust,age,born\na,жол полициясы / tax office,1,30,\nb,tax office / mayor,1,30,\nc,mayor,1,30,\n",
            to: "w.csv")
        let result = try folder.saual("import w.csv \(Self.call) --format json")
        let matching = try #require(JSON.object(result.output)["matching"] as? [String: Any])
        let unknown = try #require((matching["unknown_codes"] as? [[String: Any]])?.first)
        #expect(unknown["column"] as? String == "V" && unknown["code"] as? String == "mayor")
        #expect(unknown["question"] as? String == "met" && unknown["n"] as? Int == 2 && result.status == 1)
        let codebook = try folder.saual("describe s.saual --variables met").output
        #expect(codebook.contains("unreadable 1") && codebook.contains("1: 2"), "\(codebook)")
    }
}
