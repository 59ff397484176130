extension Lexer {
    /// An operator or a punctuation mark of one, two or three bytes.
    mutating func symbol(_ first: UInt8) -> Token {
        let second = byte(1)
        switch first {
        case 0x2C: return take(1, .comma)
        case 0x3B: return take(1, .semicolon)
        case 0x28: return take(1, .leftParenthesis)
        case 0x29: return take(1, .rightParenthesis)
        case 0x7B: return take(1, .leftBrace)
        case 0x7D: return take(1, .rightBrace)
        case 0x7E: return take(1, .tilde)
        case 0x3D: return take(1, .equal)
        case 0x2E: return second &- 0x30 < 10 ? fraction() : take(1, .dot)
        case 0x3A: return second == 0x3A ? take(2, .doubleColon) : take(1, .colon)
        case 0x3C, 0x3E, 0x21: return comparison(first, second)
        case 0x7C: return bar(second)
        default: return arithmetic(first, isAssignment: second == 0x3D)
        }
    }

    private mutating func comparison(_ first: UInt8, _ second: UInt8) -> Token {
        switch (first, second) {
        case (0x3C, 0x3D), (0x21, 0x3E): take(2, .lessOrEqual)
        case (0x3C, 0x3E), (0x21, 0x3D): take(2, .notEqual)
        case (0x3C, 0x3C): take(2, .shiftLeft)
        case (0x3E, 0x3D), (0x21, 0x3C): take(2, .greaterOrEqual)
        case (0x3E, 0x3E): take(2, .shiftRight)
        case (0x3C, _): take(1, .less)
        case (0x3E, _): take(1, .greater)
        default: take(1, .exclamation)
        }
    }

    private mutating func bar(_ second: UInt8) -> Token {
        if second == 0x7C { return byte(2) == 0x3D ? take(3, .assignConcatenate) : take(2, .doubleBar) }
        return second == 0x3D ? take(2, .assignOr) : take(1, .bar)
    }

    private mutating func arithmetic(_ first: UInt8, isAssignment: Bool) -> Token {
        let length = isAssignment ? 2 : 1
        switch first {
        case 0x2B: return take(length, isAssignment ? .assignAdd : .plus)
        case 0x2D: return take(length, isAssignment ? .assignSubtract : .minus)
        case 0x2A: return take(length, isAssignment ? .assignMultiply : .star)
        case 0x2F: return take(length, isAssignment ? .assignDivide : .slash)
        case 0x25: return take(length, isAssignment ? .assignModulo : .percentSign)
        case 0x26: return take(length, isAssignment ? .assignAnd : .ampersand)
        case 0x5E: return take(length, isAssignment ? .assignXor : .caret)
        default: return take(1, .invalid)
        }
    }
}
