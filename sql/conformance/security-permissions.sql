-- chapter: Security
-- case: without a permission the object is refused by name
-- source: Msg 229; "Permissions (Database Engine)"
CREATE TABLE pt1 (a int, b int); INSERT pt1 VALUES (1, 2);
CREATE USER pu1 WITHOUT LOGIN;
-- setup
EXECUTE AS USER = 'pu1';
SELECT a FROM pt1;
INSERT pt1 VALUES (3, 4);
UPDATE pt1 SET a = 5;
DELETE pt1;
REVERT;
SELECT a, b FROM pt1;
-- expect
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt1', database…
-- Msg 229, Level 14, State 5, Line 3: The INSERT permission was denied on the object 'pt1', database…
-- Msg 229, Level 14, State 5, Line 4: The UPDATE permission was denied on the object 'pt1', database…
-- Msg 229, Level 14, State 5, Line 5: The DELETE permission was denied on the object 'pt1', database…
-- columns a int, b int
-- row 1 | 2
-- rows 1

-- case: GRANT gives just what it says, REVOKE takes it back
-- source: GRANT Object Permissions; REVOKE Object Permissions
CREATE TABLE pt2 (a int); CREATE USER pu2 WITHOUT LOGIN; GRANT SELECT, INSERT ON pt2 TO pu2;
-- setup
EXECUTE AS USER = 'pu2'; INSERT pt2 VALUES (1); SELECT a FROM pt2;
DELETE pt2;
REVERT; REVOKE SELECT ON OBJECT::dbo.pt2 FROM pu2; EXECUTE AS USER = 'pu2';
SELECT a FROM pt2;
REVERT;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- Msg 229, Level 14, State 5, Line 2: The DELETE permission was denied on the object 'pt2', database…
-- Msg 229, Level 14, State 5, Line 4: The SELECT permission was denied on the object 'pt2', database…

-- case: DENY wins over GRANT, from whichever role either comes
-- source: DENY, "Remarks"; "Permissions (Database Engine)"
CREATE TABLE pt3 (a int); CREATE USER pu3 WITHOUT LOGIN; CREATE ROLE pr3;
ALTER ROLE pr3 ADD MEMBER pu3; GRANT SELECT ON pt3 TO pu3; DENY SELECT ON pt3 TO pr3;
-- setup
EXECUTE AS USER = 'pu3'; SELECT a FROM pt3;
-- expect
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'pt3', database…
REVERT; REVOKE SELECT ON pt3 FROM pr3; EXECUTE AS USER = 'pu3'; SELECT a FROM pt3; REVERT;
DENY SELECT ON pt3 TO public; EXECUTE AS USER = 'pu3'; SELECT a FROM pt3; REVERT;
-- expect
-- columns a int
-- rows 0
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt3', database…

-- case: permissions come through nested roles
-- source: "Database-level roles"; ALTER ROLE
CREATE TABLE pt4 (a int); CREATE USER pu4 WITHOUT LOGIN; CREATE ROLE pr4a; CREATE ROLE pr4b;
ALTER ROLE pr4a ADD MEMBER pu4; ALTER ROLE pr4b ADD MEMBER pr4a; GRANT SELECT ON pt4 TO pr4b;
-- setup
EXECUTE AS USER = 'pu4'; SELECT a FROM pt4; REVERT;
ALTER ROLE pr4b DROP MEMBER pr4a; EXECUTE AS USER = 'pu4'; SELECT a FROM pt4; REVERT;
-- expect
-- columns a int
-- rows 0
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt4', database…

-- case: a permission on the schema or on the database reaches its objects
-- source: GRANT Schema Permissions; GRANT Database Permissions
CREATE USER pu5 WITHOUT LOGIN;
-- setup
CREATE SCHEMA ps5;
-- setup
CREATE TABLE ps5.t (a int); CREATE TABLE pt5 (a int); GRANT SELECT, INSERT ON SCHEMA::ps5 TO pu5;
-- setup
EXECUTE AS USER = 'pu5'; INSERT ps5.t VALUES (1); SELECT a FROM ps5.t; SELECT a FROM pt5; REVERT;
GRANT SELECT TO pu5; EXECUTE AS USER = 'pu5'; SELECT a FROM pt5; REVERT;
DENY SELECT ON SCHEMA::ps5 TO pu5; EXECUTE AS USER = 'pu5'; SELECT a FROM ps5.t; REVERT;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'pt5', database…
-- columns a int
-- rows 0
-- Msg 229, Level 14, State 5, Line 3: The SELECT permission was denied on the object 't', database…

-- case: CONTROL implies the rest, and a DENY of CONTROL takes it all
-- source: "Permissions (Database Engine)"
CREATE TABLE pt6 (a int); CREATE USER pu6 WITHOUT LOGIN; GRANT CONTROL ON pt6 TO pu6;
-- setup
EXECUTE AS USER = 'pu6'; INSERT pt6 VALUES (1); ALTER TABLE pt6 ADD b int; SELECT a FROM pt6; REVERT;
GRANT SELECT ON pt6 TO pu6; DENY CONTROL ON pt6 TO pu6; EXECUTE AS USER = 'pu6'; SELECT a FROM pt6; REVERT;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt6', database…

-- case: the fixed roles of a database
-- source: "Database-level roles"
CREATE TABLE pt7 (a int);
CREATE USER pu7r WITHOUT LOGIN; CREATE USER pu7w WITHOUT LOGIN; CREATE USER pu7d WITHOUT LOGIN; CREATE USER pu7o WITHOUT LOGIN;
ALTER ROLE db_datareader ADD MEMBER pu7r; ALTER ROLE db_datawriter ADD MEMBER pu7w;
ALTER ROLE db_datareader ADD MEMBER pu7d; ALTER ROLE db_denydatareader ADD MEMBER pu7d; ALTER ROLE db_owner ADD MEMBER pu7o;
-- setup
EXECUTE AS USER = 'pu7r'; SELECT a FROM pt7; INSERT pt7 VALUES (1); REVERT;
EXECUTE AS USER = 'pu7w'; INSERT pt7 VALUES (1); SELECT a FROM pt7; REVERT;
EXECUTE AS USER = 'pu7d'; SELECT a FROM pt7; REVERT;
EXECUTE AS USER = 'pu7o'; SELECT a FROM pt7; CREATE TABLE pt7b (a int); DROP TABLE pt7b; REVERT;
-- expect
-- columns a int
-- rows 0
-- Msg 229, Level 14, State 5, Line 1: The INSERT permission was denied on the object 'pt7', database…
-- rows 1
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt7', database…
-- Msg 229, Level 14, State 5, Line 3: The SELECT permission was denied on the object 'pt7', database…
-- columns a int
-- row 1
-- rows 1

-- case: UPDATE and DELETE read what their conditions name
-- source: UPDATE, "Permissions"; DELETE, "Permissions"
CREATE TABLE pt8 (a int, b int); INSERT pt8 VALUES (1, 1); CREATE USER pu8 WITHOUT LOGIN; GRANT UPDATE, DELETE ON pt8 TO pu8;
-- setup
EXECUTE AS USER = 'pu8';
UPDATE pt8 SET a = 2;
UPDATE pt8 SET a = 3 WHERE b = 1;
UPDATE pt8 SET a = b;
DELETE pt8 WHERE a = 2;
DELETE pt8;
REVERT;
-- expect
-- rows 1
-- Msg 229, Level 14, State 5, Line 3: The SELECT permission was denied on the object 'pt8', database…
-- Msg 229, Level 14, State 5, Line 4: The SELECT permission was denied on the object 'pt8', database…
-- Msg 229, Level 14, State 5, Line 5: The SELECT permission was denied on the object 'pt8', database…
-- rows 1

-- case: permissions on columns
-- source: Msg 230; GRANT Object Permissions, "column"
CREATE TABLE pt9 (a int, b int); INSERT pt9 VALUES (1, 2); CREATE USER pu9 WITHOUT LOGIN;
GRANT SELECT ON pt9 (a) TO pu9; GRANT UPDATE (b) ON pt9 TO pu9;
-- setup
EXECUTE AS USER = 'pu9';
SELECT a FROM pt9;
SELECT b FROM pt9;
SELECT * FROM pt9;
UPDATE pt9 SET b = 3 WHERE a = 1;
UPDATE pt9 SET a = 3;
REVERT;
-- expect
-- columns a int
-- row 1
-- rows 1
-- Msg 230, Level 14, State 1, Line 3: The SELECT permission was denied on the column 'b' of the object 'pt9', database…
-- Msg 230, Level 14, State 1, Line 4: The SELECT permission was denied on the column 'b' of the object 'pt9', database…
-- rows 1
-- Msg 230, Level 14, State 1, Line 6: The UPDATE permission was denied on the column 'a' of the object 'pt9', database…

-- case: a view reads tables of its owner for whoever may read the view
-- source: "Ownership chains"
CREATE TABLE pt10 (a int); INSERT pt10 VALUES (1); CREATE USER pu10 WITHOUT LOGIN;
-- setup
CREATE VIEW pv10 AS SELECT a FROM pt10;
-- setup
GRANT SELECT ON pv10 TO pu10; EXECUTE AS USER = 'pu10'; SELECT a FROM pv10; SELECT a FROM pt10; REVERT;
-- expect
-- columns a int
-- row 1
-- rows 1
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'pt10', database…

-- case: another owner breaks the chain
-- source: "Ownership chains"; ALTER AUTHORIZATION
CREATE USER po11 WITHOUT LOGIN; CREATE USER pu11 WITHOUT LOGIN; CREATE TABLE pt11 (a int); ALTER AUTHORIZATION ON pt11 TO po11;
-- setup
CREATE VIEW pv11 AS SELECT a FROM pt11;
-- setup
GRANT SELECT ON pv11 TO pu11; EXECUTE AS USER = 'pu11'; SELECT a FROM pv11; REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'pt11', database…
ALTER AUTHORIZATION ON OBJECT::pt11 TO SCHEMA OWNER; EXECUTE AS USER = 'pu11'; SELECT a FROM pv11; REVERT;
-- expect
-- columns a int
-- rows 0

-- case: an owner needs no permission and cannot be denied one
-- source: DENY Object Permissions; Msg 4624
CREATE USER pu12 WITHOUT LOGIN; CREATE TABLE pt12 (a int); ALTER AUTHORIZATION ON pt12 TO pu12;
-- setup
EXECUTE AS USER = 'pu12'; INSERT pt12 VALUES (1); SELECT a FROM pt12; REVERT;
DENY SELECT ON pt12 TO pu12;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- Msg 4624, Level 16, State *, Line 2: Cannot grant, deny, or revoke permissions to sa, dbo, entity owner, information_schema, sys, or yourself.

-- case: dynamic SQL of the same user has no other rights
-- source: "Ownership chains"; sp_executesql
CREATE TABLE pt13 (a int); CREATE USER pu13 WITHOUT LOGIN;
-- setup
EXECUTE AS USER = 'pu13'; EXEC sp_executesql N'SELECT a FROM pt13'; REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'pt13', database…

-- case: a refused permission is caught and ends only its statement
-- source: Msg 229; TRY...CATCH
CREATE TABLE pt14 (a int); CREATE USER pu14 WITHOUT LOGIN;
-- setup
SET NOCOUNT ON; EXECUTE AS USER = 'pu14';
BEGIN TRY SELECT a FROM pt14 END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS v, ERROR_STATE() AS s END CATCH;
IF EXISTS (SELECT 1 FROM pt14) PRINT 'never';
SELECT @@TRANCOUNT AS t;
REVERT;
-- expect
-- columns n int, v int, s int
-- row 229 | 14 | 5
-- Msg 229, Level 14, State 5, Line 3: The SELECT permission was denied on the object 'pt14', database…
-- columns t int
-- row 0

-- case: temporary tables are one's own
-- source: CREATE TABLE, "Permissions"
CREATE USER pu15 WITHOUT LOGIN;
-- setup
EXECUTE AS USER = 'pu15'; CREATE TABLE #t (a int); INSERT #t VALUES (1); SELECT a FROM #t; DROP TABLE #t;
DECLARE @v TABLE (a int); INSERT @v VALUES (2); SELECT a FROM @v; REVERT;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- rows 1
-- columns a int
-- row 2
-- rows 1

-- case: creating needs a permission in the database, and one on the schema
-- source: Msg 262, 2760; CREATE TABLE, "Permissions"
CREATE USER pu16 WITHOUT LOGIN;
-- setup
CREATE SCHEMA ps16 AUTHORIZATION pu16;
-- setup
EXECUTE AS USER = 'pu16';
CREATE TABLE ps16.t (a int);
REVERT; GRANT CREATE TABLE TO pu16; EXECUTE AS USER = 'pu16';
CREATE TABLE dbo.pt16 (a int);
CREATE TABLE ps16.t (a int);
INSERT ps16.t VALUES (1); SELECT a FROM ps16.t; DROP TABLE ps16.t;
REVERT;
-- expect
-- Msg 262, Level 14, State 1, Line 2: CREATE TABLE permission denied in database…
-- Msg 2760, Level 16, State 1, Line 4: The specified schema name "dbo" either does not exist or you do not have permission to use it.
-- rows 1
-- columns a int
-- row 1
-- rows 1

-- case: what the other definitions say without a permission
-- source: Msg 262
CREATE USER pu17 WITHOUT LOGIN;
-- setup
EXECUTE AS USER = 'pu17';
-- setup
CREATE VIEW pv17 AS SELECT 1 AS a;
-- expect
-- Msg 262, Level 14, State 1, Procedure pv17, Line 1: CREATE VIEW permission denied in database…
CREATE PROCEDURE pp17 AS SELECT 1 AS a;
-- expect
-- Msg 262, Level 14, State 1, Procedure pp17, Line 1: CREATE PROCEDURE permission denied in database…

-- case: what exists and may not be changed is said not to exist
-- source: Msg 4902, 1088, 3701
CREATE TABLE pt18 (a int); CREATE INDEX pi18 ON pt18 (a); CREATE USER pu18 WITHOUT LOGIN; GRANT SELECT ON pt18 TO pu18;
-- setup
EXECUTE AS USER = 'pu18';
ALTER TABLE pt18 ADD b int;
CREATE INDEX pi18b ON pt18 (a);
DROP TABLE pt18;
DROP TABLE IF EXISTS pt_none;
TRUNCATE TABLE pt18;
REVERT;
-- expect
-- Msg 1088, Level 16, State *, Line 2: Cannot find the object "pt18" because it does not exist or you do not have permissions.
-- Msg 1088, Level 16, State 12, Line 3: Cannot find the object "pt18" because it does not exist or you do not have permissions.
-- Msg 3701, Level 14, State 20, Line 4: Cannot drop the table 'pt18', because it does not exist or you do not have permission.
-- Msg 1088, Level 16, State 7, Line 6: Cannot find the object "pt18" because it does not exist or you do not have permissions.

-- case: ALTER on a table is not ownership of it
-- source: ALTER TABLE, "Permissions"; TRUNCATE TABLE, "Permissions"; DROP TABLE, "Permissions"
CREATE TABLE pt19 (a int); CREATE USER pu19 WITHOUT LOGIN; GRANT ALTER ON pt19 TO pu19;
-- setup
EXECUTE AS USER = 'pu19'; ALTER TABLE pt19 ADD b int; CREATE INDEX pi19 ON pt19 (a); DROP INDEX pi19 ON pt19; TRUNCATE TABLE pt19;
SELECT a FROM pt19;
DROP TABLE pt19;
REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt19', database…
-- Msg 3701, Level 14, State 20, Line 3: Cannot drop the table 'pt19', because it does not exist or you do not have permission.

-- case: a foreign key needs REFERENCES
-- source: CREATE TABLE, "Permissions"; Msg 229
CREATE TABLE pt20 (a int PRIMARY KEY); CREATE USER pu20 WITHOUT LOGIN;
-- setup
CREATE SCHEMA ps20 AUTHORIZATION pu20;
-- setup
GRANT CREATE TABLE TO pu20; GRANT REFERENCES ON pt20 TO pu20; EXECUTE AS USER = 'pu20';
CREATE TABLE ps20.t (a int REFERENCES dbo.pt20 (a)); REVERT; SELECT COUNT(*) AS n FROM sys.foreign_keys WHERE parent_object_id = OBJECT_ID('ps20.t');
-- expect
-- columns n int
-- row 1
-- rows 1

-- case: the default schema is looked into first
-- source: CREATE USER, "DEFAULT_SCHEMA"
CREATE USER pu21 WITHOUT LOGIN WITH DEFAULT_SCHEMA = ps21; CREATE TABLE pt21 (a int); INSERT pt21 VALUES (1);
-- setup
CREATE SCHEMA ps21 AUTHORIZATION pu21;
-- setup
CREATE TABLE ps21.pt21 (a int); INSERT ps21.pt21 VALUES (2); CREATE TABLE pt21b (a int); INSERT pt21b VALUES (3); GRANT SELECT ON pt21b TO pu21; GRANT CREATE TABLE TO pu21;
-- setup
EXECUTE AS USER = 'pu21'; SELECT a, SCHEMA_NAME() AS s FROM pt21; SELECT a FROM pt21b; CREATE TABLE pt21c (a int); REVERT;
SELECT SCHEMA_NAME(schema_id) AS s FROM sys.tables WHERE name = N'pt21c'; SELECT a FROM pt21;
-- expect
-- columns a int, s nvarchar(128)
-- row 2 | 'ps21'
-- rows 1
-- columns a int
-- row 3
-- rows 1
-- columns s nvarchar(128)
-- row 'ps21'
-- rows 1
-- columns a int
-- row 1
-- rows 1

-- case: catalogue views show what one has some permission on
-- source: "Metadata visibility configuration"
CREATE TABLE pt22a (a int); CREATE TABLE pt22b (a int); CREATE USER pu22 WITHOUT LOGIN; GRANT INSERT ON pt22a TO pu22;
-- setup
EXECUTE AS USER = 'pu22';
SELECT name FROM sys.tables WHERE name LIKE N'pt22%';
SELECT COUNT(*) AS n FROM sys.columns WHERE object_id = OBJECT_ID(N'pt22b');
SELECT CASE WHEN OBJECT_ID(N'dbo.pt22a') IS NULL THEN 0 ELSE 1 END AS a, OBJECT_ID(N'dbo.pt22b') AS b;
SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE N'pt22%';
REVERT;
-- expect
-- columns name nvarchar(128)
-- row 'pt22a'
-- rows 1
-- columns n int
-- row 0
-- rows 1
-- columns a int, b int
-- row 1 | NULL
-- rows 1
-- columns TABLE_NAME nvarchar(128)
-- row 'pt22a'
-- rows 1

-- case: VIEW DEFINITION shows what may not be read
-- source: VIEW DEFINITION permission; "Metadata visibility configuration"
CREATE TABLE pt23 (a int); CREATE USER pu23 WITHOUT LOGIN; GRANT VIEW DEFINITION TO pu23;
-- setup
EXECUTE AS USER = 'pu23'; SELECT COUNT(*) AS n FROM sys.tables WHERE name = N'pt23'; SELECT a FROM pt23; REVERT;
DENY VIEW DEFINITION ON pt23 TO pu23; EXECUTE AS USER = 'pu23'; SELECT COUNT(*) AS n FROM sys.tables WHERE name = N'pt23'; REVERT;
-- expect
-- columns n int
-- row 1
-- rows 1
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'pt23', database…
-- columns n int
-- row 0
-- rows 1

-- case: WITH GRANT OPTION passes a permission on, CASCADE takes it back from all
-- source: GRANT, "WITH GRANT OPTION"; REVOKE, "CASCADE"; Msg 4611
CREATE TABLE pt24 (a int); CREATE USER pu24a WITHOUT LOGIN; CREATE USER pu24b WITHOUT LOGIN; CREATE USER pu24c WITHOUT LOGIN;
GRANT SELECT ON pt24 TO pu24a WITH GRANT OPTION; GRANT INSERT ON pt24 TO pu24a;
-- setup
EXECUTE AS USER = 'pu24a'; GRANT SELECT ON pt24 TO pu24b; GRANT INSERT ON pt24 TO pu24b; REVERT;
EXECUTE AS USER = 'pu24b'; SELECT a FROM pt24; GRANT SELECT ON pt24 TO pu24c; REVERT;
REVOKE SELECT ON pt24 FROM pu24a;
REVOKE SELECT ON pt24 FROM pu24a CASCADE; EXECUTE AS USER = 'pu24b'; SELECT a FROM pt24; REVERT;
-- expect
-- Msg 15151, Level 16, State 1, Line 1: Cannot find the object 'pt24', because it does not exist or you do not have permission.
-- columns a int
-- rows 0
-- Msg 15151, Level 16, State 1, Line 2: Cannot find the object 'pt24', because it does not exist or you do not have permission.
-- Msg 4611, Level 16, State *, Line 3: To revoke or deny grantable privileges, specify the CASCADE option.
-- Msg 229, Level 14, State 5, Line 4: The SELECT permission was denied on the object 'pt24', database…

-- case: sys.database_permissions lists what is in force
-- source: sys.database_permissions
CREATE TABLE pt25 (a int, b int); CREATE USER pu25 WITHOUT LOGIN;
GRANT SELECT ON pt25 TO pu25 WITH GRANT OPTION; DENY INSERT ON pt25 TO pu25; GRANT UPDATE ON pt25 (b) TO pu25; GRANT VIEW DATABASE STATE TO pu25; GRANT EXECUTE ON SCHEMA::dbo TO pu25;
-- setup
SELECT class, class_desc, minor_id, type, permission_name, state, state_desc, USER_NAME(grantor_principal_id) AS g
FROM sys.database_permissions WHERE grantee_principal_id = USER_ID(N'pu25') ORDER BY class, permission_name;
-- expect
-- columns class tinyint, class_desc nvarchar(60), minor_id int, type char(4), permission_name nvarchar(128), state char(1), state_desc nvarchar(60), g nvarchar(128)
-- row 0 | 'DATABASE' | 0 | 'CO  ' | 'CONNECT' | 'G' | 'GRANT' | 'dbo'
-- row 0 | 'DATABASE' | 0 | 'VWDS' | 'VIEW DATABASE STATE' | 'G' | 'GRANT' | 'dbo'
-- row 1 | 'OBJECT_OR_COLUMN' | 0 | 'IN  ' | 'INSERT' | 'D' | 'DENY' | 'dbo'
-- row 1 | 'OBJECT_OR_COLUMN' | 0 | 'SL  ' | 'SELECT' | 'W' | 'GRANT_WITH_GRANT_OPTION' | 'dbo'
-- row 1 | 'OBJECT_OR_COLUMN' | 2 | 'UP  ' | 'UPDATE' | 'G' | 'GRANT' | 'dbo'
-- row 3 | 'SCHEMA' | 0 | 'EX  ' | 'EXECUTE' | 'G' | 'GRANT' | 'dbo'
-- rows 6

-- case: what GRANT refuses
-- source: Msg 15151, 4606, 4624, 4617, 1020, 4621
CREATE TABLE pt26 (a int); CREATE USER pu26 WITHOUT LOGIN;
-- setup
GRANT SELECT ON pt_none TO pu26;
GRANT SELECT ON pt26 TO pu_none;
GRANT EXECUTE ON pt26 TO pu26;
GRANT SELECT ON pt26 TO dbo;
GRANT SELECT ON pt26 TO db_datareader;
GRANT INSERT ON pt26 (a) TO pu26;
GRANT VIEW SERVER STATE TO pu26;
GRANT SELECT ON SCHEMA::ps_none TO pu26;
-- expect
-- Msg 15151, Level 16, State 1, Line 1: Cannot find the object 'pt_none', because it does not exist or you do not have permission.
-- Msg 15151, Level 16, State 1, Line 2: Cannot find the user 'pu_none', because it does not exist or you do not have permission.
-- Msg 4606, Level 16, State 1, Line 3: Granted or revoked privilege EXECUTE is not compatible with object.
-- Msg 4624, Level 16, State *, Line 4: Cannot grant, deny, or revoke permissions to sa, dbo, entity owner, information_schema, sys, or yourself.
-- Msg 4617, Level 16, State *, Line 5: Cannot grant, deny or revoke permissions to or from special roles.
-- Msg 1020, Level 15, State *, Line 6: Sub-entity lists (such as column or security expressions) cannot be specified for entity-level permissions.
-- Msg 4621, Level 16, State *, Line 7: Permissions at the server scope can only be granted when the current database is master
-- Msg 15151, Level 16, State 1, Line 8: Cannot find the schema 'ps_none', because it does not exist or you do not have permission.

-- case: HAS_PERMS_BY_NAME and fn_my_permissions tell what one may do
-- source: HAS_PERMS_BY_NAME; sys.fn_my_permissions
CREATE TABLE pt27 (a int); CREATE USER pu27 WITHOUT LOGIN; GRANT SELECT ON pt27 TO pu27;
-- setup
EXECUTE AS USER = 'pu27';
SELECT HAS_PERMS_BY_NAME(N'dbo.pt27', N'OBJECT', N'SELECT') AS a, HAS_PERMS_BY_NAME(N'pt27', N'OBJECT', N'INSERT') AS b, HAS_PERMS_BY_NAME(N'pt27', N'OBJECT', N'ANY') AS c,
    HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'CREATE TABLE') AS d, HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS e, HAS_PERMS_BY_NAME(N'pt27', N'OBJECT', N'FLY') AS f;
SELECT entity_name, subentity_name, permission_name FROM fn_my_permissions(N'dbo.pt27', N'OBJECT') ORDER BY subentity_name, permission_name;
REVERT;
SELECT HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS e;
-- expect
-- columns a int, b int, c int, d int, e int, f int
-- row 1 | 0 | 1 | 0 | 0 | NULL
-- rows 1
-- columns entity_name nvarchar(128), subentity_name nvarchar(128), permission_name nvarchar(60)
-- row 'dbo.pt27' | '' | 'SELECT'
-- row 'dbo.pt27' | 'a' | 'SELECT'
-- rows 2
-- columns e int
-- row 1
-- rows 1

-- case: only who may change users and roles does
-- source: Msg 15247, 15151
CREATE USER pu28 WITHOUT LOGIN; CREATE USER pu28x WITHOUT LOGIN; CREATE ROLE pr28;
-- setup
EXECUTE AS USER = 'pu28';
CREATE USER pu28y WITHOUT LOGIN;
CREATE ROLE pr28y;
DROP USER pu28x;
ALTER ROLE pr28 ADD MEMBER pu28;
ALTER ROLE db_owner ADD MEMBER pu28;
CREATE LOGIN conf_q1 WITH PASSWORD = 'Pa55word!x';
GRANT CREATE TABLE TO pu28x;
REVERT;
-- expect
-- Msg 15247, Level 16, State *, Line 2: User does not have permission to perform this action.
-- Msg 15247, Level 16, State *, Line 3: User does not have permission to perform this action.
-- Msg 15151, Level 16, State 1, Line 4: Cannot drop the user 'pu28x', because it does not exist or you do not have permission.
-- Msg 15151, Level 16, State 1, Line 5: Cannot alter the role 'pr28', because it does not exist or you do not have permission.
-- Msg 15151, Level 16, State 1, Line 6: Cannot alter the role 'db_owner', because it does not exist or you do not have permission.
-- Msg 15247, Level 16, State *, Line 7: User does not have permission to perform this action.
-- Msg 4613, Level 16, State *, Line 8: Grantor does not have GRANT permission.

-- case: db_ddladmin makes and drops objects and reads none
-- source: "Database-level roles", db_ddladmin
CREATE USER pu29 WITHOUT LOGIN; ALTER ROLE db_ddladmin ADD MEMBER pu29; CREATE TABLE pt29 (a int);
-- setup
EXECUTE AS USER = 'pu29'; CREATE TABLE pt29b (a int); ALTER TABLE pt29 ADD b int;
SELECT a FROM pt29b;
DROP TABLE pt29b; DROP TABLE pt29;
GRANT SELECT ON SCHEMA::dbo TO pu29;
REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt29b', database…
-- Msg 15151, Level 16, State 1, Line 4: Cannot find the schema 'dbo', because it does not exist or you do not have permission.

-- case: db_securityadmin gives rights that it does not have
-- source: "Database-level roles", db_securityadmin
CREATE USER pu30 WITHOUT LOGIN; CREATE USER pu30x WITHOUT LOGIN; ALTER ROLE db_securityadmin ADD MEMBER pu30; CREATE TABLE pt30 (a int);
-- setup
EXECUTE AS USER = 'pu30'; GRANT SELECT ON pt30 TO pu30x; CREATE ROLE pr30; ALTER ROLE pr30 ADD MEMBER pu30x;
SELECT a FROM pt30;
ALTER ROLE db_owner ADD MEMBER pu30;
REVERT; EXECUTE AS USER = 'pu30x'; SELECT a FROM pt30; REVERT;
-- expect
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt30', database…
-- Msg 15151, Level 16, State 1, Line 3: Cannot alter the role 'db_owner', because it does not exist or you do not have permission.
-- columns a int
-- rows 0

-- case: users and roles that one may see
-- source: sys.database_principals, "Permissions"
CREATE USER pu31 WITHOUT LOGIN; CREATE USER pu31x WITHOUT LOGIN; CREATE ROLE pr31; CREATE ROLE pr31x; ALTER ROLE pr31 ADD MEMBER pu31;
-- setup
EXECUTE AS USER = 'pu31'; SELECT name FROM sys.database_principals WHERE name LIKE N'p_31%' OR name = N'dbo' ORDER BY name;
REVERT; GRANT VIEW DEFINITION ON USER::pu31x TO pu31; EXECUTE AS USER = 'pu31';
SELECT name FROM sys.database_principals WHERE name LIKE N'p_31%' ORDER BY name; REVERT;
-- expect
-- columns name nvarchar(128)
-- row 'dbo'
-- row 'pr31'
-- row 'pu31'
-- rows 3
-- columns name nvarchar(128)
-- row 'pr31'
-- row 'pu31'
-- row 'pu31x'
-- rows 3

-- case: MERGE needs a permission for each of its actions
-- source: MERGE, "Permissions"
CREATE TABLE pt32 (a int PRIMARY KEY, b int); CREATE TABLE ps32t (a int, b int); INSERT ps32t VALUES (1, 1); CREATE USER pu32 WITHOUT LOGIN;
GRANT SELECT ON ps32t TO pu32; GRANT SELECT, UPDATE ON pt32 TO pu32;
-- setup
EXECUTE AS USER = 'pu32';
MERGE pt32 AS t USING ps32t AS s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b;
MERGE pt32 AS t USING ps32t AS s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.a, s.b);
REVERT;
-- expect
-- rows 0
-- Msg 229, Level 14, State 5, Line 3: The INSERT permission was denied on the object 'pt32', database…

-- case: SELECT INTO needs CREATE TABLE
-- source: SELECT INTO, "Permissions"; Msg 262
CREATE USER pu33 WITHOUT LOGIN; CREATE TABLE pt33 (a int); GRANT SELECT ON pt33 TO pu33;
-- setup
EXECUTE AS USER = 'pu33'; SELECT a INTO #x FROM pt33; SELECT a INTO pt33b FROM pt33; REVERT;
-- expect
-- rows 0
-- Msg 262, Level 14, State 1, Line 1: CREATE TABLE permission denied in database…

-- case: changing rows through a view needs the permission on the view only
-- source: "Ownership chains"; CREATE VIEW, "Updatable Views"
CREATE TABLE pt34 (a int); CREATE USER pu34 WITHOUT LOGIN;
-- setup
CREATE VIEW pv34 AS SELECT a FROM pt34;
-- setup
GRANT INSERT ON pv34 TO pu34; EXECUTE AS USER = 'pu34'; INSERT pv34 VALUES (1); DELETE pv34; INSERT pt34 VALUES (2); REVERT; SELECT a FROM pt34;
-- expect
-- rows 1
-- Msg 229, Level 14, State 5, Line 1: The DELETE permission was denied on the object 'pv34', database…
-- Msg 229, Level 14, State 5, Line 1: The INSERT permission was denied on the object 'pt34', database…
-- columns a int
-- row 1
-- rows 1

-- case: a permission and its objects go together
-- source: DROP TABLE, "Remarks"; sys.database_permissions
CREATE TABLE pt35 (a int); CREATE USER pu35 WITHOUT LOGIN; GRANT SELECT ON pt35 TO pu35;
-- setup
DROP TABLE pt35; CREATE TABLE pt35 (a int);
SELECT COUNT(*) AS n FROM sys.database_permissions WHERE grantee_principal_id = USER_ID(N'pu35') AND class = 1;
EXECUTE AS USER = 'pu35'; SELECT a FROM pt35; REVERT;
-- expect
-- columns n int
-- row 0
-- rows 1
-- Msg 229, Level 14, State 5, Line 3: The SELECT permission was denied on the object 'pt35', database…

-- case: GRANT is undone by ROLLBACK
-- source: GRANT; BEGIN TRANSACTION
CREATE TABLE pt36 (a int); CREATE USER pu36 WITHOUT LOGIN;
-- setup
BEGIN TRANSACTION; GRANT SELECT ON pt36 TO pu36; EXECUTE AS USER = 'pu36'; SELECT a FROM pt36; REVERT; ROLLBACK;
EXECUTE AS USER = 'pu36'; SELECT a FROM pt36; REVERT;
-- expect
-- columns a int
-- rows 0
-- Msg 229, Level 14, State 5, Line 2: The SELECT permission was denied on the object 'pt36', database…
