import SQLValues

/// Length, precision and scale as sys.columns shows them.
struct TypeFacts {
    let maxLength: Int
    let precision: Int
    let scale: Int

    init(_ type: SQLType) {
        switch type.kind {
        case .bit: (maxLength, precision, scale) = (1, 1, 0)
        case .tinyInt: (maxLength, precision, scale) = (1, 3, 0)
        case .smallInt: (maxLength, precision, scale) = (2, 5, 0)
        case .int: (maxLength, precision, scale) = (4, 10, 0)
        case .bigInt: (maxLength, precision, scale) = (8, 19, 0)
        case .real: (maxLength, precision, scale) = (4, 24, 0)
        case .float: (maxLength, precision, scale) = (8, 53, 0)
        case .smallMoney: (maxLength, precision, scale) = (4, 10, 4)
        case .money: (maxLength, precision, scale) = (8, 19, 4)
        case .decimal, .numeric:
            let digits = type.precision ?? 18
            (maxLength, precision, scale) = (
                digits <= 9 ? 5 : digits <= 19 ? 9 : digits <= 28 ? 13 : 17, digits, type.scale ?? 0
            )
        case .date: (maxLength, precision, scale) = (3, 10, 0)
        case .time:
            (maxLength, precision, scale) = (
                type.scale ?? 7 <= 2 ? 3 : type.scale ?? 7 <= 4 ? 4 : 5, Self.digits(8, type), type.scale ?? 7
            )
        case .smallDateTime: (maxLength, precision, scale) = (4, 16, 0)
        case .dateTime: (maxLength, precision, scale) = (8, 23, 3)
        case .dateTime2:
            (maxLength, precision, scale) = (
                type.scale ?? 7 <= 2 ? 6 : type.scale ?? 7 <= 4 ? 7 : 8, Self.digits(19, type), type.scale ?? 7
            )
        case .dateTimeOffset:
            (maxLength, precision, scale) = (
                type.scale ?? 7 <= 2 ? 8 : type.scale ?? 7 <= 4 ? 9 : 10, Self.digits(26, type), type.scale ?? 7
            )
        case .nChar, .nVarChar: (maxLength, precision, scale) = (type.length.map { $0 * 2 } ?? -1, 0, 0)
        case .text, .nText, .image, .uniqueIdentifier: (maxLength, precision, scale) = (16, 0, 0)
        case .variant: (maxLength, precision, scale) = (8_016, 0, 0)
        default: (maxLength, precision, scale) = (type.length ?? -1, 0, 0)
        }
    }

    /// The characters of a moment: those before the fraction, its point and its digits.
    private static func digits(_ whole: Int, _ type: SQLType) -> Int {
        let scale = type.scale ?? 7
        return scale == 0 ? whole : whole + 1 + scale
    }
}
