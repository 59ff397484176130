-- chapter: Programmability

-- case: IF, WHILE and PRINT end with a DONE each, and a variable that is set is counted
-- source: MS-TDS 2.2.7.6 (DONE); captured from SQL Server 2025
DECLARE @n int = 2;
IF @n > 5 PRINT 'not';
WHILE @n > 1 SET @n -= 1;
PRINT 'end';
-- expect
-- DONE 193 rows 1
-- DONE 192
-- DONE 192
-- DONE 193 rows 1
-- DONE 192
-- Msg 0, Level 0, State 1, Line 4: end
-- DONE 247

-- case: each variable with an initial value is counted by itself
-- source: MS-TDS 2.2.7.6 (DONE); DECLARE @local_variable
DECLARE @a int = 1, @b int, @c int = 3;
-- expect
-- DONE 193 rows 1
-- DONE 193 rows 1

-- case: TRY and CATCH have a DONE at their beginning and at their end
-- source: MS-TDS 2.2.7.6 (DONE); TRY...CATCH; captured from SQL Server 2025
BEGIN TRY
    SELECT 1 AS x;
END TRY
BEGIN CATCH
    SELECT 2 AS y;
END CATCH;
BEGIN TRY
    RAISERROR('fails', 16, 1);
END TRY
BEGIN CATCH
    PRINT 'caught';
END CATCH;
-- expect
-- DONE 349
-- columns x int
-- row 1
-- DONE 193 rows 1
-- DONE 351
-- DONE 349
-- DONE 246
-- DONE 350
-- Msg 0, Level 0, State 1, Line 11: caught
-- DONE 247
-- DONE 351

-- case: a batch keeps its DONE tokens under NOCOUNT, without counts
-- source: SET NOCOUNT; MS-TDS 2.2.7.6 (DONE)
SET NOCOUNT ON;
IF 1 = 1 SELECT 1 AS x;
SET NOCOUNT OFF;
-- expect
-- DONE 185
-- DONE 192
-- columns x int
-- row 1
-- DONE 193
-- DONE 186

-- case: a procedure tells under NOCOUNT only of what returns rows
-- source: SET NOCOUNT, "prevents the sending of DONE_IN_PROC messages"
CREATE TABLE es1 (id int);
-- setup
CREATE PROCEDURE es1p AS
SET NOCOUNT ON;
DECLARE @n int = 1;
IF @n = 1 INSERT es1 VALUES (@n);
BEGIN TRY SELECT id FROM es1; END TRY BEGIN CATCH PRINT 'not'; END CATCH;
RETURN 4;
-- setup
EXEC es1p; SELECT 2 AS two;
-- expect
-- columns id int
-- row 1
-- DONEINPROC 193
-- status 4
-- DONEPROC 224
-- columns two int
-- row 2
-- DONE 193 rows 1

-- case: a procedure's statements end with DONEINPROC, and its EXECUTE with RETURNSTATUS and DONEPROC
-- source: MS-TDS 2.2.7.7 (DONEINPROC), 2.2.7.8 (DONEPROC), 2.2.7.18 (RETURNSTATUS)
CREATE PROCEDURE es2in @v int OUTPUT AS SET @v = @v + 1; RETURN 5;
-- setup
CREATE PROCEDURE es2 AS
DECLARE @v int = 1, @r int;
EXEC @r = es2in @v OUTPUT;
SELECT @v AS v, @r AS r;
-- setup
DECLARE @s int;
EXEC @s = es2;
-- expect
-- DONEINPROC 193 rows 1
-- DONEINPROC 193 rows 1
-- DONEINPROC 193 rows 1
-- DONEINPROC 224
-- columns v int, r int
-- row 2 | 5
-- DONEINPROC 193 rows 1
-- status 0
-- DONEPROC 224

-- case: RETURN without a value ends with a DONE of its own, and sets @@ROWCOUNT to 0
-- source: RETURN; MS-TDS 2.2.7.7 (DONEINPROC)
CREATE PROCEDURE es3 AS RETURN;
-- setup
SELECT n FROM (VALUES (1), (2)) AS v (n);
EXEC es3;
SELECT @@ROWCOUNT AS c;
-- expect
-- columns n int
-- row 1
-- row 2
-- DONE 193 rows 2
-- DONEINPROC 219
-- status 0
-- DONEPROC 224
-- columns c int
-- row 0
-- DONE 193 rows 1

-- case: a text in parentheses is a call with a status
-- source: EXECUTE; MS-TDS 2.2.7.18 (RETURNSTATUS)
EXEC ('RAISERROR(''r'', 16, 1)');
SELECT @@ERROR AS e;
-- expect
-- Msg 50000, Level 16, State 1, Line 1: r
-- DONEINPROC 246 error
-- status -6
-- DONEPROC 224
-- columns e int
-- row 50000
-- DONE 193 rows 1

-- case: what cannot be bound has no status, and its EXECUTE fails
-- source: Msg 208; MS-TDS 2.2.7.8 (DONEPROC)
CREATE PROCEDURE es4 AS SELECT 'first' AS f; SELECT * FROM es_missing; SELECT 'after' AS a;
-- setup
DECLARE @r int = 99;
EXEC @r = es4;
SELECT @r AS r, @@ERROR AS e;
EXEC ('SELECT * FROM es_missing');
-- expect
-- DONE 193 rows 1
-- columns f varchar(5)
-- row 'first'
-- DONEINPROC 193 rows 1
-- Msg 208, Level 16, State 1, Procedure es4, Line 1: Invalid object name 'es_missing'.
-- DONEPROC 224 error
-- columns r int, e int
-- row 99 | 208
-- DONE 193 rows 1
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'es_missing'.
-- DONEPROC 224 error

-- case: the status of a procedure tells of the most severe of its own errors, caught or not
-- source: RETURN, "Return codes"; captured from SQL Server 2025
CREATE PROCEDURE es5a AS RAISERROR('a', 16, 1); RAISERROR('b', 11, 1);
-- setup
CREATE PROCEDURE es5b AS BEGIN TRY RAISERROR('c', 14, 1); END TRY BEGIN CATCH RETURN; END CATCH;
-- setup
CREATE PROCEDURE es5c AS BEGIN TRY EXEC es5a; END TRY BEGIN CATCH PRINT 'caught'; END CATCH;
-- setup
DECLARE @a int, @b int, @c int;
EXEC @a = es5a;
EXEC @b = es5b;
EXEC @c = es5c;
SELECT @a AS a, @b AS b, @c AS c;
-- expect
-- Msg 50000, Level 16, State 1, Procedure es5a, Line 1: a
-- Msg 50000, Level 11, State 1, Procedure es5a, Line 1: b
-- Msg 0, Level 0, State 1, Procedure es5c, Line 1: caught
-- columns a int, b int, c int
-- row -6 | -4 | 0
-- rows 1

-- case: a call that TRY catches has neither status nor error flag
-- source: TRY...CATCH; MS-TDS 2.2.7.8 (DONEPROC)
CREATE PROCEDURE es6in AS SELECT 1 / 0 AS x;
-- setup
CREATE PROCEDURE es6 AS EXEC es6in; SELECT 'not reached' AS n;
-- setup
BEGIN TRY EXEC es6; END TRY BEGIN CATCH SELECT ERROR_PROCEDURE() AS p; END CATCH;
-- expect
-- DONE 349
-- columns x int
-- DONEINPROC 193 rows 0
-- DONEINPROC 224
-- DONEPROC 224
-- DONE 350
-- columns p nvarchar(128)
-- row 'es6in'
-- DONE 193 rows 1
-- DONE 351

-- case: an error that ends the batch is told by the last DONE alone
-- source: THROW; MS-TDS 2.2.7.6 (DONE)
CREATE PROCEDURE es7 AS SELECT 1 AS x; THROW 50001, 'thrown', 1;
-- setup
EXEC es7; SELECT 'not reached' AS n;
-- expect
-- columns x int
-- row 1
-- DONEINPROC 193 rows 1
-- Msg 50001, Level 16, State 1, Procedure es7, Line 1: thrown
-- DONE 253 error

-- case: Msg 266 comes between the status and the end of the call
-- source: Msg 266; MS-TDS 2.2.7.18 (RETURNSTATUS)
CREATE PROCEDURE es8 AS BEGIN TRANSACTION;
-- setup
EXEC es8; ROLLBACK;
-- expect
-- DONEINPROC 212
-- status 0
-- Msg 266, Level 16, State 2, Procedure es8, Line 0: Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = 0, current count = 1.
-- DONEPROC 224 error
-- DONE 210

-- case: too many arguments end the batch, other wrong ones their EXECUTE
-- source: Msg 8144, 8145, 8114, 201
CREATE PROCEDURE es9 @a int, @b int = 1 AS SELECT @a AS a;
-- setup
EXEC es9;
EXEC es9 @z = 1;
EXEC es9 'x';
EXEC es9 1, 2, 3;
SELECT 'not reached' AS n;
-- expect
-- Msg 201, Level 16, State 4, Procedure es9, Line 0: Procedure or function 'es9' expects parameter '@a', which was not supplied.
-- DONEPROC 224 error
-- Msg 8145, Level 16, State 1, Procedure es9, Line 0: @z is not a parameter for procedure es9.
-- DONEPROC 224 error
-- Msg 8114, Level 16, State 5, Procedure es9, Line 0: Error converting data type varchar to int.
-- DONEPROC 224 error
-- Msg 8144, Level 16, State 2, Procedure es9, Line 0: Procedure or function es9 has too many arguments specified.
-- DONE 253 error

-- case: sp_executesql returns the number of its own errors
-- source: sp_executesql, "Return code values"; Msg 214, 8162, 8178
DECLARE @r int, @o int = 1;
EXEC @r = sp_executesql N'SELECT @p AS p', N'@p int';
EXEC @r = sp_executesql N'SELECT @p AS p', N'@p int', @o OUTPUT;
EXEC @r = sp_executesql N'SELECT 1', N'@p int', @p = 1, @q = 2;
SELECT 'not reached' AS n;
-- expect
-- DONE 193 rows 1
-- Msg 8178, Level 16, State 1, Line 1: The parameterized query '(@p int)SELECT @p AS p' expects the parameter '@p', which was not supplied.
-- status 1
-- DONEPROC 224 error
-- Msg 8162, Level 16, State 2, Line 1: The formal parameter "@p" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output.
-- status 8162
-- DONEPROC 224 error
-- Msg 8144, Level 16, State 2, Line 1: Procedure or function  has too many arguments specified.
-- DONE 253 error

-- case: sp_executesql of a text that is not Unicode returns 214
-- source: sp_executesql, "Return code values"; Msg 214
EXEC sp_executesql 'SELECT 1';
-- expect
-- Msg 214, Level 16, State 2, Procedure sp_executesql, Line 1: Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.
-- status 214
-- DONEPROC 224 error

-- case: the statements of a trigger end inside it, before the one that fired it
-- source: CREATE TRIGGER; MS-TDS 2.2.7.7 (DONEINPROC)
CREATE TABLE es10 (id int); CREATE TABLE es10log (n int);
-- setup
CREATE TRIGGER es10t ON es10 AFTER INSERT AS
DECLARE @n int = @@ROWCOUNT;
IF @n > 0 INSERT es10log VALUES (@n);
-- setup
INSERT es10 VALUES (1), (2);
-- expect
-- DONEINPROC 193 rows 1
-- DONEINPROC 192
-- DONEINPROC 195 rows 1
-- DONE 195 rows 2

-- case: a trigger that rolls back ends the batch with Msg 3609, after its own statements
-- source: Msg 3609; CREATE TRIGGER, "ROLLBACK TRANSACTION"
CREATE TABLE es11 (id int); CREATE TABLE es11log (n int);
-- setup
CREATE TRIGGER es11t ON es11 AFTER INSERT AS
ROLLBACK;
INSERT es11log SELECT COUNT(*) FROM inserted;
SELECT id FROM inserted;
-- setup
INSERT es11 VALUES (1);
SELECT 'not reached' AS n;
-- expect
-- DONEINPROC 210
-- DONEINPROC 195 rows 1
-- columns id int
-- DONEINPROC 193 rows 0
-- Msg 3609, Level 16, State 1, Line 1: The transaction ended in the trigger. The batch has been aborted.
-- DONE 253 error
SELECT n FROM es11log;
-- expect
-- columns n int
-- row 0
-- DONE 193 rows 1

-- case: what a trigger throws is caught around the statement that fired it
-- source: TRY...CATCH; CREATE TRIGGER
CREATE TABLE es12 (id int);
-- setup
CREATE TRIGGER es12t ON es12 AFTER INSERT AS THROW 50001, 'thrown', 1;
-- setup
BEGIN TRAN;
BEGIN TRY INSERT es12 VALUES (1); END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, XACT_STATE() AS x; END CATCH;
ROLLBACK;
-- expect
-- DONE 212
-- DONE 349
-- DONEINPROC 246
-- DONE 195 rows 0
-- DONE 350
-- columns n int, x smallint
-- row 50001 | -1
-- DONE 193 rows 1
-- DONE 351
-- DONE 210

-- case: definitions name themselves in their DONE
-- source: MS-TDS 2.2.7.6 (DONE); captured from SQL Server 2025
CREATE TABLE es13 (id int);
CREATE INDEX es13i ON es13 (id);
ALTER TABLE es13 ADD n int;
TRUNCATE TABLE es13;
DROP INDEX es13i ON es13;
DROP TABLE es13;
BEGIN TRAN; COMMIT;
DROP PROCEDURE IF EXISTS es13p;
DROP VIEW IF EXISTS es13v;
DROP TRIGGER IF EXISTS es13t;
-- expect
-- DONE 198
-- DONE 200
-- DONE 216
-- DONE 234
-- DONE 201
-- DONE 199
-- DONE 212
-- DONE 213
-- DONE 223
-- DONE 208
-- DONE 225

-- case: DISABLE TRIGGER and CREATE SCHEMA have no DONE of their own
-- source: MS-TDS 2.2.7.6 (DONE); captured from SQL Server 2025
CREATE TABLE es14 (id int);
-- setup
CREATE TRIGGER es14t ON es14 AFTER INSERT AS PRINT 'not';
-- setup
DISABLE TRIGGER es14t ON es14 INSERT es14 VALUES (1);
-- expect
-- DONE 195 rows 1
CREATE SCHEMA es14s;
-- expect
-- DONE 253

-- case: cursors end with commands of their own
-- source: MS-TDS 2.2.7.6 (DONE); captured from SQL Server 2025
DECLARE @i int;
DECLARE es15 CURSOR LOCAL STATIC FOR SELECT 1;
OPEN es15;
FETCH NEXT FROM es15 INTO @i;
CLOSE es15;
DEALLOCATE es15;
-- expect
-- DONE 193
-- DONE 32
-- DONE 193
-- DONE 43
-- DONE 44

-- case: an error that ends nothing but its statement is told by that statement's DONE
-- source: Msg 8134, 2627, 3701; MS-TDS 2.2.7.6 (DONE)
CREATE TABLE es16 (id int CONSTRAINT es16k PRIMARY KEY);
INSERT es16 VALUES (1);
-- setup
SELECT 1 / 0 AS x;
INSERT es16 VALUES (1);
DROP PROCEDURE es_missing;
SELECT 'reached' AS r;
-- expect
-- columns x int
-- Msg 8134, Level 16, State 1, Line 1: Divide by zero error encountered.
-- DONE 193 error
-- Msg 2627, Level 14, State 1, Line 2: Violation of PRIMARY KEY constraint 'es16k'. Cannot insert duplicate key in object 'dbo.es16'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- DONE 195 error
-- Msg 3701, Level 11, State 5, Line 3: Cannot drop the procedure 'es_missing', because it does not exist or you do not have permission.
-- DONE 223 error
-- columns r varchar(7)
-- row 'reached'
-- DONE 193 rows 1
