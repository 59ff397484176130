import Foundation
import SQLValues

extension ScalarFunction {
    /// CAST and TRY_CAST; a second argument is CONVERT's style.
    static let conversions: [ScalarFunction] = [
        .typed("ts_cast") { arguments throws(ServerMessage) in
            let style = arguments.count > 1 ? arguments.integer(1) : nil
            return try Conversion.convert(
                arguments.values[0], from: arguments.types[0], to: arguments.result, style: style)
        },
        .typed("ts_try_cast") { arguments throws(ServerMessage) in
            let style = arguments.count > 1 ? arguments.integer(1) : nil
            do throws(ServerMessage) {
                return try Conversion.convert(
                    arguments.values[0], from: arguments.types[0], to: arguments.result, style: style)
            } catch {
                if error.number == 40517 { throw error }
                return .null
            }
        },
    ]

    /// Integer arithmetic: `name(a, b, kind)`, with overflow and division by zero as errors.
    static let integers: [ScalarFunction] = [
        integer("ts_add") { $0.addingReportingOverflow($1) },
        integer("ts_sub") { $0.subtractingReportingOverflow($1) },
        integer("ts_mul") { $0.multipliedReportingOverflow(by: $1) },
        integer("ts_div", isDivision: true) { $0.dividedReportingOverflow(by: $1) },
        integer("ts_mod", isDivision: true) { $1 == -1 ? (0, false) : $0.remainderReportingOverflow(dividingBy: $1) },
        integer("ts_and") { ($0 & $1, false) },
        integer("ts_or") { ($0 | $1, false) },
        integer("ts_xor") { ($0 ^ $1, false) },
    ]

    private static func integer(
        _ name: String, isDivision: Bool = false,
        _ operation: @escaping @Sendable (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> ScalarFunction {
        .stored(name) { arguments, _ throws(ServerMessage) in
            let (a, b) = (arguments[0], arguments[1])
            guard !a.isNull, !b.isNull else { return .null }
            let divisor = b.integer
            if isDivision, divisor == 0 { throw .divideByZero }
            let (result, overflow) = operation(a.integer, divisor)
            let kind = SQLType.Kind(rawValue: UInt8(truncatingIfNeeded: arguments[2].integer)) ?? .bigInt
            guard !overflow, IntegerRange.of(kind).contains(result) else { throw .overflow(SQLType(kind: kind)) }
            return .integer(result)
        }
    }

    /// Arithmetic of decimals, money and floats; the result type comes from the binder.
    static let arithmetic: [ScalarFunction] = [
        number("ts_nadd", .add) { $0 + $1 },
        number("ts_nsub", .subtract) { $0 - $1 },
        number("ts_nmul", .multiply) { $0 * $1 },
        number("ts_ndiv", .divide) { $0 / $1 },
        number("ts_nmod", .modulo) { $0.truncatingRemainder(dividingBy: $1) },
        .typed("ts_neg") { arguments throws(ServerMessage) in
            switch arguments.values[0] {
            case .int(let value):
                let (result, overflow) = Int64(0).subtractingReportingOverflow(value)
                guard !overflow, IntegerRange.of(arguments.result.kind).contains(result) else {
                    throw .overflow(arguments.result)
                }
                return .int(result)
            case .decimal(let value):
                return SQLDecimal(coefficient: -value.coefficient, scale: value.scale).map { .decimal($0) } ?? .null
            case .double(let value): return .double(-value)
            default: return .null
            }
        },
        .typed("ts_not") { arguments in
            if case .bit(let flag) = arguments.values[0] { return .bit(!flag) }
            guard case .int(let value) = arguments.values[0] else { return .null }
            return .int(arguments.result.kind == .tinyInt ? ~value & 0xFF : ~value)
        },
    ]

    private static func number(
        _ name: String, _ operation: SQLDecimalOperation, _ float: @escaping @Sendable (Double, Double) -> Double
    ) -> ScalarFunction {
        .typed(name) { arguments throws(ServerMessage) in
            let isDivision = operation == .divide || operation == .modulo
            switch (arguments.values[0], arguments.values[1]) {
            case (.decimal(let a), .decimal(let b)):
                if isDivision, b.coefficient == 0 { throw .divideByZero }
                let scale = arguments.result.scale ?? 4
                guard let value = a.combined(operation, with: b, scale: scale),
                    let fitted = Conversion.fitted(value, to: arguments.result)
                else {
                    throw .overflow(arguments.result.kind == .decimal ? numericOf(arguments.result) : arguments.result)
                }
                return .decimal(fitted)
            case (.double(let a), .double(let b)):
                if isDivision, b == 0 { throw .divideByZero }
                let value = float(a, b)
                let result = arguments.result.kind == .real ? Double(Float(value)) : value
                guard result.isFinite else { throw .overflow(arguments.result) }
                return .double(result)
            default: return .null
            }
        }
    }

    private static func numericOf(_ type: SQLType) -> SQLType { .numeric(type.precision ?? 18, type.scale ?? 0) }

    /// Mathematical functions.
    static let mathematics: [ScalarFunction] = [
        .typed("ts_abs") { arguments throws(ServerMessage) in
            switch arguments.values[0] {
            case .int(let value):
                guard value != Int64.min, IntegerRange.of(arguments.result.kind).contains(abs(value)) else {
                    throw .overflow(arguments.result)
                }
                return .int(abs(value))
            case .decimal(let value):
                let magnitude = value.coefficient < 0 ? -value.coefficient : value.coefficient
                return SQLDecimal(coefficient: magnitude, scale: value.scale).map { .decimal($0) } ?? .null
            case .double(let value): return .double(value.magnitude)
            default: return .null
            }
        },
        .typed("ts_sign") { arguments in
            switch arguments.values[0] {
            case .int(let value): return .int(value.signum())
            case .decimal(let value): return .decimal(SQLDecimal(Int(value.coefficient.signum())))
            case .double(let value): return .double(value > 0 ? 1 : value < 0 ? -1 : 0)
            default: return .null
            }
        },
        whole("ts_floor", up: false), whole("ts_ceiling", up: true),
        .typed("ts_round") { arguments throws(ServerMessage) in try rounded(arguments) },
        .typed("ts_power") { arguments throws(ServerMessage) in
            if arguments.hasNull { return .null }
            let value = Foundation.pow(arguments.double(0), arguments.double(1))
            guard value.isFinite else { throw invalidOperation }
            return try Conversion.convert(.double(value), from: .float, to: arguments.result)
        },
        float("ts_sqrt") { $0 < 0 ? nil : $0.squareRoot() },
        float("ts_exp") { Foundation.exp($0) },
        float("ts_log") { $0 <= 0 ? nil : Foundation.log($0) },
        float("ts_log10") { $0 <= 0 ? nil : Foundation.log10($0) },
        float("ts_sin") { Foundation.sin($0) },
        float("ts_cos") { Foundation.cos($0) },
        float("ts_tan") { Foundation.tan($0) },
        float("ts_square") { $0 * $0 },
    ]

    private static let invalidOperation = ServerMessage.error(3623, "An invalid floating point operation occurred.")

    private static func float(_ name: String, _ function: @escaping @Sendable (Double) -> Double?) -> ScalarFunction {
        .typed(name) { arguments throws(ServerMessage) in
            if arguments.hasNull { return .null }
            guard let value = function(arguments.double(0)) else { throw invalidOperation }
            guard value.isFinite else { throw .overflow(.float) }
            return .double(value)
        }
    }

    private static func whole(_ name: String, up: Bool) -> ScalarFunction {
        .typed(name) { arguments in
            switch arguments.values[0] {
            case .decimal(let value):
                let (quotient, rest) = value.coefficient.quotientAndRemainder(dividingBy: SQLDecimal.power(value.scale))
                let step: Int128 = up ? (rest > 0 ? 1 : 0) : (rest < 0 ? -1 : 0)
                let result = SQLDecimal(coefficient: quotient + step, scale: 0)
                return result?.rescaled(to: arguments.result.scale ?? 4).map { .decimal($0) } ?? .null
            case .double(let value): return .double(up ? value.rounded(.up) : value.rounded(.down))
            default: return arguments.values[0]
            }
        }
    }

    /// ROUND(value, length, function): rounds, or cuts when the third argument is not 0.
    private static func rounded(_ arguments: FunctionArguments) throws(ServerMessage) -> SQLValue {
        if arguments.hasNull { return .null }
        let places = arguments.integer(1)
        let cuts = arguments.count > 2 && arguments.integer(2) != 0
        switch arguments.values[0] {
        case .int(let value):
            guard places < 0 else { return .int(value) }
            guard places > -19 else { return .int(0) }
            guard let number = decimalRounded(SQLDecimal(Int(value)), places, cuts: cuts),
                let result = Int64(exactly: number.coefficient), IntegerRange.of(arguments.result.kind).contains(result)
            else { throw .overflow(arguments.result) }
            return .int(result)
        case .decimal(let value):
            guard let number = decimalRounded(value, places, cuts: cuts),
                let result = Conversion.fitted(number, to: arguments.result)
            else { throw .overflow(arguments.result) }
            return .decimal(result)
        case .double(let value):
            guard abs(places) <= 300 else { return .double(places > 0 ? value : 0) }
            let factor = Foundation.pow(10, Double(abs(places)))
            let scaled = places >= 0 ? value * factor : value / factor
            guard scaled.isFinite else { return .double(value) }
            let whole = cuts ? scaled.rounded(.towardZero) : scaled.rounded(.toNearestOrAwayFromZero)
            return .double(places >= 0 ? whole / factor : whole * factor)
        default: return .null
        }
    }

    private static func decimalRounded(_ value: SQLDecimal, _ places: Int, cuts: Bool) -> SQLDecimal? {
        guard places < value.scale else { return value }
        let drop = value.scale - places
        guard drop <= 38 else { return SQLDecimal(coefficient: 0, scale: value.scale) }
        let unit = SQLDecimal.power(drop)
        let (quotient, rest) = value.coefficient.quotientAndRemainder(dividingBy: unit)
        let roundsUp = !cuts && rest.magnitude >= unit.magnitude - rest.magnitude
        let step: Int128 = roundsUp ? (value.coefficient < 0 ? -1 : 1) : 0
        let (product, overflow) = (quotient + step).multipliedReportingOverflow(by: unit)
        return overflow ? nil : SQLDecimal(coefficient: product, scale: value.scale)
    }

    /// What statements need around expressions.
    static let controls: [ScalarFunction] = [
        // Remembers that an aggregate left out a NULL.
        .stored("ts_seen") { arguments, context in
            if arguments[0].isNull { context.sawNull = true }
            return arguments.stored(0)
        },
        .stored("ts_var", isDeterministic: false) { arguments, context in
            context.variable(Int(arguments[0].integer))
        },
        .stored("ts_newid", isDeterministic: false) { _, _ in
            StoredForm.encode(.uniqueIdentifier(randomIdentifier()), as: .uniqueIdentifier)
        },
        lookup("db_id"), lookup("db_name"), lookup("object_id"), lookup("serverproperty"), lookup("schema_id"),
        lookup("applock_mode"), lookup("applock_test"), lookup("sessionproperty"),
        lookup("updated"), lookup("columns_updated"), lookup("trigger_nestlevel"),
        lookup("session_context"), lookup("user_message"), lookup("next_value"), lookup("dbts"),
        lookup("cursor_status"),
        .stored("ts_limit") { arguments, _ throws(ServerMessage) in
            guard !arguments[0].isNull else { throw .notAnInteger }
            let value = arguments[0].integer
            switch arguments[1].integer {
            case 0 where value < 0: throw .error(127, "A TOP N or FETCH rowcount value may not be negative.")
            case 1 where value < 0:
                throw .error(10742, "The offset specified in a OFFSET clause may not be negative.")
            case 2 where value <= 0:
                throw .error(10744, "The number of rows provided for a FETCH clause must be greater then zero.")
            default: return .integer(value)
            }
        },
    ]

    /// The functions on logins, users, roles and permissions.
    static let securityLookups = Binder.securityLookups.map { lookup($0) }

    /// The functions that look into the catalogue.
    static let metadata = Binder.metadataLookups.map { lookup($0) }

    /// A function that the session answers.
    private static func lookup(_ name: String) -> ScalarFunction {
        .stored("ts_lookup_\(name)", isDeterministic: false) { arguments, context in
            context.lookup(name, (0..<arguments.count).map { arguments.stored($0) })
        }
    }

    private static func randomIdentifier() -> SQLUniqueIdentifier {
        // Version 4, variant 1 of RFC 4122.
        let high = UInt64.random(in: 0...UInt64.max) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = UInt64.random(in: 0...UInt64.max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return SQLUniqueIdentifier(high: high, low: low)
    }
}
