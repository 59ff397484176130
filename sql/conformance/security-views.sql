-- chapter: Security
-- case: locks are shown with VIEW SERVER PERFORMANCE STATE only
-- source: Msg 300, Msg 297; sys.dm_tran_locks, "Permissions for SQL Server 2022 and later"
CREATE LOGIN sv_locks WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_locks FOR LOGIN sv_locks;
-- setup
-- session 2 login=sv_locks password=Pa55word!x
SELECT COUNT(*) AS n FROM sys.dm_tran_locks;
-- expect
-- Msg 300, Level 14, State 1, Line 1: VIEW SERVER PERFORMANCE STATE permission was denied on object 'server', database 'master'.
-- Msg 297, Level 16, State 1, Line 1: The user does not have permission to perform this action.

-- chapter: Security
-- case: VIEW SERVER STATE implies the permission on performance, and EXECUTE AS LOGIN keeps it
-- source: "Server-level permissions new to SQL Server 2022": VIEW SERVER STATE includes VIEW SERVER PERFORMANCE STATE
CREATE LOGIN sv_state WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_state FOR LOGIN sv_state;
-- setup
USE master;
GRANT VIEW SERVER STATE TO sv_state;
-- setup
-- session 2 login=sv_state password=Pa55word!x
SELECT CASE WHEN COUNT(*) > 0 THEN 1 ELSE 0 END AS some_locks FROM sys.dm_tran_locks;
SELECT CASE WHEN COUNT(*) > 1 THEN 1 ELSE 0 END AS others FROM sys.dm_exec_sessions;
-- expect
-- columns some_locks int
-- row 1
-- rows 1
-- columns others int
-- row 1
-- rows 1

-- chapter: Security
-- case: connections need VIEW SERVER SECURITY STATE
-- source: Msg 300; sys.dm_exec_connections, "SQL Server 2022 and later versions require VIEW SERVER SECURITY STATE permission on the server"
CREATE LOGIN sv_connections WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_connections FOR LOGIN sv_connections;
-- setup
-- session 2 login=sv_connections password=Pa55word!x
SELECT encrypt_option FROM sys.dm_exec_connections WHERE session_id = @@SPID;
-- expect
-- Msg 300, Level 14, State 1, Line 1: VIEW SERVER SECURITY STATE permission was denied on object 'server', database 'master'.
-- Msg 297, Level 16, State 1, Line 1: The user does not have permission to perform this action.

-- chapter: Security
-- case: without the permission a login sees its own session only
-- source: sys.dm_exec_sessions: "Everyone can see their own session information"; sys.dm_exec_requests: "otherwise, the user will see only the current session"
CREATE LOGIN sv_own WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_own FOR LOGIN sv_own;
-- setup
-- session 2 login=sv_own password=Pa55word!x
SELECT COUNT(*) AS n, MIN(CASE WHEN session_id = @@SPID THEN 1 ELSE 0 END) AS own FROM sys.dm_exec_sessions;
SELECT COUNT(*) AS n, MIN(CASE WHEN session_id = @@SPID THEN 1 ELSE 0 END) AS own FROM sys.dm_exec_requests;
-- expect
-- columns n int, own int
-- row 1 | 1
-- rows 1
-- columns n int, own int
-- row 1 | 1
-- rows 1

-- chapter: Security
-- case: row counts of partitions need VIEW DATABASE PERFORMANCE STATE
-- source: Msg 262, Msg 297; sys.dm_db_partition_stats, "Permissions for SQL Server 2022 and later"
CREATE LOGIN sv_rows WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_rows FOR LOGIN sv_rows;
-- setup
-- session 2 login=sv_rows password=Pa55word!x
SELECT SUM(row_count) AS n FROM sys.dm_db_partition_stats;
-- expect
-- Msg 262, Level 14, State 1, Line 1: VIEW DATABASE PERFORMANCE STATE permission denied in database '…
-- Msg 297, Level 16, State 1, Line 1: The user does not have permission to perform this action.

-- chapter: Security
-- case: the permission on the database is enough for its own views
-- source: GRANT Database Permissions: VIEW DATABASE STATE includes VIEW DATABASE PERFORMANCE STATE
CREATE LOGIN sv_granted WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_granted FOR LOGIN sv_granted;
GRANT VIEW DATABASE STATE TO sv_granted;
-- setup
-- session 2 login=sv_granted password=Pa55word!x
SELECT COUNT(*) AS n FROM sys.dm_db_partition_stats WHERE 1 = 0;
-- expect
-- columns n int
-- row 0
-- rows 1

-- chapter: Security
-- case: dependencies are for owners of the database
-- source: sys.sql_expression_dependencies: "By default, SELECT permission is granted only to members of the db_owner fixed database role"; Msg 229
CREATE LOGIN sv_dependencies WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_dependencies FOR LOGIN sv_dependencies;
-- setup
-- session 2 login=sv_dependencies password=Pa55word!x
SELECT referenced_id FROM sys.sql_expression_dependencies;
-- expect
-- Msg 229, Level 14, State 5, Line 1: The SELECT permission was denied on the object 'sql_expression_dependencies', database 'mssqlsystemresource', schema 'sys'.

-- chapter: Security
-- case: a view of the user's gives no more rights on the server
-- source: "Ownership chains": permissions on the server are those of the caller
CREATE LOGIN sv_view WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_view FOR LOGIN sv_view;
-- setup
CREATE VIEW dbo.sv_lock_view AS SELECT request_mode FROM sys.dm_tran_locks;
-- setup
GRANT SELECT ON dbo.sv_lock_view TO sv_view;
-- setup
-- session 2 login=sv_view password=Pa55word!x
SELECT request_mode FROM dbo.sv_lock_view;
-- expect
-- Msg 300, Level 14, State 1, Line 1: VIEW SERVER PERFORMANCE STATE permission was denied on object 'server', database 'master'.
-- Msg 297, Level 16, State 1, Line 1: The user does not have permission to perform this action.

-- chapter: Security
-- case: a denied permission stops the batch's statement, not the batch
-- source: Msg 297 is an error of the statement
CREATE LOGIN sv_goes_on WITH PASSWORD = 'Pa55word!x';
CREATE USER sv_goes_on FOR LOGIN sv_goes_on;
-- setup
-- session 2 login=sv_goes_on password=Pa55word!x
BEGIN TRY
    SELECT transaction_id FROM sys.dm_tran_active_transactions;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS number;
END CATCH;
-- expect
-- columns number int
-- row 297
-- rows 1
