-- chapter: Two sessions

-- case: sp_getapplock is granted at once when nobody holds the lock
-- source: sp_getapplock, "Return Code Values"
DECLARE @r int = 99;
BEGIN TRAN;
EXEC @r = sp_getapplock @Resource = N'al1', @LockMode = 'Exclusive';
SELECT @r AS r, APPLOCK_MODE('public', 'al1', 'Transaction') AS m;
COMMIT;
-- expect
-- columns r int, m nvarchar(32)
-- row 0 | 'Exclusive'
-- rows 1

-- case: a second exclusive lock times out with -1
-- source: sp_getapplock, "Return Code Values"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al2', @LockMode = 'Exclusive';
-- expect
-- session 2
DECLARE @r int;
BEGIN TRAN;
EXEC @r = sp_getapplock @Resource = N'al2', @LockMode = 'Exclusive', @LockTimeout = 0;
SELECT @r AS r, @@TRANCOUNT AS t, XACT_STATE() AS x;
COMMIT;
-- expect
-- columns r int, t int, x smallint
-- row -1 | 1 | 1
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: a lock that was waited for is granted with 1
-- source: sp_getapplock, "Return Code Values"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al3', @LockMode = 'Exclusive';
-- expect
-- session 2 async
DECLARE @r int; BEGIN TRAN; EXEC @r = sp_getapplock @Resource = N'al3', @LockMode = 'Shared'; SELECT @r AS r; COMMIT;
-- sent
-- session 2 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- columns r int
-- row 1
-- rows 1

-- case: shared locks are held together
-- source: sp_getapplock; lock compatibility
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al4', @LockMode = 'Shared';
-- expect
-- session 2
DECLARE @s int, @u int, @x int;
BEGIN TRAN;
EXEC @s = sp_getapplock @Resource = N'al4', @LockMode = 'Shared', @LockTimeout = 0;
EXEC @u = sp_getapplock @Resource = N'al4', @LockMode = 'Update', @LockTimeout = 0;
EXEC @x = sp_getapplock @Resource = N'al4', @LockMode = 'Exclusive', @LockTimeout = 0;
SELECT @s AS s, @u AS u, @x AS x, APPLOCK_MODE('public', 'al4', 'Transaction') AS m;
COMMIT;
-- expect
-- columns s int, u int, x int, m nvarchar(32)
-- row 0 | 0 | -1 | 'Update'
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: intent locks exclude each other as documented
-- source: lock compatibility (IS, IX)
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al5', @LockMode = 'IntentExclusive';
-- expect
-- session 2
SELECT APPLOCK_TEST('public', 'al5', 'IntentShared', 'Session') AS [is], APPLOCK_TEST('public', 'al5', 'IntentExclusive', 'Session') AS ix, APPLOCK_TEST('public', 'al5', 'Shared', 'Session') AS s, APPLOCK_TEST('public', 'al5', 'Update', 'Session') AS u, APPLOCK_TEST('public', 'al5', 'Exclusive', 'Session') AS x;
-- expect
-- columns is smallint, ix smallint, s smallint, u smallint, x smallint
-- row 1 | 1 | 0 | 0 | 0
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: modes held together have a mode of their own
-- source: APPLOCK_MODE, "Return values"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al6', @LockMode = 'Shared';
EXEC sp_getapplock @Resource = N'al6', @LockMode = 'IntentExclusive';
SELECT APPLOCK_MODE('public', 'al6', 'Transaction') AS a, APPLOCK_MODE('public', 'al6', 'Session') AS b;
EXEC sp_getapplock @Resource = N'al6b', @LockMode = 'Update';
EXEC sp_getapplock @Resource = N'al6b', @LockMode = 'IntentExclusive';
SELECT APPLOCK_MODE('public', 'al6b', 'Transaction') AS c;
COMMIT;
-- expect
-- columns a nvarchar(32), b nvarchar(32)
-- row 'SharedIntentExclusive' | 'NoLock'
-- rows 1
-- columns c nvarchar(32)
-- row 'UpdateIntentExclusive'
-- rows 1

-- case: the stronger mode stays after one release
-- source: sp_getapplock, Remarks, "union of the two lock modes"
DECLARE @r int;
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al7', @LockMode = 'Shared';
EXEC sp_getapplock @Resource = N'al7', @LockMode = 'Exclusive';
EXEC @r = sp_releaseapplock @Resource = N'al7';
SELECT @r AS r, APPLOCK_MODE('public', 'al7', 'Transaction') AS m;
EXEC @r = sp_releaseapplock @Resource = N'al7';
SELECT @r AS r, APPLOCK_MODE('public', 'al7', 'Transaction') AS m;
COMMIT;
-- expect
-- columns r int, m nvarchar(32)
-- row 0 | 'Exclusive'
-- rows 1
-- columns r int, m nvarchar(32)
-- row 0 | 'NoLock'
-- rows 1

-- case: a lock of the transaction ends with ROLLBACK
-- source: sp_getapplock, Remarks
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al8', @LockMode = 'Exclusive';
ROLLBACK;
-- expect
-- session 2
SELECT APPLOCK_TEST('public', 'al8', 'Exclusive', 'Session') AS t;
-- expect
-- columns t smallint
-- row 1
-- rows 1

-- case: a lock of the session outlives transactions
-- source: sp_getapplock, Remarks
DECLARE @r int;
BEGIN TRAN;
EXEC @r = sp_getapplock @Resource = N'al9', @LockMode = 'Exclusive', @LockOwner = 'Session';
COMMIT;
SELECT @r AS r, APPLOCK_MODE('public', 'al9', 'Session') AS m;
-- expect
-- columns r int, m nvarchar(32)
-- row 0 | 'Exclusive'
-- rows 1
-- session 2
SELECT APPLOCK_TEST('public', 'al9', 'Shared', 'Session') AS t;
-- expect
-- columns t smallint
-- row 0
-- rows 1
-- session 1
EXEC sp_releaseapplock @Resource = N'al9', @LockOwner = 'Session';
-- expect
-- session 2
SELECT APPLOCK_TEST('public', 'al9', 'Shared', 'Session') AS t;
-- expect
-- columns t smallint
-- row 1
-- rows 1

-- case: resource names are case-sensitive
-- source: sp_getapplock, "resource_name is binary compared"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al10', @LockMode = 'Exclusive';
-- expect
-- session 2
SELECT APPLOCK_TEST('public', 'AL10', 'Exclusive', 'Session') AS other, APPLOCK_TEST('public', 'al10', 'Exclusive', 'Session') AS same;
-- expect
-- columns other smallint, same smallint
-- row 1 | 0
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: a lock belongs to its database
-- source: sp_getapplock, "created in the current database"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al11', @LockMode = 'Exclusive';
-- expect
-- session 2
USE tempdb;
SELECT APPLOCK_TEST('public', 'al11', 'Exclusive', 'Session') AS t;
-- expect
-- Msg 5701, Level 0, State *, Line 1: Changed database context to 'tempdb'.
-- columns t smallint
-- row 1
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: a lock belongs to its principal
-- source: sp_getapplock, "The database principle specified in the @DbPrincipal parameter"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al12', @LockMode = 'Exclusive', @DbPrincipal = 'dbo';
-- expect
-- session 2
SELECT APPLOCK_TEST('public', 'al12', 'Exclusive', 'Session') AS p, APPLOCK_TEST('dbo', 'al12', 'Exclusive', 'Session') AS d;
-- expect
-- columns p smallint, d smallint
-- row 1 | 0
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: a deadlock of application locks gives -3 and keeps the transaction
-- source: sp_getapplock, "A deadlock with an application lock does not roll back the transaction"
SET DEADLOCK_PRIORITY HIGH;
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al13a', @LockMode = 'Exclusive';
-- expect
-- session 2
SET DEADLOCK_PRIORITY LOW;
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al13b', @LockMode = 'Exclusive';
-- expect
-- session 1 async
DECLARE @r int; EXEC @r = sp_getapplock @Resource = N'al13b', @LockMode = 'Exclusive'; SELECT @r AS r;
-- sent
-- session 1 waits
-- session 2
DECLARE @r int;
EXEC @r = sp_getapplock @Resource = N'al13a', @LockMode = 'Exclusive';
SELECT @r AS r, @@TRANCOUNT AS t, XACT_STATE() AS x;
ROLLBACK;
-- expect
-- columns r int, t int, x smallint
-- row -3 | 1 | 1
-- rows 1
-- session 1 await
-- expect
-- columns r int
-- row 1
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: a lock of the transaction needs a transaction, which is no error to get and one to release
-- source: sp_getapplock, "must be executed from within a transaction"; Msg 15626, 3918; captured from SQL Server 2025
DECLARE @r int;
BEGIN TRY
    EXEC @r = sp_getapplock @Resource = N'al14', @LockMode = 'Exclusive';
    SELECT @r AS r, @@ERROR AS e;
    EXEC @r = sp_releaseapplock @Resource = N'al14';
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m, ERROR_PROCEDURE() AS p;
END CATCH;
-- expect
-- Msg 15626, Level 0, State 1, Procedure sp_getapplock, Line 52: You attempted to acquire a transactional application lock without an active transaction.
-- columns r int, e int
-- row -999 | 0
-- rows 1
-- columns n int, m nvarchar(4000), p nvarchar(128)
-- row 3918 | 'The statement or function must be executed in the context of a user transaction.' | 'sys.xp_userlock'
-- rows 1

-- case: a lock that is not held cannot be released
-- source: sp_releaseapplock; Msg 1223
BEGIN TRAN;
BEGIN TRY
    EXEC sp_releaseapplock @Resource = N'al15';
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m;
END CATCH;
ROLLBACK;
-- expect
-- columns n int, m nvarchar(4000)
-- row 1223 | 'Cannot release the application lock (Database Principal: ''public'', Resource: ''al15'') because it is not currently held.'
-- rows 1

-- case: a mode and an owner that there are not are told by a message, and the call returns -999
-- source: sp_getapplock, "Return code values", "parameter validation"; Msg 15625; captured from SQL Server 2025
DECLARE @r int;
EXEC @r = sp_getapplock @Resource = N'al16', @LockMode = 'Strong';
SELECT @r AS r, @@ERROR AS e, @@ROWCOUNT AS c;
EXEC @r = sp_getapplock @Resource = N'al16', @LockMode = 'Shared', @LockOwner = NULL;
EXEC @r = sp_releaseapplock @Resource = N'al16', @LockOwner = 'Nobody';
SELECT @r AS r;
-- expect
-- Msg 15625, Level 0, State 1, Procedure sp_getapplock, Line 26: Option 'Strong' not recognized for '@LockMode' parameter.
-- columns r int, e int, c int
-- row -999 | 0 | 1
-- rows 1
-- Msg 15625, Level 0, State 1, Procedure sp_getapplock, Line 39: Option '(null)' not recognized for '@LockOwner' parameter.
-- Msg 15625, Level 0, State 1, Procedure sp_releaseapplock, Line 20: Option 'Nobody' not recognized for '@LockOwner' parameter.
-- columns r int
-- row -999
-- rows 1

-- case: a wrong time-out, resource or principal is an error of the procedure inside
-- source: sp_getapplock, "parameter validation"; Msg 1202, 1224, 1227, 1230; captured from SQL Server 2025
DECLARE @r int;
EXEC @r = sp_getapplock @Resource = N'al16b', @LockMode = 'Shared', @LockOwner = 'Session', @LockTimeout = -2;
EXEC @r = sp_getapplock @Resource = NULL, @LockMode = 'Shared', @LockOwner = 'Session';
EXEC @r = sp_getapplock @Resource = N'al16b', @LockMode = 'Shared', @LockOwner = 'Session', @DbPrincipal = NULL;
EXEC @r = sp_releaseapplock @Resource = N'al16b', @LockOwner = 'Session', @DbPrincipal = 'nobody16';
SELECT @r AS r, @@ERROR AS e;
-- expect
-- Msg 1227, Level 16, State 2, Procedure sys.xp_userlock, Line 1: An invalid application lock time-out was passed to xp_userlock.
-- Msg 1224, Level 16, State 5, Procedure sys.xp_userlock, Line 1: An invalid application lock resource was passed to xp_userlock.
-- Msg 1230, Level 16, State 1, Procedure sys.xp_userlock, Line 1: An invalid database principal was passed to xp_userlock.
-- Msg 1202, Level 16, State 1, Procedure sys.xp_userlock, Line 1: The database-principal 'nobody16' does not exist or user is not a member.
-- columns r int, e int
-- row -999 | 0
-- rows 1

-- case: an attention ends the wait for an application lock
-- source: sp_getapplock; attention
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al17', @LockMode = 'Exclusive';
-- expect
-- session 2
BEGIN TRAN;
-- expect
-- session 2 async
EXEC sp_getapplock @Resource = N'al17', @LockMode = 'Exclusive';
-- sent
-- session 2 waits
-- session 2 attention
-- session 2 await
-- expect
-- session 2
SELECT @@TRANCOUNT AS t, APPLOCK_MODE('public', 'al17', 'Transaction') AS m;
-- expect
-- columns t int, m nvarchar(32)
-- row 1 | 'NoLock'
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: without @LockTimeout SET LOCK_TIMEOUT counts
-- source: sp_getapplock, "The default value is the same as the value returned by @@LOCK_TIMEOUT"
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al18', @LockMode = 'Exclusive';
-- expect
-- session 2
DECLARE @r int;
SET LOCK_TIMEOUT 10;
BEGIN TRAN;
EXEC @r = sp_getapplock @Resource = N'al18', @LockMode = 'Shared';
SELECT @r AS r;
COMMIT;
-- expect
-- columns r int
-- row -1
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: sys.dm_tran_locks shows who holds an application lock and who waits
-- source: sys.dm_tran_locks
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'al19', @LockMode = 'Exclusive';
-- expect
-- session 2 async
DECLARE @r int; EXEC @r = sp_getapplock @Resource = N'al19', @LockMode = 'Shared', @LockOwner = 'Session'; SELECT @r AS r;
-- sent
-- session 2 waits
-- session 1
SELECT request_mode, request_type, request_status, request_owner_type, IIF(request_session_id = @@SPID, 1, 0) AS mine
FROM sys.dm_tran_locks
WHERE resource_type = 'APPLICATION' AND resource_database_id = DB_ID() AND resource_description LIKE '0:[[]al19]:%'
ORDER BY request_status;
COMMIT;
-- expect
-- columns request_mode nvarchar(60), request_type nvarchar(60), request_status nvarchar(60), request_owner_type nvarchar(60), mine int
-- row 'X' | 'LOCK' | 'GRANT' | 'TRANSACTION' | 1
-- row 'S' | 'LOCK' | 'WAIT' | 'SESSION' | 0
-- rows 2
-- session 2 await
-- expect
-- columns r int
-- row 1
-- rows 1

-- case: KILL ends another session, rolls it back and frees its locks
-- source: KILL
CREATE TABLE kl20 (id int);
INSERT kl20 VALUES (1);
-- setup
-- session 2
BEGIN TRAN;
UPDATE kl20 SET id = 2;
EXEC sp_getapplock @Resource = N'kl20', @LockMode = 'Exclusive', @LockOwner = 'Session';
-- expect
-- rows 1
-- session 1
DECLARE @victim int, @sql nvarchar(40);
SELECT @victim = request_session_id FROM sys.dm_tran_locks WHERE resource_type = 'APPLICATION' AND resource_description LIKE '0:[[]kl20]:%';
SET @sql = N'KILL ' + CAST(@victim AS nvarchar(10));
EXEC (@sql);
-- expect
UPDATE kl20 SET id = id + 10;
SELECT id FROM kl20;
-- expect
-- rows 1
-- columns id int
-- row 11
-- rows 1

-- case: KILL of the own session is refused
-- source: KILL; Msg 6104
DECLARE @sql nvarchar(40) = N'KILL ' + CAST(@@SPID AS nvarchar(10));
EXEC (@sql);
-- expect
-- Msg 6104, Level 16, State 1, Line 1: Cannot use KILL to kill your own process.

-- case: KILL of a session that is not there
-- source: KILL; Msg 6106
KILL 32000;
-- expect
-- Msg 6106, Level 16, State *, Line 1: Process ID 32000 is not an active process ID.

-- case: KILL with WITH STATUSONLY of a session that rolls nothing back
-- source: KILL, "Using WITH STATUSONLY"; Msg 6120
BEGIN TRAN;
EXEC sp_getapplock @Resource = N'kl23', @LockMode = 'Exclusive';
-- expect
-- session 2
DECLARE @other int, @sql nvarchar(60);
SELECT @other = request_session_id FROM sys.dm_tran_locks WHERE resource_type = 'APPLICATION' AND resource_description LIKE '0:[[]kl23]:%';
SET @sql = N'KILL ' + CAST(@other AS nvarchar(10)) + N' WITH STATUSONLY';
EXEC (@sql);
-- expect
-- Msg 6120, Level 16, State *, Line 1: Status report cannot be obtained. Rollback operation for Process ID …
-- session 1
SELECT @@TRANCOUNT AS t;
COMMIT;
-- expect
-- columns t int
-- row 1
-- rows 1

-- case: sys.dm_exec_requests names the session that blocks
-- source: sys.dm_exec_requests, blocking_session_id
CREATE TABLE rq24 (id int NOT NULL PRIMARY KEY, v int);
INSERT rq24 VALUES (1, 1);
-- setup
BEGIN TRAN;
UPDATE rq24 SET v = 2 WHERE id = 1;
-- expect
-- rows 1
-- session 2 async
UPDATE rq24 SET v = 3 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
SELECT status, IIF(session_id <> @@SPID, 1, 0) AS other, IIF(wait_type LIKE N'LCK[_]M[_]%', 1, 0) AS waits
FROM sys.dm_exec_requests WHERE blocking_session_id = @@SPID;
COMMIT;
-- expect
-- columns status nvarchar(30), other int, waits int
-- row 'suspended' | 1 | 1
-- rows 1
-- session 2 await
-- expect
-- rows 1

-- case: sys.dm_tran_session_transactions leads to the open transaction
-- source: sys.dm_tran_active_transactions; sys.dm_tran_session_transactions
BEGIN TRAN moving;
SELECT t.name, t.transaction_type, t.transaction_state, s.open_transaction_count, IIF(t.transaction_id = CURRENT_TRANSACTION_ID(), 1, 0) AS same
FROM sys.dm_tran_active_transactions AS t JOIN sys.dm_tran_session_transactions AS s ON s.transaction_id = t.transaction_id
WHERE s.session_id = @@SPID;
COMMIT;
SELECT COUNT(*) AS n FROM sys.dm_tran_session_transactions WHERE session_id = @@SPID;
-- expect
-- columns name nvarchar(32), transaction_type int, transaction_state int, open_transaction_count int, same int
-- row 'moving' | 1 | 2 | 1 | 1
-- rows 1
-- columns n int
-- row 0
-- rows 1

-- case: sp_who2 is refused
-- source: the documented refusals of the embedded server
-- only: embedded
EXEC sp_who2;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'sp_who2' is not supported in this version of SQL Server.
