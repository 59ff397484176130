#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// CPU and memory that a process used, as getrusage tells.
package struct ResourceUsage: Sendable, Equatable {
    /// Seconds of CPU in the program.
    package var user: Double
    /// Seconds of CPU in the kernel for the program.
    package var system: Double
    /// The most bytes of memory that the process held at once.
    package var peakMemory: Int

    /// All fields.
    package init(user: Double, system: Double, peakMemory: Int) {
        self.user = user
        self.system = system
        self.peakMemory = peakMemory
    }

    /// Seconds of CPU, user and system.
    package var cpu: Double { user + system }

    /// What was used after an earlier reading; the peak stays the process's.
    package func since(_ earlier: ResourceUsage) -> ResourceUsage {
        ResourceUsage(user: user - earlier.user, system: system - earlier.system, peakMemory: peakMemory)
    }

    /// All threads of this process, since it started.
    package static func ofThisProcess() -> ResourceUsage {
        var usage = rusage()
        #if canImport(Darwin)
            unsafe getrusage(RUSAGE_SELF, &usage)
        #else
            unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            // What getrusage calls the peak is also that of the process that started this one, until it called exec.
            if let peak = ProcessMemory.peak { usage.ru_maxrss = peak / 1024 }
        #endif
        return ResourceUsage(usage)
    }

    /// A reading of the system.
    init(_ usage: rusage) {
        user = Self.seconds(usage.ru_utime)
        system = Self.seconds(usage.ru_stime)
        #if canImport(Darwin)
            peakMemory = usage.ru_maxrss
        #else
            peakMemory = usage.ru_maxrss * 1024
        #endif
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
