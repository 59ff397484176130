#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A program that was started to be measured, talked to by lines on its stdin and stdout.
///
/// Its stderr is this process's. Its stdin is closed when this object goes, at which a child must end.
///
/// ```swift
/// let reader = try ChildProcess("/usr/bin/wc", ["-l"])
/// try reader.write("one line\n")
/// let (status, usage) = try reader.finish()       // usage.cpu: what wc took
/// ```
package final class ChildProcess {
    /// A child could not be started, or did not do what it should.
    package struct Failure: Error, CustomStringConvertible {
        /// What failed and why.
        package let description: String

        /// A failure with its reason.
        package init(_ description: String) { self.description = description }
    }

    private let path: String
    private let process: pid_t
    private var input: Int32
    private let output: Int32
    private var read: [UInt8] = []
    private var ended: (status: Int32, usage: ResourceUsage)?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - arguments: What follows its name.
    /// - Throws: ``Failure`` when it cannot be started.
    package init(_ path: String, _ arguments: [String] = []) throws {
        self.path = path
        let toChild = try Self.pipe()
        let fromChild: (reading: Int32, writing: Int32)
        do {
            fromChild = try Self.pipe()
        } catch {
            close(toChild.reading)
            close(toChild.writing)
            throw error
        }
        defer {
            close(toChild.reading)
            close(fromChild.writing)
        }
        do {
            process = try Self.spawn(path, arguments, input: toChild.reading, output: fromChild.writing)
        } catch {
            close(toChild.writing)
            close(fromChild.reading)
            throw error
        }
        input = toChild.writing
        output = fromChild.reading
    }

    deinit {
        closeInput()
        close(output)
        if ended == nil {
            var status: Int32 = 0
            while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        }
    }

    /// Writes text to its stdin.
    package func write(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe Self.write(input, $0) }
            if count >= 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                throw Self.failure("\(path) reads no more")
            }
        }
    }

    /// The next line of its stdout, without the line break; nil at the end.
    package func readLine() throws -> String? {
        while true {
            if let end = read.firstIndex(of: 0x0A) {
                defer { read.removeSubrange(...end) }
                return String(decoding: read[..<end], as: UTF8.self)
            }
            guard try readMore() else {
                defer { read = [] }
                return read.isEmpty ? nil : String(decoding: read, as: UTF8.self)
            }
        }
    }

    /// Closes its stdin, reads what it still writes, and waits until it has ended.
    ///
    /// - Returns: The exit status, or 128 and the number of the signal that ended it; and what it used, by wait4. On Linux
    ///   the peak of memory is never less than this process held when it started the child.
    package func finish() throws -> (status: Int32, usage: ResourceUsage) {
        if let ended { return ended }
        closeInput()
        while try readMore() {}
        var status: Int32 = 0
        var usage = rusage()
        while unsafe wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw Self.failure("cannot wait for \(path)") }
        }
        // WIFEXITED and WEXITSTATUS are macros that Swift does not see.
        let signal = status & 0x7F
        let result = (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, ResourceUsage(usage))
        ended = result
        return result
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - arguments: What follows its name.
    ///   - work: How many units of work it did, from the lines of its stdout; nil when they do not tell.
    /// - Returns: Time from its start to its end, and what it used.
    /// - Throws: ``Failure`` when it cannot be started, fails, or `work` returns nil.
    package static func measure(
        _ path: String, _ arguments: [String] = [], work: ([String]) -> Int?
    ) throws -> Sample {
        let clock = ContinuousClock()
        let start = clock.now
        let child = try ChildProcess(path, arguments)
        child.closeInput()
        var lines: [String] = []
        while let line = try child.readLine() { lines.append(line) }
        let (status, usage) = try child.finish()
        let wall = start.duration(to: clock.now).seconds
        guard status == 0 else { throw Failure("\(path) ended with status \(status)") }
        guard let work = work(lines) else { throw Failure("\(path) did not tell what it did: \(lines)") }
        return Sample(wall: wall, usage: usage, work: work)
    }

    // MARK: The system

    private func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Reads what is there, waiting for at least one byte; false at the end.
    private func readMore() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Self.read(output, $0) }
            if count >= 0 {
                read += buffer[..<count]
                return count > 0
            }
            guard errno == EINTR else { throw Self.failure("cannot read what \(path) writes") }
        }
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Darwin)
            unsafe Darwin.read(descriptor, bytes.baseAddress, bytes.count)
        #else
            unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    /// A pipe whose ends other children do not get.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        #if canImport(Darwin)
            let status = unsafe Darwin.pipe(&ends)
        #else
            let status = unsafe Glibc.pipe(&ends)
        #endif
        guard status == 0 else { throw failure("cannot make a pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(_ path: String, _ arguments: [String], input: Int32, output: Int32) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = unsafe posix_spawn_file_actions_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) }
        defer { unsafe words.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let status = unsafe posix_spawn(&process, path, &actions, nil, words + [nil], environ)
        guard status == 0 else { throw failure("cannot start \(path)", status) }
        return process
    }

    private static func failure(_ what: String, _ number: Int32 = errno) -> Failure {
        Failure("\(what): \(unsafe String(cString: strerror(number))) (errno \(number))")
    }
}
