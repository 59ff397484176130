import SQLValues

/// The values of one `IN (…)`, all of one type, none of them NULL.
struct SQLValueList: Sendable, Hashable {
    let values: [SQLValue]
    let type: SQLType

    /// The form in which a list is sent.
    enum Shape: Equatable {
        /// A subquery without rows.
        case empty
        /// So many parameters, the last value repeated.
        case parameters(Int)
        /// One parameter of JSON.
        case json

        /// How many parameters the form takes.
        var parameterCount: Int {
            switch self {
            case .empty: 0
            case .parameters(let count): count
            case .json: 1
            }
        }
    }

    /// The longest list that is sent as parameters; a power of two.
    static let maximumParameters = 128

    /// Values with the type that belongs to their Swift type.
    init<Element: SQLEncodable>(_ values: [Element]) throws(SQLServerError) {
        var encoded: [SQLTypedValue] = []
        encoded.reserveCapacity(values.count)
        for value in values { encoded.append(try value.encode()) }
        guard let type = Self.commonType(encoded, emptyType: Element.sqlType) else {
            throw SQLServerError(
                .encoding, "the values of a list have no common type that holds them exactly; give one with as:")
        }
        try self.init(encoded, type: type)
    }

    /// Values that are declared with a given type.
    init<Element: SQLEncodable>(
        _ values: [Element], as type: SQLType
    ) throws(SQLServerError) {
        var encoded: [SQLTypedValue] = []
        encoded.reserveCapacity(values.count)
        for value in values { encoded.append(try value.encode().converted(to: type)) }
        try self.init(encoded, type: type)
    }

    /// Values that have the type already.
    init(_ encoded: [SQLTypedValue], type: SQLType) throws(SQLServerError) {
        guard type.exists else {
            throw SQLServerError(.encoding, "\(type), the type of a list, does not exist in SQL Server")
        }
        guard type.isComparable else {
            throw SQLServerError(.encoding, "values of \(type) cannot be compared, so they cannot be a list")
        }
        guard !encoded.contains(where: { $0.value.isNull }) else {
            throw SQLServerError(
                .encoding, "a list for IN cannot hold NULL, which IN never matches; add OR … IS NULL to the condition")
        }
        values = encoded.map(\.value)
        // A rowversion is set by the server only; as a value it is binary(8).
        self.type = type.kind == .rowVersion ? .binary(8) : type
    }

    /// The form in which the list goes when nothing else takes parameters.
    var shape: Shape {
        switch values.count {
        case 0: return .empty
        case ...Self.maximumParameters:
            var count = 1
            while count < values.count { count *= 2 }
            return .parameters(count)
        default: return .json
        }
    }

    /// The text between the parentheses of IN.
    func text(_ shape: Shape, firstParameter: Int) -> String {
        switch shape {
        case .empty: "SELECT CAST(NULL AS \(type)) WHERE 1 = 0"
        case .parameters(let count): (0..<count).map { "@p\(firstParameter + $0)" }.joined(separator: ", ")
        case .json: "SELECT [value] FROM OPENJSON(@p\(firstParameter)) WITH ([value] \(type) '$')"
        }
    }

    /// The parameters of a form.
    func parameters(_ shape: Shape) -> [SQLTypedValue] {
        switch shape {
        case .empty: []
        case .parameters(let count):
            (0..<count).map { SQLTypedValue(values[Swift.min($0, values.count - 1)], as: type) }
        case .json: [SQLTypedValue(.string(json), as: .nVarCharMax)]
        }
    }

    /// The one type that holds all values exactly; nil when there is none.
    private static func commonType(_ encoded: [SQLTypedValue], emptyType: SQLType) -> SQLType? {
        guard let first = encoded.first?.type else { return emptyType }
        if encoded.allSatisfy({ $0.type == first }) { return first }
        guard encoded.allSatisfy({ $0.type.kind == first.kind }) else { return nil }
        switch first.kind {
        case .varChar, .nVarChar, .varBinary:
            let lengths = encoded.map { $0.type.length ?? .max }
            let longest = lengths.max() ?? .max
            return SQLType(kind: first.kind, length: longest == .max ? nil : longest)
        case .decimal:
            var (whole, scale) = (0, 0)
            for case .decimal(let number) in encoded.map(\.value) {
                let plain = number.trimmed
                whole = max(whole, plain.precision - plain.scale)
                scale = max(scale, plain.scale)
            }
            return SQLDecimal.parameterType(wholeDigits: whole, scale: scale)
        default: return nil
        }
    }
}

extension SQLType {
    /// Whether values can be compared with `=`.
    package var isComparable: Bool {
        switch kind {
        case .text, .nText, .image, .xml, .udt, .variant: false
        default: true
        }
    }
}
