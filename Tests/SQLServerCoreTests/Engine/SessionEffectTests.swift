import SQLServerCore
import SQLValues
import Testing

/// Which requests leave nothing behind in their session; the rules are in "SET statements", "USE", "DECLARE CURSOR",
/// "sp_executesql" and "sp_getapplock" of the T-SQL reference.
@Suite struct SessionEffectTests {
    @Test(arguments: [
        "SELECT 1", "select Id, Name from dbo.Users where Id = 5 order by Name;", "SELECT 'EXEC x', [EXEC], \"USE\"",
        "SELECT 1 -- EXEC dbo.Later", "SELECT /* USE x /* nested */ */ 1", "-- first\nSELECT N'it''s EXEC'",
        "INSERT INTO dbo.T (A) VALUES (1)", "INSERT dbo.T DEFAULT VALUES", "UPDATE dbo.T SET A = 1, B += 2 WHERE C = 3",
        "UPDATE t SET t.A = 1 FROM dbo.T AS t", "UPDATE dbo.T SET Text.WRITE('x', 0, 1)", "UPDATE dbo.T SET [Set] = 1",
        "DELETE dbo.T", "WITH c AS (SELECT 1 AS a) SELECT a FROM c",
        "MERGE dbo.T AS t USING dbo.S AS s ON t.Id = s.Id WHEN MATCHED THEN UPDATE SET A = s.A;",
        "DECLARE @x int = 1; SET @x = 2; SELECT @x", "SELECT CONTEXT_INFO()", "SELECT Executed, Users FROM dbo.Opened",
        "SELECT * FROM dbo.T ORDER BY Id OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY", "SELECT 0x1F, 1e5, 'a' + 'b'",
        "UPDATE dbo.T SET A -= 1; UPDATE dbo.T SET A |= 1",
    ]) func aPlainBatchLeavesNothing(text: String) {
        #expect(SessionEffect.of(SQLRequest(text: text)) == .none)
    }

    @Test(arguments: [
        "EXEC dbo.P", "dbo.P 1", "sp_who", "SELECT 1; EXEC dbo.P", "INSERT dbo.T EXECUTE dbo.P", "SET NOCOUNT ON",
        "SELECT 1 SET NOCOUNT ON", "SELECT 1; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "SELECT 1 SET LANGUAGE German",
        "SELECT 1 SET IDENTITY_INSERT dbo.T ON", "SELECT 1 SET CONTEXT_INFO 0x01", "SELECT 1 SET ROWCOUNT 5",
        "SELECT 1 SET DEADLOCK_PRIORITY -5", "SELECT 1 SET DATEFORMAT dmy",
        "BEGIN TRAN", "DELETE dbo.T; BEGIN TRANSACTION", "SELECT 1; COMMIT", "SELECT 1 SAVE TRAN a", "USE shop",
        "SELECT 1; USE shop", "SELECT Id INTO #t FROM dbo.Users", "INSERT #t VALUES (1)", "CREATE TABLE #t (a int)",
        "SELECT * INTO ##all FROM dbo.T", "DECLARE c CURSOR FOR SELECT 1", "SELECT 1; OPEN c",
        "SELECT 1; OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = 'x'", "DBCC TRACEON (1)", "SELECT 1; REVERT",
        "{call dbo.P}", "SELECT 1 {call dbo.P}", "PRINT 'a'", "", "  ", "SELECT 'no end", "SELECT /* no end",
        "SELECT [no end",
        "IF 1 = 1 SELECT 1", "sElEcT 1; eXeC p", "SELECT 1;EXEC(N'USE x')", "SELECT 1 --\rEXEC p",
        "SELECT 1 SET LOCK_TIMEOUT -1",
        "WAITFOR DELAY '0:0:1'", "1 SELECT", "(SELECT 1)",
    ]) func anyOtherBatchMayLeaveSomething(text: String) {
        #expect(SessionEffect.of(SQLRequest(text: text)) == .mayRemain)
    }

    private static let parameters = [SQLParameter(name: "@p1", value: .int(1), type: .int)]

    @Test(arguments: [
        "SELECT @p1", "UPDATE dbo.T SET A = @p1", "SELECT Id INTO #t FROM dbo.T WHERE Id > @p1; SELECT * FROM #t",
        "SELECT @p1 SET NOCOUNT ON", "SELECT @p1; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    ]) func whatEndsWithACallIsNotLeft(text: String) {
        #expect(SessionEffect.of(SQLRequest(text: text, parameters: Self.parameters)) == .none)
    }

    @Test(arguments: [
        "EXEC dbo.P @p1", "SELECT @p1 SET CONTEXT_INFO @p1", "SELECT * INTO ##t FROM dbo.T WHERE Id = @p1",
        "BEGIN TRAN SELECT @p1", "UPDATE dbo.T SET A = @p1; SAVE TRAN a", "DECLARE c CURSOR GLOBAL FOR SELECT @p1",
        "sp_set_session_context N'a', @p1", "SELECT @p1; USE x",
    ]) func whatOutlivesACallMayBeLeft(text: String) {
        #expect(SessionEffect.of(SQLRequest(text: text, parameters: Self.parameters)) == .mayRemain)
    }

    @Test func aProcedureMayLeaveAnything() {
        #expect(SessionEffect.of(SQLRequest(.procedure, text: "[dbo].[P]", parameters: [])) == .mayRemain)
    }

    @Test func aBatchOfStatementsLeavesWhatOneOfThemLeaves() throws {
        #expect(try SQLStatementBatch(["SELECT 1", "DELETE dbo.T WHERE Id = \(1)"]).effect == .none)
        #expect(try SQLStatementBatch(["SELECT 1", "EXEC dbo.P"]).effect == .mayRemain)
    }
}
