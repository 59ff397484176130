-- chapter: Errors

-- case: division by zero in a query ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134_1 (id int NOT NULL CONSTRAINT e8134_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
SELECT 1 / (id - 1) AS q FROM e8134_1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q int
-- Msg 8134, Level 16, State 1, Line 2: Divide by zero error encountered.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: division by zero in a query in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134_2 (id int NOT NULL CONSTRAINT e8134_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    SELECT 1 / (id - 1) AS q FROM e8134_2;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q int
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 8134 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: division by zero in a query under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134_3 (id int NOT NULL CONSTRAINT e8134_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
SELECT 1 / (id - 1) AS q FROM e8134_3;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q int
-- Msg 8134, Level 16, State 1, Line 3: Divide by zero error encountered.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: division by zero in a query in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134_4 (id int NOT NULL CONSTRAINT e8134_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    SELECT 1 / (id - 1) AS q FROM e8134_4;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- columns q int
-- rows 0
-- columns n int, t int, x smallint
-- row 8134 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: division by zero in a query outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134_5 (id int NOT NULL CONSTRAINT e8134_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134_5 VALUES (1, 'a', 1);
-- setup
SELECT 1 / (id - 1) AS q FROM e8134_5;
SELECT 'on' AS next;
-- expect
-- columns q int
-- Msg 8134, Level 16, State 1, Line 1: Divide by zero error encountered.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
SELECT 1 / (id - 1) AS q FROM e8134_5;
SELECT 'on' AS next;
-- expect
-- columns q int
-- Msg 8134, Level 16, State 1, Line 2: Divide by zero error encountered.

-- case: division by zero in a query in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134_6 (id int NOT NULL CONSTRAINT e8134_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    SELECT 1 / (id - 1) AS q FROM e8134_6;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- columns q int
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 8134 | 8134 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: division by zero in a change ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134u_1 (id int NOT NULL CONSTRAINT e8134u_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134u_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
UPDATE e8134u_1 SET n = 1 / (id - 1);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 8134, Level 16, State 1, Line 2: Divide by zero error encountered.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: division by zero in a change in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134u_2 (id int NOT NULL CONSTRAINT e8134u_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134u_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e8134u_2 SET n = 1 / (id - 1);
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
-- row 8134 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: division by zero in a change under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134u_3 (id int NOT NULL CONSTRAINT e8134u_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134u_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e8134u_3 SET n = 1 / (id - 1);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 8134, Level 16, State 1, Line 3: Divide by zero error encountered.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: division by zero in a change in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134u_4 (id int NOT NULL CONSTRAINT e8134u_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134u_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e8134u_4 SET n = 1 / (id - 1);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 8134 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: division by zero in a change outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134u_5 (id int NOT NULL CONSTRAINT e8134u_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134u_5 VALUES (1, 'a', 1);
-- setup
UPDATE e8134u_5 SET n = 1 / (id - 1);
SELECT 'on' AS next;
-- expect
-- Msg 8134, Level 16, State 1, Line 1: Divide by zero error encountered.
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e8134u_5 SET n = 1 / (id - 1);
SELECT 'on' AS next;
-- expect
-- Msg 8134, Level 16, State 1, Line 2: Divide by zero error encountered.

-- case: division by zero in a change in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8134)
CREATE TABLE e8134u_6 (id int NOT NULL CONSTRAINT e8134u_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8134u_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    UPDATE e8134u_6 SET n = 1 / (id - 1);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 8134 | 8134 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: overflow of int ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8115)
CREATE TABLE e8115_1 (id int NOT NULL CONSTRAINT e8115_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8115_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
UPDATE e8115_1 SET n = 0 WHERE id + 2147483647 > 0;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type int.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: overflow of int in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8115)
CREATE TABLE e8115_2 (id int NOT NULL CONSTRAINT e8115_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8115_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e8115_2 SET n = 0 WHERE id + 2147483647 > 0;
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
-- row 8115 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: overflow of int under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8115)
CREATE TABLE e8115_3 (id int NOT NULL CONSTRAINT e8115_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8115_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e8115_3 SET n = 0 WHERE id + 2147483647 > 0;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 8115, Level 16, State 2, Line 3: Arithmetic overflow error converting expression to data type int.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: overflow of int in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8115)
CREATE TABLE e8115_4 (id int NOT NULL CONSTRAINT e8115_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8115_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e8115_4 SET n = 0 WHERE id + 2147483647 > 0;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 8115 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: overflow of int outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8115)
CREATE TABLE e8115_5 (id int NOT NULL CONSTRAINT e8115_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8115_5 VALUES (1, 'a', 1);
-- setup
UPDATE e8115_5 SET n = 0 WHERE id + 2147483647 > 0;
SELECT 'on' AS next;
-- expect
-- Msg 8115, Level 16, State 2, Line 1: Arithmetic overflow error converting expression to data type int.
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e8115_5 SET n = 0 WHERE id + 2147483647 > 0;
SELECT 'on' AS next;
-- expect
-- Msg 8115, Level 16, State 2, Line 2: Arithmetic overflow error converting expression to data type int.

-- case: overflow of int in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 8115)
CREATE TABLE e8115_6 (id int NOT NULL CONSTRAINT e8115_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8115_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    UPDATE e8115_6 SET n = 0 WHERE id + 2147483647 > 0;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 8115 | 8115 | 2 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: overflow of smallint ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 220)
CREATE TABLE e220_1 (id int NOT NULL CONSTRAINT e220_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e220_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
UPDATE e220_1 SET n = id + 40000;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 220, Level 16, State 1, Line 2: Arithmetic overflow error for data type smallint, value = 40001.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: overflow of smallint in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 220)
CREATE TABLE e220_2 (id int NOT NULL CONSTRAINT e220_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e220_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e220_2 SET n = id + 40000;
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
-- row 220 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: overflow of smallint under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 220)
CREATE TABLE e220_3 (id int NOT NULL CONSTRAINT e220_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e220_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e220_3 SET n = id + 40000;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 220, Level 16, State 1, Line 3: Arithmetic overflow error for data type smallint, value = 40001.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: overflow of smallint in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 220)
CREATE TABLE e220_4 (id int NOT NULL CONSTRAINT e220_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e220_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e220_4 SET n = id + 40000;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 220 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: overflow of smallint outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 220)
CREATE TABLE e220_5 (id int NOT NULL CONSTRAINT e220_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e220_5 VALUES (1, 'a', 1);
-- setup
UPDATE e220_5 SET n = id + 40000;
SELECT 'on' AS next;
-- expect
-- Msg 220, Level 16, State 1, Line 1: Arithmetic overflow error for data type smallint, value = 40001.
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e220_5 SET n = id + 40000;
SELECT 'on' AS next;
-- expect
-- Msg 220, Level 16, State 1, Line 2: Arithmetic overflow error for data type smallint, value = 40001.

-- case: overflow of smallint in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 220)
CREATE TABLE e220_6 (id int NOT NULL CONSTRAINT e220_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e220_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    UPDATE e220_6 SET n = id + 40000;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 220 | 220 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: a subquery with two rows ends only its statement
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 512)
CREATE TABLE e512_1 (id int NOT NULL CONSTRAINT e512_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e512_1 VALUES (1, 'a', 1);
INSERT e512_1 VALUES (2, 'b', 2);
-- setup
BEGIN TRANSACTION;
UPDATE e512_1 SET n = (SELECT id FROM e512_1);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 512, Level 16, State 1, Line 2: Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.
-- Msg 3621, Level 0, State 0, Line 2: The statement has been terminated.
-- columns t int, x smallint
-- row 1 | 1
-- rows 1
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 1 | 1
-- rows 1

-- case: a subquery with two rows in TRY leaves the transaction usable
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 512)
CREATE TABLE e512_2 (id int NOT NULL CONSTRAINT e512_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e512_2 VALUES (1, 'a', 1);
INSERT e512_2 VALUES (2, 'b', 2);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e512_2 SET n = (SELECT id FROM e512_2);
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
-- row 512 | 16 | 3 | 1 | 1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a subquery with two rows under XACT_ABORT ON ends the batch and the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 512)
CREATE TABLE e512_3 (id int NOT NULL CONSTRAINT e512_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e512_3 VALUES (1, 'a', 1);
INSERT e512_3 VALUES (2, 'b', 2);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e512_3 SET n = (SELECT id FROM e512_3);
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 512, Level 16, State 1, Line 3: Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a subquery with two rows in TRY under XACT_ABORT ON dooms the transaction
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 512)
CREATE TABLE e512_4 (id int NOT NULL CONSTRAINT e512_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e512_4 VALUES (1, 'a', 1);
INSERT e512_4 VALUES (2, 'b', 2);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e512_4 SET n = (SELECT id FROM e512_4);
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 512 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: a subquery with two rows outside a transaction ends its statement, under XACT_ABORT ON the batch
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 512)
CREATE TABLE e512_5 (id int NOT NULL CONSTRAINT e512_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e512_5 VALUES (1, 'a', 1);
INSERT e512_5 VALUES (2, 'b', 2);
-- setup
UPDATE e512_5 SET n = (SELECT id FROM e512_5);
SELECT 'on' AS next;
-- expect
-- Msg 512, Level 16, State 1, Line 1: Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.
-- columns next varchar(2)
-- row 'on'
-- rows 1
SET XACT_ABORT ON;
UPDATE e512_5 SET n = (SELECT id FROM e512_5);
SELECT 'on' AS next;
-- expect
-- Msg 512, Level 16, State 1, Line 2: Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.

-- case: a subquery with two rows in TRY without a transaction is only caught
-- source: SET XACT_ABORT, Remarks; TRY...CATCH, "Uncommittable transactions" (Msg 512)
CREATE TABLE e512_6 (id int NOT NULL CONSTRAINT e512_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e512_6 VALUES (1, 'a', 1);
INSERT e512_6 VALUES (2, 'b', 2);
-- setup
BEGIN TRY
    UPDATE e512_6 SET n = (SELECT id FROM e512_6);
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 512 | 512 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- chapter: Errors
-- case: an identity value that overflows is Msg 8115, followed by Msg 3606
-- source: Msg 8115, 3606
CREATE TABLE iov (id tinyint IDENTITY(255, 1), n int);
INSERT iov VALUES (1);
-- setup
INSERT iov VALUES (2);
SELECT COUNT(*) AS c FROM iov;
-- expect
-- Msg 8115, Level 16, State 1, Line 1: Arithmetic overflow error converting IDENTITY to data type tinyint.
-- Msg 3606, Level 0, State 0, Line 1: Arithmetic overflow occurred.
-- columns c int
-- row 1
-- rows 1
