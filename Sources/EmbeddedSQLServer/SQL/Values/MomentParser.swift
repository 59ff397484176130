import SQLValues

/// Reads dates and times from text, with the order of dates and the names of months of the session.
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
    /// The text names an offset in hours and minutes, which the older types do not read.
    private var hasOffset = false
    /// What SQL Server makes of the text is not documented.
    private var isUndocumented = false

    /// The order of the numbers in a date: that of SET DATEFORMAT, or that of a style of CONVERT.
    enum Order { case session, monthFirst, dayFirst, yearFirst }

    private let conventions = DateConventions.current

    private let isOld: Bool
    private let order: Order

    private init(isOld: Bool, order: Order) {
        self.isOld = isOld
        self.order = order
    }

    static func parse(_ text: String, from: SQLType, to: SQLType, style: Int? = nil) throws(ServerMessage)
        -> (local: SQLDateTime, offsetMinutes: Int)
    {
        let isOld = to.kind == .dateTime || to.kind == .smallDateTime
        let failure =
            to.kind == .smallDateTime
            ? ServerMessage.error(
                295, state: 3, "Conversion failed when converting character string to smalldatetime data type.")
            : .error(241, "Conversion failed when converting date and/or time from character string.")
        let trimmed = text.trimmedBlanks
        let shape = try MomentStyle.order(of: style, for: trimmed)
        var parser = MomentParser(isOld: isOld, order: shape)
        if trimmed.isEmpty { return (SQLDateTime(base), 0) }
        guard parser.tokenize(trimmed), let result = parser.moment() else {
            if parser.isUndocumented {
                throw .unsupported("this date under SET DATEFORMAT \(parser.conventions.format)")
            }
            throw failure
        }
        switch result {
        case .value(let local, let offset):
            if isOld, parser.hasOffset { throw failure }
            return (local, offset)
        case .noSuchDay:
            guard isOld else { throw failure }
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
            case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF:
                while index < bytes.count, (0x41...0x7A).contains(bytes[index]) || bytes[index] >= 0x80 { index += 1 }
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
        if hasMonthName() { return namedMonth() }
        guard let first = number() else { return nil }
        if first.digits == 8 { return (first.value / 10_000, first.value / 100 % 100, first.value % 100) }
        if first.digits == 6 {
            return (Self.fullYear((first.value / 10_000, 2)), first.value / 100 % 100, first.value % 100)
        }
        if first.digits == 4, !isDateSign(current) { return (first.value, 1, 1) }
        guard isDateSign(current) else { return nil }
        position += 1
        guard let second = number(), isDateSign(current) else { return nil }
        position += 1
        guard let third = number() else { return nil }
        switch order {
        case .session: return sessionOrder([first, second, third])
        case _ where first.digits == 4: return (first.value, second.value, third.value)
        case _ where second.digits > 2: return nil
        case .monthFirst: return (Self.fullYear(third), first.value, second.value)
        case .dayFirst: return (Self.fullYear(third), second.value, first.value)
        case .yearFirst: return (Self.fullYear(first), second.value, third.value)
        }
    }

    /// Three numbers in the order of SET DATEFORMAT.
    ///
    /// For `datetime` and `smalldatetime` a number of four digits is the year wherever it stands, unless a time follows
    /// behind a T (ISO 8601); the newer types read a date that begins with the year as ISO 8601, and do not know ydm.
    private mutating func sessionOrder(_ numbers: [(value: Int, digits: Int)]) -> (year: Int, month: Int, day: Int)? {
        let isISO = numbers[0].digits == 4 && (!isOld || current == .word("T"))
        if isISO { return (numbers[0].value, numbers[1].value, numbers[2].value) }
        let letters = Array(conventions.format.rawValue)
        if !isOld, conventions.format == .ydm {
            isUndocumented = true
            return nil
        }
        var places = letters
        if let year = numbers.firstIndex(where: { $0.digits > 2 }) {
            guard numbers[year].digits == 4, isOld || letters[year] == "y" else { return nil }
            places = letters.filter { $0 != "y" }
            places.insert("y", at: year)
        }
        guard let y = places.firstIndex(of: "y"), let m = places.firstIndex(of: "m"), let d = places.firstIndex(of: "d")
        else { return nil }
        return (Self.fullYear(numbers[y]), numbers[m].value, numbers[d].value)
    }

    /// Whether a month's name is one of the first three parts, as in `15 April 1996` and `1996 15 April`.
    private func hasMonthName() -> Bool {
        var parts = 0
        for token in tokens[position...] {
            switch token {
            case .word(let word):
                if conventions.language.month(named: word) != nil { return true }
                return false
            case .number: parts += 1
            case .sign(":"): return false
            default: continue
            }
            if parts > 2 { return false }
        }
        return false
    }

    /// A date with its month by name, with day and year in any order; the day may be left out.
    private mutating func namedMonth() -> (year: Int, month: Int, day: Int)? {
        var month: Int?
        var numbers: [(value: Int, digits: Int)] = []
        loop: while numbers.count < 3 {
            let start = position
            skipSeparators()
            switch current {
            case .word(let word) where month == nil:
                guard let value = conventions.language.month(named: word) else { return nil }
                month = value
                position += 1
            case .number(let value, let digits) where numbers.count < 2 && !startsTime():
                numbers.append((value, digits))
                position += 1
            default:
                position = start
                break loop
            }
            if month != nil, numbers.count == 2 { break }
        }
        guard let month, let first = numbers.first else { return nil }
        guard numbers.count == 2 else {
            // A month and one number: four digits are the year.
            return first.digits == 4 ? (first.value, month, 1) : nil
        }
        let second = numbers[1]
        if first.digits == 4 { return second.digits <= 2 ? (first.value, month, second.value) : nil }
        // Which of two short numbers is the year is documented for formats that end with it.
        guard second.digits == 4 || conventions.format.rawValue.hasSuffix("y") else {
            isUndocumented = true
            return nil
        }
        return (Self.fullYear(second), month, first.value)
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
            guard let ticks = fractionTicks() else { return nil }
            fraction = ticks
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

    /// Behind a point the digits are a fraction, behind a colon a number of milliseconds.
    private mutating func fractionTicks() -> Int? {
        let isColon = current == .sign(":")
        guard isColon || current == .sign(".") else { return 0 }
        position += 1
        guard let part = number(), part.digits <= (isOld || isColon ? 3 : 7) else { return nil }
        if isColon { return isOld ? part.value * 10_000 : nil }
        var ticks = part.value
        for _ in part.digits..<7 { ticks *= 10 }
        return ticks
    }

    private mutating func offsetMinutes() -> Int? {
        skipBlanks()
        if current == .word("Z") {
            position += 1
            return 0
        }
        guard case .sign(let sign) = current, sign == "+" || sign == "-" else { return 0 }
        position += 1
        hasOffset = true
        guard let hours = number(), current == .sign(":") else { return nil }
        position += 1
        guard let minutes = number(), minutes.value < 60, hours.value <= 14, hours.value < 14 || minutes.value == 0
        else { return nil }
        return (hours.value * 60 + minutes.value) * (sign == "-" ? -1 : 1)
    }
}
