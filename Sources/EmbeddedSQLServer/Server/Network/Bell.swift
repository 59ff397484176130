#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Wakes a thread that waits in poll: a pipe that one byte is written to.
package final class Bell: Sendable {
    /// What the waiting thread polls.
    let readEnd: Int32
    private let writeEnd: Int32

    package init() throws {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw EmbeddedServerError(SocketFailure.system("the embedded server cannot start: no pipe").description)
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Wakes the thread; when it was woken already and has not looked yet, nothing more happens.
    func ring() {
        var byte: UInt8 = 1
        unsafe _ = write(writeEnd, &byte, 1)
    }

    /// Waits for a ring, and forgets it.
    func wait() {
        var polled = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        unsafe _ = poll(&polled, 1, -1)
        silence()
    }

    /// Forgets all rings so far.
    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while unsafe read(readEnd, &bytes, bytes.count) == bytes.count {}
    }
}
