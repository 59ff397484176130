import SQLValues

/// The values of the integer types.
enum IntegerRange {
    static func of(_ kind: SQLType.Kind) -> ClosedRange<Int64> {
        switch kind {
        case .bit: 0...1
        case .tinyInt: 0...255
        case .smallInt: -32_768...32_767
        case .int: -2_147_483_648...2_147_483_647
        default: Int64.min...Int64.max
        }
    }
}
