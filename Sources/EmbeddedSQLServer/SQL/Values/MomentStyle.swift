/// How CONVERT's style says in which order a text has day, month and year.
enum MomentStyle {
    /// The order for a text: the style's, or without a style the session's.
    ///
    /// A text of another form than the style's is refused, because what SQL Server makes of it is not documented.
    static func order(of style: Int?, for text: String) throws(ServerMessage) -> MomentParser.Order {
        guard let style, style != 0, style != 100 else { return .session }
        let words = text.split(separator: " ")
        guard let first = words.first else { return .monthFirst }
        // Texts that mean the same in every order.
        let hasName = text.split { !$0.isLetter }.contains { $0.count >= 3 }
        if hasName || first.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return .monthFirst }
        if first.contains(":") { return .monthFirst }
        let parts = first.split(separator: "T")[0].split { $0 == "/" || $0 == "-" || $0 == "." }
        let refusal = ServerMessage.unsupported("CONVERT style \(style) of text in another form")
        guard parts.count == 3 else { throw refusal }
        let widths = parts.map(\.count)
        let isShort = style < 20
        switch style {
        case 1, 10, 101, 110:
            guard widths[2] == (isShort ? 2 : 4), widths[0] <= 2 else { throw refusal }
            return .monthFirst
        case 3, 4, 5, 103, 104, 105:
            guard widths[2] == (isShort ? 2 : 4), widths[0] <= 2 else { throw refusal }
            return .dayFirst
        case 2, 11, 12:
            guard widths[0] == 2, widths[2] <= 2 else { throw refusal }
            return .yearFirst
        case 20, 21, 23, 25, 102, 111, 112, 120, 121, 126, 127:
            guard widths[0] == 4 else { throw refusal }
            return .yearFirst
        default: throw refusal
        }
    }
}
