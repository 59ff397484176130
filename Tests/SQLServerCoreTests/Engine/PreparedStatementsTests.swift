import SQLServerCore
import SQLValues
import Testing

/// When a statement is prepared, and when not.
@Suite struct PreparedStatementsTests {
    private func key(_ text: String, type: SQLType = .int) -> PreparedStatements.Key {
        PreparedStatements.Key(
            SQLRequest(text: text, parameters: [SQLParameter(name: "@p1", value: .null, type: type)]))
    }

    @Test func theSecondTimePreparesAndTheThirdUsesTheHandle() {
        var statements = PreparedStatements()
        let first = statements.plan(for: key("SELECT @p1"))
        let second = statements.plan(for: key("SELECT @p1"))
        statements.prepared(key("SELECT @p1"), handle: 7)
        let third = statements.plan(for: key("SELECT @p1"))
        #expect([first, second, third] == [.direct, .prepare, .execute(handle: 7)])
    }

    @Test func otherTypesAreAnotherStatement() {
        var statements = PreparedStatements()
        _ = statements.plan(for: key("SELECT @p1"))
        let plan = statements.plan(for: key("SELECT @p1", type: .nVarChar(4_000)))
        #expect(plan == .direct)
    }

    @Test func aStatementThatCannotBePreparedIsNotTriedAgain() {
        var statements = PreparedStatements()
        _ = statements.plan(for: key("SELECT @p1"))
        _ = statements.plan(for: key("SELECT @p1"))
        statements.prepared(key("SELECT @p1"), handle: nil)
        let plan = statements.plan(for: key("SELECT @p1"))
        #expect(plan == .direct)
    }

    @Test func aForgottenHandleStartsAnew() {
        var statements = PreparedStatements()
        _ = statements.plan(for: key("SELECT @p1"))
        statements.prepared(key("SELECT @p1"), handle: 7)
        statements.forget(key("SELECT @p1"))
        let plans = (0..<2).map { _ in statements.plan(for: key("SELECT @p1")) }
        #expect(plans == [.direct, .prepare])
    }

    @Test func thereIsRoomForAHundredHandlesUntilAReset() {
        var statements = PreparedStatements()
        for number in 0..<100 {
            _ = statements.plan(for: key("SELECT \(number)"))
            statements.prepared(key("SELECT \(number)"), handle: Int32(number))
        }
        let more = (0..<3).map { _ in statements.plan(for: key("SELECT N'more'")) }
        #expect(more == [.direct, .direct, .direct])
        let known = statements.plan(for: key("SELECT 99"))
        #expect(known == .execute(handle: 99))
        statements.removeAll()
        let after = (0..<2).map { _ in statements.plan(for: key("SELECT 99")) }
        #expect(after == [.direct, .prepare])
    }

    @Test func manyTextsThatComeOnceDoNotPushOutHandles() {
        var statements = PreparedStatements()
        _ = statements.plan(for: key("SELECT @p1"))
        statements.prepared(key("SELECT @p1"), handle: 7)
        for number in 0..<5_000 { _ = statements.plan(for: key("SELECT \(number)")) }
        let plan = statements.plan(for: key("SELECT @p1"))
        #expect(plan == .execute(handle: 7))
    }

    @Test func aHugeTextIsNotKept() {
        var statements = PreparedStatements()
        let text = "SELECT " + String(repeating: "1 + ", count: 20_000) + "1"
        let plans = (0..<3).map { _ in statements.plan(for: key(text)) }
        #expect(plans == [.direct, .direct, .direct])
    }
}
