-- chapter: Security
-- case: a procedure needs EXECUTE, and what it does nothing more
-- source: "Ownership chains"; EXECUTE, "Permissions"
CREATE TABLE mt1 (a int); INSERT mt1 VALUES (1); CREATE USER mu1 WITHOUT LOGIN;
-- setup
CREATE PROCEDURE mp1 AS BEGIN INSERT mt1 VALUES (2); SELECT COUNT(*) AS n FROM mt1; END;
-- setup
EXECUTE AS USER = 'mu1'; EXEC mp1;
-- expect
-- Msg 229, Level 14, State 5, Procedure mp1, Line 1: The EXECUTE permission was denied on the object 'mp1', database…
REVERT; GRANT EXECUTE ON mp1 TO mu1; EXECUTE AS USER = 'mu1'; EXEC mp1;
SELECT a FROM mt1;
REVERT;
-- expect
-- rows 1
-- columns n int
-- row 2
-- rows 1
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'mt1', database…

-- case: dynamic SQL in a procedure has the caller's rights
-- source: "Ownership chains"; sp_executesql
CREATE TABLE mt2 (a int); CREATE USER mu2 WITHOUT LOGIN;
-- setup
CREATE PROCEDURE mp2 AS EXEC ('SELECT a FROM mt2');
-- setup
GRANT EXECUTE ON mp2 TO mu2; EXECUTE AS USER = 'mu2'; EXEC mp2; REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'mt2', database…

-- case: a procedure calls procedures of its owner
-- source: "Ownership chains"
CREATE USER mu3 WITHOUT LOGIN;
-- setup
CREATE PROCEDURE mp3a AS SELECT 3 AS a;
-- setup
CREATE PROCEDURE mp3b AS EXEC mp3a;
-- setup
GRANT EXECUTE ON mp3b TO mu3; EXECUTE AS USER = 'mu3'; EXEC mp3b; REVERT;
-- expect
-- columns a int
-- row 3
-- rows 1

-- case: functions need EXECUTE or SELECT, as they are scalar or tables
-- source: CREATE FUNCTION, "Permissions"
CREATE TABLE mt4 (a int); INSERT mt4 VALUES (4); CREATE USER mu4 WITHOUT LOGIN;
-- setup
CREATE FUNCTION mf4 () RETURNS int AS BEGIN RETURN 4 END;
-- setup
CREATE FUNCTION mi4 () RETURNS TABLE AS RETURN SELECT a FROM dbo.mt4;
-- setup
EXECUTE AS USER = 'mu4'; SELECT dbo.mf4() AS a;
SELECT a FROM dbo.mi4();
REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 1: The EXECUTE permission was denied on the object 'mf4', database…
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'mi4', database…
GRANT EXECUTE ON mf4 TO mu4; GRANT SELECT ON mi4 TO mu4; EXECUTE AS USER = 'mu4'; SELECT dbo.mf4() AS a; SELECT a FROM dbo.mi4(); REVERT;
-- expect
-- columns a int
-- row 4
-- rows 1
-- columns a int
-- row 4
-- rows 1

-- case: a trigger writes where its table's owner may
-- source: "Ownership chains"; CREATE TRIGGER
CREATE TABLE mt5 (a int); CREATE TABLE mt5log (a int); CREATE USER mu5 WITHOUT LOGIN; GRANT INSERT ON mt5 TO mu5;
-- setup
CREATE TRIGGER mg5 ON mt5 AFTER INSERT AS BEGIN SET NOCOUNT ON; INSERT mt5log SELECT a FROM inserted; END;
-- setup
EXECUTE AS USER = 'mu5'; INSERT mt5 VALUES (5); REVERT; SELECT a FROM mt5log;
-- expect
-- rows 1
-- columns a int
-- row 5
-- rows 1

-- case: EXECUTE AS inside a procedure ends with it
-- source: EXECUTE AS, "Remarks"
CREATE USER mu6 WITHOUT LOGIN;
-- setup
CREATE PROCEDURE mp6 AS BEGIN EXECUTE AS USER = 'mu6'; SELECT USER_NAME() AS u; END;
-- setup
EXEC mp6; SELECT USER_NAME() AS u;
-- expect
-- columns u nvarchar(128)
-- row 'mu6'
-- rows 1
-- columns u nvarchar(128)
-- row 'dbo'
-- rows 1
