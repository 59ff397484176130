import Foundation
import SQLValues

extension ScalarFunction {
    /// FORMAT, PARSE and AT TIME ZONE.
    static let formats: [ScalarFunction] = [
        nullable("ts_format") { arguments throws(ServerMessage) in
            let format = arguments.text(1)
            let text: String?
            switch arguments.values[0] {
            case .date(let date): text = try MomentFormat.text(SQLDateTime(date), offset: nil, format: format)
            case .dateTime(let moment): text = try MomentFormat.text(moment, offset: nil, format: format)
            case .dateTimeOffset(let moment):
                text = try MomentFormat.text(moment.local, offset: moment.offsetMinutes, format: format)
            case .int(let number):
                text = try NumberFormat.text(SQLDecimal(Int(number)), type: arguments.types[0], format: format)
            case .decimal(let number):
                text = try NumberFormat.text(number, type: arguments.types[0], format: format)
            case .double(let number):
                text = try NumberFormat.text(fifteen(number), type: arguments.types[0], format: format)
            default: text = nil
            }
            return text.map { .string($0.prefixUnits(4_000)) } ?? .null
        },
        nullable("ts_parse") { arguments throws(ServerMessage) in
            try parsed(arguments.text(0), as: arguments.result)
        },
        nullable("ts_try_parse") { arguments throws(ServerMessage) in
            do throws(ServerMessage) {
                return try parsed(arguments.text(0), as: arguments.result)
            } catch {
                if error.number == 40517 { throw error }
                return .null
            }
        },
        nullable("ts_attimezone") { arguments throws(ServerMessage) in
            let name = arguments.text(1)
            guard let zone = try WindowsTimeZone(named: name) else {
                throw .error(
                    9820, "The time zone parameter '\(name)' provided to AT TIME ZONE clause is invalid.")
            }
            let result: SQLDateTimeOffset?
            switch arguments.values[0] {
            case .dateTimeOffset(let moment): result = try zone.moment(utc: moment.utc)
            case .dateTime(let moment): result = try zone.moment(local: moment)
            default: result = nil
            }
            guard let result else { throw .unsupported("AT TIME ZONE beyond the calendar") }
            return .dateTimeOffset(result)
        },
    ]

    /// A float as .NET shows it: 15 significant digits.
    private static func fifteen(_ number: Double) throws(ServerMessage) -> SQLDecimal {
        let parts = String(format: "%.14e", number).split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]), let digits = SQLDecimal(String(parts[0])) else {
            throw .unsupported("FORMAT of such a number")
        }
        let scale = digits.scale - exponent
        if (0...38).contains(scale), let value = SQLDecimal(coefficient: digits.coefficient, scale: scale) {
            return value
        }
        guard (-20..<0).contains(scale),
            let value = SQLDecimal(coefficient: digits.coefficient * SQLDecimal.power(-scale), scale: 0)
        else { throw .unsupported("FORMAT of such a number") }
        return value
    }

    /// A text in the culture en-US as a number or date.
    private static func parsed(_ text: String, as type: SQLType) throws(ServerMessage) -> SQLValue {
        let failure = ServerMessage.error(
            9819,
            "Error converting string value '\(text)' into data type \(ServerMessage.numericName(type)) using culture ''."
        )
        let word = text.trimmedBlanks
        if TypeRules.isMoment(type) { return try parsedMoment(word, as: type, failure) }
        let isMoney = type.kind == .money || type.kind == .smallMoney
        let isFloat = type.kind == .float || type.kind == .real
        let allowed = word.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || "+-.,".utf8.contains($0) }
        if isFloat, !word.isEmpty, let number = NumberParser.double(word) {
            return try Conversion.convert(.double(number), from: .float, to: type)
        }
        guard allowed || isMoney else {
            if word.contains(where: { "()$€".contains($0) }) { throw .unsupported("PARSE of '\(text)'") }
            throw failure
        }
        let body = word.filter { $0 != "," && !(isMoney && $0 == "$") }
        guard let number = NumberParser.decimal(body) else {
            if body.last == "-" || body.last == "+" || body.hasPrefix("(") { throw .unsupported("PARSE of '\(text)'") }
            throw failure
        }
        if TypeRules.isInteger(type) {
            guard number.trimmed.scale == 0, let whole = Int64(exactly: number.truncated),
                IntegerRange.of(type.kind).contains(whole)
            else { throw failure }
            return .int(whole)
        }
        if isFloat { return try Conversion.convert(.double(number.doubleValue), from: .float, to: type) }
        guard let fitted = Conversion.fitted(number, to: type) else { throw failure }
        return .decimal(fitted)
    }

    private static func parsedMoment(_ word: String, as type: SQLType, _ failure: ServerMessage) throws(ServerMessage)
        -> SQLValue
    {
        guard word.contains(where: \.isNumber) else { throw failure }
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        var rest = word
        var weekday: Int?
        if let comma = word.firstIndex(of: ","), let day = days.firstIndex(of: String(word[..<comma]).lowercased()) {
            weekday = day
            rest = String(word[word.index(after: comma)...]).trimmedBlanks
        }
        // What .NET reads as SQL Server does: the year first, month/day/year, or a month by name and a full year.
        let parts = (rest.split(separator: " ").first ?? "").split { $0 == "-" || $0 == "/" }
        let isISO = parts.count == 3 && parts[0].count == 4
        let isSlashed = parts.count == 3 && parts[2].count == 4 && rest.contains("/")
        let isNamed = parts.count == 1 && rest.split { !$0.isNumber }.contains { $0.count == 4 }
        guard isISO || isSlashed || isNamed && rest.contains(where: \.isLetter) else {
            throw .unsupported("PARSE of '\(word)'")
        }
        if type.kind == .dateTime, let point = rest.lastIndex(of: "."),
            rest.distance(from: point, to: rest.endIndex) > 4
        {
            rest = String(rest[..<(rest.index(point, offsetBy: 4))])
        }
        let value: SQLValue
        do throws(ServerMessage) {
            value = try Conversion.convert(.string(rest), from: .nVarChar(4_000), to: type)
        } catch {
            throw error.number == 40517 ? error : failure
        }
        var date = local(value)?.date
        if case .date(let day) = value { date = day }
        if let weekday, let date, date.daysSinceYearOne % 7 != weekday { throw failure }
        return value
    }
}
