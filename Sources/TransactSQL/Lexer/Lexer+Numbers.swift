extension Lexer {
    /// An integer, decimal, float or binary constant.
    mutating func number() -> Token {
        let start = index
        if source[index] == 0x30, byte(1) == 0x78 || byte(1) == 0x58 {
            index += 2
            while ByteClass.hexValue(byte(0)) != nil { index += 1 }
            return Token(kind: .binary, start: start, end: index, line: line)
        }
        skipDigits()
        var kind = TokenKind.integer
        if byte(0) == 0x2E {
            kind = .decimal
            index += 1
            skipDigits()
        }
        if skipExponent() { kind = .float }
        return Token(kind: kind, start: start, end: index, line: line)
    }

    /// A decimal or float constant that begins with its point.
    mutating func fraction() -> Token {
        let start = index
        index += 1
        skipDigits()
        let kind: TokenKind = skipExponent() ? .float : .decimal
        return Token(kind: kind, start: start, end: index, line: line)
    }

    /// `$` begins a money constant, or a name such as `$action`.
    mutating func dollar() -> Token {
        let following = ByteClass.upper(byte(1))
        guard (0x41...0x5A).contains(following) || following == 0x5F else { return money(signLength: 1) }
        let start = index
        skipNameBytes()
        return Token(kind: .name, start: start, end: index, line: line)
    }

    /// A currency sign and the number after it, which may be missing; commas are not part of it.
    mutating func money(signLength: Int) -> Token {
        let start = index
        index += signLength
        if byte(0) == 0x28 { return Token(kind: .invalid, start: start, end: index, line: line) }
        skipDigits()
        if byte(0) == 0x2E {
            index += 1
            skipDigits()
        }
        return Token(kind: .money, start: start, end: index, line: line)
    }

    /// The length of a currency sign beyond ASCII (pound, yen, euro) when a digit follows, or 0.
    func currencySignLength() -> Int {
        if byte(0) == 0xC2, byte(1) == 0xA3 || byte(1) == 0xA5, isDigit(byte(2)) { return 2 }
        if byte(0) == 0xE2, byte(1) == 0x82, byte(2) == 0xAC, isDigit(byte(3)) { return 3 }
        return 0
    }

    private mutating func skipDigits() {
        while isDigit(byte(0)) { index += 1 }
    }

    /// Steps over `e`, an optional sign and digits; `1e` means `1e0`.
    private mutating func skipExponent() -> Bool {
        guard byte(0) == 0x65 || byte(0) == 0x45 else { return false }
        index += 1
        if (byte(0) == 0x2B || byte(0) == 0x2D) && isDigit(byte(1)) { index += 1 }
        skipDigits()
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
