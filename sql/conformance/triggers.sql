-- chapter: Triggers and procedures
-- case: an AFTER trigger sees the inserted rows
-- source: Use the inserted and deleted tables
CREATE TABLE a1 (id int PRIMARY KEY, n int);
CREATE TABLE a1log (id int, n int, note varchar(10));
-- setup
CREATE TRIGGER a1t ON a1 AFTER INSERT AS
INSERT a1log SELECT id, n, 'in' FROM inserted;
-- setup
INSERT a1 VALUES (1, 10), (2, 20);
SELECT id, n, note FROM a1log ORDER BY id;
-- expect
-- rows 2
-- rows 2
-- columns id int, n int, note varchar(10)
-- row 1 | 10 | 'in'
-- row 2 | 20 | 'in'
-- rows 2

-- chapter: Triggers and procedures
-- case: an UPDATE trigger joins the rows before and after
-- source: Use the inserted and deleted tables, "The deleted table stores copies of the affected rows"
CREATE TABLE a2 (id int PRIMARY KEY, n int);
CREATE TABLE a2log (id int, old int, new int);
INSERT a2 VALUES (1, 1), (2, 2), (3, 3);
-- setup
CREATE TRIGGER a2t ON a2 FOR UPDATE AS
SET NOCOUNT ON;
INSERT a2log SELECT i.id, d.n, i.n FROM inserted AS i JOIN deleted AS d ON d.id = i.id;
-- setup
UPDATE a2 SET n = n * 10 WHERE id > 1;
SELECT id, old, new FROM a2log ORDER BY id;
-- expect
-- rows 2
-- columns id int, old int, new int
-- row 2 | 2 | 20
-- row 3 | 3 | 30
-- rows 2

-- chapter: Triggers and procedures
-- case: a DELETE trigger has no inserted rows
-- source: Use the inserted and deleted tables
CREATE TABLE a3 (id int);
INSERT a3 VALUES (1), (2);
-- setup
CREATE TRIGGER a3t ON a3 AFTER DELETE AS
SELECT (SELECT COUNT(*) FROM inserted) AS i, (SELECT COUNT(*) FROM deleted) AS d;
-- setup
DELETE a3;
-- expect
-- columns i int, d int
-- row 0 | 2
-- rows 1
-- rows 2

-- chapter: Triggers and procedures
-- case: a trigger fires once for a statement that changes no row
-- source: CREATE TRIGGER (Transact-SQL), "These triggers fire when any valid event fires, whether table rows are affected or not"
CREATE TABLE a4 (id int);
-- setup
CREATE TRIGGER a4t ON a4 AFTER UPDATE AS PRINT 'fired';
-- setup
UPDATE a4 SET id = 1;
-- expect
-- Msg 0, Level 0, State 1, Procedure a4t, Line 1: fired
-- rows 0

-- chapter: Triggers and procedures
-- case: @@ROWCOUNT at the start of a trigger is that of its statement
-- source: CREATE TRIGGER (Transact-SQL); @@ROWCOUNT
CREATE TABLE a5 (id int);
-- setup
CREATE TRIGGER a5t ON a5 AFTER INSERT AS
SELECT @@ROWCOUNT AS rc;
-- setup
INSERT a5 VALUES (1), (2), (3);
SELECT @@ROWCOUNT AS after;
-- expect
-- columns rc int
-- row 3
-- rows 1
-- rows 3
-- columns after int
-- row 3
-- rows 1

-- chapter: Triggers and procedures
-- case: one trigger for several events
-- source: CREATE TRIGGER (Transact-SQL), "{ [INSERT] [,] [UPDATE] [,] [DELETE] }"
CREATE TABLE a6 (id int);
-- setup
CREATE TRIGGER a6t ON a6 AFTER INSERT, UPDATE, DELETE AS
IF NOT EXISTS (SELECT 1 FROM deleted) PRINT 'insert'
ELSE IF NOT EXISTS (SELECT 1 FROM inserted) PRINT 'delete'
ELSE PRINT 'update';
-- setup
SET NOCOUNT ON;
INSERT a6 VALUES (1);
UPDATE a6 SET id = 2;
DELETE a6;
-- expect
-- Msg 0, Level 0, State 1, Procedure a6t, Line 2: insert
-- Msg 0, Level 0, State 1, Procedure a6t, Line 4: update
-- Msg 0, Level 0, State 1, Procedure a6t, Line 3: delete

-- chapter: Triggers and procedures
-- case: several triggers of an event all fire
-- source: CREATE TRIGGER (Transact-SQL), "multiple triggers"
CREATE TABLE a7 (id int);
CREATE TABLE a7log (name varchar(10));
-- setup
CREATE TRIGGER a7a ON a7 AFTER INSERT AS INSERT a7log VALUES ('a');
-- setup
CREATE TRIGGER a7b ON a7 AFTER INSERT AS INSERT a7log VALUES ('b');
-- setup
SET NOCOUNT ON;
INSERT a7 VALUES (1);
SELECT name FROM a7log ORDER BY name;
SET NOCOUNT OFF;
-- expect
-- columns name varchar(10)
-- row 'a'
-- row 'b'

-- chapter: Triggers and procedures
-- case: UPDATE(column) tells which columns were named
-- source: UPDATE - trigger functions (Transact-SQL)
CREATE TABLE a8 (a int, b int);
-- setup
CREATE TRIGGER a8t ON a8 AFTER INSERT, UPDATE AS
SELECT IIF(UPDATE(a), 1, 0) AS a, CASE WHEN UPDATE(b) AND NOT UPDATE(a) THEN 1 ELSE 0 END AS only_b;
-- setup
INSERT a8 (a) VALUES (1);
UPDATE a8 SET b = 2;
-- expect
-- columns a int, only_b int
-- row 1 | 0
-- rows 1
-- rows 1
-- columns a int, only_b int
-- row 0 | 1
-- rows 1
-- rows 1

-- chapter: Triggers and procedures
-- case: UPDATE(column) is true for a column set to itself in no row
-- source: UPDATE - trigger functions (Transact-SQL), "UPDATE() returns TRUE regardless of whether an INSERT or UPDATE attempt is successful"
CREATE TABLE a9 (a int, b int);
-- setup
CREATE TRIGGER a9t ON a9 AFTER UPDATE AS
IF UPDATE(a) PRINT 'a';
IF UPDATE(b) PRINT 'b';
-- setup
UPDATE a9 SET a = a WHERE 1 = 0;
-- expect
-- Msg 0, Level 0, State 1, Procedure a9t, Line 2: a
-- rows 0

-- chapter: Triggers and procedures
-- case: COLUMNS_UPDATED has a bit for each column
-- source: COLUMNS_UPDATED (Transact-SQL)
CREATE TABLE b1 (c1 int, c2 int, c3 int, c4 int);
-- setup
CREATE TRIGGER b1t ON b1 AFTER UPDATE AS
SELECT CAST(SUBSTRING(COLUMNS_UPDATED(), 1, 1) AS int) AS bits;
-- setup
UPDATE b1 SET c2 = 1, c4 = 1;
-- expect
-- columns bits int
-- row 10
-- rows 1
-- rows 0

-- chapter: Triggers and procedures
-- case: @@TRANCOUNT in a change counts the change, and in a trigger does not
-- source: @@TRANCOUNT; "Usage of @@TRANCOUNT in DML statements" (Microsoft, blogs.msdn); captured from SQL Server 2025
CREATE TABLE tc1 (w varchar(10), n int);
-- setup
CREATE TRIGGER tc1t ON tc1 AFTER DELETE AS
DECLARE @n int = @@TRANCOUNT;
INSERT tc1 SELECT 'plain', @n;
INSERT tc1 SELECT 'inside', @@TRANCOUNT;
-- setup
DECLARE @t TABLE (n int);
INSERT @t SELECT @@TRANCOUNT;
INSERT tc1 SELECT 'alone', @@TRANCOUNT;
BEGIN TRAN;
INSERT tc1 SELECT 'open', @@TRANCOUNT;
UPDATE tc1 SET n = n * 10 + @@TRANCOUNT WHERE w = 'open';
COMMIT;
SELECT n AS v FROM @t;
SELECT w, n FROM tc1;
DELETE tc1;
SELECT w, n FROM tc1 ORDER BY n;
-- expect
-- rows 1
-- rows 1
-- rows 1
-- rows 1
-- columns v int
-- row 0
-- rows 1
-- columns w varchar(10), n int
-- row 'alone' | 2
-- row 'open' | 22
-- rows 2
-- rows 1
-- rows 1
-- rows 2
-- columns w varchar(10), n int
-- row 'plain' | 1
-- row 'inside' | 2
-- rows 2

-- chapter: Triggers and procedures
-- case: a trigger or table that is not there
-- source: Msg 1088, 4920, 2110; captured from SQL Server 2025
CREATE TABLE ts1 (id int); CREATE TABLE ts2 (id int);
-- setup
CREATE TRIGGER ts1t ON ts1 AFTER INSERT AS PRINT 'x';
-- setup
DISABLE TRIGGER missing ON ts1;
DISABLE TRIGGER ts1t ON ts2;
ENABLE TRIGGER ALL ON missing;
ALTER TABLE ts1 DISABLE TRIGGER missing;
-- expect
-- Msg 1088, Level 16, State 119, Line 1: Cannot find the object "missing" because it does not exist or you do not have permissions.
-- Msg 1088, Level 16, State 119, Line 2: Cannot find the object "ts1t" because it does not exist or you do not have permissions.
-- Msg 1088, Level 16, State 21, Line 3: Cannot find the object "missing" because it does not exist or you do not have permissions.
-- Msg 4920, Level 16, State 0, Line 4: ALTER TABLE failed because trigger 'missing' on table 'ts1' does not exist.
ALTER TRIGGER ts1t ON ts2 AFTER INSERT AS PRINT 'moved';
-- expect
-- Msg 2110, Level 15, State 1, Procedure ts1t, Line 1: Cannot alter trigger 'ts1t' on 'ts2' because this trigger does not belong to this object. Specify the correct trigger name or the correct target object name.
CREATE TRIGGER ts1 ON ts1 AFTER INSERT AS PRINT 'x';
-- expect
-- Msg 2714, Level 16, State 2, Procedure ts1, Line 1: There is already an object named 'ts1' in the database.
CREATE TRIGGER ts3t ON ts1 AFTER INSERT AS
-- expect
-- Msg 102, Level 15, State 1, Procedure ts3t, Line 1: Incorrect syntax near 'AS'.

-- chapter: Triggers and procedures
-- case: COLUMNS_UPDATED of a DELETE is empty
-- source: COLUMNS_UPDATED; captured from SQL Server 2025
CREATE TABLE cu1 (id int); CREATE TABLE cu1log (b varbinary(8));
INSERT cu1 VALUES (1);
-- setup
CREATE TRIGGER cu1t ON cu1 AFTER DELETE AS INSERT cu1log SELECT COLUMNS_UPDATED();
-- setup
DELETE cu1;
SELECT b FROM cu1log;
-- expect
-- rows 1
-- rows 1
-- columns b varbinary(8)
-- row 0x
-- rows 1

-- chapter: Triggers and procedures
-- case: ROLLBACK in a trigger ends the batch with Msg 3609
-- source: Msg 3609; CREATE TRIGGER, "ROLLBACK TRANSACTION"
CREATE TABLE b2 (id int);
-- setup
CREATE TRIGGER b2t ON b2 AFTER INSERT AS
IF EXISTS (SELECT 1 FROM inserted WHERE id < 0) ROLLBACK TRANSACTION;
-- setup
INSERT b2 VALUES (1);
INSERT b2 VALUES (-1);
PRINT 'not reached';
-- expect
-- rows 1
-- Msg 3609, Level 16, State 1, Line 2: The transaction ended in the trigger. The batch has been aborted.
SELECT id, @@TRANCOUNT AS t FROM b2;
-- expect
-- columns id int, t int
-- row 1 | 0
-- rows 1

-- chapter: Triggers and procedures
-- case: ROLLBACK in a trigger takes all of the open transaction
-- source: Msg 3609
CREATE TABLE b3 (id int);
CREATE TABLE b3other (id int);
-- setup
CREATE TRIGGER b3t ON b3 AFTER INSERT AS ROLLBACK;
-- setup
BEGIN TRAN;
INSERT b3other VALUES (1);
INSERT b3 VALUES (1);
-- expect
-- rows 1
-- Msg 3609, Level 16, State 1, Line 3: The transaction ended in the trigger. The batch has been aborted.
SELECT COUNT(*) AS n, @@TRANCOUNT AS t FROM b3other;
-- expect
-- columns n int, t int
-- row 0 | 0
-- rows 1

-- chapter: Triggers and procedures
-- case: RAISERROR and ROLLBACK, the usual refusal
-- source: CREATE TRIGGER (Transact-SQL), "Use a DML AFTER trigger to enforce a business rule"
CREATE TABLE b4 (id int);
-- setup
CREATE TRIGGER b4t ON b4 AFTER INSERT AS
BEGIN
    RAISERROR (N'no %d', 16, 1, 7);
    ROLLBACK TRANSACTION;
END;
-- setup
INSERT b4 VALUES (1);
-- expect
-- Msg 50000, Level 16, State 1, Procedure b4t, Line 3: no 7
-- Msg 3609, Level 16, State 1, Line 1: The transaction ended in the trigger. The batch has been aborted.

-- chapter: Triggers and procedures
-- case: RAISERROR alone lets the change stand
-- source: RAISERROR (Transact-SQL); triggers run with XACT_ABORT ON, which RAISERROR passes over
CREATE TABLE b5 (id int);
-- setup
CREATE TRIGGER b5t ON b5 AFTER INSERT AS RAISERROR (N'warned', 16, 1);
-- setup
INSERT b5 VALUES (1);
SELECT COUNT(*) AS n FROM b5;
-- expect
-- Msg 50000, Level 16, State 1, Procedure b5t, Line 1: warned
-- rows 1
-- columns n int
-- row 1
-- rows 1

-- chapter: Triggers and procedures
-- case: an error in a trigger ends the batch and takes the change back
-- source: SET XACT_ABORT (Transact-SQL), "ON is the default setting in a trigger"; Msg 515
CREATE TABLE b6 (id int);
CREATE TABLE b6log (id int NOT NULL);
-- setup
CREATE TRIGGER b6t ON b6 AFTER INSERT AS
INSERT b6log VALUES (NULL);
-- setup
INSERT b6 VALUES (1);
PRINT 'not reached';
-- expect
-- Msg 515, Level 16, State 2, Procedure b6t, Line 2: Cannot insert the value NULL into column 'id'…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
SELECT COUNT(*) AS n FROM b6;
-- expect
-- columns n int
-- row 0
-- rows 1

-- chapter: Triggers and procedures
-- case: THROW in a trigger comes to the CATCH of the caller
-- source: TRY...CATCH (Transact-SQL); THROW
CREATE TABLE b7 (id int);
-- setup
CREATE TRIGGER b7t ON b7 AFTER INSERT AS THROW 50001, N'from trigger', 3;
-- setup
BEGIN TRAN;
BEGIN TRY
    INSERT b7 VALUES (1);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m, ERROR_STATE() AS s, ERROR_PROCEDURE() AS p, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT COUNT(*) AS n FROM b7;
-- expect
-- rows 0
-- columns n int, m nvarchar(4000), s int, p nvarchar(128), x smallint
-- row 50001 | 'from trigger' | 3 | 'b7t' | -1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- chapter: Triggers and procedures
-- case: a trigger stands in the transaction of its statement
-- source: ROLLBACK TRANSACTION (Transact-SQL), "A trigger operates as if there were an outstanding transaction in effect when the trigger is executed"
CREATE TABLE b8 (id int);
-- setup
CREATE TRIGGER b8t ON b8 AFTER INSERT AS SELECT @@TRANCOUNT AS t, @@NESTLEVEL AS l;
-- setup
INSERT b8 VALUES (1);
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int, l int
-- row 1 | 1
-- rows 1
-- rows 1
-- columns t int
-- row 0
-- rows 1

-- chapter: Triggers and procedures
-- case: @@IDENTITY is the trigger's, SCOPE_IDENTITY the statement's
-- source: SCOPE_IDENTITY (Transact-SQL), "Use @@IDENTITY and SCOPE_IDENTITY with triggers"
CREATE TABLE b9 (id int IDENTITY(1, 1), n int);
CREATE TABLE b9log (id int IDENTITY(500, 1), n int);
-- setup
CREATE TRIGGER b9t ON b9 AFTER INSERT AS
BEGIN
    SET NOCOUNT ON;
    INSERT b9log SELECT n FROM inserted;
END;
-- setup
INSERT b9 VALUES (7);
SELECT CAST(SCOPE_IDENTITY() AS int) AS s, CAST(@@IDENTITY AS int) AS i;
-- expect
-- rows 1
-- columns s int, i int
-- row 1 | 500
-- rows 1

-- chapter: Triggers and procedures
-- case: SET NOCOUNT in a trigger ends with it
-- source: SET Statements (Transact-SQL), "If a SET statement runs in a stored procedure or trigger, the value of the SET option gets restored"
CREATE TABLE c1 (id int);
CREATE TABLE c1log (id int);
-- setup
CREATE TRIGGER c1t ON c1 AFTER INSERT AS SET NOCOUNT ON; INSERT c1log SELECT id FROM inserted;
-- setup
INSERT c1 VALUES (1);
INSERT c1log VALUES (2);
-- expect
-- rows 1
-- rows 1

-- chapter: Triggers and procedures
-- case: a trigger does not fire itself
-- source: CREATE TRIGGER (Transact-SQL), "Recursive triggers … RECURSIVE_TRIGGERS"; OFF by default
CREATE TABLE c2 (id int PRIMARY KEY, n int);
INSERT c2 VALUES (1, 0);
-- setup
CREATE TRIGGER c2t ON c2 AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    UPDATE c2 SET n = n + 1 WHERE id IN (SELECT id FROM inserted);
END;
-- setup
UPDATE c2 SET n = 10;
SELECT n FROM c2;
-- expect
-- rows 1
-- columns n int
-- row 11
-- rows 1

-- chapter: Triggers and procedures
-- case: triggers nest, and know how deep
-- source: TRIGGER_NESTLEVEL (Transact-SQL); Nested triggers
CREATE TABLE c3 (id int);
CREATE TABLE c3b (id int);
-- setup
CREATE TRIGGER c3t ON c3 AFTER INSERT AS SET NOCOUNT ON; INSERT c3b SELECT id FROM inserted;
-- setup
CREATE TRIGGER c3bt ON c3b AFTER INSERT AS SELECT TRIGGER_NESTLEVEL() AS l, TRIGGER_NESTLEVEL(OBJECT_ID('c3t')) AS t;
-- setup
INSERT c3 VALUES (1);
SELECT TRIGGER_NESTLEVEL() AS l;
-- expect
-- columns l int, t int
-- row 2 | 1
-- rows 1
-- columns l int
-- row 0
-- rows 1

-- chapter: Triggers and procedures
-- case: two triggers that fire each other end at 32 levels
-- source: Msg 217; Nested triggers, "up to 32 levels"
CREATE TABLE c4a (n int);
CREATE TABLE c4b (n int);
INSERT c4a VALUES (0);
INSERT c4b VALUES (0);
-- setup
CREATE TRIGGER c4at ON c4a AFTER UPDATE AS SET NOCOUNT ON; UPDATE c4b SET n = n + 1;
-- setup
CREATE TRIGGER c4bt ON c4b AFTER UPDATE AS SET NOCOUNT ON; UPDATE c4a SET n = n + 1;
-- setup
UPDATE c4a SET n = 1;
-- expect
-- Msg 217, Level 16, State 1, Procedure c4bt, Line 1: Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).
SELECT n FROM c4a;
-- expect
-- columns n int
-- row 0
-- rows 1

-- chapter: Triggers and procedures
-- case: indirect recursion sees the rows of its own level
-- source: CREATE TRIGGER (Transact-SQL), "Indirect recursion"
CREATE TABLE c5a (n int);
CREATE TABLE c5b (n int);
CREATE TABLE c5log (lvl int, n int);
INSERT c5a VALUES (0);
INSERT c5b VALUES (0);
-- setup
CREATE TRIGGER c5at ON c5a AFTER UPDATE AS
SET NOCOUNT ON;
IF TRIGGER_NESTLEVEL() < 3 UPDATE c5b SET n = n + 1;
INSERT c5log SELECT TRIGGER_NESTLEVEL(), n FROM inserted;
-- setup
CREATE TRIGGER c5bt ON c5b AFTER UPDATE AS SET NOCOUNT ON; UPDATE c5a SET n = n + 100;
-- setup
UPDATE c5a SET n = 1;
SELECT lvl, n FROM c5log ORDER BY lvl;
-- expect
-- rows 1
-- columns lvl int, n int
-- row 1 | 1
-- row 3 | 101
-- rows 2

-- chapter: Triggers and procedures
-- case: a disabled trigger does not fire
-- source: DISABLE TRIGGER (Transact-SQL); ALTER TABLE, "{ ENABLE | DISABLE } TRIGGER"
CREATE TABLE c6 (id int);
-- setup
CREATE TRIGGER c6t ON c6 AFTER INSERT AS PRINT 'fired';
-- setup
DISABLE TRIGGER c6t ON c6;
INSERT c6 VALUES (1);
ENABLE TRIGGER ALL ON c6;
INSERT c6 VALUES (2);
ALTER TABLE c6 DISABLE TRIGGER c6t;
INSERT c6 VALUES (3);
ALTER TABLE c6 ENABLE TRIGGER ALL;
INSERT c6 VALUES (4);
-- expect
-- rows 1
-- Msg 0, Level 0, State 1, Procedure c6t, Line 1: fired
-- rows 1
-- rows 1
-- Msg 0, Level 0, State 1, Procedure c6t, Line 1: fired
-- rows 1

-- chapter: Triggers and procedures
-- case: OUTPUT to the client is refused beside triggers
-- source: Msg 334
CREATE TABLE c7 (id int);
CREATE TABLE c7log (id int);
-- setup
CREATE TRIGGER c7t ON c7 AFTER INSERT AS RETURN;
-- setup
INSERT c7 OUTPUT inserted.id VALUES (1);
-- expect
-- Msg 334, Level 16, State 1, Line 1: The target table 'c7' of the DML statement cannot have any enabled triggers if the statement contains an OUTPUT clause without INTO clause.
INSERT c7 OUTPUT inserted.id INTO c7log VALUES (1);
DELETE c7 OUTPUT deleted.id;
-- expect
-- rows 1
-- columns id int
-- row 1
-- rows 1

-- chapter: Triggers and procedures
-- case: inserted and deleted cannot be changed
-- source: Msg 286
CREATE TABLE c8 (id int);
-- setup
CREATE TRIGGER c8t ON c8 AFTER INSERT AS DELETE inserted;
-- expect
-- Msg 286, Level 16, State 1, Procedure c8t, Line 1: The logical tables INSERTED and DELETED cannot be updated.

-- chapter: Triggers and procedures
-- case: inserted stands in triggers only
-- source: Msg 208
SELECT * FROM inserted;
-- expect
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'inserted'.
IF UPDATE(a) PRINT 'x';
-- expect
-- Msg 140, Level 15, State 1, Line 1: Can only use IF UPDATE within a CREATE TRIGGER statement.

-- chapter: Triggers and procedures
-- case: dynamic SQL in a trigger does not see inserted
-- source: Use the inserted and deleted tables; Msg 208
CREATE TABLE c9 (id int);
-- setup
CREATE TRIGGER c9t ON c9 AFTER INSERT AS EXEC ('SELECT * FROM inserted');
-- setup
INSERT c9 VALUES (1);
-- expect
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'inserted'.
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.

-- chapter: Triggers and procedures
-- case: MERGE fires the triggers of all its actions
-- source: MERGE (Transact-SQL), "Trigger implementation"
CREATE TABLE d1 (id int PRIMARY KEY, n int);
CREATE TABLE d1log (act varchar(10), id int);
INSERT d1 VALUES (1, 1), (2, 2);
-- setup
CREATE TRIGGER d1i ON d1 AFTER INSERT AS INSERT d1log SELECT 'insert', id FROM inserted;
-- setup
CREATE TRIGGER d1u ON d1 AFTER UPDATE AS INSERT d1log SELECT 'update', id FROM inserted;
-- setup
CREATE TRIGGER d1d ON d1 AFTER DELETE AS INSERT d1log SELECT 'delete', id FROM deleted;
-- setup
SET NOCOUNT ON;
MERGE d1 AS t USING (VALUES (2), (3)) AS s (id) ON t.id = s.id
WHEN MATCHED THEN UPDATE SET n = 0
WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0)
WHEN NOT MATCHED BY SOURCE THEN DELETE;
SELECT act, id FROM d1log ORDER BY id;
-- expect
-- columns act varchar(10), id int
-- row 'delete' | 1
-- row 'update' | 2
-- row 'insert' | 3

-- chapter: Triggers and procedures
-- case: INSTEAD OF INSERT takes the place of the insert
-- source: CREATE TRIGGER (Transact-SQL), "INSTEAD OF"
CREATE TABLE e1 (id int PRIMARY KEY, name varchar(10));
-- setup
CREATE TRIGGER e1t ON e1 INSTEAD OF INSERT AS
BEGIN
    SET NOCOUNT ON;
    INSERT e1 SELECT id, UPPER(name) FROM inserted WHERE id > 0;
END;
-- setup
INSERT e1 VALUES (1, 'a'), (-1, 'b');
SELECT id, name FROM e1;
-- expect
-- rows 2
-- columns id int, name varchar(10)
-- row 1 | 'A'
-- rows 1

-- chapter: Triggers and procedures
-- case: INSTEAD OF DELETE and UPDATE leave the rows to the trigger
-- source: CREATE TRIGGER (Transact-SQL), "INSTEAD OF"
CREATE TABLE e2 (id int PRIMARY KEY, n int, gone bit DEFAULT 0);
INSERT e2 (id, n) VALUES (1, 1), (2, 2);
-- setup
CREATE TRIGGER e2d ON e2 INSTEAD OF DELETE AS
SET NOCOUNT ON; UPDATE e2 SET gone = 1 WHERE id IN (SELECT id FROM deleted);
-- setup
DELETE e2 WHERE id = 2;
SELECT id, gone FROM e2 ORDER BY id;
-- expect
-- rows 1
-- columns id int, gone bit
-- row 1 | 0
-- row 2 | 1
-- rows 2

-- chapter: Triggers and procedures
-- case: INSTEAD OF triggers make a join view changeable
-- source: CREATE TRIGGER (Transact-SQL), "INSTEAD OF … views"
CREATE TABLE e3a (id int PRIMARY KEY, name varchar(10));
CREATE TABLE e3b (id int PRIMARY KEY, city varchar(10));
-- setup
CREATE VIEW e3v AS SELECT a.id, a.name, b.city FROM e3a AS a JOIN e3b AS b ON b.id = a.id;
-- setup
CREATE TRIGGER e3i ON e3v INSTEAD OF INSERT AS
BEGIN
    SET NOCOUNT ON;
    INSERT e3a SELECT id, name FROM inserted;
    INSERT e3b SELECT id, city FROM inserted;
END;
-- setup
CREATE TRIGGER e3u ON e3v INSTEAD OF UPDATE AS
BEGIN
    SET NOCOUNT ON;
    UPDATE b SET city = i.city FROM e3b AS b JOIN inserted AS i ON i.id = b.id;
    SELECT d.city AS old, i.city AS new, i.name FROM inserted AS i JOIN deleted AS d ON d.id = i.id;
END;
-- setup
INSERT e3v VALUES (1, 'x', 'Rome'), (2, 'y', 'Oslo');
UPDATE e3v SET city = 'Bern' WHERE name = 'y';
SELECT id, name, city FROM e3v ORDER BY id;
-- expect
-- rows 2
-- columns old varchar(10), new varchar(10), name varchar(10)
-- row 'Oslo' | 'Bern' | 'y'
-- rows 1
-- columns id int, name varchar(10), city varchar(10)
-- row 1 | 'x' | 'Rome'
-- row 2 | 'y' | 'Bern'
-- rows 2

-- chapter: Triggers and procedures
-- case: a constraint is checked before AFTER triggers fire
-- source: CREATE TRIGGER (Transact-SQL), "AFTER triggers aren't executed until … all … constraint checks succeed"; Msg 547
CREATE TABLE f1 (id int CONSTRAINT ck_f1 CHECK (id > 0));
-- setup
CREATE TRIGGER f1t ON f1 AFTER INSERT AS PRINT 'fired';
-- setup
INSERT f1 VALUES (-1);
-- expect
-- Msg 547, Level 16, State 0, Line 1: The INSERT statement conflicted with the CHECK constraint "ck_f1"…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.

-- chapter: Triggers and procedures
-- case: TRUNCATE TABLE fires no trigger
-- source: CREATE TRIGGER (Transact-SQL), "a TRUNCATE TABLE statement … can't activate a trigger"
CREATE TABLE f2 (id int);
INSERT f2 VALUES (1);
-- setup
CREATE TRIGGER f2t ON f2 AFTER DELETE AS PRINT 'fired';
-- setup
TRUNCATE TABLE f2;
SELECT COUNT(*) AS n FROM f2;
-- expect
-- columns n int
-- row 0
-- rows 1

-- chapter: Triggers and procedures
-- case: DROP TRIGGER and CREATE OR ALTER TRIGGER
-- source: DROP TRIGGER (Transact-SQL); CREATE TRIGGER, "CREATE OR ALTER"
CREATE TABLE f3 (id int);
-- setup
CREATE TRIGGER f3t ON f3 AFTER INSERT AS PRINT 'one';
-- setup
CREATE OR ALTER TRIGGER f3t ON f3 AFTER INSERT AS PRINT 'two';
-- setup
SET NOCOUNT ON;
INSERT f3 VALUES (1);
DROP TRIGGER f3t;
INSERT f3 VALUES (2);
-- expect
-- Msg 0, Level 0, State 1, Procedure f3t, Line 1: two

-- chapter: Triggers and procedures
-- case: COMMIT in a trigger without BEGIN ends the batch
-- source: Msg 3609
CREATE TABLE f4 (id int);
-- setup
CREATE TRIGGER f4t ON f4 AFTER INSERT AS COMMIT;
-- setup
INSERT f4 VALUES (1);
PRINT 'not reached';
-- expect
-- Msg 3609, Level 16, State 1, Line 1: The transaction ended in the trigger. The batch has been aborted.

-- chapter: Triggers and procedures
-- case: a trigger's own transaction is nested
-- source: ROLLBACK TRANSACTION (Transact-SQL), "nested transactions" in triggers
CREATE TABLE f5 (id int);
CREATE TABLE f5log (t int);
-- setup
CREATE TRIGGER f5t ON f5 AFTER INSERT AS
SET NOCOUNT ON;
BEGIN TRAN;
DECLARE @t int = @@TRANCOUNT;
INSERT f5log VALUES (@t);
COMMIT;
-- setup
INSERT f5 VALUES (1);
SELECT t FROM f5log;
-- expect
-- rows 1
-- columns t int
-- row 2
-- rows 1

-- chapter: Triggers and procedures
-- case: a cascade fires the triggers of the tables that it reaches, before the target's own
-- source: Primary and foreign key constraints, "Triggers and cascading referential actions"
CREATE TABLE g1 (id int PRIMARY KEY);
CREATE TABLE g1c (n int PRIMARY KEY, k int NULL REFERENCES g1 (id) ON DELETE CASCADE ON UPDATE CASCADE);
INSERT g1 VALUES (1), (2), (3);
INSERT g1c VALUES (10, 1), (11, 1), (20, 2);
-- setup
CREATE TRIGGER g1t ON g1 AFTER DELETE, UPDATE AS PRINT 'parent';
-- setup
CREATE TRIGGER g1ct ON g1c AFTER DELETE, UPDATE AS
SET NOCOUNT ON;
SELECT d.n, d.k AS old, i.k AS new FROM deleted AS d LEFT JOIN inserted AS i ON i.n = d.n ORDER BY d.n;
-- setup
SET NOCOUNT ON;
DELETE g1 WHERE id = 1;
UPDATE g1 SET id = 9 WHERE id = 2;
DELETE g1 WHERE id = 3;
-- expect
-- columns n int, old int, new int
-- row 10 | 1 | NULL
-- row 11 | 1 | NULL
-- Msg 0, Level 0, State 1, Procedure g1t, Line 1: parent
-- columns n int, old int, new int
-- row 20 | 2 | 9
-- Msg 0, Level 0, State 1, Procedure g1t, Line 1: parent
-- Msg 0, Level 0, State 1, Procedure g1t, Line 1: parent

-- chapter: Triggers and procedures
-- case: SET NULL of a foreign key is an update for triggers
-- source: Primary and foreign key constraints, "Triggers and cascading referential actions"
CREATE TABLE g2 (id int PRIMARY KEY);
CREATE TABLE g2c (n int PRIMARY KEY, k int NULL REFERENCES g2 (id) ON DELETE SET NULL);
INSERT g2 VALUES (1);
INSERT g2c VALUES (10, 1);
-- setup
CREATE TRIGGER g2ct ON g2c AFTER UPDATE AS
SET NOCOUNT ON;
SELECT i.n, i.k, IIF(UPDATE(k), 1, 0) AS u FROM inserted AS i;
-- setup
DELETE g2;
-- expect
-- columns n int, k int, u int
-- row 10 | NULL | 1
-- rows 1
