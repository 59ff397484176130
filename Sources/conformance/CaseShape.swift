import TransactSQL

/// What two cases share that differ in their literals only.
enum CaseShape {
    /// A text that is the same for cases of the same shape.
    static func of(_ item: ConformanceCase) -> String {
        var shape = item.chapter
        for step in item.steps {
            shape += "\n" + step.session + " "
            switch step.action {
            case .open: shape += "open"
            case .run(let text, _): shape += "run " + self.shape(of: text)
            case .setUp(let text): shape += "set up " + self.shape(of: text)
            case .send(let text): shape += "send " + self.shape(of: text)
            case .expectWaiting: shape += "waits"
            case .await: shape += "await"
            case .attention: shape += "attention"
            }
        }
        return shape
    }

    private static func shape(of text: String) -> String {
        let source = Array(text.utf8)
        let words = Lexer.tokens(of: source).map { token in
            switch token.kind {
            case .string, .nationalString, .integer, .decimal, .float, .money, .binary: "?"
            default: TokenText.written(token, in: source).lowercased()
            }
        }
        return words.joined(separator: " ")
    }
}
