-- chapter: Security
-- case: a new login connects and is nobody in a database without a user for it
-- source: CREATE LOGIN, "Create a login with a password"; "Principals (Database Engine)"
IF SUSER_ID(N'conf_p1') IS NULL CREATE LOGIN conf_p1 WITH PASSWORD = 'Pa55word!x', DEFAULT_DATABASE = tempdb;
DECLARE @use nvarchar(300) = N'CREATE USER conf_p1 FOR LOGIN conf_p1'; EXEC (@use);
-- setup
-- session 2 login=conf_p1 password=Pa55word!x
SELECT SUSER_SNAME() AS s, ORIGINAL_LOGIN() AS o, USER_NAME() AS u, CURRENT_USER AS c, SESSION_USER AS se;
-- expect
-- columns s nvarchar(128), o nvarchar(128), u nvarchar(128), c nvarchar(128), se nvarchar(128)
-- row 'conf_p1' | 'conf_p1' | 'conf_p1' | 'conf_p1' | 'conf_p1'
-- rows 1
-- session 1
DROP USER conf_p1;
-- setup

-- case: a login that exists cannot be made again
-- source: Msg 15025
IF SUSER_ID(N'conf_p2') IS NULL CREATE LOGIN conf_p2 WITH PASSWORD = 'Pa55word!x';
-- setup
CREATE LOGIN CONF_P2 WITH PASSWORD = 'Pa55word!x';
-- expect
-- Msg 15025, Level 16, State *, Line 1: The server principal 'CONF_P2' already exists.
DROP LOGIN conf_p2; SELECT SUSER_ID(N'conf_p2') AS id;
-- expect
-- columns id int
-- row NULL
-- rows 1

-- case: ALTER and DROP of a login that is missing
-- source: Msg 15151
ALTER LOGIN conf_none DISABLE;
DROP LOGIN conf_none;
-- expect
-- Msg 15151, Level 16, State 1, Line 1: Cannot alter the login 'conf_none', because it does not exist or you do not have permission.
-- Msg 15151, Level 16, State 1, Line 2: Cannot drop the login 'conf_none', because it does not exist or you do not have permission.

-- case: a default database must exist
-- source: Msg 15010
CREATE LOGIN conf_p3 WITH PASSWORD = 'Pa55word!x', DEFAULT_DATABASE = conf_no_database;
-- expect
-- Msg 15010, Level 16, State *, Line 1: The database 'conf_no_database' does not exist. Supply a valid database name. To see available databases, use sys.databases.

-- case: sys.sql_logins shows what CREATE and ALTER LOGIN set
-- source: sys.sql_logins
IF SUSER_ID(N'conf_p4') IS NULL CREATE LOGIN conf_p4 WITH PASSWORD = 'Pa55word!x', DEFAULT_DATABASE = tempdb, CHECK_POLICY = OFF;
ALTER LOGIN conf_p4 DISABLE;
-- setup
SELECT name, type_desc, is_disabled, default_database_name, is_policy_checked FROM sys.sql_logins WHERE name = N'conf_p4';
-- expect
-- columns name nvarchar(128), type_desc nvarchar(60), is_disabled bit, default_database_name nvarchar(128), is_policy_checked bit
-- row 'conf_p4' | 'SQL_LOGIN' | 1 | 'tempdb' | 0
-- rows 1
ALTER LOGIN conf_p4 ENABLE; ALTER LOGIN conf_p4 WITH NAME = conf_p4b, DEFAULT_DATABASE = master;
SELECT name, is_disabled, default_database_name FROM sys.server_principals WHERE name LIKE N'conf[_]p4%';
DROP LOGIN conf_p4b;
-- expect
-- columns name nvarchar(128), is_disabled bit, default_database_name nvarchar(128)
-- row 'conf_p4b' | 0 | 'master'
-- rows 1

-- case: CREATE LOGIN is undone by ROLLBACK
-- source: CREATE LOGIN; BEGIN TRANSACTION
BEGIN TRANSACTION;
CREATE LOGIN conf_p5 WITH PASSWORD = 'Pa55word!x';
ROLLBACK;
SELECT SUSER_ID(N'conf_p5') AS id;
-- expect
-- columns id int
-- row NULL
-- rows 1

-- case: a user for a login that is missing
-- source: Msg 15007
CREATE USER conf_u1;
CREATE USER conf_u2 FOR LOGIN conf_none;
-- expect
-- Msg 15007, Level 16, State *, Line 1: 'conf_u1' is not a valid login or you do not have permission.
-- Msg 15007, Level 16, State *, Line 2: 'conf_none' is not a valid login or you do not have permission.

-- case: a login has one user in a database
-- source: Msg 15063
IF SUSER_ID(N'conf_p6') IS NULL CREATE LOGIN conf_p6 WITH PASSWORD = 'Pa55word!x';
CREATE USER conf_u3 FOR LOGIN conf_p6;
-- setup
CREATE USER conf_u4 FOR LOGIN conf_p6;
-- expect
-- Msg 15063, Level 16, State *, Line 1: The login already has an account under a different user name.
DROP USER conf_u3; DROP LOGIN conf_p6;
-- setup

-- case: users and roles share their names
-- source: Msg 15023
CREATE USER conf_u5 WITHOUT LOGIN;
-- setup
CREATE ROLE CONF_U5;
CREATE USER conf_u5 WITHOUT LOGIN;
CREATE ROLE db_owner;
-- expect
-- Msg 15023, Level 16, State *, Line 1: User, group, or role 'CONF_U5' already exists in the current database.
-- Msg 15023, Level 16, State *, Line 2: User, group, or role 'conf_u5' already exists in the current database.
-- Msg 15023, Level 16, State *, Line 3: User, group, or role 'db_owner' already exists in the current database.

-- case: a user with a password needs a contained database
-- source: Msg 33233
CREATE USER conf_u6 WITH PASSWORD = 'Pa55word!x';
-- expect
-- Msg 33233, Level 16, State *, Line 1: You can only create a user with a password in a contained database.

-- case: a user gets CONNECT, a default schema and an identity of its own
-- source: CREATE USER; sys.database_principals; sys.database_permissions
CREATE USER conf_u7 WITHOUT LOGIN WITH DEFAULT_SCHEMA = conf_later;
CREATE USER conf_u8 WITHOUT LOGIN;
-- setup
SELECT p.name, p.type, p.type_desc, p.default_schema_name, p.is_fixed_role, p.authentication_type_desc, x.permission_name, x.state_desc, x.class_desc
FROM sys.database_principals AS p JOIN sys.database_permissions AS x ON x.grantee_principal_id = p.principal_id
WHERE p.name IN (N'conf_u7', N'conf_u8') ORDER BY p.name;
-- expect
-- columns name nvarchar(128), type char(1), type_desc nvarchar(60), default_schema_name nvarchar(128), is_fixed_role bit, authentication_type_desc nvarchar(60), permission_name nvarchar(128), state_desc nvarchar(60), class_desc nvarchar(60)
-- row 'conf_u7' | 'S' | 'SQL_USER' | 'conf_later' | 0 | 'NONE' | 'CONNECT' | 'GRANT' | 'DATABASE'
-- row 'conf_u8' | 'S' | 'SQL_USER' | 'dbo' | 0 | 'NONE' | 'CONNECT' | 'GRANT' | 'DATABASE'
-- rows 2

-- case: members come and go, also of roles in roles
-- source: ALTER ROLE; sys.database_role_members; IS_ROLEMEMBER
CREATE USER conf_u9 WITHOUT LOGIN; CREATE ROLE conf_r1; CREATE ROLE conf_r2 AUTHORIZATION conf_u9;
ALTER ROLE conf_r1 ADD MEMBER conf_u9; ALTER ROLE conf_r2 ADD MEMBER conf_r1; ALTER ROLE conf_r2 ADD MEMBER conf_r1;
-- setup
SELECT IS_ROLEMEMBER(N'conf_r2', N'conf_u9') AS a, IS_ROLEMEMBER(N'public', N'conf_u9') AS b, IS_ROLEMEMBER(N'db_owner', N'conf_u9') AS c, IS_ROLEMEMBER(N'no_such', N'conf_u9') AS d;
SELECT USER_NAME(m.role_principal_id) AS r, USER_NAME(m.member_principal_id) AS m FROM sys.database_role_members AS m
WHERE USER_NAME(m.role_principal_id) LIKE N'conf[_]r%' ORDER BY 1;
-- expect
-- columns a int, b int, c int, d int
-- row 1 | 1 | 0 | NULL
-- rows 1
-- columns r nvarchar(128), m nvarchar(128)
-- row 'conf_r1' | 'conf_u9'
-- row 'conf_r2' | 'conf_r1'
-- rows 2
ALTER ROLE conf_r1 DROP MEMBER conf_u9; SELECT IS_ROLEMEMBER(N'conf_r2', N'conf_u9') AS a;
-- expect
-- columns a int
-- row 0
-- rows 1

-- case: what ALTER ROLE refuses
-- source: Msg 15151, 15081, 15413, 15405
CREATE ROLE conf_r3; CREATE ROLE conf_r4; ALTER ROLE conf_r3 ADD MEMBER conf_r4;
-- setup
ALTER ROLE conf_none ADD MEMBER conf_r3;
ALTER ROLE conf_r3 ADD MEMBER conf_none;
ALTER ROLE conf_r4 ADD MEMBER conf_r3;
ALTER ROLE [public] ADD MEMBER conf_r3;
ALTER ROLE conf_r3 ADD MEMBER dbo;
-- expect
-- Msg 15151, Level 16, State 1, Line 1: Cannot alter the role 'conf_none', because it does not exist or you do not have permission.
-- Msg 15151, Level 16, State 1, Line 2: Cannot add the principal 'conf_none', because it does not exist or you do not have permission.
-- Msg 15413, Level 16, State *, Line 3: Cannot make a role a member of itself.
-- Msg 15081, Level 16, State *, Line 4: Membership of the public role cannot be changed.
-- Msg 15405, Level 11, State *, Line 5: Cannot use the special principal 'dbo'.

-- case: what cannot be dropped
-- source: Msg 15144, 15138, 15150, 15421
CREATE USER conf_u10 WITHOUT LOGIN; CREATE ROLE conf_r5; ALTER ROLE conf_r5 ADD MEMBER conf_u10;
CREATE USER conf_u11 WITHOUT LOGIN; CREATE ROLE conf_r6 AUTHORIZATION conf_u11;
-- setup
CREATE SCHEMA conf_s1 AUTHORIZATION conf_u10;
-- setup
DROP ROLE conf_r5;
DROP USER conf_u10;
DROP USER conf_u11;
DROP USER dbo;
DROP ROLE db_datareader;
DROP USER conf_none;
DROP USER IF EXISTS conf_none;
DROP ROLE conf_none;
-- expect
-- Msg 15144, Level 16, State *, Line 1: The role has members. It must be empty before it can be dropped.
-- Msg 15138, Level 16, State *, Line 2: The database principal owns a schema in the database, and cannot be dropped.
-- Msg 15421, Level 16, State *, Line 3: The database principal owns a database role and cannot be dropped.
-- Msg 15150, Level 16, State *, Line 4: Cannot drop the user 'dbo'.
-- Msg 15150, Level 16, State *, Line 5: Cannot drop the role 'db_datareader'.
-- Msg 15151, Level 16, State 1, Line 6: Cannot drop the user 'conf_none', because it does not exist or you do not have permission.
-- Msg 15151, Level 16, State 1, Line 8: Cannot drop the role 'conf_none', because it does not exist or you do not have permission.

-- case: a role is renamed, a user gets another default schema
-- source: ALTER ROLE; ALTER USER
CREATE ROLE conf_r7; CREATE USER conf_u12 WITHOUT LOGIN;
ALTER ROLE conf_r7 WITH NAME = conf_r8; ALTER USER conf_u12 WITH NAME = conf_u13, DEFAULT_SCHEMA = guest;
-- setup
SELECT name, type_desc, default_schema_name FROM sys.database_principals WHERE name IN (N'conf_r7', N'conf_r8', N'conf_u12', N'conf_u13') ORDER BY name;
-- expect
-- columns name nvarchar(128), type_desc nvarchar(60), default_schema_name nvarchar(128)
-- row 'conf_r8' | 'DATABASE_ROLE' | NULL
-- row 'conf_u13' | 'SQL_USER' | 'guest'
-- rows 2

-- case: server roles
-- source: ALTER SERVER ROLE; sys.server_role_members; IS_SRVROLEMEMBER
IF SUSER_ID(N'conf_p7') IS NULL CREATE LOGIN conf_p7 WITH PASSWORD = 'Pa55word!x';
ALTER SERVER ROLE dbcreator ADD MEMBER conf_p7;
-- setup
SELECT IS_SRVROLEMEMBER('dbcreator', 'conf_p7') AS a, IS_SRVROLEMEMBER('sysadmin', 'conf_p7') AS b, IS_SRVROLEMEMBER('public', 'conf_p7') AS c, IS_SRVROLEMEMBER('none', 'conf_p7') AS d, IS_SRVROLEMEMBER('sysadmin') AS e;
SELECT SUSER_NAME(role_principal_id) AS r FROM sys.server_role_members WHERE member_principal_id = SUSER_ID(N'conf_p7');
ALTER SERVER ROLE dbcreator DROP MEMBER conf_p7; SELECT IS_SRVROLEMEMBER('dbcreator', 'conf_p7') AS a;
ALTER SERVER ROLE conf_none ADD MEMBER conf_p7;
-- expect
-- columns a int, b int, c int, d int, e int
-- row 1 | 0 | 1 | NULL | 1
-- rows 1
-- columns r nvarchar(128)
-- row 'dbcreator'
-- rows 1
-- columns a int
-- row 0
-- rows 1
-- Msg 15151, Level 16, State 1, Line 4: Cannot alter the server role 'conf_none', because it does not exist or you do not have permission.

-- case: the system users and fixed roles of every database
-- source: "Database-level roles"; sys.database_principals
SELECT name, principal_id, type, is_fixed_role FROM sys.database_principals WHERE principal_id < 5 OR principal_id BETWEEN 16384 AND 16399 ORDER BY principal_id;
-- expect
-- columns name nvarchar(128), principal_id int, type char(1), is_fixed_role bit
-- row 'public' | 0 | 'R' | 0
-- row 'dbo' | 1 | 'S' | 0
-- row 'guest' | 2 | 'S' | 0
-- row 'INFORMATION_SCHEMA' | 3 | 'S' | 0
-- row 'sys' | 4 | 'S' | 0
-- row 'db_owner' | 16384 | 'R' | 1
-- row 'db_accessadmin' | 16385 | 'R' | 1
-- row 'db_securityadmin' | 16386 | 'R' | 1
-- row 'db_ddladmin' | 16387 | 'R' | 1
-- row 'db_backupoperator' | 16389 | 'R' | 1
-- row 'db_datareader' | 16390 | 'R' | 1
-- row 'db_datawriter' | 16391 | 'R' | 1
-- row 'db_denydatareader' | 16392 | 'R' | 1
-- row 'db_denydatawriter' | 16393 | 'R' | 1
-- rows 14

-- case: EXECUTE AS and REVERT nest
-- source: EXECUTE AS; REVERT; ORIGINAL_LOGIN
CREATE USER conf_u14 WITHOUT LOGIN; CREATE USER conf_u15 WITHOUT LOGIN; GRANT IMPERSONATE ON USER::conf_u15 TO conf_u14;
-- setup
EXECUTE AS USER = 'conf_u14'; SELECT USER_NAME() AS u, IS_SRVROLEMEMBER('sysadmin') AS s;
EXECUTE AS USER = N'conf_u15'; SELECT USER_NAME() AS u, USER_ID() AS i;
REVERT; SELECT CURRENT_USER AS u; REVERT; SELECT USER AS u, SYSTEM_USER AS s; REVERT;
-- expect
-- columns u nvarchar(128), s int
-- row 'conf_u14' | 0
-- rows 1
-- columns u nvarchar(128), i int
-- row 'conf_u15' | *
-- rows 1
-- columns u nvarchar(128)
-- row 'conf_u14'
-- rows 1
-- columns u nvarchar(128), s nvarchar(128)
-- row 'dbo' | 'sa'
-- rows 1

-- case: whom nobody may impersonate
-- source: Msg 15517, 15406
CREATE USER conf_u16 WITHOUT LOGIN; CREATE USER conf_u17 WITHOUT LOGIN;
-- setup
EXECUTE AS USER = 'conf_none';
EXECUTE AS LOGIN = 'conf_none';
EXECUTE AS USER = 'conf_u16';
EXECUTE AS USER = 'conf_u17';
EXECUTE AS LOGIN = 'sa';
REVERT; SELECT USER_NAME() AS u;
-- expect
-- Msg 15517, Level 16, State 1, Line 1: Cannot execute as the database principal because the principal "conf_none" does not exist, this type of principal cannot be impersonated, or you do not have permission.
-- Msg 15406, Level 16, State 1, Line 2: Cannot execute as the server principal because the principal "conf_none" does not exist, this type of principal cannot be impersonated, or you do not have permission.
-- Msg 15517, Level 16, State 1, Line 4: Cannot execute as the database principal because the principal "conf_u17" does not exist, this type of principal cannot be impersonated, or you do not have permission.
-- Msg 15406, Level 16, State 1, Line 5: Cannot execute as the server principal because the principal "sa" does not exist, this type of principal cannot be impersonated, or you do not have permission.
-- columns u nvarchar(128)
-- row 'dbo'
-- rows 1

-- case: dynamic SQL keeps its own EXECUTE AS, and REVERT undoes no caller's
-- source: EXECUTE AS, "Remarks"
CREATE USER conf_u18 WITHOUT LOGIN;
-- setup
EXEC ('EXECUTE AS USER = ''conf_u18''; SELECT USER_NAME() AS u');
SELECT USER_NAME() AS u;
EXEC ('SELECT USER_NAME() AS u') AS USER = 'conf_u18';
-- expect
-- columns u nvarchar(128)
-- row 'conf_u18'
-- rows 1
-- columns u nvarchar(128)
-- row 'dbo'
-- rows 1
-- columns u nvarchar(128)
-- row 'conf_u18'
-- rows 1

-- case: EXECUTE AS WITH COOKIE ends only with the cookie
-- source: REVERT, "WITH COOKIE"; Msg 15591
CREATE USER conf_u19 WITHOUT LOGIN;
-- setup
DECLARE @c varbinary(8000);
EXECUTE AS USER = 'conf_u19' WITH COOKIE INTO @c;
REVERT;
SELECT USER_NAME() AS u;
REVERT WITH COOKIE = @c; SELECT USER_NAME() AS u;
-- expect
-- Msg 15591, Level 16, State *, Line 3: The current security context cannot be reverted using this statement. A cookie may or may not be needed with 'Revert' statement depending on how the context was set with 'Execute As' statement.
-- columns u nvarchar(128)
-- row 'conf_u19'
-- rows 1
-- columns u nvarchar(128)
-- row 'dbo'
-- rows 1

-- case: what logins and users are refused here
-- source: CREATE LOGIN; CREATE USER
-- only: embedded
CREATE LOGIN [CONF\u] FROM WINDOWS;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'CREATE LOGIN FROM WINDOWS' is not supported in this version of SQL Server.
CREATE USER u FOR CERTIFICATE c;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'CREATE USER FOR CERTIFICATE' is not supported in this version of SQL Server.
CREATE APPLICATION ROLE r WITH PASSWORD = 'x';
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'CREATE APPLICATION ROLE' is not supported in this version of SQL Server.
SETUSER 'x';
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'SETUSER' is not supported in this version of SQL Server.
CREATE LOGIN conf_p8 WITH PASSWORD = 0x0200AB HASHED;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'CREATE LOGIN with this option first' is not supported in this version of SQL Server.
