import Foundation
import Testing
import SurveyTestSupport

/// `saual verify --with r`: R's package survey computes every figure of a study again.
///
/// The tests that run R are left out where it is not installed.
struct VerifyWithRTests {
    /// True where Rscript finds the package survey.
    static let hasR: Bool = {
        let call = "Rscript --vanilla -e 'quit(status = !requireNamespace(\"survey\", quietly = TRUE))'"
        return (try? Saual.bash(call, in: "/tmp").status) == 0
    }()

    @Test(.enabled(if: hasR)) func `R gives every figure of the synthetic study, the withheld ones too`() throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("verify study.yaml --with r --format json")
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        let json = try JSON.object(result.output)
        #expect(json["saual"] as? String == "verify-r/1" && json["equal"] as? Bool == true)
        #expect(json["compared"] as? Int == 31 && json["only_in_r"] as? Int == 0)
        #expect(try #require(json["withheld"] as? Int) > 10)
        let largest = try #require(json["largest"] as? [String: Double])
        #expect(Set(largest.keys) == ["estimate", "se", "ci_low", "ci_high", "df", "n", "n_base"])
        #expect(largest.values.allSatisfy { $0 < 1e-11 }, "\(largest)")
    }

    @Test(.enabled(if: hasR)) func `R gives every figure of five waves of ENVIPE`() throws {
        let folder = try PreparedStudy.envipe()
        let result = try folder.saual("verify envipe-morelos.saual --with r --format json")
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        let json = try JSON.object(result.output)
        #expect(json["equal"] as? Bool == true)
        #expect(try #require(json["compared"] as? Int) >= 420)
    }

    @Test(.enabled(if: hasR))
    func `R gives families, bounds, composites, scores and changes in the same sampling units`() throws {
        let folder = try PreparedStudy.contacts()
        let result = try folder.saual("verify study.yaml --with r --format json")
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        let json = try JSON.object(result.output)
        #expect(json["equal"] as? Bool == true)
        #expect(try #require(json["compared"] as? Int) >= 250)
        #expect((json["largest"] as? [String: Any])?["p"] != nil)
    }

    @Test(.enabled(if: hasR)) func `R makes the weights of a study again from its totals`() throws {
        let folder = try WeightTests().study()
        #expect(try folder.saual("run study.yaml").status == 0)
        let result = try folder.saual("verify study.yaml --with r --keep kept --format json")
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        #expect(try JSON.object(result.output)["equal"] as? Bool == true)
        let script = try folder.text(of: "kept/verify.R")
        #expect(script.contains("totals = list(") && script.contains("is_chain = TRUE"))
        #expect(script.contains("complete = among(\"outcome\", c(\"110\", \"120\"))"))
    }

    @Test(.enabled(if: hasR)) func `a private column that figures use is not kept in a folder`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.replace("id: psu\n", with: "id: psu\n    private: true\n", in: "questionnaire.yaml")
        #expect(try folder.saual("run study.yaml").status == 0)
        #expect(try folder.saual("verify study.yaml --with r").status == 0)
        let kept = try folder.saual("verify study.yaml --with r --keep kept")
        #expect(kept.status == 5 && !folder.has("kept"))
    }

    /// An Rscript that changes one weight of the answers before R reads them.
    private static let meddler = """
        #!/bin/sh
        sed -i '2s/^\\([^,]*,,[^,]*,,\\)\\([^,]*\\),/\\19\\2,/' "$3/wave-1.csv"
        exec /usr/bin/Rscript "$@"
        """

    @Test(.enabled(if: hasR && FileManager.default.isExecutableFile(atPath: "/usr/bin/Rscript")))
    func `a wrong number is found out, and a withheld one is not printed`() throws {
        let folder = try PreparedStudy.small()
        try folder.write(VerifyWithRTests.meddler, to: "meddler")
        // Copied by another process: a program that this one still holds open to write cannot be started.
        _ = try Saual.bash("install -D meddler programs/Rscript", in: folder.path)
        let environment = ["PATH": "\(folder.path)/programs:/usr/bin:/bin"]
        let all = try JSON.rows(folder.saual("indicators small-study.saual --internal --format json").output)
        let result = try folder.saual("verify small-study.saual --with r --format json", environment: environment)
        #expect(result.status == 1, "\(result.errors)")
        let json = try JSON.object(result.output)
        #expect(json["equal"] as? Bool == false)
        let differences = try #require(json["differences"] as? [[String: Any]]).map(Row.init)
        let withheld = differences.filter { $0.fields["withheld"] as? Bool == true }
        #expect(!withheld.isEmpty && withheld.count < differences.count)
        #expect(withheld.allSatisfy { $0.fields["saual"] == nil && $0.fields["r"] == nil })
        for difference in differences where difference.fields["withheld"] == nil {
            let row = try #require(all.first { $0["id"] == difference["id"] })
            let field = try #require(difference["field"])
            #expect(difference.number("saual") == row.number(field))
        }
        let table = try folder.saual("verify small-study.saual --with r", environment: environment)
        #expect(table.status == 1 && table.output.contains("Some figures differ.") && table.output.contains("…"))
        for row in withheld {
            let hidden = try #require(all.first { $0["id"] == row["id"] }?.number("estimate"))
            #expect(hidden == 0 || hidden == 1 || !table.output.contains(String(hidden).prefix(8)))
        }
    }

    @Test(.enabled(if: hasR)) func `the kept script runs by itself, in a folder that nobody else may enter`() throws {
        let folder = try PreparedStudy.small()
        // The private questions of the fixture are in no figure, so nothing private is kept.
        let result = try folder.saual("verify small-study.saual --with r --keep kept -o script.R")
        #expect(result.status == 0, "\(result.errors)")
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/kept")[.posixPermissions] as? Int
        #expect(mode == 0o700)
        #expect(try folder.text(of: "kept/verify.R") == folder.text(of: "script.R"))
        let first = try folder.text(of: "kept/figures.csv")
        try folder.remove("kept/figures.csv")
        #expect(try Saual.bash("Rscript kept/verify.R", in: folder.path).status == 0)
        #expect(try folder.text(of: "kept/figures.csv") == first)
        #expect(try folder.saual("verify small-study.saual --with r --keep kept").status == 2)
        #expect(try folder.saual("verify small-study.saual --with r -o script.R").status == 2)
    }

    @Test(.enabled(if: hasR)) func `answers and script are gone when the work is done`() throws {
        let folder = try PreparedStudy.small()
        _ = try Saual.bash("mkdir place", in: folder.path)
        let environment = ["TMPDIR": folder.path + "/place"]
        #expect(try folder.saual("verify small-study.saual --with r", environment: environment).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/place").isEmpty)
    }

    @Test func `without R the problem names the packages to install`() throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("verify small-study.saual --with r", environment: ["PATH": "/nonexistent"])
        #expect(result.status == 3 && result.output.isEmpty)
        #expect(result.errors.contains("apt-get install r-base-core r-cran-survey"))
    }

    @Test func `R without the package survey is told apart from no R`() throws {
        let folder = try PreparedStudy.small()
        _ = try Saual.bash("mkdir programs", in: folder.path)
        try folder.write("#!/bin/sh\nexit 10\n", to: "programs/Rscript")
        _ = try Saual.bash("chmod +x programs/Rscript", in: folder.path)
        let environment = ["PATH": "\(folder.path)/programs:/usr/bin:/bin"]
        let missing = try folder.saual("verify small-study.saual --with r", environment: environment)
        #expect(missing.status == 3 && missing.errors.contains("apt-get install r-cran-survey"))
        try folder.write("#!/bin/sh\necho 'Error: no memory' >&2; exit 1\n", to: "programs/Rscript")
        let failed = try folder.saual("verify small-study.saual --with r", environment: environment)
        #expect(failed.status == 4 && failed.errors.contains("Error: no memory"))
    }

    @Test(arguments: ["--output x.R", "--keep x"])
    func `options of the check by R are refused without it`(option: String) throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("verify small-study.saual \(option)")
        #expect(result.status == 2 && result.errors.contains("--with r"))
    }
}
