/// Reads the values of tokens out of the bytes they stand in.
package enum TokenText {
    /// A token as written.
    package static func written(_ token: Token, in source: [UInt8]) -> String {
        String(decoding: source[clamp(token.start..<token.end, source)], as: UTF8.self)
    }

    /// A name without its delimiters and a string's value; any other token as written.
    package static func value(_ token: Token, in source: [UInt8]) -> String {
        switch token.kind {
        case .string, .nationalString, .unterminatedString:
            unescape(token, in: source, isString: true)
        case .bracketedName, .quotedName, .unterminatedName:
            unescape(token, in: source, isString: false)
        default: written(token, in: source)
        }
    }

    /// The bytes of a `0x…` constant; an odd number of digits gets a zero in front, as in SQL Server.
    package static func binary(_ token: Token, in source: [UInt8]) -> [UInt8] {
        let digits = source[clamp(token.start + 2..<token.end, source)].compactMap(ByteClass.hexValue)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2 + 1)
        var pending: UInt8? = digits.count.isMultiple(of: 2) ? nil : 0
        for digit in digits {
            if let high = pending {
                bytes.append(high << 4 | digit)
                pending = nil
            } else {
                pending = digit
            }
        }
        return bytes
    }

    /// The digits and the point of a money constant.
    package static func money(_ token: Token, in source: [UInt8]) -> String {
        let digits = source[clamp(token.start..<token.end, source)].filter { $0 &- 0x30 < 10 || $0 == 0x2E }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func clamp(_ range: Range<Int>, _ source: [UInt8]) -> Range<Int> {
        range.clamped(to: 0..<source.count)
    }

    /// Undoes doubled delimiters, and in a string the backslash before a line end, which continues a constant.
    private static func unescape(_ token: Token, in source: [UInt8], isString: Bool) -> String {
        let isTerminated = token.kind != .unterminatedString && token.kind != .unterminatedName
        var lower = token.start
        if source[lower] == 0x4E || source[lower] == 0x6E { lower += 1 }
        let close: UInt8 = source[lower] == 0x5B ? 0x5D : source[lower]
        let upper = max(lower + 1, isTerminated ? token.end - 1 : token.end)
        let body = source[clamp(lower + 1..<upper, source)]
        guard body.contains(close) || (isString && body.contains(0x5C)) else {
            return String(decoding: body, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count)
        var index = body.startIndex
        while index < body.endIndex {
            let current = body[index]
            index += 1
            if isString, current == 0x5C, index < body.endIndex, body[index] == 0x0A || body[index] == 0x0D {
                let isPair = body[index] == 0x0D && index + 1 < body.endIndex && body[index + 1] == 0x0A
                index += isPair ? 2 : 1
                continue
            }
            if current == close { index += 1 }
            bytes.append(current)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
