import TDSProtocol
import TLS

/// One client from PRELOGIN to the end, on a thread of its own.
final class ClientConnection {
    private let core: ServerCore
    private let transport: Transport
    private let processID: UInt16

    init(_ core: ServerCore, _ socket: ClientSocket, processID: UInt16) {
        self.core = core
        self.processID = processID
        transport = Transport(socket)
    }

    /// Serves the client until it leaves, breaks the protocol, or the server is stopped.
    func run() {
        do {
            let negotiation = LoginNegotiation(core: core, transport: transport, processID: processID)
            guard let login = try negotiation.run() else { return }
            defer { login.session.close() }
            let handler = RequestHandler(core: core, transport: transport, login: login)
            while !core.isStopping { try handler.handle(try transport.nextMessage()) }
        } catch let error as TDSProtocolError {
            log("closed: \(error.description)")
        } catch let error as TLSError {
            log("closed: \(error)")
        } catch {
            // The client left: there is no one to tell, and nothing to say.
        }
        transport.sayGoodbye()
    }

    private func log(_ what: String) { core.configuration.log.write("connection \(processID) \(what)") }
}

/// A client that has logged in.
struct AcceptedLogin {
    let session: any SQLSession
    let response: ResponseWriter
}
