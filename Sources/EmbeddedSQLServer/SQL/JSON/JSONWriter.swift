import Foundation
import SQLValues

/// Writes SQL values as JSON.
enum JSONWriter {
    /// A text with quotes and escapes.
    static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "/": result += "\\/"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// A value that is not NULL; texts that are JSON stay as they are.
    static func value(_ value: SQLValue, _ type: SQLType, isJSON: Bool) throws(ServerMessage) -> String {
        switch value {
        case .null: return "null"
        case .bit(let flag): return flag ? "true" : "false"
        case .string(let text): return isJSON ? text : quoted(text)
        case .bytes(let bytes): return quoted(Data(bytes).base64EncodedString())
        case .double(let number): return floating(number, isReal: type.kind == .real)
        default:
            let text = try plain(value, type)
            return type.isNumeric ? text : quoted(text)
        }
    }

    /// A number or moment as JSON and XML write it, without quotes.
    static func plain(_ value: SQLValue, _ type: SQLType) throws(ServerMessage) -> String {
        if case .double(let number) = value { return floating(number, isReal: type.kind == .real) }
        if case .bit(let flag) = value { return flag ? "1" : "0" }
        if case .bytes(let bytes) = value { return Data(bytes).base64EncodedString() }
        let isMoney = type.kind == .money || type.kind == .smallMoney
        let style = isMoney ? 2 : TypeRules.isMoment(type) && type.kind != .date && type.kind != .time ? 126 : nil
        guard case .string(var text) = try Conversion.convert(value, from: type, to: .nVarCharMax, style: style) else {
            return ""
        }
        // A fraction of nothing but zeros is left out.
        if TypeRules.isMoment(type), let point = text.firstIndex(of: ".") {
            let end = text[point...].dropFirst().firstIndex { !$0.isNumber } ?? text.endIndex
            if text[text.index(after: point)..<end].allSatisfy({ $0 == "0" }) { text.removeSubrange(point..<end) }
        }
        return text
    }

    /// A float with 15 digits (a real with 7) behind the point and an exponent of three.
    private static func floating(_ number: Double, isReal: Bool) -> String {
        let digits = isReal ? 7 : 15
        let text = String(format: "%.\(digits)e", number)
        guard let mark = text.firstIndex(of: "e") else { return text }
        let exponent = Int(text[text.index(after: mark)...]) ?? 0
        let padded = String(abs(exponent))
        return text[..<mark] + "e" + (exponent < 0 ? "-" : "+")
            + String(repeating: "0", count: max(0, 3 - padded.count)) + padded
    }
}
