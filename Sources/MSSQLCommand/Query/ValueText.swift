package import CommandLineTools
package import SQLServer

/// How the values of a column are written.
package struct ValueText: Sendable {
    private let type: SQLType

    /// For a column of this type.
    package init(_ type: SQLType) {
        self.type = type
    }

    /// A value for people, in tables and CSV: dates in ISO form with the digits that the type has.
    package func cell(_ value: SQLValue) -> OutputCell {
        switch value {
        case .null: .null
        case .int, .decimal, .bit: .number(value.description)
        case .double(let number): .number(double(number))
        case .time(let time): .text(time.text(scale: scale))
        case .dateTime(let moment): .text(moment.text(scale: scale))
        case .dateTimeOffset(let moment): .text(moment.text(scale: scale))
        default: .text(value.description)
        }
    }

    /// A value for programs: exact numbers, ISO 8601 text.
    package func json(_ value: SQLValue) -> JSONValue {
        switch value {
        case .bit(let value): .bool(value)
        case .dateTime(let moment): .string(iso(moment))
        case .dateTimeOffset(let moment):
            .string(iso(moment.local) + moment.text(scale: 0).suffix(6))
        default: cell(value).json
        }
    }

    private func iso(_ moment: SQLDateTime) -> String { "\(moment.date)T\(moment.time.text(scale: scale))" }

    /// A `real` has no more digits than 32 bits tell apart.
    private func double(_ number: Double) -> String {
        type == .real ? String(Float(number)) : String(number)
    }

    /// The digits after the second.
    private var scale: Int {
        switch type {
        case .dateTime: 3
        case .smallDateTime: 0
        default: type.scale ?? 7
        }
    }
}
