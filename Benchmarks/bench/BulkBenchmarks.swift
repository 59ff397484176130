import BenchmarkHarness
import Foundation
import SQLServer
import Synchronization

/// Bulk copy against `freebcp`, both into a server that swallows the rows.
enum BulkBenchmarks {
    static let all = [bulk, memory]

    private static let rowCount = 400_000

    /// What the wire server got in its last bulk load.
    private struct Receipt: Equatable {
        let rows: Int
        let bytes: Int
        let sum: Int

        init(_ client: SQLServerClient) async throws {
            (rows, bytes, sum) = try await client.single("SELECT * FROM loaded", as: (Int, Int, Int).self)
        }
    }

    /// The files of freebcp, removed when the benchmark is over.
    private final class Opponent {
        let program: FreeBCP
        /// Ends with its owner.
        private let server: CannedServer

        init(_ server: CannedServer, _ rows: [BulkRows.Row]) throws {
            self.server = server
            program = try FreeBCP(port: server.port)
            try Data(BulkRows.nativeFile(rows)).write(to: URL(filePath: program.file("rows.native")))
            let query = CannedServer.query("mixed", rows: rows.count)
            _ = try program.run(query, "queryout", "rows.text", .characters)
        }

        deinit {
            do {
                try program.remove()
            } catch {
                // What is left in the system's folder for such files does no harm.
            }
        }

        func load(_ name: String, _ format: FreeBCP.Format) throws -> Sample {
            try program.run("mixed", "in", name, format)
        }
    }

    private static let bulk = Benchmark(
        "client.bulk", "\(rowCount) rows of the shape mixed into a table", unit: "row",
        bars: [
            .atMost(1.1, .cpuPerUnit, of: "tuples", to: "freebcp -n"),
            .atMost(1 / 1.5, .cpuPerUnit, of: "tuples", to: "freebcp -c"),
            .atMost(1 / 1.5, .wall, of: "tuples", to: "freebcp -c"),
        ], obstacle: { FreeBCP.obstacle }
    ) {
        let server = try CannedServer()
        let client = try server.client()
        let rows = BulkRows.make(rowCount)
        let opponent = try Opponent(server, rows)
        _ = try opponent.load("rows.native", .native)
        let expected = try await Receipt(client)
        // All variants must send the same bytes.
        let checked = { (sample: Sample) async throws -> Sample in
            let receipt = try await Receipt(client)
            guard receipt == expected, receipt.rows == rowCount else {
                throw ChildProcess.Failure("other rows were loaded: \(receipt), not \(expected)")
            }
            return sample
        }
        return [
            Variant("freebcp -n") { try await checked(try opponent.load("rows.native", .native)) },
            Variant("freebcp -c") { try await checked(try opponent.load("rows.text", .characters)) },
            Variant("tuples") {
                try await checked(
                    try await Sample.measuring {
                        try await client.bulkCopy(into: "mixed", columns: BulkRows.columns, rows: rows).rowsCommitted
                    })
            },
            Variant("async tuples") {
                try await checked(
                    try await Sample.measuring {
                        let rows = AsyncRows(count: rowCount) { rows[$0] }
                        return try await client.bulkCopy(into: "mixed", columns: BulkRows.columns, rows: rows)
                            .rowsCommitted
                    })
            },
        ]
    }

    private static let copied = 1_000_000

    /// The growth is the most that was held while rows went, against what was held before.
    private static let memory = Benchmark(
        "client.bulk-memory", "1,000,000 rows of the shape mixed, made on the way, in one batch", unit: "row", runs: 1,
        bars: [.atMost(32e6, .memoryGrowth, of: "tuples")]
    ) {
        let server = try CannedServer()
        let client = try server.client()
        let rows = BulkRows.make(1_000)
        return [
            Variant("tuples") {
                // The server ends with its owner, and nothing else here needs it.
                defer { withExtendedLifetime(server) {} }
                let before = ProcessMemory.resident ?? 0
                let meter = Meter()
                var sample = try await Sample.measuring {
                    var options = SQLBulkCopyOptions()
                    options.onProgress = { if $0.rowsSent % 51_200 < 1_024 { meter.look() } }
                    let made = (0..<copied).lazy.map { rows[$0 % rows.count] }
                    return try await client.bulkCopy(
                        into: "mixed", columns: BulkRows.columns, options: options, rows: made
                    ).rowsCommitted
                }
                sample.memory = MemoryGrowth(before: before, after: meter.peak)
                return sample
            }
        ]
    }
}

/// Rows that come one by one.
private struct AsyncRows<Row>: AsyncSequence {
    let count: Int
    let row: (Int) -> Row

    struct AsyncIterator: AsyncIteratorProtocol {
        let rows: AsyncRows
        var index = 0

        mutating func next() async -> Row? { await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async -> Row? {
            guard index < rows.count else { return nil }
            defer { index += 1 }
            return rows.row(index)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rows: self) }
}

/// The most memory that was seen.
private final class Meter: Sendable {
    private let most = Atomic(0)

    var peak: Int { most.load(ordering: .relaxed) }

    func look() { most.max(ProcessMemory.resident ?? 0, ordering: .relaxed) }
}
