-- chapter: Errors

-- case: a duplicate key ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2627)
CREATE TABLE e2627_1 (id int NOT NULL CONSTRAINT e2627_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2627_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
INSERT e2627_1 VALUES (1, 'b', 2);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2627, Level 14, State 1, Line 2: Violation of PRIMARY KEY constraint 'e2627_1_pk'. Cannot insert duplicate key in object 'dbo.e2627_1'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: a duplicate key in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2627)
CREATE TABLE e2627_2 (id int NOT NULL CONSTRAINT e2627_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2627_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    INSERT e2627_2 VALUES (1, 'b', 2);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 2627 | 14 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a duplicate key under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2627)
CREATE TABLE e2627_3 (id int NOT NULL CONSTRAINT e2627_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2627_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
INSERT e2627_3 VALUES (1, 'b', 2);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2627, Level 14, State 1, Line 3: Violation of PRIMARY KEY constraint 'e2627_3_pk'. Cannot insert duplicate key in object 'dbo.e2627_3'. The duplicate key value is (1).
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a duplicate key in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2627)
CREATE TABLE e2627_4 (id int NOT NULL CONSTRAINT e2627_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2627_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    INSERT e2627_4 VALUES (1, 'b', 2);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 2627 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a duplicate key outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2627)
CREATE TABLE e2627_5 (id int NOT NULL CONSTRAINT e2627_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2627_5 VALUES (1, 'a', 1);
-- setup
INSERT e2627_5 VALUES (1, 'b', 2);
SELECT 'on' AS next;
-- expect
-- Msg 2627, Level 14, State 1, Line 1: Violation of PRIMARY KEY constraint 'e2627_5_pk'. Cannot insert duplicate key in object 'dbo.e2627_5'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
INSERT e2627_5 VALUES (1, 'b', 2);
SELECT 'on' AS next;
-- expect
-- Msg 2627, Level 14, State 1, Line 2: Violation of PRIMARY KEY constraint 'e2627_5_pk'. Cannot insert duplicate key in object 'dbo.e2627_5'. The duplicate key value is (1).

-- case: a duplicate key in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2627)
CREATE TABLE e2627_6 (id int NOT NULL CONSTRAINT e2627_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2627_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    INSERT e2627_6 VALUES (1, 'b', 2);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 2627 | 2627 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: a duplicate key of a unique index ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2601)
CREATE TABLE e2601_1 (id int NOT NULL);
CREATE UNIQUE INDEX e2601_1_ix ON e2601_1 (id);
INSERT e2601_1 VALUES (1);
-- setup
BEGIN TRANSACTION;
INSERT e2601_1 VALUES (1);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2601, Level 14, State 1, Line 2: Cannot insert duplicate key row in object 'dbo.e2601_1' with unique index 'e2601_1_ix'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: a duplicate key of a unique index in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2601)
CREATE TABLE e2601_2 (id int NOT NULL);
CREATE UNIQUE INDEX e2601_2_ix ON e2601_2 (id);
INSERT e2601_2 VALUES (1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    INSERT e2601_2 VALUES (1);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 2601 | 14 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a duplicate key of a unique index under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2601)
CREATE TABLE e2601_3 (id int NOT NULL);
CREATE UNIQUE INDEX e2601_3_ix ON e2601_3 (id);
INSERT e2601_3 VALUES (1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
INSERT e2601_3 VALUES (1);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2601, Level 14, State 1, Line 3: Cannot insert duplicate key row in object 'dbo.e2601_3' with unique index 'e2601_3_ix'. The duplicate key value is (1).
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a duplicate key of a unique index in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2601)
CREATE TABLE e2601_4 (id int NOT NULL);
CREATE UNIQUE INDEX e2601_4_ix ON e2601_4 (id);
INSERT e2601_4 VALUES (1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    INSERT e2601_4 VALUES (1);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 2601 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a duplicate key of a unique index outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2601)
CREATE TABLE e2601_5 (id int NOT NULL);
CREATE UNIQUE INDEX e2601_5_ix ON e2601_5 (id);
INSERT e2601_5 VALUES (1);
-- setup
INSERT e2601_5 VALUES (1);
SELECT 'on' AS next;
-- expect
-- Msg 2601, Level 14, State 1, Line 1: Cannot insert duplicate key row in object 'dbo.e2601_5' with unique index 'e2601_5_ix'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
INSERT e2601_5 VALUES (1);
SELECT 'on' AS next;
-- expect
-- Msg 2601, Level 14, State 1, Line 2: Cannot insert duplicate key row in object 'dbo.e2601_5' with unique index 'e2601_5_ix'. The duplicate key value is (1).

-- case: a duplicate key of a unique index in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2601)
CREATE TABLE e2601_6 (id int NOT NULL);
CREATE UNIQUE INDEX e2601_6_ix ON e2601_6 (id);
INSERT e2601_6 VALUES (1);
-- setup
BEGIN TRY
    INSERT e2601_6 VALUES (1);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 2601 | 2601 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: a CHECK constraint ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 547)
CREATE TABLE e547_1 (id int NOT NULL CONSTRAINT e547_1_ck CHECK (id > 0));
INSERT e547_1 VALUES (1);
-- setup
BEGIN TRANSACTION;
UPDATE e547_1 SET id = -1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 547, Level 16, State 0, Line 2: The UPDATE statement conflicted with the CHECK constraint "e547_1_ck".…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: a CHECK constraint in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 547)
CREATE TABLE e547_2 (id int NOT NULL CONSTRAINT e547_2_ck CHECK (id > 0));
INSERT e547_2 VALUES (1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e547_2 SET id = -1;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 547 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a CHECK constraint under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 547)
CREATE TABLE e547_3 (id int NOT NULL CONSTRAINT e547_3_ck CHECK (id > 0));
INSERT e547_3 VALUES (1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e547_3 SET id = -1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 547, Level 16, State 0, Line 3: The UPDATE statement conflicted with the CHECK constraint "e547_3_ck".…
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a CHECK constraint in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 547)
CREATE TABLE e547_4 (id int NOT NULL CONSTRAINT e547_4_ck CHECK (id > 0));
INSERT e547_4 VALUES (1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e547_4 SET id = -1;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 547 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a CHECK constraint outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 547)
CREATE TABLE e547_5 (id int NOT NULL CONSTRAINT e547_5_ck CHECK (id > 0));
INSERT e547_5 VALUES (1);
-- setup
UPDATE e547_5 SET id = -1;
SELECT 'on' AS next;
-- expect
-- Msg 547, Level 16, State 0, Line 1: The UPDATE statement conflicted with the CHECK constraint "e547_5_ck".…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e547_5 SET id = -1;
SELECT 'on' AS next;
-- expect
-- Msg 547, Level 16, State 0, Line 2: The UPDATE statement conflicted with the CHECK constraint "e547_5_ck".…

-- case: a CHECK constraint in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 547)
CREATE TABLE e547_6 (id int NOT NULL CONSTRAINT e547_6_ck CHECK (id > 0));
INSERT e547_6 VALUES (1);
-- setup
BEGIN TRY
    UPDATE e547_6 SET id = -1;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 547 | 547 | 0 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: NULL in a NOT NULL column ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 515)
CREATE TABLE e515_1 (id int NOT NULL CONSTRAINT e515_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e515_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
UPDATE e515_1 SET v = NULL;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 515, Level 16, State 2, Line 2: Cannot insert the value NULL into column 'v', table '…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: NULL in a NOT NULL column in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 515)
CREATE TABLE e515_2 (id int NOT NULL CONSTRAINT e515_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e515_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e515_2 SET v = NULL;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 515 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: NULL in a NOT NULL column under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 515)
CREATE TABLE e515_3 (id int NOT NULL CONSTRAINT e515_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e515_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e515_3 SET v = NULL;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 515, Level 16, State 2, Line 3: Cannot insert the value NULL into column 'v', table '…
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: NULL in a NOT NULL column in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 515)
CREATE TABLE e515_4 (id int NOT NULL CONSTRAINT e515_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e515_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e515_4 SET v = NULL;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 515 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: NULL in a NOT NULL column outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 515)
CREATE TABLE e515_5 (id int NOT NULL CONSTRAINT e515_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e515_5 VALUES (1, 'a', 1);
-- setup
UPDATE e515_5 SET v = NULL;
SELECT 'on' AS next;
-- expect
-- Msg 515, Level 16, State 2, Line 1: Cannot insert the value NULL into column 'v', table '…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e515_5 SET v = NULL;
SELECT 'on' AS next;
-- expect
-- Msg 515, Level 16, State 2, Line 2: Cannot insert the value NULL into column 'v', table '…

-- case: NULL in a NOT NULL column in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 515)
CREATE TABLE e515_6 (id int NOT NULL CONSTRAINT e515_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e515_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    UPDATE e515_6 SET v = NULL;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 515 | 515 | 2 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: text that is too long ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2628)
CREATE TABLE e2628_1 (id int NOT NULL CONSTRAINT e2628_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2628_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
UPDATE e2628_1 SET v = 'abcd';
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2628, Level 16, State 1, Line 2: String or binary data would be truncated in table '…
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: text that is too long in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2628)
CREATE TABLE e2628_2 (id int NOT NULL CONSTRAINT e2628_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2628_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e2628_2 SET v = 'abcd';
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 2628 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is too long under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2628)
CREATE TABLE e2628_3 (id int NOT NULL CONSTRAINT e2628_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2628_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e2628_3 SET v = 'abcd';
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2628, Level 16, State 1, Line 3: String or binary data would be truncated in table '…
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is too long in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2628)
CREATE TABLE e2628_4 (id int NOT NULL CONSTRAINT e2628_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2628_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e2628_4 SET v = 'abcd';
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 2628 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is too long outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2628)
CREATE TABLE e2628_5 (id int NOT NULL CONSTRAINT e2628_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2628_5 VALUES (1, 'a', 1);
-- setup
UPDATE e2628_5 SET v = 'abcd';
SELECT 'on' AS next;
-- expect
-- Msg 2628, Level 16, State 1, Line 1: String or binary data would be truncated in table '…
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e2628_5 SET v = 'abcd';
SELECT 'on' AS next;
-- expect
-- Msg 2628, Level 16, State 1, Line 2: String or binary data would be truncated in table '…

-- case: text that is too long in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 2628)
CREATE TABLE e2628_6 (id int NOT NULL CONSTRAINT e2628_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2628_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    UPDATE e2628_6 SET v = 'abcd';
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 2628 | 2628 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1
