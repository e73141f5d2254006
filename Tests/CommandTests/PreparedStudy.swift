import Foundation
import SurveyTestSupport

/// Studies that were run once, from which tests take copies.
enum PreparedStudy {
    struct DidNotRun: Error { let errors: String }

    /// A copy of `Datasets/envipe-morelos` after `saual run study.yaml`.
    static func envipe() throws -> TemporaryFolder { try TemporaryFolder(copying: ran.envipe.get()) }

    /// A copy of the synthetic study of the fixtures after `saual run study.yaml`.
    static func small() throws -> TemporaryFolder { try TemporaryFolder(copying: ran.small.get()) }

    /// A copy of the synthetic two-wave study of the fixtures after `saual run study.yaml`.
    static func contacts() throws -> TemporaryFolder { try TemporaryFolder(copying: ranContacts.get()) }

    private static let ranContacts = Result<String, any Error> {
        _ = ran
        return try run(Saual.fixtures + "/contacts-study", as: "contacts")
    }

    /// A copy of `Datasets/culture-and-intolerance` after `saual run study.yaml`, with `Questionnaires` where it expects them.
    static func population() throws -> TemporaryFolder { try TemporaryFolder(copying: ranPopulation.get()) }

    /// The folder of the same run itself, to be read only: it is a large one.
    static func populationRun() throws -> String { try "\(ranPopulation.get())/\(populationFolder)" }

    /// The folder of the population study below the root of a copy.
    static let populationFolder = "Datasets/culture-and-intolerance"

    private static let ranPopulation = Result<String, any Error> {
        _ = ran
        let root = "\(place)/population"
        for part in ["Questionnaires", populationFolder] {
            for file in try sources(of: "\(Saual.root)/\(part)") {
                let target = "\(root)/\(part)/\(file)"
                let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
                try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: "\(Saual.root)/\(part)/\(file)", toPath: target)
            }
        }
        let result = try Saual.run(["run", "study.yaml", "--quiet"], in: "\(root)/\(populationFolder)")
        guard result.status == 0 else { throw DidNotRun(errors: result.errors) }
        return root
    }

    /// The folder of the runs lives beside the test programs; each process of tests begins it anew.
    private static let place = Saual.programs + "/command-tests-\(ProcessInfo.processInfo.processIdentifier)"

    private static let ran: (envipe: Result<String, any Error>, small: Result<String, any Error>) = {
        atexit { try? FileManager.default.removeItem(atPath: PreparedStudy.place) }
        return (
            Result { try run(Saual.root + "/Datasets/envipe-morelos", as: "envipe") },
            Result { try run(Saual.fixtures + "/small-study", as: "small") }
        )
    }()

    private static func run(_ source: String, as name: String) throws -> String {
        let folder = "\(place)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in try sources(of: source) {
            let target = "\(folder)/\(file)"
            let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: target)
        }
        let result = try Saual.run(["run", "study.yaml"], in: folder)
        guard result.status == 0 else { throw DidNotRun(errors: result.errors) }
        return folder
    }

    /// The files of a study without what an earlier run left beside them.
    static func sources(of folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            return !isFolder.boolValue && !name.hasPrefix("results/") && !name.contains(".saual")
                && !name.hasPrefix(".")
        }
    }
}
