internal import CYAML

/// The C library behind this room.
public enum YAMLLibrary {
    public static let name = "libyaml"

    /// The version of the library that is loaded.
    public static var version: String { yaml_get_version_string().map { String(cString: $0) } ?? "unknown" }
}
