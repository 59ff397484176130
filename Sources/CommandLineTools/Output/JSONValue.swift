/// A JSON value whose objects keep the order in which they were written.
///
/// ```swift
/// let value = JSONValue.object([
///     ("schema", "mssql.query/1"), ("rows", .array(rows)), ("total", .number("19.90")),
/// ])
/// try terminal.write(value.text(pretty: true) + "\n")
/// ```
package indirect enum JSONValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, digit for digit: `12.50` stays `12.50`. What is no JSON number (`NaN`, `.5`) is written as a string.
    case number(String)
    /// Text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order.
    case object([(name: String, value: JSONValue)])

    /// The value as text without a line break at the end.
    ///
    /// - Parameter pretty: Whether members and elements stand on lines of their own, indented by two spaces.
    /// - Returns: JSON (RFC 8259), the same bytes for the same value.
    package func text(pretty: Bool = false) -> String {
        var text = ""
        write(to: &text, indent: pretty ? "\n" : nil)
        return text
    }

    /// Appends itself; `indent` is a line break and the margin of this value, nil for one line.
    private func write(to text: inout String, indent: String?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let digits): Self.writeNumber(digits, to: &text)
        case .string(let string): Self.writeString(string, to: &text)
        case .array(let elements):
            Self.writeList(elements, "[", "]", to: &text, indent: indent) { element, text, indent in
                element.write(to: &text, indent: indent)
            }
        case .object(let members):
            Self.writeList(members, "{", "}", to: &text, indent: indent) { member, text, indent in
                Self.writeString(member.name, to: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(to: &text, indent: indent)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: String?,
        element write: (Element, inout String, String?) -> Void
    ) {
        text += open
        let inner = indent.map { $0 + "  " }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            text += inner ?? ""
            write(element, &text, inner)
        }
        if !elements.isEmpty { text += indent ?? "" }
        text += close
    }

    private static func writeNumber(_ digits: String, to text: inout String) {
        if isNumber(digits) {
            text += digits
        } else {
            writeString(digits, to: &text)
        }
    }

    private static func writeString(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// The grammar of RFC 8259, 6.
    static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        func skipDigits() -> Int {
            let digits = rest.prefix(while: isDigit)
            rest = rest.dropFirst(digits.count)
            return digits.count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = skipDigits()
        guard whole > 0, whole == 1 || !startsWithZero else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard skipDigits() > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }

    package init(integerLiteral value: Int) {
        self = .number(String(value))
    }

    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// A whole number.
    package static func integer(_ value: some BinaryInteger) -> JSONValue {
        .number(String(value))
    }
}
