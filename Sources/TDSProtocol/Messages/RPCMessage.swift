import SQLValues

/// An RPC message: headers and one or more calls (MS-TDS 2.2.6.6).
package struct RPCMessage: Sendable, Equatable {
    /// The request's headers.
    package var headers: RequestHeaders
    /// The calls in order.
    package var requests: [RPCRequest]

    /// A message of calls.
    package init(_ requests: [RPCRequest], headers: RequestHeaders = RequestHeaders()) {
        self.requests = requests
        self.headers = headers
    }

    /// Between two calls since TDS 7.2, instead of a parameter name's length.
    ///
    /// Before 7.2 it was 0x80, which is now the length of a name of 128 characters.
    private static let separator: UInt8 = 0xFF
    private static let separatorNotExecuted: UInt8 = 0xFE

    /// Reads the payload of an RPC message of TDS 7.2 or later.
    package init(payload: [UInt8]) throws(TDSProtocolError) {
        var reader = ByteReader(payload)
        headers = try RequestHeaders(from: &reader)
        requests = []
        repeat { requests.append(try Self.request(&reader)) } while reader.remaining > 0
    }

    private static func request(_ reader: inout ByteReader) throws(TDSProtocolError) -> RPCRequest {
        let procedure = try procedure(&reader)
        var request = RPCRequest(procedure, [], options: try reader.integer())
        while let next = reader.peek {
            if next == separator || next == separatorNotExecuted {
                try reader.skip(1)
                request.isNotExecuted = next == separatorNotExecuted
                break
            }
            request.parameters.append(try parameter(&reader))
        }
        return request
    }

    private static func procedure(_ reader: inout ByteReader) throws(TDSProtocolError) -> ProcedureReference {
        let length = try reader.integer(UInt16.self)
        guard length == 0xFFFF else { return .name(try reader.utf16(Int(length))) }
        let number = try reader.integer(UInt16.self)
        guard let known = SystemProcedure(rawValue: number) else {
            throw reader.failure("\(number) is no system procedure")
        }
        return .system(known)
    }

    private static func parameter(_ reader: inout ByteReader) throws(TDSProtocolError) -> RPCParameter {
        let name = try reader.shortString()
        let status = try reader.byte()
        guard status & 0x08 == 0 else {
            throw TDSProtocolError("encrypted parameter \(name)", at: reader.position, kind: .unsupported)
        }
        if reader.peek == WireType.table.rawValue {
            var parameter = RPCParameter(name, table: try TableValue(from: &reader))
            parameter.isDefault = status & 2 != 0
            return parameter
        }
        let type = try TypeInfo(from: &reader)
        var parameter = RPCParameter(
            name, type: type, value: .null, isOutput: status & 1 != 0, isDefault: status & 2 != 0)
        if type.wireType == .variant {
            (parameter.value, parameter.baseType) = try reader.variant()
        } else {
            parameter.value = try reader.value(type)
        }
        return parameter
    }

    /// The payload of this message.
    package func encoded() throws(TDSProtocolError) -> [UInt8] {
        var writer = ByteWriter()
        headers.encode(into: &writer)
        for (index, request) in requests.enumerated() {
            if index > 0 {
                writer.byte(requests[index - 1].isNotExecuted ? Self.separatorNotExecuted : Self.separator)
            }
            switch request.procedure {
            case .system(let procedure):
                writer.integer(UInt16(0xFFFF))
                writer.integer(procedure.rawValue)
            case .name(let name): writer.string(name, limit: 0xFFFE)
            }
            writer.integer(request.options)
            for parameter in request.parameters { try Self.write(parameter, into: &writer) }
        }
        if requests.last?.isNotExecuted == true { writer.byte(Self.separatorNotExecuted) }
        return writer.bytes
    }

    private static func write(_ parameter: RPCParameter, into writer: inout ByteWriter) throws(TDSProtocolError) {
        guard parameter.name.utf16.count <= 128 else {
            throw TDSProtocolError("the parameter name \(parameter.name) has more than 128 characters")
        }
        writer.shortString(parameter.name)
        writer.byte((parameter.isOutput ? 1 : 0) | (parameter.isDefault ? 2 : 0))
        if let table = parameter.table { return try table.encode(into: &writer) }
        parameter.type.encode(into: &writer)
        try writer.value(parameter.value, as: parameter.type, baseType: parameter.baseType)
    }
}
