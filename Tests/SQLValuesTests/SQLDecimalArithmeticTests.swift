import SQLValues
import Testing

/// Decimal arithmetic as "Precision, scale, and length (Transact-SQL)" defines it.
struct SQLDecimalArithmeticTests {
    @Test(arguments: [
        (SQLDecimalOperation.add, 5, 2, 4, 3, 7, 3), (.multiply, 10, 2, 10, 2, 21, 4), (.divide, 10, 2, 5, 0, 16, 8),
        (.modulo, 10, 2, 5, 3, 5, 3), (.multiply, 19, 4, 38, 7, 38, 6), (.multiply, 19, 4, 9, 7, 29, 11),
        (.divide, 38, 0, 38, 0, 38, 6), (.add, 38, 0, 38, 10, 38, 0), (.divide, 2, 0, 2, 1, 9, 6),
    ])
    func resultsHaveTheDocumentedShape(
        operation: SQLDecimalOperation, p1: Int, s1: Int, p2: Int, s2: Int, precision: Int, scale: Int
    ) {
        let shape = SQLDecimal.resultShape(operation, (p1, s1), (p2, s2))
        #expect(shape.precision == precision && shape.scale == scale)
    }

    @Test(arguments: [
        (SQLDecimalOperation.add, "1.5", "2.25", 2, "3.75"), (.subtract, "1", "2.5", 1, "-1.5"),
        (.multiply, "99999999999999999999", "99999999999999999", 0, "9999999999999999899900000000000000001"),
        (.multiply, "0.15", "0.5", 2, "0.08"), (.divide, "2", "3", 6, "0.666666"), (.divide, "-7", "2", 0, "-3"),
        (.modulo, "-7", "3", 0, "-1"), (.modulo, "5.5", "2", 1, "1.5"), (.divide, "1", "1000", 2, "0.00"),
        (.add, "99999999999999999999999999999999999999", "0.5", 0, "too large"),
        (.multiply, "99999999999999999999999999999999999999", "10", 0, "too large"),
    ])
    func valuesAreExactRoundedOrTooLarge(
        operation: SQLDecimalOperation, a: String, b: String, scale: Int, expected: String
    ) throws {
        let (x, y) = (try #require(SQLDecimal(a)), try #require(SQLDecimal(b)))
        #expect((x.combined(operation, with: y, scale: scale)?.description ?? "too large") == expected)
    }
}
