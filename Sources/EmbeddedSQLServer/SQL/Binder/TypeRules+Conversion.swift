import SQLValues

extension TypeRules {
    /// Whether a value of one type becomes one of another: by itself, by CAST only, or never.
    enum Allowance { case implicit, explicit, never }

    /// Families of types that convert alike.
    private enum Family {
        case number, narrowText, wideText, oldNarrow, oldWide, oldMoment, date, time, newMoment, binary, image
        case rowVersion, identifier, xml, variant, other
    }

    private static func family(_ type: SQLType) -> Family {
        switch type.kind {
        case .char, .varChar: .narrowText
        case .nChar, .nVarChar: .wideText
        case .text: .oldNarrow
        case .nText: .oldWide
        case .dateTime, .smallDateTime: .oldMoment
        case .date: .date
        case .time: .time
        case .dateTime2, .dateTimeOffset: .newMoment
        case .binary, .varBinary: .binary
        case .image: .image
        case .rowVersion: .rowVersion
        case .uniqueIdentifier: .identifier
        case .xml: .xml
        case .variant: .variant
        case .udt: .other
        default: .number
        }
    }

    /// The chart of "CAST and CONVERT (Transact-SQL)", implicit conversions.
    static func allowance(from: SQLType, to: SQLType) -> Allowance {
        if from.kind == to.kind { return .implicit }
        if to.kind == .variant, from.isMax { return .never }
        let (source, target) = (family(from), family(to))
        switch source {
        case .number: return numberAllowance(from, target)
        case .narrowText, .wideText: return textAllowance(source, target)
        case .oldNarrow, .oldWide:
            switch target {
            case .narrowText, .wideText, .oldNarrow, .oldWide, .xml: return .implicit
            default: return .never
            }
        case .oldMoment, .date, .time, .newMoment: return momentAllowance(source, target)
        case .binary, .rowVersion: return binaryAllowance(from, to, target)
        case .image: return target == .binary || target == .rowVersion ? .implicit : .never
        case .identifier:
            return [.narrowText, .wideText, .binary, .variant].contains(target) ? .implicit : .never
        case .xml:
            switch target {
            case .narrowText, .wideText, .binary: return .explicit
            default: return .never
            }
        case .variant:
            switch target {
            case .oldNarrow, .oldWide, .image, .rowVersion, .xml, .other: return .never
            default: return .explicit
            }
        case .other: return .never
        }
    }

    private static func numberAllowance(_ from: SQLType, _ target: Family) -> Allowance {
        switch target {
        case .number, .narrowText, .wideText, .oldMoment, .binary, .variant: .implicit
        case .rowVersion: from.kind == .float || from.kind == .real ? .never : .implicit
        default: .never
        }
    }

    private static func textAllowance(_ source: Family, _ target: Family) -> Allowance {
        switch target {
        case .binary, .rowVersion: .explicit
        case .image: source == .narrowText ? .implicit : .never
        case .other: .never
        default: .implicit
        }
    }

    private static func momentAllowance(_ source: Family, _ target: Family) -> Allowance {
        switch target {
        case .narrowText, .wideText, .oldMoment, .newMoment, .variant: .implicit
        case .date: source == .time ? .never : .implicit
        case .time: source == .date ? .never : .implicit
        case .binary: .explicit
        case .number, .rowVersion: source == .oldMoment ? .explicit : .never
        default: .never
        }
    }

    private static func binaryAllowance(_ from: SQLType, _ to: SQLType, _ target: Family) -> Allowance {
        let isVersion = from.kind == .rowVersion
        switch target {
        case .number: return to.kind == .float || to.kind == .real ? .never : .implicit
        case .narrowText, .oldMoment, .binary, .image, .rowVersion: return .implicit
        case .wideText, .identifier, .variant, .xml: return isVersion ? .never : .implicit
        case .date, .time, .newMoment: return isVersion ? .never : .explicit
        default: return .never
        }
    }

    /// Whether a conversion happens without CAST; nil when it does, else the error.
    static func implicitRefusal(from: SQLType, to: SQLType) -> ServerMessage? {
        switch allowance(from: from, to: to) {
        case .implicit: nil
        case .explicit:
            .error(
                257, state: 3,
                "Implicit conversion from data type \(from.name) to \(to.name) is not allowed. Use the CONVERT function"
                    + " to run this query.")
        case .never:
            .error(
                206, state: 2,
                "Operand type clash: \(from.isMax ? from.description : from.name) is incompatible with \(to.name)")
        }
    }
}
