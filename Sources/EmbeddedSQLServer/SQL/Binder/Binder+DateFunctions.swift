import SQLValues
import TransactSQL

extension Binder {
    /// Date functions without a part; nil for other names.
    func dateFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        func need(_ count: Int) throws {
            guard arguments.count == count else { throw wrongCount(name, "\(count)", line: line) }
        }
        switch name {
        case "YEAR", "MONTH", "DAY":
            try need(1)
            let part: DatePart = name == "YEAR" ? .year : name == "MONTH" ? .month : .day
            return call("ts_datepart", [partConstant(part), try moment(arguments[0], line: line)], .int)
        case "EOMONTH":
            guard (1...2).contains(arguments.count) else { throw wrongCount(name, "1 to 2", line: line) }
            var inputs = [try coerce(arguments[0], to: .date, line: line)]
            if arguments.count == 2 { inputs.append(try coerce(arguments[1], to: .int, line: line)) }
            return call("ts_eomonth", inputs, .date)
        case "ISDATE":
            try need(1)
            return try isDate(arguments[0], line: line)
        case "SWITCHOFFSET", "TODATETIMEOFFSET":
            try need(2)
            return try offsetFunction(name, arguments, line: line)
        default: return try fromParts(name, arguments, line: line)
        }
    }

    private func isDate(_ value: BoundExpression, line: Int) throws -> BoundExpression {
        if value.isUntypedNull { return .constant(.int(0), .int) }
        switch value.type.kind {
        case .date, .time, .dateTime2, .dateTimeOffset, .uniqueIdentifier, .xml, .image, .text, .nText:
            throw invalidArgument(value.type, 1, "isdate", line: line)
        case .dateTime, .smallDateTime: return call("ts_isdate", [value], .int)
        default: return call("ts_isdate", [try coerce(value, to: .nVarChar(4_000), line: line)], .int)
        }
    }

    /// Msg 8116.
    func invalidArgument(_ type: SQLType, _ place: Int, _ function: String, line: Int) -> ServerMessage {
        .error(
            8116, line: line,
            "Argument data type \(type.name) is invalid for argument \(place) of \(function) function.")
    }

    private func offsetFunction(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression {
        let isSwitch = name == "SWITCHOFFSET"
        let scale: Int
        switch arguments[0].type.kind {
        case .dateTime2, .dateTimeOffset, .time: scale = arguments[0].type.scale ?? 7
        case .dateTime: scale = 3
        case .smallDateTime, .date: scale = 0
        default: scale = 7
        }
        let input: SQLType = isSwitch ? .dateTimeOffset(scale) : .dateTime2(scale)
        let zone = arguments[1]
        let isText = zone.type.isCharacter || zone.isUntypedNull
        let offset = try coerce(zone, to: isText ? .varChar(20) : .int, line: line)
        return call(
            isSwitch ? "ts_switchoffset" : "ts_todatetimeoffset",
            [try coerce(arguments[0], to: input, line: line), offset], .dateTimeOffset(scale))
    }

    private func fromParts(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        let counts = [
            "DATEFROMPARTS": 3, "SMALLDATETIMEFROMPARTS": 5, "DATETIMEFROMPARTS": 7, "DATETIME2FROMPARTS": 8,
            "TIMEFROMPARTS": 5, "DATETIMEOFFSETFROMPARTS": 10,
        ]
        guard let count = counts[name] else { return nil }
        guard arguments.count == count else { throw wrongCount(name, "\(count)", line: line) }
        let integers = try arguments.map { try coerce($0, to: .int, line: line) }
        func scale(_ type: String) throws -> Int {
            guard case .constant(.int(let number)) = integers[count - 1].node, (0...7).contains(number) else {
                throw ServerMessage.error(
                    10760, line: line,
                    "Scale argument is not valid. Valid expressions for data type \(type) scale argument are integer"
                        + " constants and integer constant expressions.")
            }
            return Int(number)
        }
        let type: SQLType
        switch name {
        case "DATEFROMPARTS": type = .date
        case "SMALLDATETIMEFROMPARTS": type = .smallDateTime
        case "DATETIMEFROMPARTS": type = .dateTime
        case "DATETIME2FROMPARTS": type = .dateTime2(try scale("datetime2"))
        case "TIMEFROMPARTS": type = .time(try scale("time"))
        default: type = .dateTimeOffset(try scale("datetimeoffset"))
        }
        return call("ts_fromparts", integers, type)
    }

    // MARK: Functions of a part

    private func partConstant(_ part: DatePart) -> BoundExpression { .constant(.int(Int64(part.rawValue)), .int) }

    /// An argument as a moment: text is read as the widest type, numbers as `datetime`.
    private func moment(_ expression: BoundExpression, line: Int) throws -> BoundExpression {
        if TypeRules.isMoment(expression.type), !expression.isUntypedNull { return expression }
        if expression.type.isCharacter { return try coerce(expression, to: .dateTimeOffset(7), line: line) }
        return try coerce(expression, to: .dateTime, line: line)
    }

    private static let partFunctions: [String: Int] = [
        "DATEADD": 3, "DATEDIFF": 3, "DATEDIFF_BIG": 3, "DATEPART": 2, "DATENAME": 2, "DATETRUNC": 2,
    ]

    /// Functions whose first argument is a bare word; also IIF.
    func datePartFunction(_ name: String, _ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression? {
        if name == "IIF", let values = call.values { return try iif(values, scope, line: line) }
        if name == "DATE_BUCKET" { return try dateBucket(call, scope, line: line) }
        guard let count = Self.partFunctions[name] else { return nil }
        guard let values = call.values, values.count == count else { throw wrongCount(name, "\(count)", line: line) }
        let part = try self.part(values[0], name, line: line)
        let others = try values[1...].map { try bind($0, scope) }
        let first = partConstant(part)
        switch name {
        case "DATEADD": return try dateAdd(part, others[0], others[1], line: line)
        case "DATETRUNC": return try dateTrunc(part, others[0], line: line)
        case "DATEPART", "DATENAME":
            let isText = others[0].type.isCharacter || others[0].isUntypedNull
            var value = try moment(others[0], line: line)
            if !isText { try checkPart(part, name, value.type, line: line) }
            var inputs = [first]
            if dateFirst != 7, name == "DATEPART", part == .weekday {
                // The day of a week that begins on Sunday, of the day as many days before.
                value = try dateAdd(.day, .constant(.int(Int64(-dateFirst)), .int), value, line: line)
            }
            inputs.append(value)
            if part == .week { inputs.append(.constant(.int(Int64(dateFirst)), .int)) }
            return self.call("ts_\(name.lowercased())", inputs, name == "DATEPART" ? .int : .nVarChar(30))
        default:
            let moments = try others.map { try moment($0, line: line) }
            if part == .offset { throw unsupportedPart(part, name, moments[0].type, line: line) }
            return self.call("ts_datediff", [first] + moments, name == "DATEDIFF" ? .int : .bigInt)
        }
    }

    private func part(_ value: SQLExpression, _ function: String, line: Int) throws -> DatePart {
        guard case .column(let word) = value.kind, word.parts.count == 1 else {
            throw ServerMessage.error(1023, line: line, "Invalid parameter 1 specified for \(function.lowercased()).")
        }
        guard let part = DatePart(name: word.name) else {
            throw ServerMessage.error(
                155, line: line, "'\(word.name)' is not a recognized \(function.lowercased()) option.")
        }
        return part
    }

    /// Msg 9810.
    private func unsupportedPart(_ part: DatePart, _ function: String, _ type: SQLType, line: Int) -> ServerMessage {
        .error(
            9810, state: function == "DATEADD" ? 2 : 1, line: line,
            "The datepart \(part.name) is not supported by date function \(function.lowercased()) for data type \(type.name)."
        )
    }

    private func checkPart(_ part: DatePart, _ function: String, _ type: SQLType, line: Int) throws {
        let isRefused =
            type.kind == .date && part.isTime || type.kind == .time && !part.isTime
            || part == .offset && type.kind != .dateTimeOffset && type.kind != .dateTime2
        if isRefused { throw unsupportedPart(part, function, type, line: line) }
    }

    private func dateAdd(_ part: DatePart, _ amount: BoundExpression, _ date: BoundExpression, line: Int) throws
        -> BoundExpression
    {
        let count = try coerce(amount, to: .int, line: line)
        var value = date
        if !TypeRules.isMoment(value.type) || value.isUntypedNull {
            value = try coerce(value, to: .dateTime, line: line)
        }
        try checkPart(part, "DATEADD", value.type, line: line)
        let isOld = value.type.kind == .dateTime || value.type.kind == .smallDateTime
        if part == .offset || part == .isoWeek || part.isFine && isOld {
            throw unsupportedPart(part, "DATEADD", value.type, line: line)
        }
        let places = part == .millisecond ? 3 : part == .microsecond ? 6 : part == .nanosecond ? 7 : 0
        if let scale = value.type.scale, scale < places {
            throw ServerMessage.unsupported("DATEADD of \(part.name) to \(value.type)", line: line)
        }
        return call("ts_dateadd", [partConstant(part), count, value], value.type)
    }

    private func dateTrunc(_ part: DatePart, _ date: BoundExpression, line: Int) throws -> BoundExpression {
        var value = date
        if value.type.isCharacter || value.isUntypedNull { value = try coerce(value, to: .dateTime2(7), line: line) }
        guard TypeRules.isMoment(value.type) else {
            throw invalidArgument(value.type, 2, "datetrunc", line: line)
        }
        let isSmall = value.type.kind == .smallDateTime
        let isRefused =
            part == .weekday || part == .offset || part == .nanosecond
            || part == .microsecond && value.type.kind == .dateTime
            || isSmall && (part.isFine || part == .millisecond || part == .second)
        if isRefused { throw unsupportedPart(part, "DATETRUNC", value.type, line: line) }
        try checkPart(part, "DATETRUNC", value.type, line: line)
        let places = part == .millisecond ? 3 : part == .microsecond ? 6 : 0
        if let scale = value.type.scale, scale < places {
            throw unsupportedPart(part, "DATETRUNC", value.type, line: line)
        }
        return call("ts_datetrunc", [partConstant(part), value], value.type)
    }

    private func dateBucket(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        guard let values = call.values, (3...4).contains(values.count) else {
            throw wrongCount("DATE_BUCKET", "3 to 4", line: line)
        }
        let part = try self.part(values[0], "DATE_BUCKET", line: line)
        let width = try coerce(bind(values[1], scope), to: .bigInt, line: line)
        var date = try bind(values[2], scope)
        if date.type.isCharacter || date.isUntypedNull { date = try coerce(date, to: .dateTime2(7), line: line) }
        guard TypeRules.isMoment(date.type) else {
            throw invalidArgument(date.type, 3, "date_bucket", line: line)
        }
        let parts: Set<DatePart> = [.year, .quarter, .month, .week, .day, .hour, .minute, .second, .millisecond]
        guard parts.contains(part) else { throw unsupportedPart(part, "DATE_BUCKET", date.type, line: line) }
        try checkPart(part, "DATE_BUCKET", date.type, line: line)
        var arguments = [partConstant(part), width, date]
        if values.count == 4 { arguments.append(try coerce(bind(values[3], scope), to: date.type, line: line)) }
        return self.call("ts_datebucket", arguments, date.type)
    }
}
