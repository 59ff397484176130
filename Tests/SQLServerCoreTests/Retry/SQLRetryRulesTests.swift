import SQLServerCore
import Testing

/// The class of an error, and whether its outcome is known.
@Suite struct SQLRetryRulesTests {
    private static func error(
        _ code: SQLServerError.Code, _ numbers: Int..., query: String? = nil
    ) -> SQLServerError {
        SQLServerError(
            code, "x", messages: numbers.map { SQLServerMessage(number: $0, severity: 16, text: "x") }, query: query)
    }

    static let cases: [(SQLServerError, SQLRetryClass, isUnknown: Bool)] = [
        (error(.server, 1_205, query: "q"), .transaction, false),
        (error(.server, 40_501, query: "q"), .throttled, false),
        (error(.server, 2_627, query: "q"), .never, false),
        // The first error is the cause, those after it are consequences.
        (error(.server, 1_205, 3_609, query: "q"), .transaction, false),
        (error(.server, 2_627, 1_205, query: "q"), .never, false),
        (error(.loginFailed, 4_060, 18_456), .doubtful, false), (error(.loginFailed, 18_456), .never, false),
        (error(.loginFailed, 40_613), .throttled, false),
        (error(.connectionFailed), .connection, false), (error(.tlsFailed), .doubtful, false),
        (error(.connectionLost, query: "q"), .connection, true),
        // What the server said before it closed the connection.
        (error(.connectionLost, 40_197, query: "q"), .connection, true),
        (error(.protocolViolation, query: "q"), .connection, true),
        (error(.timeout), .connection, false), (error(.timeout, query: "q"), .never, true),
        (error(.cancelled, query: "q"), .never, true), (error(.cancelled, 1_205, query: "q"), .never, true),
        (error(.commitOutcomeUnknown, query: "COMMIT"), .never, true),
        (error(.commitOutcomeUnknown, 40_197, query: "COMMIT"), .never, true),
        (error(.poolTimeout), .never, false), (error(.closed), .never, false), (error(.encoding), .never, false),
        (error(.decoding, query: "q"), .never, false), (error(.misuse), .never, false),
        (error(.configuration), .never, false), (error(.unsupported), .never, false),
    ]

    @Test(arguments: cases)
    func anErrorHasItsClass(error: SQLServerError, retryClass: SQLRetryClass, isUnknown: Bool) {
        #expect(error.retryClass == retryClass)
        #expect(error.isOutcomeUnknown == isUnknown)
    }

    @Test func warningsAreNotTheCause() {
        let messages = [
            SQLServerMessage(number: 1_205, severity: 10, text: "x"),
            SQLServerMessage(number: 547, severity: 16, text: "x"),
        ]
        #expect(SQLServerError(.server, "x", messages: messages).retryClass == .never)
    }

    @Test func usersAddNumbersAndChangeThem() {
        var rules = SQLRetryRules.standard
        rules[50_123] = .transaction
        rules[4_060] = .never
        #expect(Self.error(.server, 50_123).retryClass(by: rules) == .transaction)
        #expect(Self.error(.loginFailed, 4_060).retryClass(by: rules) == .never)
        #expect(Self.error(.server, 50_123).retryClass == .never)
        rules[4_060] = nil
        rules[50_123] = nil
        #expect(rules == .standard && rules[4_060] == .doubtful && rules[50_123] == nil)
    }

    @Test func classesSayWhatTheNextAttemptNeeds() {
        let transient = SQLRetryClass.all.filter(\.isTransient).map(\.description)
        #expect(transient == ["connection", "throttled", "doubtful", "statement", "transaction", "conflict"])
        let anew = SQLRetryClass.all.filter(\.needsNewConnection).map(\.description)
        #expect(anew == ["connection", "throttled", "doubtful"])
    }
}
