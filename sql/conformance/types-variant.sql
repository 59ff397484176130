-- chapter: Types
-- case: a sql_variant holds values of many types
-- source: sql_variant (Transact-SQL)
CREATE TABLE v1 (id int NOT NULL PRIMARY KEY, v sql_variant);
INSERT v1 VALUES (1, 46279);
INSERT v1 VALUES (2, 'text');
INSERT v1 VALUES (3, N'wide');
INSERT v1 VALUES (4, NULL);
INSERT v1 VALUES (5, CAST('2024-02-29' AS date));
INSERT v1 VALUES (6, $1.5);
-- setup
SELECT id, v FROM v1 ORDER BY id;
-- expect
-- columns id int not null, v sql_variant null
-- row 1 | 46279
-- row 2 | 'text'
-- row 3 | 'wide'
-- row 4 | NULL
-- row 5 | 2024-02-29
-- row 6 | 1.5000
-- rows 6

-- case: SQL_VARIANT_PROPERTY names the base type of what is stored
-- source: SQL_VARIANT_PROPERTY (Transact-SQL), BaseType
CREATE TABLE v2 (id int NOT NULL, v sql_variant);
INSERT v2 VALUES (1, 1);
INSERT v2 VALUES (2, CAST(1 AS bigint));
INSERT v2 VALUES (3, CAST(1 AS bit));
INSERT v2 VALUES (4, 1e0);
INSERT v2 VALUES (5, CAST(1 AS real));
INSERT v2 VALUES (6, 1.5);
INSERT v2 VALUES (7, CAST(1 AS decimal(5,2)));
INSERT v2 VALUES (8, $1);
INSERT v2 VALUES (9, CAST(1 AS smallmoney));
INSERT v2 VALUES (10, 'a');
INSERT v2 VALUES (11, N'a');
INSERT v2 VALUES (12, CAST('a' AS char(3)));
INSERT v2 VALUES (13, CAST(N'a' AS nchar(3)));
INSERT v2 VALUES (14, 0x01);
INSERT v2 VALUES (15, CAST(0x01 AS binary(2)));
INSERT v2 VALUES (16, CAST('2024-01-01' AS datetime));
INSERT v2 VALUES (17, CAST('2024-01-01' AS smalldatetime));
INSERT v2 VALUES (18, CAST('2024-01-01' AS datetime2(3)));
INSERT v2 VALUES (19, CAST('2024-01-01' AS datetimeoffset));
INSERT v2 VALUES (20, CAST('12:00' AS time(0)));
INSERT v2 VALUES (21, CAST('2024-01-01' AS date));
INSERT v2 VALUES (22, CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier));
INSERT v2 VALUES (23, CAST(1 AS tinyint));
INSERT v2 VALUES (24, CAST(1 AS smallint));
-- setup
SELECT id, CAST(SQL_VARIANT_PROPERTY(v, 'BaseType') AS nvarchar(128)) AS t FROM v2 ORDER BY id;
-- expect
-- columns id int not null, t nvarchar(128) null
-- row 1 | 'int'
-- row 2 | 'bigint'
-- row 3 | 'bit'
-- row 4 | 'float'
-- row 5 | 'real'
-- row 6 | 'numeric'
-- row 7 | 'decimal'
-- row 8 | 'money'
-- row 9 | 'smallmoney'
-- row 10 | 'varchar'
-- row 11 | 'nvarchar'
-- row 12 | 'char'
-- row 13 | 'nchar'
-- row 14 | 'varbinary'
-- row 15 | 'binary'
-- row 16 | 'datetime'
-- row 17 | 'smalldatetime'
-- row 18 | 'datetime2'
-- row 19 | 'datetimeoffset'
-- row 20 | 'time'
-- row 21 | 'date'
-- row 22 | 'uniqueidentifier'
-- row 23 | 'tinyint'
-- row 24 | 'smallint'
-- rows 24

-- case: SQL_VARIANT_PROPERTY tells precision and scale
-- source: SQL_VARIANT_PROPERTY (Transact-SQL), example A
CREATE TABLE tableA (colA sql_variant, colB int);
INSERT INTO tableA VALUES (CAST(46279.1 AS decimal(8,2)), 1689);
-- setup
SELECT SQL_VARIANT_PROPERTY(colA, 'BaseType') AS [Base Type], SQL_VARIANT_PROPERTY(colA, 'Precision') AS [Precision],
    SQL_VARIANT_PROPERTY(colA, 'Scale') AS [Scale]
FROM tableA WHERE colB = 1689;
-- expect
-- columns [Base Type] sql_variant null, Precision sql_variant null, Scale sql_variant null
-- row 'decimal' | 8 | 2
-- rows 1

-- case: precision and scale of the other types
-- source: SQL_VARIANT_PROPERTY (Transact-SQL), Precision and Scale
CREATE TABLE vp (id int, v sql_variant);
INSERT vp VALUES (1, CAST('2024-01-01' AS datetime));
INSERT vp VALUES (2, CAST('2024-01-01' AS smalldatetime));
INSERT vp VALUES (3, 1e0);
INSERT vp VALUES (4, CAST(1 AS real));
INSERT vp VALUES (5, $1);
INSERT vp VALUES (6, CAST(1 AS smallmoney));
INSERT vp VALUES (7, CAST(1 AS bigint));
INSERT vp VALUES (8, 1);
INSERT vp VALUES (9, CAST(1 AS smallint));
INSERT vp VALUES (10, CAST(1 AS tinyint));
INSERT vp VALUES (11, CAST(1 AS bit));
INSERT vp VALUES (12, 'abc');
INSERT vp VALUES (13, 0x01);
-- setup
SELECT id, CAST(SQL_VARIANT_PROPERTY(v, 'Precision') AS int) AS p, CAST(SQL_VARIANT_PROPERTY(v, 'Scale') AS int) AS s
FROM vp ORDER BY id;
-- expect
-- columns id int null, p int null, s int null
-- row 1 | 23 | 3
-- row 2 | 16 | 0
-- row 3 | 53 | 0
-- row 4 | 24 | 0
-- row 5 | 19 | 4
-- row 6 | 10 | 4
-- row 7 | 19 | 0
-- row 8 | 10 | 0
-- row 9 | 5 | 0
-- row 10 | 3 | 0
-- row 11 | 1 | 0
-- row 12 | 0 | 0
-- row 13 | 0 | 0
-- rows 13

-- case: MaxLength is that of the declared type, in bytes
-- source: SQL_VARIANT_PROPERTY (Transact-SQL), MaxLength
DECLARE @n nvarchar(50) = N'ab', @c varchar(20) = 'ab', @v sql_variant = 5;
SELECT SQL_VARIANT_PROPERTY(@n, 'MaxLength') AS n, SQL_VARIANT_PROPERTY(@c, 'maxlength') AS c,
    SQL_VARIANT_PROPERTY(@v, 'MaxLength') AS i, SQL_VARIANT_PROPERTY(CAST(1 AS money), 'MaxLength') AS m;
-- expect
-- columns n sql_variant null, c sql_variant null, i sql_variant null, m sql_variant null
-- row 100 | 20 | 4 | 8
-- rows 1

-- case: Collation belongs to text only; an unknown property and NULL give NULL
-- source: SQL_VARIANT_PROPERTY (Transact-SQL), Return types
DECLARE @none sql_variant;
SELECT SQL_VARIANT_PROPERTY('a', 'Collation') AS a, SQL_VARIANT_PROPERTY(1, 'Collation') AS b,
    SQL_VARIANT_PROPERTY(1, 'Colour') AS c, SQL_VARIANT_PROPERTY(@none, 'BaseType') AS d;
-- expect
-- columns a sql_variant null, b sql_variant null, c sql_variant null, d sql_variant null
-- row 'SQL_Latin1_General_CP1_CI_AS' | NULL | NULL | NULL
-- rows 1

-- case: a value goes into sql_variant by itself and out of it only by CAST
-- source: Msg 257; CAST and CONVERT (Transact-SQL), implicit conversions
DECLARE @v sql_variant = 5;
DECLARE @i int = CAST(@v AS int);
SELECT @i AS i, CAST(@v AS varchar(5)) AS s, CONVERT(bigint, @v) AS b;
-- setup
DECLARE @v sql_variant = 5;
DECLARE @i int = @v;
SELECT 1 AS never;
-- expect
-- Msg 257, Level 16, State 3, Line 2: Implicit conversion from data type sql_variant to int is not allowed. Use the CONVERT function to run this query.

-- case: CAST out of sql_variant converts the base type
-- source: sql_variant (Transact-SQL), "Convert sql_variant data"
DECLARE @v sql_variant = '12';
SELECT CAST(@v AS int) AS i, CAST(@v AS decimal(5,1)) AS d, CAST(@v AS nvarchar(10)) AS n;
SET @v = CAST('2024-05-06T07:08:09' AS datetime);
SELECT CAST(@v AS date) AS d, CONVERT(varchar(10), @v, 104) AS t;
-- expect
-- columns i int null, d decimal(5,1) null, n nvarchar(10) null
-- row 12 | 12.0 | '12'
-- rows 1
-- columns d date null, t varchar(10) null
-- row 2024-05-06 | '06.05.2024'
-- rows 1

-- case: a base value that cannot be converted fails as its own type does
-- source: Msg 245
DECLARE @v sql_variant = 'abc';
SELECT CAST(@v AS int) AS i;
-- expect
-- columns i int null
-- Msg 245, Level 16, State 1, Line 2: Conversion failed when converting the varchar value 'abc' to data type int.

-- case: TRY_CAST of a sql_variant gives NULL
-- source: TRY_CAST (Transact-SQL)
DECLARE @v sql_variant = 'abc', @n sql_variant = 7;
SELECT TRY_CAST(@v AS int) AS a, TRY_CAST(@n AS int) AS b;
-- expect
-- columns a int null, b int null
-- row NULL | 7
-- rows 1

-- case: types that cannot be in a sql_variant are a type clash
-- source: Msg 206; sql_variant (Transact-SQL), types that cannot be stored
DECLARE @v sql_variant = CAST('a' AS varchar(max));
-- expect
-- Msg 206, Level 16, State 2, Line 1: Operand type clash: varchar(max) is incompatible with sql_variant

-- case: text is a type clash too
-- source: Msg 206; sql_variant (Transact-SQL), types that cannot be stored
CREATE TABLE v3 (t text, v sql_variant);
-- setup
UPDATE v3 SET v = t;
-- expect
-- Msg 206, Level 16, State 2, Line 1: Operand type clash: text is incompatible with sql_variant

-- case: rows of one VALUES have one type before they become sql_variant
-- source: Table value constructor (Transact-SQL), "conversion properties of the UNION ALL syntax"
CREATE TABLE vr (v sql_variant);
INSERT vr VALUES (5), ('6');
-- setup
SELECT v, SQL_VARIANT_PROPERTY(v, 'BaseType') AS t FROM vr ORDER BY v;
-- expect
-- columns v sql_variant null, t sql_variant null
-- row 5 | 'int'
-- row 6 | 'int'
-- rows 2

-- case: values of different families compare by family
-- source: sql_variant (Transact-SQL), "Comparing sql_variant values"
CREATE TABLE vf (v sql_variant, name varchar(20));
INSERT vf VALUES ('9999', 'character');
INSERT vf VALUES (1, 'exact');
INSERT vf VALUES (0x00, 'binary');
INSERT vf VALUES (-5e0, 'approximate');
INSERT vf VALUES (CAST('1900-01-01' AS datetime), 'moment');
INSERT vf VALUES (CAST('FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF' AS uniqueidentifier), 'guid');
INSERT vf VALUES (NULL, 'null');
-- setup
SELECT name FROM vf ORDER BY v;
-- expect
-- columns name varchar(20) null
-- row 'null'
-- row 'guid'
-- row 'binary'
-- row 'character'
-- row 'exact'
-- row 'approximate'
-- row 'moment'
-- rows 7

-- case: within a family values compare by value
-- source: sql_variant (Transact-SQL), "Comparing sql_variant values"
DECLARE @a sql_variant = 1, @b sql_variant = CAST(1.0 AS decimal(5,1)), @c sql_variant = N'abc', @d sql_variant = 'ABC ';
SELECT CASE WHEN @a = @b THEN 1 ELSE 0 END AS exact, CASE WHEN @c = @d THEN 1 ELSE 0 END AS texts,
    CASE WHEN @a < CAST(2 AS bigint) THEN 1 ELSE 0 END AS less, CASE WHEN @a = 1e0 THEN 1 ELSE 0 END AS families;
-- expect
-- columns exact int not null, texts int not null, less int not null, families int not null
-- row 1 | 1 | 1 | 0
-- rows 1

-- case: a text is never equal to a number in a sql_variant
-- source: sql_variant (Transact-SQL), "Comparing sql_variant values"
CREATE TABLE v4 (v sql_variant);
INSERT v4 VALUES (5);
INSERT v4 VALUES ('5');
-- setup
SELECT CAST(SQL_VARIANT_PROPERTY(v, 'BaseType') AS varchar(20)) AS t FROM v4 WHERE v = 5;
SELECT CAST(SQL_VARIANT_PROPERTY(v, 'BaseType') AS varchar(20)) AS t FROM v4 WHERE v = '5';
-- expect
-- columns t varchar(20) null
-- row 'int'
-- rows 1
-- columns t varchar(20) null
-- row 'varchar'
-- rows 1

-- case: DISTINCT and GROUP BY see equal values of one family as one
-- source: sql_variant (Transact-SQL), "Comparing sql_variant values"
CREATE TABLE vd (v sql_variant);
INSERT vd VALUES (1);
INSERT vd VALUES (CAST(1 AS bigint));
INSERT vd VALUES ('a');
INSERT vd VALUES (N'A');
INSERT vd VALUES (NULL);
INSERT vd VALUES (NULL);
-- setup
SELECT COUNT(*) AS n FROM (SELECT DISTINCT v FROM vd) AS d;
SELECT COUNT(*) AS n FROM vd GROUP BY v ORDER BY v;
-- expect
-- columns n int
-- row 3
-- rows 1
-- columns n int
-- row 2
-- row 2
-- row 2
-- rows 3

-- case: sql_variant may be a key, which tells values apart as = does
-- source: sql_variant (Transact-SQL), Remarks; Msg 2627
CREATE TABLE v5 (v sql_variant NOT NULL CONSTRAINT pk_v5 PRIMARY KEY);
INSERT v5 VALUES (1);
INSERT v5 VALUES ('1');
-- setup
INSERT v5 VALUES (CAST(1 AS tinyint));
-- expect
-- Msg 2627, Level 14, State 1, Line 1: Violation of PRIMARY KEY constraint 'pk_v5'. Cannot insert duplicate key in object 'dbo.v5'. The duplicate key value is (1).
-- Msg 3621, Level 0, State 0, Line 1: The statement has been terminated.

-- case: a column of sql_variant may have a default
-- source: sql_variant (Transact-SQL), "sql_variant can be assigned a default value"
CREATE TABLE v6 (id int NOT NULL, v sql_variant DEFAULT (N'none'));
INSERT v6 (id) VALUES (1);
-- setup
SELECT id, v, SQL_VARIANT_PROPERTY(v, 'BaseType') AS t FROM v6;
-- expect
-- columns id int not null, v sql_variant null, t sql_variant null
-- row 1 | 'none' | 'nvarchar'
-- rows 1

-- case: DATALENGTH is that of the base value
-- source: DATALENGTH (Transact-SQL)
DECLARE @a sql_variant = 5, @b sql_variant = N'abc', @c sql_variant;
SELECT DATALENGTH(@a) AS a, DATALENGTH(@b) AS b, DATALENGTH(@c) AS c;
-- expect
-- columns a int null, b int null, c int null
-- row 4 | 6 | NULL
-- rows 1

-- case: SUM of sql_variant is invalid
-- source: Msg 8117; sql_variant (Transact-SQL), functions that do not support it
DECLARE @t TABLE (v sql_variant);
SELECT SUM(v) FROM @t;
-- expect
-- Msg 8117, Level 16, State 1, Line 2: Operand data type sql_variant is invalid for sum operator.

-- case: a procedure takes and gives back sql_variant
-- source: sql_variant (Transact-SQL); CREATE PROCEDURE, OUTPUT
CREATE PROCEDURE pv @v sql_variant, @o sql_variant OUTPUT AS
SET @o = @v; SELECT SQL_VARIANT_PROPERTY(@v, 'BaseType') AS t;
-- setup
DECLARE @r sql_variant;
EXEC pv 1.25, @r OUTPUT;
SELECT @r AS r;
-- expect
-- columns t sql_variant null
-- row 'numeric'
-- rows 1
-- columns r sql_variant null
-- row 1.25
-- rows 1

-- case: ISNULL, COALESCE and CASE with a sql_variant give sql_variant
-- source: Data type precedence (Transact-SQL)
DECLARE @v sql_variant;
SELECT ISNULL(@v, 5) AS a, COALESCE(@v, 'x') AS b, CASE WHEN 1 = 1 THEN 1 ELSE @v END AS c;
-- expect
-- columns a sql_variant, b sql_variant, c sql_variant
-- row 5 | 'x' | 1
-- rows 1

-- case: the catalogue knows sql_variant
-- source: sys.columns (Transact-SQL); sys.types (Transact-SQL)
CREATE TABLE v7 (v sql_variant NULL);
-- setup
SELECT t.name, c.max_length, c.precision, c.scale, c.system_type_id FROM sys.columns AS c
JOIN sys.types AS t ON t.user_type_id = c.user_type_id WHERE c.object_id = OBJECT_ID(N'dbo.v7');
-- expect
-- columns name nvarchar(128) not null, max_length smallint not null, precision tinyint not null, scale tinyint not null, system_type_id tinyint not null
-- row 'sql_variant' | 8016 | 0 | 0 | 98
-- rows 1

-- case: SERVERPROPERTY is sql_variant, of the type of the property
-- source: SERVERPROPERTY (Transact-SQL)
SELECT SQL_VARIANT_PROPERTY(SERVERPROPERTY('EngineEdition'), 'BaseType') AS a,
    SQL_VARIANT_PROPERTY(SERVERPROPERTY(N'ProductVersion'), 'BaseType') AS b, SERVERPROPERTY('nothing at all') AS c,
    SERVERPROPERTY('IsClustered') AS d;
-- expect
-- columns a sql_variant null, b sql_variant null, c sql_variant null, d sql_variant null
-- row 'int' | 'nvarchar' | NULL | 0
-- rows 1

-- case: the property may be an expression
-- source: SERVERPROPERTY (Transact-SQL)
DECLARE @p nvarchar(30) = N'ProductMajorVersion';
SELECT CASE WHEN SERVERPROPERTY(@p) IS NULL THEN 0 ELSE 1 END AS known;
-- expect
-- columns known int not null
-- row 1
-- rows 1

-- case: DATABASEPROPERTYEX is sql_variant, of the type of the property
-- source: DATABASEPROPERTYEX (Transact-SQL)
SELECT DATABASEPROPERTYEX(N'master', N'Status') AS s, DATABASEPROPERTYEX(N'master', N'IsAutoShrink') AS a,
    SQL_VARIANT_PROPERTY(DATABASEPROPERTYEX(N'master', N'IsAutoShrink'), 'BaseType') AS t;
-- expect
-- columns s sql_variant null, a sql_variant null, t sql_variant null
-- row 'ONLINE' | 0 | 'int'
-- rows 1

-- case: SESSIONPROPERTY is sql_variant with an int
-- source: SESSIONPROPERTY (Transact-SQL)
SELECT SESSIONPROPERTY('ANSI_NULLS') AS a, SQL_VARIANT_PROPERTY(SESSIONPROPERTY('ANSI_NULLS'), 'BaseType') AS b;
-- expect
-- columns a sql_variant null, b sql_variant null
-- row 1 | 'int'
-- rows 1

-- chapter: Session options
-- case: sp_set_session_context sets a key that SESSION_CONTEXT reads
-- source: sp_set_session_context; SESSION_CONTEXT (Transact-SQL)
EXEC sp_set_session_context 'user_id', 4;
SELECT SESSION_CONTEXT(N'user_id') AS id, SESSION_CONTEXT(N'no such key') AS none;
-- expect
-- columns id sql_variant null, none sql_variant null
-- row 4 | NULL
-- rows 1

-- case: a session context key keeps its type and can be changed
-- source: sp_set_session_context
EXEC sp_set_session_context @key = N'language', @value = 'English';
EXEC sys.sp_set_session_context @key = N'language', @value = N'Deutsch', @read_only = 0;
SELECT SESSION_CONTEXT(N'language') AS l, SQL_VARIANT_PROPERTY(SESSION_CONTEXT(N'language'), 'BaseType') AS t;
EXEC sp_set_session_context N'language', NULL;
SELECT SESSION_CONTEXT(N'language') AS l;
-- expect
-- columns l sql_variant null, t sql_variant null
-- row 'Deutsch' | 'nvarchar'
-- rows 1
-- columns l sql_variant null
-- row NULL
-- rows 1

-- case: a read-only key cannot be set again
-- source: Msg 15664; sp_set_session_context, @read_only
EXEC sp_set_session_context N'tenant', 7, @read_only = 1;
-- setup
EXEC sp_set_session_context N'tenant', 8;
SELECT SESSION_CONTEXT(N'tenant') AS t;
-- expect
-- Msg 15664, Level 16, State 1, Procedure sp_set_session_context, Line 1: Cannot set key 'tenant' in the session context. The key has been set as read_only for this session.
-- columns t sql_variant null
-- row 7
-- rows 1

-- case: the error of a read-only key can be caught
-- source: Msg 15664; TRY…CATCH
EXEC sp_set_session_context N'caught', 1, 1;
BEGIN TRY
    EXEC sp_set_session_context N'caught', 2;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n;
END CATCH;
-- expect
-- columns n int null
-- row 15664
-- rows 1

-- case: a session context lasts for the session only
-- source: SESSION_CONTEXT (Transact-SQL), Remarks
EXEC sp_set_session_context N'mine', 1;
-- setup
-- session other
SELECT SESSION_CONTEXT(N'mine') AS m;
-- expect
-- columns m sql_variant null
-- row NULL
-- rows 1

-- case: more than 1 MB of session context is refused
-- source: Msg 15665; sp_set_session_context, Remarks
DECLARE @i int = 0, @k sysname, @v varchar(8000) = REPLICATE('x', 8000);
WHILE @i < 125
BEGIN
    SET @k = CONCAT(N'k', @i);
    EXEC sp_set_session_context @k, @v;
    SET @i += 1;
END;
-- setup
DECLARE @v varchar(8000) = REPLICATE('x', 8000), @i int = 0;
BEGIN TRY
    WHILE @i < 20
    BEGIN
        DECLARE @k sysname = CONCAT(N'l', @i);
        EXEC sp_set_session_context @k, @v;
        SET @i += 1;
    END;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n;
END CATCH;
-- expect
-- columns n int null
-- row 15665
-- rows 1

-- chapter: Metadata
-- case: values of sequences and identity columns are sql_variant of their types
-- source: sys.sequences (Transact-SQL); sys.identity_columns (Transact-SQL)
CREATE SEQUENCE vseq AS smallint START WITH 5 INCREMENT BY 2;
CREATE TABLE vident (id bigint IDENTITY(10, 5) NOT NULL, n int);
INSERT vident (n) VALUES (1);
-- setup
SELECT start_value, increment, SQL_VARIANT_PROPERTY(start_value, 'BaseType') AS t, CAST(increment AS int) AS i
FROM sys.sequences WHERE name = 'vseq';
SELECT seed_value, increment_value, last_value, SQL_VARIANT_PROPERTY(seed_value, 'BaseType') AS t
FROM sys.identity_columns WHERE object_id = OBJECT_ID('vident');
-- expect
-- columns start_value sql_variant, increment sql_variant, t sql_variant, i int
-- row 5 | 2 | 'smallint' | 2
-- rows 1
-- columns seed_value sql_variant, increment_value sql_variant, last_value sql_variant, t sql_variant
-- row 10 | 5 | 10 | 'bigint'
-- rows 1

-- case: values of sys.configurations are sql_variant with an int
-- source: sys.configurations (Transact-SQL)
SELECT SQL_VARIANT_PROPERTY(value, 'BaseType') AS v, SQL_VARIANT_PROPERTY(maximum, 'BaseType') AS m
FROM sys.configurations WHERE name = N'nested triggers';
-- expect
-- columns v sql_variant, m sql_variant
-- row 'int' | 'int'
-- rows 1
