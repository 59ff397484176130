import SQLValues

/// Dates in the formats of .NET, for FORMAT in the culture en-US.
///
/// Source: "Standard date and time format strings" and "Custom date and time format strings" (.NET).
struct MomentFormat {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    private let moment: SQLDateTime
    /// Minutes from UTC of a datetimeoffset.
    private let offset: Int?

    /// The text of a moment; nil where .NET would throw and FORMAT gives NULL.
    static func text(_ moment: SQLDateTime, offset: Int?, format: String) throws(ServerMessage) -> String? {
        let writer = MomentFormat(moment: moment, offset: offset)
        if format.isEmpty { return try writer.standard("G") }
        guard format.count == 1, let letter = format.first else { return try writer.custom(format) }
        return try writer.standard(letter)
    }

    private func standard(_ letter: Character) throws(ServerMessage) -> String? {
        switch letter {
        case "d": return try custom("M/d/yyyy")
        case "D", "f", "F":
            // Versions of Windows differ in whether the day has two digits.
            guard moment.date.components.day >= 10 else { throw .unsupported("FORMAT \(letter) of days below 10") }
            return try custom("dddd, MMMM d, yyyy" + (letter == "D" ? "" : letter == "f" ? " h:mm tt" : " h:mm:ss tt"))
        case "t": return try custom("h:mm tt")
        case "T": return try custom("h:mm:ss tt")
        case "g": return try custom("M/d/yyyy h:mm tt")
        case "G": return try custom("M/d/yyyy h:mm:ss tt")
        case "m", "M":
            guard moment.date.components.day >= 10 else { throw .unsupported("FORMAT \(letter) of days below 10") }
            return try custom("MMMM d")
        case "y", "Y": return try custom("MMMM yyyy")
        case "s": return try custom("yyyy-MM-dd'T'HH:mm:ss")
        case "u" where offset == nil: return try custom("yyyy-MM-dd HH:mm:ss'Z'")
        case "o", "O": return try custom("yyyy-MM-dd'T'HH:mm:ss.fffffffK")
        case "r" where offset == nil, "R" where offset == nil: return try custom("ddd, dd MMM yyyy HH:mm:ss 'GMT'")
        case "u", "U", "r", "R": throw .unsupported("FORMAT \(letter) of datetimeoffset")
        default: return nil
        }
    }

    private func custom(_ format: String) throws(ServerMessage) -> String {
        var rest = Array(format)[...]
        var result = ""
        while let character = rest.first {
            switch character {
            case "\\":
                rest.removeFirst()
                if let next = rest.popFirst() { result.append(next) }
            case "'", "\"":
                rest.removeFirst()
                while let next = rest.popFirst(), next != character { result.append(next) }
            case "%": rest.removeFirst()
            case "d", "M", "y", "h", "H", "m", "s", "f", "F", "t", "z", "K", "g":
                let count = rest.prefix { $0 == character }.count
                rest.removeFirst(count)
                if character == "F", fraction(count, isTrimmed: true).isEmpty, result.last == "." {
                    result.removeLast()
                }
                result += try field(character, count)
            default: result.append(rest.removeFirst())
            }
        }
        return result
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private func fraction(_ count: Int, isTrimmed: Bool) -> String {
        var digits = String(padded(moment.time.fraction, 7).prefix(count))
        while isTrimmed, digits.last == "0" { digits.removeLast() }
        return digits
    }

    private func field(_ letter: Character, _ count: Int) throws(ServerMessage) -> String {
        let (year, month, day) = moment.date.components
        let time = moment.time
        let weekday = Self.days[moment.date.daysSinceYearOne % 7]
        switch letter {
        case "d": return count <= 2 ? padded(day, count) : count == 3 ? String(weekday.prefix(3)) : weekday
        case "M":
            let name = Self.months[month - 1]
            return count <= 2 ? padded(month, count) : count == 3 ? String(name.prefix(3)) : name
        case "y": return count <= 2 ? padded(year % 100, count) : padded(year, count)
        case "h": return padded(time.hour % 12 == 0 ? 12 : time.hour % 12, min(count, 2))
        case "H": return padded(time.hour, min(count, 2))
        case "m": return padded(time.minute, min(count, 2))
        case "s": return padded(time.second, min(count, 2))
        case "f" where count <= 7: return fraction(count, isTrimmed: false)
        case "F" where count <= 7: return fraction(count, isTrimmed: true)
        case "t":
            let half = time.hour < 12 ? "AM" : "PM"
            return count == 1 ? String(half.prefix(1)) : half
        case "K": return offset.map(MomentText.offset) ?? ""
        case "z":
            guard let offset else { throw .unsupported("FORMAT z of a date without an offset") }
            let text = MomentText.offset(offset)
            if count >= 3 { return text }
            return count == 2 ? String(text.prefix(3)) : text.prefix(1) + String(abs(offset) / 60)
        default: throw .unsupported("FORMAT with \(String(repeating: letter, count: count))")
        }
    }
}
