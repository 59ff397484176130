import CommandLineTools
import Foundation
import Testing

/// Data and talk go their own ways, and nothing crashes when nobody reads.
struct TerminalTests {
    @Test func dataAndTalkAreApart() throws {
        let (output, talk) = (TextBuffer(), TextBuffer())
        let terminal = Terminal(output: output.sink(), talk: talk.sink(), environment: [:])
        try terminal.print("row")
        terminal.say("1 row")
        terminal.warn("slow")
        terminal.fail("gone")
        #expect(output.text == "row\n")
        #expect(talk.text == "1 row\nwarning: slow\nerror: gone\n")
    }

    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
        (true, ["TERM": "dumb"], false), (true, ["TERM": "xterm"], true),
    ])
    func colourIsForTerminalsThatWantIt(isTerminal: Bool, environment: [String: String], isColoured: Bool) {
        let talk = TextBuffer()
        let terminal = Terminal(
            output: TextBuffer().sink(), talk: talk.sink(isTerminal: isTerminal), environment: environment)
        terminal.fail("x")
        #expect(talk.text == (isColoured ? "\u{1B}[31merror:\u{1B}[0m x\n" : "error: x\n"))
    }

    @Test func readerThatWentAwayIsAnErrorOfTheDataOnly() throws {
        let terminal = Terminal(
            output: TextBuffer(closesAfter: 4).sink(), talk: TextBuffer(closesAfter: 0).sink(), environment: [:])
        terminal.say("nobody reads this")
        try terminal.write("1234")
        #expect(throws: OutputError.closed) { try terminal.write("5") }
    }

    @Test func closedPipeIsAnErrorAndNotTheEndOfTheProcess() throws {
        _ = Terminal.standard(environment: [:])
        let pipe = Pipe()
        let sink = TextSink.descriptor(pipe.fileHandleForWriting.fileDescriptor)
        try sink.write("héllo\n")
        #expect(pipe.fileHandleForReading.availableData == Data("héllo\n".utf8))
        try pipe.fileHandleForReading.close()
        #expect(throws: OutputError.closed) { try sink.write("more\n") }
        #expect(!sink.isTerminal)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "this system has no /dev/full"))
    func fullDiskIsAnErrorWithItsReason() throws {
        let file = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let sink = TextSink.descriptor(file.fileDescriptor)
        #expect { try sink.write("x") } throws: { error in
            "\(error)".contains("No space left on device") && error as? OutputError != .closed
        }
    }

    @Test func exitCodesAreTheContract() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
        #expect(ExitCode.drift.rawValue == 4)
        #expect(ExitCode.connection.rawValue == 3)
    }
}

/// Progress shows only to a person, and only when it takes long.
struct ProgressLineTests {
    @Test func lineAppearsAfterASecondAndIsWipedAtTheEnd() {
        let (talk, clock) = (TextBuffer(), ManualClock())
        let terminal = Terminal(output: TextBuffer().sink(), talk: talk.sink(isTerminal: true), environment: [:])
        var progress = terminal.progress(clock: clock)
        progress.update("too early")
        clock.advance(by: .seconds(1))
        progress.update("10 rows")
        clock.advance(by: .milliseconds(50))
        progress.update("too soon")
        clock.advance(by: .milliseconds(50))
        progress.update("20 rows")
        progress.finish()
        #expect(talk.text == "\r\u{1B}[K10 rows\r\u{1B}[K20 rows\r\u{1B}[K")
    }

    @Test func shortWorkIsSilent() {
        let talk = TextBuffer()
        let terminal = Terminal(output: TextBuffer().sink(), talk: talk.sink(isTerminal: true), environment: [:])
        var progress = terminal.progress(clock: ManualClock())
        progress.update("1 row")
        progress.finish()
        #expect(talk.text == "")
    }

    @Test func pipesGetNoProgress() {
        let (talk, clock) = (TextBuffer(), ManualClock())
        let terminal = Terminal(output: TextBuffer().sink(), talk: talk.sink(), environment: [:])
        var progress = terminal.progress(clock: clock)
        clock.advance(by: .seconds(60))
        progress.update("10 rows")
        progress.finish()
        #expect(talk.text == "")
    }

    @Test func longTextStaysOnOneLine() {
        let (talk, clock) = (TextBuffer(), ManualClock())
        let terminal = Terminal(output: TextBuffer().sink(), talk: talk.sink(isTerminal: true), environment: [:])
        var progress = terminal.progress(clock: clock)
        clock.advance(by: .seconds(2))
        progress.update("a\n" + String(repeating: "x", count: 200))
        #expect(talk.text.count == "\r\u{1B}[K".count + 79)
        #expect(!talk.text.contains("\n"))
    }
}
