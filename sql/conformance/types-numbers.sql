-- chapter: Types
-- case: int beside smallint and tinyint is int, bigint is higher
-- source: Data type precedence (Transact-SQL)
SELECT CAST(1 AS tinyint) + CAST(2 AS smallint) AS a, CAST(1 AS tinyint) + 1 AS b, 1 + CAST(1 AS bigint) AS c;
-- expect
-- columns a smallint, b int, c bigint
-- row 3 | 2 | 2
-- rows 1

-- case: float and real are higher than decimal and money
-- source: Data type precedence (Transact-SQL)
SELECT 1.5 + CAST(1 AS float) AS a, $1 + CAST(0.5 AS real) AS b, $1 + 1.5 AS c;
-- expect
-- columns a float, b real, c numeric(20,4)
-- row 2.5 | 1.5 | 2.5000
-- rows 1

-- case: text beside a number becomes that number
-- source: Data type precedence (Transact-SQL)
SELECT '10' + 5 AS a, 5 + N'1' AS b, '1.5' + CAST(1 AS float) AS c;
-- expect
-- columns a int, b int, c float
-- row 15 | 6 | 2.5
-- rows 1

-- case: text that is no whole number beside an int ends the batch
-- source: Msg 245
DECLARE @r int;
SET @r = '1.5' + 1;
SELECT 1 AS never;
-- expect
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value '1.5' to data type int.

-- case: the division of integers cuts towards zero
-- source: / (Division) (Transact-SQL)
SELECT 7 / 2 AS a, -7 / 2 AS b, 7 % -3 AS c, -7 % 3 AS d, 7 / 2.0 AS e;
-- expect
-- columns a int, b int, c int, d int, e numeric(8,6)
-- row 3 | -3 | 1 | -1 | 3.500000
-- rows 1

-- case: a sum beyond int overflows
-- source: Msg 8115
DECLARE @i int = 2147483647, @r int;
SET @r = @i + 1;
SELECT 1 AS goes_on;
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type int.
-- columns goes_on int
-- row 1
-- rows 1

-- case: the product of two integers stays an int
-- source: Data type precedence (Transact-SQL)
DECLARE @i int = 65536, @r bigint;
SET @r = @i * @i;
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type int.

-- case: an integer too large for tinyint overflows with its value
-- source: Msg 220
DECLARE @t tinyint;
SET @t = 256;
-- expect
-- Msg 220, Level 16, State 2, Line 2: Arithmetic overflow error for data type tinyint, value = 256.

-- case: an integer too large for smallint overflows with its value
-- source: Msg 220
DECLARE @t smallint;
SET @t = 40000;
-- expect
-- Msg 220, Level 16, State 1, Line 2: Arithmetic overflow error for data type smallint, value = 40000.

-- case: a negative number is no tinyint
-- source: int, bigint, smallint, and tinyint (Transact-SQL)
DECLARE @t tinyint;
SET @t = -1;
-- expect
-- Msg 220, Level 16, State 2, Line 2: Arithmetic overflow error for data type tinyint, value = -1.

-- case: text beyond tinyint, smallint and int overflows a column of its width
-- source: Msg 244
DECLARE @t tinyint, @s smallint;
BEGIN TRY SET @t = '256' END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m END CATCH;
BEGIN TRY SET @s = '40000' END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m END CATCH;
-- expect
-- columns n int, m nvarchar(4000)
-- row 244 | 'The conversion of the varchar value ''256'' overflowed an INT1 column. Use a larger integer column.'
-- rows 1
-- columns n int, m nvarchar(4000)
-- row 244 | 'The conversion of the varchar value ''40000'' overflowed an INT2 column. Use a larger integer column.'
-- rows 1

-- case: text beyond int overflows an int column
-- source: Msg 248
DECLARE @i int;
SET @i = '3000000000';
-- expect
-- Msg 248, Level 16, State 1, Line 2: The conversion of the varchar value '3000000000' overflowed an int column.

-- case: empty and blank text is zero as an integer and as float
-- source: CAST and CONVERT (Transact-SQL)
SELECT CAST('' AS int) AS a, CAST('   ' AS bigint) AS b, CAST('' AS float) AS c, CAST('' AS money) AS d, CAST('' AS bit) AS e;
-- expect
-- columns a int, b bigint, c float, d money, e bit
-- row 0 | 0 | 0.0 | 0.0000 | 0
-- rows 1

-- case: empty text is no decimal
-- source: Msg 8114
DECLARE @d decimal(5,2);
SET @d = CAST('' AS decimal(5,2));
-- expect
-- Msg 8114, Level 16, State 5, Line 2: Error converting data type varchar to numeric.

-- case: blanks around the digits of a number do not matter
-- source: CAST and CONVERT (Transact-SQL)
SELECT CAST(' 5 ' AS int) AS a, CAST('  -7' AS smallint) AS b, CAST(' 1.50 ' AS decimal(5,2)) AS c, CAST(N' 2e1 ' AS float) AS d;
-- expect
-- columns a int, b smallint, c decimal(5,2), d float
-- row 5 | -7 | 1.50 | 20.0
-- rows 1

-- case: an exponent is read as float and as nothing else
-- source: Constants (Transact-SQL)
SELECT TRY_CAST('1e3' AS float) AS a, TRY_CAST('1e3' AS real) AS b, TRY_CAST('1e3' AS int) AS c, TRY_CAST('1e3' AS decimal(9,2)) AS d;
-- expect
-- columns a float, b real, c int, d decimal(9,2)
-- row 1000.0 | 1000.0 | NULL | NULL
-- rows 1

-- case: currency signs and commas are read as money and as nothing else
-- source: money and smallmoney (Transact-SQL)
SELECT CAST('$1,234.5' AS money) AS a, CAST('-$5' AS money) AS b, TRY_CAST('$1' AS int) AS c, TRY_CAST('1,000' AS decimal(9,0)) AS d;
-- expect
-- columns a money, b money, c int, d decimal(9,0)
-- row 1234.5000 | -5.0000 | NULL | NULL
-- rows 1

-- case: text that is no money
-- source: Msg 235
DECLARE @m money;
SET @m = 'abc';
-- expect
-- Msg 235, Level 16, State 0, Line 2: Cannot convert a char value to money. The char value has incorrect syntax.

-- case: text that is no smallmoney
-- source: Msg 293
DECLARE @m smallmoney;
SET @m = 'abc';
-- expect
-- Msg 293, Level 16, State 0, Line 2: Cannot convert char value to smallmoney. The char value has incorrect syntax.

-- case: decimal sum and difference have one digit more
-- source: Precision, scale, and length (Transact-SQL)
DECLARE @a decimal(5,2) = 999.99, @b decimal(4,1) = 0.1;
SELECT @a + @b AS s, @a - @b AS d;
-- expect
-- columns s decimal(6,2), d decimal(6,2)
-- row 1000.09 | 999.89
-- rows 1

-- case: a decimal product has all digits of both
-- source: Precision, scale, and length (Transact-SQL)
DECLARE @a decimal(9,4) = 1.2345, @b decimal(9,7) = 1.1000000;
SELECT @a * @b AS p;
-- expect
-- columns p decimal(19,11)
-- row 1.35795000000
-- rows 1

-- case: a decimal product beyond 38 digits keeps six of its fraction
-- source: Precision, scale, and length (Transact-SQL)
DECLARE @a decimal(19,4) = 2, @b decimal(38,7) = 1.1234567;
SELECT @a * @b AS p;
-- expect
-- columns p decimal(38,6)
-- row 2.246913
-- rows 1

-- case: a decimal quotient has at least six digits of fraction
-- source: Precision, scale, and length (Transact-SQL)
DECLARE @a decimal(5,0) = 1, @b decimal(5,0) = 3;
SELECT @a / @b AS q, CAST(2 AS decimal(3,1)) / CAST(3 AS decimal(3,1)) AS r;
-- expect
-- columns q decimal(11,6), r decimal(9,6)
-- row 0.333333 | 0.666666
-- rows 1

-- case: a decimal remainder has the sign of the dividend
-- source: % (Modulus) (Transact-SQL)
SELECT 5.5 % 2 AS a, -5.5 % 2 AS b, CAST(10 AS decimal(5,2)) % CAST(3 AS decimal(3,1)) AS c;
-- expect
-- columns a numeric(2,1), b numeric(2,1), c decimal(4,2)
-- row 1.5 | -1.5 | 1.00
-- rows 1

-- case: an integer constant in decimal arithmetic has as many digits as it shows
-- source: Precision, scale, and length (Transact-SQL)
DECLARE @i int = 2;
SELECT 1.0 * 2 AS a, 1.0 * @i AS b;
-- expect
-- columns a numeric(4,1), b numeric(13,1)
-- row 2.0 | 2.0
-- rows 1

-- case: numeric literals have the digits that are written
-- source: Constants (Transact-SQL)
SELECT 12.50 AS a, 2147483648 AS b, 0.001 AS c, 1e0 AS d, $1.5 AS e, 0xFF AS f;
-- expect
-- columns a numeric(4,2), b numeric(10,0), c numeric(3,3), d float, e money, f varbinary(1)
-- row 12.50 | 2147483648 | 0.001 | 1.0 | 1.5000 | 0xFF
-- rows 1

-- case: a decimal with too many whole digits overflows
-- source: Msg 8115
DECLARE @d decimal(3,1);
SET @d = CAST(100 AS decimal(5,1));
-- expect
-- Msg 8115, Level 16, State 8, Line 2: Arithmetic overflow error converting numeric to data type numeric.

-- case: an int with too many digits for a decimal overflows
-- source: Msg 8115
DECLARE @i int = 1000, @d decimal(3,1);
SET @d = @i;
-- expect
-- Msg 8115, Level 16, State 8, Line 2: Arithmetic overflow error converting int to data type numeric.

-- case: digits beyond the scale of a decimal are rounded half away from zero
-- source: decimal and numeric (Transact-SQL)
SELECT CAST(2.345 AS decimal(5,2)) AS a, CAST(-2.345 AS decimal(5,2)) AS b, CAST('2.5' AS decimal(5,0)) AS c;
-- expect
-- columns a decimal(5,2), b decimal(5,2), c decimal(5,0)
-- row 2.35 | -2.35 | 3
-- rows 1

-- case: decimal and float are cut to integers, money is rounded
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
SELECT CAST(2.9 AS int) AS a, CAST(-2.9 AS int) AS b, CAST(2.9e0 AS int) AS c, CAST($2.5 AS int) AS d, CAST(-$2.5 AS int) AS e;
-- expect
-- columns a int, b int, c int, d int, e int
-- row 2 | -2 | 2 | 3 | -3
-- rows 1

-- case: a float beyond int overflows with its value
-- source: Msg 232
DECLARE @f float = 3e9, @i int;
SET @i = @f;
-- expect
-- Msg 232, Level 16, State 3, Line 2: Arithmetic overflow error for type int, value = 3000000000.000000.

-- case: a float beyond decimal overflows
-- source: Msg 8115
DECLARE @f float = 1e10, @d decimal(5,2);
SET @d = @f;
-- expect
-- Msg 8115, Level 16, State *, Line 2: Arithmetic overflow error converting float to data type numeric.

-- case: money divided by money has four places
-- source: money and smallmoney (Transact-SQL)
SELECT $1 / $3 AS a, $2 / 3 AS b, $10 / 4.0 AS c;
-- expect
-- columns a money, b money, c numeric(23,7)
-- row 0.3333 | 0.6666 | 2.5000000
-- rows 1

-- case: smallmoney has the range of an int of ten thousandths
-- source: money and smallmoney (Transact-SQL)
SELECT CAST(214748.3647 AS smallmoney) AS a;
DECLARE @m smallmoney;
SET @m = CAST(214748.3648 AS decimal(10,4));
-- expect
-- columns a smallmoney
-- row 214748.3647
-- rows 1
-- Msg 8115, Level 16, State *, Line 3: Arithmetic overflow error converting numeric to data type smallmoney.

-- case: division by zero of every kind of number
-- source: Msg 8134
DECLARE @r float;
SET @r = 1 / 0;
SET @r = 1.0 / 0;
SET @r = 1e0 / 0;
SET @r = $1 % 0;
-- expect
-- Msg 8134, Level 16, State 1, Line 2: Divide by zero error encountered.
-- Msg 8134, Level 16, State 1, Line 3: Divide by zero error encountered.
-- Msg 8134, Level 16, State 1, Line 4: Divide by zero error encountered.
-- Msg 8134, Level 16, State 1, Line 5: Divide by zero error encountered.

-- case: floats have no remainder
-- source: % (Modulus) (Transact-SQL)
SELECT CAST(5 AS float) % 2;
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types float and int are incompatible in the modulo operator.

-- case: bits have no arithmetic
-- source: bit (Transact-SQL)
SELECT CAST(1 AS bit) + CAST(1 AS bit);
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types bit and bit are incompatible in the add operator.

-- case: every number but zero is bit 1, and so is the word true
-- source: bit (Transact-SQL)
SELECT CAST(5 AS bit) AS a, CAST(-0.1 AS bit) AS b, CAST('TRUE' AS bit) AS c, CAST('false' AS bit) AS d, CAST(0e0 AS bit) AS e, CAST('2' AS bit) AS f;
-- expect
-- columns a bit, b bit, c bit, d bit, e bit, f bit
-- row 1 | 1 | 1 | 0 | 0 | 1
-- rows 1

-- case: another word is no bit
-- source: Msg 245
DECLARE @b bit;
SET @b = 'yes';
-- expect
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'yes' to data type bit.

-- case: bitwise operators take integers and bits
-- source: Bitwise operators (Transact-SQL)
SELECT 170 & 75 AS a, 170 | 75 AS b, 170 ^ 75 AS c, ~170 AS d, ~CAST(170 AS tinyint) AS e, ~CAST(1 AS bit) AS f;
-- expect
-- columns a int, b int, c int, d int, e tinyint, f bit
-- row 10 | 235 | 225 | -171 | 85 | 0
-- rows 1

-- case: bitwise operators refuse decimals
-- source: Bitwise operators (Transact-SQL)
SELECT 1.5 & 1;
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types numeric and int are incompatible in the '&' operator.

-- case: the negative of a tinyint is a smallint
-- source: - (Negative) (Transact-SQL)
DECLARE @t tinyint = 200, @d decimal(4,2) = 1.5;
SELECT -@t AS a, -@d AS b, - -5 AS c;
-- expect
-- columns a smallint, b decimal(4,2), c int
-- row -200 | -1.50 | 5
-- rows 1

-- case: text has no negative
-- source: Msg 8117
SELECT -'5';
-- expect
-- Msg 8117, Level 16, State 1, Line 1: Operand data type varchar is invalid for minus operator.

-- case: float as text has six digits and an exponent of three digits
-- source: CAST and CONVERT (Transact-SQL), "float and real styles"
SELECT CAST(1234567.89e0 AS varchar(30)) AS a, CAST(0.1e0 AS varchar(30)) AS b, CAST(123456.7e0 AS varchar(30)) AS c, CAST(1e-7 AS varchar(30)) AS d, CAST(-2.5e100 AS varchar(30)) AS e;
-- expect
-- columns a varchar(30), b varchar(30), c varchar(30), d varchar(30), e varchar(30)
-- row '1.23457e+006' | '0.1' | '123457' | '1e-007' | '-2.5e+100'
-- rows 1

-- case: float styles 1, 2 and 3 have 8, 16 and 17 digits
-- source: CAST and CONVERT (Transact-SQL), "float and real styles"
SELECT CONVERT(varchar(30), 0.1e0, 1) AS a, CONVERT(varchar(30), 0.1e0, 2) AS b, CONVERT(varchar(30), 0.1e0, 3) AS c;
-- expect
-- columns a varchar(30), b varchar(30), c varchar(30)
-- row '1.0000000e-001' | '1.000000000000000e-001' | '1.0000000000000001e-001'
-- rows 1

-- case: money as text has two places, commas in style 1, four places in style 2
-- source: CAST and CONVERT (Transact-SQL), "money and smallmoney styles"
SELECT CAST($1234567.8951 AS varchar(20)) AS a, CONVERT(varchar(20), $1234567.8951, 1) AS b, CONVERT(varchar(20), -$1234.5, 2) AS c, CONVERT(varchar(20), $123.4, 1) AS d;
-- expect
-- columns a varchar(20), b varchar(20), c varchar(20), d varchar(20)
-- row '1234567.90' | '1,234,567.90' | '-1234.5000' | '123.40'
-- rows 1

-- case: an int that does not fit a varchar is an asterisk
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
SELECT CAST(12345 AS varchar(3)) AS a, CAST(CAST(123 AS tinyint) AS char(2)) AS b, CAST(-5 AS varchar(1)) AS c;
-- expect
-- columns a varchar(3), b char(2), c varchar(1)
-- row '*' | '* ' | '*'
-- rows 1

-- case: an int that does not fit an nvarchar is an error
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
DECLARE @v nvarchar(3);
SET @v = CAST(12345 AS nvarchar(3));
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type nvarchar.

-- case: a bigint that does not fit a varchar is an error
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
DECLARE @v varchar(3);
SET @v = CAST(CAST(12345 AS bigint) AS varchar(3));
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type varchar.

-- case: a decimal that does not fit a varchar is an error
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
DECLARE @v varchar(3);
SET @v = CAST(12.345 AS varchar(3));
-- expect
-- Msg 8115, Level 16, State *, Line 2: Arithmetic overflow error converting numeric to data type varchar.

-- case: CAST to varchar without a length has 30 characters, a variable has one
-- source: char and varchar (Transact-SQL)
DECLARE @v varchar = 'abc';
SELECT CAST('1234567890123456789012345678901234567890' AS varchar) AS a, @v AS b;
-- expect
-- columns a varchar(30), b varchar(1)
-- row '123456789012345678901234567890' | 'a'
-- rows 1

-- case: integers as bytes are big-endian and cut at the left
-- source: binary and varbinary (Transact-SQL)
SELECT CAST(123456 AS binary(4)) AS a, CAST(123456 AS binary(2)) AS b, CAST(1 AS binary(6)) AS c, CAST(CAST(258 AS smallint) AS varbinary(8)) AS d, CAST(0x01E240 AS int) AS e;
-- expect
-- columns a binary(4), b binary(2), c binary(6), d varbinary(8), e int
-- row 0x0001E240 | 0xE240 | 0x000000000001 | 0x0102 | 123456
-- rows 1

-- case: text and bytes are padded and cut at the right
-- source: binary and varbinary (Transact-SQL)
SELECT CAST('abc' AS binary(5)) AS a, CAST(N'ab' AS varbinary(8)) AS b, CAST(0x616263 AS varchar(2)) AS c, CAST(0x61006200 AS nvarchar(4)) AS d;
-- expect
-- columns a binary(5), b varbinary(8), c varchar(2), d nvarchar(4)
-- row 0x6162630000 | 0x61006200 | 'ab' | 'ab'
-- rows 1

-- case: binary styles 1 and 2 are hexadecimal, with and without 0x
-- source: CAST and CONVERT (Transact-SQL), "Binary styles"
SELECT CONVERT(varchar(10), 0x4E61, 0) AS a, CONVERT(varchar(10), 0x4E61, 1) AS b, CONVERT(varchar(10), 0x4E61, 2) AS c, CONVERT(varbinary(4), '0x4E61', 1) AS d, CONVERT(varbinary(4), '4e61', 2) AS e, CONVERT(varbinary(4), 'Na', 0) AS f;
-- expect
-- columns a varchar(10), b varchar(10), c varchar(10), d varbinary(4), e varbinary(4), f varbinary(4)
-- row 'Na' | '0x4E61' | '4E61' | 0x4E61 | 0x4E61 | 0x4E61
-- rows 1

-- case: a text of an odd number of hexadecimal digits is no binary
-- source: CAST and CONVERT (Transact-SQL), "Binary styles"
DECLARE @b varbinary(4);
SET @b = CONVERT(varbinary(4), '0x4E6', 1);
-- expect
-- Msg 8114, Level 16, State 5, Line 2: Error converting data type varchar to varbinary.

-- case: a decimal as bytes begins with precision, scale and sign
-- source: binary and varbinary (Transact-SQL)
SELECT CAST(CAST(1 AS numeric(5,2)) AS varbinary(20)) AS a, CAST(CAST(-1.5 AS decimal(2,1)) AS varbinary(20)) AS b;
-- expect
-- columns a varbinary(20), b varbinary(20)
-- row 0x0502000164000000 | 0x020100000F000000
-- rows 1

-- case: float and money as bytes
-- source: binary and varbinary (Transact-SQL)
SELECT CAST(1e0 AS varbinary(8)) AS a, CAST($1 AS varbinary(8)) AS b, CAST(0x0000000000002710 AS money) AS c;
-- expect
-- columns a varbinary(8), b varbinary(8), c money
-- row 0x3FF0000000000000 | 0x0000000000002710 | 1.0000
-- rows 1

-- case: bytes are never a float
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
SELECT CAST(0x3FF0000000000000 AS float);
-- expect
-- Msg 529, Level 16, State 2, Line 1: Explicit conversion from data type varbinary to float is not allowed.

-- case: float zero divided by a number keeps comparing as zero
-- source: float and real (Transact-SQL)
DECLARE @z float = 0;
SELECT CASE WHEN -@z = @z THEN 1 ELSE 0 END AS a, CAST(CAST(0.1 AS real) AS float) AS b;
-- expect
-- columns a int, b float
-- row 1 | 0.10000000149011612
-- rows 1

-- case: types without a length keep their precision defaults
-- source: decimal and numeric (Transact-SQL)
DECLARE @a decimal = 1.6, @b numeric(5) = 2.5, @c float(24) = 1, @d float(25) = 1;
SELECT @a AS a, @b AS b, @c AS c, @d AS d;
-- expect
-- columns a decimal(18,0), b numeric(5,0), c real, d float
-- row 2 | 3 | 1.0 | 1.0
-- rows 1

-- case: a scale beyond the precision is refused
-- source: Msg 192
DECLARE @d decimal(5,6);
-- expect
-- Msg 192, Level 15, State 1, Line 1: The scale must be less than or equal to the precision.

-- case: TRY_CAST and TRY_CONVERT give NULL for values, not for pairs of types
-- source: TRY_CAST (Transact-SQL)
SELECT TRY_CAST('x' AS int) AS a, TRY_CONVERT(decimal(3,1), 1000) AS b, TRY_CAST(300 AS tinyint) AS c;
SELECT TRY_CAST(1 AS date);
-- expect
-- Msg 529, Level 16, State 2, Line 2: Explicit conversion from data type int to date is not allowed.
