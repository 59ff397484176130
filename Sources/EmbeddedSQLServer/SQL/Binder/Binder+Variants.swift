import SQLValues

extension Binder {
    /// Built-in functions that take a `sql_variant` as it is.
    private static let takesVariants: Set<String> = [
        "DATALENGTH", "ISNULL", "COALESCE", "NULLIF", "CHOOSE", "IIF", "SQL_VARIANT_PROPERTY",
    ]
    /// Functions of texts, numbers and dates, to which a `sql_variant` is an argument of the wrong type.
    private static let refusesVariants: Set<String> = [
        "LEN", "UPPER", "LOWER", "LTRIM", "RTRIM", "LEFT", "RIGHT", "SUBSTRING", "REVERSE", "REPLACE", "STUFF",
        "CHARINDEX", "ABS", "ROUND", "SIGN", "SQRT", "YEAR", "MONTH", "DAY",
    ]

    /// SQL_VARIANT_PROPERTY and SESSION_CONTEXT; nil for all other functions, which must not get a `sql_variant`.
    ///
    /// - Throws: Msg 8116 for functions of texts, numbers and dates. What the others do with it is not documented.
    func variantFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        switch name {
        case "SQL_VARIANT_PROPERTY":
            guard arguments.count == 2 else { throw wrongCount(name, "2", line: line) }
            let value = try coerce(arguments[0], to: .variant, line: line)
            let property = try coerce(arguments[1], to: .varChar(128), line: line)
            return call("ts_variant_property", [value, property], .variant)
        case "SESSION_CONTEXT":
            guard arguments.count == 1 else { throw wrongCount(name, "1", line: line) }
            guard arguments[0].type.kind.isNational, !arguments[0].isUntypedNull else {
                throw ServerMessage.error(
                    8116, line: line,
                    "Argument data type \(arguments[0].isUntypedNull ? "NULL" : arguments[0].type.name) is invalid for"
                        + " argument 1 of session_context function.")
            }
            return BoundExpression(
                node: .stored("ts_lookup_session_context", [arguments[0]]), type: .variant, isNullable: true)
        default: break
        }
        guard let place = arguments.firstIndex(where: { $0.type.kind == .variant && !$0.isUntypedNull }),
            !Self.takesVariants.contains(name)
        else { return nil }
        guard Self.refusesVariants.contains(name) else {
            throw ServerMessage.unsupported("\(name) of sql_variant", line: line)
        }
        throw ServerMessage.error(
            8116, line: line,
            "Argument data type sql_variant is invalid for argument \(place + 1) of \(name.lowercased()) function.")
    }
}
