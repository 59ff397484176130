import EmbeddedSQLServer
import SQLValues
import Testing

/// Expressions, their values and types, from the T-SQL reference.
struct SQLExpressionTests {
    @Test(arguments: [
        ("1 + 2", "3"), ("7 / 2", "3"), ("-7 / 2", "-3"), ("7 % 3", "1"), ("-7 % 3", "-1"), ("7 & 3", "3"),
        ("2.0 / 3", "0.666666"), ("1.0 / 3", "0.333333"), ("10 / 3.0", "3.333333"), ("1.5 + 2.25", "3.75"),
        ("1.50 * 2.0", "3.000"), ("'a' + 'b'", "ab"), ("N'a' + 'b'", "ab"), ("1 + '2'", "3"), ("$2 / 3", "0.6666"),
        ("0x0102", "0x0102"), ("1e0 / 4", "0.25"), ("- 5", "-5"), ("~5", "-6"),
        ("5.5 % 2", "1.5"), ("$1.5 * 2", "3.0000"), ("2147483647 + CAST(1 AS bigint)", "2147483648"),
    ])
    func arithmeticFollowsSQLServersTypes(expression: String, expected: String) throws {
        #expect(try SQLHarness().value(expression) == expected)
    }

    @Test(arguments: [
        ("1", SQLType.int), ("3000000000", .numeric(10, 0)), ("1.50", .numeric(3, 2)), ("'abc'", .varChar(3)),
        ("N'abc'", .nVarChar(3)), ("1e0", .float), ("$1", .money), ("0xFF", .varBinary(1)), ("1 + 1.0", .numeric(3, 1)),
        ("CAST(1 AS bigint) + 1", .bigInt), ("CAST('x' AS varchar)", .varChar(30)), ("GETDATE()", .dateTime),
        ("SYSUTCDATETIME()", .dateTime2(7)), ("NEWID()", .uniqueIdentifier), ("NULL", .int), ("LEN('a')", .int),
        ("'a' + N'bc'", .nVarChar(3)), ("ISNULL(CAST(NULL AS varchar(2)), 'abc')", .varChar(2)),
        ("COALESCE(CAST(NULL AS int), 1.5)", .numeric(11, 1)),
        ("CAST(1 AS decimal(10,2)) * CAST(1 AS decimal(10,2))", .decimal(21, 4)),
        ("CAST(1 AS decimal(19,4)) * CAST(1 AS decimal(38,7))", .decimal(38, 6)),
        ("CASE WHEN 1 = 1 THEN 1 ELSE 2.5 END", .numeric(11, 1)),
    ])
    func everyExpressionHasItsType(expression: String, expected: SQLType) throws {
        let sink = try SQLHarness().succeed("SELECT \(expression)")
        #expect(sink.types == [expected])
    }

    @Test(arguments: [
        ("1 / 0", 8134), ("2147483647 + 1", 8115), ("CAST('a' AS int)", 245), ("CAST('x' AS decimal(5,2))", 8114),
        ("CAST(300 AS tinyint)", 220), ("CAST('99999999999' AS int)", 248), ("CAST('2024-13-01' AS date)", 241),
        ("CAST('2024-02-30' AS datetime)", 242), ("CAST(12345.67 AS decimal(5,2))", 8115),
        ("CAST('abc' AS uniqueidentifier)", 8169),
        ("nosuch", 207), ("t.nosuch", 4104), ("NOSUCH(1)", 195), ("@x", 137), ("CAST(GETDATE() AS date) + 1", 206),
        ("CAST(1 AS bit) + CAST(1 AS bit)", 402), ("(SELECT 1 UNION SELECT 2)", 512), ("LEFT('abc', -1)", 536),
        ("CAST(CAST('2024-01-01' AS date) AS int)", 529), ("COMPRESS('a')", 40517), ("CHECKSUM('a')", 40517),
        ("1 + N'x'", 245), ("COUNT(DISTINCT 1, 2)", 174), ("ABS(-2147483648)", 0),
    ])
    func errorsHaveSQLServersNumbers(expression: String, number: Int) throws {
        #expect(try SQLHarness().error("SELECT \(expression)")?.number ?? 0 == Int32(number))
    }

    @Test(arguments: [
        ("LEN('ab  ')", "2"), ("DATALENGTH('ab  ')", "4"), ("DATALENGTH(N'ab')", "4"), ("LEN(N'😀')", "2"),
        ("UPPER('abc')", "ABC"),
        ("SUBSTRING('abcdef', 2, 3)", "bcd"), ("SUBSTRING('abc', 0, 2)", "a"), ("LEFT('abc', 2)", "ab"),
        ("RIGHT('abc', 2)", "bc"),
        ("REPLACE('aXbxc', 'x', '-')", "a-b-c"), ("CHARINDEX('B', 'abc')", "2"), ("CONCAT('a', NULL, 1)", "a1"),
        ("REPLICATE('ab', 3)", "ababab"), ("LTRIM('  a ') + '|'", "a |"), ("TRIM('  a ') + '|'", "a|"),
        ("ISNULL(NULL, 5)", "5"),
        ("NULLIF(1, 1)", "NULL"), ("IIF(1 = 2, 'a', 'b')", "b"), ("CHOOSE(2, 'a', 'b')", "b"),
        ("ROUND(2.345, 2)", "2.350"),
        ("ROUND(1234, -2)", "1200"), ("FLOOR(-1.5)", "-2"), ("CEILING(1.2)", "2"), ("POWER(2, 10)", "1024"),
        ("SIGN(-3)", "-1"),
        ("ABS(-2.5)", "2.5"), ("STUFF('abcdef', 2, 3, 'ijk')", "aijkef"), ("REVERSE('abc')", "cba"),
        ("QUOTENAME('a]b')", "[a]]b]"),
        ("SPACE(2) + 'x'", "  x"), ("ASCII('A')", "65"), ("CHAR(65)", "A"), ("'Ω'", "O"), ("'Ж'", "?"), ("N'Ω'", "Ω"),
        ("DATEPART(weekday, '2024-01-01')", "2"), ("DATEDIFF(day, '2024-01-01', '2024-03-01')", "60"),
        ("DATEADD(month, 1, CAST('2024-01-31' AS date))", "2024-02-29"), ("YEAR('2024-05-06')", "2024"),
        ("EOMONTH('2024-02-10')", "2024-02-29"),
        ("CAST('2024-01-02 03:04:05.678' AS datetime)", "2024-01-02 03:04:05.6770000"),
        ("CAST('1962/2/18' AS datetime)", "1962-02-18 00:00:00.0000000"),
        ("CAST(CAST('2024-01-01 00:00:00.003' AS datetime) AS datetime2(7))", "2024-01-01 00:00:00.0033333"),
        ("CAST(1.5 AS int)", "1"), ("CAST(CAST(1.5 AS money) AS int)", "2"), ("CAST(123 AS varchar(2))", "*"),
        ("CAST('abc' AS varchar(2))", "ab"),
        ("CAST(0.1 AS float)", "0.1"), ("CAST(CAST(1234567.89 AS float) AS varchar(30))", "1.23457e+006"),
        ("CONVERT(varchar(10), CAST('2024-05-06' AS datetime), 120)", "2024-05-06"),
        ("CAST(CAST('2024-05-06 13:04' AS datetime) AS varchar(30))", "May  6 2024  1:04PM"),
        ("TRY_CAST('x' AS int)", "NULL"),
        ("CAST('true' AS bit)", "1"), ("CAST($1234.5678 AS varchar(20))", "1234.57"), ("DB_NAME()", "master"),
        ("@@TRANCOUNT", "0"), ("@@SPID", "51"),
    ])
    func functionsGiveTheDocumentedValues(expression: String, expected: String) throws {
        #expect(try SQLHarness().value(expression) == expected)
    }

    @Test(arguments: [
        ("'a' = 'A'", true), ("'a' = 'a   '", true), ("'a' = 'á'", false), ("NULL = NULL", false),
        ("'abc' LIKE 'A%'", true),
        ("'a_c' LIKE 'a[_]c'", true), ("'abc' LIKE 'a[_]c'", false), ("'b' LIKE '[a-c]'", true),
        ("'d' LIKE '[^a-c]'", true),
        ("'50%' LIKE '50!%' ESCAPE '!'", true), ("2 BETWEEN 1 AND 3", true), ("1 IN (2, 3)", false),
        ("1 NOT IN (2, NULL)", false),
        ("EXISTS (SELECT 1)", true), ("1 = 1.0", true), ("'1' = 1", true),
        ("'a ' LIKE 'a'", true), ("'a' LIKE 'a '", false),
        ("CAST('2024-01-01' AS date) < '2024-01-02'", true), ("1 = ANY (SELECT 1 UNION ALL SELECT 2)", true),
        ("'b' > 'A'", true),
        (
            "CAST('00000000-0000-0000-0000-010000000000' AS uniqueidentifier) > '01000000-0000-0000-0000-000000000000'",
            true
        ),
    ])
    func conditionsFollowCollationAndNull(condition: String, expected: Bool) throws {
        #expect(try SQLHarness().rows("IF \(condition) SELECT 'yes' ELSE SELECT 'no'") == [[expected ? "yes" : "no"]])
    }

    @Test func theLineOfAnErrorIsThatOfItsPlace() throws {
        let harness = try SQLHarness()
        #expect(try harness.error("SELECT 1\n\nSELECT nosuch")?.line == 3)
        #expect(try harness.error("SELECT 1\nSELECT 1/0")?.line == 2)
    }

    @Test func aBatchWithASyntaxErrorRunsNothing() throws {
        let sink = try SQLHarness().run("SELECT 1\nSELEC 2 FROM FROM")
        #expect(sink.rows.isEmpty && sink.errors.count == 1)
    }

    @Test func valuesKeepTheirKinds() throws {
        let sink = try SQLHarness().succeed(
            "SELECT CAST(1 AS bit), 2, CAST(2.5 AS real), 3.5, 'x', 0x01, CAST('2024-01-02' AS date), CAST(NULL AS int)"
        )
        #expect(
            sink.rows == [
                [
                    .bit(true), .int(2), .double(2.5), .decimal(try #require(SQLDecimal("3.5"))), .string("x"),
                    .bytes([1]),
                    .date(try #require(SQLDate("2024-01-02"))), .null,
                ]
            ])
        #expect(sink.counts == [1])
    }
}
