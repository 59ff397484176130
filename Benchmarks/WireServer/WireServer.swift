import EmbeddedSQLServer
import TDSProtocol
import Threads

/// A TDS server without SQL: it sends responses that were built before, so that a client's cost is all there is to see.
///
/// It lets everyone in, without encryption. `SELECT * FROM shape WHERE rows = N` gives so many rows of a ``WireShape``,
/// `SELECT 1` one row, and everything else a DONE. `INSERT BULK` into a table that has the name of a shape swallows its rows;
/// `SELECT * FROM loaded` tells how many came last, with their bytes and the sum of these.
final class WireServer: Sendable {
    private let listener: ListeningSocket
    private let bell: Bell
    private let responses = ResponseCache()
    private let lastLoad = Lock(BulkReceipt())

    /// The port on 127.0.0.1.
    var port: Int { listener.port }

    /// Starts to listen.
    init() throws {
        listener = try ListeningSocket(address: "127.0.0.1", port: 0)
        bell = try Bell()
        try OperatingSystemThread(stackSize: 256 << 10) { [listener, bell, responses, lastLoad] in
            while true {
                guard case .client(let socket) = listener.accept(or: bell) else { continue }
                Self.serve(socket, responses, lastLoad)
            }
        }.detach()
    }

    private static func serve(
        _ socket: ClientSocket, _ responses: ResponseCache, _ lastLoad: Lock<BulkReceipt>
    ) {
        do {
            try OperatingSystemThread(stackSize: 512 << 10) {
                do {
                    var session = WireSession(socket, responses, lastLoad)
                    try session.run()
                } catch {
                    // The client is gone, which is how every conversation ends.
                }
                socket.closeNow()
            }.detach()
        } catch {
            socket.closeNow()
        }
    }
}
