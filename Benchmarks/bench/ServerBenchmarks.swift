import BenchmarkHarness
import EmbeddedSQLServer
import TDSProtocol

/// The embedded server: start, sessions, rows, statements, memory.
enum ServerBenchmarks {
    static let all = [start, sessions, rows, statements, memory]

    /// The server in a process of its own, from the process's start, and within this process.
    private static let start = Benchmark(
        "server.start", "start of the server to the first answered query", unit: "start",
        bars: [.atMost(0.1, .wall, of: "process"), .atMost(0.1, .wall, of: "in process")]
    ) {
        [
            Variant("process") {
                let clock = ContinuousClock()
                let start = clock.now
                let server = try MeasuredServer()
                try WireReader(port: server.port).run("SELECT 1")
                let wall = start.duration(to: clock.now).seconds
                return Sample(wall: wall, usage: try server.usage().used, work: 1)
            },
            Variant("in process") {
                try await Sample.measuring {
                    let server = try EmbeddedServer.start()
                    defer { server.stop() }
                    try WireReader(port: server.port).run("SELECT 1")
                    return 1
                }
            },
        ]
    }

    private static let sessionCount = 1_000

    private static let sessions = Benchmark(
        "server.sessions", "connections that each ask one query, all open at once", unit: "session",
        bars: [.atLeast(Double(sessionCount), .work, of: "server")]
    ) {
        if let limit = OpenFileLimit.raise(), limit < sessionCount * 6 {
            throw ChildProcess.Failure("\(sessionCount) sessions need more open files than \(limit): ulimit -Hn")
        }
        let server = try MeasuredServer()
        let query = WireReader.packets(of: "SELECT 1")
        return [
            Variant("server") {
                try server.measure {
                    var readers: [WireReader] = []
                    for _ in 0..<sessionCount { readers.append(try WireReader(port: server.port)) }
                    for reader in readers { try reader.send(packets: query) }
                    var answered = 0
                    for reader in readers { answered += try reader.receiveResponse().rows }
                    return answered
                }
            }
        ]
    }

    private static let rowCount = 1_000_000

    private static let rows = Benchmark(
        "server.rows", "rows of four integers streamed from a table", unit: "row",
        bars: [.atLeast(300_000, .rate, of: "server")]
    ) {
        let server = try MeasuredServer()
        let reader = try WireReader(port: server.port, packetSize: 16_384)
        try reader.run(
            """
            CREATE TABLE dbo.Numbers (a int NOT NULL PRIMARY KEY, b int NOT NULL, c int NOT NULL, d int NOT NULL)
            """)
        // In pieces, since a change keeps its rows in memory, and the peak is to be that of reading.
        for start in stride(from: 1, to: rowCount, by: 10_000) {
            try reader.run(
                """
                INSERT INTO dbo.Numbers SELECT value, value * 2, value % 1000, -value
                FROM GENERATE_SERIES(\(start), \(start + 9999))
                """)
        }
        return [
            Variant("server") {
                try server.measure {
                    let response = try reader.run("SELECT a, b, c, d FROM dbo.Numbers")
                    // A row is its token and four integers of four bytes.
                    guard response.rows == rowCount, response.bytes >= rowCount * 17 else {
                        throw ChildProcess.Failure("\(response.rows) rows came")
                    }
                    return response.rows
                }
            }
        ]
    }

    private static let statements = Benchmark(
        "server.statements", "SELECT 1, one after the other on one connection", unit: "statement"
    ) {
        let server = try MeasuredServer()
        let reader = try WireReader(port: server.port)
        let query = WireReader.packets(of: "SELECT 1")
        return [
            Variant("server") {
                try server.measure {
                    for _ in 0..<10_000 {
                        try reader.send(packets: query)
                        _ = try reader.receiveResponse()
                    }
                    return 10_000
                }
            }
        ]
    }

    /// Reads, writes, errors and new texts, so that whatever is kept of a statement would show.
    private static let memory = Benchmark(
        "server.memory", "1,000,000 statements on one connection; memory after 100,000 and at the end",
        unit: "statement", runs: 1, bars: [.atMost(1.05, .memoryRatio, of: "server")]
    ) {
        let server = try MeasuredServer()
        let reader = try WireReader(port: server.port)
        try reader.run("CREATE TABLE dbo.Memory (id int NOT NULL PRIMARY KEY, note nvarchar(50) NULL)")
        return [
            Variant("server") {
                var before = 0
                var sample = try server.measure {
                    for number in 1...1_000_000 {
                        try reader.run(statement(number))
                        if number == 100_000 { before = try server.usage().resident }
                    }
                    return 1_000_000
                }
                sample.memory = MemoryGrowth(before: before, after: try server.usage().resident)
                return sample
            }
        ]
    }

    private static func statement(_ number: Int) -> String {
        switch number % 8 {
        case 0: "INSERT INTO dbo.Memory (id, note) VALUES (\(number), N'note \(number)')"
        case 1: "UPDATE dbo.Memory SET note = N'changed' WHERE id = \(number - 1)"
        case 2: "DELETE FROM dbo.Memory WHERE id = \(number - 2)"
        case 3: "BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH"
        case 4: "DECLARE @v int = \(number); EXEC sp_executesql N'SELECT @p + 1', N'@p int', @p = @v"
        case 5: "CREATE TABLE #t (id int); INSERT INTO #t VALUES (\(number)); DROP TABLE #t"
        case 6: "SELECT \(number) AS number, N'text \(number)' AS text"
        default: "SELECT 1"
        }
    }
}
