internal import Glibc
internal import SurveyFormats
internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyYAML

/// The map of a wave's columns, and the hash of its file.
struct WaveMap: Sendable {
    let map: ColumnMap
    let sha256: String
}

extension StudySpecification {
    /// Reads the maps of the waves, each for the questionnaire of its wave, and holds them against the columns of the data.
    ///
    /// A file that is not there was reported already. Each problem stands at its place in the map, with the line of
    /// study.yaml that names the map as its detail.
    func maps(
        for questionnaires: [String: Questionnaire], in folder: String, _ document: YAMLDocument,
        into problems: inout [Problem]
    ) -> [String: WaveMap] {
        var maps: [String: WaveMap] = [:]
        var seen: [Problem] = []
        let nodes = document.root["waves"].map { $0.list ?? [$0] } ?? []
        for wave in waves {
            guard let file = wave.map else { continue }
            let mark = nodes.first { $0["id"]?.scalar == wave.id }?["map"]?.mark
            var found: [Problem] = []
            maps[wave.id] = map(
                file, of: wave, for: questionnaires[wave.questionnaire], in: folder, into: &found)
            // Waves with a map in common have its mistakes in common.
            for problem in found where !seen.contains(problem) {
                seen.append(problem)
                var placed = problem
                if let mark { placed.place.detail = "\(document.file):\(mark.line)" }
                problems.append(placed)
            }
        }
        return maps
    }

    private func map(
        _ file: String, of wave: Wave, for questionnaire: Questionnaire?, in folder: String,
        into problems: inout [Problem]
    ) -> WaveMap? {
        let path = StudySpecification.path(file, relativeTo: folder)
        let data = StudySpecification.path(wave.file, relativeTo: folder)
        guard StudySpecification.isFile(path) else { return nil }
        do throws(Problem) {
            let bytes = try InputFile.bytes(of: path)
            let read = ColumnMapReader.read(try YAMLDocument(parsing: bytes, file: path), for: questionnaire)
            problems += read.problems
            guard let map = read.value else { return nil }
            if StudySpecification.isFile(data) {
                let reader = try FormatCatalog.open(data, options: wave.format)
                problems += map.applied(to: reader).problems
            }
            return WaveMap(map: map, sha256: try SHA256.hex(of: bytes))
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// False for what ``missingFiles(relativeTo:in:)`` reports as missing or as a folder.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }
}

extension StudySpecification.Wave {
    /// What study.yaml says of the wave's file.
    var format: FormatOptions {
        var format = FormatOptions(encoding: encoding, delimiter: delimiter)
        format.sheet = sheet
        return format
    }
}
