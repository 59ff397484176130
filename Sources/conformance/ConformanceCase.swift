/// One promise of SQL Server with the batches that show it and the answers that keep it.
package struct ConformanceCase: Sendable, Equatable {
    /// The file's name and the line of `-- case:`, such as `select.sql:12`.
    package var place: String
    /// The chapter of its file.
    package var chapter: String
    /// What is promised.
    package var title: String
    /// The documentation page or the message number on which it rests.
    package var source: String
    /// Only the embedded server answers so: a refusal, or a documented strictness.
    package var isEmbeddedOnly: Bool
    /// What is done, in order.
    package var steps: [Step]

    /// A thing that the runner does.
    package struct Step: Sendable, Equatable {
        /// The session's name; opened when it is new.
        package var session: String
        /// The line in the file.
        package var line: Int
        /// What is done.
        package var action: Action
    }

    /// What is done in a session.
    package enum Action: Sendable, Equatable {
        /// Logs in; sessions that are not opened so log in as the runner.
        case open(SessionLogin)
        /// Runs a batch and compares its answer.
        case run(String, expected: [AnswerExpectation])
        /// Runs a batch that must not raise an error.
        case setUp(String)
        /// Sends a batch without waiting for its answer.
        case send(String)
        /// The batch that was sent has no answer yet.
        case expectWaiting
        /// Takes the answer of the batch that was sent.
        case await(expected: [AnswerExpectation])
        /// Cancels the batch that was sent.
        case attention
    }

    /// How a session logs in.
    package struct SessionLogin: Sendable, Equatable {
        /// Login and password; nil for the runner's own.
        package var credentials: Credentials?
        /// Logs in without fODBC, as DB-Library does.
        package var isDBLibrary: Bool
    }

    /// A login's name and password.
    package struct Credentials: Sendable, Equatable {
        package var name: String
        package var password: String
    }
}

extension ConformanceCase {
    /// Whether it expects an error, or more than one result set.
    package var isDemanding: Bool {
        var results = 0
        for step in steps {
            let expected: [AnswerExpectation]
            switch step.action {
            case .run(_, let list), .await(let list): expected = list
            default: continue
            }
            for expectation in expected {
                switch expectation.item {
                case .columns: results += 1
                case .message(let message) where message.level > 10: return true
                default: continue
                }
            }
        }
        return results > 1
    }
}
