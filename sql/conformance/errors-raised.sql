-- chapter: Errors

-- case: RAISERROR of severity 16 lets the batch go on
-- source: RAISERROR, Remarks
RAISERROR (N'no %s', 16, 3, N'way');
SELECT @@ERROR AS e;
-- expect
-- Msg 50000, Level 16, State 3, Line 1: no way
-- columns e int
-- row 50000
-- rows 1

-- case: RAISERROR passes over XACT_ABORT
-- source: SET XACT_ABORT, "RAISERROR does not"
SET XACT_ABORT ON;
BEGIN TRAN;
RAISERROR (N'no', 16, 1);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
COMMIT;
-- expect
-- Msg 50000, Level 16, State 1, Line 3: no
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: RAISERROR in TRY goes to CATCH and leaves the transaction usable
-- source: RAISERROR, Remarks; TRY...CATCH
BEGIN TRAN;
BEGIN TRY
    RAISERROR (N'no', 15, 7);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_STATE() AS s, ERROR_LINE() AS li, XACT_STATE() AS x;
END CATCH;
COMMIT;
-- expect
-- columns n int, l int, s int, li int, x smallint
-- row 50000 | 15 | 7 | 3 | 1
-- rows 1

-- case: RAISERROR in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT; TRY...CATCH, XACT_STATE
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    RAISERROR (N'no', 16, 1);
END TRY
BEGIN CATCH
    SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- columns t int, x smallint
-- row 1 | -1
-- rows 1

-- case: RAISERROR of severity 10 and below is a message that no TRY catches
-- source: RAISERROR, "severity"; TRY...CATCH
BEGIN TRY
    RAISERROR (N'told', 10, 1);
    RAISERROR (N'said', 0, 5);
    SELECT @@ERROR AS e;
END TRY
BEGIN CATCH
    SELECT 'not reached' AS never;
END CATCH;
-- expect
-- Msg 50000, Level 0, State 1, Line 2: told
-- Msg 50000, Level 0, State 5, Line 3: said
-- columns e int
-- row 0
-- rows 1

-- case: RAISERROR WITH SETERROR sets @@ERROR whatever the severity
-- source: RAISERROR, SETERROR
RAISERROR (N'quiet', 9, 1) WITH SETERROR;
SELECT @@ERROR AS e;
-- expect
-- Msg 50000, Level 9, State 1, Line 1: quiet
-- columns e int
-- row 50000
-- rows 1

-- case: RAISERROR WITH NOWAIT comes in its place
-- source: RAISERROR, NOWAIT
SELECT 1 AS a;
RAISERROR (N'between', 0, 1) WITH NOWAIT;
SELECT 2 AS b;
-- expect
-- columns a int
-- row 1
-- rows 1
-- Msg 50000, Level 0, State 1, Line 2: between
-- columns b int
-- row 2
-- rows 1

-- case: RAISERROR formats numbers and texts
-- source: RAISERROR, "msg_str"
RAISERROR (N'[%5d][%-5d][%05d][%+d][%x][%X][%#x][%o][%u]', 16, 1, 42, 42, 42, 42, 255, 255, 255, 8, -1);
RAISERROR (N'[%7s][%-7s][%.3s][%7.3s]', 16, 1, N'abcdef', N'abcdef', N'abcdef', N'abcdef');
RAISERROR (N'[%*d][%i]%%', 16, 1, 6, 7, 8);
-- expect
-- Msg 50000, Level 16, State 1, Line 1: [   42][42   ][00042][+42][ff][FF][0xff][10][4294967295]
-- Msg 50000, Level 16, State 1, Line 2: [ abcdef][abcdef ][abc][    abc]
-- Msg 50000, Level 16, State 1, Line 3: [     7][8]%

-- case: RAISERROR without an argument for its place shows (null)
-- source: RAISERROR, "argument"
DECLARE @none int;
RAISERROR (N'%d and %s', 16, 1, @none);
-- expect
-- Msg 50000, Level 16, State 1, Line 2: (null) and (null)

-- case: RAISERROR refuses an argument of another type
-- source: RAISERROR, "type specification"; Msg 2786
RAISERROR (N'%d', 16, 1, N'text');
-- expect
-- Msg 2786, Level 16, State 1, Line 1: The data type of substitution parameter 1 does not match the expected type of the format specification.

-- case: RAISERROR refuses a format that there is not
-- source: Msg 2787
RAISERROR (N'50%y', 16, 1);
-- expect
-- Msg 2787, Level 16, State 1, Line 1: Invalid format specification: '%y'.

-- case: RAISERROR takes message and severity from variables
-- source: RAISERROR, "@local_variable"
DECLARE @m nvarchar(50) = N'from %d', @l int = 14, @s int = 9, @a int = 5;
RAISERROR (@m, @l, @s, @a);
-- expect
-- Msg 50000, Level 14, State 9, Line 2: from 5

-- case: RAISERROR of a number without a message is 18054
-- source: RAISERROR, "msg_id"; Msg 18054
RAISERROR (60123, 16, 1);
-- expect
-- Msg 18054, Level 16, State 1, Line 1: Error 60123, severity 16, state 1 was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.

-- case: RAISERROR of a number below 13000 is 2732
-- source: RAISERROR, "msg_id"; Msg 2732
RAISERROR (12999, 16, 1);
-- expect
-- Msg 2732, Level 16, State 1, Line 1: Error number 12999 is invalid. The number must be from 13000 through 2147483647 and it cannot be 50000.

-- case: RAISERROR above 18 needs WITH LOG
-- source: RAISERROR, "severity"; Msg 2754
RAISERROR (N'grave', 19, 1);
-- expect
-- Msg 2754, Level 16, State 1, Line 1: Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the WITH LOG option.

-- case: THROW ends the batch and leaves the transaction open
-- source: THROW, Remarks; SET XACT_ABORT OFF
BEGIN TRAN;
THROW 50001, N'no', 2;
SELECT 'not reached' AS never;
-- expect
-- Msg 50001, Level 16, State 2, Line 2: no
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x, @@ERROR AS e;
-- expect
-- columns t int, x smallint, e int
-- row 1 | 1 | 50001
-- rows 1

-- case: THROW under XACT_ABORT ON rolls back
-- source: SET XACT_ABORT, "The THROW statement honors SET XACT_ABORT"
SET XACT_ABORT ON;
BEGIN TRAN;
THROW 50001, N'no', 2;
-- expect
-- Msg 50001, Level 16, State 2, Line 3: no
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 0
-- rows 1

-- case: THROW in TRY leaves the transaction usable, and dooms it under XACT_ABORT ON
-- source: THROW; SET XACT_ABORT; TRY...CATCH
BEGIN TRAN;
BEGIN TRY
    THROW 50001, N'no', 2;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_STATE() AS s, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    THROW 50002, N'no', 3;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_STATE() AS s, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- columns n int, s int, x smallint
-- row 50001 | 2 | 1
-- rows 1
-- columns n int, s int, x smallint
-- row 50002 | 3 | -1
-- rows 1

-- case: THROW in CATCH raises the same error with its own line
-- source: THROW, "If a THROW statement is specified without parameters"
BEGIN TRY
    SELECT CAST('x' AS int) AS q;
END TRY
BEGIN CATCH
    PRINT 'seen';
    THROW;
END CATCH;
SELECT 'not reached' AS never;
-- expect
-- columns q int
-- rows 0
-- Msg 0, Level 0, State 1, Line 5: seen
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'x' to data type int.

-- case: THROW in CATCH goes to the next TRY
-- source: THROW; nested TRY...CATCH
BEGIN TRY
    BEGIN TRY
        SELECT 1 / 0 AS q;
    END TRY
    BEGIN CATCH
        THROW 51000, N'second', 1;
    END CATCH;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m, ERROR_LINE() AS l;
END CATCH;
-- expect
-- columns q int
-- rows 0
-- columns n int, m nvarchar(4000), l int
-- row 51000 | 'second' | 6
-- rows 1

-- case: ERROR functions keep the error of their own CATCH
-- source: ERROR_NUMBER, "nested CATCH blocks"
BEGIN TRY
    SELECT 1 / 0 AS q;
END TRY
BEGIN CATCH
    BEGIN TRY
        THROW 50005, N'inner', 1;
    END TRY
    BEGIN CATCH
        SELECT ERROR_NUMBER() AS n;
    END CATCH;
    SELECT ERROR_NUMBER() AS n;
END CATCH;
SELECT ERROR_NUMBER() AS n;
-- expect
-- columns q int
-- rows 0
-- columns n int
-- row 50005
-- rows 1
-- columns n int
-- row 8134
-- rows 1
-- columns n int
-- row NULL
-- rows 1

-- case: THROW without parameters outside CATCH is a syntax error
-- source: Msg 10704
SELECT 'not reached' AS never;
THROW;
-- expect
-- Msg 10704, Level 15, State 1, Line 2: To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters to the THROW statement.

-- case: THROW takes numbers from 50000
-- source: THROW, "error_number"; Msg 35100
THROW 49999, N'low', 1;
-- expect
-- Msg 35100, Level 16, State 10, Line 1: Error number 49999 in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.

-- case: an unknown table ends the batch and is not caught in its own scope
-- source: TRY...CATCH, "Errors unaffected by a TRY…CATCH construct"; Msg 208
BEGIN TRAN;
BEGIN TRY
    SELECT a FROM er_missing_24;
END TRY
BEGIN CATCH
    SELECT 'not reached' AS never;
END CATCH;
SELECT 'not reached' AS never;
-- expect
-- Msg 208, Level 16, State 1, Line 3: Invalid object name 'er_missing_24'.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
ROLLBACK;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: an unknown table under XACT_ABORT ON rolls back
-- source: SET XACT_ABORT; deferred name resolution; Msg 208
SET XACT_ABORT ON;
BEGIN TRAN;
SELECT a FROM er_missing_25;
SELECT 'not reached' AS never;
-- expect
-- Msg 208, Level 16, State 1, Line 3: Invalid object name 'er_missing_25'.
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 0
-- rows 1

-- case: an unknown table in dynamic SQL is caught outside it
-- source: TRY...CATCH, "Errors unaffected by a TRY…CATCH construct"; Msg 208
BEGIN TRAN;
BEGIN TRY
    EXEC (N'SELECT a FROM er_missing_26');
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_LINE() AS l, XACT_STATE() AS x;
END CATCH;
COMMIT;
-- expect
-- columns n int, l int, x smallint
-- row 208 | 1 | 1
-- rows 1

-- case: an unknown table in dynamic SQL under XACT_ABORT ON dooms
-- source: SET XACT_ABORT; TRY...CATCH; Msg 208
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    EXEC (N'SELECT a FROM er_missing_27');
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- columns n int, x smallint
-- row 208 | -1
-- rows 1

-- case: an unknown table in dynamic SQL ends only the dynamic SQL
-- source: EXECUTE; Msg 208
EXEC (N'SELECT a FROM er_missing_28; SELECT 1 AS never;');
SELECT @@ERROR AS e;
-- expect
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'er_missing_28'.
-- columns e int
-- row 208
-- rows 1

-- case: a syntax error in dynamic SQL ends only the dynamic SQL, even under XACT_ABORT ON
-- source: SET XACT_ABORT, "Compile errors, such as syntax errors, are not affected"
SET XACT_ABORT ON;
BEGIN TRAN;
EXEC (N'SELECT');
SELECT @@TRANCOUNT AS t;
COMMIT;
-- expect
-- Msg 102, Level 15, State 1, Line 1: Incorrect syntax near 'SELECT'.
-- columns t int
-- row 1
-- rows 1

-- case: a syntax error in dynamic SQL is caught outside it, and dooms under XACT_ABORT ON
-- source: TRY...CATCH; SET XACT_ABORT
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    EXEC (N'SELECT');
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- columns n int, l int, x smallint
-- row 102 | 15 | -1
-- rows 1

-- case: a syntax error runs nothing of its batch
-- source: compilation of a batch; Msg 102
SELECT 'not reached' AS never;
SELECT 1 +;
-- expect
-- Msg 102, Level 15, State 1, Line 2: Incorrect syntax near ';'.

-- case: a procedure that does not exist ends its statement
-- source: EXECUTE; Msg 2812
EXEC er_no_procedure;
SELECT 'on' AS next;
-- expect
-- Msg 2812, Level 16, State 62, Line 1: Could not find stored procedure 'er_no_procedure'.
-- columns next varchar(2)
-- row 'on'
-- rows 1

-- case: dropping what is not there ends its statement, even under XACT_ABORT ON
-- source: DROP TABLE; Msg 3701
SET XACT_ABORT ON;
BEGIN TRAN;
DROP TABLE er_no_table;
SELECT @@TRANCOUNT AS t;
COMMIT;
-- expect
-- Msg 3701, Level 11, State 5, Line 3: Cannot drop the table 'er_no_table', because it does not exist or you do not have permission.
-- columns t int
-- row 1
-- rows 1

-- case: an error in CATCH without another TRY is reported and ends what it ends
-- source: TRY...CATCH, Remarks
BEGIN TRY
    THROW 50001, N'first', 1;
END TRY
BEGIN CATCH
    SELECT 1 / 0 AS q;
    SELECT ERROR_NUMBER() AS n;
END CATCH;
-- expect
-- columns q int
-- Msg 8134, Level 16, State 1, Line 5: Divide by zero error encountered.
-- columns n int
-- row 50001
-- rows 1
