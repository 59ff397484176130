import SQLValues
import SeededRandom
import TDSProtocol
import Testing

/// Bulk loads (MS-TDS 2.2.6.1), and rows with many NULLs.
@Suite struct BulkLoadTests {
    @Test func theRowsOfABulkLoadAreRead() throws {
        let load = try BulkLoad(payload: FuzzTests.bulk)
        #expect(load.columns.map(\.name) == ["i", "v", "x"])
        #expect(load.columns.map(\.type.type) == [.int, .varChar(3), .text])
        #expect(
            load.rows == [
                [.int(1), .string("ab"), .string("xyz")], [.int(2), .null, .null], [.int(3), .null, .null],
            ])
    }

    @Test func theDoneAtTheEndMayBeMissing() throws {
        #expect(try BulkLoad(payload: Array(FuzzTests.bulk.dropLast(13))) == (try BulkLoad(payload: FuzzTests.bulk)))
    }

    @Test func everyTypeComesBackInABulkLoad() throws {
        var random = SeededGenerator(seed: 5)
        let columns = allTypes.map { ColumnDescription(name: "c", type: TypeInfo($0)) }
        let rows = (0..<10).map { _ in allTypes.map { randomValue(of: $0, using: &random) } }
        let load = BulkLoad(columns: columns, rows: rows + [allTypes.map { _ in .null }])
        #expect(try BulkLoad(payload: try load.encoded()) == load)
    }

    @Test(arguments: ["", "D1", "81 00 00", "81 FF FF", "81 01 00 00 00 00 00 08 00 38 00 D1 01 00 00 00 81"])
    func whatIsNoBulkLoadIsRefused(bytes: String) {
        #expect(throws: TDSProtocolError.self) { try BulkLoad(payload: hex(bytes)) }
    }

    @Test func aColumnOfTheTypeNullIsRefused() {
        #expect(throws: TDSProtocolError.self) {
            try BulkLoad(payload: hex("81 01 00 00 00 00 00 08 00 1F 00 D1 D1 D1"))
        }
    }

    /// ROW is 0xD1, NBCROW 0xD2.
    @Test(arguments: [(1, UInt8(0xD1)), (2, 0xD2), (9, 0xD2)]) func aBitmapIsSentUnlessItIsLonger(
        nulls: Int, token: UInt8
    )
        throws
    {
        let columns = (0..<9).map {
            ColumnDescription(name: "c\($0)", type: TypeInfo(nulls == 1 ? .int : .nVarChar(10)))
        }
        let values = (0..<9).map { $0 < nulls ? SQLValue.null : nulls == 1 ? .int(1) : .string("a") }
        var writer = ByteWriter()
        try writer.row(values, columns)
        #expect(writer.bytes.first == token)
        var old = ByteWriter()
        try old.row(values, columns, bitmap: .never)
        #expect(old.bytes.first == 0xD1)
        for bytes in [writer.bytes, old.bytes] {
            var description = ByteWriter()
            description.columnMetadata(columns)
            #expect(try TokenTests.tokens(description.bytes + bytes) == [.columns(columns), .row(values)])
        }
    }
}
