-- chapter: Session options
-- case: SET NOEXEC ON leaves everything undone until it is OFF
-- source: SET NOEXEC (Transact-SQL)
CREATE TABLE nx1 (id int);
SET NOEXEC ON;
INSERT nx1 VALUES (1);
SELECT id FROM nx1;
PRINT 'never';
DROP TABLE nx1;
SET NOEXEC OFF;
SELECT COUNT(*) AS n FROM nx1;
-- expect
-- columns n int
-- row 0
-- rows 1

-- case: SET NOEXEC lasts from batch to batch
-- source: SET NOEXEC (Transact-SQL), Remarks
SET NOEXEC ON;
-- setup
SELECT 1 AS never;
-- expect
SET NOEXEC OFF;
-- expect
SELECT 2 AS again;
-- expect
-- columns again int
-- row 2
-- rows 1

-- case: a guard of a script stops what follows
-- source: SET NOEXEC (Transact-SQL), "The execution of statements in SQL Server has two phases"
IF 1 = 1 SET NOEXEC ON;
SELECT 1 AS never;
-- expect
EXEC sp_executesql N'SELECT 2 AS never';
-- expect
SET NOEXEC OFF;
-- expect

-- case: under NOEXEC batches are compiled
-- source: SET NOEXEC (Transact-SQL), "When SET NOEXEC is ON, SQL Server parses and compiles each batch"
CREATE TABLE nx2 (id int);
SET NOEXEC ON;
-- setup
SELECT nothing FROM nx2;
-- expect
-- Msg 207, Level 16, State 1, Line 1: Invalid column name 'nothing'.
SELECT FROM WHERE;
-- expect
-- Msg 156, Level 15, State 1, Line 1

-- case: under NOEXEC names of objects that are missing are not looked up
-- source: SET NOEXEC (Transact-SQL), deferred name resolution
SET NOEXEC ON;
SELECT a FROM no_such_table_at_all;
EXEC no_such_procedure_at_all;
SET NOEXEC OFF;
SELECT 1 AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: SET PARSEONLY ON reads the syntax only
-- source: SET PARSEONLY (Transact-SQL)
SET PARSEONLY ON;
-- setup
SELECT nothing FROM no_such_table_at_all;
-- expect
SELECT FROM WHERE;
-- expect
-- Msg 156, Level 15, State 1, Line 1
SET PARSEONLY OFF;
-- expect
SELECT 1 AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: SET PARSEONLY counts when the batch is parsed
-- source: SET PARSEONLY (Transact-SQL), "set at parse time and not at execute or run time"
IF 1 = 0 SET PARSEONLY ON;
SELECT 1 AS never;
-- expect
SET PARSEONLY OFF;
-- expect

-- case: CHECKPOINT and RECONFIGURE run
-- source: CHECKPOINT (Transact-SQL); RECONFIGURE (Transact-SQL)
CHECKPOINT;
CHECKPOINT 10;
RECONFIGURE;
RECONFIGURE WITH OVERRIDE;
SELECT 1 AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: RECONFIGURE is no part of a transaction
-- source: Msg 574
BEGIN TRAN;
RECONFIGURE;
ROLLBACK;
-- expect
-- Msg 574, Level 16, State 0, Line 2: CONFIG statement cannot be used inside a user transaction.

-- case: SET QUOTED_IDENTIFIER counts from where it stands in a batch
-- source: SET QUOTED_IDENTIFIER (Transact-SQL), "any occurrence of SET QUOTED_IDENTIFIER changes the parsing behavior from that point on"
CREATE TABLE "qi 1" (a int);
SET QUOTED_IDENTIFIER OFF;
SELECT "it's" AS a, 'x' AS b;
SET QUOTED_IDENTIFIER ON;
SELECT COUNT(*) AS n FROM "qi 1";
-- expect
-- columns a varchar(4), b varchar(1)
-- row 'it''s' | 'x'
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: the last SET QUOTED_IDENTIFIER of a batch stays for the session
-- source: SET QUOTED_IDENTIFIER (Transact-SQL), Remarks
SET QUOTED_IDENTIFIER OFF;
-- setup
SELECT "text" AS a;
-- expect
-- columns a varchar(4)
-- row 'text'
-- rows 1
