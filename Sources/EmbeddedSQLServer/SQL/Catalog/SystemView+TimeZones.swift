import SQLValues

extension SystemView {
    /// The names that AT TIME ZONE knows.
    static let timeZones = SystemView(
        "sys.time_zone_info",
        columns("name sysname, current_utc_offset nvarchar(6), is_currently_dst bit")
    ) { _ in
        WindowsTimeZone.all(at: Clock.ticks(utc: true)).map {
            [.string($0.name), .string(MomentText.offset($0.offset)), .bit($0.isSummer)]
        }
    }
}
