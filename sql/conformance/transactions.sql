-- chapter: Transactions

-- case: COMMIT keeps what a transaction wrote
-- source: COMMIT TRANSACTION
CREATE TABLE tr1 (id int);
-- setup
BEGIN TRANSACTION;
INSERT tr1 VALUES (1), (2);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
COMMIT;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x, (SELECT COUNT(*) FROM tr1) AS n;
-- expect
-- rows 2
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
-- columns t int, x smallint, n int
-- row 0 | 0 | 2
-- rows 1

-- case: ROLLBACK undoes inserts, updates and deletes
-- source: ROLLBACK TRANSACTION
CREATE TABLE tr2 (id int, v varchar(5));
INSERT tr2 VALUES (1, 'a'), (2, 'b');
-- setup
BEGIN TRAN;
INSERT tr2 VALUES (3, 'c');
UPDATE tr2 SET v = 'x' WHERE id = 1;
DELETE tr2 WHERE id = 2;
SELECT id, v FROM tr2 ORDER BY id;
ROLLBACK TRAN;
SELECT id, v FROM tr2 ORDER BY id;
-- expect
-- rows 1
-- rows 1
-- rows 1
-- columns id int, v varchar(5)
-- row 1 | 'x'
-- row 3 | 'c'
-- rows 2
-- columns id int, v varchar(5)
-- row 1 | 'a'
-- row 2 | 'b'
-- rows 2

-- case: nested transactions count, and only the outermost COMMIT commits
-- source: BEGIN TRANSACTION, "General Remarks"
CREATE TABLE tr3 (id int);
-- setup
BEGIN TRAN;
INSERT tr3 VALUES (1);
BEGIN TRAN;
INSERT tr3 VALUES (2);
SELECT @@TRANCOUNT AS t;
COMMIT;
SELECT @@TRANCOUNT AS t;
ROLLBACK;
SELECT COUNT(*) AS n FROM tr3;
-- expect
-- rows 1
-- rows 1
-- columns t int
-- row 2
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: ROLLBACK in a nested transaction ends all of them
-- source: ROLLBACK TRANSACTION, "General Remarks"
BEGIN TRAN;
BEGIN TRAN;
BEGIN TRAN;
ROLLBACK;
SELECT @@TRANCOUNT AS t;
COMMIT;
-- expect
-- columns t int
-- row 0
-- rows 1
-- Msg 3902, Level 16, State 1, Line 6: The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.

-- case: COMMIT without a transaction ends its statement only
-- source: Msg 3902
COMMIT TRANSACTION;
SELECT 'on' AS next;
-- expect
-- Msg 3902, Level 16, State 1, Line 1: The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.
-- columns next varchar(2)
-- row 'on'
-- rows 1

-- case: ROLLBACK without a transaction ends its statement only
-- source: Msg 3903
ROLLBACK TRANSACTION;
SELECT 'on' AS next;
-- expect
-- Msg 3903, Level 16, State 1, Line 1: The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.
-- columns next varchar(2)
-- row 'on'
-- rows 1

-- case: COMMIT without a transaction is caught by TRY
-- source: Msg 3902; TRY...CATCH
BEGIN TRY
    COMMIT;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_LINE() AS l, XACT_STATE() AS x;
END CATCH;
-- expect
-- columns n int, l int, x smallint
-- row 3902 | 2 | 0
-- rows 1

-- case: a rollback to a savepoint keeps what came before it
-- source: SAVE TRANSACTION
CREATE TABLE tr8 (id int);
-- setup
BEGIN TRAN;
INSERT tr8 VALUES (1);
SAVE TRAN s1;
INSERT tr8 VALUES (2);
ROLLBACK TRAN s1;
SELECT @@TRANCOUNT AS t;
INSERT tr8 VALUES (3);
COMMIT;
SELECT id FROM tr8 ORDER BY id;
-- expect
-- rows 1
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- rows 1
-- columns id int
-- row 1
-- row 3
-- rows 2

-- case: a rollback to a savepoint forgets later savepoints
-- source: SAVE TRANSACTION; Msg 6401
CREATE TABLE tr9 (id int);
-- setup
BEGIN TRAN;
SAVE TRAN a;
INSERT tr9 VALUES (1);
SAVE TRAN b;
INSERT tr9 VALUES (2);
ROLLBACK TRAN a;
ROLLBACK TRAN b;
SELECT @@TRANCOUNT AS t, COUNT(*) AS n FROM tr9;
ROLLBACK;
-- expect
-- rows 1
-- rows 1
-- Msg 6401, Level 16, State 1, Line 7: Cannot roll back b. No transaction or savepoint of that name was found.
-- columns t int, n int
-- row 1 | 0
-- rows 1

-- case: a rollback to a savepoint takes the savepoint with it
-- source: SAVE TRANSACTION; Msg 6401, as captured from SQL Server
CREATE TABLE tr10 (id int);
-- setup
BEGIN TRAN;
SAVE TRAN s;
INSERT tr10 VALUES (1);
ROLLBACK TRAN s;
INSERT tr10 VALUES (2);
ROLLBACK TRAN s;
INSERT tr10 VALUES (3);
COMMIT;
SELECT id FROM tr10 ORDER BY id;
-- expect
-- rows 1
-- rows 1
-- Msg 6401, Level 16, State 1, Line 6: Cannot roll back s. No transaction or savepoint of that name was found.
-- rows 1
-- columns id int
-- row 2
-- row 3
-- rows 2

-- case: of savepoints with one name the last counts
-- source: ROLLBACK TRANSACTION, "duplicate savepoint names are allowed"
CREATE TABLE tr11 (id int);
-- setup
BEGIN TRAN;
SAVE TRAN s;
INSERT tr11 VALUES (1);
SAVE TRAN s;
INSERT tr11 VALUES (2);
ROLLBACK TRAN s;
SELECT id FROM tr11;
COMMIT;
-- expect
-- rows 1
-- rows 1
-- columns id int
-- row 1
-- rows 1

-- case: names of transactions are case-sensitive, those of savepoints are compared as text
-- source: BEGIN TRANSACTION, "transaction_name is always case sensitive"; savepoints as captured from SQL Server
BEGIN TRAN Outer1;
SAVE TRAN Sp;
ROLLBACK TRAN sp;
SELECT @@TRANCOUNT AS t;
ROLLBACK TRAN outer1;
SELECT @@TRANCOUNT AS t;
ROLLBACK TRAN Outer1;
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 1
-- rows 1
-- Msg 6401, Level 16, State 1, Line 5: Cannot roll back outer1. No transaction or savepoint of that name was found.
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: ROLLBACK takes the name of the outermost transaction only
-- source: BEGIN TRANSACTION, "Naming multiple transactions in a series of nested transactions"
BEGIN TRAN outer_one;
BEGIN TRAN inner_one;
ROLLBACK TRAN inner_one;
SELECT @@TRANCOUNT AS t;
ROLLBACK TRAN outer_one;
SELECT @@TRANCOUNT AS t;
-- expect
-- Msg 6401, Level 16, State 1, Line 3: Cannot roll back inner_one. No transaction or savepoint of that name was found.
-- columns t int
-- row 2
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: COMMIT passes over the name it is given
-- source: COMMIT TRANSACTION, "transaction_name is ignored by the Database Engine"
BEGIN TRAN a;
BEGIN TRAN b;
COMMIT TRAN nobody;
SELECT @@TRANCOUNT AS t;
COMMIT TRAN b;
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: names in variables, cut after 32 characters
-- source: BEGIN TRANSACTION, "only the first 32 characters are used"
DECLARE @long varchar(60) = 'abcdefghijklmnopqrstuvwxyz0123456789', @save nvarchar(10) = N'sp';
BEGIN TRAN @long;
SAVE TRAN @save;
ROLLBACK TRAN sp;
SELECT @@TRANCOUNT AS t;
ROLLBACK TRAN abcdefghijklmnopqrstuvwxyz012345;
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: a name of more than 32 characters is a syntax error
-- source: BEGIN TRANSACTION, "identifiers longer than 32 characters are not allowed"; Msg 103
SELECT 'not reached' AS never;
BEGIN TRAN abcdefghijklmnopqrstuvwxyz0123456789;
-- expect
-- Msg 103, Level 15, State *, Line 2: The identifier that starts with 'abcdefghijklmnopqrstuvwxyz012345' is too long. Maximum length is 32.

-- case: SAVE TRANSACTION needs a transaction
-- source: Msg 628
BEGIN TRY
    SAVE TRAN s;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m;
END CATCH;
-- expect
-- columns n int, m nvarchar(4000)
-- row 628 | 'Cannot issue SAVE TRANSACTION when there is no active transaction.'
-- rows 1

-- case: savepoints outlive the end of a nested transaction
-- source: SAVE TRANSACTION
CREATE TABLE tr18 (id int);
-- setup
BEGIN TRAN;
BEGIN TRAN;
SAVE TRAN s;
INSERT tr18 VALUES (1);
COMMIT;
ROLLBACK TRAN s;
SELECT @@TRANCOUNT AS t, COUNT(*) AS n FROM tr18;
COMMIT;
-- expect
-- rows 1
-- columns t int, n int
-- row 1 | 0
-- rows 1

-- case: a transaction goes on from batch to batch
-- source: Transactions (Database Engine)
CREATE TABLE tr19 (id int);
-- setup
BEGIN TRAN;
INSERT tr19 VALUES (1);
-- expect
-- rows 1
SELECT @@TRANCOUNT AS t, COUNT(*) AS n FROM tr19;
-- expect
-- columns t int, n int
-- row 1 | 1
-- rows 1
ROLLBACK;
SELECT COUNT(*) AS n FROM tr19;
-- expect
-- columns n int
-- row 0
-- rows 1

-- case: CREATE TABLE is rolled back
-- source: ROLLBACK TRANSACTION; CREATE TABLE
BEGIN TRAN;
CREATE TABLE tr20 (id int);
INSERT tr20 VALUES (1);
SELECT COUNT(*) AS n FROM tr20;
ROLLBACK;
SELECT OBJECT_ID(N'tr20') AS o;
-- expect
-- rows 1
-- columns n int
-- row 1
-- rows 1
-- columns o int
-- row NULL
-- rows 1

-- case: DROP TABLE is rolled back with its rows
-- source: ROLLBACK TRANSACTION; DROP TABLE
CREATE TABLE tr21 (id int);
INSERT tr21 VALUES (7);
-- setup
BEGIN TRAN;
DROP TABLE tr21;
SELECT OBJECT_ID(N'tr21') AS o;
ROLLBACK;
SELECT id FROM tr21;
-- expect
-- columns o int
-- row NULL
-- rows 1
-- columns id int
-- row 7
-- rows 1

-- case: TRUNCATE TABLE is rolled back
-- source: TRUNCATE TABLE
CREATE TABLE tr22 (id int IDENTITY(1, 1), v int);
INSERT tr22 VALUES (5), (6);
-- setup
BEGIN TRAN;
TRUNCATE TABLE tr22;
SELECT COUNT(*) AS n FROM tr22;
ROLLBACK;
SELECT COUNT(*) AS n FROM tr22;
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns n int
-- row 2
-- rows 1

-- case: ALTER TABLE ADD is rolled back
-- source: ALTER TABLE; ROLLBACK TRANSACTION
CREATE TABLE tr23 (id int);
INSERT tr23 VALUES (1);
-- setup
BEGIN TRAN;
ALTER TABLE tr23 ADD v int NOT NULL DEFAULT 4;
-- expect
SELECT id, v FROM tr23;
ROLLBACK;
-- expect
-- columns id int, v int
-- row 1 | 4
-- rows 1
SELECT * FROM tr23;
-- expect
-- columns id int
-- row 1
-- rows 1

-- case: CREATE INDEX is rolled back
-- source: CREATE INDEX; ROLLBACK TRANSACTION
CREATE TABLE tr24 (id int);
INSERT tr24 VALUES (1);
-- setup
BEGIN TRAN;
CREATE UNIQUE INDEX tr24_ix ON tr24 (id);
ROLLBACK;
INSERT tr24 VALUES (1);
SELECT COUNT(*) AS n FROM tr24;
-- expect
-- rows 1
-- columns n int
-- row 2
-- rows 1

-- case: a view made after a savepoint is rolled back to it
-- source: SAVE TRANSACTION; CREATE VIEW
CREATE TABLE tr25 (id int);
-- setup
BEGIN TRAN;
SAVE TRAN s;
EXEC ('CREATE VIEW tr25_v AS SELECT id FROM tr25');
SELECT COUNT(*) AS n FROM tr25_v;
ROLLBACK TRAN s;
SELECT OBJECT_ID(N'tr25_v') AS o, @@TRANCOUNT AS t;
COMMIT;
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns o int, t int
-- row NULL | 1
-- rows 1

-- case: identity values are not given back by a rollback
-- source: IDENTITY (Property), "Consecutive values"; facts on rollback
CREATE TABLE tr26 (id int IDENTITY(1, 1), v int);
-- setup
BEGIN TRAN;
INSERT tr26 (v) VALUES (1), (2);
ROLLBACK;
INSERT tr26 (v) VALUES (3);
SELECT id, v FROM tr26;
SELECT SCOPE_IDENTITY() AS i;
-- expect
-- rows 2
-- rows 1
-- columns id int, v int
-- row 3 | 3
-- rows 1
-- columns i numeric(38, 0)
-- row 3
-- rows 1

-- case: local variables are not rolled back
-- source: ROLLBACK TRANSACTION, "does not include changes made to local variables"
DECLARE @v int = 1;
BEGIN TRAN;
SET @v = 2;
ROLLBACK;
SELECT @v AS v;
-- expect
-- columns v int
-- row 2
-- rows 1

-- case: a temporary table made in a transaction is rolled back
-- source: ROLLBACK TRANSACTION; CREATE TABLE, "Temporary tables"
BEGIN TRAN;
CREATE TABLE #tr28 (id int);
INSERT #tr28 VALUES (1);
ROLLBACK;
SELECT OBJECT_ID(N'tempdb..#tr28') AS o;
-- expect
-- rows 1
-- columns o int
-- row NULL
-- rows 1

-- case: rows of a temporary table are rolled back
-- source: ROLLBACK TRANSACTION
CREATE TABLE #tr29 (id int);
INSERT #tr29 VALUES (1);
BEGIN TRAN;
INSERT #tr29 VALUES (2);
DELETE #tr29 WHERE id = 1;
ROLLBACK;
SELECT id FROM #tr29;
-- expect
-- rows 1
-- rows 1
-- rows 1
-- columns id int
-- row 1
-- rows 1

-- case: CREATE DATABASE is not allowed in a transaction
-- source: Msg 226
BEGIN TRAN;
CREATE DATABASE tr30_never;
-- expect
-- Msg 226, Level 16, State *, Line 2: CREATE DATABASE statement not allowed within multi-statement transaction.
IF @@TRANCOUNT > 0 ROLLBACK;
SELECT DB_ID(N'tr30_never') AS d;
-- expect
-- columns d smallint
-- row NULL
-- rows 1

-- case: ALTER DATABASE is not allowed in a transaction
-- source: Msg 226
BEGIN TRAN;
ALTER DATABASE CURRENT SET RECOVERY SIMPLE;
-- expect
-- Msg 226, Level 16, State *, Line 2: ALTER DATABASE statement not allowed within multi-statement transaction.

-- case: DROP DATABASE is not allowed in a transaction
-- source: Msg 574
CREATE DATABASE tr32_db;
-- setup
BEGIN TRAN;
DROP DATABASE tr32_db;
-- expect
-- Msg 574, Level 16, State 0, Line 2: DROP DATABASE statement cannot be used inside a user transaction.
IF @@TRANCOUNT > 0 ROLLBACK;
DROP DATABASE tr32_db;
SELECT DB_ID(N'tr32_db') AS d;
-- expect
-- columns d smallint
-- row NULL
-- rows 1

-- case: a doomed transaction still reads what it wrote
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE"
CREATE TABLE tr33 (id int PRIMARY KEY);
-- setup
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    INSERT tr33 VALUES (1);
    INSERT tr33 VALUES (1);
END TRY
BEGIN CATCH
    SELECT XACT_STATE() AS x, COUNT(*) AS n FROM tr33;
    ROLLBACK;
END CATCH;
SELECT XACT_STATE() AS x, COUNT(*) AS n FROM tr33;
-- expect
-- rows 1
-- rows 0
-- columns x smallint, n int
-- row -1 | 1
-- rows 1
-- columns x smallint, n int
-- row 0 | 0
-- rows 1

-- case: a doomed transaction cannot be committed
-- source: Msg 3930
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    SELECT 1 / 0 AS q;
END TRY
BEGIN CATCH
    BEGIN TRY
        COMMIT;
    END TRY
    BEGIN CATCH
        SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m, @@TRANCOUNT AS t;
    END CATCH;
    ROLLBACK;
END CATCH;
-- expect
-- columns q int
-- rows 0
-- columns n int, m nvarchar(4000), t int
-- row 3930 | 'The current transaction cannot be committed and cannot support operations that write to the log file. Roll back the transaction.' | 1
-- rows 1

-- case: a doomed transaction cannot write
-- source: Msg 3930
CREATE TABLE tr35 (id int);
-- setup
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    SELECT 1 / 0 AS q;
END TRY
BEGIN CATCH
    BEGIN TRY
        INSERT tr35 VALUES (1);
    END TRY
    BEGIN CATCH
        SELECT ERROR_NUMBER() AS n, XACT_STATE() AS x;
    END CATCH;
    ROLLBACK;
END CATCH;
SELECT COUNT(*) AS n FROM tr35;
-- expect
-- columns q int
-- rows 0
-- rows 0
-- columns n int, x smallint
-- row 3930 | -1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: a doomed transaction cannot make a table
-- source: Msg 3930
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    RAISERROR (N'no', 16, 1);
END TRY
BEGIN CATCH
    BEGIN TRY
        CREATE TABLE tr36 (id int);
    END TRY
    BEGIN CATCH
        SELECT ERROR_NUMBER() AS n;
    END CATCH;
    ROLLBACK;
END CATCH;
-- expect
-- columns n int
-- row 3930
-- rows 1

-- case: a doomed transaction cannot go back to a savepoint
-- source: Msg 3931
SET XACT_ABORT ON;
BEGIN TRAN;
SAVE TRAN s;
BEGIN TRY
    SELECT 1 / 0 AS q;
END TRY
BEGIN CATCH
    BEGIN TRY
        ROLLBACK TRAN s;
    END TRY
    BEGIN CATCH
        SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m;
    END CATCH;
    ROLLBACK;
    SELECT @@TRANCOUNT AS t;
END CATCH;
-- expect
-- columns q int
-- rows 0
-- columns n int, m nvarchar(4000)
-- row 3931 | 'The current transaction cannot be committed and cannot be rolled back to a savepoint. Roll back the entire transaction.'
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: a doomed transaction is rolled back at the end of the batch
-- source: Msg 3998
CREATE TABLE tr38 (id int);
-- setup
SET XACT_ABORT ON;
BEGIN TRAN;
INSERT tr38 VALUES (1);
BEGIN TRY
    THROW 50001, N'no', 1;
END TRY
BEGIN CATCH
    SELECT XACT_STATE() AS x;
END CATCH;
SELECT COUNT(*) AS n FROM tr38;
-- expect
-- rows 1
-- columns x smallint
-- row -1
-- rows 1
-- columns n int
-- row 1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, COUNT(*) AS n FROM tr38;
-- expect
-- columns t int, n int
-- row 0 | 0
-- rows 1

-- case: after the ROLLBACK of a doomed transaction a new one begins
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE"
CREATE TABLE tr39 (id int);
-- setup
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    SELECT CAST('x' AS int) AS q;
END TRY
BEGIN CATCH
    ROLLBACK;
    BEGIN TRAN;
    INSERT tr39 VALUES (1);
    SELECT XACT_STATE() AS x;
    COMMIT;
END CATCH;
SELECT COUNT(*) AS n FROM tr39;
-- expect
-- columns q int
-- rows 0
-- rows 1
-- columns x smallint
-- row 1
-- rows 1
-- columns n int
-- row 1
-- rows 1

-- case: a caught error leaves earlier changes to be committed
-- source: TRY...CATCH; SET XACT_ABORT OFF
CREATE TABLE tr40 (id int PRIMARY KEY);
-- setup
BEGIN TRAN;
INSERT tr40 VALUES (1);
BEGIN TRY
    INSERT tr40 VALUES (2), (1);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, XACT_STATE() AS x;
END CATCH;
COMMIT;
SELECT id FROM tr40;
-- expect
-- rows 1
-- rows 0
-- columns n int, x smallint
-- row 2627 | 1
-- rows 1
-- columns id int
-- row 1
-- rows 1

-- case: IMPLICIT_TRANSACTIONS begins one before an INSERT
-- source: SET IMPLICIT_TRANSACTIONS, example B
CREATE TABLE tr41 (a int);
-- setup
SET IMPLICIT_TRANSACTIONS ON;
SELECT @@TRANCOUNT AS t;
INSERT tr41 VALUES (21);
INSERT tr41 VALUES (22);
SELECT @@TRANCOUNT AS t;
ROLLBACK;
SELECT @@TRANCOUNT AS t;
SET IMPLICIT_TRANSACTIONS OFF;
SELECT COUNT(*) AS n FROM tr41;
-- expect
-- columns t int
-- row 0
-- rows 1
-- rows 1
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 0
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: BEGIN TRANSACTION under IMPLICIT_TRANSACTIONS counts two
-- source: SET IMPLICIT_TRANSACTIONS, example C
CREATE TABLE tr42 (a int);
-- setup
SET IMPLICIT_TRANSACTIONS ON;
BEGIN TRANSACTION;
INSERT tr42 VALUES (31);
SELECT @@TRANCOUNT AS t;
COMMIT;
SELECT @@TRANCOUNT AS t;
COMMIT;
SELECT @@TRANCOUNT AS t;
-- expect
-- rows 1
-- columns t int
-- row 2
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: BEGIN TRANSACTION inside an implicit transaction counts one
-- source: SET IMPLICIT_TRANSACTIONS, example D
CREATE TABLE tr43 (a int);
-- setup
SET IMPLICIT_TRANSACTIONS ON;
INSERT tr43 VALUES (41);
BEGIN TRANSACTION;
SELECT @@TRANCOUNT AS t;
COMMIT;
COMMIT;
SELECT @@TRANCOUNT AS t;
-- expect
-- rows 1
-- columns t int
-- row 2
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: a SELECT begins an implicit transaction only when it reads a table
-- source: SET IMPLICIT_TRANSACTIONS, Remarks
CREATE TABLE tr44 (a int);
-- setup
SET IMPLICIT_TRANSACTIONS ON;
SELECT 1 AS one, 'ABC' AS abc;
SELECT @@TRANCOUNT AS t;
SELECT COUNT(*) AS n FROM tr44;
SELECT @@TRANCOUNT AS t;
COMMIT;
-- expect
-- columns one int, abc varchar(3)
-- row 1 | 'ABC'
-- rows 1
-- columns t int
-- row 0
-- rows 1
-- columns n int
-- row 0
-- rows 1
-- columns t int
-- row 1
-- rows 1

-- case: CREATE, ALTER, TRUNCATE and DROP TABLE begin implicit transactions
-- source: SET IMPLICIT_TRANSACTIONS, Remarks
SET IMPLICIT_TRANSACTIONS ON;
CREATE TABLE tr45 (a int);
SELECT @@TRANCOUNT AS t;
COMMIT;
ALTER TABLE tr45 ADD b int;
SELECT @@TRANCOUNT AS t;
COMMIT;
TRUNCATE TABLE tr45;
SELECT @@TRANCOUNT AS t;
COMMIT;
DROP TABLE tr45;
SELECT @@TRANCOUNT AS t;
ROLLBACK;
SET IMPLICIT_TRANSACTIONS OFF;
SELECT COUNT(*) AS n FROM tr45;
-- expect
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- columns t int
-- row 1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: SET, DECLARE, PRINT and IF begin no implicit transaction
-- source: SET IMPLICIT_TRANSACTIONS, Remarks
SET IMPLICIT_TRANSACTIONS ON;
DECLARE @v int = 1;
SET @v = 2;
IF @v = 2 PRINT 'two';
SELECT @@TRANCOUNT AS t;
-- expect
-- Msg 0, Level 0, State 1, Line 4: two
-- columns t int
-- row 0
-- rows 1

-- case: @@OPTIONS shows IMPLICIT_TRANSACTIONS
-- source: SET IMPLICIT_TRANSACTIONS, "To view the current setting"
SELECT @@OPTIONS & 2 AS o;
SET IMPLICIT_TRANSACTIONS ON;
SELECT @@OPTIONS & 2 AS o;
-- expect
-- columns o int
-- row 0
-- rows 1
-- columns o int
-- row 2
-- rows 1

-- case: an error under IMPLICIT_TRANSACTIONS leaves the transaction open
-- source: SET IMPLICIT_TRANSACTIONS; SET XACT_ABORT
CREATE TABLE tr48 (a int PRIMARY KEY);
INSERT tr48 VALUES (1);
-- setup
SET IMPLICIT_TRANSACTIONS ON;
INSERT tr48 VALUES (1);
SELECT @@TRANCOUNT AS t;
ROLLBACK;
-- expect
-- Msg 2627, Level 14, State 1, Line 2: Violation of PRIMARY KEY constraint 'PK__…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int
-- row 1
-- rows 1

-- case: CURRENT_TRANSACTION_ID stays the same inside a transaction
-- source: CURRENT_TRANSACTION_ID
DECLARE @a bigint, @b bigint, @c bigint;
BEGIN TRAN;
SELECT @a = CURRENT_TRANSACTION_ID();
SELECT @b = CURRENT_TRANSACTION_ID();
COMMIT;
SELECT @c = CURRENT_TRANSACTION_ID();
SELECT IIF(@a = @b, 1, 0) AS same, IIF(@c > @a, 1, 0) AS later;
SELECT CURRENT_TRANSACTION_ID() AS id;
-- expect
-- columns same int, later int
-- row 1 | 1
-- rows 1
-- columns id bigint
-- row *
-- rows 1

-- case: dynamic SQL takes part in the transaction
-- source: EXECUTE; BEGIN TRANSACTION
CREATE TABLE tr50 (id int);
-- setup
BEGIN TRAN;
EXEC (N'INSERT tr50 VALUES (1); SAVE TRAN s; INSERT tr50 VALUES (2);');
ROLLBACK TRAN s;
SELECT @@TRANCOUNT AS t, COUNT(*) AS n FROM tr50;
ROLLBACK;
SELECT COUNT(*) AS n FROM tr50;
-- expect
-- rows 1
-- rows 1
-- columns t int, n int
-- row 1 | 1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: a transaction begun in dynamic SQL and left open is Msg 266
-- source: Msg 266
EXEC (N'BEGIN TRAN');
SELECT @@TRANCOUNT AS t;
ROLLBACK;
-- expect
-- Msg 266, Level 16, State 2, Line 1: Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = 0, current count = 1.
-- columns t int
-- row 1
-- rows 1

-- case: a transaction ended in dynamic SQL is Msg 266, and XACT_ABORT passes over it
-- source: Msg 266; SET XACT_ABORT
SET XACT_ABORT ON; BEGIN TRAN; EXEC (N'ROLLBACK');
SELECT @@TRANCOUNT AS t;
-- expect
-- Msg 266, Level 16, State 2, Line 1: Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = 1, current count = 0.
-- columns t int
-- row 0
-- rows 1

-- case: a transaction cannot change to SNAPSHOT once it has read
-- source: SET TRANSACTION ISOLATION LEVEL, Remarks; Msg 3951
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE tr54 (id int);
-- setup
BEGIN TRAN;
SELECT COUNT(*) AS n FROM tr54;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
SELECT id FROM tr54;
SELECT 'not reached' AS never;
-- expect
-- columns n int
-- row 0
-- rows 1
-- Msg 3951, Level 16, State 1, Line 4: Transaction failed in database '…
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 0
-- rows 1

-- case: a transaction that began under SNAPSHOT may leave it and come back
-- source: SET TRANSACTION ISOLATION LEVEL, SNAPSHOT
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE tr55 (id int);
-- setup
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT COUNT(*) AS n FROM tr55;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
SELECT COUNT(*) AS n FROM tr55;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
SELECT COUNT(*) AS n FROM tr55;
COMMIT;
SELECT @@TRANCOUNT AS t;
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns n int
-- row 0
-- rows 1
-- columns n int
-- row 0
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- case: BEGIN TRANSACTION alone does not yet start under a level
-- source: SET TRANSACTION ISOLATION LEVEL, "A transaction starts the first time it accesses data"
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE tr56 (id int);
-- setup
BEGIN TRAN;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
SELECT COUNT(*) AS n FROM tr56;
COMMIT;
-- expect
-- columns n int
-- row 0
-- rows 1

-- case: XACT_ABORT ON rolls back without a COMMIT reached
-- source: SET XACT_ABORT, example
CREATE TABLE tr57_1 (a int NOT NULL PRIMARY KEY);
CREATE TABLE tr57_2 (a int NOT NULL REFERENCES tr57_1 (a));
INSERT tr57_1 VALUES (1), (3), (4), (6);
-- setup
SET XACT_ABORT OFF;
BEGIN TRANSACTION;
INSERT tr57_2 VALUES (1);
INSERT tr57_2 VALUES (2);
INSERT tr57_2 VALUES (3);
COMMIT TRANSACTION;
-- expect
-- rows 1
-- Msg 547, Level 16, State 0, Line 4: The INSERT statement conflicted with the FOREIGN KEY constraint "FK__…
-- Msg 3621, Level 0, State 0, Line 4: The statement has been terminated.
-- rows 1
SET XACT_ABORT ON;
BEGIN TRANSACTION;
INSERT tr57_2 VALUES (4);
INSERT tr57_2 VALUES (5);
INSERT tr57_2 VALUES (6);
COMMIT TRANSACTION;
-- expect
-- rows 1
-- Msg 547, Level 16, State 0, Line 4: The INSERT statement conflicted with the FOREIGN KEY constraint "FK__…
SELECT a FROM tr57_2 ORDER BY a;
-- expect
-- columns a int
-- row 1
-- row 3
-- rows 2

-- case: XACT_ABORT set in dynamic SQL ends with it
-- source: SET statements, "Considerations"
CREATE TABLE tr58 (id int PRIMARY KEY);
INSERT tr58 VALUES (1);
-- setup
EXEC (N'SET XACT_ABORT ON');
SELECT @@OPTIONS & 16384 AS o;
BEGIN TRAN;
INSERT tr58 VALUES (1);
SELECT @@TRANCOUNT AS t;
ROLLBACK;
-- expect
-- columns o int
-- row 0
-- rows 1
-- Msg 2627, Level 14, State 1, Line 4: Violation of PRIMARY KEY constraint 'PK__…
-- Msg 3621, Level 0, State 0, Line 4: The statement has been terminated.
-- columns t int
-- row 1
-- rows 1

-- case: a failed statement of several rows leaves none of them
-- source: Transactions, autocommit
CREATE TABLE tr59 (id int PRIMARY KEY);
-- setup
INSERT tr59 VALUES (1), (2), (1);
SELECT COUNT(*) AS n FROM tr59;
-- expect
-- Msg 2627, Level 14, State 1, Line 1: Violation of PRIMARY KEY constraint 'PK__…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns n int
-- row 0
-- rows 1

-- case: COMMIT WORK, ROLLBACK WORK and WITH (DELAYED_DURABILITY)
-- source: COMMIT WORK; COMMIT TRANSACTION
CREATE TABLE tr60 (id int);
-- setup
BEGIN TRAN;
INSERT tr60 VALUES (1);
COMMIT WORK;
BEGIN TRAN;
INSERT tr60 VALUES (2);
ROLLBACK WORK;
BEGIN TRAN;
INSERT tr60 VALUES (3);
COMMIT TRAN WITH (DELAYED_DURABILITY = ON);
SELECT id FROM tr60 ORDER BY id;
-- expect
-- rows 1
-- rows 1
-- rows 1
-- columns id int
-- row 1
-- row 3
-- rows 2

-- case: @@ROWCOUNT and @@ERROR after BEGIN, COMMIT and ROLLBACK
-- source: @@ROWCOUNT, Remarks
CREATE TABLE tr61 (id int);
-- setup
INSERT tr61 VALUES (1), (2);
BEGIN TRAN;
SELECT @@ROWCOUNT AS n, @@ERROR AS e;
INSERT tr61 VALUES (1), (2), (3);
COMMIT;
SELECT @@ROWCOUNT AS n, @@ERROR AS e;
-- expect
-- rows 2
-- columns n int, e int
-- row 0 | 0
-- rows 1
-- rows 3
-- columns n int, e int
-- row 0 | 0
-- rows 1

-- case: a table dropped and made anew in one transaction
-- source: DROP TABLE; CREATE TABLE; deferred name resolution
CREATE TABLE tr62 (id int);
-- setup
BEGIN TRAN;
DROP TABLE tr62;
EXEC (N'CREATE TABLE tr62 (id int, v varchar(3))');
EXEC (N'INSERT tr62 VALUES (1, ''a''); SELECT * FROM tr62;');
ROLLBACK;
SELECT * FROM tr62;
-- expect
-- rows 1
-- columns id int, v varchar(3)
-- row 1 | 'a'
-- rows 1
-- columns id int
-- rows 0

-- case: BEGIN DISTRIBUTED TRANSACTION is refused
-- source: the documented refusals of the embedded server
-- only: embedded
BEGIN DISTRIBUTED TRANSACTION;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'BEGIN DISTRIBUTED TRANSACTION' is not supported in this version of SQL Server.

-- case: the isolation level set in dynamic SQL ends with it
-- source: SET TRANSACTION ISOLATION LEVEL, Remarks
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
EXEC (N'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT transaction_isolation_level AS l FROM sys.dm_exec_sessions WHERE session_id = @@SPID;');
SELECT transaction_isolation_level AS l FROM sys.dm_exec_sessions WHERE session_id = @@SPID;
-- expect
-- columns l smallint
-- row 4
-- rows 1
-- columns l smallint
-- row 3
-- rows 1
