-- chapter: Databases and definitions
-- case: an alias type gives a column its type and its NOT NULL
-- source: CREATE TYPE, "Create an alias type based on the varchar data type"
CREATE TYPE dbo.SSN FROM varchar(11) NOT NULL;
CREATE TABLE ssn_rows (id int, s dbo.SSN, free dbo.SSN NULL);
-- setup
INSERT ssn_rows (id, s) VALUES (1, '123-45-6789');
INSERT ssn_rows (id) VALUES (2);
SELECT s, free FROM ssn_rows;
-- expect
-- rows 1
-- Msg 515, Level 16, State 2, Line 2: Cannot insert the value NULL into column 's', table '…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns s varchar(11) not null, free varchar(11) null
-- row '123-45-6789' | NULL
-- rows 1

-- chapter: Databases and definitions
-- case: a variable of an alias type cuts silently like its base type
-- source: CREATE TYPE; DECLARE @local_variable
CREATE TYPE dbo.Five FROM char(5);
-- setup
DECLARE @v dbo.Five = 'abcdefgh', @w Five = 'x';
SELECT @v AS v, @w AS w;
-- expect
-- columns v char(5), w char(5)
-- row 'abcde' | 'x    '
-- rows 1

-- chapter: Databases and definitions
-- case: a type in use cannot be dropped
-- source: Msg 3732
CREATE TYPE dbo.InUse FROM int;
CREATE TABLE uses_type (a dbo.InUse);
-- setup
DROP TYPE dbo.InUse;
-- expect
-- Msg 3732, Level 16, State 1, Line 1: Cannot drop type 'dbo.InUse' because it is being referenced by object 'uses_type'. There may be other objects that reference this type.

-- chapter: Databases and definitions
-- case: types are made once and dropped once
-- source: Msg 219, Msg 218, DROP TYPE IF EXISTS
CREATE TYPE dbo.Once FROM int;
-- setup
CREATE TYPE dbo.Once FROM bigint;
-- expect
-- Msg 219, Level 16, State 1, Line 1: The type 'dbo.Once' already exists, or you do not have permission to create it.
DROP TYPE dbo.Once;
DROP TYPE IF EXISTS dbo.Once;
DROP TYPE dbo.Once;
-- expect
-- Msg 218, Level 16, State 1, Line 3: Could not find the type 'dbo.Once'. Either it does not exist or you do not have the necessary permission.

-- chapter: Databases and definitions
-- case: a column of an unknown type
-- source: Msg 2715
CREATE TABLE unknown_type (a int, b dbo.NoSuchType);
-- expect
-- Msg 2715, Level 16, State 6, Line 1: Column, parameter, or variable #2: Cannot find data type dbo.NoSuchType.

-- chapter: Databases and definitions
-- case: a variable of a table type has its keys, defaults and checks
-- source: CREATE TYPE, "Create a user-defined table type"
CREATE TYPE dbo.OrderLines AS TABLE (id int PRIMARY KEY, qty int NOT NULL DEFAULT 1 CHECK (qty > 0));
-- setup
SET NOCOUNT ON;
DECLARE @l dbo.OrderLines;
INSERT @l (id) VALUES (1);
INSERT @l (id, qty) VALUES (2, 5);
BEGIN TRY INSERT @l (id, qty) VALUES (3, 0); END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
BEGIN TRY INSERT @l (id, qty) VALUES (1, 9); END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
SELECT id, qty FROM @l ORDER BY id;
-- expect
-- columns n int
-- row 547
-- columns n int
-- row 2627
-- columns id int, qty int
-- row 1 | 1
-- row 2 | 5

-- chapter: Databases and definitions
-- case: a table-valued parameter must be READONLY, and no statement may write it
-- source: Msg 352, Msg 10700
CREATE TYPE dbo.Ids AS TABLE (id int);
-- setup
EXEC sp_executesql N'SELECT COUNT(*) FROM @t', N'@t dbo.Ids';
-- expect
-- Msg 352, Level 15, State 1, Line 1: The table-valued parameter "@t" must be declared with the READONLY option.
EXEC sp_executesql N'DELETE FROM @t', N'@t dbo.Ids READONLY';
-- expect
-- Msg 10700, Level 16, State 1, Line 1: The table-valued parameter "@t" is READONLY and cannot be modified.

-- chapter: Databases and definitions
-- case: a table-valued parameter that is not given is an empty table
-- source: Use table-valued parameters (Database Engine)
CREATE TYPE dbo.Names AS TABLE (name nvarchar(20));
-- setup
EXEC sp_executesql N'SELECT COUNT(*) AS n FROM @t', N'@t dbo.Names READONLY';
-- expect
-- columns n int
-- row 0
-- rows 1

-- chapter: Databases and definitions
-- case: a sequence counts from its start by its increment
-- source: CREATE SEQUENCE, "Create a sequence that increases by 1"
CREATE SEQUENCE dbo.CountBy5 AS int START WITH 10 INCREMENT BY 5;
-- setup
SELECT NEXT VALUE FOR dbo.CountBy5 AS a;
SELECT NEXT VALUE FOR CountBy5 AS a FROM (VALUES (1), (2)) AS v (x);
DECLARE @n int = NEXT VALUE FOR dbo.CountBy5;
SELECT @n AS n;
-- expect
-- columns a int
-- row 10
-- rows 1
-- columns a int
-- row 15
-- row 20
-- rows 2
-- columns n int
-- row 25
-- rows 1

-- chapter: Databases and definitions
-- case: a sequence without a type is bigint and starts at its lowest value
-- source: CREATE SEQUENCE, "START WITH"
CREATE SEQUENCE dbo.PlainSequence;
-- setup
SELECT NEXT VALUE FOR dbo.PlainSequence AS a;
-- expect
-- columns a bigint
-- row -9223372036854775808
-- rows 1

-- chapter: Transactions
-- case: ROLLBACK does not give sequence values back
-- source: NEXT VALUE FOR, "Sequence numbers are generated outside the scope of the current transaction"
CREATE SEQUENCE dbo.Kept START WITH 1;
-- setup
SET NOCOUNT ON;
BEGIN TRANSACTION;
SELECT NEXT VALUE FOR dbo.Kept AS a;
ROLLBACK;
SELECT NEXT VALUE FOR dbo.Kept AS a;
-- expect
-- columns a bigint
-- row 1
-- columns a bigint
-- row 2

-- chapter: Databases and definitions
-- case: a sequence at its end fails, or begins again at its minimum with CYCLE
-- source: CREATE SEQUENCE, "CYCLE"; Msg 11728
CREATE SEQUENCE dbo.Short AS tinyint START WITH 254;
CREATE SEQUENCE dbo.Round AS int START WITH 3 MINVALUE 1 MAXVALUE 3 CYCLE;
-- setup
SET NOCOUNT ON;
SELECT NEXT VALUE FOR dbo.Short AS a;
SELECT NEXT VALUE FOR dbo.Short AS a;
SELECT NEXT VALUE FOR dbo.Round AS a;
SELECT NEXT VALUE FOR dbo.Round AS a;
-- expect
-- columns a tinyint
-- row 254
-- columns a tinyint
-- row 255
-- columns a int
-- row 3
-- columns a int
-- row 1
DECLARE @next tinyint = NEXT VALUE FOR dbo.Short;
-- expect
-- Msg 11728, Level 16, State 1, Line 1: The sequence object 'Short' has reached its minimum or maximum value. Restart the sequence object to allow new values to be generated.

-- chapter: Databases and definitions
-- case: ALTER SEQUENCE restarts and changes the increment
-- source: ALTER SEQUENCE, "RESTART"
CREATE SEQUENCE dbo.Again AS int START WITH 1;
-- setup
SET NOCOUNT ON;
SELECT NEXT VALUE FOR dbo.Again AS a;
ALTER SEQUENCE dbo.Again RESTART WITH 100 INCREMENT BY 50;
SELECT NEXT VALUE FOR dbo.Again AS a;
SELECT NEXT VALUE FOR dbo.Again AS a;
-- expect
-- columns a int
-- row 1
-- columns a int
-- row 100
-- columns a int
-- row 150

-- chapter: Databases and definitions
-- case: a default takes the next value of a sequence
-- source: NEXT VALUE FOR, "Use the sequence generator in a default"
CREATE SEQUENCE dbo.Tickets AS int START WITH 7;
CREATE TABLE ticket (id int NOT NULL DEFAULT (NEXT VALUE FOR dbo.Tickets), what varchar(10));
-- setup
INSERT ticket (what) VALUES ('a'), ('b');
INSERT ticket (id, what) VALUES (NEXT VALUE FOR dbo.Tickets, 'c');
SELECT id, what FROM ticket ORDER BY id;
DROP SEQUENCE dbo.Tickets;
-- expect
-- rows 2
-- rows 1
-- columns id int not null, what varchar(10)
-- row 7 | 'a'
-- row 8 | 'b'
-- row 9 | 'c'
-- rows 3
-- Msg 3729, Level 16, State 1, Line 4: Cannot DROP SEQUENCE 'dbo.Tickets' because it is being referenced by object '…

-- chapter: Databases and definitions
-- case: NEXT VALUE FOR may not stand in a subquery or in WHERE
-- source: Msg 11719, Msg 11720
CREATE SEQUENCE dbo.Nowhere;
-- setup
SELECT (SELECT NEXT VALUE FOR dbo.Nowhere) AS a;
-- expect
-- Msg 11719, Level 15, State 1, Line 1: NEXT VALUE FOR function is not allowed in check constraints, default objects, computed columns, views, user-defined functions, user-defined aggregates, user-defined table types, sub-queries, common table expressions, derived tables or return statements.
SELECT 1 AS a WHERE NEXT VALUE FOR dbo.Nowhere = 1;
-- expect
-- Msg 11720, Level 15, State 1, Line 1: NEXT VALUE FOR function is not allowed in the TOP, OVER, OUTPUT, ON, WHERE, GROUP BY, HAVING, or ORDER BY clauses.

-- chapter: Databases and definitions
-- case: impossible sequences are refused
-- source: Msg 11700, Msg 11703, Msg 11702
CREATE SEQUENCE Zero INCREMENT BY 0;
-- expect
-- Msg 11700, Level 16, State 1, Line 1: The increment for sequence object 'Zero' cannot be zero.
CREATE SEQUENCE Outside AS int START WITH 5 MAXVALUE 4;
-- expect
-- Msg 11703, Level 16, State 1, Line 1: The start value for sequence object 'Outside' must be between the minimum and maximum value of the sequence object.
CREATE SEQUENCE Worded AS varchar(5);
-- expect
-- Msg 11702, Level 16, State *, Line 1: The sequence object 'Worded' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, or any user-defined data type that is based on one of the above integer data types.

-- chapter: Databases and definitions
-- case: a synonym reads and changes its table
-- source: CREATE SYNONYM, "Create a synonym for a local object"
CREATE TABLE dbo.real_table (id int, v int);
CREATE SYNONYM dbo.nick FOR dbo.real_table;
-- setup
INSERT dbo.nick VALUES (1, 10), (2, 20);
UPDATE nick SET v = 11 WHERE nick.id = 1;
DELETE FROM nick WHERE id = 2;
SELECT nick.id, n.v FROM nick JOIN dbo.real_table AS n ON n.id = nick.id;
-- expect
-- rows 2
-- rows 1
-- rows 1
-- columns id int, v int
-- row 1 | 11
-- rows 1

-- chapter: Databases and definitions
-- case: a synonym without its object fails when it is used
-- source: CREATE SYNONYM, "deferred name resolution"; Msg 5313
CREATE SYNONYM dbo.nowhere_nick FOR dbo.no_such_table;
-- setup
SELECT * FROM dbo.nowhere_nick;
-- expect
-- Msg 5313, Level 16, State 1, Line 1: Synonym 'dbo.nowhere_nick' refers to an invalid object.
DROP SYNONYM dbo.nowhere_nick;
DROP SYNONYM IF EXISTS dbo.nowhere_nick;
DROP SYNONYM dbo.nowhere_nick;
-- expect
-- Msg 3701, Level 11, State 5, Line 3: Cannot drop the synonym 'dbo.nowhere_nick', because it does not exist or you do not have permission.

-- chapter: Two sessions
-- case: a global temporary table is seen by all sessions until its maker leaves
-- source: CREATE TABLE, "Global temporary tables"
CREATE TABLE ##everyone (id int);
INSERT ##everyone VALUES (1);
-- setup
-- session 2
INSERT ##everyone VALUES (2);
SELECT COUNT(*) AS n FROM tempdb..##everyone;
-- expect
-- rows 1
-- columns n int
-- row 2
-- rows 1

-- chapter: Databases and definitions
-- case: a schema takes a table over
-- source: ALTER SCHEMA, "Transfer ownership of a table"
CREATE SCHEMA archive;
-- setup
CREATE TABLE dbo.moved (id int);
INSERT dbo.moved VALUES (1);
ALTER SCHEMA archive TRANSFER dbo.moved;
SELECT id FROM archive.moved;
SELECT id FROM dbo.moved;
-- expect
-- rows 1
-- columns id int
-- row 1
-- rows 1
-- Msg 208, Level 16, State 1, Line 5: Invalid object name 'dbo.moved'.

-- chapter: Databases and definitions
-- case: DBCC CHECKIDENT sets the value after which a table goes on
-- source: DBCC CHECKIDENT, "RESEED"
CREATE TABLE reseeded (id int IDENTITY, v int);
-- setup
SET NOCOUNT ON;
INSERT reseeded (v) VALUES (1), (2);
DBCC CHECKIDENT ('dbo.reseeded', RESEED, 50) WITH NO_INFOMSGS;
INSERT reseeded (v) VALUES (3);
SELECT id FROM reseeded ORDER BY id;
TRUNCATE TABLE reseeded;
DBCC CHECKIDENT ('dbo.reseeded', RESEED, 50) WITH NO_INFOMSGS;
INSERT reseeded (v) VALUES (4);
SELECT id FROM reseeded;
-- expect
-- columns id int not null
-- row 1
-- row 2
-- row 51
-- columns id int
-- row 50

-- chapter: Databases and definitions
-- case: statistics and rebuilds are accepted, names are checked
-- source: CREATE STATISTICS, UPDATE STATISTICS, ALTER INDEX; Msg 1927, Msg 1911
CREATE TABLE counted (id int PRIMARY KEY, a int, b int);
CREATE INDEX counted_a ON counted (a);
-- setup
CREATE STATISTICS counted_b ON counted (b) WITH FULLSCAN;
UPDATE STATISTICS counted;
UPDATE STATISTICS counted counted_b WITH SAMPLE 50 PERCENT;
ALTER INDEX counted_a ON counted REBUILD WITH (FILLFACTOR = 80);
ALTER INDEX ALL ON counted REORGANIZE;
-- setup
CREATE STATISTICS counted_b ON counted (a);
-- expect
-- Msg 1927, Level 16, State 1, Line 1: There are already statistics on table 'counted' named 'counted_b'.
CREATE STATISTICS counted_c ON counted (nothing);
-- expect
-- Msg 1911, Level 16, State 1, Line 1: Column name 'nothing' does not exist in the target table or view.

-- chapter: Databases and definitions
-- case: a table variable is passed as a table-valued parameter
-- source: Use table-valued parameters (Database Engine)
CREATE TYPE dbo.Pairs AS TABLE (k int PRIMARY KEY, v nvarchar(10));
-- setup
SET NOCOUNT ON;
DECLARE @p dbo.Pairs;
INSERT @p VALUES (1, N'a'), (2, N'b');
EXEC sp_executesql N'SELECT k, v FROM @rows ORDER BY k', N'@rows dbo.Pairs READONLY', @rows = @p;
-- expect
-- columns k int not null, v nvarchar(10)
-- row 1 | 'a'
-- row 2 | 'b'
