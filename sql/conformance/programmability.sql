-- chapter: Programmability

-- case: a scalar function in a select list, a condition and an assignment
-- source: CREATE FUNCTION (Transact-SQL), scalar functions
CREATE FUNCTION dbo.twice (@n int) RETURNS int AS BEGIN RETURN @n * 2 END;
-- setup
CREATE TABLE nums (n int); INSERT nums VALUES (1), (2), (3);
DECLARE @v int; SET @v = dbo.twice(21);
SELECT @v AS v, dbo.twice(n) AS d FROM nums WHERE dbo.twice(n) > 2 ORDER BY dbo.twice(n) DESC;
-- expect
-- rows 3
-- columns v int, d int
-- row 42 | 6
-- row 42 | 4
-- rows 2

-- case: a function has variables, loops and branches
-- source: CREATE FUNCTION, "Remarks"
CREATE FUNCTION dbo.fact (@n int) RETURNS bigint AS
BEGIN
    DECLARE @r bigint = 1;
    WHILE @n > 1 BEGIN SET @r *= @n; SET @n -= 1; END
    IF @r > 1000 RETURN -1;
    RETURN @r;
END;
-- setup
SELECT dbo.fact(5) AS a, dbo.fact(10) AS b, dbo.fact(NULL) AS c;
-- expect
-- columns a bigint, b bigint, c bigint
-- row 120 | -1 | 1
-- rows 1

-- case: a function reads tables
-- source: CREATE FUNCTION, "scalar functions"
CREATE TABLE stock (id int PRIMARY KEY, amount int); INSERT stock VALUES (1, 10), (2, 20);
-- setup
CREATE FUNCTION dbo.amount_of (@id int) RETURNS int AS BEGIN
DECLARE @r int;
SELECT @r = amount FROM stock WHERE id = @id;
RETURN ISNULL(@r, 0); END;
-- setup
SELECT id, dbo.amount_of(id) + dbo.amount_of(99) AS a FROM stock ORDER BY id;
UPDATE stock SET amount = dbo.amount_of(id) + 1;
SELECT SUM(amount) AS s FROM stock;
-- expect
-- columns id int, a int
-- row 1 | 10
-- row 2 | 20
-- rows 2
-- rows 2
-- columns s int
-- row 32
-- rows 1

-- case: a function calls itself
-- source: CREATE FUNCTION, "nesting"
CREATE FUNCTION dbo.gcd (@a int, @b int) RETURNS int AS BEGIN
IF @b = 0 RETURN @a;
RETURN dbo.gcd(@b, @a % @b); END;
-- setup
SELECT dbo.gcd(48, 36) AS g;
-- expect
-- columns g int
-- row 12
-- rows 1

-- case: functions nest 32 deep
-- source: Msg 217
CREATE FUNCTION dbo.down (@n int) RETURNS int AS BEGIN RETURN dbo.down(@n + 1) END;
-- setup
DECLARE @n int;
SET @n = dbo.down(1);
-- expect
-- Msg 217, Level 16, State 1, Line 2: Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).

-- case: the result is cut and converted to the declared type
-- source: CREATE FUNCTION, "return_data_type"
CREATE FUNCTION dbo.short () RETURNS varchar(3) AS BEGIN RETURN 'abcdef' END;
-- setup
SELECT dbo.short() AS s;
-- expect
-- columns s varchar(3)
-- row 'abc'
-- rows 1

-- case: DEFAULT must be written for a function's default
-- source: CREATE FUNCTION, "the keyword DEFAULT must be specified"
CREATE FUNCTION dbo.plus (@a int, @b int = 10) RETURNS int AS BEGIN RETURN @a + @b END;
-- setup
SELECT dbo.plus(1, DEFAULT) AS p;
SELECT dbo.plus(1) AS p;
-- expect
-- Msg 313, Level 16, State 2, Line 2: An insufficient number of arguments were supplied for the procedure or function dbo.plus.

-- case: too many arguments of a function
-- source: Msg 8144
CREATE FUNCTION dbo.one (@a int) RETURNS int AS BEGIN RETURN @a END;
-- setup
SELECT dbo.one(1, 2) AS o;
-- expect
-- Msg 8144, Level 16, State 2, Line 1: Procedure or function dbo.one has too many arguments specified.

-- case: a function that does not exist
-- source: Msg 4121
SELECT dbo.not_a_function(1) AS x;
-- expect
-- Msg 4121, Level 16, State 1, Line 1: Cannot find either column "dbo" or the user-defined function or aggregate "dbo.not_a_function", or the name is ambiguous.

-- case: RETURNS NULL ON NULL INPUT does not run the body
-- source: CREATE FUNCTION, "RETURNS NULL ON NULL INPUT"
CREATE FUNCTION dbo.strict (@a int, @b int) RETURNS int WITH RETURNS NULL ON NULL INPUT AS BEGIN RETURN 7 END;
-- setup
CREATE FUNCTION dbo.loose (@a int, @b int) RETURNS int WITH CALLED ON NULL INPUT AS BEGIN RETURN 7 END;
-- setup
SELECT dbo.strict(1, NULL) AS s, dbo.strict(1, 2) AS t, dbo.loose(1, NULL) AS l;
-- expect
-- columns s int, t int, l int
-- row NULL | 7 | 7
-- rows 1

-- case: an error in a function is one of the statement that calls it
-- source: Msg 8134
CREATE FUNCTION dbo.ratio (@a int, @b int) RETURNS int AS
BEGIN
    RETURN @a / @b;
END;
-- setup
DECLARE @x int = 5;
SET @x = dbo.ratio(1, 0);
SELECT @x AS x;
-- expect
-- Msg 8134, Level 16, State 1, Line 2: Divide by zero error encountered.
-- columns x int
-- row 5
-- rows 1

-- case: a function may not change data
-- source: Msg 443; CREATE FUNCTION, "Limitations and restrictions"
CREATE TABLE untouchable (a int);
-- setup
CREATE FUNCTION dbo.writes () RETURNS int AS BEGIN
INSERT untouchable VALUES (1);
RETURN 1; END;
-- expect
-- Msg 443, Level 16, State *, Procedure writes, Line 2: Invalid use of a side-effecting operator 'INSERT' within a function.

-- case: a function may not print
-- source: Msg 443
CREATE FUNCTION dbo.prints () RETURNS int AS BEGIN
PRINT 'x';
RETURN 1; END;
-- expect
-- Msg 443, Level 16, State *, Procedure prints, Line 2: Invalid use of a side-effecting operator 'PRINT' within a function.

-- case: a function may not return rows to the client
-- source: Msg 444
CREATE FUNCTION dbo.shows () RETURNS int AS BEGIN
SELECT 1 AS a;
RETURN 1; END;
-- expect
-- Msg 444, Level 16, State 3, Procedure shows, Line 2: Select statements included within a function cannot return data to a client.

-- case: a function ends with RETURN
-- source: Msg 455
CREATE FUNCTION dbo.endless_f (@a int) RETURNS int AS BEGIN
IF @a = 1 RETURN 1;
END;
-- expect
-- Msg 455, Level 16, State 2, Procedure endless_f, Line 2: The last statement included within a function must be a return statement.

-- case: an inline function is a view with parameters
-- source: CREATE FUNCTION, "Inline table-valued function"
CREATE TABLE sale (id int PRIMARY KEY, shop int, total int); INSERT sale VALUES (1, 1, 5), (2, 1, 7), (3, 2, 9);
-- setup
CREATE FUNCTION dbo.sales_of (@shop int) RETURNS TABLE AS RETURN (SELECT id, total FROM sale WHERE shop = @shop);
-- setup
DECLARE @s int = 1;
SELECT s.id, s.total FROM dbo.sales_of(@s) AS s ORDER BY s.id;
SELECT SUM(total) AS t FROM dbo.sales_of(1 + 1);
-- expect
-- columns id int, total int
-- row 1 | 5
-- row 2 | 7
-- rows 2
-- columns t int
-- row 9
-- rows 1

-- case: an inline function under APPLY takes columns
-- source: FROM, "APPLY"
CREATE TABLE shop (id int); INSERT shop VALUES (1), (2), (3);
-- setup
CREATE TABLE visit (shop int, n int); INSERT visit VALUES (1, 5), (1, 6), (2, 7);
-- setup
CREATE FUNCTION dbo.visits_of (@shop int) RETURNS TABLE RETURN SELECT n FROM visit WHERE shop = @shop;
-- setup
SELECT s.id, v.n FROM shop AS s OUTER APPLY dbo.visits_of(s.id) AS v ORDER BY s.id, v.n;
-- expect
-- columns id int, n int
-- row 1 | 5
-- row 1 | 6
-- row 2 | 7
-- row 3 | NULL
-- rows 4

-- case: every column of an inline function has a name
-- source: Msg 4514
CREATE FUNCTION dbo.nameless () RETURNS TABLE AS RETURN (SELECT 1 + 1);
-- expect
-- Msg 4514, Level 16, State *, Procedure nameless, Line 1: CREATE FUNCTION failed because a column name is not specified for column 1.

-- case: an inline function needs its tables
-- source: Msg 208
CREATE FUNCTION dbo.homeless () RETURNS TABLE AS RETURN (SELECT a FROM nowhere_at_all);
-- expect
-- Msg 208, Level 16, State 1, Procedure homeless, Line 1: Invalid object name 'nowhere_at_all'.

-- case: a function of several statements fills its table
-- source: CREATE FUNCTION, "Multi-statement table-valued function"
CREATE FUNCTION dbo.series (@from int, @to int) RETURNS @r TABLE (n int PRIMARY KEY, sq int NOT NULL) AS
BEGIN
    WHILE @from <= @to
    BEGIN
        INSERT @r VALUES (@from, @from * @from);
        SET @from += 1;
    END
    RETURN;
END;
-- setup
SELECT n, sq FROM dbo.series(2, 4) ORDER BY n;
SELECT x.n, s.sq FROM (VALUES (1), (3)) AS x (n) CROSS APPLY dbo.series(x.n, x.n) AS s ORDER BY x.n;
-- expect
-- columns n int, sq int
-- row 2 | 4
-- row 3 | 9
-- row 4 | 16
-- rows 3
-- columns n int, sq int
-- row 1 | 1
-- row 3 | 9
-- rows 2

-- case: a function of several statements cannot return a value
-- source: Msg 178
CREATE FUNCTION dbo.confused () RETURNS @r TABLE (n int) AS BEGIN
RETURN 1; END;
-- expect
-- Msg 178, Level 15, State 1, Procedure confused, Line 2: A RETURN statement with a return value cannot be used in this context.

-- case: ALTER FUNCTION keeps the kind
-- source: Msg 2010; ALTER FUNCTION
CREATE FUNCTION dbo.kind_of () RETURNS int AS BEGIN RETURN 1 END;
-- setup
ALTER FUNCTION dbo.kind_of () RETURNS int AS BEGIN RETURN 2 END;
-- setup
SELECT dbo.kind_of() AS k;
-- expect
-- columns k int
-- row 2
-- rows 1
ALTER FUNCTION dbo.kind_of () RETURNS TABLE AS RETURN SELECT 3 AS a;
-- expect
-- Msg 2010, Level 16, State *, Procedure kind_of, Line 1: Cannot perform alter on 'dbo.kind_of' because it is an incompatible object type.

-- case: DROP FUNCTION
-- source: DROP FUNCTION; Msg 3701
CREATE FUNCTION dbo.brief () RETURNS int AS BEGIN RETURN 1 END;
-- setup
DROP FUNCTION dbo.brief;
DROP FUNCTION IF EXISTS dbo.brief;
DROP FUNCTION dbo.brief;
-- expect
-- Msg 3701, Level 11, State 5, Line 3: Cannot drop the function 'dbo.brief', because it does not exist or you do not have permission.

-- case: GOTO jumps forward and back
-- source: GOTO
DECLARE @i int = 0;
again:
SET @i += 1;
IF @i < 3 GOTO again;
GOTO done;
SELECT 'skipped' AS s;
done:
SELECT @i AS i;
-- expect
-- columns i int
-- row 3
-- rows 1

-- case: GOTO leaves loops and TRY blocks, and enters blocks
-- source: GOTO, "Remarks"
DECLARE @i int = 0;
WHILE 1 = 1
BEGIN
    BEGIN TRY
        SET @i += 1;
        IF @i = 5 GOTO out_of_it;
    END TRY
    BEGIN CATCH
        PRINT 'never';
    END CATCH
END
out_of_it:
GOTO within;
IF 1 = 0
BEGIN
    PRINT 'skipped';
    within:
    SELECT @i AS i;
END
-- expect
-- columns i int
-- row 5
-- rows 1

-- case: a label that is not there rejects the batch
-- source: Msg 133
SELECT 1 AS never;
GOTO nowhere;
-- expect
-- Msg 133, Level 15, State 1, Line 2: A GOTO statement references the label 'nowhere' but the label has not been declared.

-- case: a label declared twice rejects the batch
-- source: Msg 132
here:
SELECT 1 AS never;
here:
SELECT 2 AS never;
-- expect
-- Msg 132, Level 15, State 1, Line 3: The label 'here' has already been declared. Label names must be unique within a query batch or stored procedure.

-- case: GOTO cannot enter TRY
-- source: Msg 1026; GOTO
GOTO inside;
BEGIN TRY
    inside:
    SELECT 1 AS never;
END TRY
BEGIN CATCH
END CATCH
-- expect
-- Msg 1026, Level 15, State *, Line 1: GOTO cannot be used to jump into a TRY or CATCH scope.

-- case: WAITFOR DELAY goes on when its time is over
-- source: WAITFOR
DECLARE @d char(12) = '00:00:00.010';
WAITFOR DELAY '00:00:00';
WAITFOR DELAY @d;
SELECT 1 AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: a time that is none
-- source: Msg 148
WAITFOR DELAY 'soon';
-- expect
-- Msg 148, Level 15, State 1, Line 1: Incorrect time syntax in time string 'soon' used with WAITFOR.

-- case: an attention ends WAITFOR
-- source: WAITFOR; attention
-- session 2 async
WAITFOR DELAY '01:00:00';
-- sent
-- session 2 waits
-- session 2 attention
-- session 2 await
-- expect
SELECT 1 AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: WHILE with BREAK and CONTINUE
-- source: WHILE
DECLARE @i int = 0, @s int = 0;
WHILE @i < 10
BEGIN
    SET @i += 1;
    IF @i % 2 = 0 CONTINUE;
    IF @i > 7 BREAK;
    SET @s += @i;
END
SELECT @i AS i, @s AS s;
-- expect
-- columns i int, s int
-- row 9 | 16
-- rows 1

-- case: BREAK outside a loop rejects the batch
-- source: Msg 135
SELECT 1 AS never;
BREAK;
-- expect
-- Msg 135, Level 15, State 1, Line 2: Cannot use a BREAK statement outside the scope of a WHILE statement.

-- case: DECLARE in a loop gives the initial value again, and without one keeps the old value
-- source: DECLARE @local_variable, "initial value"
DECLARE @i int = 0;
WHILE @i < 2
BEGIN
    DECLARE @a int = 1, @b int;
    SET @a += 1;
    SET @b = ISNULL(@b, 0) + 1;
    SET @i += 1;
END
SELECT @a AS a, @b AS b;
-- expect
-- columns a int, b int
-- row 2 | 2
-- rows 1

-- case: an initial value does not see its neighbours
-- source: Msg 137
DECLARE @a int = 1, @b int = @a;
SELECT @b AS never;
-- expect
-- Msg 137, Level 15, State 2, Line 1: Must declare the scalar variable "@a".

-- case: an undeclared variable rejects the batch, also in a branch that never runs
-- source: Msg 137
SELECT 1 AS never;
IF 1 = 0 PRINT @nothing;
-- expect
-- Msg 137, Level 15, State 2, Line 2: Must declare the scalar variable "@nothing".

-- case: SET of an undeclared variable
-- source: Msg 137
SELECT 1 AS never;
SET @nothing = 1;
-- expect
-- Msg 137, Level 15, State 1, Line 2: Must declare the scalar variable "@nothing".

-- case: compound assignments
-- source: Compound operators
DECLARE @a int = 7, @s varchar(10) = 'ab', @d decimal(5,2) = 1.5;
SET @a += 3; SET @a -= 1; SET @a *= 4; SET @a /= 5; SET @a %= 4;
SET @s += 'cd'; SET @d *= 2;
SET @a |= 8; SET @a ^= 1; SET @a &= 13;
SELECT @a AS a, @s AS s, @d AS d;
-- expect
-- columns a int, s varchar(10), d decimal(5,2)
-- row 8 | 'abcd' | 3.00
-- rows 1

-- case: SELECT @v over several rows keeps the last, over none the old value
-- source: SELECT @local_variable
CREATE TABLE three (n int PRIMARY KEY); INSERT three VALUES (1), (2), (3);
-- setup
DECLARE @v int = 9, @w int = 9, @sum int = 0;
SELECT @v = n FROM three ORDER BY n;
SELECT @w = n FROM three WHERE n > 100;
SELECT @sum += n FROM three;
SELECT @v AS v, @w AS w, @sum AS s;
SET @w = (SELECT n FROM three WHERE n > 100);
SELECT @w AS w;
-- expect
-- columns v int, w int, s int
-- row 3 | 9 | 6
-- rows 1
-- columns w int
-- row NULL
-- rows 1

-- case: @@ERROR is of the last statement only
-- source: @@ERROR
RAISERROR('bad', 16, 1);
SELECT @@ERROR AS e;
SELECT @@ERROR AS e;
-- expect
-- Msg 50000, Level 16, State 1, Line 1: bad
-- columns e int
-- row 50000
-- rows 1
-- columns e int
-- row 0
-- rows 1

-- case: IF tests @@ERROR and clears it
-- source: @@ERROR, "Because @@ERROR is cleared and reset on each statement executed"
RAISERROR('bad', 16, 1);
IF @@ERROR <> 0 SELECT @@ERROR AS e;
-- expect
-- Msg 50000, Level 16, State 1, Line 1: bad
-- columns e int
-- row 0
-- rows 1

-- case: PRINT shows numbers, dates of the default style, NULL as nothing
-- source: PRINT
PRINT 1 + 1;
PRINT CAST('2024-01-31 13:05:00' AS datetime);
PRINT NULL;
PRINT N'ü';
-- expect
-- Msg 0, Level 0, State 1, Line 1: 2
-- Msg 0, Level 0, State 1, Line 2: Jan 31 2024  1:05PM
-- Msg 0, Level 0, State 1, Line 3
-- Msg 0, Level 0, State 1, Line 4: ü

-- case: nested TRY: the inner CATCH may throw to the outer one
-- source: TRY...CATCH, "nested"
BEGIN TRY
    BEGIN TRY
        RAISERROR('inner', 16, 2);
    END TRY
    BEGIN CATCH
        SELECT ERROR_MESSAGE() AS m, ERROR_STATE() AS s;
        THROW 50001, 'outer', 7;
    END CATCH
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m, ERROR_STATE() AS s;
END CATCH
SELECT ERROR_MESSAGE() AS m;
-- expect
-- columns m nvarchar(4000), s int
-- row 'inner' | 2
-- rows 1
-- columns n int, m nvarchar(4000), s int
-- row 50001 | 'outer' | 7
-- rows 1
-- columns m nvarchar(4000)
-- row NULL
-- rows 1

-- case: THROW alone throws the caught error again with its own line
-- source: THROW, "Remarks"
BEGIN TRY
    DECLARE @x int;
    SET @x = 1/0;
END TRY
BEGIN CATCH
    PRINT 'caught';
    THROW;
END CATCH
-- expect
-- Msg 0, Level 0, State 1, Line 6: caught
-- Msg 8134, Level 16, State 1, Line 3: Divide by zero error encountered.

-- case: ERROR functions reach into procedures called by CATCH
-- source: ERROR_MESSAGE, "from anywhere within the scope of the CATCH block"
CREATE PROCEDURE report_error AS SELECT ERROR_NUMBER() AS n, ERROR_LINE() AS l;
-- setup
BEGIN TRY
    THROW 51000, 'x', 1;
END TRY
BEGIN CATCH
    EXEC report_error;
END CATCH
-- expect
-- columns n int, l int
-- row 51000 | 2
-- rows 1

-- case: RETURN inside TRY ends the batch without error
-- source: RETURN; TRY...CATCH
BEGIN TRY
    SELECT 1 AS a;
    RETURN;
END TRY
BEGIN CATCH
    SELECT 2 AS a;
END CATCH
SELECT 3 AS a;
-- expect
-- columns a int
-- row 1
-- rows 1

-- case: a CHECK with a function of one's own is refused
-- source: docs/embedded-server.md
-- only: embedded
CREATE FUNCTION dbo.is_good (@n int) RETURNS bit AS BEGIN RETURN 1 END;
-- setup
CREATE TABLE judged (n int CHECK (dbo.is_good(n) = 1));
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'CHECK with a user-defined function' is not supported in this version of SQL Server.
