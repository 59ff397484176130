-- chapter: Two sessions

-- case: a second writer waits until the first commits
-- source: Transaction locking guide, "Lock compatibility"
CREATE TABLE w1 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w1 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w1 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2 async
UPDATE w1 SET v = v + 100 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- rows 1
-- session 1
SELECT v FROM w1 WHERE id = 1;
-- expect
-- columns v int
-- row 111
-- rows 1

-- case: a second writer goes on after a rollback
-- source: Transaction locking guide, "Lock compatibility"
CREATE TABLE w2 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w2 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w2 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2 async
UPDATE w2 SET v = v + 100 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
ROLLBACK;
-- expect
-- session 2 await
-- expect
-- rows 1
-- session 1
SELECT v FROM w2 WHERE id = 1;
-- expect
-- columns v int
-- row 110
-- rows 1

-- case: UPDATE times out with LOCK_TIMEOUT 0 at once
-- source: SET LOCK_TIMEOUT; Msg 1222
CREATE TABLE w3 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w3 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w3 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w3 SET v = 0 WHERE id = 1;
SELECT @@TRANCOUNT AS t, @@ERROR AS e;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, e int
-- row 0 | 1222
-- rows 1

-- case: DELETE times out with LOCK_TIMEOUT 0 at once
-- source: SET LOCK_TIMEOUT; Msg 1222
CREATE TABLE w4 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w4 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w4 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET LOCK_TIMEOUT 0;
DELETE w4 WHERE id = 1;
SELECT @@TRANCOUNT AS t, @@ERROR AS e;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, e int
-- row 0 | 1222
-- rows 1

-- case: INSERT of a key that another transaction inserted times out
-- source: SET LOCK_TIMEOUT; Msg 1222
CREATE TABLE w5 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w5 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
INSERT w5 VALUES (3, 30);
-- expect
-- rows 1
-- session 2
SET LOCK_TIMEOUT 20;
INSERT w5 VALUES (3, 31);
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
ROLLBACK;
-- expect
-- session 2
INSERT w5 VALUES (3, 31);
-- expect
-- rows 1

-- case: a lock timeout leaves the transaction open
-- source: SET LOCK_TIMEOUT, Remarks; Msg 1222
CREATE TABLE w6 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w6 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w6 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET LOCK_TIMEOUT 0;
BEGIN TRAN;
UPDATE w6 SET v = 0 WHERE id = 1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
ROLLBACK;
-- expect
-- Msg 1222, Level 16, State *, Line 3: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: a lock timeout in TRY is caught and leaves the transaction usable
-- source: SET LOCK_TIMEOUT; TRY...CATCH
CREATE TABLE w7 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w7 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w7 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET LOCK_TIMEOUT 0;
BEGIN TRAN;
BEGIN TRY
    UPDATE w7 SET v = 0 WHERE id = 1;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_LINE() AS l, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
ROLLBACK;
-- expect
-- rows 0
-- columns n int, l int, t int, x smallint
-- row 1222 | 4 | 1 | 1
-- rows 1

-- case: a lock timeout under XACT_ABORT ON ends batch and transaction
-- source: SET XACT_ABORT; Msg 1222
CREATE TABLE w8 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w8 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w8 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET LOCK_TIMEOUT 0;
SET XACT_ABORT ON;
BEGIN TRAN;
UPDATE w8 SET v = 0 WHERE id = 1;
SELECT 'not reached' AS never;
-- expect
-- Msg 1222, Level 16, State *, Line 4: Lock request time out period exceeded.
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 0
-- rows 1

-- case: a lock timeout in TRY under XACT_ABORT ON dooms
-- source: SET XACT_ABORT; Msg 1222
CREATE TABLE w9 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w9 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w9 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET LOCK_TIMEOUT 0;
SET XACT_ABORT ON;
BEGIN TRAN;
BEGIN TRY
    UPDATE w9 SET v = 0 WHERE id = 1;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- rows 0
-- columns n int, x smallint
-- row 1222 | -1
-- rows 1

-- case: @@LOCK_TIMEOUT shows the setting of its session only
-- source: @@LOCK_TIMEOUT
SET LOCK_TIMEOUT 1800;
SELECT @@LOCK_TIMEOUT AS t;
-- expect
-- columns t int
-- row 1800
-- rows 1
-- session 2
SELECT @@LOCK_TIMEOUT AS t;
-- expect
-- columns t int
-- row -1
-- rows 1

-- case: what is not committed is seen by nobody else
-- source: READ_COMMITTED_SNAPSHOT; SET TRANSACTION ISOLATION LEVEL, READ COMMITTED
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w11 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w11 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w11 SET v = 11 WHERE id = 1;
DELETE w11 WHERE id = 2;
INSERT w11 VALUES (3, 30);
-- expect
-- rows 1
-- rows 1
-- rows 1
-- session 2
SELECT id, v FROM w11 ORDER BY id;
-- expect
-- columns id int, v int
-- row 1 | 10
-- row 2 | 20
-- rows 2
-- session 1
COMMIT;
-- expect
-- session 2
SELECT id, v FROM w11 ORDER BY id;
-- expect
-- columns id int, v int
-- row 1 | 11
-- row 3 | 30
-- rows 2

-- case: under READ COMMITTED each statement sees what was committed before it
-- source: SET TRANSACTION ISOLATION LEVEL, READ COMMITTED
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w12 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w12 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w12 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
UPDATE w12 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
-- session 1
SELECT v FROM w12 WHERE id = 1;
COMMIT;
-- expect
-- columns v int
-- row 12
-- rows 1

-- case: a transaction that has read may write after others committed
-- source: SET TRANSACTION ISOLATION LEVEL, READ COMMITTED
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w13 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w13 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w13 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
UPDATE w13 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
-- session 1
UPDATE w13 SET v = v + 1 WHERE id = 1;
COMMIT;
SELECT v FROM w13 WHERE id = 1;
-- expect
-- rows 1
-- columns v int
-- row 13
-- rows 1

-- case: a change to a temporary table keeps READ COMMITTED reads fresh
-- source: SET TRANSACTION ISOLATION LEVEL, READ COMMITTED
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w14 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w14 VALUES (1, 10), (2, 20);
-- setup
CREATE TABLE #seen (v int);
BEGIN TRAN;
INSERT #seen VALUES (0);
-- expect
-- rows 1
-- session 2
UPDATE w14 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
-- session 1
INSERT #seen SELECT v FROM w14 WHERE id = 1;
UPDATE w14 SET v = v + 1 WHERE id = 1;
COMMIT;
SELECT v FROM #seen ORDER BY v;
SELECT v FROM w14 WHERE id = 1;
-- expect
-- rows 1
-- rows 1
-- columns v int
-- row 0
-- row 12
-- rows 2
-- columns v int
-- row 13
-- rows 1

-- case: a SNAPSHOT transaction keeps reading what was committed at its start
-- source: SET TRANSACTION ISOLATION LEVEL, SNAPSHOT
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w15 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w15 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT v FROM w15 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
UPDATE w15 SET v = 12 WHERE id = 1;
INSERT w15 VALUES (3, 30);
-- expect
-- rows 1
-- rows 1
-- session 1
SELECT COUNT(*) AS n, MIN(v) AS v FROM w15;
COMMIT;
SELECT COUNT(*) AS n, MIN(v) AS v FROM w15;
-- expect
-- columns n int, v int
-- row 2 | 10
-- rows 1
-- columns n int, v int
-- row 3 | 12
-- rows 1

-- case: a SNAPSHOT transaction that changes what another changed is ended by 3960
-- source: Msg 3960
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w16 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w16 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT v FROM w16 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
UPDATE w16 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
-- session 1
UPDATE w16 SET v = 13 WHERE id = 1;
SELECT 'not reached' AS never;
-- expect
-- Msg 3960, Level 16, State *, Line 1: Snapshot isolation transaction aborted due to update conflict.…
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: 3960 in TRY dooms the transaction
-- source: Msg 3960; TRY...CATCH
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w17 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w17 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT v FROM w17 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
DELETE w17 WHERE id = 1;
-- expect
-- rows 1
-- session 1
BEGIN TRY
    UPDATE w17 SET v = 13 WHERE id = 1;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 3960 | 1 | -1
-- rows 1

-- case: a SNAPSHOT writer that waits gets 3960 when the other commits
-- source: Msg 3960; SET TRANSACTION ISOLATION LEVEL
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w18 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w18 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w18 SET v = 11 WHERE id = 1;
-- expect
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT v FROM w18 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 async
UPDATE w18 SET v = 12 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- Msg 3960, Level 16, State *, Line 1: Snapshot isolation transaction aborted due to update conflict.…

-- case: a SNAPSHOT writer that waits goes on when the other rolls back
-- source: SET TRANSACTION ISOLATION LEVEL, SNAPSHOT
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w19 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w19 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w19 SET v = 11 WHERE id = 1;
-- expect
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRAN;
SELECT v FROM w19 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 async
UPDATE w19 SET v = 12 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
ROLLBACK;
-- expect
-- session 2 await
-- expect
-- rows 1
COMMIT;
SELECT v FROM w19 WHERE id = 1;
-- expect
-- columns v int
-- row 12
-- rows 1

-- case: a single statement under SNAPSHOT sees the newest committed rows
-- source: SET TRANSACTION ISOLATION LEVEL, SNAPSHOT
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w20 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w20 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
SELECT v FROM w20 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
UPDATE w20 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
-- session 1
SELECT v FROM w20 WHERE id = 1;
UPDATE w20 SET v = v + 1 WHERE id = 1;
-- expect
-- columns v int
-- row 12
-- rows 1
-- rows 1

-- case: REPEATABLE READ keeps writers away from what was read
-- source: SET TRANSACTION ISOLATION LEVEL, REPEATABLE READ
CREATE TABLE w21 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w21 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
BEGIN TRAN;
SELECT v FROM w21 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 async
UPDATE w21 SET v = 12 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
SELECT v FROM w21 WHERE id = 1;
COMMIT;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 await
-- expect
-- rows 1

-- case: two REPEATABLE READ readers do not wait for each other
-- source: Transaction locking guide, "Lock compatibility"; REPEATABLE READ
CREATE TABLE w22 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w22 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
BEGIN TRAN;
SELECT v FROM w22 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET LOCK_TIMEOUT 0;
BEGIN TRAN;
SELECT v FROM w22 WHERE id = 1;
COMMIT;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: SERIALIZABLE keeps writers away from what was read
-- source: SET TRANSACTION ISOLATION LEVEL, SERIALIZABLE
CREATE TABLE w23 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w23 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
BEGIN TRAN;
SELECT v FROM w23 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 async
UPDATE w23 SET v = 12 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
SELECT v FROM w23 WHERE id = 1;
COMMIT;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 await
-- expect
-- rows 1

-- case: two SERIALIZABLE readers do not wait for each other
-- source: Transaction locking guide, "Lock compatibility"; SERIALIZABLE
CREATE TABLE w24 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w24 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
BEGIN TRAN;
SELECT v FROM w24 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SET LOCK_TIMEOUT 0;
BEGIN TRAN;
SELECT v FROM w24 WHERE id = 1;
COMMIT;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: a SERIALIZABLE reader waits for a writer
-- source: SET TRANSACTION ISOLATION LEVEL, SERIALIZABLE
CREATE TABLE w25 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w25 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w25 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SET LOCK_TIMEOUT 0;
BEGIN TRAN;
SELECT v FROM w25 WHERE id = 1;
SELECT @@TRANCOUNT AS t;
-- expect
-- columns v int
-- Msg 1222, Level 16, State *, Line 4: Lock request time out period exceeded.
-- columns t int
-- row 1
-- rows 1
-- session 1
ROLLBACK;
-- expect

-- case: SERIALIZABLE keeps new rows out of what was read
-- source: SET TRANSACTION ISOLATION LEVEL, SERIALIZABLE
CREATE TABLE w26 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w26 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
BEGIN TRAN;
SELECT COUNT(*) AS n FROM w26;
-- expect
-- columns n int
-- row 2
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
INSERT w26 VALUES (3, 30);
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
COMMIT;
-- expect

-- case: a read WITH (UPDLOCK) keeps writers away
-- source: Table hints, UPDLOCK
CREATE TABLE w27 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w27 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w27 WITH (UPDLOCK) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w27 SET v = 12 WHERE id = 1;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
COMMIT;
-- expect
-- session 2
UPDATE w27 SET v = 12 WHERE id = 1;
-- expect
-- rows 1

-- case: a read WITH (XLOCK) keeps writers away
-- source: Table hints, XLOCK
CREATE TABLE w28 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w28 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w28 WITH (XLOCK) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w28 SET v = 12 WHERE id = 1;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
COMMIT;
-- expect
-- session 2
UPDATE w28 SET v = 12 WHERE id = 1;
-- expect
-- rows 1

-- case: a read WITH (TABLOCKX) keeps writers away
-- source: Table hints, TABLOCKX
CREATE TABLE w29 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w29 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w29 WITH (TABLOCKX) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w29 SET v = 12 WHERE id = 1;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
COMMIT;
-- expect
-- session 2
UPDATE w29 SET v = 12 WHERE id = 1;
-- expect
-- rows 1

-- case: a second read WITH (UPDLOCK) of the same row waits
-- source: Table hints, UPDLOCK
CREATE TABLE w30 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w30 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w30 WITH (UPDLOCK) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2 async
BEGIN TRAN; SELECT v FROM w30 WITH (UPDLOCK) WHERE id = 1; COMMIT;
-- sent
-- session 2 waits
-- session 1
UPDATE w30 SET v = 15 WHERE id = 1;
COMMIT;
-- expect
-- rows 1
-- session 2 await
-- expect
-- columns v int
-- row 15
-- rows 1

-- case: a plain read does not wait for UPDLOCK
-- source: Table hints, UPDLOCK; READ_COMMITTED_SNAPSHOT
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w31 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w31 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w31 WITH (UPDLOCK, HOLDLOCK) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
SELECT v FROM w31 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: HOLDLOCK keeps a shared lock to the end of the transaction
-- source: Table hints, HOLDLOCK
CREATE TABLE w32 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w32 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w32 WITH (HOLDLOCK) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w32 SET v = 12 WHERE id = 1;
SELECT v FROM w32 WITH (HOLDLOCK) WHERE id = 1;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns v int
-- row 10
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: READCOMMITTEDLOCK waits for a writer under READ_COMMITTED_SNAPSHOT
-- source: Table hints, READCOMMITTEDLOCK
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w33 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w33 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w33 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2 async
SELECT v FROM w33 WITH (READCOMMITTEDLOCK) WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- columns v int
-- row 11
-- rows 1

-- case: READCOMMITTEDLOCK holds nothing after its statement
-- source: Table hints, READCOMMITTEDLOCK
ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
CREATE TABLE w34 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w34 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
SELECT v FROM w34 WITH (READCOMMITTEDLOCK) WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w34 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: an attention ends a statement that waits, and leaves its transaction open
-- source: Attention signal; SET XACT_ABORT
CREATE TABLE w35 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w35 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w35 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
BEGIN TRAN;
-- expect
-- session 2 async
UPDATE w35 SET v = 12 WHERE id = 1;
-- sent
-- session 2 waits
-- session 2 attention
-- session 2 await
-- expect
-- session 2
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 1
-- rows 1
-- session 1
COMMIT;
-- expect
-- session 2
UPDATE w35 SET v = v + 1 WHERE id = 1;
COMMIT;
SELECT v FROM w35 WHERE id = 1;
-- expect
-- rows 1
-- columns v int
-- row 12
-- rows 1

-- case: an attention under XACT_ABORT ON rolls back
-- source: Attention signal; SET XACT_ABORT
CREATE TABLE w36 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w36 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w36 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2
SET XACT_ABORT ON;
BEGIN TRAN;
-- expect
-- session 2 async
UPDATE w36 SET v = 12 WHERE id = 1;
-- sent
-- session 2 waits
-- session 2 attention
-- session 2 await
-- expect
-- session 2
SELECT @@TRANCOUNT AS t;
-- expect
-- columns t int
-- row 0
-- rows 1
-- session 1
ROLLBACK;
-- expect

-- case: identity values of two transactions never meet
-- source: IDENTITY (Property)
CREATE TABLE i37 (id int IDENTITY(1, 1), v int);
-- setup
BEGIN TRAN;
INSERT i37 (v) VALUES (1);
ROLLBACK;
-- expect
-- rows 1
-- session 2
INSERT i37 (v) VALUES (2);
SELECT SCOPE_IDENTITY() AS i;
-- expect
-- rows 1
-- columns i numeric(38, 0)
-- row 2
-- rows 1
-- session 1
INSERT i37 (v) VALUES (3);
SELECT SCOPE_IDENTITY() AS i, @@IDENTITY AS g;
-- expect
-- rows 1
-- columns i numeric(38, 0), g numeric(38, 0)
-- row 3 | 3
-- rows 1

-- case: a local temporary table belongs to its session
-- source: CREATE TABLE, "Temporary tables"
CREATE TABLE #mine (id int);
INSERT #mine VALUES (1);
-- expect
-- rows 1
-- session 2
CREATE TABLE #mine (id varchar(5));
INSERT #mine VALUES ('two');
SELECT id FROM #mine;
-- expect
-- rows 1
-- columns id varchar(5)
-- row 'two'
-- rows 1
-- session 1
SELECT id FROM #mine;
-- expect
-- columns id int
-- row 1
-- rows 1

-- case: a local temporary table of another session does not exist
-- source: CREATE TABLE, "Temporary tables"; Msg 208
CREATE TABLE #only (id int);
-- expect
-- session 2
SELECT id FROM #only;
-- expect
-- Msg 208, Level 16, State 0, Line 1: Invalid object name '#only'.

-- case: a table made in an open transaction is not there for others
-- source: CREATE TABLE; Msg 208
BEGIN TRAN;
CREATE TABLE n40 (id int);
ROLLBACK;
-- expect
-- session 2
SELECT id FROM n40;
-- expect
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'n40'.

-- case: a statement that waited sees columns that came meanwhile
-- source: ALTER TABLE; statement-level recompilation
CREATE TABLE w41 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w41 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
ALTER TABLE w41 ADD w int NOT NULL DEFAULT 7;
-- expect
-- session 2 async
UPDATE w41 SET v = v + 1 WHERE id = 1; SELECT * FROM w41 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- rows 1
-- columns id int, v int, w int
-- row 1 | 11 | 7
-- rows 1

-- case: a statement that waited for DROP TABLE finds nothing
-- source: DROP TABLE; Msg 208
CREATE TABLE w42 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w42 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
DROP TABLE w42;
-- expect
-- session 2 async
UPDATE w42 SET v = 1 WHERE id = 1;
-- sent
-- session 2 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- Msg 208, Level 16, State 1, Line 1: Invalid object name 'w42'.

-- case: two transactions that read and then write: LOW loses by 1205
-- source: SET DEADLOCK_PRIORITY; Msg 1205
CREATE TABLE w43 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w43 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY NORMAL;
BEGIN TRAN;
SELECT v FROM w43 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY LOW;
BEGIN TRAN;
SELECT v FROM w43 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1

-- session 1 async
UPDATE w43 SET v = 11 WHERE id = 1;
-- sent
-- session 1 waits
-- session 2
UPDATE w43 SET v = 12 WHERE id = 1;
SELECT 'not reached' AS never;
-- expect
-- Msg 1205, Level 13, State 51, Line 1: Transaction (Process ID …
-- session 1 await
-- expect
-- rows 1
-- session 2
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1
-- session 1
COMMIT;
SELECT v FROM w43 WHERE id = 1;
-- expect
-- columns v int
-- row 11
-- rows 1

-- case: the victim of a deadlock may be the one that already waits
-- source: SET DEADLOCK_PRIORITY; Msg 1205
CREATE TABLE w44 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w44 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY -3;
BEGIN TRAN;
SELECT v FROM w44 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY 7;
BEGIN TRAN;
SELECT v FROM w44 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1

-- session 1 async
UPDATE w44 SET v = 11 WHERE id = 1;
-- sent
-- session 1 waits
-- session 2
UPDATE w44 SET v = 12 WHERE id = 1;
COMMIT;
-- expect
-- rows 1
-- session 1 await
-- expect
-- Msg 1205, Level 13, State 51, Line 1: Transaction (Process ID …
-- session 1
SELECT @@TRANCOUNT AS t, (SELECT v FROM w44 WHERE id = 1) AS v;
-- expect
-- columns t int, v int
-- row 0 | 12
-- rows 1

-- case: 1205 in TRY dooms the transaction
-- source: TRY...CATCH, "Handling deadlocks"; Msg 1205
CREATE TABLE w45 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w45 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY HIGH;
BEGIN TRAN;
SELECT v FROM w45 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY LOW;
BEGIN TRAN;
SELECT v FROM w45 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1

-- session 1 async
UPDATE w45 SET v = 11 WHERE id = 1;
-- sent
-- session 1 waits
-- session 2
BEGIN TRY
    UPDATE w45 SET v = 12 WHERE id = 1;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
-- expect
-- rows 0
-- columns n int, l int, t int, x smallint
-- row 1205 | 13 | 1 | -1
-- rows 1
-- session 1 await
-- expect
-- rows 1
-- session 1
COMMIT;
-- expect

-- case: after 1205 the loser can do its work again
-- source: Msg 1205, "Rerun the transaction"
CREATE TABLE w46 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w46 VALUES (1, 10), (2, 20);
-- setup
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY HIGH;
BEGIN TRAN;
SELECT v FROM w46 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1
-- session 2
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET DEADLOCK_PRIORITY NORMAL;
BEGIN TRAN;
SELECT v FROM w46 WHERE id = 1;
-- expect
-- columns v int
-- row 10
-- rows 1

-- session 1 async
UPDATE w46 SET v = v + 1 WHERE id = 1;
-- sent
-- session 1 waits
-- session 2
UPDATE w46 SET v = v + 10 WHERE id = 1;
-- expect
-- Msg 1205, Level 13, State 51, Line 1: Transaction (Process ID …
-- session 1 await
-- expect
-- rows 1
-- session 1
COMMIT;
-- expect
-- session 2
BEGIN TRAN;
UPDATE w46 SET v = v + 10 WHERE id = 1;
COMMIT;
SELECT v FROM w46 WHERE id = 1;
-- expect
-- rows 1
-- columns v int
-- row 21
-- rows 1

-- case: two writers in two databases in opposite order
-- source: Deadlocks guide; Msg 1205
CREATE TABLE w47 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w47 VALUES (1, 10), (2, 20);
CREATE DATABASE two_sessions_b47;
EXEC (N'CREATE TABLE two_sessions_b47.dbo.b (v int); INSERT two_sessions_b47.dbo.b VALUES (1);');
-- setup
SET DEADLOCK_PRIORITY HIGH;
BEGIN TRAN;
UPDATE w47 SET v = 11 WHERE id = 1;
-- expect
-- rows 1
-- session 2
SET DEADLOCK_PRIORITY LOW;
BEGIN TRAN;
UPDATE two_sessions_b47.dbo.b SET v = 22;
-- expect
-- rows 1
-- session 1 async
UPDATE two_sessions_b47.dbo.b SET v = 21;
-- sent
-- session 1 waits
-- session 2
UPDATE w47 SET v = 12 WHERE id = 1;
-- expect
-- Msg 1205, Level 13, State 51, Line 1: Transaction (Process ID …
-- session 1 await
-- expect
-- rows 1
-- session 1
COMMIT;
SELECT v FROM two_sessions_b47.dbo.b;
-- expect
-- columns v int
-- row 21
-- rows 1
DROP DATABASE two_sessions_b47;
-- expect

-- case: writers in two databases do not wait for each other
-- source: Transaction locking guide
CREATE TABLE w48 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w48 VALUES (1, 10), (2, 20);
CREATE DATABASE two_sessions_c48;
EXEC (N'CREATE TABLE two_sessions_c48.dbo.b (v int); INSERT two_sessions_c48.dbo.b VALUES (1);');
-- setup
BEGIN TRAN;
UPDATE w48 SET v = 11 WHERE id = 1;
-- expect
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE two_sessions_c48.dbo.b SET v = 22;
SELECT v FROM two_sessions_c48.dbo.b;
-- expect
-- rows 1
-- columns v int
-- row 22
-- rows 1
-- session 1
COMMIT;
DROP DATABASE two_sessions_c48;
-- expect

-- case: three writers are served in the order they came
-- source: Lock manager, first in first out
CREATE TABLE w49 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w49 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w49 SET v = 11 WHERE id = 1;
-- expect
-- rows 1

-- session 2 async
UPDATE w49 SET v = v * 2 WHERE id = 1;
-- sent
-- session 2 waits
-- session 3 async
UPDATE w49 SET v = v + 1 WHERE id = 1;
-- sent
-- session 3 waits
-- session 1
COMMIT;
-- expect
-- session 2 await
-- expect
-- rows 1
-- session 3 await
-- expect
-- rows 1
-- session 1
SELECT v FROM w49 WHERE id = 1;
-- expect
-- columns v int
-- row 23
-- rows 1

-- case: a savepoint keeps what the transaction locked before it
-- source: ROLLBACK TRANSACTION, "Locking behavior"
CREATE TABLE w50 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w50 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w50 SET v = 11 WHERE id = 1;
SAVE TRAN s;
UPDATE w50 SET v = 12 WHERE id = 1;
ROLLBACK TRAN s;
-- expect
-- rows 1
-- rows 1
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w50 SET v = 0 WHERE id = 1;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
COMMIT;
SELECT v FROM w50 WHERE id = 1;
-- expect
-- columns v int
-- row 11
-- rows 1

-- case: a statement that fails in autocommit leaves no lock
-- source: Transactions, autocommit
CREATE TABLE w51 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w51 VALUES (1, 10), (2, 20);
-- setup
INSERT w51 VALUES (1, 0);
-- expect
-- Msg 2627, Level 14, State 1, Line 1: Violation of PRIMARY KEY constraint 'PK__…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w51 SET v = 12 WHERE id = 1;
-- expect
-- rows 1

-- case: a statement that fails in a transaction keeps the locks of the others
-- source: Transactions; SET XACT_ABORT OFF
CREATE TABLE w52 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w52 VALUES (1, 10), (2, 20);
-- setup
BEGIN TRAN;
UPDATE w52 SET v = 11 WHERE id = 1;
INSERT w52 VALUES (1, 0);
-- expect
-- rows 1
-- Msg 2627, Level 14, State 1, Line 3: Violation of PRIMARY KEY constraint 'PK__…
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w52 SET v = 12 WHERE id = 1;
-- expect
-- Msg 1222, Level 16, State *, Line 2: Lock request time out period exceeded.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- session 1
ROLLBACK;
-- expect

-- case: the end of a doomed transaction frees its locks
-- source: TRY...CATCH, "Uncommittable transactions"
CREATE TABLE w53 (id int NOT NULL PRIMARY KEY, v int NULL);
INSERT w53 VALUES (1, 10), (2, 20);
-- setup
SET XACT_ABORT ON;
BEGIN TRAN;
UPDATE w53 SET v = 11 WHERE id = 1;
BEGIN TRY
    INSERT w53 VALUES (1, 0);
END TRY
BEGIN CATCH
    SELECT XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 1
-- rows 0
-- columns x smallint
-- row -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
-- session 2
SET LOCK_TIMEOUT 0;
UPDATE w53 SET v = 12 WHERE id = 1;
-- expect
-- rows 1
