/// One value of a printed table.
package enum OutputCell: Sendable, Equatable {
    /// SQL's NULL.
    case null
    /// Text.
    case text(String)
    /// A number as it is to be printed; it goes through exactly as it is.
    case number(String)
    /// True or false.
    case boolean(Bool)

    /// A whole number.
    package static func integer(_ value: some BinaryInteger) -> OutputCell {
        .number(String(value))
    }

    /// The text in tables and CSV.
    var text: String {
        switch self {
        case .null: "NULL"
        case .text(let text), .number(let text): text
        case .boolean(let value): value ? "true" : "false"
        }
    }

    /// The same in JSON.
    package var json: JSONValue {
        switch self {
        case .null: .null
        case .text(let text): .string(text)
        case .number(let text): .number(text)
        case .boolean(let value): .bool(value)
        }
    }
}

/// A column of a printed table.
package struct OutputColumn: Sendable, Equatable {
    /// The header.
    package var name: String
    /// Whether its values are numbers, which stand at the right.
    package var isNumeric: Bool

    package init(_ name: String, isNumeric: Bool = false) {
        self.name = name
        self.isNumeric = isNumeric
    }
}
