import Testing
import TransactSQL

/// Definitions of types, sequences and synonyms, and upkeep of indexes and statistics.
@Suite struct ObjectStatementTests {
    @Test func typesAreAliasesOrTables() throws {
        let statements = try Parser.parse(
            batch: "CREATE TYPE dbo.Code FROM varchar(5) NOT NULL; CREATE TYPE Lines AS TABLE (id int PRIMARY KEY)")
        guard case .object(.createType(let alias)) = statements[0].kind,
            case .object(.createType(let table)) = statements[1].kind,
            case .alias(let type, let isNullable) = alias.definition, case .table(let definition) = table.definition
        else { throw TestFailure() }
        #expect(alias.name.description == "dbo.Code")
        #expect(type.lowercasedName == "varchar")
        #expect(isNullable == false)
        #expect(definition.columns.count == 1)
    }

    @Test func sequencesTakeTheirOptionsInAnyOrder() throws {
        let text = "CREATE SEQUENCE s AS int CYCLE INCREMENT BY -2 NO MINVALUE START WITH 5 MAXVALUE 9 CACHE 20"
        guard case .object(.sequence(let sequence))? = try Parser.parse(batch: text).first?.kind else {
            throw TestFailure()
        }
        #expect(sequence.increment == "-2")
        #expect(sequence.start == "5")
        #expect(sequence.minimum == .some(.none))
        #expect(sequence.maximum == .value("9"))
        #expect(sequence.cycles == true)
        #expect(sequence.cache == "20")
    }

    @Test func aSequenceIsAlteredWithRestartOnly() throws {
        guard case .object(.sequence(let sequence))? = try Parser.parse(batch: "ALTER SEQUENCE s RESTART").first?.kind
        else { throw TestFailure() }
        #expect(sequence.restart == .some(.none))
        #expect(throws: SyntaxError.self) { try Parser.parse(batch: "ALTER SEQUENCE s START WITH 1") }
    }

    @Test func upkeepEndsWhereItsOptionsEnd() throws {
        let text = """
            UPDATE STATISTICS t i WITH SAMPLE 10 PERCENT, NORECOMPUTE
            ALTER INDEX ALL ON t REBUILD PARTITION = ALL WITH (ONLINE = ON)
            CREATE STATISTICS s ON t (a, b) WITH FULLSCAN
            ALTER SCHEMA a TRANSFER OBJECT::b.t
            DBCC CHECKIDENT ('t', RESEED, 5) WITH NO_INFOMSGS
            SELECT 1
            """
        #expect(try Parser.parse(batch: text).count == 6)
    }
}
