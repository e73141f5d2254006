internal import CGSL

/// Names the C library behind this room.
public enum MathLibrary {
    /// The name and version for `--version`.
    public static let version: (name: String, version: String) = ("GSL", GSL_VERSION)

    /// True once GSL's own error handler is off; the handler would end the process.
    private static let isQuiet: Bool = {
        gsl_set_error_handler_off()
        return true
    }()

    /// Returns a result of GSL, or nil if it is not a number; every call of GSL goes through here.
    static func checked(_ compute: () -> Double) -> Double? {
        guard isQuiet else { return nil }
        let value = compute()
        return value.isNaN ? nil : value
    }

    /// Runs a function of GSL that reports by a status, with GSL's error handler off.
    static func succeeds(_ run: () -> Int32) -> Bool { isQuiet && run() == 0 }
}
