/// The arrows between targets that the design allows.
///
/// A new target gets its row here first.
struct Architecture {
    /// What each target may import of this package.
    let arrows: [String: Set<String>]
    /// The C libraries; each has one target that may import it.
    let cModules: Set<String>
    /// Targets without I/O and threads: they may import Foundation, but no C library of the system.
    let pure: Set<String>
    /// Targets that may talk HTTP.
    let networked: Set<String>

    static let ours = Architecture(
        arrows: [
            "SQLValues": [],
            "Threads": [],
            "ConnectionPool": [],
            "TransactSQL": [],
            "CommandLineTools": [],
            "TLS": ["COpenSSL"],
            "TDSProtocol": ["SQLValues"],
            "SQLServerCore": ["SQLValues"],
            "FreeTDSEngine": ["CFreeTDS", "SQLServerCore", "SQLValues", "Threads"],
            "NativeEngine": ["SQLServerCore", "SQLValues", "TDSProtocol", "TLS", "Threads"],
            "EntraAuth": ["SQLServerCore", "TLS"],
            "Telemetry": ["SQLServerCore", "TransactSQL"],
            "SQLServer": [
                "ConnectionPool", "EntraAuth", "FreeTDSEngine", "NativeEngine", "SQLServerCore", "SQLValues",
                "TLS", "Telemetry", "Threads",
            ],
            "SQLServerMigrations": ["SQLServerCore", "Telemetry", "TransactSQL"],
            "SQLServerTuning": ["SQLServerCore", "Telemetry", "TransactSQL"],
            "EmbeddedSQLServer": ["CSQLite", "SQLValues", "TDSProtocol", "TLS", "Threads", "TransactSQL"],
            "MSSQLCommand": [
                "CommandLineTools", "EmbeddedSQLServer", "SQLServer", "SQLServerCore", "SQLServerMigrations",
                "SQLServerTuning", "SQLValues", "TransactSQL",
            ],
            "mssql": ["MSSQLCommand"],
            "OrdersExample": ["EmbeddedSQLServer", "SQLServer"],
            "conformance": [
                "CommandLineTools", "EmbeddedSQLServer", "SQLServerCore", "SQLValues", "TDSProtocol", "TLS",
                "TransactSQL",
            ],
            "BenchmarkHarness": ["CommandLineTools"],
            "WireServer": ["EmbeddedSQLServer", "SQLValues", "TDSProtocol", "Threads"],
            "bench": [
                "BenchmarkHarness", "CommandLineTools", "EmbeddedSQLServer", "SQLServer", "SQLServerCore", "SQLValues",
                "TDSProtocol", "TransactSQL",
            ],
            "SeededRandom": [],
            "TestSupport": [
                "EmbeddedSQLServer", "SQLServer", "SQLServerCore", "SQLValues", "TDSProtocol", "TLS", "Threads",
            ],
            "IntegrationTests": [
                "EmbeddedSQLServer", "SQLServer", "SQLServerCore", "SQLValues", "SeededRandom", "TestSupport",
                "TransactSQL",
            ],
            "ConformanceTests": ["conformance"],
            "LiveServerTests": ["SQLServer", "SQLServerCore", "SQLValues", "TestSupport", "TransactSQL"],
            "PackageTests": [],
        ],
        cModules: ["CFreeTDS", "COpenSSL", "CSQLite"],
        pure: ["SQLValues", "ConnectionPool", "TransactSQL", "TDSProtocol", "SQLServerCore"],
        networked: ["EntraAuth"])

    private static let anywhere: Set<String> = ["Foundation", "FoundationEssentials", "Synchronization"]
    private static let outsideOfPure: Set<String> = ["Darwin", "Dispatch", "Glibc", "Musl"]

    /// What a target may import of this package, or nil when the design does not know the target.
    ///
    /// The tests of a target may import it, what it imports (but no C), TestSupport and SeededRandom.
    func allowed(for target: String) -> Set<String>? {
        if let row = arrows[target] { return row }
        if cModules.contains(target) { return [] }
        guard target.hasSuffix("Tests"), let tested = arrows[String(target.dropLast(5))] else { return nil }
        return tested.subtracting(cModules).union([String(target.dropLast(5)), "SeededRandom", "TestSupport"])
    }

    /// The modules of the system and the toolchain that a target may import.
    func allowedSystemModules(for target: String, isTest: Bool) -> Set<String> {
        var modules = Self.anywhere
        if !pure.contains(target) { modules.formUnion(Self.outsideOfPure) }
        if networked.contains(target) { modules.insert("FoundationNetworking") }
        if isTest { modules.insert("Testing") }
        return modules
    }
}
