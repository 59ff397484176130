package import SQLValues

/// One token of a server's response, as a client reads it.
package enum ServerToken: Sendable, Equatable {
    case columns([ColumnDescription])
    case row([SQLValue])
    case done(Done)
    /// ERROR or INFO, told apart by the severity.
    case message(DiagnosticMessage)
    case change(EnvironmentChange)
    case loginAcknowledgement(LoginAcknowledgement)
    case features(FeatureAcknowledgement)
    case returnStatus(Int32)
    case returnValue(ReturnValue)
    case order([UInt16])
    case federatedAuthentication(FederatedAuthenticationInformation)
    /// A token that is passed over, such as COLINFO.
    case skipped(TokenType)
}

/// Reads the tokens of a response, whose rows need the columns that came before.
package struct ServerTokenReader: Sendable {
    private var reader: ByteReader
    private var columns: [ColumnDescription] = []

    /// A reader of a whole response.
    package init(_ payload: [UInt8]) { reader = ByteReader(payload) }

    /// The next token; nil at the end.
    package mutating func next() throws(TDSProtocolError) -> ServerToken? {
        guard let number = reader.peek else { return nil }
        guard let type = TokenType(rawValue: number) else { throw reader.failure("\(number) is no token") }
        try reader.skip(1)
        switch type {
        case .columnMetadata: return .columns(try metadata())
        case .row: return .row(try row())
        case .nullBitmapRow: return .row(try reader.nullBitmapRow(columns))
        case .done: return .done(try Done(.statement, from: &reader))
        case .doneProcedure: return .done(try Done(.procedure, from: &reader))
        case .doneInProcedure: return .done(try Done(.inProcedure, from: &reader))
        case .error, .info: return .message(try DiagnosticMessage(from: &reader))
        case .environmentChange: return .change(try EnvironmentChange(from: &reader))
        case .loginAcknowledgement: return .loginAcknowledgement(try LoginAcknowledgement(from: &reader))
        case .featureExtensionAcknowledgement: return .features(try FeatureAcknowledgement(from: &reader))
        case .returnStatus: return .returnStatus(try reader.integer())
        case .returnValue: return .returnValue(try ReturnValue(from: &reader))
        case .order: return .order(try order())
        case .tableName, .columnInfo, .sspi:
            try reader.skip(Int(try reader.integer(UInt16.self)))
            return .skipped(type)
        case .federatedAuthenticationInfo:
            return .federatedAuthentication(try FederatedAuthenticationInformation(from: &reader))
        case .sessionState:
            try reader.skip(Int(try reader.integer(UInt32.self)))
            return .skipped(type)
        }
    }

    private mutating func metadata() throws(TDSProtocolError) -> [ColumnDescription] {
        let count = try reader.integer(UInt16.self)
        columns = []
        guard count != 0xFFFF else { return [] }
        for _ in 0..<count { columns.append(try ColumnDescription(from: &reader)) }
        return columns
    }

    private mutating func row() throws(TDSProtocolError) -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(columns.count)
        for column in columns { values.append(try reader.value(column.type, in: .row)) }
        return values
    }

    private mutating func order() throws(TDSProtocolError) -> [UInt16] {
        var body = try reader.reader(Int(try reader.integer(UInt16.self)))
        var list: [UInt16] = []
        while body.remaining > 0 { list.append(try body.integer()) }
        return list
    }
}
