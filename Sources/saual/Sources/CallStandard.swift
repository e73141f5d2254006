internal import SurveyProblems
internal import SurveyStore
internal import SurveyWeighting

/// The standard population that a call names for its estimates.
struct CallStandard {
    let standard: Standardization
    /// The SHA-256 of the file: another standard gives other numbers.
    let sha256: String

    static let options: [Option] = [
        .value(
            "standardize", "VAR[*VAR]",
            Phrase(
                "give the classes of VAR the same shares in every group",
                ru: "дать классам VAR одинаковые доли в каждой группе",
                kk: "әр топта VAR кластарына бірдей үлес беру")),
        .value(
            "standard", "FILE.csv",
            Phrase(
                "these shares: category,share", ru: "эти доли: category,share", kk: "сол үлестер: category,share")),
    ]

    /// Reads the standard, with everything that is wrong in it; no value if the call names none.
    static func read(_ call: Call) throws(Problem) -> Checked<CallStandard> {
        for (option, other) in [("standard", "standardize"), ("standardize", "standard")]
        where call.has(option) && !call.has(other) {
            throw .alone(option, needs: ["--\(other)"])
        }
        guard let text = call.value("standardize"), let path = call.value("standard") else {
            return Checked(value: nil, problems: [])
        }
        if let option = ["covariance", "contrast"].first(where: call.has) { throw .covarianceOfStandardized(option) }
        let variables = try NameList.split(text, at: ["*"], option: "standardize")
        let bytes = try InputFile.bytes(of: path, limit: 64 << 20)
        let read = StandardReader.read(bytes, file: path, variables: variables)
        return Checked(
            value: try read.value.map { (standard) throws(Problem) in
                CallStandard(standard: standard, sha256: try SHA256.hex(of: bytes))
            }, problems: read.problems)
    }

    /// The variables whose classes are given shares.
    var variables: [String] { standard.standard.variables }
}

extension Problem {
    static func covarianceOfStandardized(_ option: String) -> Problem {
        Problem(
            "command.covariance-of-standardized", .usage, what: "--\(option) does not go with --standardize",
            why: "each standardised estimate has weights of its own", fix: "drop one of the two")
    }
}
