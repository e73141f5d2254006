/// How replicates of a sample are made, or how the given ones were made: the rule of their factors and of their scale.
///
/// Source: Documentation/Methods.md, "Replicates".
public enum ReplicateMethod: Sendable, Equatable {
    /// Each replicate leaves out one PSU of a sample without strata.
    case jk1
    /// Each replicate leaves out one PSU, and the others of its stratum stand in.
    case jkn
    /// Two PSUs a stratum: each replicate leaves out one of them, one replicate a stratum.
    case jk2
    /// Balanced half samples: in each pair one PSU counts twice and the other not at all, by a Hadamard matrix.
    case brr
    /// The same with the factors 2 − ρ and ρ.
    case fay(Double)
    /// Successive differences of units in their order.
    case sdr
    /// Rao and Wu: n − 1 PSUs of a stratum drawn with replacement, rescaled.
    case bootstrap
    /// The same at every stage with a population size.
    case multistage
    /// Preston: half of the units of every stage drawn without replacement, rescaled.
    case half
    /// n PSUs of a stratum drawn with replacement; with a population size drawn from the sample repeated to it.
    case cantyDavison

    /// The names that options take.
    public static let names = [
        "jk1", "jkn", "jk2", "brr", "fay=RHO", "sdr", "bootstrap", "multistage", "half", "canty-davison",
    ]

    /// The name with its parameter.
    public var name: String {
        switch self {
        case .jk1: "jk1"
        case .jkn: "jkn"
        case .jk2: "jk2"
        case .brr: "brr"
        case .fay(let rho): "fay=\(rho)"
        case .sdr: "sdr"
        case .bootstrap: "bootstrap"
        case .multistage: "multistage"
        case .half: "half"
        case .cantyDavison: "canty-davison"
        }
    }

    /// Reads a name, and the text behind its `=` for whoever knows what it is; nil for an unknown name.
    ///
    /// ρ of `fay` is taken off the text; it lies between 0 and 1 (0 is `brr`).
    public static func read(_ text: String) -> (method: ReplicateMethod, number: String?)? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let number = parts.count > 1 ? parts[1] : nil
        if parts[0] == "fay" {
            guard let number, let rho = Double(number), rho >= 0, rho < 1 else { return nil }
            return (.fay(rho), nil)
        }
        let plain: [ReplicateMethod] = [
            .jk1, .jkn, .jk2, .brr, .sdr, .bootstrap, .multistage, .half, .cantyDavison,
        ]
        return plain.first { $0.name == parts[0] }.map { ($0, number) }
    }

    /// True if replicates are drawn at random and need a seed.
    public var isRandom: Bool {
        switch self {
        case .bootstrap, .multistage, .half, .cantyDavison: true
        case .jk1, .jkn, .jk2, .brr, .fay, .sdr: false
        }
    }

    /// True if the number of replicates follows from the sample.
    public var hasOwnCount: Bool {
        switch self {
        case .jk1, .jkn, .jk2: true
        case .brr, .fay, .sdr, .bootstrap, .multistage, .half, .cantyDavison: false
        }
    }

    /// True if population sizes have no place in it.
    var dropsPopulations: Bool {
        switch self {
        case .jk2, .brr, .fay, .sdr: true
        case .jk1, .jkn, .bootstrap, .multistage, .half, .cantyDavison: false
        }
    }
}
