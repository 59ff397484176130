import SQLServer
import TestSupport
import Testing

/// Texts that have no Unicode form: an error, never a `?` that gets written back.
@Suite struct DamagedTextTests {
    private func read(_ engine: Engine, _ tokens: [UInt8]) async throws -> Result<String, SQLServerError> {
        let server = try CannedTDSServer(answeringSelect: tokens)
        defer { server.stop() }
        let client = try SQLServerClient(engine.configuration(port: server.port))
        let result: Result<String, SQLServerError>
        do throws(SQLServerError) {
            result = .success(try await client.scalar("SELECT t", as: String.self))
        } catch {
            result = .failure(error)
        }
        await client.shutDown()
        return result
    }

    @Test(arguments: Engine.all) func aGoodTextIsRead(engine: Engine) async throws {
        let text = try await read(engine, CannedTDSServer.textRow(Array("Grüße 🐘".utf16))).get()
        #expect(text == "Grüße 🐘")
    }

    @Test(arguments: Engine.all) func halfOfASurrogatePairIsAnErrorThatNamesTheColumn(engine: Engine) async throws {
        let result = try await read(engine, CannedTDSServer.textRow([0x41, 0xD83D, 0x42]))
        let error = #expect(throws: SQLServerError.self) { try result.get() }
        #expect(error?.code == .decoding)
        #expect(error?.message.contains("'t'") == true)
    }

    /// What the second row of a FOR JSON document begins with when the cut falls inside a character.
    @Test(arguments: Engine.all) func theSecondHalfOfASurrogatePairAtTheBeginIsAnErrorThatNamesTheColumn(engine: Engine)
        async throws
    {
        let result = try await read(engine, CannedTDSServer.textRow([0xDC18, 0x41, 0x42]))
        let error = #expect(throws: SQLServerError.self) { try result.get() }
        #expect(error?.code == .decoding)
        #expect(error?.message.contains("'t'") == true)
    }

    @Test(arguments: Engine.all) func aByteThatTheCodePageDoesNotHaveIsAnErrorThatNamesTheColumn(engine: Engine)
        async throws
    {
        let result = try await read(engine, CannedTDSServer.textRow(bytes: [0x78, 0x81, 0x79]))
        let error = #expect(throws: SQLServerError.self) { try result.get() }
        #expect(error?.code == .decoding)
        #expect(error?.message.contains("'t'") == true)
    }
}
