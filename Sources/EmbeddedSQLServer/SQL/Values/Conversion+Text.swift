import SQLValues

extension Conversion {
    /// A value as text of a character type: cut, padded or refused as the type demands.
    static func text(_ value: SQLValue, from: SQLType, to: SQLType, style: Int?) throws(ServerMessage) -> String {
        var text: String
        switch value {
        case .string(let source): text = source
        case .bytes(let bytes): text = try characters(bytes, of: to, style: style)
        case .date, .time, .dateTime, .dateTimeOffset: text = try MomentText.text(value, type: from, style: style)
        default: text = try numberText(value, from: from, to: to, style: style)
        }
        if to.kind == .char || to.kind == .varChar || to.kind == .text { text = try CodePage.narrowed(text) }
        guard let length = to.length else { return text }
        if text.utf8.count > length || (to.kind == .char || to.kind == .nChar) {
            text = text.prefixUnits(length)
        }
        if to.kind == .char || to.kind == .nChar {
            text += String(repeating: " ", count: max(0, length - text.units))
        }
        return text
    }

    private static func characters(_ bytes: [UInt8], of type: SQLType, style: Int?) throws(ServerMessage) -> String {
        switch style ?? 0 {
        case 0: break
        case 1, 2:
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
            return style == 1 ? "0x" + digits : digits
        default: throw .unsupported("CONVERT style \(style ?? 0) of binary")
        }
        guard type.kind == .nChar || type.kind == .nVarChar || type.kind == .nText else {
            return CodePage.decode(bytes)
        }
        var units: [UInt16] = []
        for index in stride(from: 0, to: bytes.count, by: 2) {
            units.append(UInt16(bytes[index]) | (index + 1 < bytes.count ? UInt16(bytes[index + 1]) << 8 : 0))
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func numberText(_ value: SQLValue, from: SQLType, to: SQLType, style: Int?) throws(ServerMessage)
        -> String
    {
        let limit = to.length ?? Int.max
        switch value {
        case .bit(let flag): return flag ? "1" : "0"
        case .int(let number):
            let text = String(number)
            if text.utf8.count <= limit { return text }
            // Only the narrow types show a number that does not fit as an asterisk, and not a bigint.
            guard to.kind == .char || to.kind == .varChar, from.kind != .bigInt else { throw .overflow(to) }
            return "*"
        case .decimal(let number):
            guard from.kind == .money || from.kind == .smallMoney else {
                let text = number.description
                guard text.utf8.count <= limit else { throw .overflow(from: from, to: to) }
                return text
            }
            let text = try NumberText.money(number, style: style ?? 0)
            guard text.utf8.count <= limit else {
                throw .error(
                    from.kind == .money ? 234 : 237, state: 2,
                    "There is insufficient result space to convert a \(from.name) value to \(to.name).")
            }
            return text
        case .double(let number):
            let text = try NumberText.float(number, style: style ?? 0, isReal: from.kind == .real)
            guard text.utf8.count <= limit else { throw .overflow(from: from, to: to) }
            return text
        case .uniqueIdentifier(let id):
            guard limit >= 36 else {
                throw .error(8170, state: 2, "Insufficient result space to convert uniqueidentifier value to char.")
            }
            return id.description
        default: throw impossible(from, to)
        }
    }
}
