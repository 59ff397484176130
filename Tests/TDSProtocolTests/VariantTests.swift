import SQLValues
import SeededRandom
import TDSProtocol
import Testing

/// MS-TDS 2.2.5.5.4.
@Suite struct VariantTests {
    static let baseTypes = allTypes.filter { type in
        !type.isMax && ![.text, .nText, .image, .rowVersion, .xml].contains(type)
    }

    /// A base type has its number, the count of its properties, and these, in the order of the specification.
    @Test(arguments: [
        (SQLType.int, SQLValue.int(5), "06 00 00 00 38 00 05 00 00 00"),
        (.bigInt, .int(5), "0A 00 00 00 7F 00 05 00 00 00 00 00 00 00"),
        (.bit, .bit(true), "03 00 00 00 32 00 01"),
        (.varBinary(9), .bytes([1, 2]), "06 00 00 00 A5 02 09 00 01 02"),
        (.binary(2), .bytes([1, 2]), "06 00 00 00 AD 02 02 00 01 02"),
        (.varChar(7), .string("ab"), "0B 00 00 00 A7 07 09 04 D0 00 34 07 00 61 62"),
        (.nVarChar(7), .string("a"), "0B 00 00 00 E7 07 09 04 D0 00 34 0E 00 61 00"),
    ]) func baseTypesHaveTheirProperties(type: SQLType, value: SQLValue, bytes: String) throws {
        var writer = ByteWriter()
        try writer.value(value, as: TypeInfo(.variant), baseType: type)
        #expect(writer.bytes == hex(bytes))
    }

    @Test(arguments: baseTypes) func everyBaseTypeComesBack(type: SQLType) throws {
        var random = SeededGenerator(seed: 0x5EED)
        for _ in 0..<2_000 {
            let value = randomValue(of: type, using: &random)
            var sent = ReturnValue(ordinal: 0, name: "@v", type: TypeInfo(.variant), value: value)
            sent.baseType = type
            var writer = ByteWriter()
            try sent.encode(into: &writer)
            #expect(try TokenTests.tokens(writer.bytes) == [.returnValue(sent)])

            var parameter = RPCParameter("@v", type: TypeInfo(.variant), value: value)
            parameter.baseType = type
            let message = RPCMessage([RPCRequest(.name("p"), [parameter])])
            #expect(try RPCMessage(payload: message.encoded()).requests.first?.parameters == [parameter])
        }
    }

    @Test(arguments: [SQLType.varCharMax, .nVarCharMax, .varBinaryMax, .text, .xml])
    func otherTypesAreRefused(type: SQLType) {
        var writer = ByteWriter()
        let value: SQLValue = type.isBinary ? .bytes([1]) : .string("a")
        #expect(throws: TDSProtocolError.self) {
            try writer.value(value, as: TypeInfo(.variant), baseType: type)
        }
    }
}
