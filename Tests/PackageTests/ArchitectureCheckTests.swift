import Testing

@Suite("The check of the architecture")
struct ArchitectureCheckTests {
    private let check = ArchitectureCheck(architecture: .ours)

    private func violations(_ path: String, _ text: String, dependencies: [String] = []) -> [String] {
        let file = SourceFile(path: path, text: text)
        let target = PackageManifest.Target(name: file.target, dependencies: dependencies)
        return check.violations(targets: [target], files: [file])
    }

    @Test(arguments: [
        ("SQLValues", "Threads"), ("TransactSQL", "SQLServerCore"), ("TDSProtocol", "TLS"), ("TDSProtocol", "COpenSSL"),
        ("SQLServerCore", "FreeTDSEngine"), ("SQLServer", "CFreeTDS"), ("SQLServer", "EmbeddedSQLServer"),
        ("EmbeddedSQLServer", "SQLServer"), ("FreeTDSEngine", "COpenSSL"), ("SQLServer", "MSSQLCommand"),
        ("MSSQLCommand", "mssql"), ("SQLServer", "TestSupport"), ("MSSQLCommand", "FreeTDSEngine"),
    ])
    func refusesAnArrowThatTheDesignLacks(target: String, other: String) {
        #expect(
            violations("Sources/\(target)/File.swift", "", dependencies: [other])
                == ["Package.swift: \(target) may not depend on \(other)"])
        #expect(
            violations("Sources/\(target)/File.swift", "// Why.\nimport \(other)\n")
                == ["Sources/\(target)/File.swift:2: \(target) may not import \(other)"])
    }

    @Test func refusesAnImportThatTheManifestDoesNotList() {
        #expect(
            violations("Sources/TDSProtocol/File.swift", "public import SQLValues\n")
                == [
                    "Sources/TDSProtocol/File.swift:1: imports SQLValues, "
                        + "which Package.swift does not list for TDSProtocol"
                ])
        #expect(
            violations("Sources/TDSProtocol/File.swift", "public import SQLValues\n", dependencies: ["SQLValues"]) == []
        )
    }

    @Test func refusesATargetWithoutARow() {
        #expect(
            violations("Sources/Utilities/File.swift", "") == [
                "Package.swift: the architecture has no row for the target Utilities",
                "Sources/Utilities/File.swift: the architecture has no row for the target Utilities",
            ])
    }

    @Test func letsTestsImportTheirTargetAndTestSupportButNoC() {
        let dependencies = ["TLS", "TestSupport"]
        let path = "Tests/TLSTests/File.swift"
        #expect(violations(path, "import TLS\nimport TestSupport\nimport Testing\n", dependencies: dependencies) == [])
        #expect(
            violations(path, "import COpenSSL\n", dependencies: dependencies)
                == ["\(path):1: TLSTests may not import COpenSSL"])
        #expect(
            violations(path, "import SQLServer\n", dependencies: dependencies)
                == ["\(path):1: TLSTests may not import SQLServer"])
    }

    @Test(arguments: ["Glibc", "Darwin", "Dispatch", "FoundationNetworking", "Testing"])
    func refusesSystemLibrariesInThePureTargets(module: String) {
        #expect(
            violations("Sources/SQLServerCore/File.swift", "import \(module)")
                == ["Sources/SQLServerCore/File.swift:1: SQLServerCore may not import \(module)"])
        #expect(violations("Sources/SQLServerCore/File.swift", "import Foundation") == [])
    }

    @Test(arguments: [
        "import Threads", "  import Threads", "public import Threads", "package import Threads",
        "@preconcurrency import Threads",
        "@_exported public import Threads", "@_spi(Inside) import Threads", "import struct Threads.Lock",
        "import class Threads.DedicatedThread", "let a = 1; import Threads", "/* why */ import Threads",
        "import `Threads`",
        "import Threads.Lock", "import /* why */ Threads", "@preconcurrency public import struct Threads.Lock // why",
    ])
    func seesEveryFormOfAnImport(line: String) {
        #expect(ArchitectureCheck.imports(in: SourceFile(path: "", text: line)).map(\.module) == ["Threads"])
    }

    @Test(arguments: [
        "// import Threads", "/// import Threads", "/* import Threads */", "/* a /* b */\nimport Threads\n*/",
        "let text = \"\"\"\n    import Threads\n    \"\"\"", "let text = #\"\nimport\"#", "let important = 1",
    ])
    func doesNotMistakeTextForAnImport(text: String) {
        #expect(ArchitectureCheck.imports(in: SourceFile(path: "", text: text)).isEmpty)
    }

    @Test func namesFoldersAndTargetsThatDoNotMatch() {
        let targets = [PackageManifest.Target(name: "TLS", dependencies: [])]
        #expect(check.violations(targets: targets, folders: ["TLS"]) == [])
        #expect(
            check.violations(targets: targets, folders: ["Threads"]) == [
                "the folder of Threads has no target in Package.swift",
                "the target TLS of Package.swift has no folder with sources",
            ])
    }
}
