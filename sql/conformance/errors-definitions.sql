-- chapter: Errors

-- case: a table that exists ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 2714)
CREATE TABLE e2714_1 (id int NOT NULL CONSTRAINT e2714_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2714_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
CREATE TABLE e2714_1 (a int);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2714, Level 16, State 6, Line 2: There is already an object named 'e2714_1' in the database.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a table that exists in TRY dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 2714)
CREATE TABLE e2714_2 (id int NOT NULL CONSTRAINT e2714_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2714_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    CREATE TABLE e2714_2 (a int);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns n int, l int, line int, t int, x smallint
-- row 2714 | 16 | 3 | 1 | -1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a table that exists under XACT_ABORT ON ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 2714)
CREATE TABLE e2714_3 (id int NOT NULL CONSTRAINT e2714_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2714_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
CREATE TABLE e2714_3 (a int);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 2714, Level 16, State 6, Line 3: There is already an object named 'e2714_3' in the database.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a table that exists in TRY under XACT_ABORT ON dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 2714)
CREATE TABLE e2714_4 (id int NOT NULL CONSTRAINT e2714_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2714_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    CREATE TABLE e2714_4 (a int);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- columns n int, t int, x smallint
-- row 2714 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a table that exists outside a transaction ends the batch
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 2714)
CREATE TABLE e2714_5 (id int NOT NULL CONSTRAINT e2714_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2714_5 VALUES (1, 'a', 1);
-- setup
CREATE TABLE e2714_5 (a int);
SELECT 'on' AS next;
-- expect
-- Msg 2714, Level 16, State 6, Line 1: There is already an object named 'e2714_5' in the database.
SET XACT_ABORT ON;
CREATE TABLE e2714_5 (a int);
SELECT 'on' AS next;
-- expect
-- Msg 2714, Level 16, State 6, Line 2: There is already an object named 'e2714_5' in the database.

-- case: a table that exists in TRY without a transaction is only caught
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 2714)
CREATE TABLE e2714_6 (id int NOT NULL CONSTRAINT e2714_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e2714_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    CREATE TABLE e2714_6 (a int);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- columns e int, n int, s int, t int, x smallint
-- row 2714 | 2714 | 6 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1
