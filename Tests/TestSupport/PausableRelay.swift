import EmbeddedSQLServer
import Foundation
import Synchronization

/// A relay to a server on this machine that can stop reading from its clients: a server that is there and takes nothing.
///
/// ```swift
/// let relay = try PausableRelay(to: server.port)
/// defer { relay.stop() }
/// relay.pause()       // what clients send now stays in the buffers of the sockets, until these are full
/// ```
public final class PausableRelay: Sendable {
    /// What the relay's threads look at.
    private final class Flags: Sendable {
        let isPaused = Atomic(false)
        let isStopped = Atomic(false)

        /// Waits until the relay may read; false when it is over.
        func mayRead() -> Bool {
            while isPaused.load(ordering: .relaxed), !isStopped.load(ordering: .relaxed) {
                Thread.sleep(forTimeInterval: 0.002)
            }
            return !isStopped.load(ordering: .relaxed)
        }
    }

    /// Where clients connect to on 127.0.0.1.
    public let port: Int
    private let flags = Flags()

    /// Starts a relay to a port on 127.0.0.1.
    public init(to target: Int) throws {
        let listener = try ListeningSocket(address: "127.0.0.1", port: 0)
        let bell = try Bell()
        port = listener.port
        let flags = flags
        Thread.detachNewThread {
            while !flags.isStopped.load(ordering: .relaxed) {
                guard case .client(let client) = listener.accept(or: bell) else { continue }
                Self.connect(client, to: target, flags)
            }
        }
    }

    deinit { stop() }

    /// From now on nothing is read from clients.
    public func pause() { flags.isPaused.store(true, ordering: .relaxed) }

    /// Ends the relay and hangs up; a second call does nothing.
    public func stop() {
        guard !flags.isStopped.exchange(true, ordering: .relaxed) else { return }
        do {
            // The thread that waits for clients looks at the flag when one comes.
            _ = try ClientSocket(connectingTo: "127.0.0.1", port: port)
        } catch {
            // It has seen the flag already.
            return
        }
    }

    private static func connect(_ client: ClientSocket, to target: Int, _ flags: Flags) {
        do {
            let server = try ClientSocket(connectingTo: "127.0.0.1", port: target)
            Thread.detachNewThread { copy(client, server) { flags.mayRead() } }
            Thread.detachNewThread { copy(server, client) { !flags.isStopped.load(ordering: .relaxed) } }
        } catch {
            client.closeNow()
        }
    }

    /// Copies until an end hangs up or the relay is over.
    private static func copy(_ source: ClientSocket, _ target: ClientSocket, while mayRead: () -> Bool) {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        do {
            while mayRead() {
                guard try source.isReadable(timeout: 50) else { continue }
                guard mayRead() else { break }
                let count = try source.receive(into: &buffer, timeout: -1)
                try target.send(Array(buffer[..<count]))
            }
        } catch {
            // One end is gone, and the other follows.
        }
        source.hangUp()
        target.hangUp()
    }
}
