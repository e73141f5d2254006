import Foundation
import SurveyTestSupport

extension TemporaryFolder {
    /// Runs `saual` here with words split at spaces; a word with a space in it stands between two bars: `--where |a = 1|`.
    @discardableResult
    func saual(_ line: String, input: Data = Data(), environment: [String: String] = [:]) throws -> Saual.Result {
        defer { withExtendedLifetime(self) {} }
        return try Saual.run(TemporaryFolder.words(line), in: path, input: input, environment: environment)
    }

    private static func words(_ line: String) -> [String] {
        line.components(separatedBy: "|").enumerated().flatMap { position, part in
            position.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [part]
        }
    }
}
