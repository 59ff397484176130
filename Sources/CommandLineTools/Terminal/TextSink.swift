#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where text goes: a file descriptor, or a test's buffer.
package struct TextSink: Sendable {
    /// Whether a person reads along.
    package let isTerminal: Bool
    private let body: @Sendable (String) throws(OutputError) -> Void

    package init(isTerminal: Bool = false, write body: @escaping @Sendable (String) throws(OutputError) -> Void) {
        self.isTerminal = isTerminal
        self.body = body
    }

    /// Writes all of the text.
    package func write(_ text: String) throws(OutputError) {
        guard !text.isEmpty else { return }
        try body(text)
    }

    /// A file descriptor, which stays the caller's.
    ///
    /// A closed pipe is ``OutputError/closed`` when the process ignores SIGPIPE, as ``Terminal/standard(environment:)`` sees to.
    package static func descriptor(_ descriptor: Int32) -> TextSink {
        TextSink(isTerminal: isatty(descriptor) == 1) { text throws(OutputError) in
            var text = text
            let error = text.withUTF8 { bytes in unsafe writeAll(UnsafeRawBufferPointer(bytes), to: descriptor) }
            if error == EPIPE { throw .closed }
            if error != 0 { throw .failed(error, reason: unsafe String(cString: strerror(error))) }
        }
    }
}

/// Writes until all is written, and returns 0 or the system's error number.
private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = unsafe bytes
    while unsafe !rest.isEmpty {
        let count = unsafe write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            continue
        }
        let error = errno
        switch error {
        case EINTR:
            continue
        case EAGAIN:
            // A descriptor that another process made non-blocking: wait until it takes more.
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&waiting, 1, -1)
        default:
            return error == 0 ? EIO : error
        }
    }
    return 0
}
