// swift-tools-version: 6.0
import PackageDescription

/// One room of the house: a target, and the rooms and C walls that it may import.
struct Room {
    let name: String
    let imports: [String]
}

/// Every room, lowest first.
///
/// A room may import only rooms above it in this list, and of those only the ones it names.
/// `Tests/RoomOrderTests` reads these lines and holds each `import` under `Sources/` against them.
let rooms: [Room] = [
    Room(name: "SurveyProblems", imports: []),
    Room(name: "SurveyMath", imports: ["SurveyProblems", "CGSL"]),
    Room(name: "SurveySampling", imports: ["SurveyProblems", "SurveyMath"]),
    Room(name: "SurveyYAML", imports: ["SurveyProblems", "CYAML"]),
    Room(name: "SurveySchema", imports: ["SurveyProblems", "SurveyYAML"]),
    Room(name: "SurveyData", imports: ["SurveyProblems", "SurveySchema"]),
    Room(
        name: "SurveyStore",
        imports: ["SurveyProblems", "SurveyYAML", "SurveySchema", "SurveyData", "CSQLite", "CCrypto", "CXXHash"]),
    Room(
        name: "SurveyFormats",
        imports: ["SurveyProblems", "SurveySchema", "SurveyData", "CByteScan", "CZlib", "CZip", "CXML", "CXLSXWriter"]),
    Room(name: "SurveyForms", imports: ["SurveyProblems", "SurveyYAML", "SurveySchema", "SurveyFormats"]),
    Room(
        name: "SurveyImport", imports: ["SurveyProblems", "SurveyYAML", "SurveySchema", "SurveyData", "SurveyFormats"]),
    Room(name: "SurveyExport", imports: ["SurveyProblems", "SurveySchema", "SurveyData", "SurveyFormats"]),
    Room(
        name: "SurveyWeighting",
        imports: ["SurveyProblems", "SurveyMath", "SurveyYAML", "SurveySchema", "SurveyData", "SurveyFormats"]),
    Room(
        name: "SurveyDesign",
        imports: ["SurveyProblems", "SurveyMath", "SurveyYAML", "SurveySchema", "SurveyData", "SurveyWeighting"]),
    Room(
        name: "SurveyEstimation",
        imports: ["SurveyProblems", "SurveyMath", "SurveySchema", "SurveyData", "SurveyWeighting", "SurveyDesign"]),
    Room(
        name: "SurveyIndicators",
        imports: [
            "SurveyProblems", "SurveyMath", "SurveyYAML", "SurveySchema", "SurveyData", "SurveyWeighting",
            "SurveyDesign", "SurveyEstimation",
        ]),
    Room(
        name: "SurveyQuality",
        imports: [
            "SurveyProblems", "SurveyMath", "SurveySchema", "SurveyData", "SurveyWeighting", "SurveyEstimation",
            "SurveyIndicators",
        ]),
    Room(
        name: "SurveyStudy",
        imports: [
            "SurveyProblems", "SurveyYAML", "SurveySchema", "SurveyData", "SurveyWeighting", "SurveyDesign",
            "SurveyEstimation", "SurveyIndicators", "SurveyQuality",
        ]),
    Room(
        name: "SurveyReport",
        imports: [
            "SurveyProblems", "SurveySchema", "SurveyWeighting", "SurveyDesign", "SurveyEstimation", "SurveyIndicators",
            "SurveyQuality", "SurveyStudy",
        ]),
    Room(
        name: "SurveyVerification",
        imports: [
            "SurveyProblems", "SurveySchema", "SurveyData", "SurveyWeighting", "SurveyDesign", "SurveyEstimation",
            "SurveyIndicators", "SurveyStudy",
        ]),
]

/// C libraries, each behind one room: module name, pkg-config name, Debian package.
let walls: [(name: String, pkgConfig: String?, package: String?)] = [
    ("CGSL", nil, "libgsl-dev"),
    ("CYAML", "yaml-0.1", "libyaml-dev"),
    ("CSQLite", "sqlite3", "libsqlite3-dev"),
    ("CCrypto", "libcrypto", "libssl-dev"),
    ("CXXHash", "libxxhash", "libxxhash-dev"),
    ("CZlib", "zlib", "zlib1g-dev"),
    ("CByteScan", nil, nil),
    ("CZip", "libzip", "libzip-dev"),
    ("CXML", "libxml-2.0", "libxml2-dev"),
    ("CXLSXWriter", "xlsxwriter", "libxlsxwriter-dev"),
    ("CTerminal", nil, nil),
]

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

for (position, room) in rooms.enumerated() {
    let earlier = Set(rooms[..<position].map(\.name)).union(walls.map(\.name))
    for imported in room.imports {
        precondition(earlier.contains(imported), "\(room.name) may not import \(imported): it does not stand above it")
    }
}

let wallTargets: [Target] = walls.map { wall in
    .systemLibrary(name: wall.name, pkgConfig: wall.pkgConfig, providers: wall.package.map { [.apt([$0])] })
}
let roomTargets: [Target] = rooms.map { room in
    .target(
        name: room.name, dependencies: room.imports.map { .byName(name: $0) }, exclude: ["README.md"],
        swiftSettings: settings)
}
let roomTests: [Target] = rooms.map { room in
    .testTarget(
        name: room.name + "Tests",
        dependencies: (room.imports.filter { !$0.hasPrefix("C") } + [room.name, "SurveyTestSupport"]).map {
            .byName(name: $0)
        },
        swiftSettings: settings)
}

let package = Package(
    name: "saual",
    products: [
        .library(name: "SurveyKit", targets: ["SurveyKit"]),
        .executable(name: "saual", targets: ["saual"]),
    ],
    targets: wallTargets + roomTargets + roomTests + [
        .target(
            name: "SurveyKit", dependencies: rooms.map { .byName(name: $0.name) }, exclude: ["README.md"],
            swiftSettings: settings),
        .executableTarget(
            name: "saual", dependencies: rooms.map { .byName(name: $0.name) } + ["CTerminal"], exclude: ["README.md"],
            swiftSettings: settings),
        .target(
            name: "SurveyTestSupport", dependencies: ["SurveyProblems"], path: "Tests/SurveyTestSupport",
            swiftSettings: settings),
        // A process that the tests of SurveyStore kill.
        .executableTarget(
            name: "StoreWriter", dependencies: ["SurveyProblems", "SurveyData", "SurveyStore"],
            path: "Tests/StoreWriter",
            swiftSettings: settings),
        .testTarget(name: "RoomOrderTests", dependencies: ["SurveyTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests",
            dependencies: ["SurveyTestSupport", "SurveyProblems", "SurveyYAML", "SurveyKit", "saual"],
            exclude: ["Fixtures"],
            swiftSettings: settings),
    ]
)
