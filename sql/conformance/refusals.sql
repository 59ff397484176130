-- chapter: Refusals

-- case: refused: ENCRYPTION and numbers of procedures
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE PROCEDURE p WITH ENCRYPTION AS SELECT 1
-- expect
-- Msg 40517, Level 16, State 1, Procedure p, Line 1

-- case: refused: sp_rename of databases, types and statistics, and by logins with limited permissions
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
EXEC sp_rename 'x', 'y', 'USERDATATYPE'
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: EXECUTE AT, WITH RESULT SETS
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
EXEC p WITH RESULT SETS NONE
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: system procedures other than sp_executesql, sp_getapplock, sp_releaseapplock, sp_set_session_context, sp_addmessage, sp_dropmessage, sp_rename, sp_describe_first_result_set, sp_describe_undeclared_parameters, sp_tables, sp_pkeys and sp_fkeys (and, as remote calls, those of prepared statements)
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
EXEC sp_help
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: parameters inside expressions in sp_describe_undeclared_parameters; browse mode 2
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
EXEC sp_describe_undeclared_parameters N'SELECT id FROM t WHERE id = id + @p'
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: other catalogue and management views, and other columns of those there are
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT * FROM sys.dm_os_wait_stats
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: SET QUOTED_IDENTIFIER inside another statement of a batch with double quotes
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
IF 1 = 0 SET QUOTED_IDENTIFIER OFF; SELECT 1 AS "abc"
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: MERGE that sets a variable
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
DECLARE @i int; MERGE t USING (VALUES (1)) AS s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET @i = s.id;
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: MERGE with INSTEAD OF triggers
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
EXEC ('CREATE TRIGGER g ON t INSTEAD OF DELETE AS PRINT 1'); MERGE t USING (VALUES (1)) AS s (id) ON t.id = s.id WHEN MATCHED THEN DELETE;
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: OUTPUT INTO with INSTEAD OF triggers
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
DROP TRIGGER IF EXISTS g, gi;
-- setup
EXEC ('CREATE TRIGGER gi ON t INSTEAD OF INSERT AS PRINT 1'); DECLARE @o TABLE (id int); INSERT t (id) OUTPUT inserted.id INTO @o VALUES (1)
-- expect
-- Msg 40517, Level 16, State 1, Line 1
DROP TRIGGER gi;
-- expect

-- case: refused: UPDATE that sets a variable and reads it in another assignment
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
DECLARE @i int = 0; UPDATE t SET @i = @i + 1, id = @i
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: windowed functions and subqueries beside GROUPING SETS
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT ROW_NUMBER() OVER (ORDER BY id) FROM t GROUP BY ROLLUP (id)
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: other hints of OPTION
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT id FROM t OPTION (USE PLAN N'x')
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: FOR XML AUTO and EXPLICIT, TYPE other than under value(), methods of xml
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT id FROM t FOR XML AUTO
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: aggregates of JSON
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT JSON_ARRAYAGG(id) FROM t
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: the operator of concatenation
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT 'a' || 'b'
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: CONVERT styles of the Hijri calendar, and of fractions of the newer types
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
INSERT t (id, name, at) SELECT 1, N'ss', '2024-01-01' WHERE NOT EXISTS (SELECT 1 FROM t);
-- setup
SELECT CONVERT(varchar(40), at, 130) FROM t
-- expect
-- columns _ varchar(40) null
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: FORMAT and PARSE in other cultures than en-US, also that of SET LANGUAGE
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT FORMAT(1, 'C', 'de-DE')
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: AT TIME ZONE before 2007, for which Windows has no rules
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT CAST('2000-01-01' AS datetime) AT TIME ZONE 'Tokyo Standard Time'
-- expect
-- columns _ datetimeoffset(3) null
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: RAND with a seed, CHECKSUM, COMPRESS
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT RAND(1)
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: other collations, and those of case and code points elsewhere than in comparisons and ORDER BY
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT name COLLATE Latin1_General_BIN2 FROM t
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: LIKE and searches in nvarchar with letters that count as others
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
INSERT t (id, name, at) SELECT 1, N'ss', '2024-01-01' WHERE NOT EXISTS (SELECT 1 FROM t);
-- setup
SELECT id FROM t WHERE name LIKE N'%ß%'
-- expect
-- columns id int not null
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: characters in varchar whose look-alike in code page 1252 is not known
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT CAST(N'ŋ' AS varchar(5))
-- expect
-- columns _ varchar(5) not null
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: xml, hierarchyid, geography, geometry, json, vector
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE TABLE u (a hierarchyid)
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: TotalBytes of SQL_VARIANT_PROPERTY, precision and scale of the date types of 2008 in it
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
INSERT t (id, at) VALUES (98, '2024-01-01');
-- setup
SELECT SQL_VARIANT_PROPERTY(at, 'TotalBytes') FROM t WHERE id = 98
-- expect
-- columns _ sql_variant null
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: operators and functions with sql_variant whose error is not documented
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
DECLARE @v sql_variant = 1; SELECT @v + 1
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: sparse and generated columns
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE TABLE u (a int SPARSE)
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: computed columns that depend on the session or the time
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE TABLE u (a AS GETDATE())
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: columnstore indexes
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE COLUMNSTORE INDEX i ON t (id)
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: resumable index operations, DISABLE of keys
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE TABLE u (a int CONSTRAINT k PRIMARY KEY); ALTER INDEX k ON u DISABLE
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: logins of Windows and Entra ID, of certificates and keys
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE LOGIN [d\u] FROM WINDOWS
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: hashed passwords, MUST_CHANGE, credentials
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE LOGIN x WITH PASSWORD = 0x01 HASHED
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: application roles, SETUSER
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SETUSER 'x'
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: the grantor of a permission, ALL, rare permissions
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
GRANT UNMASK TO public
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: NEXT VALUE FOR with OVER
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
CREATE SEQUENCE s; SELECT NEXT VALUE FOR s OVER (ORDER BY id) FROM t
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: BACKUP, RESTORE, DBCC
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
DBCC CHECKDB
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: other languages than us_english, British, Deutsch and Français
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SET LANGUAGE Italian
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: SHOWPLAN_TEXT, STATISTICS IO; plans without a document of yours
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SET SHOWPLAN_TEXT ON
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: READPAST and other hints
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT id FROM t WITH (READPAST)
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: linked servers
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
SELECT * FROM other.master.dbo.t
-- expect
-- Msg 40517, Level 16, State 1, Line 1

-- case: refused: distributed transactions
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
IF OBJECT_ID('t') IS NULL CREATE TABLE t (id int PRIMARY KEY, name nvarchar(50), price decimal(10,2), at datetime);
-- setup
BEGIN DISTRIBUTED TRANSACTION
-- expect
-- Msg 40517, Level 16, State 1, Line 1
