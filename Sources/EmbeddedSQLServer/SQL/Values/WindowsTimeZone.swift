import Foundation
import SQLValues

/// The time zones of Windows, by whose names AT TIME ZONE asks for them.
///
/// The pairs of names are those of CLDR's windowsZones; offsets come from the machine's time zone database.
struct WindowsTimeZone {
    let name: String
    private let zone: TimeZone

    init?(named name: String) throws(ServerMessage) {
        guard let found = Self.identifiers[name.lowercased()] else { return nil }
        guard let zone = TimeZone(identifier: found.identifier) else {
            throw .unsupported("time zone \(found.name), which this machine lacks")
        }
        self.name = found.name
        self.zone = zone
    }

    /// Minutes from UTC at a moment.
    ///
    /// Windows keeps no rules of earlier years: moments before 2007 are refused in zones that have more than one
    /// offset.
    func offset(at utc: Int) throws(ServerMessage) -> Int {
        let minutes = seconds(at: utc) / 60
        if utc < Self.ticks(of: 2007), minutes != 0 || name != "UTC" {
            throw .unsupported("AT TIME ZONE before 2007")
        }
        return minutes
    }

    private func seconds(at utc: Int) -> Int {
        let since1970 = Double(utc / SQLTime.ticksPerSecond - 719_162 * 86_400)
        return zone.secondsFromGMT(for: Date(timeIntervalSince1970: since1970))
    }

    private static func ticks(of year: Int) -> Int {
        (SQLDate(year: year, month: 1, day: 1)?.daysSinceYearOne ?? 0) * SQLTime.ticksPerDay
    }

    /// A moment by the zone's clock, with its offset.
    ///
    /// A time that the clock leaves out moves on by the gap; of a time that comes twice, the later one is meant.
    func moment(local: SQLDateTime) throws(ServerMessage) -> SQLDateTimeOffset? {
        let ticks = local.ticksSinceYearOne
        let minute = 60 * SQLTime.ticksPerSecond
        let before = try offset(at: max(0, ticks - SQLTime.ticksPerDay))
        let after = try offset(at: ticks + SQLTime.ticksPerDay)
        for candidate in [after, before] where try offset(at: ticks - candidate * minute) == candidate {
            return SQLDateTimeOffset(local: local, offsetMinutes: candidate)
        }
        guard let moved = SQLDateTime(ticksSinceYearOne: ticks + (after - before) * minute) else { return nil }
        return SQLDateTimeOffset(local: moved, offsetMinutes: after)
    }

    /// A moment with the offset that the zone then has.
    func moment(utc: SQLDateTime) throws(ServerMessage) -> SQLDateTimeOffset? {
        SQLDateTimeOffset(utc: utc, offsetMinutes: try offset(at: utc.ticksSinceYearOne))
    }

    /// Every zone that the machine knows, by name, with its offset now and whether that is summer time.
    static func all(at utc: Int) -> [(name: String, offset: Int, isSummer: Bool)] {
        let now = Date(timeIntervalSince1970: Double(utc / SQLTime.ticksPerSecond - 719_162 * 86_400))
        return identifiers.values.sorted { $0.name < $1.name }.compactMap { found in
            guard let zone = TimeZone(identifier: found.identifier) else { return nil }
            return (found.name, zone.secondsFromGMT(for: now) / 60, zone.isDaylightSavingTime(for: now))
        }
    }

    private static let identifiers: [String: (name: String, identifier: String)] = {
        var table: [String: (name: String, identifier: String)] = [:]
        for (name, identifier) in WindowsTimeZone.names { table[name.lowercased()] = (name, identifier) }
        return table
    }()
}
