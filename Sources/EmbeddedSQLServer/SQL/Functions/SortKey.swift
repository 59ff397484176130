import SQLValues

/// A key by which an aggregate sorts what it collects.
struct SortKey {
    let value: StoredValue
    let code: Int64

    private static let collations = ["", "TSQL", "TSQL_N", "TSQL_OFFSET", "TSQL_VARIANT"]

    /// Collation and direction as one number.
    static func code(_ collation: String?, isDescending: Bool) -> Int64 {
        Int64((collations.firstIndex(of: collation ?? "") ?? 0) << 1 | (isDescending ? 1 : 0))
    }

    /// Whether a list of keys comes before another.
    static func precedes(_ a: [SortKey], _ b: [SortKey]) -> Bool {
        for (left, right) in zip(a, b) {
            let order = left.compared(to: right)
            if order != 0 { return (order < 0) != (left.code & 1 == 1) }
        }
        return false
    }

    private func compared(to other: SortKey) -> Int {
        switch (value, other.value) {
        case (.null, .null): return 0
        case (.null, _): return -1
        case (_, .null): return 1
        case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
        case (.blob(let a), .blob(let b)): return a.lexicographicallyPrecedes(b) ? -1 : a == b ? 0 : 1
        case (.text(let a), .text(let b)):
            switch code >> 1 {
            case 2: return LinguisticCollation.compare(a, b)
            case 3: return a.prefix(16) < b.prefix(16) ? -1 : a.prefix(16) == b.prefix(16) ? 0 : 1
            case 4:
                guard let x = VariantValue(a), let y = VariantValue(b) else { return 0 }
                return VariantValue.compare(x, y) ?? 0
            default: return TextCollation.compare(a, b)
            }
        default: return 0
        }
    }
}
