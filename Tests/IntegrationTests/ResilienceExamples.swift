import SQLServer
import Testing

/// The examples of docs/resilience.md, compiled and run.
///
/// PackageTests compares them with the page letter by letter.
@Suite struct ResilienceExamples {
    @Test func numbersOfYourOwn() {
        // README
        var policy = SQLRetryPolicy.standard
        policy.maximumAttempts = 3
        policy.rules[50_123] = .transaction  // THROW 50123: our optimistic check failed
        policy.rules[4060] = .never  // this database never moves
        // README
        let message = SQLServerMessage(number: 50_123, severity: 16, text: "the order has changed")
        let error = SQLServerError(.server, message.text, messages: [message])
        #expect(error.retryClass == .never && error.retryClass(by: policy.rules) == .transaction)
        #expect(policy.rules[4060] == .never && SQLRetryRules.standard[4060] == .doubtful)
    }
}
