extension Parser {
    /// The form `CHECKPOINT`, with how many seconds it may take.
    mutating func checkpoint() throws(Fault) -> Statement.Kind {
        _ = try expect(.checkpoint)
        guard at(.integer) else { return .checkpoint(seconds: nil) }
        guard let seconds = Int(text(current)) else { throw unexpected() }
        advance()
        return .checkpoint(seconds: seconds)
    }

    /// The form `RECONFIGURE`, which makes the values of sp_configure count.
    mutating func reconfigure() throws(Fault) -> Statement.Kind {
        _ = try expect(.reconfigure)
        guard at(.with), upperText(peek()) == "OVERRIDE" else { return .reconfigure(isOverride: false) }
        advance()
        advance()
        return .reconfigure(isOverride: true)
    }
}
