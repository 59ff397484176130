import SQLValues
import TDSProtocol
import Testing

@Suite struct RequestMessageTests {
    /// MS-TDS 4.6, without the packet header.
    static let batch = hex(
        """
        16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 01 00 00 00 00
        0A 00 73 00 65 00 6C 00 65 00 63 00 74 00 20 00 27 00 66 00 6F 00 6F 00 27 00 20 00 61 00 73 00 20 00
        27 00 62 00 61 00 72 00 27 00 0A 00
        """)

    /// MS-TDS 4.8, without the packet header.
    static let rpc = hex(
        """
        16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 01 00 00 00 00 04 00
        66 00 6F 00 6F 00 33 00 00 00 00 02 26 02 00
        """)

    @Test func batchOfTheSpecificationIsRead() throws {
        let batch = try SQLBatch(payload: Self.batch)
        #expect(batch.text == "\nselect 'foo' as 'bar'\n")
        #expect(batch.headers == RequestHeaders(transactionDescriptor: 0x0100_0000_0000_0000, outstandingRequests: 0))
        #expect(batch.encoded() == Self.batch)
    }

    @Test func rpcOfTheSpecificationIsRead() throws {
        let message = try RPCMessage(payload: Self.rpc)
        let request = try #require(message.requests.first)
        #expect(message.requests.count == 1)
        #expect(request.procedure == .name("foo3"))
        let parameter = try #require(request.parameters.first)
        #expect(request.parameters.count == 1)
        #expect(parameter.isDefault)
        #expect(!parameter.isOutput)
        #expect(parameter.type.type == .smallInt)
        #expect(parameter.value == .null)
        #expect(try message.encoded() == Self.rpc)
    }

    @Test func severalCallsInOneMessageComeBack() throws {
        var skipped = RPCRequest(.name("sp_two"), [])
        skipped.isNotExecuted = true
        let message = RPCMessage(
            [
                RPCRequest(
                    .system(.executeSQL),
                    [
                        RPCParameter(type: TypeInfo(.nVarCharMax), value: .string("SELECT @p1")),
                        RPCParameter(type: TypeInfo(.nVarChar(4000)), value: .string("@p1 int")),
                        RPCParameter("@p1", type: TypeInfo(.int), value: .int(42), isOutput: true),
                    ]),
                skipped,
                RPCRequest(.system(.unprepare), [RPCParameter(type: TypeInfo(.int), value: .int(1))], options: 2),
            ], headers: RequestHeaders(transactionDescriptor: 77))
        #expect(try RPCMessage(payload: try message.encoded()) == message)
    }

    @Test(arguments: [(1, "sp_cursor"), (10, "sp_executesql"), (13, "sp_prepexec"), (15, "sp_unprepare")])
    func systemProceduresHaveTheirNumbers(number: UInt16, name: String) {
        #expect(SystemProcedure(rawValue: number)?.name == name)
    }

    @Test(arguments: [("F4", "json"), ("F5", "vector"), ("F0 00 00 01 67 00", "CLR type g"), ("99", "data type")])
    func typesThatAreNotSupportedAreNamed(type: String, word: String) throws {
        var payload = Array(Self.rpc.prefix(34))
        payload += hex("00 00" + type)
        let error = #expect(throws: TDSProtocolError.self) { try RPCMessage(payload: payload) }
        #expect(error?.what.contains(word) == true)
    }

    @Test(arguments: [
        TransactionManagerRequest.Action.begin(.init(isolation: .snapshot, name: "tran")),
        .begin(.init()),
        .commit(name: "", next: nil), .commit(name: "a", next: .init(isolation: .serializable)),
        .rollback(name: "save1", next: nil), .rollback(name: "", next: .init(name: "b")), .save(name: "save1"),
    ]) func transactionRequestsComeBack(action: TransactionManagerRequest.Action) throws {
        let request = TransactionManagerRequest(action, headers: RequestHeaders(transactionDescriptor: 5))
        #expect(try TransactionManagerRequest(payload: try request.encoded()) == request)
    }

    /// Request 5 with isolation 2 (READ COMMITTED) and no name.
    @Test func beginIsWrittenAsTheSpecificationSays() throws {
        let request = TransactionManagerRequest(.begin(.init(isolation: .readCommitted)))
        #expect(Array(try request.encoded().suffix(4)) == hex("05 00 02 00"))
    }

    @Test func distributedTransactionsAreRefusedByName() {
        let payload = Array(Self.batch.prefix(22)) + hex("01 00 00 00")
        let error = #expect(throws: TDSProtocolError.self) { try TransactionManagerRequest(payload: payload) }
        #expect(error?.what.contains("distributed") == true)
    }
}
