import SQLValues

/// Reads values of SQL types from text of callers, strictly: nothing is guessed, cut or rounded.
enum ValueText {
    /// The value of a text; nil when it is not written as the type is.
    static func value(_ text: String, as type: SQLType) -> SQLValue? {
        switch type.kind {
        case .bit: bit(text)
        case .tinyInt, .smallInt, .int, .bigInt: Int64(text).map(SQLValue.int)
        case .decimal, .numeric, .money, .smallMoney: SQLDecimal(text).map(SQLValue.decimal)
        case .real, .float: number(text, isReal: type.kind == .real)
        case .char, .varChar, .nChar, .nVarChar: .string(text)
        case .uniqueIdentifier: SQLUniqueIdentifier(text).map(SQLValue.uniqueIdentifier)
        case .date: SQLDate(text).map(SQLValue.date)
        case .time: SQLTime(text).map(SQLValue.time)
        case .dateTime, .smallDateTime, .dateTime2: SQLDateTime(text).map(SQLValue.dateTime)
        case .dateTimeOffset: SQLDateTimeOffset(text).map(SQLValue.dateTimeOffset)
        case .binary, .varBinary, .rowVersion: bytes(text).map(SQLValue.bytes)
        case .text, .nText, .image, .xml, .variant, .udt: nil
        }
    }

    /// How the type is written.
    static func hint(_ type: SQLType) -> String {
        switch type.kind {
        case .bit: ": true or false"
        case .tinyInt, .smallInt, .int, .bigInt: ", such as 42"
        case .decimal, .numeric, .money, .smallMoney: ", such as 12.50"
        case .real, .float: ", such as 0.25 or 1e-3"
        case .uniqueIdentifier: ", such as 6F9619FF-8B86-D011-B42D-00C04FC964FF"
        case .date: ", such as 2024-02-29"
        case .time: ", such as 12:34:56"
        case .dateTime, .smallDateTime, .dateTime2: ", such as 2024-02-29T12:34:56"
        case .dateTimeOffset: ", such as 2024-02-29T12:34:56Z or 2024-02-29T12:34:56-05:00 (a + is %2B in a URL)"
        case .binary, .varBinary, .rowVersion: ", such as 0x00FF"
        default: ""
        }
    }

    private static func bit(_ text: String) -> SQLValue? {
        switch text {
        case "true", "1": .bit(true)
        case "false", "0": .bit(false)
        default: nil
        }
    }

    private static func number(_ text: String, isReal: Bool) -> SQLValue? {
        // Double also reads nan, inf and hexadecimal digits.
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        guard isReal else { return Double(text).flatMap { $0.isFinite ? .double($0) : nil } }
        return Float(text).flatMap { $0.isFinite ? .double(Double($0)) : nil }
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("0x"), text.utf8.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for byte in text.utf8.dropFirst(2) {
            guard let digit = PercentDecoding.digit(byte) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }
}
