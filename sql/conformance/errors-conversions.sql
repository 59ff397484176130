-- chapter: Errors

-- case: text that is no int ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 245)
CREATE TABLE e245_1 (id int NOT NULL CONSTRAINT e245_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e245_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
SELECT CAST(v AS int) AS q FROM e245_1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q int
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'a' to data type int.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no int in TRY dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 245)
CREATE TABLE e245_2 (id int NOT NULL CONSTRAINT e245_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e245_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    SELECT CAST(v AS int) AS q FROM e245_2;
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
-- row 245 | 16 | 3 | 1 | -1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no int under XACT_ABORT ON ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 245)
CREATE TABLE e245_3 (id int NOT NULL CONSTRAINT e245_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e245_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
SELECT CAST(v AS int) AS q FROM e245_3;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q int
-- Msg 245, Level 16, State 1, Line 3: Conversion failed when converting the varchar value 'a' to data type int.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no int in TRY under XACT_ABORT ON dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 245)
CREATE TABLE e245_4 (id int NOT NULL CONSTRAINT e245_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e245_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    SELECT CAST(v AS int) AS q FROM e245_4;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- columns q int
-- rows 0
-- columns n int, t int, x smallint
-- row 245 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no int outside a transaction ends the batch
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 245)
CREATE TABLE e245_5 (id int NOT NULL CONSTRAINT e245_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e245_5 VALUES (1, 'a', 1);
-- setup
SELECT CAST(v AS int) AS q FROM e245_5;
SELECT 'on' AS next;
-- expect
-- columns q int
-- Msg 245, Level 16, State 1, Line 1: Conversion failed when converting the varchar value 'a' to data type int.
SET XACT_ABORT ON;
SELECT CAST(v AS int) AS q FROM e245_5;
SELECT 'on' AS next;
-- expect
-- columns q int
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'a' to data type int.

-- case: text that is no int in TRY without a transaction is only caught
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 245)
CREATE TABLE e245_6 (id int NOT NULL CONSTRAINT e245_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e245_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    SELECT CAST(v AS int) AS q FROM e245_6;
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
-- row 245 | 245 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: text that is no decimal ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8114)
CREATE TABLE e8114_1 (id int NOT NULL CONSTRAINT e8114_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8114_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q decimal(5, 1)
-- Msg 8114, Level 16, State 5, Line 2: Error converting data type varchar to numeric.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no decimal in TRY dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8114)
CREATE TABLE e8114_2 (id int NOT NULL CONSTRAINT e8114_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8114_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_2;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q decimal(5, 1)
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 8114 | 16 | 3 | 1 | -1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no decimal under XACT_ABORT ON ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8114)
CREATE TABLE e8114_3 (id int NOT NULL CONSTRAINT e8114_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8114_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_3;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q decimal(5, 1)
-- Msg 8114, Level 16, State 5, Line 3: Error converting data type varchar to numeric.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no decimal in TRY under XACT_ABORT ON dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8114)
CREATE TABLE e8114_4 (id int NOT NULL CONSTRAINT e8114_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8114_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_4;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- columns q decimal(5, 1)
-- rows 0
-- columns n int, t int, x smallint
-- row 8114 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no decimal outside a transaction ends the batch
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8114)
CREATE TABLE e8114_5 (id int NOT NULL CONSTRAINT e8114_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8114_5 VALUES (1, 'a', 1);
-- setup
SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_5;
SELECT 'on' AS next;
-- expect
-- columns q decimal(5, 1)
-- Msg 8114, Level 16, State 5, Line 1: Error converting data type varchar to numeric.
SET XACT_ABORT ON;
SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_5;
SELECT 'on' AS next;
-- expect
-- columns q decimal(5, 1)
-- Msg 8114, Level 16, State 5, Line 2: Error converting data type varchar to numeric.

-- case: text that is no decimal in TRY without a transaction is only caught
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8114)
CREATE TABLE e8114_6 (id int NOT NULL CONSTRAINT e8114_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8114_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    SELECT CAST(v AS decimal(5, 1)) AS q FROM e8114_6;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- columns q decimal(5, 1)
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 8114 | 8114 | 5 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: text that is no date ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 241)
CREATE TABLE e241_1 (id int NOT NULL CONSTRAINT e241_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e241_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
UPDATE e241_1 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no date in TRY dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 241)
CREATE TABLE e241_2 (id int NOT NULL CONSTRAINT e241_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e241_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e241_2 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
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
-- row 241 | 16 | 3 | 1 | -1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no date under XACT_ABORT ON ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 241)
CREATE TABLE e241_3 (id int NOT NULL CONSTRAINT e241_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e241_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
UPDATE e241_3 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- Msg 241, Level 16, State 1, Line 3: Conversion failed when converting date and/or time from character string.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no date in TRY under XACT_ABORT ON dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 241)
CREATE TABLE e241_4 (id int NOT NULL CONSTRAINT e241_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e241_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    UPDATE e241_4 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- rows 0
-- columns n int, t int, x smallint
-- row 241 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no date outside a transaction ends the batch
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 241)
CREATE TABLE e241_5 (id int NOT NULL CONSTRAINT e241_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e241_5 VALUES (1, 'a', 1);
-- setup
UPDATE e241_5 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
SELECT 'on' AS next;
-- expect
-- Msg 241, Level 16, State 1, Line 1: Conversion failed when converting date and/or time from character string.
SET XACT_ABORT ON;
UPDATE e241_5 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
SELECT 'on' AS next;
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.

-- case: text that is no date in TRY without a transaction is only caught
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 241)
CREATE TABLE e241_6 (id int NOT NULL CONSTRAINT e241_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e241_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    UPDATE e241_6 SET n = 2 WHERE CAST(v AS date) > '2024-01-01';
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 241 | 241 | 1 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: text that is no uniqueidentifier ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8169)
CREATE TABLE e8169_1 (id int NOT NULL CONSTRAINT e8169_1_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8169_1 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_1;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q uniqueidentifier
-- Msg 8169, Level 16, State 2, Line 2: Conversion failed when converting from a character string to uniqueidentifier.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no uniqueidentifier in TRY dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8169)
CREATE TABLE e8169_2 (id int NOT NULL CONSTRAINT e8169_2_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8169_2 VALUES (1, 'a', 1);
-- setup
BEGIN TRANSACTION;
BEGIN TRY
    SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_2;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_SEVERITY() AS l, ERROR_LINE() AS line, @@TRANCOUNT AS t, XACT_STATE() AS x;
    ROLLBACK;
END CATCH;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q uniqueidentifier
-- rows 0
-- columns n int, l int, line int, t int, x smallint
-- row 8169 | 16 | 3 | 1 | -1
-- rows 1
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no uniqueidentifier under XACT_ABORT ON ends the batch and the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8169)
CREATE TABLE e8169_3 (id int NOT NULL CONSTRAINT e8169_3_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8169_3 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_3;
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns q uniqueidentifier
-- Msg 8169, Level 16, State 2, Line 3: Conversion failed when converting from a character string to uniqueidentifier.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no uniqueidentifier in TRY under XACT_ABORT ON dooms the transaction
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8169)
CREATE TABLE e8169_4 (id int NOT NULL CONSTRAINT e8169_4_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8169_4 VALUES (1, 'a', 1);
-- setup
SET XACT_ABORT ON;
BEGIN TRANSACTION;
BEGIN TRY
    SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_4;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, @@TRANCOUNT AS t, XACT_STATE() AS x;
END CATCH;
-- expect
-- columns q uniqueidentifier
-- rows 0
-- columns n int, t int, x smallint
-- row 8169 | 1 | -1
-- rows 1
-- Msg 3998, Level 16, State 1, Line 1: Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.
SELECT @@TRANCOUNT AS t, XACT_STATE() AS x;
-- expect
-- columns t int, x smallint
-- row 0 | 0
-- rows 1

-- case: text that is no uniqueidentifier outside a transaction ends the batch
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8169)
CREATE TABLE e8169_5 (id int NOT NULL CONSTRAINT e8169_5_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8169_5 VALUES (1, 'a', 1);
-- setup
SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_5;
SELECT 'on' AS next;
-- expect
-- columns q uniqueidentifier
-- Msg 8169, Level 16, State 2, Line 1: Conversion failed when converting from a character string to uniqueidentifier.
SET XACT_ABORT ON;
SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_5;
SELECT 'on' AS next;
-- expect
-- columns q uniqueidentifier
-- Msg 8169, Level 16, State 2, Line 2: Conversion failed when converting from a character string to uniqueidentifier.

-- case: text that is no uniqueidentifier in TRY without a transaction is only caught
-- source: TRY...CATCH, "Uncommittable transactions and XACT_STATE" (Msg 8169)
CREATE TABLE e8169_6 (id int NOT NULL CONSTRAINT e8169_6_pk PRIMARY KEY, v varchar(3) NOT NULL, n smallint NULL);
INSERT e8169_6 VALUES (1, 'a', 1);
-- setup
BEGIN TRY
    SELECT CAST(v AS uniqueidentifier) AS q FROM e8169_6;
    SELECT 'not reached' AS never;
END TRY
BEGIN CATCH
    SELECT @@ERROR AS e, ERROR_NUMBER() AS n, ERROR_STATE() AS s, @@TRANCOUNT AS t, XACT_STATE() AS x;
    SELECT @@ERROR AS e;
END CATCH;
-- expect
-- columns q uniqueidentifier
-- rows 0
-- columns e int, n int, s int, t int, x smallint
-- row 8169 | 8169 | 2 | 0 | 0
-- rows 1
-- columns e int
-- row 0
-- rows 1
