import SQLValues
import SeededRandom
import TDSProtocol
import Testing

@Suite struct ValueTests {
    static func bytes(_ value: SQLValue, _ type: SQLType, isNullable: Bool = true) throws -> [UInt8] {
        var writer = ByteWriter()
        try writer.value(value, as: TypeInfo(type, isNullable: isNullable))
        return writer.bytes
    }

    static func decimal(_ text: String) throws -> SQLValue { .decimal(try #require(SQLDecimal(text))) }
    static func moment(_ text: String) throws -> SQLDateTime { try #require(SQLDateTime(text)) }

    /// Computed by hand from MS-TDS 2.2.5.5.1.
    @Test func numbersHaveTheirBytes() throws {
        #expect(try Self.bytes(.int(-2), .int) == hex("04 FE FF FF FF"))
        #expect(try Self.bytes(.int(1), .bigInt, isNullable: false) == hex("01 00 00 00 00 00 00 00"))
        #expect(try Self.bytes(.bit(true), .bit) == hex("01 01"))
        #expect(try Self.bytes(.double(1.5), .float) == hex("08 00 00 00 00 00 00 F8 3F"))
        // 12.3456 in 1/10000: 123456 = 0x0001E240, the high half first.
        #expect(try Self.bytes(Self.decimal("12.3456"), .money) == hex("08 00 00 00 00 40 E2 01 00"))
        #expect(try Self.bytes(Self.decimal("-0.0001"), .smallMoney) == hex("04 FF FF FF FF"))
        // 123.45 as decimal(10,2): 12345 = 0x3039 in 8 bytes after the sign.
        #expect(try Self.bytes(Self.decimal("123.45"), .decimal(10, 2)) == hex("09 01 39 30 00 00 00 00 00 00"))
        #expect(try Self.bytes(Self.decimal("-1"), .decimal(5, 0)) == hex("05 00 01 00 00 00"))
    }

    @Test func datesHaveTheirBytes() throws {
        // 2000-01-01 is day 730119 = 0x0B2407 since 0001-01-01 and day 36524 = 0x8EAC since 1900-01-01.
        #expect(try Self.bytes(.date(try #require(SQLDate("2000-01-01"))), .date) == hex("03 07 24 0B"))
        let noon = try Self.moment("2000-01-01 12:00:00")
        // 12 h in 1/300 s: 12960000 = 0x00C5C100.
        #expect(try Self.bytes(.dateTime(noon), .dateTime) == hex("08 AC 8E 00 00 00 C1 C5 00"))
        #expect(try Self.bytes(.dateTime(noon), .smallDateTime) == hex("04 AC 8E D0 02"))
        // 12 h in seconds: 43200 = 0xA8C0; in ms: 43200000 = 0x02932E00.
        #expect(try Self.bytes(.dateTime(noon), .dateTime2(0)) == hex("06 C0 A8 00 07 24 0B"))
        #expect(try Self.bytes(.time(noon.time), .time(3)) == hex("04 00 2E 93 02"))
        let offset = try #require(SQLDateTimeOffset(utc: noon, offsetMinutes: -90))
        #expect(try Self.bytes(.dateTimeOffset(offset), .dateTimeOffset(0)) == hex("08 C0 A8 00 07 24 0B A6 FF"))
    }

    @Test func stringsHaveTheirBytes() throws {
        #expect(try Self.bytes(.string("Aé€日"), .varChar(10)) == hex("04 00 41 E9 80 3F"))
        #expect(try Self.bytes(.string("😀"), .varChar(10)) == hex("02 00 3F 3F"))
        #expect(try Self.bytes(.string("A€"), .nVarChar(10)) == hex("04 00 41 00 AC 20"))
        #expect(try Self.bytes(.string(""), .nVarChar(10)) == hex("00 00"))
        #expect(
            try Self.bytes(.string("A"), .nVarCharMax)
                == hex("02 00 00 00 00 00 00 00 02 00 00 00 41 00 00 00 00 00"))
        #expect(try Self.bytes(.string(""), .varCharMax) == hex("00 00 00 00 00 00 00 00 00 00 00 00"))
        #expect(try Self.bytes(.bytes([1, 2]), .varBinary(5)) == hex("02 00 01 02"))
        let id = try #require(SQLUniqueIdentifier("6F9619FF-8B86-D011-B42D-00C04FC964FF"))
        #expect(
            try Self.bytes(.uniqueIdentifier(id), .uniqueIdentifier)
                == hex("10 FF 19 96 6F 86 8B 11 D0 B4 2D 00 C0 4F C9 64 FF"))
    }

    @Test func utf8CollationsCarryUTF8() throws {
        let collation = Collation(info: 0x0400_0409, sortID: 0)
        var writer = ByteWriter()
        let type = TypeInfo(.varChar(20), collation: collation)
        try writer.value(.string("é日"), as: type)
        #expect(writer.bytes == hex("05 00 C3 A9 E6 97 A5"))
        var reader = ByteReader(writer.bytes)
        #expect(try reader.value(type) == .string("é日"))
    }

    @Test(arguments: [
        (SQLType.int, "00"), (.decimal(10, 2), "00"), (.nVarChar(5), "FF FF"),
        (.varBinaryMax, "FF FF FF FF FF FF FF FF"),
        (.text, "FF FF FF FF"), (.date, "00"), (.uniqueIdentifier, "00"),
    ]) func nullHasItsBytes(type: SQLType, bytes: String) throws {
        #expect(try Self.bytes(.null, type) == hex(bytes))
    }

    @Test(arguments: allTypes) func everyValueComesBack(type: SQLType) throws {
        var random = SeededGenerator(seed: 42)
        for round in 0..<200 {
            let isNullable = round % 2 == 0
            let info = TypeInfo(type, isNullable: isNullable)
            var typeWriter = ByteWriter()
            info.encode(into: &typeWriter)
            var typeReader = ByteReader(typeWriter.bytes)
            let readInfo = try TypeInfo(from: &typeReader)
            #expect(typeReader.remaining == 0)
            #expect(readInfo.type == (type == .rowVersion ? .binary(8) : type))
            let value = round == 0 && isNullable ? .null : randomValue(of: type, using: &random)
            for place in [ValuePlace.row, .parameter] {
                var writer = ByteWriter()
                try writer.value(value, as: info, in: place)
                var reader = ByteReader(writer.bytes)
                let read = try reader.value(readInfo, in: place)
                #expect(read == value)
                #expect(reader.remaining == 0)
            }
        }
    }

    @Test func valuesThatDoNotFitAreRefusedAndLeaveNothing() throws {
        let cases: [(SQLValue, SQLType)] = [
            (.int(256), .tinyInt), (.int(1 << 40), .int), (.string("abc"), .varChar(2)), (.string("abc"), .nVarChar(2)),
            (try Self.decimal("1000"), .decimal(3, 0)), (try Self.decimal("922337203685477.5808"), .money),
            (.dateTime(try Self.moment("1752-12-31 00:00:00")), .dateTime),
            (.dateTime(try Self.moment("2079-06-07 00:00:00")), .smallDateTime),
            (.string("1"), .int), (.int(1), .nVarChar(5)), (.bytes([1]), .varChar(5)),
        ]
        for (value, type) in cases {
            var writer = ByteWriter()
            writer.byte(9)
            #expect(throws: TDSProtocolError.self) { try writer.value(value, as: TypeInfo(type)) }
            #expect(writer.bytes == [9])
        }
    }

    @Test func everyByteOfCodePage1252ComesBack() throws {
        let all = Array(UInt8.min...UInt8.max)
        let info = TypeInfo(.varChar(256))
        var text = ByteReader([0, 1] + all)
        let value = try text.value(info)
        var writer = ByteWriter()
        try writer.value(value, as: info)
        #expect(writer.bytes == [0, 1] + all)
    }

    @Test func chunkedValuesArriveInSeveralChunks() throws {
        var reader = ByteReader(
            hex("FE FF FF FF FF FF FF FF 01 00 00 00 41 02 00 00 00 00 42 01 00 00 00 00 00 00 00 00"))
        #expect(try reader.value(TypeInfo(.nVarCharMax)) == .string("AB"))
        #expect(reader.remaining == 0)
    }
}
