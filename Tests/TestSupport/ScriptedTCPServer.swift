import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A TCP server on 127.0.0.1 that is no SQL Server: it says the same bytes to everyone, or nothing.
public final class ScriptedTCPServer: Sendable {
    /// What the server does with a client.
    public enum Script: Sendable {
        /// Sends bytes after the client's first ones, and closes.
        case answer([UInt8])
        /// Closes at once.
        case hangUp
        /// Reads and never answers.
        case silence
        /// Answers everything that comes at once, or with nothing, until the client closes.
        case conversation(@Sendable ([UInt8]) -> [UInt8])
    }

    /// The port that the server listens on.
    public let port: Int
    private let listener: Int32
    private let isListening = Atomic(true)

    /// Starts a server on a free port.
    public init(_ script: Script) throws {
        // SOCK_STREAM is an enumeration in Glibc and a number elsewhere.
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard status else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        listener = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { Self.serve(descriptor, script) }
    }

    deinit { stop() }

    /// Stops listening; a second call does nothing.
    ///
    /// The serving thread closes the descriptor, because another socket may get its number at once.
    public func stop() {
        guard isListening.exchange(false, ordering: .relaxed) else { return }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func serve(_ listener: Int32, _ script: Script) {
        var silent: [Int32] = []
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { break }
            switch script {
            case .answer(let bytes):
                var buffer = [UInt8](repeating: 0, count: 4_096)
                _ = unsafe recv(client, &buffer, buffer.count, 0)
                _ = unsafe send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(client)
            case .hangUp: close(client)
            case .conversation(let answer):
                Thread.detachNewThread { converse(client, answer) }
            case .silence: silent.append(client)
            }
        }
        for client in silent { close(client) }
        close(listener)
    }

    private static func converse(_ client: Int32, _ answer: ([UInt8]) -> [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let bytes = answer(Array(buffer[..<count]))
            guard unsafe send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { break }
        }
        close(client)
    }
}
