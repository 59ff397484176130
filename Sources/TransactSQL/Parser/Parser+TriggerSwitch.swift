extension Parser {
    /// ENABLE or DISABLE TRIGGER as a statement.
    mutating func triggerSwitch() throws(Fault) -> Statement.Kind {
        let start = advance()
        let isEnabled = start.word == .enable
        advance()
        let names = accept(.all) ? [] : try commaList { parser throws(Fault) in try parser.objectName() }
        try expect(.on)
        if at(.database) || at(.all) {
            throw unsupported("\(upperText(start)) TRIGGER ON \(upperText(current))", from: start)
        }
        return .triggerSwitch(TriggerSwitchStatement(isEnabled: isEnabled, names: names, target: try objectName()))
    }
}
