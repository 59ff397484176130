package import SQLValues

/// Values in the form in which cases write them.
package enum ValueText {
    /// The text of a value, such as `NULL`, `42`, `'it''s'` or `2024-01-31 12:34:56.127`.
    package static func text(of value: SQLValue, as type: SQLType) -> String {
        switch value {
        case .string(let text): "'" + escaped(text).replacing("'", with: "''") + "'"
        case .time(let value): value.text(scale: type.scale ?? 7)
        case .dateTime(let value): value.text(scale: scale(of: type))
        case .dateTimeOffset(let value): value.text(scale: type.scale ?? 7)
        default: value.description
        }
    }

    /// Digits after the seconds; a `sql_variant` shows all.
    private static func scale(of type: SQLType) -> Int {
        switch type.kind {
        case .dateTime: 3
        case .smallDateTime: 0
        default: type.scale ?? 7
        }
    }

    /// Line breaks, tabs and backslashes as `\n`, `\r`, `\t` and `\\`.
    package static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\r\n", with: "\\r\\n").replacing("\r", with: "\\r")
            .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    }
}
