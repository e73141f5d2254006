public import SurveyProblems

/// What a study has done so far, and which of it no longer holds.
public struct StudyProgress: Sendable {
    /// A step as it would run now.
    public struct Planned: Sendable {
        public let name: String
        /// The hash of its stamp's text.
        public let stamp: String
        /// Names of the steps whose results it takes.
        public let dependsOn: [String]

        public init(name: String, stamp: String, dependsOn: [String] = []) {
            self.name = name
            self.stamp = stamp
            self.dependsOn = dependsOn
        }
    }

    /// A step as it was done.
    public struct Recorded: Sendable {
        public let name: String
        public let stamp: String
        /// Each file that it wrote, relative to the study's folder, with the SHA-256 of its bytes.
        public let outputs: [(path: String, sha256: String)]

        public init(name: String, stamp: String, outputs: [(path: String, sha256: String)]) {
            self.name = name
            self.stamp = stamp
            self.outputs = outputs
        }
    }

    /// Why a step must be done again.
    public enum Reason: Sendable, Equatable {
        case neverDone
        /// An input, an option or a version is another one.
        case changed
        /// An output is gone.
        case missingOutput(String)
        /// An output was changed after it was written.
        case changedOutput(String)
        /// A step before it must be done again.
        case after(String)
    }

    public let recorded: [Recorded]

    public init(recorded: [Recorded]) { self.recorded = recorded }

    /// Returns the steps that must be done again, in the order planned, each with its first reason.
    ///
    /// `planned` has every step in an order in which it may be done: dependencies first. `output` gives the hash of an
    /// output as it is now, nil if it is not there.
    public func stale(planned: [Planned], output: (String) -> String?) -> [(step: String, reason: Reason)] {
        var stale: [(step: String, reason: Reason)] = []
        for step in planned {
            if let reason = reason(step, output) {
                stale.append((step.name, reason))
            } else if let before = step.dependsOn.first(where: { name in stale.contains { $0.step == name } }) {
                stale.append((step.name, .after(before)))
            }
        }
        return stale
    }

    private func reason(_ step: Planned, _ output: (String) -> String?) -> Reason? {
        guard let done = recorded.last(where: { $0.name == step.name }) else { return .neverDone }
        guard done.stamp == step.stamp else { return .changed }
        for (path, sha256) in done.outputs {
            guard let now = output(path) else { return .missingOutput(path) }
            if now != sha256 { return .changedOutput(path) }
        }
        return nil
    }
}

extension Problem {
    /// A step whose outputs do not belong to the inputs as they are now (`run --check`).
    public static func staleStep(_ step: String, _ reason: StudyProgress.Reason) -> Problem {
        let fix: Message = "run the study again: saual run"
        return switch reason {
        case .neverDone:
            Problem(
                "study.never-done", .finding, what: "Step \"\(step)\" was never done",
                why: "the study file has no record of it", fix: fix)
        case .changed:
            Problem(
                "study.stale", .finding, what: "Step \"\(step)\" is out of date",
                why: "an input, an option or a version has changed since it was done", fix: fix)
        case .missingOutput(let path):
            Problem(
                "study.missing-output", .finding, what: "Output \"\(path)\" is gone",
                why: "step \"\(step)\" wrote it and its inputs are unchanged", fix: fix)
        case .changedOutput(let path):
            Problem(
                "study.changed-output", .finding, what: "Output \"\(path)\" was changed by another hand",
                why: "its bytes are not those that step \"\(step)\" wrote", fix: fix)
        case .after(let before):
            Problem(
                "study.stale-before", .finding, what: "Step \"\(step)\" is out of date",
                why: "it takes the results of step \"\(before)\", which must be done again", fix: fix)
        }
    }
}
