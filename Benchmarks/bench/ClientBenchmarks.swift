import BenchmarkHarness
import Foundation
import SQLServer
import SQLServerCore
import SQLValues

/// The library against a C program over DB-Library, both reading canned responses.
enum ClientBenchmarks {
    static let all = [
        shape("integers", rows: 200_000) { rows in
            try await count(rows.decode((Int, Int, Int, Int, Int, Int, Int, Int, Int, Int).self))
        },
        shape("ascii", rows: 50_000, tenTexts), shape("unicode", rows: 50_000, tenTexts),
        shape("mixed", rows: 50_000) { rows in
            try await count(
                rows.decode(
                    (Int, String, SQLDecimal, SQLDateTime, SQLUniqueIdentifier, Int, Double, String).self))
        },
        shape("nulls", rows: 200_000) { rows in
            try await count(rows.decode((Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?).self))
        },
        shape("large", rows: 200) { rows in try await count(rows.decode((String).self)) }, roundTrips, memory,
    ]

    @Sendable
    private static func tenTexts(_ rows: SQLRowSequence) async throws -> Int {
        try await count(
            rows.decode(
                (String, String, String, String, String, String, String, String, String, String).self))
    }

    private static func count<Value>(_ rows: SQLDecodedRows<Value>) async throws -> Int {
        var count = 0
        for try await _ in rows { count += 1 }
        return count
    }

    /// Rows of one shape: in C, as tuples, and as batches of columns.
    private static func shape(
        _ name: String, rows: Int, _ countTuples: @escaping @Sendable (SQLRowSequence) async throws -> Int
    ) -> Benchmark {
        Benchmark(
            "client.\(name)", "\(rows) rows of the shape \(name)", unit: "row",
            bars: [
                .atMost(1.4, .cpuPerUnit, of: "tuples", to: "C reader"),
                .atMost(1.25, .cpuPerUnit, of: "batches", to: "C reader"),
            ]
        ) {
            let server = try CannedServer()
            let query = CannedServer.query(name, rows: rows)
            let client = try server.client()
            return [
                Variant("C reader") { try server.readInC(query) },
                Variant("tuples") {
                    try await client.withConnection { connection in
                        try await Sample.measuring {
                            try checked(try await countTuples(connection.stream(SQLQuery(unsafe: query))), rows)
                        }
                    }
                },
                Variant("batches") {
                    try await client.withConnection { connection in
                        try await Sample.measuring {
                            var count = 0
                            for try await batch in connection.stream(SQLQuery(unsafe: query)).batches {
                                count += batch.rowCount
                            }
                            return try checked(count, rows)
                        }
                    }
                },
            ]
        }
    }

    private static func checked(_ count: Int, _ rows: Int) throws -> Int {
        guard count == rows else { throw ChildProcess.Failure("\(count) rows came, not \(rows)") }
        return count
    }

    private static let trips = 5_000

    private static let roundTrips = Benchmark(
        "client.round-trips", "SELECT 1, one after the other", unit: "query",
        bars: [
            .atMost(1.25, .wall, of: "inside a lease", to: "C reader"),
            .atMost(1.6, .wall, of: "from outside", to: "C reader"),
        ]
    ) {
        let server = try CannedServer()
        let client = try server.client()
        return [
            Variant("C reader") { try server.readInC("SELECT 1", times: trips) },
            Variant("inside a lease") {
                try await client.withConnection { connection in
                    try await Sample.measuring {
                        for _ in 0..<trips { _ = try await connection.scalar("SELECT 1", as: Int.self) }
                        return trips
                    }
                }
            },
            Variant("from outside") {
                try await Sample.measuring {
                    for _ in 0..<trips { _ = try await client.scalar("SELECT 1", as: Int.self) }
                    return trips
                }
            },
        ]
    }

    private static let streamed = 1_000_000

    /// The growth is the most that was held while rows came, against what was held before.
    private static let memory = Benchmark(
        "client.memory", "1,000,000 rows of ten integers streamed as tuples", unit: "row", runs: 1,
        bars: [.atMost(32e6, .memoryGrowth, of: "tuples")]
    ) {
        let server = try CannedServer()
        let client = try server.client()
        let query = SQLQuery(unsafe: CannedServer.query("integers", rows: streamed))
        return [
            Variant("tuples") {
                // The server ends with its owner, and nothing else here needs it.
                defer { withExtendedLifetime(server) {} }
                return try await client.withConnection { connection in
                    var growth = MemoryGrowth(before: ProcessMemory.resident ?? 0, after: 0)
                    var sample = try await Sample.measuring {
                        var count = 0
                        let rows = connection.stream(query).decode(
                            (Int, Int, Int, Int, Int, Int, Int, Int, Int, Int).self)
                        for try await _ in rows {
                            count += 1
                            if count.isMultiple(of: 50_000) {
                                growth.after = max(growth.after, ProcessMemory.resident ?? 0)
                            }
                        }
                        return try checked(count, streamed)
                    }
                    sample.memory = growth
                    return sample
                }
            }
        ]
    }
}
