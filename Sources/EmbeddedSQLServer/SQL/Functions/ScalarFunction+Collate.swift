extension ScalarFunction {
    /// Comparison and order in other collations than the database's.
    static let collations: [ScalarFunction] = [
        // Two texts, whether they are compared as nvarchar, and how: 0 by code points, 1 and 2 with case.
        .stored("ts_compare") { arguments, _ throws(ServerMessage) in
            guard !arguments[0].isNull, !arguments[1].isNull else { return .null }
            let (a, b) = (arguments[0].text, arguments[1].text)
            let isWide = arguments[2].integer == 1
            let mode = arguments[3].integer
            return .integer(try mode == 0 ? binaryOrder(a, b, isWide) : caseOrder(a, b, isWide || mode == 2))
        },
        .stored("ts_sort_key") { arguments, _ throws(ServerMessage) in
            guard !arguments[0].isNull else { return .null }
            let text = arguments[0].text.withoutTrailingBlanks
            guard text.utf8.allSatisfy({ $0 >= 0x20 }) else {
                throw .unsupported("ORDER BY of control characters with COLLATE")
            }
            return .blob(arguments[1].integer == 1 ? Array(text.utf8) : try CodePage.encode(text))
        },
    ]

    /// The order of code points, or of the bytes of the code page; the shorter text goes on with blanks.
    private static func binaryOrder(_ a: String, _ b: String, _ isWide: Bool) throws(ServerMessage) -> Int64 {
        let x = isWide ? a.unicodeScalars.map(\.value) : try CodePage.encode(a).map { UInt32($0) }
        let y = isWide ? b.unicodeScalars.map(\.value) : try CodePage.encode(b).map { UInt32($0) }
        for index in 0..<max(x.count, y.count) {
            let (p, q) = (index < x.count ? x[index] : 0x20, index < y.count ? y[index] : 0x20)
            if p != q { return p < q ? -1 : 1 }
        }
        return 0
    }

    /// 0 for texts that are equal with their case, 1 for others; refuses what may be equal though it differs.
    private static func caseOrder(_ a: String, _ b: String, _ isLinguistic: Bool) throws(ServerMessage) -> Int64 {
        let (x, y) = (Array(a.withoutTrailingBlanks.unicodeScalars), Array(b.withoutTrailingBlanks.unicodeScalars))
        if x == y { return 0 }
        let isPlain = (x + y).allSatisfy { $0.value < 0x80 && (!isLinguistic || $0.value >= 0x20) }
        if isPlain { return 1 }
        let difference = isLinguistic ? LinguisticCollation.compare(a, b) : TextCollation.compare(a, b)
        let isKnown = (x + y).allSatisfy { $0.value <= 0xFF && $0.value >= 0x20 }
        if difference != 0, isKnown { return 1 }
        let differsInCase =
            x.count == y.count
            && zip(x, y).allSatisfy { $0.properties.lowercaseMapping == $1.properties.lowercaseMapping }
        guard isKnown, differsInCase else { throw .unsupported("COLLATE with case of these characters") }
        return 1
    }
}
