import CommandLineTools
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension CommandInput {
    /// The process's stdin; prompts go to `talk`.
    static func standard(talk: TextSink) -> CommandInput {
        CommandInput(
            isTerminal: isatty(STDIN_FILENO) == 1,
            readAll: { Array(try FileHandle.standardInput.readToEnd() ?? Data()) },
            readSecret: { prompt in
                try talk.write(prompt)
                let secret = SecretLine.read(from: STDIN_FILENO)
                try talk.write("\n")
                return secret
            })
    }
}

/// Reads one line from a terminal that shows nothing of it.
///
/// Keys are handled here instead of by the terminal, so that Ctrl-C cannot end the process while the echo is off.
private enum SecretLine {
    private enum Key {
        static let interrupt: UInt8 = 3
        static let endOfInput: UInt8 = 4
        static let backspaces: Set<UInt8> = [8, 127]
        static let lineKill: UInt8 = 21
        static let ends: Set<UInt8> = [10, 13]
    }

    /// The line; nil when it was given up, or when the echo cannot be turned off.
    static func read(from descriptor: Int32) -> String? {
        var before = termios()
        guard unsafe tcgetattr(descriptor, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard unsafe tcsetattr(descriptor, TCSAFLUSH, &silent) == 0 else { return nil }
        defer { _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &before) }
        return readLine(from: descriptor)
    }

    private static func readLine(from descriptor: Int32) -> String? {
        var line: [UInt8] = []
        while let byte = readByte(from: descriptor) {
            switch byte {
            case Key.interrupt: return nil
            case Key.endOfInput where line.isEmpty: return nil
            case Key.lineKill: line = []
            case _ where Key.ends.contains(byte): return String(validating: line, as: UTF8.self)
            case _ where Key.backspaces.contains(byte): removeCharacter(from: &line)
            default: line.append(byte)
            }
        }
        return nil
    }

    /// Removes a whole character, not one of its bytes.
    private static func removeCharacter(from line: inout [UInt8]) {
        while let byte = line.popLast(), byte & 0xC0 == 0x80 {}
    }

    private static func readByte(from descriptor: Int32) -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = unsafe Foundation.read(descriptor, &byte, 1)
            if count == 1 { return byte }
            guard count < 0, errno == EINTR else { return nil }
        }
    }
}
