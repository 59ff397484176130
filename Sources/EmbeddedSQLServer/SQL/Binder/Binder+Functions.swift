import SQLValues
import TransactSQL

extension Binder {
    /// A call of a built-in function or aggregate.
    func function(_ call: FunctionCall, _ scope: Scope, line: Int) throws -> BoundExpression {
        let name = call.uppercasedName
        guard call.name.parts.count == 1 else { return try moduleFunction(call, scope, line: line) }
        if call.name.name == "$value" { return try xmlValue(call, scope, line: line) }
        if let window = try windowFunction(call, scope, line: line) { return window }
        if let json = try jsonFunction(call, scope, line: line) { return json }
        guard call.withinGroup.isEmpty || Self.aggregates.contains(name), call.ignoresNulls == nil else {
            throw ServerMessage.error(
                10_757, line: line, "The function '\(name)' may not have a WITHIN GROUP clause.")
        }
        if Self.aggregates.contains(name) || call.over != nil { return try aggregate(call, scope, line: line) }
        if let part = try datePartFunction(name, call, scope, line: line) { return part }
        if case .trim(let side, let characters, let text)? = call.arguments.first {
            return try trim(bind(text, scope), bind(characters, scope), side, line: line)
        }
        guard let values = call.values else {
            throw ServerMessage.unsupported("\(name) with these arguments", line: line)
        }
        let arguments = try values.map { try bind($0, scope) }
        if let variant = try variantFunction(name, arguments, line: line) { return variant }
        if !arguments.isEmpty || name != "SCHEMA_NAME",
            let metadata = try metadataFunction(name, arguments, line: line)
        {
            return metadata
        }
        if let trigger = try triggerFunction(name, arguments, line: line) { return trigger }
        if let session = try sessionFunction(name, arguments, values, line: line) { return session }
        if let choice = try choiceFunction(name, arguments, values, scope, line: line) { return choice }
        if let tool = try textTool(name, arguments, line: line) { return tool }
        if let tool = try numberTool(name, arguments, line: line) { return tool }
        if let text = try textFunction(name, arguments, line: line) { return text }
        if let number = try numberFunction(name, arguments, line: line) { return number }
        if let date = try dateFunction(name, arguments, line: line) { return date }
        guard Self.knownFunctions.contains(name) else {
            throw ServerMessage.error(
                195, state: 10, line: line, "'\(call.name.name)' is not a recognized built-in function name.")
        }
        throw ServerMessage.unsupported(name, line: line)
    }

    static let aggregates: Set<String> = [
        "COUNT", "COUNT_BIG", "SUM", "AVG", "MIN", "MAX", "STDEV", "STDEVP", "VAR", "VARP", "STRING_AGG",
        "CHECKSUM_AGG", "GROUPING", "GROUPING_ID", "APPROX_COUNT_DISTINCT",
    ]

    /// Functions of SQL Server that this server lacks: refused by name instead of called unknown.
    private static let knownFunctions: Set<String> = [
        "CHECKSUM", "BINARY_CHECKSUM", "NEWSEQUENTIALID",
        "OBJECT_NAME",
        "COL_NAME", "COL_LENGTH", "TYPE_ID", "TYPE_NAME", "SCHEMA_ID", "HAS_PERMS_BY_NAME", "IS_MEMBER",
        "IS_SRVROLEMEMBER", "IS_ROLEMEMBER", "APPLOCK_MODE", "APPLOCK_TEST", "CURRENT_TRANSACTION_ID", "CONTEXT_INFO",
        "OBJECTPROPERTY", "OBJECTPROPERTYEX", "COLUMNPROPERTY", "INDEXPROPERTY",
        "DATABASEPROPERTYEX",
        "CONNECTIONPROPERTY", "ERROR_NUMBER", "COMPRESS", "DECOMPRESS",
        "IDENT_CURRENT", "IDENT_SEED", "IDENT_INCR", "STATS_DATE", "USER_ID", "USER_NAME",
        "HOST_ID", "MIN_ACTIVE_ROWVERSION", "TEXTPTR", "TEXTVALID", "DATABASE_PRINCIPAL_ID",
        "JSON_OBJECTAGG", "JSON_ARRAYAGG", "STRING_SPLIT", "EVENTDATA", "XACT_STATE", "LOGINPROPERTY",
    ]

    func wrongCount(_ name: String, _ count: String, line: Int) -> ServerMessage {
        .error(174, line: line, "The \(name.lowercased()) function requires \(count) argument(s).")
    }

    func call(_ function: String, _ arguments: [BoundExpression], _ type: SQLType) -> BoundExpression {
        let typed = arguments.map { $0.isUntypedNull ? BoundExpression.constant(.null, .int) : $0 }
        return BoundExpression(node: .call(function, typed), type: type, isNullable: true)
    }

    // MARK: Session

    private func sessionFunction(_ name: String, _ arguments: [BoundExpression], _ values: [SQLExpression], line: Int)
        throws -> BoundExpression?
    {
        func session(_ value: SessionValue, _ type: SQLType, isNullable: Bool = false) -> BoundExpression {
            BoundExpression(node: .parameter(.session(value)), type: type, isNullable: isNullable)
        }
        if arguments.isEmpty {
            switch name {
            case "GETDATE", "CURRENT_TIMESTAMP": return session(.localTime, .dateTime)
            case "GETUTCDATE": return session(.utcTime, .dateTime)
            case "SYSDATETIME": return session(.preciseLocalTime, .dateTime2(7))
            case "SYSUTCDATETIME": return session(.preciseUTCTime, .dateTime2(7))
            case "SYSDATETIMEOFFSET": return session(.offsetTime, .dateTimeOffset(7))
            case "NEWID":
                return BoundExpression(node: .stored("ts_newid", []), type: .uniqueIdentifier, isNullable: false)
            case "MIN_ACTIVE_ROWVERSION": return rowVersionCounter(isNext: true)
            case "SCOPE_IDENTITY": return session(.scopeIdentity, .numeric(38, 0), isNullable: true)
            case "CONTEXT_INFO": return session(.contextInfo, .varBinary(128), isNullable: true)
            case "XACT_STATE": return session(.transactionState, .smallInt, isNullable: true)
            case "CURRENT_TRANSACTION_ID": return session(.transactionID, .bigInt)
            case "DB_NAME": return session(.databaseName, .nVarChar(128), isNullable: true)
            case "DB_ID": return session(.databaseID, .smallInt, isNullable: true)
            case "SUSER_SNAME", "SUSER_NAME", "SYSTEM_USER":
                return session(.loginName, .nVarChar(128), isNullable: true)
            case "ORIGINAL_LOGIN":
                return session(.originalLogin, .nVarChar(128), isNullable: true)
            case "USER_NAME", "CURRENT_USER", "USER", "SESSION_USER":
                return session(.userName, .nVarChar(128), isNullable: true)
            case "SCHEMA_NAME": return session(.schemaName, .nVarChar(128), isNullable: true)
            case "HOST_NAME": return session(.hostName, .nVarChar(128), isNullable: true)
            case "APP_NAME": return session(.applicationName, .nVarChar(128), isNullable: true)
            case "ERROR_NUMBER": return session(.errorNumber, .int, isNullable: true)
            case "ERROR_MESSAGE": return session(.errorMessage, .nVarChar(4_000), isNullable: true)
            case "ERROR_SEVERITY": return session(.errorSeverity, .int, isNullable: true)
            case "ERROR_STATE": return session(.errorState, .int, isNullable: true)
            case "ERROR_LINE": return session(.errorLine, .int, isNullable: true)
            case "ERROR_PROCEDURE": return session(.errorProcedure, .nVarChar(128), isNullable: true)
            case "GETANSINULL": return .constant(.int(1), .smallInt)
            case "PI": return .constant(.double(.pi), .float)
            default: return try securityFunction(name, arguments, line: line)
            }
        }
        switch name {
        case "CURSOR_STATUS":
            guard arguments.count == 2 else { throw wrongCount(name, "2", line: line) }
            let inputs = try arguments.map { try coerce($0, to: .nVarChar(128), line: line) }
            return BoundExpression(node: .stored("ts_lookup_cursor_status", inputs), type: .smallInt, isNullable: true)
        case "APPLOCK_MODE", "APPLOCK_TEST", "SESSIONPROPERTY": return try stateFunction(name, arguments, line: line)
        case "DB_ID", "DB_NAME", "OBJECT_ID", "SERVERPROPERTY", "SCHEMA_ID":
            return try lookup(name, arguments, line: line)
        default: return try securityFunction(name, arguments, line: line)
        }
    }

    /// Functions that look into the catalogue; they read it when they run.
    private func lookup(_ name: String, _ arguments: [BoundExpression], line: Int) throws -> BoundExpression? {
        let types: [String: (SQLType, SQLType)] = [
            "DB_ID": (.nVarChar(128), .smallInt), "DB_NAME": (.int, .nVarChar(128)),
            "OBJECT_ID": (.nVarChar(4_000), .int), "SERVERPROPERTY": (.nVarChar(128), .variant),
            "SCHEMA_ID": (.nVarChar(128), .int),
        ]
        guard let (input, output) = types[name] else { return nil }
        guard arguments.count == 1 || name == "OBJECT_ID" && arguments.count == 2 else {
            throw wrongCount(name, "1", line: line)
        }
        var inputs = [try coerce(arguments[0], to: input, line: line)]
        if arguments.count == 2 { inputs.append(try coerce(arguments[1], to: .nVarChar(2), line: line)) }
        return BoundExpression(node: .stored("ts_lookup_\(name.lowercased())", inputs), type: output, isNullable: true)
    }

    // MARK: Choices

    private func choiceFunction(
        _ name: String, _ arguments: [BoundExpression], _ values: [SQLExpression], _ scope: Scope, line: Int
    ) throws -> BoundExpression? {
        switch name {
        case "ISNULL":
            guard arguments.count == 2 else { throw wrongCount(name, "2", line: line) }
            if arguments[0].isUntypedNull { return arguments[1] }
            let second = try coerce(arguments[1], to: arguments[0].type, line: line)
            return BoundExpression(
                node: .coalesce([arguments[0], second]), type: arguments[0].type, isNullable: second.isNullable)
        case "COALESCE":
            guard arguments.count > 1 else { throw wrongCount(name, "2", line: line) }
            guard let type = commonType(arguments) else {
                throw ServerMessage.error(
                    4127, line: line,
                    "At least one of the arguments to COALESCE must be an expression that is not the NULL constant.")
            }
            let converted = try arguments.map { try coerce($0, to: type, line: line) }
            return BoundExpression(
                node: .coalesce(converted), type: type, isNullable: converted.allSatisfy { $0.isNullable })
        case "NULLIF":
            guard arguments.count == 2 else { throw wrongCount(name, "2", line: line) }
            guard !arguments[0].isUntypedNull else {
                throw ServerMessage.error(
                    4151, line: line,
                    "The type of the first argument to NULLIF cannot be the NULL constant because the type of the first argument has to be known."
                )
            }
            let equal = try comparison(.equal, arguments[0], arguments[1], line: line)
            let branch = BoundExpression.Branch(when: equal, then: .constant(.null, arguments[0].type))
            return BoundExpression(
                node: .caseWhen([branch], otherwise: arguments[0]), type: arguments[0].type, isNullable: true)
        case "CHOOSE":
            guard arguments.count > 1 else { throw wrongCount(name, "2", line: line) }
            let index = try coerce(arguments[0], to: .int, line: line)
            let results = try unify(Array(arguments.dropFirst()), lines: [line])
            let branches = results.enumerated().map { place, result in
                BoundExpression.Branch(
                    when: .condition(.comparison(.equal, index, .constant(.int(Int64(place + 1)), .int))), then: result)
            }
            return BoundExpression(
                node: .caseWhen(branches, otherwise: nil), type: results[0].type, isNullable: true)
        default: return nil
        }
    }

    /// IIF, whose first argument is a condition.
    func iif(_ values: [SQLExpression], _ scope: Scope, line: Int) throws -> BoundExpression {
        guard values.count == 3 else { throw wrongCount("IIF", "3", line: line) }
        let condition = try bindCondition(values[0], scope)
        let results = try unify([bind(values[1], scope), bind(values[2], scope)], lines: [line])
        if results.allSatisfy({ $0.isUntypedNull }) {
            throw ServerMessage.error(
                8133, line: line,
                "At least one of the result expressions in a CASE specification must be an expression other than the NULL constant."
            )
        }
        return BoundExpression(
            node: .caseWhen([.init(when: condition, then: results[0])], otherwise: results[1]), type: results[0].type,
            isNullable: results.contains { $0.isNullable })
    }
}
