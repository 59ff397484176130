import Testing
import TransactSQL

@Suite struct DefinitionTests {
    private func tree(_ text: String) throws -> String {
        try Parser.parse(batch: text).map { TreeText.dump($0) }.joined(separator: "; ")
    }

    private func columns(_ text: String) throws -> [ColumnDefinition] {
        let statements = try Parser.parse(batch: "CREATE TABLE t (\(text))")
        guard case .createTable(let table) = try #require(statements.first).kind else { throw TestFailure() }
        return table.definition.columns
    }

    @Test func columnsKeepTheirProperties() throws {
        let columns = try columns(
            """
            [Id] int IDENTITY(1, -5) NOT NULL PRIMARY KEY CLUSTERED, a nvarchar(max) COLLATE Latin1_General_CI_AS NULL,
            b AS (a + 'x') PERSISTED, c uniqueidentifier ROWGUIDCOL DEFAULT NEWID(), d decimal(10,2) SPARSE,
            e datetime2 GENERATED ALWAYS AS ROW START HIDDEN NOT NULL, f int IDENTITY NOT FOR REPLICATION, timestamp,
            """)
        #expect(columns.map(\.name.value) == ["Id", "a", "b", "c", "d", "e", "f", "timestamp"])
        #expect(columns[0].identity.map { [$0.seed, $0.increment] } == ["1", "-5"])
        #expect(columns.map(\.isNullable) == [false, true, nil, nil, nil, false, nil, nil])
        #expect(columns[1].collation?.value == "Latin1_General_CI_AS")
        #expect(columns[2].type == nil && columns[2].isPersisted)
        #expect(columns[2].computed.map { TreeText.expression($0) } == "[(+ a 'x')]")
        #expect(columns[3].isRowGUID)
        #expect(columns[3].defaultValue.map { TreeText.expression($0) } == "(NEWID)")
        #expect(columns[4].isSparse)
        #expect(columns[5].generated?.words == ["ROW", "START"] && columns[5].generated?.isHidden == true)
        #expect(columns[6].identity?.increment == "1" && columns[6].identity?.notForReplication == true)
        #expect(columns[7].type == nil)
    }

    @Test(arguments: [
        ("a int CONSTRAINT k PRIMARY KEY NONCLUSTERED WITH (FILLFACTOR = 80) ON [PRIMARY]", ["k"]),
        ("a int CONSTRAINT d DEFAULT (1) CONSTRAINT c CHECK (a > 0) UNIQUE", ["d", "c", nil]),
        ("a int REFERENCES s (i) ON DELETE CASCADE ON UPDATE SET NULL", [nil]),
        ("a int FOREIGN KEY REFERENCES s", [nil]), ("a int NOT NULL DEFAULT -1", [nil]),
    ])
    func columnsCarryConstraints(text: String, names: [String?]) throws {
        let column = try #require(try columns(text).first)
        #expect(column.constraints.map { $0.name?.value } == names)
    }

    @Test(arguments: [
        ("PRIMARY KEY (a, b DESC)", "primaryKey(columns: [(name: a), (name: b isDescending)])"),
        (
            "UNIQUE CLUSTERED (a) WITH (IGNORE_DUP_KEY = ON)",
            "unique(isClustered columns: [(name: a)] options: [(name: IGNORE_DUP_KEY value: [ON])])"
        ),
        (
            "FOREIGN KEY (a, b) REFERENCES s.t (c, d) ON DELETE NO ACTION ON UPDATE SET DEFAULT",
            "foreignKey(columns: [a, b] table: s.t referencedColumns: [c, d] onDelete: noAction onUpdate: setDefault)"
        ),
        ("CHECK NOT FOR REPLICATION (a > 0)", "check((> a 0) notForReplication)"),
    ])
    func tablesCarryConstraints(text: String, kind: String) throws {
        let expected =
            "createTable(name: t definition: (columns: [(name: x type: int)] constraints: [(name: n kind: \(kind))]))"
        #expect(try tree("CREATE TABLE t (x int, CONSTRAINT n \(text))") == expected)
    }

    @Test(arguments: [
        (
            "CREATE TABLE s.t (a int, INDEX i UNIQUE (a) WHERE a > 0) ON fg WITH (DATA_COMPRESSION = PAGE)",
            "createTable(name: s.t definition: (columns: [(name: a type: int)] indexes: [(name: i isUnique "
                + "columns: [(name: a)] condition: (> a 0))]) storage: [(keyword: ON name: fg)] "
                + "options: [(name: DATA_COMPRESSION value: [PAGE])])"
        ),
        (
            "CREATE UNIQUE CLUSTERED INDEX i ON s.t (a DESC, b) INCLUDE (c) WHERE d IS NOT NULL WITH (ONLINE = ON) ON fg",
            "createIndex(name: i table: s.t isUnique isClustered columns: [(name: a isDescending), (name: b)] "
                + "included: [c] condition: (notnull d) options: [(name: ONLINE value: [ON])] "
                + "storage: [(keyword: ON name: fg)])"
        ),
        (
            "CREATE NONCLUSTERED COLUMNSTORE INDEX i ON t (a)",
            "createIndex(name: i table: t isClustered: false isColumnstore columns: [(name: a)])"
        ),
        ("CREATE DATABASE [d] COLLATE Latin1_General_BIN2", "createDatabase(name: d collation: Latin1_General_BIN2)"),
        (
            "ALTER DATABASE d SET RECOVERY SIMPLE, READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE",
            "alterDatabase(name: d setOptions: [[RECOVERY, SIMPLE], [READ_COMMITTED_SNAPSHOT, ON, WITH, ROLLBACK, "
                + "IMMEDIATE]] words: [SET, RECOVERY, SIMPLE, ,, READ_COMMITTED_SNAPSHOT, ON, WITH, ROLLBACK, IMMEDIATE])"
        ),
        ("CREATE SCHEMA s AUTHORIZATION dbo", "createSchema(name: s owner: dbo)"),
        (
            "CREATE OR ALTER VIEW v (a) WITH SCHEMABINDING AS SELECT 1 WITH CHECK OPTION",
            "view(mode: createOrAlter name: v columns: [a] attributes: [SCHEMABINDING] query: {select 1} withCheckOption)"
        ),
        ("DROP TABLE IF EXISTS a, dbo.b", "drop(kind: table ifExists items: [(name: a), (name: dbo.b)])"),
        ("DROP INDEX i ON t, s.u.j", "drop(kind: index items: [(name: i table: t), (name: s.u.j)])"),
        ("DROP PROC p", "drop(kind: procedure items: [(name: p)])"),
        ("DROP DATABASE d", "drop(kind: database items: [(name: d)])"),
    ])
    func objectsAreDefined(text: String, expected: String) throws {
        let actual = try tree(text)
        #expect(actual == expected.split(separator: " isClustered: false").joined())
    }

    @Test(arguments: [
        (
            "ADD a int NULL, CONSTRAINT c CHECK (a > 0)",
            "add((columns: [(name: a type: int isNullable)] constraints: [(name: c kind: check((> a 0)))]))"
        ),
        (
            "WITH NOCHECK ADD CONSTRAINT d DEFAULT (0) FOR a",
            "add((constraints: [(name: d kind: defaultValue([0] column: a))]))"
        ),
        (
            "WITH CHECK ADD FOREIGN KEY (a) REFERENCES s (b)",
            "add((constraints: [(kind: foreignKey(columns: [a] table: s referencedColumns: [b]))]) checksExisting)"
        ),
        ("ALTER COLUMN a nvarchar(50) NULL", "alterColumn(name: a type: nvarchar(50) isNullable)"),
        ("DROP COLUMN a, b", "drop([(isColumn name: a), (isColumn name: b)])"),
        ("DROP CONSTRAINT IF EXISTS c, COLUMN a", "drop([(ifExists name: c), (isColumn name: a)])"),
        ("DROP c", "drop([(name: c)])"),
        ("NOCHECK CONSTRAINT ALL", "checkConstraints()"),
        ("WITH CHECK CHECK CONSTRAINT c", "checkConstraints(enabled checksExisting names: [c])"),
        ("DISABLE TRIGGER ALL", "triggers()"),
        (
            "ALTER COLUMN a ADD MASKED WITH (FUNCTION = 'default()')",
            "alterColumnProperty(a words: [ADD, MASKED, WITH, (, FUNCTION, =, 'default()', )])"
        ),
        ("ALTER COLUMN a DROP ROWGUIDCOL", "alterColumnProperty(a words: [DROP, ROWGUIDCOL])"),
    ])
    func tablesAreAltered(text: String, action: String) throws {
        #expect(try tree("ALTER TABLE dbo.t \(text)") == "alterTable(name: dbo.t action: \(action))")
    }
}
