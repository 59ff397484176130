import SQLValues

/// One named value of a URL or connection string, read as the type that its setting needs.
///
/// Errors name the setting and repeat the value, so secrets are never read through this type.
struct ConfigurationValue {
    let name: String
    let text: String

    func boolean() throws(SQLServerError) -> Bool {
        switch text.lowercased() {
        case "true", "yes": return true
        case "false", "no": return false
        default: throw wrong("true or false")
        }
    }

    func integer() throws(SQLServerError) -> Int {
        guard let number = Int(text) else { throw wrong("a whole number") }
        return number
    }

    /// Seconds, from 1.
    func seconds() throws(SQLServerError) -> Duration {
        guard let limit = try secondsOrNoLimit() else {
            throw wrong("a number of seconds from 1; waiting forever is not supported")
        }
        return limit
    }

    /// Seconds; 0 is SqlClient's word for no limit.
    func secondsOrNoLimit() throws(SQLServerError) -> Duration? {
        guard let number = Int32(text), number >= 0 else { throw wrong("a number of seconds") }
        return number == 0 ? nil : .seconds(Int(number))
    }

    /// The number of a code page, as COLLATIONPROPERTY tells it.
    func codePage() throws(SQLServerError) -> SQLCodePage {
        guard let page = Int(text).flatMap(SQLCodePage.init(number:)) else {
            throw wrong("the number of a code page: 874, 1250 to 1258, 65001 for UTF-8, or 20127 for ASCII")
        }
        return page
    }

    /// Our four words and those of SqlClient.
    func encryption() throws(SQLServerError) -> SQLServerConfiguration.Encryption {
        switch text.lowercased() {
        case "off": return .off
        case "request", "optional", "false", "no": return .request
        case "require", "mandatory", "true", "yes": return .require
        case "strict": return .strict
        default: throw wrong("off, request (optional, false), require (mandatory, true) or strict")
        }
    }

    /// A value of an enumeration by its name, in any case.
    func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) throws(SQLServerError) -> Choice where Choice.RawValue == String {
        if let match = type.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) { return match }
        throw wrong(type.allCases.map(\.rawValue).joined(separator: ", "))
    }

    /// The value, or nil when there is none.
    var optional: String? { text.isEmpty ? nil : text }

    func wrong(_ expected: String) -> SQLServerError {
        .configuration("\(name) is \"\(text)\"; it must be \(expected)")
    }
}
