import SQLValues
import Testing

@Suite("A SQL type")
struct SQLTypeTests {
    static let declarations: [(SQLType, String)] = [
        (.bit, "bit"), (.tinyInt, "tinyint"), (.smallInt, "smallint"), (.int, "int"), (.bigInt, "bigint"),
        (.real, "real"), (.float, "float"), (.smallMoney, "smallmoney"), (.money, "money"),
        (.decimal(19, 4), "decimal(19,4)"), (.decimal(38, 0), "decimal(38,0)"), (.numeric(9, 9), "numeric(9,9)"),
        (.date, "date"), (.time(0), "time(0)"), (.time(7), "time(7)"), (.smallDateTime, "smalldatetime"),
        (.dateTime, "datetime"), (.dateTime2(7), "datetime2(7)"), (.dateTime2(0), "datetime2(0)"),
        (.dateTimeOffset(3), "datetimeoffset(3)"), (.char(10), "char(10)"), (.varChar(8_000), "varchar(8000)"),
        (.varCharMax, "varchar(max)"), (.nChar(1), "nchar(1)"), (.nVarChar(4_000), "nvarchar(4000)"),
        (.nVarCharMax, "nvarchar(max)"), (.binary(16), "binary(16)"), (.varBinary(8_000), "varbinary(8000)"),
        (.varBinaryMax, "varbinary(max)"), (.uniqueIdentifier, "uniqueidentifier"), (.xml, "xml"), (.text, "text"),
        (.nText, "ntext"), (.image, "image"), (.variant, "sql_variant"), (.rowVersion, "timestamp"),
    ]

    @Test(arguments: declarations) func isWrittenAsInADeclaration(type: SQLType, text: String) {
        #expect(type.description == text)
        #expect(text.hasPrefix(type.name))
        #expect(!type.name.contains("("))
    }

    @Test func isToldApartByLengthAndScale() {
        #expect(Set(Self.declarations.map(\.0)).count == Self.declarations.count)
        #expect(SQLType.nVarChar(50) == .nVarChar(50))
        #expect(SQLType.nVarChar(50) != .nVarChar(51))
        #expect(SQLType.nVarChar(50) != .nVarCharMax)
    }

    @Test func knowsItsFamily() {
        for (type, text) in Self.declarations {
            #expect(type.isMax == text.contains("(max)"), "\(text)")
            #expect(type.isCharacter == (text.contains("char") || text.contains("text") || text == "xml"), "\(text)")
            #expect(type.isBinary == (text.contains("binary") || text == "image" || text == "timestamp"), "\(text)")
            let isNumeric = ["bit", "int", "real", "float", "money", "decimal", "numeric"].contains {
                text.contains($0)
            }
            #expect(type.isNumeric == isNumeric, "\(text)")
        }
    }
}

@Suite("A SQL value")
struct SQLValueTests {
    @Test func isPrintedForPeople() throws {
        let values: [(SQLValue, String)] = [
            (.null, "NULL"), (.bit(true), "1"), (.bit(false), "0"), (.int(.min), "-9223372036854775808"),
            (.double(1.5), "1.5"), (.decimal(try #require(SQLDecimal("-1.50"))), "-1.50"), (.string(""), ""),
            (.string("Größe 🙂"), "Größe 🙂"), (.bytes([]), "0x"), (.bytes([0, 0xAB, 0xFF]), "0x00ABFF"),
            (.date(try #require(SQLDate("2024-02-29"))), "2024-02-29"),
            (.time(try #require(SQLTime("01:02:03"))), "01:02:03.0000000"),
        ]
        for (value, text) in values { #expect(value.description == text) }
    }

    @Test func isNullOnlyWhenItIsNULL() {
        #expect(SQLValue.null.isNull)
        for value in [SQLValue.string(""), .bytes([]), .int(0), .bit(false), .string("NULL")] {
            #expect(!value.isNull)
            #expect(value != .null)
        }
    }
}
