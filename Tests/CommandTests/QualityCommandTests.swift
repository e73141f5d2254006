import Foundation
import SurveyTestSupport
import Testing

struct QualityCommandTests {
    private static let file = "\(PreparedStudy.populationFolder)/culture-and-intolerance.saual"

    /// Interviews that nobody invented, and six of interviewer b that are one sheet; 30 questions.
    private static let wave: String = {
        var generator = SeededGenerator(seed: 20)
        var text = "who,from,to,disp,place," + (1...30).map { "q\($0)" }.joined(separator: ",") + "\n"
        for row in 0..<60 {
            let isCopy = (20..<26).contains(row)
            let who = ["a", "b", "c"][row / 20]
            let day = 1 + row % 20
            let answers = (0..<30).map { question in
                isCopy && question != row - 20 ? 1 + question % 4 : 1 + generator.below(4)
            }
            text += "\(who),2023-09-\(day < 10 ? "0" : "")\(day)T10:00,"
            text += "2023-09-\(day < 10 ? "0" : "")\(day)T10:\(isCopy ? "05" : "4\(row % 10)"),110,p\(row / 10),"
            text += answers.map(String.init).joined(separator: ",") + "\n"
        }
        for row in 0..<20 {
            text += "\(["a", "b", "c"][row % 3]),,,211,p\(row / 10)" + String(repeating: ",", count: 30) + "\n"
        }
        return text
    }()

    private static let roles = "--interviewer who --start from --end to --outcome disp --skip place"

    @Test(arguments: ["2022", "2023"])
    func `the two interviewers who invent their interviews are named, and no other`(wave: String) throws {
        let folder = try PreparedStudy.population()
        let result = try folder.saual("quality \(QualityCommandTests.file):\(wave) --pairs within --format json")
        #expect(result.status == 1)
        let audit = try JSON.object(result.output)
        #expect(audit["flagged"] as? [String] == ["31-2-i2", "75-1-i1"])
        #expect(audit["saual"] as? String == "quality/1" && audit["synthetic"] as? Bool == true)
        #expect(audit["omission"] as? String == "reweighted")
        let people = try JSON.rows(result.output, in: "interviewers")
        for person in people where person.fields["flagged"] as? Bool == true {
            // make.py: three sheets with two of up to 118 answers changed, in four to seven minutes.
            #expect((person.number("median_match") ?? 0) > 0.9)
            let minutes = try #require(person.number("median_minutes"))
            #expect(minutes >= 4 && minutes <= 7)
            #expect(person.number("suspects") == person.number("interviews"))
        }
        // The times of the wave: lengths drawn about 41 minutes with a deviation of 8.
        let durations = try #require(audit["durations"] as? [String: Any])
        #expect(abs((durations["median"] as? Double ?? 0) - 41) <= 1)
        #expect((durations["overlapping"] as? [Any])?.isEmpty == true)
        let problems = try JSON.lines(result.errors).filter { $0["severity"] == "error" }
        #expect(problems.map { $0["code"] } == ["quality.invented", "quality.invented"])
    }

    @Test func `leaving invented interviews out moves the national figure, by weights that meet the targets again`()
        throws
    {
        let folder = try PreparedStudy.population()
        let result = try folder.saual("quality \(QualityCommandTests.file):2023 --pairs within --format json --quiet")
        let effects = try JSON.rows(result.output, in: "effects")
        let sdg = try #require(effects.first { $0["indicator"] == "sdg_16_5_1" })
        let with = try #require(sdg.fields["with"] as? [String: Any])
        let without = try #require(sdg.fields["without"] as? [String: Any])
        let figures = try [with, without].map { try #require($0["estimate"] as? Double) }
        // Published for 2023: 28.2; the invented interviews have no bribes, so that it is higher without them.
        #expect((figures[0] * 1000).rounded() == 282 && figures[1] > figures[0])
        #expect(abs(try #require(sdg.number("difference")) - (figures[1] - figures[0])) < 1e-15)

        // The same by hand: the outcome of these interviews is made a refusal in the raw file, and the study is run again.
        let audit = try JSON.object(result.output)
        let flagged = Set(try #require(audit["flagged"] as? [String]))
        let study = "\(folder.path)/\(PreparedStudy.populationFolder)"
        let data = URL(fileURLWithPath: "\(study)/data/wave-2023.csv")
        let lines = try String(contentsOf: data, encoding: .utf8).split(separator: "\n").map { line -> String in
            var cells = line.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if flagged.contains(cells[2]), cells[1].hasPrefix("1") { cells[1] = "211" }
            return cells.joined(separator: ",")
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: data)
        // Rows that are no interviews and have answers are findings that the study does not expect.
        #expect(try folder.saual("run \(study)/study.yaml --quiet").status == 1)
        let rows = try JSON.rows(
            folder.saual("indicators \(QualityCommandTests.file) --wave 2023 --format json --quiet").output)
        let whole = rows.filter { $0.by.isEmpty }
        var compared = 0
        for effect in effects {
            let own = try #require(whole.first { $0["indicator"] == effect["indicator"] })
            let side = try #require(effect.fields["without"] as? [String: Any])
            guard let expected = own.number("estimate"), let error = own.number("se"),
                let found = side["estimate"] as? Double
            else { continue }
            #expect(abs(found - expected) <= 1e-9 * max(abs(expected), 1e-3), "\(effect["indicator"] ?? "")")
            #expect(
                abs((side["se"] as? Double ?? .nan) - error) <= 1e-9 * max(error, 1e-3), "\(effect["indicator"] ?? "")")
            compared += 1
        }
        #expect(compared > 80)
    }

    @Test func `codes of interviewers are printed in every language, private answers and keys in none`() throws {
        let folder = try PreparedStudy.population()
        for (language, word) in [("en", "FLAGGED"), ("ru", "ОТМЕЧЕН"), ("kk", "БЕЛГІЛЕНДІ")] {
            let result = try folder.saual(
                "quality \(QualityCommandTests.file):2023 --pairs within --language \(language)")
            #expect(result.output.contains("31-2-i2") && result.output.contains(word))
            #expect(result.output.contains("sdg_16_5_1"))
            for secret in ["2023000", "+7 700", "2023-09-01T"] {
                #expect(
                    !result.output.contains(secret)
                        && !result.errors.replacing("2023-09-01T09:42", with: "").contains(secret))
            }
        }
        let csv = try folder.saual("quality \(QualityCommandTests.file):2023 --pairs within --format csv").output
        // 37 strata of three interviewers.
        #expect(csv.split(separator: "\n").count == 1 + 111)
        let hidden = try folder.saual("quality \(QualityCommandTests.file):2023 --interviewer phone")
        #expect(hidden.status == 5 && hidden.output.isEmpty)
    }

    @Test func `a run tells of flagged interviewers and stays done`() throws {
        let folder = try PreparedStudy.population()
        let report = try folder.saual("report \(QualityCommandTests.file) --format json -o r.json")
        #expect(report.status == 0)
        let told = try JSON.lines(report.errors).filter { $0["code"] == "command.flagged-interviewers" }
        #expect(told.count == 2 && told.allSatisfy { $0["severity"] == "caution" })
        #expect(told.first?["what"] == "The field audit of wave \"2022\" flags interviewers: 2")
    }

    @Test func `a data file is audited by the columns that are named`() throws {
        let folder = try TemporaryFolder()
        try folder.write(QualityCommandTests.wave, to: "wave.csv")
        let result = try folder.saual("quality wave.csv \(QualityCommandTests.roles) --format json")
        #expect(result.status == 1, "\(result.errors)")
        let audit = try JSON.object(result.output)
        #expect(audit["flagged"] as? [String] == ["b"] && audit["n"] as? Int == 60 && audit["rows"] as? Int == 80)
        #expect(audit["pairs"] as? String == "all" && audit["compared_columns"] as? Int == 30)
        // By hand: 60 interviews, 20 refusals.
        #expect((audit["rates"] as? [String: Any])?["RR1"] as? Double == 0.75)
        let problem = try #require(try JSON.lines(result.errors).first)
        #expect(problem["code"] == "quality.invented")
        #expect(problem.fields["rows"] as? [Int] == [21, 22, 23, 24, 25, 26])

        let whole = try folder.saual("quality wave.csv --skip who,from,to,disp,place --format json")
        #expect(try JSON.object(whole.output)["flagged"] as? [String] == [])
        #expect(try JSON.object(whole.output)["n"] as? Int == 80)
    }

    @Test(arguments: [
        ("none.csv \(roles)", 3, "problems.unreadable-file"),
        ("wave.csv --interviewer nobody", 2, "data.unknown-column"),
        ("wave.csv --interviewer who --start from", 2, "command.one-time-only"),
        ("wave.csv --interviewer who --match 0.3", 2, "command.wrong-match"),
        ("wave.csv --interviewer who --match many", 2, "command.not-a-number"),
        ("wave.csv --interviewer who --start from --end to --min-minutes -1", 2, "command.wrong-minutes"),
        ("wave.csv --interviewer who --min-minutes 10", 2, "command.one-time-only"),
        ("wave.csv --pairs within", 2, "command.pairs-within-nobody"),
        ("wave.csv --pairs some", 2, "command.unknown-choice"),
        ("wave.csv --outcome place", 4, "quality.no-interviews"),
        ("wave.csv --outcome mixed", 3, "quality.no-aapor"),
        ("wave.csv --interviewer who,place", 2, "command.one-name-only"),
        ("empty.csv", 3, "formats.empty-file"), ("postgresql://x", 2, "command.no-engine"),
        ("wave.csv --format html", 2, "command.unknown-choice"), ("none.saual:2023", 3, "problems.unreadable-file"),
    ])
    func `bad input is refused with a reason`(arguments: String, status: Int32, code: String) throws {
        let folder = try TemporaryFolder()
        let lines = QualityCommandTests.wave.split(separator: "\n")
        let mixed = lines.enumerated().map { $1 + ($0 == 0 ? ",mixed" : $0 == 1 ? ",110" : ",done") }
        try folder.write(mixed.joined(separator: "\n") + "\n", to: "wave.csv")
        try folder.write("", to: "empty.csv")
        let result = try folder.saual("quality \(arguments)\(arguments.contains("--format") ? "" : " --format json")")
        #expect(result.status == status && result.output.isEmpty, "\(arguments): \(result.status) \(result.errors)")
        #expect(
            result.errors.contains(arguments.contains("html") ? "--format" : code), "\(arguments): \(result.errors)")
    }

    @Test func `options of data files do not go with a study file`() throws {
        let folder = try PreparedStudy.small()
        let file = try #require(try folder.contents().keys.first { $0.hasSuffix(".saual") })
        for option in ["--psu village", "--strata region", "--skip age", "--delimiter ;"] {
            let result = try folder.saual("quality \(file) \(option) --format json")
            #expect(result.status == 2 && result.errors.contains("command.not-for-study-files"), "\(option)")
        }
    }
}
