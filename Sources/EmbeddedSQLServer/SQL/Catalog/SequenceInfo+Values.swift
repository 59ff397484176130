import SQLValues
import TransactSQL

extension SequenceInfo {
    /// A new sequence, with the defaults of its type.
    init(_ statement: SequenceStatement, type: SQLType, schema: String, line: Int) throws {
        let name = statement.name.description
        guard let range = Self.range(of: type) else {
            throw ServerMessage.error(
                11_702, line: line,
                "The sequence object '\(name)' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, or any user-defined data type that is based on one of the above integer data types."
            )
        }
        let increment = try Self.number(statement.increment, name, line: line) ?? 1
        let minimum = try Self.bound(statement.minimum, name, line: line) ?? range.lowerBound
        let maximum = try Self.bound(statement.maximum, name, line: line) ?? range.upperBound
        let start = try Self.number(statement.start, name, line: line) ?? (increment < 0 ? maximum : minimum)
        let now = Clock.ticks(utc: false)
        self.init(
            id: 0, schema: schema, name: statement.name.name, typeCode: type.code, start: start, first: start,
            increment: increment,
            minimum: minimum, maximum: maximum, cycles: statement.cycles ?? false, isCached: statement.cache != "0",
            cacheSize: statement.cache.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }, created: now, modified: now)
        guard range.contains(minimum), range.contains(maximum) else {
            throw ServerMessage.error(
                11_708, line: line,
                "An invalid value was specified for argument '\(range.contains(minimum) ? "MAXVALUE" : "MINVALUE")' for the given data type."
            )
        }
        try check(start, name, line: line)
    }

    /// Changes what ALTER SEQUENCE names.
    mutating func alter(_ statement: SequenceStatement, last: Int64?, line: Int) throws {
        let range = Self.range(of: type) ?? Int64.min...Int64.max
        if let number = try Self.number(statement.increment, name, line: line) { increment = number }
        if let bound = statement.minimum { minimum = try Self.bound(bound, name, line: line) ?? range.lowerBound }
        if let bound = statement.maximum { maximum = try Self.bound(bound, name, line: line) ?? range.upperBound }
        if let cycles = statement.cycles { self.cycles = cycles }
        if let cache = statement.cache {
            isCached = cache != "0"
            cacheSize = Int(cache).flatMap { $0 > 0 ? $0 : nil }
        }
        if let restart = statement.restart { first = try Self.bound(restart, name, line: line) ?? start }
        try check(first, statement.name.description, line: line)
        if statement.restart == nil, let last, last < minimum || last > maximum {
            throw ServerMessage.error(
                11_704, line: line,
                "The current value '\(last)' for sequence object '\(name)' must be between the minimum and maximum value of the sequence object."
            )
        }
    }

    private func check(_ start: Int64, _ name: String, line: Int) throws {
        guard increment != 0 else {
            throw ServerMessage.error(
                11_700, line: line, "The increment for sequence object '\(name)' cannot be zero.")
        }
        guard minimum < maximum else {
            throw ServerMessage.error(
                11_705, line: line,
                "The minimum value for sequence object '\(name)' must be less than its maximum value.")
        }
        guard Int128(increment.magnitude) <= Int128(maximum) - Int128(minimum) else {
            throw ServerMessage.error(
                11_701, line: line,
                "The absolute value of the increment for sequence object '\(name)' must be less than or equal to the difference between the minimum and maximum value of the sequence object."
            )
        }
        guard (minimum...maximum).contains(start) else {
            throw ServerMessage.error(
                11_703, line: line,
                "The start value for sequence object '\(name)' must be between the minimum and maximum value of the sequence object."
            )
        }
    }

    private static func bound(_ bound: SequenceStatement.Bound?, _ name: String, line: Int) throws -> Int64? {
        guard case .value(let text)? = bound else { return nil }
        return try number(text, name, line: line)
    }

    private static func number(_ text: String?, _ name: String, line: Int) throws -> Int64? {
        guard let text else { return nil }
        guard let number = Int64(text) else {
            throw ServerMessage.unsupported("sequence values beyond bigint", line: line)
        }
        return number
    }

    /// The values that a type can hold, within bigint; nil for a type that no sequence can have.
    static func range(of type: SQLType) -> ClosedRange<Int64>? {
        if TypeRules.isInteger(type) { return IntegerRange.of(type.kind) }
        guard type.kind == .decimal || type.kind == .numeric, type.scale == 0, let precision = type.precision else {
            return nil
        }
        guard precision < 19 else { return Int64.min...Int64.max }
        let limit = Int64(SQLDecimal.power(precision)) - 1
        return -limit...limit
    }

    /// The value that follows another, or the first.
    func next(after last: Int64?) throws -> Int64 {
        guard let last else { return first }
        let (next, overflow) = last.addingReportingOverflow(increment)
        if !overflow, (minimum...maximum).contains(next) { return next }
        guard cycles else {
            throw ServerMessage.error(
                11_728,
                "The sequence object '\(name)' has reached its minimum or maximum value. Restart the sequence object to allow new values to be generated."
            )
        }
        return increment > 0 ? minimum : maximum
    }

    /// A number as a value of the sequence's type.
    func value(_ number: Int64) -> SQLValue {
        TypeRules.isInteger(type) ? .int(number) : .decimal(SQLDecimal(Int(number)))
    }
}
