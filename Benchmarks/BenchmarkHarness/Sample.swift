/// What one run of a benchmark took.
package struct Sample: Sendable, Equatable {
    /// Seconds by the clock on the wall.
    package var wall: Double
    /// What the measured side used: CPU and the most memory it held.
    package var usage: ResourceUsage
    /// How many units of work were done: rows, bytes, statements.
    package var work: Int
    /// Seconds of CPU of the side that drives the measured one, nil when there is none.
    ///
    /// It shows whether a client was the limit and not the server.
    package var driverCPU: Double?
    /// Bytes of memory held after a part of the work and at its end, nil when the benchmark is not about memory.
    package var memory: MemoryGrowth?

    /// All fields.
    package init(
        wall: Double, usage: ResourceUsage, work: Int, driverCPU: Double? = nil, memory: MemoryGrowth? = nil
    ) {
        self.wall = wall
        self.usage = usage
        self.work = work
        self.driverCPU = driverCPU
        self.memory = memory
    }

    /// Measures work that this process does itself.
    ///
    /// ```swift
    /// let sample = try await Sample.measuring { text.utf8.count }
    /// ```
    ///
    /// - Parameter body: The work; it returns how many units it did.
    /// - Returns: Time and CPU of the whole process while `body` ran.
    /// - Throws: What `body` throws.
    package static func measuring(_ body: () async throws -> Int) async rethrows -> Sample {
        let before = ResourceUsage.ofThisProcess()
        let clock = ContinuousClock()
        let start = clock.now
        let work = try await body()
        let wall = start.duration(to: clock.now).seconds
        return Sample(wall: wall, usage: ResourceUsage.ofThisProcess().since(before), work: work)
    }
}

/// How much memory was held before and after work that should need none.
package struct MemoryGrowth: Sendable, Equatable {
    /// Bytes held when everything had warmed up.
    package var before: Int
    /// Bytes held at the end.
    package var after: Int

    /// All fields.
    package init(before: Int, after: Int) {
        self.before = before
        self.after = after
    }
}

extension Duration {
    /// The whole duration in seconds.
    package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
