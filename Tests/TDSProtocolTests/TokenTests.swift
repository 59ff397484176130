import SQLValues
import SeededRandom
import TDSProtocol
import Testing

@Suite struct TokenTests {
    static func tokens(_ payload: [UInt8]) throws -> [ServerToken] {
        var reader = ServerTokenReader(payload)
        var list: [ServerToken] = []
        while let token = try reader.next() { list.append(token) }
        return list
    }

    /// MS-TDS 4.4, the login's response.
    static let loginResponse = hex(
        """
        E3 1B 00 01 06 6D 00 61 00 73 00 74 00 65 00 72 00 06 6D 00 61 00 73 00 74 00 65 00 72 00
        AB 58 00 45 16 00 00 02 00 25 00 43 00 68 00 61 00 6E 00 67 00 65 00 64 00 20 00 64 00 61 00 74 00 61 00
        62 00 61 00 73 00 65 00 20 00 63 00 6F 00 6E 00 74 00 65 00 78 00 74 00 20 00 74 00 6F 00 20 00 27 00
        6D 00 61 00 73 00 74 00 65 00 72 00 27 00 2E 00 00 00 00 00 00 00
        E3 08 00 07 05 09 04 D0 00 34 00 E3 17 00 02 0A 75 00 73 00 5F 00 65 00 6E 00 67 00 6C 00 69 00 73 00 68 00
        00 E3 13 00 04 04 34 00 30 00 39 00 36 00 04 34 00 30 00 39 00 36 00
        AD 36 00 01 72 09 00 02 16 4D 00 69 00 63 00 72 00 6F 00 73 00 6F 00 66 00 74 00 20 00 53 00 51 00 4C 00
        20 00 53 00 65 00 72 00 76 00 65 00 72 00 00 00 00 00 00 00 00 00 FD 00 00 00 00 00 00 00 00 00 00 00 00
        """)

    @Test func loginResponseOfTheSpecificationIsReadAndWritten() throws {
        let name = "Microsoft SQL Server\0\0"
        let expected: [ServerToken] = [
            .change(.database(new: "master", old: "master")),
            .message(
                DiagnosticMessage(
                    number: 5701, state: 2, severity: 0, text: "Changed database context to 'master'.", line: 0)),
            .change(.collation(new: .latin1, old: nil)), .change(.language(new: "us_english", old: "")),
            .change(.packetSize(new: 4096, old: 4096)),
            .loginAcknowledgement(
                LoginAcknowledgement(tdsVersion: 0x7209_0002, programName: name, version: .init(0, 0, 0))),
            .done(Done(.statement)),
        ]
        #expect(try Self.tokens(Self.loginResponse) == expected)
        #expect(try Self.written(expected) == Self.loginResponse)
    }

    /// MS-TDS 4.7: the answer to `select 'foo' as 'bar'`.
    @Test func batchResponseOfTheSpecificationIsReadAndWritten() throws {
        let payload = hex(
            """
            81 01 00 00 00 00 00 20 00 A7 03 00 09 04 D0 00 34 03 62 00 61 00 72 00
            D1 03 00 66 6F 6F FD 10 00 C1 00 01 00 00 00 00 00 00 00
            """)
        let column = ColumnDescription(name: "bar", type: TypeInfo(.varChar(3)), flags: .computed)
        let expected: [ServerToken] = [
            .columns([column]), .row([.string("foo")]),
            .done(Done(.statement, status: .count, command: 193, rowCount: 1)),
        ]
        #expect(try Self.tokens(payload) == expected)
        #expect(try Self.written(expected) == payload)
    }

    /// MS-TDS 4.9: the answer to an RPC.
    @Test func procedureResponseOfTheSpecificationIsReadAndWritten() throws {
        let payload = hex(
            """
            FF 11 00 C1 00 01 00 00 00 00 00 00 00 79 00 00 00 00 FE 00 00 E0 00 00 00 00 00 00 00 00 00
            """)
        let expected: [ServerToken] = [
            .done(Done(.inProcedure, status: [.more, .count], command: 193, rowCount: 1)), .returnStatus(0),
            .done(Done(.procedure, command: 224)),
        ]
        #expect(try Self.tokens(payload) == expected)
        #expect(try Self.written(expected) == payload)
    }

    static func written(_ tokens: [ServerToken]) throws -> [UInt8] {
        var writer = ByteWriter()
        var columns: [ColumnDescription] = []
        for token in tokens {
            switch token {
            case .columns(let list):
                columns = list
                writer.columnMetadata(list)
            case .row(let values): try writer.row(values, columns)
            case .done(let done): done.encode(into: &writer)
            case .message(let message): message.encode(into: &writer)
            case .change(let change): change.encode(into: &writer)
            case .loginAcknowledgement(let login): login.encode(into: &writer)
            case .features(let features): features.encode(into: &writer)
            case .returnStatus(let status): writer.returnStatus(status)
            case .returnValue(let value): try value.encode(into: &writer)
            case .order(let list): writer.order(list)
            case .federatedAuthentication(let information): information.encode(into: &writer)
            case .skipped: break
            }
        }
        return writer.bytes
    }

    static let manyTokens: [ServerToken] = [
        .change(.beginTransaction(descriptor: 0x0123_4567_89AB_CDEF)), .change(.commitTransaction(descriptor: 3)),
        .change(.rollbackTransaction(descriptor: 4)), .change(.resetAcknowledged),
        .change(.routing(server: "other.example", port: 11_433)),
        .features(FeatureAcknowledgement([.init(id: 10, data: [1])])),
        .message(
            DiagnosticMessage(
                number: 50_000, state: 3, severity: 16, text: "Ünïcode 日", server: "srv", procedure: "p", line: 12)),
        .order([2, 1]),
        .federatedAuthentication(
            FederatedAuthenticationInformation(authority: "https://sts.example/", resource: "https://db.example/")),
        .returnValue(ReturnValue(ordinal: 2, name: "@out", type: TypeInfo(.decimal(10, 2)), value: .null)),
        .returnStatus(-4), .done(Done(.statement, status: [.error, .attention])),
    ]

    @Test func everyTokenComesBack() throws {
        #expect(try Self.tokens(try Self.written(Self.manyTokens)) == Self.manyTokens)
    }

    @Test func rowsOfAllTypesComeBack() throws {
        var random = SeededGenerator(seed: 3)
        let columns = allTypes.enumerated().map {
            ColumnDescription(name: "c\($0.offset)", type: TypeInfo($0.element, isNullable: true))
        }
        var tokens: [ServerToken] = [.columns(columns)]
        for nulls in [0, 1, 5] {
            tokens.append(
                .row(
                    allTypes.indices.map { index in
                        nulls > 0 && index % nulls == 0 ? .null : randomValue(of: allTypes[index], using: &random)
                    }))
        }
        #expect(try Self.tokens(try Self.written(tokens)) == tokens)
    }

    /// Bit n of the bitmap is column n, least significant bit first (MS-TDS 2.2.7.16).
    @Test func rowsWithNullUseTheBitmap() throws {
        let columns = ["a", "b", "c"].map { ColumnDescription(name: $0, type: TypeInfo(.tinyInt)) }
        var writer = ByteWriter()
        try writer.row([.int(1), .null, .int(3)], columns)
        #expect(writer.bytes == hex("D2 02 01 01 01 03"))
    }

    @Test func aRowThatDoesNotFitItsColumnsLeavesNothing() throws {
        let columns = [
            ColumnDescription(name: "a", type: TypeInfo(.int)),
            ColumnDescription(name: "b", type: TypeInfo(.int, isNullable: false), flags: []),
        ]
        var writer = ByteWriter()
        for values in [[SQLValue.int(1), .null], [.int(1)], [.int(1), .string("x")]] {
            #expect(throws: TDSProtocolError.self) { try writer.row(values, columns) }
        }
        #expect(writer.count == 0)
    }

    @Test(arguments: [
        SQLValue.int(7), .int(1 << 40), .double(0.5), .bit(true), .string("é日"), .bytes([1, 2]), .null,
    ]) func variantsComeBack(value: SQLValue) throws {
        let columns = [ColumnDescription(name: "v", type: TypeInfo(.variant))]
        let tokens: [ServerToken] = [.columns(columns), .row([value, .int(1)].dropLast())]
        #expect(try Self.tokens(try Self.written(tokens)) == tokens)
    }
}
