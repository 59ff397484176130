import Foundation
import SQLServerCore
import TDSProtocol

/// What a case came to.
package struct CaseResult: Sendable {
    /// How it ended.
    package enum Outcome: Sendable, Equatable {
        case passed
        /// What differed, in order.
        case failed([Difference])
        /// Why it was not run.
        case skipped(String)
    }

    /// What came in place of what was expected.
    package struct Difference: Sendable, Equatable {
        /// The line in the file.
        package var line: Int
        package var expected: String
        package var came: String
    }

    package var `case`: ConformanceCase
    package var outcome: Outcome
}

/// Runs cases against a server.
///
/// Each file gets a database of its own, each case sessions of its own.
final class CaseRunner {
    private let configuration: SQLServerConfiguration
    private let isEmbedded: Bool
    private var sessions: [String: WireConnection] = [:]
    private var database: String?

    init(_ configuration: SQLServerConfiguration) throws {
        self.configuration = configuration
        let connection = try WireConnection(configuration, database: nil, login: Self.own)
        let rows = try Self.rows("SELECT @@VERSION", connection)
        isEmbedded = rows.first?.first?.lowercased().contains("embedded") ?? false
    }

    private static let own = ConformanceCase.SessionLogin(credentials: nil, isDBLibrary: false)

    /// Runs the cases of one file and calls `report` after each.
    func run(_ cases: [ConformanceCase], report: (CaseResult) throws -> Void) throws {
        let name = "conformance_\(UInt32.random(in: 1_000_000...9_999_999))"
        let keeper = try WireConnection(configuration, database: "master", login: Self.own)
        _ = try Self.rows("CREATE DATABASE \(name)", keeper)
        database = name
        defer { database = nil }
        for item in cases {
            if item.isEmbeddedOnly, !isEmbedded {
                try report(CaseResult(case: item, outcome: .skipped("only the embedded server answers so")))
                continue
            }
            let differences = run(item)
            sessions = [:]
            try report(CaseResult(case: item, outcome: differences.isEmpty ? .passed : .failed(differences)))
        }
        try drop(name, keeper)
    }

    /// The database's sessions are closed, but the server may need a moment to notice.
    private func drop(_ name: String, _ keeper: WireConnection) throws {
        for attempt in 1...40 {
            try keeper.send(batch: "DROP DATABASE \(name)")
            let errors = AnswerItem.items(of: try keeper.tokens()).filter(\.isError)
            if errors.isEmpty { return }
            guard attempt < 40 else { throw WireFailure(description: "\(errors[0])") }
            usleep(50_000)
        }
    }

    private func run(_ item: ConformanceCase) -> [CaseResult.Difference] {
        for step in item.steps {
            do {
                let differences = try perform(step)
                if !differences.isEmpty { return differences }
            } catch {
                return [CaseResult.Difference(line: step.line, expected: "an answer", came: "\(error)")]
            }
        }
        return []
    }

    private func perform(_ step: ConformanceCase.Step) throws -> [CaseResult.Difference] {
        if case .open(let login) = step.action {
            sessions[step.session] = try WireConnection(configuration, database: database, login: login)
            return []
        }
        let session = try session(step.session)
        switch step.action {
        case .open: return []
        case .run(let text, let expected):
            try session.send(batch: text)
            return Self.differences(try session.tokens(), expected, step.line)
        case .setUp(let text):
            try session.send(batch: text)
            let errors = AnswerItem.items(of: try session.tokens()).filter(\.isError)
            return errors.map { CaseResult.Difference(line: step.line, expected: "no error", came: $0.description) }
        case .send(let text):
            try session.send(batch: text)
            return []
        case .expectWaiting:
            guard try session.isAnswered(within: 250) else { return [] }
            let items = AnswerItem.items(of: try session.tokens()).map(\.description)
            return [.init(line: step.line, expected: "no answer yet", came: items.joined(separator: "; "))]
        case .await(let expected):
            return Self.differences(try session.tokens(), expected, step.line)
        case .attention:
            try session.sendAttention()
            return []
        }
    }

    private func session(_ name: String) throws -> WireConnection {
        if let session = sessions[name] { return session }
        let session = try WireConnection(configuration, database: database, login: Self.own)
        sessions[name] = session
        return session
    }

    /// The differences between an answer and what a case expects.
    private static func differences(
        _ tokens: [ServerToken], _ expected: [AnswerExpectation], _ line: Int
    ) -> [CaseResult.Difference] {
        let namesEnds = expected.contains { $0.item.namesEnds }
        let dones = tokens.compactMap { if case .done(let done) = $0 { done } else { nil } }
        // Each DONE but the last says that more follows; an attention may come after the last.
        let isClosed = dones.dropLast().allSatisfy { $0.status.contains(.more) }
        let isCancelled = dones.contains { $0.status.contains(.attention) }
        guard isCancelled || isClosed && dones.last?.status.contains(.more) == false else {
            return [.init(line: line, expected: "DONE_MORE in each DONE but the last", came: "\(dones)")]
        }
        return differences(AnswerItem.items(of: tokens, namesEnds: namesEnds), expected, line)
    }

    /// The first difference, with what came after it for context.
    static func differences(
        _ came: [AnswerItem], _ expected: [AnswerExpectation], _ line: Int
    ) -> [CaseResult.Difference] {
        var differences: [CaseResult.Difference] = []
        for index in 0..<max(came.count, expected.count) {
            let item = index < came.count ? came[index] : nil
            let wanted = index < expected.count ? expected[index] : nil
            if let item, let wanted, item.meets(wanted.item) { continue }
            differences.append(
                CaseResult.Difference(
                    line: wanted?.line ?? line, expected: wanted.map { AnswerItem.text(of: $0.item) } ?? "nothing",
                    came: item?.description ?? "nothing"))
        }
        return differences
    }

    private static func rows(_ text: String, _ connection: WireConnection) throws -> [[String]] {
        try connection.send(batch: text)
        let items = AnswerItem.items(of: try connection.tokens())
        if let error = items.first(where: \.isError) { throw WireFailure(description: "\(text): \(error)") }
        return items.compactMap { if case .row(let values) = $0 { values } else { nil } }
    }
}

extension AnswerItem {
    /// An error, and no information.
    fileprivate var isError: Bool {
        if case .message(let message) = self { message.level > 10 } else { false }
    }
}
