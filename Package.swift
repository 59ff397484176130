// swift-tools-version: 6.2
import PackageDescription

/// The strict settings that every target of ours is built with.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatWarning("StrictMemorySafety", as: .error),
]

/// A library target.
///
/// The allowed arrows between targets are checked by PackageTests.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A test target.
///
/// Tests of one target go through its public (or package) door.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "swift-sqlserver",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "SQLServer", targets: ["SQLServer"]),
        .library(name: "EmbeddedSQLServer", targets: ["EmbeddedSQLServer"]),
        .executable(name: "mssql", targets: ["mssql"]),
        .executable(name: "conformance", targets: ["conformance"]),
        .executable(name: "bench", targets: ["bench"]),
        .executable(name: "WireServer", targets: ["WireServer"]),
    ],
    targets: [
        // C libraries, each imported by one target only.
        .systemLibrary(name: "CFreeTDS", providers: [.apt(["freetds-dev"]), .brew(["freetds"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),

        // Leaves.
        module("SQLValues"),
        module("Threads"),
        module("ConnectionPool"),
        module("TransactSQL"),
        module("CommandLineTools"),
        module("TLS", ["COpenSSL"]),

        // The data-access library.
        module("TDSProtocol", ["SQLValues"]),
        module("SQLServerCore", ["SQLValues"]),
        module("FreeTDSEngine", ["CFreeTDS", "SQLServerCore", "SQLValues", "Threads"]),
        module("Telemetry", ["SQLServerCore"]),
        module(
            "SQLServer",
            ["ConnectionPool", "FreeTDSEngine", "SQLServerCore", "SQLValues", "TLS", "Telemetry", "Threads"]),

        // The embedded server.
        module("EmbeddedSQLServer", ["CSQLite", "SQLValues", "TDSProtocol", "TLS", "Threads", "TransactSQL"]),

        // The command line.
        module(
            "MSSQLCommand",
            ["CommandLineTools", "EmbeddedSQLServer", "SQLServer", "TransactSQL"]),
        .executableTarget(name: "mssql", dependencies: ["MSSQLCommand"], swiftSettings: settings),

        // The conformance runner.
        .executableTarget(
            name: "conformance",
            dependencies: [
                "CommandLineTools", "EmbeddedSQLServer", "SQLServerCore", "SQLValues", "TDSProtocol", "TLS",
                "TransactSQL",
            ],
            swiftSettings: settings),

        // Benchmarks.
        .target(
            name: "BenchmarkHarness", dependencies: ["CommandLineTools"], path: "Benchmarks/BenchmarkHarness",
            swiftSettings: settings),
        .executableTarget(
            name: "WireServer", dependencies: ["EmbeddedSQLServer", "SQLValues", "TDSProtocol", "Threads"],
            path: "Benchmarks/WireServer", swiftSettings: settings),
        .executableTarget(
            name: "bench",
            dependencies: [
                "BenchmarkHarness", "CommandLineTools", "EmbeddedSQLServer", "SQLServer", "SQLServerCore", "SQLValues",
                "TDSProtocol", "TransactSQL",
            ],
            path: "Benchmarks/bench", swiftSettings: settings),

        // The example service.
        .executableTarget(
            name: "OrdersExample", dependencies: ["EmbeddedSQLServer", "SQLServer"], swiftSettings: settings),

        // Tests.
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["EmbeddedSQLServer", "SQLServer", "TLS"],
            path: "Tests/TestSupport", swiftSettings: settings),
        tests("BenchmarkHarnessTests", ["BenchmarkHarness", "CommandLineTools"]),
        tests("CommandLineToolsTests", ["CommandLineTools"]),
        tests("ConformanceTests", ["conformance"]),
        tests("ConnectionPoolTests", ["ConnectionPool", "SeededRandom"]),
        tests(
            "EmbeddedSQLServerTests",
            ["EmbeddedSQLServer", "SQLValues", "TDSProtocol", "TLS", "Threads", "TransactSQL"]),
        tests("FreeTDSEngineTests", ["FreeTDSEngine", "SQLServerCore"]),
        tests(
            "IntegrationTests",
            [
                "EmbeddedSQLServer", "SQLServer", "SQLServerCore", "SQLValues", "SeededRandom", "TestSupport",
                "TransactSQL",
            ]),
        tests(
            "MSSQLCommandTests", ["CommandLineTools", "EmbeddedSQLServer", "MSSQLCommand", "SQLServer", "TestSupport"],
            resources: [.copy("Fixtures")]),
        tests("OrdersExampleTests", ["EmbeddedSQLServer", "OrdersExample", "SQLServer", "TestSupport"]),
        tests("PackageTests", []),
        tests("SQLServerCoreTests", ["SQLServerCore", "SQLValues", "SeededRandom", "TestSupport"]),
        tests("SQLValuesTests", ["SQLValues", "SeededRandom"]),
        tests("TDSProtocolTests", ["SQLValues", "SeededRandom", "TDSProtocol"]),
        tests("TLSTests", ["TLS"]),
        tests("ThreadsTests", ["Threads"]),
        tests("TransactSQLTests", ["SeededRandom", "TransactSQL"]),
    ],
    swiftLanguageModes: [.v6]
)
