-- chapter: Types
-- case: ISNULL has the type of its first argument, COALESCE the higher one
-- source: COALESCE (Transact-SQL), "Comparing COALESCE and ISNULL"
DECLARE @a varchar(3), @i int;
SELECT ISNULL(@a, 'abcdef') AS a, COALESCE(@a, 'abcdef') AS b, ISNULL(@i, 1.9) AS c, COALESCE(@i, 1.9) AS d;
-- expect
-- columns a varchar(3), b varchar(6), c int, d numeric(11,1)
-- row 'abc' | 'abcdef' | 1 | 1.9
-- rows 1

-- case: ISNULL of an untyped NULL has the type of the second argument
-- source: ISNULL (Transact-SQL)
SELECT ISNULL(NULL, 'abc') AS a, ISNULL(NULL, 5) AS b;
-- expect
-- columns a varchar(3), b int
-- row 'abc' | 5
-- rows 1

-- case: COALESCE converts all of its arguments
-- source: Msg 245
DECLARE @r int, @n int;
SET @r = COALESCE(@n, 'abc', 1);
-- expect
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'abc' to data type int.

-- case: COALESCE of nothing but NULL
-- source: Msg 4127
SELECT COALESCE(NULL, NULL);
-- expect
-- Msg 4127, Level 16, State 1, Line 1: At least one of the arguments to COALESCE must be an expression that is not the NULL constant.

-- case: CASE has the highest type of its branches
-- source: CASE (Transact-SQL), "Return types"
SELECT CASE WHEN 1 = 1 THEN 1 ELSE 2.5 END AS a, CASE WHEN 1 = 0 THEN 'abc' ELSE N'd' END AS b, CASE WHEN 1 = 1 THEN CAST('2024-01-01' AS date) ELSE CAST('2024-01-02' AS datetime) END AS c;
-- expect
-- columns a numeric(11,1), b nvarchar(3), c datetime
-- row 1.0 | 'd' | 2024-01-01 00:00:00.000
-- rows 1

-- case: a branch of CASE that is not of its type
-- source: CASE (Transact-SQL), "Return types"
DECLARE @r int;
SET @r = CASE WHEN 1 = 1 THEN 'a' ELSE 1 END;
-- expect
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'a' to data type int.

-- case: CASE of nothing but NULL
-- source: Msg 8133
SELECT CASE WHEN 1 = 1 THEN NULL ELSE NULL END;
-- expect
-- Msg 8133, Level 16, State 1, Line 1: At least one of the result expressions in a CASE specification must be an expression other than the NULL constant.

-- case: NULL is an int where nothing says otherwise
-- source: SELECT (Transact-SQL)
SELECT NULL AS a, NULL + 1 AS b, NULL + 'x' AS c;
-- expect
-- columns a int, b int, c varchar(2)
-- row NULL | NULL | NULL
-- rows 1

-- case: NULLIF has the type of its first argument and needs one
-- source: NULLIF (Transact-SQL)
SELECT NULLIF(5, 5) AS a, NULLIF('a', 'b') AS b, NULLIF(1, 2.5) AS c;
SELECT NULLIF(NULL, 1);
-- expect
-- Msg 4151, Level 16, State 1, Line 2: The type of the first argument to NULLIF cannot be the NULL constant because the type of the first argument has to be known.

-- case: NULLIF compares in the common type
-- source: NULLIF (Transact-SQL)
SELECT NULLIF(5, 5) AS a, NULLIF('a', 'A') AS b, NULLIF(1, 1.0) AS c, NULLIF(1, 2) AS d;
-- expect
-- columns a int, b varchar(1), c int, d int
-- row NULL | NULL | NULL | 1
-- rows 1

-- case: an int beside text in a comparison makes the text a number
-- source: Data type precedence (Transact-SQL)
SELECT CASE WHEN '01' = 1 THEN 1 ELSE 0 END AS a, CASE WHEN '01' = '1' THEN 1 ELSE 0 END AS b;
-- expect
-- columns a int, b int
-- row 1 | 0
-- rows 1

-- case: a date is compared with text as a date
-- source: Data type precedence (Transact-SQL)
SELECT CASE WHEN CAST('2024-01-02' AS date) = '20240102' THEN 1 ELSE 0 END AS a, CASE WHEN CAST('2024-01-02' AS datetime) > '1/1/2024' THEN 1 ELSE 0 END AS b;
-- expect
-- columns a int, b int
-- row 1 | 1
-- rows 1

-- case: an int and a date are not compared
-- source: Msg 206
SELECT CASE WHEN CAST('2024-01-02' AS date) = 1 THEN 1 ELSE 0 END;
-- expect
-- Msg 206, Level 16, State 2, Line 1: Operand type clash: date is incompatible with int

-- case: a datetime and an int are compared as datetimes
-- source: Data type precedence (Transact-SQL)
SELECT CASE WHEN CAST('1900-01-02' AS datetime) = 1 THEN 1 ELSE 0 END AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: a date and a time are not compared
-- source: Msg 402
SELECT CASE WHEN CAST('2024-01-02' AS date) = CAST('10:00' AS time) THEN 1 ELSE 0 END;
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types date and time are incompatible in the equal to operator.

-- case: UNION takes the highest type and refuses what does not convert
-- source: UNION (Transact-SQL)
SELECT 1 AS a UNION ALL SELECT 2.5;
SELECT CAST('2024-01-01' AS date) AS a UNION ALL SELECT 1;
-- expect
-- Msg 206, Level 16, State 2, Line 2: Operand type clash: …

-- case: the rows of VALUES have the highest type of each column
-- source: Table value constructor (Transact-SQL)
SELECT a FROM (VALUES (1), (2.5)) AS v (a) ORDER BY a;
-- expect
-- columns a numeric(11,1)
-- row 1.0
-- row 2.5
-- rows 2

-- case: an overflow does not depend on where the result goes
-- source: Data type precedence (Transact-SQL)
SELECT CAST(CAST(@@SPID * 0 + 5 AS tinyint) AS int) AS a;
DECLARE @i int = 300, @r int;
SET @r = CAST(CAST(@i AS tinyint) AS int);
-- expect
-- columns a int
-- row 5
-- rows 1
-- Msg 220, Level 16, State 2, Line 3: Arithmetic overflow error for data type tinyint, value = 300.

-- case: text is cut by the inner of two conversions
-- source: CAST and CONVERT (Transact-SQL)
DECLARE @v varchar(10) = 'abcdef';
SELECT CAST(CAST(@v AS varchar(2)) AS varchar(10)) AS a, CAST(CAST(@v AS char(3)) AS nvarchar(10)) + N'|' AS b;
-- expect
-- columns a varchar(10), b nvarchar(11)
-- row 'ab' | 'abc|'
-- rows 1

-- case: a type that does not exist
-- source: Msg 243
SELECT CAST(1 AS nothing);
-- expect
-- Msg 243, Level 16, State 1, Line 1: Type nothing is not a defined system type.

-- case: a length beyond 8,000
-- source: Msg 131
SELECT CAST('a' AS varchar(8001));
-- expect
-- Msg 131, Level 15, State 3, Line 1: The size (8001) given to the type 'varchar' exceeds the maximum allowed for any data type (8000).

-- case: a scale of seconds beyond 7
-- source: Msg 1002
SELECT CAST('10:00' AS time(8));
-- expect
-- Msg 1002, Level 15, State 1, Line 1: Line 1: Specified scale 8 is invalid.
