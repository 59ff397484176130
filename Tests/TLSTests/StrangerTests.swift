import Foundation
import TLS
import Testing

/// A client that nobody here wrote shakes hands with our server: `openssl s_client`, over a pair of pipes' worth of TCP.
@Suite(.serialized) struct StrangerTests {
    @Test(
        .enabled(if: Command.openssl != nil, "the openssl command is not installed"),
        arguments: [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")])
    func opensslClientConnectsVerifiesAndTalks(option: String, version: String) throws {
        let files = try IssuedFiles()
        defer { files.remove() }
        let listener = try LoopbackListener()
        let process = Process()
        let pipe = Pipe()
        process.executableURL = try #require(Command.openssl).executable
        process.arguments = [
            "s_client", "-connect", "127.0.0.1:\(listener.port)", option, "-CAfile", files.authority,
            "-verify_return_error", "-verify_hostname", "localhost", "-alpn", "tds/8.0", "-quiet", "-ign_eof",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let session = try TLSContext(server: .strict(identity: files.identity)).makeServerSession()
        let connection = try listener.accept()
        while try session.handshake() == .needsInput {
            try connection.send(session.takeOutput())
            let bytes = try connection.receive()
            try #require(!bytes.isEmpty, "the client hung up in the handshake")
            try session.receive(bytes)
        }
        try session.encrypt(Array("hello from the server\n".utf8))
        session.shutdown()
        try connection.send(session.takeOutput())
        connection.close()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(output.contains("hello from the server"))
        #expect(session.version == version)
        #expect(session.applicationProtocol == "tds/8.0")
    }
}
