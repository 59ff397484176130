-- chapter: Errors
-- case: severities above 18 need WITH LOG
-- source: Msg 2754; RAISERROR (Transact-SQL), severity
RAISERROR ('fatal', 20, 1);
-- expect
-- Msg 2754, Level 16, State 1, Line 1: Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the WITH LOG option.

-- case: severity 19 WITH LOG is an error like others
-- source: RAISERROR (Transact-SQL), severity
RAISERROR ('nineteen', 19, 1) WITH LOG;
SELECT 1 AS a;
-- expect
-- Msg 50000, Level 19, State 1, Line 1: nineteen
-- columns a int
-- row 1
-- rows 1

-- case: a message that is not there
-- source: Msg 18054
RAISERROR (50999, 16, 1);
-- expect
-- Msg 18054, Level 16, State 1, Line 1: Error 50999, severity 16, state 1 was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.

-- case: a message of the user's is raised by its number, with arguments in it
-- source: sp_addmessage, example A; RAISERROR (Transact-SQL), msg_id
EXEC sp_addmessage @msgnum = 50011, @severity = 16, @msgtext = N'The item %s has %d parts.';
-- setup
RAISERROR (50011, 14, 3, N'box', 7);
EXEC sp_dropmessage 50011;
RAISERROR (50011, 14, 3, N'box', 7);
-- expect
-- Msg 50011, Level 14, State 3, Line 1: The item box has 7 parts.
-- Msg 18054, Level 16, State 1, Line 3: Error 50011, severity 14, state 3 was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.

-- case: severity -1 is that of the message
-- source: RAISERROR (Transact-SQL), "-1 to return the severity value associated with the error as shown in sys.messages"
EXEC sp_addmessage 50012, 13, N'thirteen';
-- setup
RAISERROR (50012, -1, 1);
EXEC sp_dropmessage 50012;
-- expect
-- Msg 50012, Level 13, State 1, Line 1: thirteen

-- case: CATCH gets the number of the message
-- source: RAISERROR (Transact-SQL); ERROR_NUMBER (Transact-SQL)
EXEC sp_addmessage 50013, 16, N'caught %i';
-- setup
BEGIN TRY
    RAISERROR (50013, 16, 1, 5);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m;
END CATCH;
EXEC sp_dropmessage 50013;
-- expect
-- columns n int, m nvarchar(4000)
-- row 50013 | 'caught 5'
-- rows 1

-- case: a message can be replaced only when that is said
-- source: Msg 15043; sp_addmessage, @replace
EXEC sp_addmessage 50014, 16, N'one';
-- setup
BEGIN TRY EXEC sp_addmessage 50014, 16, N'two'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m; END CATCH;
EXEC sp_addmessage 50014, 16, N'three', @replace = 'replace';
RAISERROR (50014, 10, 1);
EXEC sp_dropmessage 50014;
-- expect
-- columns n int, m nvarchar(4000)
-- row 15043 | 'You must specify ''REPLACE'' to overwrite an existing message.'
-- rows 1
-- Msg 50014, Level 0, State 1, Line 3: three

-- case: numbers up to 50000 belong to the system
-- source: Msg 15040; sp_addmessage, @msgnum
BEGIN TRY EXEC sp_addmessage 50000, 16, N'x'; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m; END CATCH;
-- expect
-- columns n int, m nvarchar(4000)
-- row 15040 | 'User-defined error messages must have an ID greater than 50000.'
-- rows 1

-- case: a message that is dropped must be there
-- source: Msg 15179; sp_dropmessage
BEGIN TRY EXEC sp_dropmessage 50998; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH;
-- expect
-- columns n int
-- row 15179
-- rows 1

-- case: sys.messages shows the messages of the user's
-- source: sys.messages (Transact-SQL)
EXEC sp_addmessage 50015, 12, N'shown';
-- setup
SELECT message_id, language_id, severity, is_event_logged, text FROM sys.messages WHERE message_id = 50015;
EXEC sp_dropmessage @msgnum = 50015;
SELECT COUNT(*) AS n FROM sys.messages WHERE message_id = 50015;
-- expect
-- columns message_id int, language_id smallint, severity tinyint, is_event_logged bit, text nvarchar(2048)
-- row 50015 | 1033 | 12 | 0 | 'shown'
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: FORMATMESSAGE of a number writes a message of the user's
-- source: FORMATMESSAGE (Transact-SQL), msg_number
EXEC sp_addmessage 50016, 16, N'Hello %s, %d times.';
-- setup
SELECT FORMATMESSAGE(50016, N'you', 3) AS a, FORMATMESSAGE(50997, 1) AS b;
EXEC sp_dropmessage 50016;
-- expect
-- columns a nvarchar(2048), b nvarchar(2048)
-- row 'Hello you, 3 times.' | NULL
-- rows 1

-- chapter: Triggers and procedures
-- case: NEWID is a side effect inside a function
-- source: Msg 443; CREATE FUNCTION (Transact-SQL), nondeterministic functions with side effects
CREATE FUNCTION sf1 () RETURNS uniqueidentifier AS
BEGIN
    RETURN NEWID();
END;
-- expect
-- Msg 443, Level 16, State 1, Procedure sf1, Line 3: Invalid use of a side-effecting operator 'newid' within a function.

-- case: RAND is a side effect inside a function, GETDATE is none
-- source: Msg 443; CREATE FUNCTION (Transact-SQL)
CREATE FUNCTION sf2 () RETURNS datetime AS BEGIN RETURN GETDATE(); END;
-- setup
CREATE FUNCTION sf3 () RETURNS float AS BEGIN DECLARE @r float = RAND(); RETURN @r; END;
-- expect
-- Msg 443, Level 16, State 1, Procedure sf3, Line 1: Invalid use of a side-effecting operator 'rand' within a function.

-- case: NEWID is a side effect inside an inline function
-- source: Msg 443; CREATE FUNCTION (Transact-SQL)
CREATE FUNCTION sf4 () RETURNS TABLE AS RETURN (SELECT NEWID() AS n);
-- expect
-- Msg 443, Level 16, State 1, Procedure sf4, Line 1: Invalid use of a side-effecting operator 'newid' within a function.

-- case: a procedure WITH EXECUTE AS runs as that user
-- source: EXECUTE AS Clause (Transact-SQL), 'user_name'
CREATE USER ea_u1 WITHOUT LOGIN;
-- setup
CREATE PROCEDURE ea_p1 WITH EXECUTE AS 'ea_u1' AS SELECT USER_NAME() AS u;
-- setup
EXEC ea_p1;
SELECT IIF(USER_NAME() = 'ea_u1', 1, 0) AS still;
-- expect
-- columns u nvarchar(128)
-- row 'ea_u1'
-- rows 1
-- columns still int
-- row 0
-- rows 1

-- case: EXECUTE AS OWNER gives rights that the caller lacks
-- source: EXECUTE AS Clause (Transact-SQL), OWNER
CREATE TABLE ea_t2 (id int); INSERT ea_t2 VALUES (7);
CREATE USER ea_u2 WITHOUT LOGIN;
-- setup
CREATE PROCEDURE ea_p2 WITH EXECUTE AS OWNER AS EXEC ('SELECT id, USER_NAME() AS u FROM ea_t2');
-- setup
CREATE PROCEDURE ea_p3 AS EXEC ('SELECT id FROM ea_t2');
-- setup
GRANT EXECUTE ON ea_p2 TO ea_u2; GRANT EXECUTE ON ea_p3 TO ea_u2;
EXECUTE AS USER = 'ea_u2';
EXEC ea_p2;
EXEC ea_p3;
REVERT;
-- expect
-- columns id int, u nvarchar(128)
-- row 7 | 'dbo'
-- rows 1
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'ea_t2', database '…

-- case: EXECUTE AS SELF is the user who made the module
-- source: EXECUTE AS Clause (Transact-SQL), SELF; sys.sql_modules, execute_as_principal_id
CREATE PROCEDURE ea_p4 WITH EXECUTE AS SELF AS SELECT USER_NAME() AS u;
-- setup
CREATE PROCEDURE ea_p5 WITH EXECUTE AS OWNER AS SELECT 1 AS a;
-- setup
CREATE PROCEDURE ea_p6 WITH EXECUTE AS CALLER AS SELECT 1 AS a;
-- setup
EXEC ea_p4;
SELECT OBJECT_NAME(object_id) AS n, execute_as_principal_id AS p FROM sys.sql_modules
WHERE object_id IN (OBJECT_ID('ea_p4'), OBJECT_ID('ea_p5'), OBJECT_ID('ea_p6')) ORDER BY n;
-- expect
-- columns u nvarchar(128)
-- row 'dbo'
-- rows 1
-- columns n nvarchar(128), p int
-- row 'ea_p4' | 1
-- row 'ea_p5' | -2
-- row 'ea_p6' | NULL
-- rows 3

-- case: a module cannot run as a user that does not exist
-- source: Msg 15151; EXECUTE AS Clause (Transact-SQL)
CREATE PROCEDURE ea_p7 WITH EXECUTE AS 'nobody_at_all' AS SELECT 1 AS a;
-- expect
-- Msg 15151, Level 16, State 1, Procedure ea_p7, Line 1: Cannot find the user 'nobody_at_all', because it does not exist or you do not have permission.

-- case: a trigger WITH EXECUTE AS runs as that user
-- source: EXECUTE AS Clause (Transact-SQL); CREATE TRIGGER
CREATE USER ea_u8 WITHOUT LOGIN;
CREATE TABLE ea_t8 (id int);
-- setup
CREATE TRIGGER ea_g8 ON ea_t8 WITH EXECUTE AS 'ea_u8' AFTER INSERT AS SELECT USER_NAME() AS u;
-- setup
INSERT ea_t8 VALUES (1);
-- expect
-- columns u nvarchar(128)
-- row 'ea_u8'
-- rows 1
-- rows 1

-- case: a scalar function WITH EXECUTE AS runs as that user
-- source: EXECUTE AS Clause (Transact-SQL); CREATE FUNCTION
CREATE USER ea_u9 WITHOUT LOGIN;
-- setup
CREATE FUNCTION dbo.ea_f9 () RETURNS nvarchar(128) WITH EXECUTE AS 'ea_u9' AS BEGIN RETURN USER_NAME(); END;
-- setup
SELECT dbo.ea_f9() AS u;
-- expect
-- columns u nvarchar(128)
-- row 'ea_u9'
-- rows 1
