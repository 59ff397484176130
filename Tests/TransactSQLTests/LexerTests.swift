import Testing
import TransactSQL

@Suite struct LexerTests {
    private func lex(_ text: String, quotedIdentifier: Bool = true) -> [Token] {
        Lexer.tokens(of: Array(text.utf8), quotedIdentifier: quotedIdentifier)
    }

    private func kinds(_ text: String, quotedIdentifier: Bool = true) -> [TokenKind] {
        lex(text, quotedIdentifier: quotedIdentifier).map(\.kind).dropLast()
    }

    private func values(_ text: String, quotedIdentifier: Bool = true) -> [String] {
        let source = Array(text.utf8)
        return Lexer.tokens(of: source, quotedIdentifier: quotedIdentifier)
            .dropLast().map { TokenText.value($0, in: source) }
    }

    @Test(arguments: [
        ("42", TokenKind.integer), ("4.2", .decimal), (".5", .decimal), ("4.", .decimal), ("1e3", .float),
        ("1.5E-3", .float), ("1e", .float), ("0xAF", .binary), ("0x", .binary), ("$1.50", .money), ("$", .money),
        ("£12", .money), ("'a'", .string), ("N'a'", .nationalString), ("n'a'", .nationalString),
        ("[a b]", .bracketedName), ("\"a b\"", .quotedName), ("@x", .variable), ("@@ROWCOUNT", .variable),
        ("#t", .name), ("##t", .name), ("$action", .name), ("größe", .name), ("名前", .name), ("a$b@c#d", .name),
        ("select", .keyword), ("NoLock", .name), ("_x1", .name),
    ])
    func oneTokenHasItsKind(text: String, kind: TokenKind) {
        #expect(kinds(text) == [kind])
        #expect(lex(text).first?.end == text.utf8.count)
    }

    @Test(arguments: [
        ("<>", TokenKind.notEqual), ("!=", .notEqual), ("<=", .lessOrEqual), ("!>", .lessOrEqual),
        (">=", .greaterOrEqual), ("!<", .greaterOrEqual), ("+=", .assignAdd), ("-=", .assignSubtract),
        ("*=", .assignMultiply), ("/=", .assignDivide), ("%=", .assignModulo), ("&=", .assignAnd), ("^=", .assignXor),
        ("|=", .assignOr), ("||", .doubleBar), ("||=", .assignConcatenate), ("::", .doubleColon), ("<<", .shiftLeft),
        (">>", .shiftRight),
    ])
    func operatorsOfSeveralBytesAreOneToken(text: String, kind: TokenKind) {
        #expect(kinds(text) == [kind])
    }

    @Test(arguments: [
        ("'it''s'", ["it's"]), ("N''", [""]), ("[a]]b]", ["a]b"]), ("\"a\"\"b\"", ["a\"b"]), ("'a\\\nb'", ["ab"]),
        ("'a\\b'", ["a\\b"]), ("'a\\\r\nb'", ["ab"]), ("[it's] 'x'", ["it's", "x"]), ("'a''''b'", ["a''b"]),
    ])
    func valuesHaveTheirEscapesUndone(text: String, expected: [String]) {
        #expect(values(text) == expected)
    }

    @Test func blockCommentsNest() {
        #expect(values("a /* x /* y */ z */ b -- c\nd") == ["a", "b", "d"])
        #expect(values("/*/*/ */*/ x") == ["x"])
    }

    @Test func quotedTextIsAStringWhenQuotedIdentifierIsOff() {
        #expect(kinds("\"a\"", quotedIdentifier: false) == [.string])
        #expect(values("\"it's\"", quotedIdentifier: false) == ["it's"])
    }

    @Test func commasEndAMoneyConstant() {
        #expect(values("$555,123.45") == ["$555", ",", "123.45"])
        #expect(kinds("$,$1.") == [.money, .comma, .money])
    }

    @Test func everyLineEndCounts() {
        #expect(lex("a\nb\rc\r\nd 'x\ny' /* \n */ e").map(\.line) == [1, 2, 3, 4, 4, 6, 6])
    }

    @Test(arguments: [
        ("'abc", TokenKind.unterminatedString), ("N'abc''", .unterminatedString), ("[abc", .unterminatedName),
        ("\"abc", .unterminatedName), ("/* abc /* */", .unterminatedComment), ("'", .unterminatedString),
    ])
    func whatNeverEndsIsATokenOfItsOwn(text: String, kind: TokenKind) {
        #expect(kinds("x " + text) == [.name, kind])
    }

    @Test func binaryConstantsAreReadAsBytes() throws {
        let source = Array("0xABC".utf8)
        let token = try #require(Lexer.tokens(of: source).first)
        #expect(TokenText.binary(token, in: source) == [0x0A, 0xBC])
    }

    @Test func noByteIsLostBetweenTokens() {
        let text = "SELECT a , 'b' -- c\nFROM [d] /* e */ WHERE f >= 0x1F;"
        let bytes = Array(text.utf8)
        var end = 0
        for token in lex(text) {
            #expect(token.start >= end)
            let gap = String(decoding: bytes[end..<token.start], as: UTF8.self)
            #expect(["", " ", " -- c\n", " /* e */ "].contains(gap))
            end = token.end
        }
        #expect(end == bytes.count)
    }

    @Test func blanksBeyondASCIISeparate() {
        #expect(values("a\u{00A0}b\u{3000}c\u{FEFF}d") == ["a", "b", "c", "d"])
    }
}
