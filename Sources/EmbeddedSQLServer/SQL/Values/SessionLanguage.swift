/// A language of SET LANGUAGE, with what it brings: names of months and days, the order of dates, the first day of a week.
///
/// Source: "sys.syslanguages", "SET LANGUAGE (Transact-SQL)".
struct SessionLanguage: Equatable {
    var id: Int
    /// As `@@LANGUAGE` shows it.
    var name: String
    var alias: String
    var dateFormat: DateFormat
    /// 1 for Monday to 7 for Sunday.
    var dateFirst: Int
    /// January to December.
    var months: [String]
    var shortMonths: [String]
    /// Monday to Sunday.
    var days: [String]

    /// The month of a name or abbreviation, from 1.
    func month(named word: String) -> Int? {
        let word = word.lowercased()
        let place =
            months.firstIndex { $0.lowercased() == word } ?? shortMonths.firstIndex { $0.lowercased() == word }
        return place.map { $0 + 1 }
    }

    static let english = SessionLanguage(
        id: 0, name: "us_english", alias: "English", dateFormat: .mdy, dateFirst: 7,
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ],
        shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])

    private static let british = SessionLanguage(
        id: 23, name: "British", alias: "British English", dateFormat: .dmy, dateFirst: 1, months: english.months,
        shortMonths: english.shortMonths, days: english.days)

    private static let german = SessionLanguage(
        id: 1, name: "Deutsch", alias: "German", dateFormat: .dmy, dateFirst: 1,
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ],
        shortMonths: ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
        days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"])

    private static let french = SessionLanguage(
        id: 2, name: "Français", alias: "French", dateFormat: .dmy, dateFirst: 1,
        months: [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre",
        ],
        shortMonths: ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
        days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"])

    private static let known = [english, german, french, british]

    /// The other languages of SQL Server, which are refused.
    private static let others: Set<String> = [
        "日本語", "japanese", "dansk", "danish", "español", "spanish", "italiano", "italian", "nederlands", "dutch",
        "norsk", "norwegian", "português", "portuguese", "suomi", "finnish", "svenska", "swedish", "čeština", "czech",
        "magyar", "hungarian", "polski", "polish", "română", "romanian", "hrvatski", "croatian", "slovenčina",
        "slovak", "slovenski", "slovenian", "ελληνικά", "greek", "български", "bulgarian", "русский", "russian",
        "türkçe", "turkish", "eesti", "estonian", "latviešu", "latvian", "lietuvių", "lithuanian",
        "português (brasil)", "brazilian", "繁體中文", "traditional chinese", "한국어", "korean", "简体中文",
        "simplified chinese", "arabic", "ไทย", "thai", "bokmål", "norwegian (bokmål)",
    ]

    /// The language of a name or an alias.
    ///
    /// - Throws: 40517 for the languages that SQL Server has and this server has not, Msg 2740 for what is no language.
    static func named(_ name: String) throws(ServerMessage) -> SessionLanguage {
        let word = name.lowercased()
        if let found = known.first(where: { $0.name.lowercased() == word || $0.alias.lowercased() == word }) {
            return found
        }
        if others.contains(word) { throw .unsupported("SET LANGUAGE \(name)") }
        throw .error(
            2740,
            "SET LANGUAGE failed because '\(name)' is not an official language name or a language alias on this SQL"
                + " Server.")
    }
}

/// The order of day, month and year in a date of numbers (SET DATEFORMAT).
enum DateFormat: String {
    case mdy, dmy, ymd, ydm, myd, dym
}

/// How a session reads and writes dates; conversions find it where they run.
struct DateConventions: Equatable {
    var language = SessionLanguage.english
    var format = DateFormat.mdy

    /// Those of the session whose request runs.
    @TaskLocal private static var box: Box?

    /// Those of the session whose request runs; those of us_english outside any request.
    static var current: DateConventions { box?.value ?? DateConventions() }

    /// Holds the conventions of a session, which its SET statements change while a request runs.
    ///
    /// `@unchecked Sendable`: a session runs one request at a time, on one thread, and only that thread reads or writes
    /// the box; other threads never see it, because the task-local value ends with the request.
    final class Box: @unchecked Sendable {
        var value = DateConventions()

        /// Runs a request under these conventions.
        func run<Result>(_ body: () throws -> Result) rethrows -> Result {
            try DateConventions.$box.withValue(self, operation: body)
        }
    }
}
