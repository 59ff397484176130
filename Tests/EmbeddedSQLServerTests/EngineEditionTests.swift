import EmbeddedSQLServer
import Foundation
import SQLValues
import Testing

/// Each edition says who it is, and refuses what docs/embedded-server.md says that it lacks.
struct EngineEditionTests {
    private func harness(_ edition: EmbeddedServer.Edition) throws -> SQLHarness {
        try SQLHarness(instance: makeSQLInstance(storage: .memory, edition: edition))
    }

    /// Numbers and names of "SERVERPROPERTY (Transact-SQL)", `EngineEdition` and `Edition`.
    @Test(arguments: [
        (EmbeddedServer.Edition.developer, Int64(3), "Developer Edition"), (.enterprise, 3, "Enterprise Edition"),
        (.standard, 2, "Standard Edition"), (.express, 4, "Express Edition"), (.azureSQL, 5, "SQL Azure"),
        (.managedInstance, 8, "SQL Azure"), (.fabricWarehouse, 11, "SQL Azure"), (.fabricSQL, 12, "SQL Azure"),
    ])
    func anEditionSaysWhoItIs(edition: EmbeddedServer.Edition, number: Int64, name: String) throws {
        let rows = try harness(edition).succeed(
            "SELECT CAST(SERVERPROPERTY('EngineEdition') AS int), CAST(SERVERPROPERTY('Edition') AS nvarchar(128)), @@VERSION"
        ).rows
        #expect(rows.first?.first == .int(number))
        guard case .string(let edition)? = rows.first?[1], case .string(let version)? = rows.first?[2] else {
            Issue.record("the properties are no texts")
            return
        }
        #expect(edition.hasPrefix(name))
        #expect(version.contains("embedded"))
    }

    @Test func aServiceHasTheVersionOfServices() throws {
        let rows = try harness(.azureSQL).succeed("SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(20))").rows
        #expect(rows == [[.string("12.0.2000.8")]])
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var edition: EmbeddedServer.Edition
        var statement: String
        var number: Int32

        var testDescription: String { "\(edition.rawValue): \(statement)" }
    }

    /// The rows of the table "Editions": edition, what it lacks, an example, the error.
    static func refusals() -> [Refusal] {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/embedded-server.md")
        guard let data = FileManager.default.contents(atPath: page.path) else { return [] }
        let sections = String(decoding: data, as: UTF8.self).components(separatedBy: "\n## ")
        let lines = sections.first { $0.hasPrefix("Editions") }?.split(separator: "\n") ?? []
        return lines.flatMap { line -> [Refusal] in
            let cells = line.components(separatedBy: " | ")
            guard cells.count == 4, cells[2].hasPrefix("`"), let number = Int32(cells[3].filter(\.isNumber)) else {
                return []
            }
            let code = String(cells[2].dropFirst().prefix { $0 != "`" })
            return cells[0].split(separator: "`").compactMap { EmbeddedServer.Edition(rawValue: String($0)) }.map {
                Refusal(edition: $0, statement: code, number: number)
            }
        }
    }

    @Test func thePageHasItsTable() {
        #expect(Self.refusals().count > 25)
    }

    @Test(arguments: refusals())
    func whatAnEditionLacksIsRefused(refusal: Refusal) throws {
        let before = [
            "CREATE TABLE t (id int, name varchar(50))", "EXEC ('CREATE PROCEDURE p AS RETURN 0')",
            "CREATE DATABASE shop", "CREATE DATABASE other",
        ]
        let start = try harness(refusal.edition)
        for statement in before { try start.succeed(statement) }
        let harness = try start.another(53, database: "shop")
        try harness.succeed("CREATE TABLE t (id int, name varchar(50))")
        #expect(try harness.run(refusal.statement).errors == [refusal.number])
    }

    /// The same statements run where nothing is lacking.
    @Test(arguments: refusals().filter { $0.statement.hasPrefix("CREATE TABLE") })
    func whatIsRefusedThereRunsInDeveloperEdition(refusal: Refusal) throws {
        try harness(.developer).succeed(refusal.statement)
    }

    @Test func aWarehouseTakesItsOwnTypes() throws {
        try harness(.fabricWarehouse).succeed(
            "CREATE TABLE t (a bigint IDENTITY, b varchar(max), c datetime2(6), d decimal(18, 2), e uniqueidentifier)")
    }

    @Test func aDatabaseOfAzureMayBeNamedInItsOwnNames() throws {
        let start = try harness(.azureSQL)
        try start.succeed("CREATE DATABASE shop")
        let harness = try start.another(53, database: "shop")
        try harness.succeed("USE shop; CREATE TABLE shop.dbo.t (a int); SELECT a FROM shop.dbo.t")
    }
}
