import Foundation
import SQLValues

extension SQLValueList {
    /// The values as a JSON array from which OPENJSON makes each again, bit by bit.
    ///
    /// Only whole numbers and bits are JSON's own: all else is text, so that no number passes through floating point.
    /// Dates are in ISO 8601 with a `T`, which no DATEFORMAT changes; bytes are base64, as OPENJSON wants them.
    var json: String {
        var text: [UInt8] = [UInt8(ascii: "[")]
        for (index, value) in values.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            append(value, to: &text)
        }
        text.append(UInt8(ascii: "]"))
        return String(decoding: text, as: UTF8.self)
    }

    private func append(_ value: SQLValue, to text: inout [UInt8]) {
        switch value {
        case .null: text += "null".utf8
        case .bit(let bit): text += (bit ? "true" : "false").utf8
        case .int(let number): text += "\(number)".utf8
        case .double(let number):
            Self.quote(type == .real ? "\(Float(number))" : "\(number)", to: &text)
        case .decimal, .uniqueIdentifier, .date, .time: Self.quote(value.description, to: &text)
        case .string(let string): Self.quote(string, to: &text)
        case .bytes(let bytes): Self.quote(Data(bytes).base64EncodedString(), to: &text)
        case .dateTime(let moment): Self.quote(Self.iso(moment, digits: digits), to: &text)
        case .dateTimeOffset(let moment):
            let offset = moment.description.suffix(6)
            Self.quote(Self.iso(moment.local, digits: digits) + offset, to: &text)
        }
    }

    /// Digits after the seconds: what the type keeps, and no more than its conversion from text takes.
    private var digits: Int {
        switch type.kind {
        case .smallDateTime: 0
        case .dateTime: 3
        default: type.scale ?? 7
        }
    }

    private static func iso(_ moment: SQLDateTime, digits: Int) -> String {
        "\(moment.date)T\(moment.time.text(scale: digits))"
    }

    private static func quote(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case ..<0x20: text += "\(byte < 0x10 ? "\\u000" : "\\u00")\(String(byte, radix: 16))".utf8
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
