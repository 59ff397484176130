-- chapter: Functions
-- case: PATINDEX finds the first match of a pattern between percent signs
-- source: PATINDEX (Transact-SQL)
SELECT PATINDEX('%ter%', 'interesting data') AS a, PATINDEX('%[^ 0-9A-z]%', 'Please ensure the door is locked!') AS b, PATINDEX('%en_ure%', 'Please ensure the door is locked!') AS c, PATINDEX('int%', 'interesting') AS d, PATINDEX('est%', 'interesting') AS e, PATINDEX('%ing', 'interesting') AS f, PATINDEX('%x%', NULL) AS g;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int
-- row 3 | 33 | 8 | 1 | 0 | 9 | NULL
-- rows 1

-- case: CHARINDEX begins at a position and knows no case
-- source: CHARINDEX (Transact-SQL)
SELECT CHARINDEX('is', 'This is a string') AS a, CHARINDEX('is', 'This is a string', 4) AS b, CHARINDEX('TEST', 'a test') AS c, CHARINDEX('x', 'abc') AS d, CHARINDEX('', 'abc') AS e, CHARINDEX('a', 'banana', -1) AS f;
-- expect
-- columns a int, b int, c int, d int, e int, f int
-- row 3 | 6 | 3 | 0 | 0 | 2
-- rows 1

-- case: TRANSLATE replaces characters one by one
-- source: TRANSLATE (Transact-SQL)
SELECT TRANSLATE('2*[3+4]/{7-2}', '[]{}', '()()') AS a, TRANSLATE('[137.4, 72.3]', '[,]', '( )') AS b, TRANSLATE('abcdef', 'abc', 'bcd') AS c;
-- expect
-- columns a varchar(13), b varchar(13), c varchar(6)
-- row '2*(3+4)/(7-2)' | '(137.4  72.3)' | 'bcddef'
-- rows 1

-- case: TRANSLATE needs as many characters on both sides
-- source: TRANSLATE (Transact-SQL)
DECLARE @v varchar(10);
SET @v = TRANSLATE('abc', 'ab', 'x');
-- expect
-- Msg 9828, Level 16, State *, Line 2: The second and third arguments of the TRANSLATE built-in function must contain an equal number of characters.

-- case: TRIM takes blanks or a set of characters away
-- source: TRIM (Transact-SQL)
SELECT CAST(TRIM('     test    ') AS varchar(30)) AS a, CAST(TRIM('.,! ' FROM '     #     test    .') AS varchar(30)) AS b, LEN(TRIM(N' x ')) AS c;
-- expect
-- columns a varchar(30), b varchar(30), c int
-- row 'test' | '#     test' | 1
-- rows 1

-- case: TRIM of one side
-- source: TRIM (Transact-SQL), SQL Server 2022
SELECT CAST('[' + TRIM(LEADING '.,! ' FROM '     .#     test    .') + ']' AS varchar(30)) AS a, CAST('[' + TRIM(TRAILING '.,! ' FROM '.#     test    .') + ']' AS varchar(30)) AS b, CAST('[' + TRIM(BOTH '123' FROM '123abc123') + ']' AS varchar(30)) AS c, CAST('[' + LTRIM('123abc.', '123.') + ']' AS varchar(30)) AS d, CAST('[' + RTRIM('.123abc.', 'abc.') + ']' AS varchar(30)) AS e;
-- expect
-- columns a varchar(30), b varchar(30), c varchar(30), d varchar(30), e varchar(30)
-- row '[#     test    .]' | '[.#     test]' | '[abc]' | '[abc.]' | '[.123]'
-- rows 1

-- case: REPLICATE stops at 8,000 bytes unless its text is max
-- source: REPLICATE (Transact-SQL)
SELECT LEN(REPLICATE('ab', 5000)) AS a, LEN(REPLICATE(CAST('ab' AS varchar(max)), 5000)) AS b, REPLICATE('0', -1) AS c, LEN(REPLICATE(N'ab', 3000)) AS d;
-- expect
-- columns a int, b bigint, c varchar(8000), d int
-- row 8000 | 10000 | NULL | 4000
-- rows 1

-- case: SPACE makes blanks, and none of a negative number
-- source: SPACE (Transact-SQL)
SELECT CAST('[' + SPACE(3) + ']' AS varchar(9)) AS a, DATALENGTH(SPACE(2)) AS b, CAST(SPACE(-1) AS varchar(9)) AS c;
-- expect
-- columns a varchar(9), b int, c varchar(9)
-- row '[   ]' | 2 | NULL
-- rows 1

-- case: STR right-aligns a rounded number, or fills with asterisks
-- source: STR (Transact-SQL)
SELECT STR(123.45, 6, 1) AS a, STR(123.45, 2, 2) AS b, STR(FLOOR(123.45), 8, 3) AS c, STR(123.456) AS d, STR(-1.5, 5, 1) AS e, STR(2.5, 3) AS f;
-- expect
-- columns a varchar(6), b varchar(2), c varchar(8), d varchar(10), e varchar(5), f varchar(3)
-- row ' 123.5' | '**' | ' 123.000' | '       123' | ' -1.5' | '  3'
-- rows 1

-- case: STUFF deletes and inserts, or is NULL outside the text
-- source: STUFF (Transact-SQL)
SELECT CAST(STUFF('abcdef', 2, 3, 'ijklmn') AS varchar(20)) AS a, CAST(STUFF('abc', 0, 1, 'x') AS varchar(20)) AS b, CAST(STUFF('abc', 4, 1, 'x') AS varchar(20)) AS c, CAST(STUFF('abc', 2, 9, '') AS varchar(20)) AS d, CAST(STUFF('abc', 2, 0, 'x') AS varchar(20)) AS e, CAST(STUFF('abc', 2, -1, 'x') AS varchar(20)) AS f;
-- expect
-- columns a varchar(20), b varchar(20), c varchar(20), d varchar(20), e varchar(20), f varchar(20)
-- row 'aijklmnef' | NULL | NULL | 'a' | 'axbc' | NULL
-- rows 1

-- case: SUBSTRING counts from 1, and a start before the text shortens it
-- source: SUBSTRING (Transact-SQL)
SELECT SUBSTRING('abcdef', 2, 3) AS a, SUBSTRING('abcdef', 0, 3) AS b, SUBSTRING('abcdef', -1, 3) AS c, SUBSTRING('abc', 9, 1) AS d, SUBSTRING(0x010203, 2, 2) AS e;
-- expect
-- columns a varchar(6), b varchar(6), c varchar(6), d varchar(3), e varbinary(3)
-- row 'bcd' | 'ab' | 'a' | '' | 0x0203
-- rows 1

-- case: SUBSTRING of a negative length
-- source: Msg 537
DECLARE @v varchar(5), @n int = -1;
SET @v = SUBSTRING('abc', 1, @n);
-- expect
-- Msg 537, Level 16, State 3, Line 2: Invalid length parameter passed to the LEFT or SUBSTRING function.

-- case: REPLACE knows no case and takes all places
-- source: REPLACE (Transact-SQL)
SELECT REPLACE('abcdefghicde', 'cde', 'xxx') AS a, REPLACE('aAbB', 'a', '') AS b, REPLACE('abc', '', 'x') AS c, REPLACE('abc', NULL, 'x') AS d;
-- expect
-- columns a varchar(8000), b varchar(8000), c varchar(8000), d varchar(8000)
-- row 'abxxxfghixxx' | 'bB' | 'abc' | NULL
-- rows 1

-- case: CONCAT takes NULL for an empty text, CONCAT_WS leaves it out
-- source: CONCAT (Transact-SQL)
SELECT CAST(CONCAT('a', NULL, 1, N'b') AS nvarchar(20)) AS a, CAST(CONCAT_WS('-', 'a', NULL, 'b', '') AS varchar(20)) AS b, CAST(CONCAT_WS(NULL, 'a', 'b') AS varchar(20)) AS c;
-- expect
-- columns a nvarchar(20), b varchar(20), c varchar(20)
-- row 'a1b' | 'a-b-' | 'ab'
-- rows 1

-- case: CONCAT needs two arguments
-- source: CONCAT (Transact-SQL)
SELECT CONCAT('a');
-- expect
-- Msg 189, Level 15, State 1, Line 1: The concat function requires 2 to 254 arguments.

-- case: QUOTENAME doubles the closing sign
-- source: QUOTENAME (Transact-SQL)
SELECT QUOTENAME('abc[]def') AS a, QUOTENAME('a''b', '''') AS b, QUOTENAME('a"b', '"') AS c, QUOTENAME('a)b', '(') AS d, QUOTENAME('a', 'x') AS e, QUOTENAME(REPLICATE('a', 129)) AS f;
-- expect
-- columns a nvarchar(258), b nvarchar(258), c nvarchar(258), d nvarchar(258), e nvarchar(258), f nvarchar(258)
-- row '[abc[]]def]' | '''a''''b''' | '"a""b"' | '(a))b)' | NULL | NULL
-- rows 1

-- case: SOUNDEX of plain words
-- source: SOUNDEX (Transact-SQL)
SELECT SOUNDEX('Smith') AS a, SOUNDEX('Smythe') AS b, SOUNDEX('Robert') AS c, DIFFERENCE('Green', 'Greene') AS d, SOUNDEX('') AS e;
-- expect
-- columns a varchar(4), b varchar(4), c varchar(4), d int, e varchar(4)
-- row 'S530' | 'S530' | 'R163' | 4 | '0000'
-- rows 1

-- case: REVERSE, LEFT and RIGHT
-- source: REVERSE (Transact-SQL)
SELECT REVERSE('abc ') AS a, LEFT('abcdef', 2) AS b, RIGHT('abcdef', 2) AS c, RIGHT('ab', 5) AS d, LEFT('ab', 0) AS e, CAST(REVERSE(123) AS varchar(5)) AS f;
-- expect
-- columns a varchar(4), b varchar(6), c varchar(6), d varchar(2), e varchar(2), f varchar(5)
-- row ' cba' | 'ab' | 'ef' | 'ab' | '' | '321'
-- rows 1

-- case: ASCII, UNICODE, CHAR and NCHAR
-- source: ASCII (Transact-SQL)
SELECT ASCII('A') AS a, ASCII('') AS b, UNICODE(N'€') AS c, CHAR(65) AS d, CHAR(256) AS e, NCHAR(8364) AS f, NCHAR(-1) AS g, ASCII('€') AS h;
-- expect
-- columns a int, b int, c int, d char(1), e char(1), f nchar(1), g nchar(1), h int
-- row 65 | NULL | 8364 | 'A' | NULL | '€' | NULL | 128
-- rows 1

-- case: STRING_ESCAPE for JSON
-- source: STRING_ESCAPE (Transact-SQL)
SELECT STRING_ESCAPE('\   /  "q"' + CHAR(9) + CHAR(10) + CHAR(1), 'json') AS a;
-- expect
-- columns a nvarchar(max)
-- row '\\\\   \\/  \\"q\\"\\t\\n\\u0001'
-- rows 1

-- case: ISNUMERIC says whether some type of number reads the text
-- source: ISNUMERIC (Transact-SQL)
SELECT ISNUMERIC('12') AS a, ISNUMERIC('1.5e3') AS b, ISNUMERIC('$1,000.50') AS c, ISNUMERIC('abc') AS d, ISNUMERIC('') AS e, ISNUMERIC('+') AS f, ISNUMERIC(5) AS g, ISNUMERIC(GETDATE()) AS h, ISNUMERIC(NULL) AS i;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int, h int, i int
-- row 1 | 1 | 1 | 0 | 0 | 1 | 1 | 0 | 0
-- rows 1

-- case: PARSENAME counts from the last part
-- source: PARSENAME (Transact-SQL)
SELECT PARSENAME('srv.db.dbo.[a.b]', 1) AS a, PARSENAME('srv.db.dbo.t', 2) AS b, PARSENAME('srv.db.dbo.t', 4) AS c, PARSENAME('t', 2) AS d, PARSENAME('a.b.c.d.e', 1) AS e, PARSENAME('a..b', 2) AS f;
-- expect
-- columns a nvarchar(128), b nvarchar(128), c nvarchar(128), d nvarchar(128), e nvarchar(128), f nvarchar(128)
-- row 'a.b' | 'dbo' | 'srv' | NULL | NULL | NULL
-- rows 1

-- case: FORMATMESSAGE puts arguments into a text
-- source: FORMATMESSAGE (Transact-SQL)
SELECT FORMATMESSAGE('This is the %s and this is the %s.', 'first variable', 'second variable') AS a, FORMATMESSAGE('%i|%5d|%-5d|%05d|%x|%X|%o', 5, 5, 5, 5, 255, 255, 8) AS b, FORMATMESSAGE('%s', NULL) AS c;
-- expect
-- columns a nvarchar(2048), b nvarchar(2048), c nvarchar(2048)
-- row 'This is the first variable and this is the second variable.' | '5|    5|5    |00005|ff|FF|10' | '(null)'
-- rows 1

-- case: HASHBYTES of the bytes of a text
-- source: HASHBYTES (Transact-SQL)
SELECT HASHBYTES('MD5', 'abc') AS a, HASHBYTES('SHA1', 'abc') AS b, HASHBYTES('SHA2_256', 'abc') AS c, HASHBYTES('MD5', N'abc') AS d, HASHBYTES('nothing', 'abc') AS e, HASHBYTES('MD5', 0x616263) AS f;
-- expect
-- columns a varbinary(8000), b varbinary(8000), c varbinary(8000), d varbinary(8000), e varbinary(8000), f varbinary(8000)
-- row 0x900150983CD24FB0D6963F7D28E17F72 | 0xA9993E364706816ABA3E25717850C26C9CD0D89D | 0xBA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD | 0xCE1473CF80C6B3FDA8E3DFC006ADC315 | NULL | 0x900150983CD24FB0D6963F7D28E17F72
-- rows 1

-- case: UPPER and LOWER map single characters
-- source: UPPER (Transact-SQL)
SELECT UPPER('straße é') AS a, LOWER(N'ÄÖÜ') AS b, CAST(UPPER(12) AS varchar(5)) AS c;
-- expect
-- columns a varchar(8), b nvarchar(3), c varchar(5)
-- row 'STRAßE É' | 'äöü' | '12'
-- rows 1

-- case: LIKE with sets, ranges and an escape character
-- source: LIKE (Transact-SQL)
SELECT v FROM (VALUES (1, '5%'), (2, '[a]'), (3, 'abc'), (4, 'a_c'), (5, 'xyz'), (6, 'a]b')) AS t (n, v) WHERE v LIKE '%!%' ESCAPE '!' OR v LIKE '[[]a]' OR v LIKE 'a[_]c' OR v LIKE '[x-z]y_' OR v LIKE 'a[^b]b' ORDER BY n;
-- expect
-- columns v varchar(3)
-- row '5%'
-- row '[a]'
-- row 'a_c'
-- row 'xyz'
-- row 'a]b'
-- rows 5

-- case: an escape of more than one character
-- source: Msg 506
DECLARE @e varchar(5) = '!!';
SELECT 1 AS a WHERE 'a' LIKE 'a' ESCAPE @e;
-- expect
-- columns a int
-- Msg 506, Level 16, State 1, Line 2: The invalid escape character "!!" was specified in a LIKE predicate.

-- case: a function that does not exist
-- source: Msg 195
SELECT NOTHING(1);
-- expect
-- Msg 195, Level 15, State 10, Line 1: 'NOTHING' is not a recognized built-in function name.

-- case: too few arguments of a function
-- source: Msg 174
SELECT REVERSE('a', 'b');
-- expect
-- Msg 174, Level 15, State 1, Line 1: The reverse function requires 1 argument(s).

-- case: PATINDEX in a long text, with sets and without a percent sign at the end
-- source: PATINDEX (Transact-SQL)
DECLARE @t varchar(8000) = REPLICATE('a', 7000) + 'x1 ';
SELECT PATINDEX('%x[0-9]%', @t) AS a, PATINDEX('%[0-9]', @t) AS b, PATINDEX('%[^a]%', @t) AS c, PATINDEX('%', 'abc') AS d;
-- expect
-- columns a int, b int, c int, d int
-- row 7001 | 7002 | 7001 | 1
-- rows 1
