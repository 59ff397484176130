import Testing
import TransactSQL

@Suite struct ModuleTests {
    private func module(_ text: String) throws -> ModuleStatement {
        guard case .module(let module) = try #require(try Parser.parse(batch: text).first).kind else {
            throw TestFailure()
        }
        return module
    }

    @Test func aProcedureHasParametersOptionsAndABody() throws {
        let text = """
            CREATE OR ALTER PROC dbo.p (@a int, @b AS nvarchar(10) = N'x', @c decimal(9,2) = -1.5 OUTPUT, @d varchar(5) = abc,
                @e dbo.Lines READONLY) WITH RECOMPILE, EXECUTE AS OWNER
            AS
            SET NOCOUNT ON;
            SELECT @a
            IF @a = 1 RETURN 5
            """
        let module = try module(text)
        #expect(module.mode == .createOrAlter)
        #expect(module.kind == .procedure)
        #expect(module.name.description == "dbo.p")
        #expect(module.parameters.map(\.name) == ["@a", "@b", "@c", "@d", "@e"])
        #expect(module.parameters.map { $0.defaultValue?.range.text(in: text) } == [nil, "N'x'", "-1.5", "abc", nil])
        #expect(module.parameters.map(\.isOutput) == [false, false, true, false, false])
        #expect(module.parameters.map(\.isReadOnly) == [false, false, false, false, true])
        #expect(module.options.map(\.name) == ["RECOMPILE", "EXECUTE AS"])
        #expect(module.options.map(\.argument) == ["", "OWNER"])
        #expect(module.body.map(\.range.line) == [4, 5, 6])
    }

    @Test func functionsTellTheirKind() throws {
        let scalar = try module(
            "CREATE FUNCTION f() RETURNS int WITH RETURNS NULL ON NULL INPUT, SCHEMABINDING AS BEGIN RETURN 1 END;")
        #expect(TreeText.dump(scalar.kind) == "scalarFunction(returns: int)")
        #expect(scalar.has("RETURNS NULL ON NULL INPUT") && scalar.has("SCHEMABINDING"))
        #expect(scalar.body.count == 1)
        let inline = try module("CREATE FUNCTION s.f(@a int = 3) RETURNS TABLE AS RETURN (SELECT @a AS a);")
        #expect(TreeText.dump(inline.kind) == "inlineFunction({[select @a as a]})")
        let table = try module("ALTER FUNCTION f() RETURNS @r TABLE (a int) BEGIN INSERT @r VALUES (1) RETURN END")
        #expect(table.mode == .alter)
        guard case .tableFunction("@r", let definition) = table.kind else { throw TestFailure() }
        #expect(definition.columns.map(\.name.value) == ["a"])
    }

    @Test func anInlineFunctionMayUseCommonTableExpressions() throws {
        let plain = try module("CREATE FUNCTION f() RETURNS TABLE RETURN WITH c AS (SELECT 1 AS a) SELECT a FROM c")
        let enclosed = try module(
            "CREATE FUNCTION f() RETURNS TABLE RETURN (WITH c AS (SELECT 1 AS a) SELECT a FROM c)")
        #expect(TreeText.dump(plain.kind) == TreeText.dump(enclosed.kind))
    }

    @Test(arguments: [
        (
            "CREATE TRIGGER r ON dbo.t AFTER INSERT, UPDATE AS PRINT 1", false,
            [TriggerDefinition.Event.insert, .update]
        ),
        ("ALTER TRIGGER r ON t FOR DELETE NOT FOR REPLICATION AS PRINT 1", false, [.delete]),
        ("CREATE TRIGGER r ON v INSTEAD OF UPDATE AS BEGIN PRINT 1 END", true, [.update]),
    ])
    func aTriggerTellsItsEvents(text: String, isInsteadOf: Bool, events: [TriggerDefinition.Event]) throws {
        guard case .trigger(let trigger) = try module(text).kind else { throw TestFailure() }
        #expect(trigger.isInsteadOf == isInsteadOf)
        #expect(trigger.events == events)
    }

    @Test(arguments: [
        ("CREATE TRIGGER r ON DATABASE FOR CREATE_TABLE AS PRINT 1", "CREATE TRIGGER ON DATABASE"),
        ("ALTER TRIGGER r ON ALL SERVER FOR LOGON AS PRINT 1", "ALTER TRIGGER ON ALL SERVER"),
        ("CREATE PROCEDURE p;2 AS PRINT 1", "procedure number"),
        ("CREATE PROCEDURE p @c CURSOR VARYING OUTPUT AS PRINT 1", "CURSOR VARYING"),
        ("CREATE PROCEDURE p AS EXTERNAL NAME a.b.c", "EXTERNAL NAME"),
        ("CREATE PROCEDURE p FOR REPLICATION AS PRINT 1", "FOR REPLICATION"),
    ])
    func rareFormsAreNamed(text: String, construct: String) throws {
        guard case .unsupported(let node) = try #require(try Parser.parse(batch: text).first).kind else {
            throw TestFailure()
        }
        #expect(node.construct == construct)
    }

    @Test(arguments: [
        ("CREATE PROCEDURE p AS\nSELECT FROM", 156, 2), ("CREATE PROC s.p @a AS SELECT 1", 156, 1),
        ("CREATE TRIGGER p ON t AFTER SELECT AS PRINT 1", 156, 1),
        ("CREATE PROCEDURE p AS PRINT 1 CREATE VIEW v AS SELECT 1 AS a", 156, 1),
    ])
    func errorsOfDefinitionsNameTheModule(text: String, number: Int32, line: Int) throws {
        let error = try #require(throws: SyntaxError.self) { try Parser.parse(batch: text) }
        #expect(error.number == number)
        #expect(error.line == line)
        #expect(error.procedure == "p")
    }
}
