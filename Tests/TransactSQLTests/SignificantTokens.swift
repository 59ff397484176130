import TransactSQL

/// The tokens of a batch that its tree must keep: the rule by which a text and its printed tree are compared.
///
/// Letters' case of what is not delimited does not count, nor how a constant is spelled (`0xab`, `N'a'`, `€1`). Synonyms
/// are one: EXEC and EXECUTE, PROC, TRAN, OUT, SOME and ANY, ROW and ROWS, FIRST and NEXT of FETCH, FOR and AFTER of a
/// trigger, `!=` and `<>`. Left out are the words that T-SQL lets one leave out:
/// - semicolons, and the comma after the last column of a table;
/// - AS, INNER, OUTER, ASC, and ALL after SELECT or `(`;
/// - PRIVILEGES after ALL; FROM LOGIN of a user is FOR LOGIN;
/// - INTO after INSERT and MERGE, FROM after DELETE, BY TARGET of MERGE, TRANSACTION and WORK after COMMIT and ROLLBACK.
///
/// In what defines tables, indexes and sequences the order of properties is free, so that there only their number
/// counts.
struct SignificantTokens: Equatable {
    private(set) var words: [String] = []

    init(_ text: String, quotedIdentifier: Bool = true) throws(SyntaxError) {
        let source = Array(text.utf8)
        let tokens = try Parser.tokens(ofBatch: text, quotedIdentifier: quotedIdentifier)
        words.reserveCapacity(tokens.count)
        for token in tokens where token.kind != .endOfText && token.kind != .semicolon {
            add(token, source)
        }
        dropCommas()
    }

    /// Whether another batch has the same tokens, in the same order where order counts.
    func matches(_ other: SignificantTokens) -> Bool {
        if words == other.words { return true }
        guard words.contains(where: SignificantTokens.freeOrder.contains) else { return false }
        return words.sorted() == other.words.sorted()
    }

    /// The first place where two batches differ, for a test's message.
    func difference(_ other: SignificantTokens) -> String {
        var index = 0
        while index < min(words.count, other.words.count), words[index] == other.words[index] { index += 1 }
        let range = { (words: [String]) in words[max(0, index - 4)..<min(words.count, index + 8)] }
        return "\(range(words).joined(separator: " ")) -> \(range(other.words).joined(separator: " "))"
    }

    // MARK: - The rule

    private static let freeOrder: Set<String> = ["TABLE", "INDEX", "SEQUENCE"]

    private static let noise: Set<String> = ["AS", "INNER", "OUTER", "ASC"]

    private static let synonyms = [
        "EXEC": "EXECUTE", "PROC": "PROCEDURE", "TRAN": "TRANSACTION", "OUT": "OUTPUT", "SOME": "ANY", "ROW": "ROWS",
        "FIRST": "NEXT", "!=": "<>", "!<": ">=", "!>": "<=",
    ]

    /// The verb that may still be followed by INTO or FROM, with nothing but TOP between them.
    private var verb = ""
    private var level = 0

    private mutating func add(_ token: Token, _ source: [UInt8]) {
        if !verb.isEmpty { follow(token, source) }
        switch token.kind {
        case .keyword, .name: add(word: TokenText.written(token, in: source).uppercased())
        case .string: words.append("'" + TokenText.value(token, in: source))
        case .nationalString: words.append("N'" + TokenText.value(token, in: source))
        case .money: words.append("$" + TokenText.money(token, in: source))
        case .binary: words.append("0x\(TokenText.binary(token, in: source))")
        case .variable, .bracketedName, .quotedName, .integer, .decimal, .float:
            words.append(TokenText.written(token, in: source))
        default: add(sign: TokenText.written(token, in: source))
        }
    }

    /// Forgets the verb at the first token that is no part of TOP.
    private mutating func follow(_ token: Token, _ source: [UInt8]) {
        switch token.kind {
        case .leftParenthesis where words.last == "TOP" || level > 0: level += 1
        case .rightParenthesis where level > 0: level -= 1
        case .integer, .float, .decimal: break
        case .keyword
        where ["TOP", "PERCENT", "INTO", "FROM"].contains(TokenText.written(token, in: source).uppercased()):
            break
        default:
            if level == 0 { verb = "" }
        }
    }

    /// A sign; a comparison of two signs may have blanks inside.
    private mutating func add(sign: String) {
        if let last = words.last, ["<", ">", "!"].contains(last), ["=", ">", "<"].contains(sign) {
            let joined = last + sign
            words[words.count - 1] = SignificantTokens.synonyms[joined] ?? joined
        } else {
            words.append(SignificantTokens.synonyms[sign] ?? sign)
        }
    }

    private mutating func add(word written: String) {
        let word = SignificantTokens.synonyms[written] ?? written
        let last = words.last ?? ""
        switch word {
        case _ where SignificantTokens.noise.contains(word): return
        case "INSERT", "MERGE", "DELETE":
            verb = word
            level = 0
            if last == "FOR" { words[words.count - 1] = "AFTER" }
        case "UPDATE":
            if last == "FOR" { words[words.count - 1] = "AFTER" }
        case "INTO" where level == 0 && (verb == "INSERT" || verb == "MERGE"),
            "FROM" where level == 0 && verb == "DELETE":
            verb = ""
            return
        case "TRANSACTION" where last == "COMMIT" || last == "ROLLBACK",
            "WORK" where last == "COMMIT" || last == "ROLLBACK":
            return
        case "ALL" where last == "SELECT" || last == "(": return
        case "PRIVILEGES" where last == "ALL": return
        case "LOGIN" where last == "FROM": words[words.count - 1] = "FOR"
        case "TARGET" where last == "BY":
            words.removeLast()
            return
        default: break
        }
        words.append(word)
    }

    private mutating func dropCommas() {
        guard words.contains("TABLE") else { return }
        var kept: [String] = []
        kept.reserveCapacity(words.count)
        for word in words {
            if word == ")", kept.last == "," { kept.removeLast() }
            kept.append(word)
        }
        words = kept
    }
}
