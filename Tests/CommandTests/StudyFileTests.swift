import Foundation
import Testing
import SurveyTestSupport

/// Waves in study files: what is refused, and what is left after a kill or Ctrl-C.
struct StudyFileTests {
    private static let importLine =
        "import wave.csv --study small-study.saual --questionnaire questionnaire.yaml"
        + " --strata region --psu psu --weight weight --wave"

    @Test func `a wave that exists is replaced only on demand`() throws {
        let folder = try PreparedStudy.small()
        let before = try folder.bytes(of: "small-study.saual")
        let result = try folder.saual("\(StudyFileTests.importLine) 2026")
        #expect(result.status == 2 && result.output.isEmpty)
        let message = """
            Wave "2026" exists already
              where: small-study.saual
              why:   a stored wave is only replaced on demand
              fix:   add --replace, or choose another name with --wave

            """
        #expect(result.errors == message)
        #expect(try folder.bytes(of: "small-study.saual") == before)
        #expect(try folder.saual("\(StudyFileTests.importLine) 2026 --replace").status == 0)
        #expect(try folder.saual("\(StudyFileTests.importLine) 2027").status == 0)
        let waves = try JSON.rows(folder.saual("verify small-study.saual --format json").output, in: "waves")
        #expect(waves.map { $0["wave"] } == ["2026", "2027"])
    }

    @Test func `a wave that is missing or not named is answered with those that are there`() throws {
        let folder = try PreparedStudy.small()
        try folder.saual("\(StudyFileTests.importLine) 2027")
        let several = try folder.saual("estimate small-study.saual --share sex")
        #expect(several.status == 2)
        #expect(
            several.errors == """
                The study file has several waves
                  where: small-study.saual
                  why:   one wave must be named; the file has 2026, 2027
                  fix:   write small-study.saual:2026

                """)
        let missing = try folder.saual("estimate small-study.saual:2030 --share sex")
        #expect(missing.status == 2)
        #expect(
            missing.errors == """
                Wave "2030" does not exist
                  where: small-study.saual
                  why:   the study file has the waves 2026, 2027
                  fix:   name one of these waves, or import this one

                """)
        #expect(try folder.saual("indicators small-study.saual:2026 --wave 2026").status == 2)
        #expect(try folder.saual("indicators small-study.saual --wave 2030").status == 2)
    }

    @Test(arguments: ["--encoding utf-8", "--delimiter ,", "--decimal ,", "--na 99"])
    func `options of raw files are refused with a study file`(option: String) throws {
        let folder = try PreparedStudy.small()
        let name = option.split(separator: " ")[0]
        let expected = """
            Option "\(name)" does not go with a study file
              why:   a study file is read as it was imported; encoding, delimiter and decimal sign belong to the import
              fix:   drop the option, or import the raw file again with it

            """
        let result = try folder.saual("estimate small-study.saual --share sex \(option)")
        #expect(result.status == 2 && result.errors == expected)
        guard name != "--na" else { return }
        #expect(try folder.saual("describe small-study.saual \(option)").errors == expected)
    }

    @Test func `places that cannot be read or written are exit 3 and leave nothing`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let before = try folder.contents()
        for line in [
            "describe no-such-file.csv", "estimate no-such-file.csv --count", "verify no-such-file.saual",
            "run no-such-file.yaml",
            "import no-such-file.csv --study s.saual --wave 1", "import good.csv --study /proc/s.saual --wave 1",
            "import good.csv --study no-such-folder/s.saual --wave 1", "describe good.csv -o no-such-folder/x.txt",
            "describe good.csv -o small-study", "describe good.csv -o /proc/x.txt",
        ] {
            let result = try folder.saual(line)
            #expect(result.status == 3 && result.output.isEmpty, "\(line): \(result.status)")
            #expect(result.errors.contains("  why:   the system says: "), "\(line)")
        }
        #expect(try folder.contents() == before)
        try FileManager.default.createDirectory(atPath: folder.path + "/folder.csv", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            atPath: folder.path + "/folder.saual", withIntermediateDirectories: true)
        #expect(try folder.saual("describe folder.csv").errors.contains("Is a directory"))
        #expect(try folder.saual("describe folder.saual").status == 3)
    }

    @Test func `a result that does not fit on the disk is no success`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let result = try Saual.bash("saual describe good.csv > /dev/full", in: folder.path)
        #expect(result.status == 3)
        #expect(
            result.errors == """
                Cannot write "/dev/stdout"
                  where: /dev/stdout
                  why:   the system says: No space left on device
                  fix:   check the folder, its permissions and the free space

                """)
    }

    @Test func `commands that need a study say so`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        try folder.saual("import good.csv --study bare.saual --wave 1")
        for line in ["indicators bare.saual", "report bare.saual"] {
            let result = try folder.saual(line)
            #expect(result.status == 2 && result.errors.hasPrefix("The study file has no study\n"), "\(line)")
        }
        for line in [
            "indicators good.csv", "report good.csv", "verify good.csv", "import good.csv --study good.csv --wave 1",
        ] {
            let result = try folder.saual(line)
            #expect(result.status == 2 && result.errors.hasPrefix("\"good.csv\" is not a study file\n"), "\(line)")
        }
        #expect(
            try folder.saual("report bare.saual -o report.pdf").errors.hasPrefix(
                "Reports cannot be written as \".pdf\"\n"))
        let other = try folder.saual("report small-study/study.yaml")
        #expect(other.status == 3 && other.errors.contains("run saual run small-study/study.yaml"), "\(other.errors)")
    }

    @Test func `a wave without a questionnaire can be described and estimated`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        #expect(try folder.saual("import good.csv --study bare.saual --wave 1").status == 0)
        let line = "--share q1 --by sex --where |age >= 30| --strata stratum --psu psu --weight weight --format ndjson"
        let stored = try folder.saual("estimate bare.saual \(line)")
        let raw = try folder.saual("estimate good.csv \(line)")
        #expect(stored.status == 0 && raw.status == 0, "\(stored.errors)\(raw.errors)")
        let numbers = [stored, raw].map { result in
            // Everything but the id, which names the source.
            result.output.split(separator: "\n").map { $0.components(separatedBy: ",\"id\":")[0] }
        }
        #expect(numbers[0] == numbers[1] && !numbers[0].isEmpty)
    }
}
