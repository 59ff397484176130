import SQLValues
import TransactSQL

extension Binder {
    /// FORMAT in the culture en-US, which is that of the session.
    func format(_ arguments: [BoundExpression], line: Int) throws -> BoundExpression {
        guard (2...3).contains(arguments.count) else { throw wrongCount("FORMAT", "2 to 3", line: line) }
        if arguments.count == 3 {
            try checkCulture(arguments[2], "FORMAT", line: line)
        } else {
            try checkLanguage("FORMAT", line: line)
        }
        let value = arguments[0]
        if value.isUntypedNull {
            throw ServerMessage.error(
                8116, line: line, "Argument data type NULL is invalid for argument 1 of format function.")
        }
        let isDate = TypeRules.isMoment(value.type)
        guard value.type.isNumeric && value.type.kind != .bit || isDate else {
            throw invalidArgument(value.type, 1, "format", line: line)
        }
        if value.type.kind == .time { throw ServerMessage.unsupported("FORMAT of time", line: line) }
        let pattern = try coerce(arguments[1], to: .nVarChar(4_000), line: line)
        return call("ts_format", [value, pattern], .nVarChar(4_000))
    }

    /// Without a culture it is that of the session's language.
    private func checkLanguage(_ function: String, line: Int) throws {
        let language = DateConventions.current.language
        guard language == .english else {
            throw ServerMessage.unsupported("\(function) in the language \(language.name)", line: line)
        }
    }

    private func checkCulture(_ culture: BoundExpression, _ function: String, line: Int) throws {
        guard case .constant(.string(let name)) = culture.node else {
            throw ServerMessage.unsupported("\(function) with a culture that is no constant", line: line)
        }
        guard name.lowercased() == "en-us" else {
            throw ServerMessage.unsupported("\(function) with culture \(name)", line: line)
        }
    }

    /// PARSE and TRY_PARSE.
    func parse(_ cast: Cast, _ scope: Scope, line: Int) throws -> BoundExpression {
        let type = try TypeNames.resolve(cast.type, .cast)
        if let culture = cast.culture {
            try checkCulture(bind(culture, scope), "PARSE", line: line)
        } else {
            try checkLanguage("PARSE", line: line)
        }
        guard type.isNumeric && type.kind != .bit || TypeRules.isMoment(type), type.kind != .time else {
            throw ServerMessage.unsupported("PARSE as \(type.name)", line: line)
        }
        let text = try coerce(bind(cast.value, scope), to: .nVarChar(4_000), line: line)
        return call(cast.isTry ? "ts_try_parse" : "ts_parse", [text], type)
    }

    /// The form `value AT TIME ZONE 'name'`.
    func atTimeZone(_ value: BoundExpression, _ zone: BoundExpression, line: Int) throws -> BoundExpression {
        let scale: Int
        var input = value
        switch value.type.kind {
        case .dateTime: scale = 3
        case .smallDateTime: scale = 0
        case .dateTime2, .dateTimeOffset: scale = value.type.scale ?? 7
        default:
            guard value.type.isCharacter || value.type.kind == .date else {
                throw invalidArgument(value.type, 1, "AT TIME ZONE", line: line)
            }
            throw ServerMessage.unsupported("AT TIME ZONE of \(value.type.name)", line: line)
        }
        if value.type.kind == .dateTime { input = convert(value, to: .dateTime2(3)) }
        if value.type.kind == .smallDateTime { input = convert(value, to: .dateTime2(0)) }
        let name = try coerce(zone, to: .nVarChar(128), line: line)
        return call("ts_attimezone", [input, name], .dateTimeOffset(scale))
    }
}
