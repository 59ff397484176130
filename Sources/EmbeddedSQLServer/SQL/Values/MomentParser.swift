import SQLValues

/// Reads dates and times from text as a us_english session does (DATEFORMAT mdy).
///
/// Source: the pages of `datetime`, `date` and `datetime2` on supported string literal formats.
struct MomentParser {
    /// 1900-01-01, the day of a time without a date.
    static let base: SQLDate = {
        guard let date = SQLDate(year: 1900, month: 1, day: 1) else { preconditionFailure("a day of the calendar") }
        return date
    }()

    private enum Token: Equatable {
        case number(Int, digits: Int)
        case word(String)
        case sign(Character)
        case blank
    }

    private var tokens: [Token] = []
    private var position = 0

    static func parse(_ text: String, from: SQLType, to: SQLType) throws(ServerMessage)
        -> (local: SQLDateTime, offsetMinutes: Int)
    {
        var parser = MomentParser()
        let trimmed = text.trimmedBlanks
        if trimmed.isEmpty { return (SQLDateTime(base), 0) }
        guard parser.tokenize(trimmed), let result = parser.moment() else {
            throw .error(241, "Conversion failed when converting date and/or time from character string.")
        }
        switch result {
        case .value(let local, let offset): return (local, offset)
        case .noSuchDay:
            guard to.kind == .dateTime || to.kind == .smallDateTime else {
                throw .error(241, "Conversion failed when converting date and/or time from character string.")
            }
            throw .error(
                242, state: 3,
                "The conversion of a \(from.name) data type to a \(to.name) data type resulted in an out-of-range value."
            )
        }
    }

    private enum Result {
        case value(SQLDateTime, Int)
        /// Well formed, but the calendar or the clock has no such moment.
        case noSuchDay
    }

    private mutating func tokenize(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let start = index
            switch byte {
            case 0x30...0x39:
                var value = 0
                while index < bytes.count, (0x30...0x39).contains(bytes[index]), index - start < 18 {
                    value = value * 10 + Int(bytes[index] - 0x30)
                    index += 1
                }
                tokens.append(.number(value, digits: index - start))
            case 0x41...0x5A, 0x61...0x7A:
                while index < bytes.count, (0x41...0x7A).contains(bytes[index]) { index += 1 }
                tokens.append(.word(String(decoding: bytes[start..<index], as: UTF8.self).uppercased()))
            case 0x20:
                while index < bytes.count, bytes[index] == 0x20 { index += 1 }
                tokens.append(.blank)
            case 0x2D, 0x2F, 0x2E, 0x3A, 0x2B, 0x2C:
                tokens.append(.sign(Character(Unicode.Scalar(byte))))
                index += 1
            default: return false
            }
        }
        return true
    }

    private mutating func moment() -> Result? {
        var date: SQLDate?
        var isMissing = false
        if !startsTime() {
            guard let fields = dateFields() else { return nil }
            date = SQLDate(year: fields.year, month: fields.month, day: fields.day)
            isMissing = date == nil
            skipBlanks()
            if case .word("T") = current { position += 1 }
        }
        var time = SQLTime.midnight
        if current != nil, current != .word("Z") {
            guard let fields = timeFields() else { return nil }
            guard let value = fields.time else { return .noSuchDay }
            time = value
        }
        guard let offset = offsetMinutes(), current == nil else { return nil }
        if isMissing { return .noSuchDay }
        return .value(SQLDateTime(date ?? Self.base, time), offset)
    }

    private var current: Token? { position < tokens.count ? tokens[position] : nil }

    private func token(at distance: Int) -> Token? {
        position + distance < tokens.count ? tokens[position + distance] : nil
    }

    private mutating func skipBlanks() { while current == .blank { position += 1 } }

    private func startsTime() -> Bool {
        guard case .number(_, let digits) = current, digits <= 2 else { return false }
        return token(at: 1) == .sign(":") || isHalf(token(at: 1)) || (token(at: 1) == .blank && isHalf(token(at: 2)))
    }

    private func isHalf(_ token: Token?) -> Bool { token == .word("AM") || token == .word("PM") }

    private mutating func number() -> (value: Int, digits: Int)? {
        guard case .number(let value, let digits) = current else { return nil }
        position += 1
        return (value, digits)
    }

    private mutating func dateFields() -> (year: Int, month: Int, day: Int)? {
        if case .word(let word) = current {
            guard let month = Self.month(word) else { return nil }
            position += 1
            skipSeparators()
            guard let day = number() else { return nil }
            skipSeparators()
            guard let year = number() else { return nil }
            return (Self.fullYear(year), month, day.value)
        }
        guard let first = number() else { return nil }
        if first.digits == 8 { return (first.value / 10_000, first.value / 100 % 100, first.value % 100) }
        if first.digits == 6 {
            return (Self.fullYear((first.value / 10_000, 2)), first.value / 100 % 100, first.value % 100)
        }
        if first.digits == 4, !isDateSign(current), current != .blank { return (first.value, 1, 1) }
        skipSeparators()
        if case .word(let word) = current, let month = Self.month(word) {
            position += 1
            skipSeparators()
            guard let year = number() else { return nil }
            return (Self.fullYear(year), month, first.value)
        }
        guard let second = number(), isDateSign(current) else { return nil }
        position += 1
        guard let third = number() else { return nil }
        if first.digits == 4 { return (first.value, second.value, third.value) }
        return (Self.fullYear(third), first.value, second.value)
    }

    private func isDateSign(_ token: Token?) -> Bool {
        token == .sign("-") || token == .sign("/") || token == .sign(".")
    }

    private mutating func skipSeparators() {
        while current == .blank || current == .sign(",") || isDateSign(current) { position += 1 }
    }

    /// Two digits mean 1950 to 2049.
    private static func fullYear(_ year: (value: Int, digits: Int)) -> Int {
        guard year.digits <= 2 else { return year.value }
        return year.value < 50 ? 2000 + year.value : 1900 + year.value
    }

    private static func month(_ word: String) -> Int? {
        let names = [
            "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER",
            "NOVEMBER", "DECEMBER",
        ]
        return names.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
    }

    private mutating func timeFields() -> (time: SQLTime?, Void)? {
        skipBlanks()
        guard var hour = number()?.value else { return nil }
        var (minute, second, fraction) = (0, 0, 0)
        var hasMinutes = false
        if current == .sign(":") {
            position += 1
            guard let value = number() else { return nil }
            minute = value.value
            hasMinutes = true
        }
        if current == .sign(":") {
            position += 1
            guard let value = number() else { return nil }
            second = value.value
            if current == .sign(".") || current == .sign(":") {
                position += 1
                guard let part = number(), part.digits <= 9 else { return nil }
                fraction = part.value
                for _ in part.digits..<max(part.digits, 7) { fraction *= 10 }
                for _ in min(part.digits, 7)..<part.digits { fraction /= 10 }
            }
        }
        if current == .blank, isHalf(token(at: 1)) { position += 1 }
        if isHalf(current) {
            guard (1...12).contains(hour) else { return (nil, ()) }
            hour = hour % 12 + (current == .word("PM") ? 12 : 0)
            position += 1
        } else if !hasMinutes {
            return nil
        }
        return (SQLTime(hour: hour, minute: minute, second: second, ticks: fraction), ())
    }

    private mutating func offsetMinutes() -> Int? {
        skipBlanks()
        if current == .word("Z") {
            position += 1
            return 0
        }
        guard case .sign(let sign) = current, sign == "+" || sign == "-" else { return 0 }
        position += 1
        guard let hours = number(), current == .sign(":") else { return nil }
        position += 1
        guard let minutes = number(), minutes.value < 60, hours.value <= 14 else { return nil }
        return (hours.value * 60 + minutes.value) * (sign == "-" ? -1 : 1)
    }
}
