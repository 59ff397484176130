import EmbeddedSQLServer
import SQLServer
import TestSupport
import Testing

/// sql_variant columns: an engine reads the value with the type inside, or refuses the column by its name; a cast in the
/// query works with every engine.
@Suite(.timeLimit(.minutes(1))) struct VariantTests {
    private func withVariants(
        _ engine: Engine, _ body: (SQLServerConnection) async throws -> Void
    ) async throws {
        try await withTestClient(engine) { db in
            try await db.withConnection { connection in
                try await connection.execute(
                    "CREATE TABLE dbo.V (Id int NOT NULL PRIMARY KEY, Anything sql_variant NULL)")
                // One by one: the rows of one VALUES share a type in each column.
                try await connection.execute("INSERT dbo.V VALUES (1, CAST(7 AS int))")
                try await connection.execute("INSERT dbo.V VALUES (2, CAST(N'seven' AS nvarchar(20)))")
                try await connection.execute("INSERT dbo.V VALUES (3, NULL)")
                let before = try await connection.scalar("SELECT @@SPID", as: Int.self)
                try await body(connection)
                // Nothing was trapped, and the lease goes on with the same connection.
                let after = try await connection.scalar("SELECT @@SPID", as: Int.self)
                #expect(after == before)
            }
        }
    }

    /// What a statement throws; nil when it does not.
    private func refusal(_ work: () async throws -> Void) async throws -> SQLServerError? {
        do {
            try await work()
            return nil
        } catch let error as SQLServerError {
            return error
        }
    }

    @Test(arguments: Engine.all) func aColumnIsReadOrRefusedByItsName(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            var values: [SQLValue] = []
            let refusal = try await refusal {
                values = try await connection.query("SELECT Id, Anything FROM dbo.V ORDER BY Id").map { $0.values[1] }
            }
            if engine.has(.variantColumns) {
                #expect(refusal == nil)
                #expect(values == [.int(7), .string("seven"), .null])
            } else {
                expectRefusal(refusal, naming: "'Anything'", "sql_variant", "cast it")
            }
        }
    }

    /// `SERVERPROPERTY` is what a program meets first: it returns a sql_variant, here in a column without a name.
    @Test(arguments: Engine.all) func aColumnWithoutANameIsToldByItsPosition(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            var value: SQLValue?
            let refusal = try await refusal {
                value = try await connection.query("SELECT 1, SERVERPROPERTY('EngineEdition')").first?.values[1]
            }
            if engine.has(.variantColumns) {
                #expect(refusal == nil)
                guard case .int = value else {
                    Issue.record("not an integer: \(String(describing: value))")
                    return
                }
            } else {
                expectRefusal(refusal, naming: "column 2", "sql_variant", "cast it")
            }
        }
    }

    @Test(arguments: Engine.all) func aLaterResultIsRefusedLikeTheFirst(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            let query: SQLQuery = "SELECT 1; SELECT Anything FROM dbo.V; SELECT 3"
            var count: Int?
            let refusal = try await refusal { count = try await connection.results(of: query).resultSets.count }
            if engine.has(.variantColumns) {
                #expect(refusal == nil && count == 3)
            } else {
                expectRefusal(refusal, naming: "'Anything'", "sql_variant")
            }
        }
    }

    @Test(arguments: Engine.all) func aStreamIsRefusedBeforeItsFirstRow(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            var rows = 0
            let refusal = try await refusal {
                for try await _ in connection.stream("SELECT Id, Anything FROM dbo.V") { rows += 1 }
            }
            if engine.has(.variantColumns) {
                #expect(refusal == nil && rows == 3)
            } else {
                expectRefusal(refusal, naming: "'Anything'", "sql_variant")
                #expect(rows == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func aCastIsReadWithEveryEngine(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            let rows = try await connection.query(
                """
                SELECT CAST(SQL_VARIANT_PROPERTY(Anything, 'BaseType') AS nvarchar(128)),
                    CAST(Anything AS nvarchar(4000)) FROM dbo.V ORDER BY Id
                """, as: (String?, String?).self)
            #expect(rows.map(\.0) == ["int", "nvarchar", nil])
            #expect(rows.map(\.1) == ["7", "seven", nil])
            let number = try await connection.scalar(
                "SELECT CAST(Anything AS int) FROM dbo.V WHERE Id = \(1)", as: Int.self)
            #expect(number == 7)
        }
    }

    /// Parameters keep the type that they were declared with ("sql_variant": "SQL_VARIANT_PROPERTY, BaseType").
    @Test(arguments: Engine.all) func aParameterKeepsItsTypeInside(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            let id = try #require(SQLUniqueIdentifier("6F9619FF-8B86-D011-B42D-00C04FC964FF"))
            let day = try #require(SQLDate("2024-02-29"))
            let price = try #require(SQLDecimal("12.50"))
            let values: [SQLQuery] = [
                "\(Int32(5))", "\(5)", "\(0.5)", "\(true)", "\(id)", "\(day)", "\(price)", "\("Zoë 🐘")",
                "\("abc", as: .varChar(10))", "\([1, 2] as [UInt8])",
            ]
            for (number, value) in values.enumerated() {
                try await connection.execute("INSERT dbo.V VALUES (\(11 + number), \(value))")
            }
            let types = try await connection.query(
                """
                SELECT CAST(SQL_VARIANT_PROPERTY(Anything, 'BaseType') AS nvarchar(128)) FROM dbo.V
                WHERE Id > 10 ORDER BY Id
                """, as: (String).self)
            #expect(
                types == [
                    "int", "bigint", "float", "bit", "uniqueidentifier", "date", "decimal", "nvarchar", "varchar",
                    "varbinary",
                ])
            let (text, same) = try await connection.single(
                """
                SELECT CAST((SELECT Anything FROM dbo.V WHERE Id = 18) AS nvarchar(20)),
                    CAST((SELECT Anything FROM dbo.V WHERE Id = 15) AS uniqueidentifier)
                """, as: (String, SQLUniqueIdentifier).self)
            #expect(text == "Zoë 🐘" && same == id)
        }
    }

    @Test(arguments: Engine.all) func aBulkCopyIntoSuchATableCopiesOrNamesTheColumn(engine: Engine) async throws {
        try await withVariants(engine) { connection in
            var refusal: SQLServerError?
            do throws(SQLBulkCopyError) {
                try await connection.bulkCopy(into: "dbo.V", columns: ["Id"], rows: [21, 22])
            } catch {
                refusal = error.error
            }
            let count = try await connection.scalar("SELECT COUNT(*) FROM dbo.V", as: Int.self)
            if engine.has(.variantColumns) {
                #expect(refusal == nil && count == 5)
            } else {
                expectRefusal(refusal, naming: "'Anything'", "sql_variant")
                #expect(count == 3)
            }
        }
    }
}
