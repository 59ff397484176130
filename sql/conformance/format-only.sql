-- chapter: Session options

-- case: FMTONLY describes a query and runs nothing
-- source: SET FMTONLY (Transact-SQL)
CREATE TABLE fmt1 (a int NOT NULL, b nvarchar(5) NULL);
INSERT fmt1 VALUES (1, N'x');
-- setup
SET FMTONLY ON;
SELECT a, b FROM fmt1;
SET FMTONLY OFF;
SELECT a FROM fmt1;
-- expect
-- columns a int not null, b nvarchar(5) null
-- rows 0
-- columns a int not null
-- row 1
-- rows 1

-- case: FMTONLY describes an expression without evaluating it
-- source: SET FMTONLY (Transact-SQL)
SET FMTONLY ON;
SELECT 1 / 0 AS q, CAST('x' AS varchar(3)) AS s;
SET FMTONLY OFF;
-- expect
-- columns q int, s varchar(3)
-- rows 0
