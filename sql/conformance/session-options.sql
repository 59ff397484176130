-- chapter: Session options

-- case: an ODBC login starts with the ANSI options ON
-- source: SET ANSI_DEFAULTS; MS-TDS LOGIN7, fODBC
SELECT CAST(SESSIONPROPERTY('ANSI_NULLS') AS int) AS n, CAST(SESSIONPROPERTY('ANSI_PADDING') AS int) AS p, CAST(SESSIONPROPERTY('ANSI_WARNINGS') AS int) AS w, CAST(SESSIONPROPERTY('CONCAT_NULL_YIELDS_NULL') AS int) AS c, CAST(SESSIONPROPERTY('QUOTED_IDENTIFIER') AS int) AS q, CAST(SESSIONPROPERTY('NUMERIC_ROUNDABORT') AS int) AS r;
-- expect
-- columns n int, p int, w int, c int, q int, r int
-- row 1 | 1 | 1 | 1 | 1 | 0
-- rows 1

-- case: a DB-Library login starts with the ANSI options OFF
-- source: MS-TDS LOGIN7, fODBC
-- session 2 dblib
SELECT CAST(SESSIONPROPERTY('ANSI_NULLS') AS int) AS n, CAST(SESSIONPROPERTY('ANSI_PADDING') AS int) AS p, CAST(SESSIONPROPERTY('ANSI_WARNINGS') AS int) AS w, CAST(SESSIONPROPERTY('CONCAT_NULL_YIELDS_NULL') AS int) AS c, CAST(SESSIONPROPERTY('QUOTED_IDENTIFIER') AS int) AS q;
-- expect
-- columns n int, p int, w int, c int, q int
-- row 0 | 0 | 0 | 0 | 0
-- rows 1

-- case: TEXTSIZE of a DB-Library login is 4096
-- source: @@TEXTSIZE; MS-TDS LOGIN7, fODBC
-- session 2 dblib
SELECT @@TEXTSIZE AS t, DATALENGTH(REPLICATE(CAST('x' AS varchar(max)), 5000)) AS l;
-- expect
-- columns t int, l bigint
-- row 4096 | 5000
-- rows 1

-- case: SESSIONPROPERTY of an option that it does not know is NULL
-- source: SESSIONPROPERTY, "Return Types"
SELECT CAST(SESSIONPROPERTY('NO_SUCH_OPTION') AS int) AS n;
-- expect
-- columns n int
-- row NULL
-- rows 1

-- case: SET NOCOUNT ON leaves out counts, and @@ROWCOUNT stays
-- source: SET NOCOUNT
CREATE TABLE so5 (id int);
-- setup
SET NOCOUNT ON;
INSERT so5 VALUES (1), (2), (3);
SELECT @@ROWCOUNT AS n;
SET NOCOUNT OFF;
UPDATE so5 SET id = id + 1;
-- expect
-- columns n int
-- row 3
-- rows 3

-- case: @@OPTIONS holds a bit for each option
-- source: Configure the user options; @@OPTIONS
SET NOCOUNT OFF;
SELECT @@OPTIONS & 512 AS c, @@OPTIONS & 16384 AS x, @@OPTIONS & 4096 AS n;
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET CONCAT_NULL_YIELDS_NULL OFF;
SELECT @@OPTIONS & 512 AS c, @@OPTIONS & 16384 AS x, @@OPTIONS & 4096 AS n;
-- expect
-- columns c int, x int, n int
-- row 0 | 0 | 4096
-- rows 1
-- columns c int, x int, n int
-- row 512 | 16384 | 0

-- case: one SET changes several options
-- source: SET Statements
SET ANSI_NULLS, ANSI_WARNINGS OFF;
SELECT CAST(SESSIONPROPERTY('ANSI_NULLS') AS int) AS n, CAST(SESSIONPROPERTY('ANSI_WARNINGS') AS int) AS w, CAST(SESSIONPROPERTY('ANSI_PADDING') AS int) AS p;
-- expect
-- columns n int, w int, p int
-- row 0 | 0 | 1
-- rows 1

-- case: with ANSI_NULLS OFF = NULL finds NULL
-- source: SET ANSI_NULLS, Examples
CREATE TABLE so8 (a int NULL);
INSERT so8 VALUES (NULL), (0), (1);
-- setup
SET ANSI_NULLS OFF;
DECLARE @v int;
SELECT a FROM so8 WHERE a = NULL;
SELECT a FROM so8 WHERE a = @v;
SELECT a FROM so8 WHERE a <> NULL ORDER BY a;
SELECT a FROM so8 WHERE a <> @v ORDER BY a;
-- expect
-- columns a int
-- row NULL
-- rows 1
-- columns a int
-- row NULL
-- rows 1
-- columns a int
-- row 0
-- row 1
-- rows 2
-- columns a int
-- row 0
-- row 1
-- rows 2

-- case: with ANSI_NULLS ON = NULL finds nothing
-- source: SET ANSI_NULLS, Examples
CREATE TABLE so9 (a int NULL);
INSERT so9 VALUES (NULL), (0), (1);
-- setup
DECLARE @v int;
SELECT COUNT(*) AS n FROM so9 WHERE a = NULL;
SELECT COUNT(*) AS n FROM so9 WHERE a <> @v;
SELECT COUNT(*) AS n FROM so9 WHERE a IS NULL;
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns n int
-- row 0
-- rows 1
-- columns n int
-- row 1
-- rows 1

-- case: with ANSI_NULLS OFF <> a value finds NULL in a variable
-- source: SET ANSI_NULLS, Examples
SET ANSI_NULLS OFF;
DECLARE @v int, @w int = 1;
IF @v = NULL PRINT 'equal';
IF @w <> @v PRINT 'different';
IF @w > @v PRINT 'more' ELSE PRINT 'unknown';
-- expect
-- Msg 0, Level 0, State 1, Line 3: equal
-- Msg 0, Level 0, State 1, Line 4: different
-- Msg 0, Level 0, State 1, Line 5: unknown

-- case: with ANSI_NULLS OFF two columns with NULL are not equal
-- source: SET ANSI_NULLS, "If both sides of the comparison are columns … the setting does not affect the comparison"
CREATE TABLE so11 (a int NULL, b int NULL);
INSERT so11 VALUES (NULL, NULL), (1, 1);
-- setup
SET ANSI_NULLS OFF;
SELECT COUNT(*) AS n FROM so11 WHERE a = b;
-- expect
-- columns n int
-- row 1
-- rows 1

-- case: with CONCAT_NULL_YIELDS_NULL OFF NULL is an empty string
-- source: SET CONCAT_NULL_YIELDS_NULL, Examples
DECLARE @v varchar(5);
SELECT 'abc' + @v AS r;
SET CONCAT_NULL_YIELDS_NULL OFF;
SELECT 'abc' + @v AS r;
-- expect
-- columns r varchar(8)
-- row NULL
-- rows 1
-- columns r varchar(8)
-- row 'abc'
-- rows 1

-- case: with ANSI_WARNINGS OFF text that is too long is cut
-- source: SET ANSI_WARNINGS, Remarks
CREATE TABLE so13 (v varchar(3), b varbinary(2));
-- setup
SET ANSI_WARNINGS OFF;
INSERT so13 VALUES ('abcdef', 0x010203);
SELECT v, b FROM so13;
-- expect
-- rows 1
-- columns v varchar(3), b varbinary(2)
-- row 'abc' | 0x0102
-- rows 1

-- case: with ANSI_WARNINGS OFF no warning tells of NULL in aggregates
-- source: SET ANSI_WARNINGS, Remarks; Msg 8153
CREATE TABLE so14 (a int NULL);
INSERT so14 VALUES (NULL), (2);
-- setup
SET ANSI_WARNINGS OFF;
SELECT SUM(a) AS s FROM so14;
-- expect
-- columns s int
-- row 2
-- rows 1

-- case: with ARITHABORT ON division by zero is an error although ANSI_WARNINGS is OFF
-- source: SET ARITHABORT, Remarks
SET ANSI_WARNINGS OFF;
SET ARITHABORT ON;
DECLARE @z int = 0;
SELECT 1 / @z AS q;
-- expect
-- columns q int
-- Msg 8134, Level 16, State 1, Line 4: Divide by zero error encountered.

-- case: with ANSI_WARNINGS and ARITHABORT OFF division by zero is refused
-- source: SET ARITHABORT, Remarks (NULL with a warning on SQL Server); the documented refusals
-- only: embedded
SET ANSI_WARNINGS OFF;
SET ARITHABORT OFF;
DECLARE @z int = 0;
SELECT 1 / @z AS q;
-- expect
-- columns q int
-- Msg 40517, Level 16, State 1, Line 4: Keyword or statement option 'error 8134 under SET ANSI_WARNINGS OFF' is not supported in this version of SQL Server.

-- case: with QUOTED_IDENTIFIER OFF double quotes hold text
-- source: SET QUOTED_IDENTIFIER
SET QUOTED_IDENTIFIER OFF;
-- setup
SELECT "it's" AS a;
-- expect
-- columns a varchar(4)
-- row 'it''s'
-- rows 1

-- case: with QUOTED_IDENTIFIER ON double quotes hold names
-- source: SET QUOTED_IDENTIFIER
CREATE TABLE so18 ("select" int);
-- setup
INSERT so18 ("select") VALUES (1);
SELECT "select" FROM "so18";
-- expect
-- rows 1
-- columns select int
-- row 1
-- rows 1

-- case: SET DATEFIRST moves the first day of the week
-- source: SET DATEFIRST; DATEPART
SELECT @@DATEFIRST AS f, DATEPART(weekday, '2024-01-01') AS d;
SET DATEFIRST 1;
SELECT @@DATEFIRST AS f, DATEPART(weekday, '2024-01-01') AS d, DATEPART(dw, '2024-01-07') AS s;
SET DATEFIRST 3;
SELECT @@DATEFIRST AS f, DATEPART(weekday, '2024-01-01') AS d, DATENAME(weekday, '2024-01-01') AS n;
-- expect
-- columns f tinyint, d int
-- row 7 | 2
-- rows 1
-- columns f tinyint, d int, s int
-- row 1 | 1 | 7
-- rows 1
-- columns f tinyint, d int, n nvarchar(30)
-- row 3 | 6 | 'Monday'
-- rows 1

-- case: SET DATEFIRST takes 1 to 7
-- source: SET DATEFIRST; Msg 2742
SET DATEFIRST 8;
-- expect
-- Msg 2742, Level 16, State 1, Line 1: SET DATEFIRST 8 is out of range.

-- case: SET DATEFIRST takes a variable
-- source: SET DATEFIRST, Syntax
DECLARE @d int = 5;
SET DATEFIRST @d;
SELECT @@DATEFIRST AS f;
-- expect
-- columns f tinyint
-- row 5
-- rows 1

-- case: SET LANGUAGE us_english tells of the language and its first day
-- source: SET LANGUAGE; Msg 5703
SET DATEFIRST 1;
SET LANGUAGE us_english;
SELECT @@DATEFIRST AS f, @@LANGUAGE AS l;
-- expect
-- Msg 5703, Level 0, State *, Line 2: Changed language setting to us_english.
-- columns f tinyint, l nvarchar(128)
-- row 7 | 'us_english'
-- rows 1

-- case: SET DATEFORMAT mdy is that of us_english
-- source: SET DATEFORMAT
SET DATEFORMAT mdy;
SELECT CAST('12/31/2024' AS date) AS d;
-- expect
-- columns d date
-- row 2024-12-31
-- rows 1

-- case: other languages are refused
-- source: the documented refusals of the embedded server
-- only: embedded
SET LANGUAGE Italian;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'SET LANGUAGE Italian' is not supported in this version of SQL Server.

-- case: SET TEXTSIZE cuts what is sent, not what is stored
-- source: SET TEXTSIZE
CREATE TABLE so25 (v varchar(max), n nvarchar(max), b varbinary(max));
INSERT so25 VALUES ('abcdefghij', N'abcdefghij', 0x01020304050607);
-- setup
SET TEXTSIZE 4;
SELECT v, n, b FROM so25;
SELECT DATALENGTH(v) AS l FROM so25;
SET TEXTSIZE -1;
SELECT v FROM so25;
-- expect
-- columns v varchar(max), n nvarchar(max), b varbinary(max)
-- row 'abcd' | 'ab' | 0x01020304
-- rows 1
-- columns l bigint
-- row 10
-- rows 1
-- columns v varchar(max)
-- row 'abcdefghij'
-- rows 1

-- case: SET CONTEXT_INFO keeps 128 bytes for the session
-- source: SET CONTEXT_INFO; CONTEXT_INFO
SELECT CONTEXT_INFO() AS c;
SET CONTEXT_INFO 0x1256698456;
SELECT DATALENGTH(CONTEXT_INFO()) AS l, CAST(CONTEXT_INFO() AS varbinary(6)) AS c;
-- expect
-- columns c varbinary(128)
-- row NULL
-- rows 1
-- columns l int, c varbinary(6)
-- row 128 | 0x125669845600
-- rows 1

-- case: SET CONTEXT_INFO in dynamic SQL is seen after it
-- source: SET CONTEXT_INFO, Remarks
DECLARE @b varbinary(128) = 0x0A0B;
EXEC sp_executesql N'SET CONTEXT_INFO @p', N'@p varbinary(128)', @p = @b;
SELECT CAST(CONTEXT_INFO() AS varbinary(2)) AS c;
-- expect
-- columns c varbinary(2)
-- row 0x0A0B
-- rows 1

-- case: options set in dynamic SQL end with it
-- source: SET Statements, "Considerations When You Use the SET Statements"
EXEC (N'SET NOCOUNT ON; SET LOCK_TIMEOUT 5; SET DATEFIRST 2; SET TEXTSIZE 10;');
SELECT @@OPTIONS & 512 AS n, @@LOCK_TIMEOUT AS l, @@DATEFIRST AS f, @@TEXTSIZE AS t;
-- expect
-- columns n int, l int, f tinyint, t int
-- row 0 | -1 | 7 | *
-- rows 1

-- case: dynamic SQL begins with the options of its caller
-- source: SET Statements, "Considerations When You Use the SET Statements"
SET LOCK_TIMEOUT 77;
SET DATEFIRST 4;
EXEC (N'SELECT @@LOCK_TIMEOUT AS l, @@DATEFIRST AS f;');
-- expect
-- columns l int, f tinyint
-- row 77 | 4
-- rows 1

-- case: options belong to one session
-- source: SET Statements
SET LOCK_TIMEOUT 5;
SET XACT_ABORT ON;
-- expect
-- session 2
SELECT @@LOCK_TIMEOUT AS l, @@OPTIONS & 16384 AS x;
-- expect
-- columns l int, x int
-- row -1 | 0
-- rows 1

-- case: SET DEADLOCK_PRIORITY shows in sys.dm_exec_sessions
-- source: SET DEADLOCK_PRIORITY; sys.dm_exec_sessions
SELECT deadlock_priority AS p FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
SET DEADLOCK_PRIORITY LOW;
SELECT deadlock_priority AS p FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
SET DEADLOCK_PRIORITY 8;
SELECT deadlock_priority AS p FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
DECLARE @w varchar(10) = 'HIGH';
SET DEADLOCK_PRIORITY @w;
SELECT deadlock_priority AS p FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
-- expect
-- columns p int
-- row 0
-- rows 1
-- columns p int
-- row -5
-- rows 1
-- columns p int
-- row 8
-- rows 1
-- columns p int
-- row 5
-- rows 1

-- case: sys.dm_exec_sessions shows the options of the session
-- source: sys.dm_exec_sessions
SET ANSI_NULLS OFF;
SET LOCK_TIMEOUT 123;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
SELECT status, database_id - DB_ID() AS d, transaction_isolation_level AS i, lock_timeout AS l, ansi_nulls AS a, ansi_warnings AS w, quoted_identifier AS q, open_transaction_count AS t
FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
-- expect
-- columns status nvarchar(30), d smallint, i smallint, l int, a bit, w bit, q bit, t int
-- row 'running' | 0 | 5 | 123 | 0 | 1 | 1 | 0
-- rows 1

-- case: DBCC USEROPTIONS is refused
-- source: the documented refusals of the embedded server
-- only: embedded
DBCC USEROPTIONS;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'DBCC…

-- case: IDENTITY_INSERT belongs to one table of a session
-- source: SET IDENTITY_INSERT; Msg 8107
CREATE TABLE so34_1 (id int IDENTITY(1, 1), v int);
CREATE TABLE so34_2 (id int IDENTITY(1, 1), v int);
-- setup
SET IDENTITY_INSERT so34_1 ON;
INSERT so34_1 (id, v) VALUES (7, 1);
-- expect
-- rows 1
SET IDENTITY_INSERT so34_2 ON;
-- expect
-- Msg 8107, Level 16, State 1, Line 1: IDENTITY_INSERT is already ON for table '…
-- session 2
INSERT so34_1 (id, v) VALUES (8, 1);
-- expect
-- Msg 544, Level 16, State 1, Line 1: Cannot insert explicit value for identity column in table 'so34_1' when IDENTITY_INSERT is set to OFF.

-- chapter: Session options
-- case: a table with a filtered index is not changed under QUOTED_IDENTIFIER OFF
-- source: Msg 1934; CREATE INDEX (Transact-SQL), "Required SET options for filtered indexes"
CREATE TABLE so1934 (id int NOT NULL, a int NULL);
INSERT so1934 VALUES (1, 1);
CREATE INDEX so1934_i ON so1934 (a) WHERE a IS NOT NULL;
-- setup
SET QUOTED_IDENTIFIER OFF;
-- setup
INSERT so1934 VALUES (2, 2);
SELECT COUNT(*) AS n FROM so1934;
-- expect
-- Msg 1934, Level 16, State 1, Line 1: INSERT failed because the following SET options have incorrect settings: 'QUOTED_IDENTIFIER'. Verify that SET options are correct for use with indexed views and/or indexes on computed columns and/or filtered indexes and/or query notifications and/or XML data type methods and/or spatial index operations.
-- columns n int
-- row 1
-- rows 1

-- case: UPDATE and DELETE need the options as INSERT does, reading does not
-- source: Msg 1934; SET ANSI_NULLS (Transact-SQL), Remarks
CREATE TABLE so1934b (id int NOT NULL, c AS id * 2 PERSISTED);
INSERT so1934b VALUES (1);
CREATE INDEX so1934b_i ON so1934b (c);
-- setup
SET ANSI_NULLS OFF;
-- setup
SET NOCOUNT ON;
SELECT c FROM so1934b;
BEGIN TRY UPDATE so1934b SET id = 2; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
BEGIN TRY DELETE so1934b; END TRY BEGIN CATCH SELECT CAST(ERROR_MESSAGE() AS nvarchar(13)) AS m; END CATCH;
-- expect
-- columns c int
-- row 2
-- columns n int
-- row 1934
-- columns m nvarchar(13)
-- row 'DELETE failed'

-- case: a filtered index needs the options when it is made
-- source: Msg 1934; CREATE INDEX (Transact-SQL), "Required SET options for filtered indexes"
CREATE TABLE so1934c (id int NOT NULL);
-- setup
SET QUOTED_IDENTIFIER OFF;
-- setup
CREATE INDEX so1934c_i ON so1934c (id) WHERE id > 0;
-- expect
-- Msg 1934, Level 16, State 1, Line 1: CREATE INDEX failed because the following SET options have incorrect settings: 'QUOTED_IDENTIFIER'. Verify that SET options are correct for use with indexed views and/or indexes on computed columns and/or filtered indexes and/or query notifications and/or XML data type methods and/or spatial index operations.

-- case: a session of DB-Library cannot change a table with a filtered index
-- source: Msg 1934; MS-TDS 2.2.6.4, fODBC
CREATE TABLE so1934d (id int NOT NULL);
CREATE INDEX so1934d_i ON so1934d (id) WHERE id > 0;
-- setup
-- session 2 dblib
SET NOCOUNT ON;
BEGIN TRY INSERT so1934d VALUES (1); END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
-- expect
-- columns n int
-- row 1934
