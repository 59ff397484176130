-- chapter: Types
-- case: LEN leaves out blanks at the end, DATALENGTH counts bytes
-- source: LEN (Transact-SQL)
SELECT LEN('ab  ') AS a, DATALENGTH('ab  ') AS b, LEN(N'ab  ') AS c, DATALENGTH(N'ab  ') AS d, LEN('') AS e, LEN('  ') AS f;
-- expect
-- columns a int, b int, c int, d int, e int, f int
-- row 2 | 4 | 2 | 8 | 0 | 0
-- rows 1

-- case: texts that differ in blanks at the end are equal
-- source: = (Equals) (Transact-SQL)
SELECT CASE WHEN 'ab' = 'ab  ' THEN 1 ELSE 0 END AS a, CASE WHEN N'ab ' = 'ab' THEN 1 ELSE 0 END AS b, CASE WHEN ' ab' = 'ab' THEN 1 ELSE 0 END AS c, CASE WHEN '' = ' ' THEN 1 ELSE 0 END AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 1 | 1 | 0 | 1
-- rows 1

-- case: LIKE counts blanks at the end of the pattern
-- source: LIKE (Transact-SQL)
SELECT CASE WHEN 'ab' LIKE 'ab ' THEN 1 ELSE 0 END AS a, CASE WHEN 'ab ' LIKE 'ab' THEN 1 ELSE 0 END AS b, CASE WHEN N'ab ' LIKE N'ab' THEN 1 ELSE 0 END AS c;
-- expect
-- columns a int, b int, c int
-- row 0 | 1 | 0
-- rows 1

-- case: char and nchar are padded with blanks
-- source: char and varchar (Transact-SQL)
DECLARE @c char(5) = 'ab', @n nchar(4) = N'cd';
SELECT @c AS c, @n AS n, DATALENGTH(@c) AS a, DATALENGTH(@n) AS b, '[' + @c + ']' AS d;
-- expect
-- columns c char(5), n nchar(4), a int, b int, d varchar(7)
-- row 'ab   ' | 'cd  ' | 5 | 8 | '[ab   ]'
-- rows 1

-- case: binary is padded with zeros, varbinary is not
-- source: binary and varbinary (Transact-SQL)
DECLARE @b binary(4) = 0x01, @v varbinary(4) = 0x01;
SELECT @b AS b, @v AS v, DATALENGTH(@b) AS c, DATALENGTH(@v) AS d;
-- expect
-- columns b binary(4), v varbinary(4), c int, d int
-- row 0x01000000 | 0x01 | 4 | 1
-- rows 1

-- case: a character outside the code page is a question mark in varchar
-- source: char and varchar (Transact-SQL), collations and code pages
SELECT 'aЖb' AS a, N'aЖb' AS b, CAST(N'日本' AS varchar(10)) AS c, CAST(N'é€' AS varchar(2)) AS d;
-- expect
-- columns a varchar(3), b nvarchar(3), c varchar(10), d varchar(2)
-- row 'a?b' | 'aЖb' | '??' | 'é€'
-- rows 1

-- case: a character of four bytes is two units of nvarchar
-- source: nchar and nvarchar (Transact-SQL)
SELECT LEN(N'😀') AS a, DATALENGTH(N'😀') AS b, LEN(N'a😀b') AS c, LEN(N'é') AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 2 | 4 | 4 | 1
-- rows 1

-- case: CAST and variables cut text without a word
-- source: CAST and CONVERT (Transact-SQL), "Truncating and rounding results"
DECLARE @v varchar(3) = 'abcdef', @c char(2);
SET @c = 'xyz';
SELECT @v AS v, @c AS c, CAST('hello' AS varchar(2)) AS d, CAST(N'hello' AS nchar(3)) AS e;
-- expect
-- columns v varchar(3), c char(2), d varchar(2), e nchar(3)
-- row 'abc' | 'xy' | 'he' | 'hel'
-- rows 1

-- case: a column does not cut text
-- source: Msg 2628
CREATE TABLE cut (id int, v varchar(3));
-- setup
INSERT cut VALUES (1, 'abcdef');
SELECT COUNT(*) AS n FROM cut;
-- expect
-- Msg 2628, Level 16, State 1, Line 1: …
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns n int
-- row 0
-- rows 1

-- case: blanks at the end may be cut by a column
-- source: INSERT (Transact-SQL), remarks
CREATE TABLE cutblanks (v varchar(3));
-- setup
INSERT cutblanks VALUES ('abc   ');
SELECT v FROM cutblanks;
-- expect
-- rows 1
-- columns v varchar(3)
-- row 'abc'
-- rows 1

-- case: the type of a sum of texts has both lengths, up to the limit
-- source: + (String Concatenation) (Transact-SQL)
DECLARE @a varchar(5000) = 'a', @b varchar(5000) = 'b', @n nvarchar(10) = N'n', @m varchar(max) = 'm';
SELECT @a + @b AS c, 'x' + @n AS d, @a + @m AS e, 0x01 + 0x0203 AS f;
-- expect
-- columns c varchar(8000), d nvarchar(11), e varchar(max), f varbinary(3)
-- row 'ab' | 'xn' | 'am' | 0x010203
-- rows 1

-- case: a sum of texts is cut at 8,000 bytes unless one of them is max
-- source: + (String Concatenation) (Transact-SQL)
DECLARE @a varchar(8000) = REPLICATE('a', 8000), @m varchar(max) = 'm';
SELECT LEN(@a + 'b') AS a, LEN(@a + @m) AS b;
-- expect
-- columns a int, b bigint
-- row 8000 | 8001
-- rows 1

-- case: NULL in a sum of texts is NULL
-- source: + (String Concatenation) (Transact-SQL)
DECLARE @n varchar(5);
SELECT 'a' + @n AS a, 'a' + NULL AS b;
-- expect
-- columns a varchar(6), b varchar(2)
-- row NULL | NULL
-- rows 1

-- case: a number is not joined to a text but added
-- source: Msg 245
DECLARE @v varchar(10);
SET @v = 'a' + 1;
-- expect
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'a' to data type int.

-- case: text and bytes are not joined
-- source: Msg 402
SELECT 'a' + 0x62;
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types varchar and varbinary are incompatible in the add operator.

-- case: texts are not subtracted
-- source: Msg 402
SELECT 'a' - 'b';
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types varchar and varchar are incompatible in the subtract operator.

-- case: text becomes bytes by CAST only
-- source: Msg 257
DECLARE @b varbinary(10);
SET @b = 'abc';
-- expect
-- Msg 257, Level 16, State 3, Line 2: Implicit conversion from data type varchar to varbinary is not allowed. Use the CONVERT function to run this query.

-- case: bytes become text by themselves
-- source: CAST and CONVERT (Transact-SQL), "Implicit conversions"
DECLARE @v varchar(10) = 0x616263, @n nvarchar(10) = 0x6100;
SELECT @v AS v, @n AS n;
-- expect
-- columns v varchar(10), n nvarchar(10)
-- row 'abc' | 'a'
-- rows 1

-- case: a number is never text of the old kind
-- source: Msg 206
CREATE TABLE oldtext (t text);
-- setup
INSERT oldtext VALUES (1);
-- expect
-- Msg 206, Level 16, State 2, Line 1: Operand type clash: int is incompatible with text

-- case: text of the old kind is not compared
-- source: Msg 402
CREATE TABLE oldcompare (t text);
-- setup
SELECT 1 AS x FROM oldcompare WHERE t = 'a';
-- expect
-- Msg 402, Level 16, State 1, Line 1: The data types text and varchar are incompatible in the equal to operator.

-- case: a uniqueidentifier as text is upper case
-- source: uniqueidentifier (Transact-SQL)
DECLARE @u uniqueidentifier = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
SELECT @u AS u, CAST(@u AS varchar(36)) AS v, CAST(@u AS binary(16)) AS b, CAST('{6F9619FF-8B86-D011-B42D-00C04FC964FF}' AS uniqueidentifier) AS w;
-- expect
-- columns u uniqueidentifier, v varchar(36), b binary(16), w uniqueidentifier
-- row 6F9619FF-8B86-D011-B42D-00C04FC964FF | '6F9619FF-8B86-D011-B42D-00C04FC964FF' | 0xFF19966F868B11D0B42D00C04FC964FF | 6F9619FF-8B86-D011-B42D-00C04FC964FF
-- rows 1

-- case: a text longer than a uniqueidentifier is cut
-- source: uniqueidentifier (Transact-SQL)
DECLARE @id nvarchar(max) = N'0E984725-C51C-4BF4-9960-E1C80E27ABA0wrong';
SELECT CONVERT(uniqueidentifier, @id) AS u;
-- expect
-- columns u uniqueidentifier
-- row 0E984725-C51C-4BF4-9960-E1C80E27ABA0
-- rows 1

-- case: text that is no uniqueidentifier
-- source: Msg 8169
DECLARE @u uniqueidentifier;
SET @u = 'abc';
-- expect
-- Msg 8169, Level 16, State 2, Line 2: Conversion failed when converting from a character string to uniqueidentifier.

-- case: a uniqueidentifier needs 36 characters
-- source: Msg 8170
DECLARE @v varchar(35);
SET @v = NEWID();
-- expect
-- Msg 8170, Level 16, State 2, Line 2: Insufficient result space to convert uniqueidentifier value to char.

-- case: an int is never a uniqueidentifier
-- source: Msg 206
DECLARE @u uniqueidentifier;
SET @u = 5;
-- expect
-- Msg 206, Level 16, State 2, Line 2: Operand type clash: int is incompatible with uniqueidentifier

-- case: uniqueidentifiers are ordered by their last six bytes first
-- source: Comparing GUID and uniqueidentifier values (ADO.NET)
SELECT n FROM (VALUES (1, CAST('00000000-0000-0000-0000-010000000000' AS uniqueidentifier)), (2, '00000000-0000-0000-0001-000000000000'), (3, '00000000-0000-0001-0000-000000000000'), (4, '00000000-0001-0000-0000-000000000000'), (5, '00000001-0000-0000-0000-000000000000')) AS v (n, u) ORDER BY u;
-- expect
-- columns n int
-- row 5
-- row 4
-- row 3
-- row 2
-- row 1
-- rows 5

-- case: bytes are compared with zeros at the end left out
-- source: binary and varbinary (Transact-SQL)
SELECT CASE WHEN 0x01 = 0x0100 THEN 1 ELSE 0 END AS a, CASE WHEN 0x01 < 0x02 THEN 1 ELSE 0 END AS b;
-- expect
-- columns a int, b int
-- row 1 | 1
-- rows 1
