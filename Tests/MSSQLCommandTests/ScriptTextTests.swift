import CommandLineTools
import MSSQLCommand
import Testing

@Suite struct ScriptTextTests {
    @Test(
        arguments: [
            Array("PRINT 'é€🐘'".utf8), [0xEF, 0xBB, 0xBF] + Array("PRINT 'é€🐘'".utf8),
            [0xFF, 0xFE] + "PRINT 'é€🐘'".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            [0xFE, 0xFF] + "PRINT 'é€🐘'".utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
        ] as [[UInt8]])
    func unicodeIsReadWithItsMark(bytes: [UInt8]) throws {
        #expect(try ScriptText.decode(bytes, name: "a.sql") == "PRINT 'é€🐘'")
    }

    @Test(
        arguments: [
            [0x50, 0xE9], [0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0x00, 0xD8], [0x41, 0x00, 0x42, 0x00],
        ] as [[UInt8]])
    func whatIsNoUnicodeIsAnErrorThatNamesTheFile(bytes: [UInt8]) {
        let error = #expect(throws: CommandFailure.self) { try ScriptText.decode(bytes, name: "a.sql") }
        #expect(error?.message.hasPrefix("a.sql is neither UTF-8 nor UTF-16") == true)
        #expect(error?.exitCode == .failure)
    }

    @Test func nothingIsText() throws {
        #expect(try ScriptText.decode([], name: "a.sql").isEmpty)
    }
}
