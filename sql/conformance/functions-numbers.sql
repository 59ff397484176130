-- chapter: Functions
-- case: ROUND keeps the type and rounds half away from zero
-- source: ROUND (Transact-SQL)
SELECT ROUND(123.9994, 3) AS a, ROUND(123.4545, 2) AS b, ROUND(123.45, -2) AS c, ROUND(150.75, 0) AS d, ROUND(150.75, 0, 1) AS e, ROUND(748.58, -4) AS f, ROUND(-2.5, 0) AS g;
-- expect
-- columns a numeric(7,4), b numeric(7,4), c numeric(5,2), d numeric(5,2), e numeric(5,2), f numeric(5,2), g numeric(2,1)
-- row 123.9990 | 123.4500 | 100.00 | 151.00 | 150.00 | 0.00 | -3.0
-- rows 1

-- case: ROUND beyond the digits of its type overflows
-- source: ROUND (Transact-SQL), "Using ROUND and an arithmetic overflow"
DECLARE @r float;
SET @r = ROUND(748.58, -3);
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type numeric.

-- case: ROUND of integers makes int of the small ones
-- source: ROUND (Transact-SQL), "Return types"
SELECT ROUND(CAST(149 AS tinyint), -1) AS a, ROUND(1250, -2) AS b, ROUND(CAST(5 AS bigint), -1) AS c, ROUND($2.345, 2) AS d, ROUND(2.5e0, 0) AS e;
-- expect
-- columns a int, b int, c bigint, d money, e float
-- row 150 | 1300 | 10 | 2.3500 | 3.0
-- rows 1

-- case: FLOOR, CEILING, ABS and SIGN keep the family of the type
-- source: FLOOR (Transact-SQL)
SELECT FLOOR(123.45) AS a, FLOOR(-123.45) AS b, CEILING($123.45) AS c, CEILING(-123.45) AS d, ABS(-1.5) AS e, SIGN(-2) AS f, FLOOR(2.7e0) AS g;
-- expect
-- columns a numeric(5,0), b numeric(5,0), c money, d numeric(5,0), e numeric(2,1), f int, g float
-- row 123 | -124 | 124.0000 | -123 | 1.5 | -1 | 2.0
-- rows 1

-- case: ABS of the least int overflows
-- source: ABS (Transact-SQL)
DECLARE @i int = -2147483648;
SET @i = ABS(@i);
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type int.

-- case: POWER has the type of its first argument
-- source: POWER (Transact-SQL)
SELECT POWER(2, 10) AS a, POWER(2.5, 2) AS b, POWER(2e0, 0.5) AS c, POWER(CAST(2 AS bigint), 40) AS d, POWER(2, -1) AS e, SQUARE(3) AS f;
-- expect
-- columns a int, b numeric(38,1), c float, d bigint, e int, f float
-- row 1024 | 6.3 | 1.4142135623730951 | 1099511627776 | 0 | 9.0
-- rows 1

-- case: POWER beyond int overflows
-- source: Msg 232
DECLARE @r bigint;
SET @r = POWER(2, 31);
-- expect
-- Msg 232, Level 16, State 3, Line 2: Arithmetic overflow error for type int, value = 2147483648.000000.

-- case: the square root of a negative number
-- source: Msg 3623
DECLARE @f float;
SET @f = SQRT(-1);
SET @f = LOG(0);
SET @f = ACOS(2);
-- expect
-- Msg 3623, Level 16, State 1, Line 2: An invalid floating point operation occurred.
-- Msg 3623, Level 16, State 1, Line 3: An invalid floating point operation occurred.
-- Msg 3623, Level 16, State 1, Line 4: An invalid floating point operation occurred.

-- case: logarithms and exponents
-- source: LOG (Transact-SQL)
SELECT ROUND(LOG(10), 6) AS a, ROUND(LOG(8, 2), 6) AS b, LOG10(1000) AS c, EXP(0) AS d, SQRT(16) AS e;
-- expect
-- columns a float, b float, c float, d float, e float
-- row 2.302585 | 3.0 | 3.0 | 1.0 | 4.0
-- rows 1

-- case: angles
-- source: ATN2 (Transact-SQL)
SELECT ROUND(ASIN(1), 6) AS a, ROUND(ACOS(0), 6) AS b, ROUND(ATAN(1), 6) AS c, ROUND(ATN2(1, -1), 6) AS d, ROUND(COT(1), 6) AS e, ROUND(PI(), 6) AS f, DEGREES(PI()) AS g, ROUND(RADIANS(180e0), 6) AS h;
-- expect
-- columns a float, b float, c float, d float, e float, f float, g float, h float
-- row 1.570796 | 1.570796 | 0.785398 | 2.356194 | 0.642093 | 3.141593 | 180.0 | 3.141593
-- rows 1

-- case: DEGREES and RADIANS of an int are an int
-- source: DEGREES (Transact-SQL), "Return types"
SELECT RADIANS(180) AS a, DEGREES(3) AS b;
-- expect
-- columns a int, b int
-- row 3 | 171
-- rows 1

-- case: GREATEST and LEAST pass over NULL and take the highest type
-- source: GREATEST (Transact-SQL)
SELECT GREATEST(6.62, 3.1415, N'7') AS a, GREATEST('abc', 'ABD', 'aa') AS b, LEAST(3, NULL, 2) AS c, GREATEST(CAST('2024-01-01' AS date), CAST('2023-01-01' AS datetime)) AS d, LEAST(NULL, 1) AS e;
-- expect
-- columns a numeric(5,4), b varchar(3), c int, d datetime, e int
-- row 7.0000 | 'ABD' | 2 | 2024-01-01 00:00:00.000 | 1
-- rows 1

-- case: bits are moved without a sign
-- source: LEFT_SHIFT (Transact-SQL)
SELECT LEFT_SHIFT(12345, 5) AS a, RIGHT_SHIFT(12345, 5) AS b, 1 << 4 AS c, 256 >> 4 AS d, LEFT_SHIFT(1, 32) AS e, RIGHT_SHIFT(-1, 28) AS f, LEFT_SHIFT(16, -2) AS g;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int
-- row 395040 | 385 | 16 | 16 | 0 | 15 | 4
-- rows 1

-- case: BIT_COUNT, GET_BIT and SET_BIT
-- source: BIT_COUNT (Transact-SQL)
SELECT BIT_COUNT(0xABCDEF) AS a, BIT_COUNT(17) AS b, GET_BIT(5, 2) AS c, GET_BIT(5, 1) AS d, SET_BIT(0, 3) AS e, SET_BIT(15, 0, 0) AS f;
-- expect
-- columns a bigint, b bigint, c bit, d bit, e int, f int
-- row 17 | 2 | 1 | 0 | 8 | 14
-- rows 1

-- case: RAND is the same for all rows of a query, NEWID is not
-- source: RAND (Transact-SQL)
SELECT COUNT(DISTINCT r) AS r, COUNT(DISTINCT u) AS u, CASE WHEN MIN(r) > 0 AND MAX(r) < 1 THEN 1 ELSE 0 END AS inside FROM (SELECT RAND() AS r, NEWID() AS u FROM (VALUES (1), (2), (3)) AS v (n)) AS t;
-- expect
-- columns r int, u int, inside int
-- row 1 | 3 | 1
-- rows 1

-- case: two calls of RAND differ
-- source: RAND (Transact-SQL)
SELECT CASE WHEN RAND() = RAND() THEN 1 ELSE 0 END AS same;
-- expect
-- columns same int
-- row 0
-- rows 1

-- case: IIF and CHOOSE have the highest type of their values
-- source: CHOOSE (Transact-SQL)
SELECT IIF(1 > 2, 'a', N'bc') AS a, CHOOSE(2, 'a', 'bcd') AS b, CHOOSE(9, 1, 2) AS c, CHOOSE(1.9, 10, 2.5) AS d;
-- expect
-- columns a nvarchar(2), b varchar(3), c int, d numeric(11,1)
-- row 'bc' | 'bcd' | NULL | 10.0
-- rows 1

-- case: IIF of nothing but NULL
-- source: Msg 8133
SELECT IIF(1 = 1, NULL, NULL);
-- expect
-- Msg 8133, Level 16, State 1, Line 1: At least one of the result expressions in a CASE specification must be an expression other than the NULL constant.

-- case: mathematical functions refuse dates
-- source: Msg 8116
SELECT ABS(GETDATE());
-- expect
-- Msg 8116, Level 16, State 1, Line 1: Argument data type datetime is invalid for argument 1 of abs function.
