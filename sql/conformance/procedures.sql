-- chapter: Triggers and procedures

-- case: OUTPUT parameters come back, and the status is 0
-- source: CREATE PROCEDURE, "Return data using OUTPUT parameters"
CREATE PROCEDURE double_it @a int, @b int OUTPUT AS SET @b = @a * 2;
-- setup
DECLARE @r int, @s int = 7; EXEC @s = double_it 21, @r OUTPUT; SELECT @r AS r, @s AS s;
-- expect
-- columns r int, s int
-- row 42 | 0
-- rows 1

-- case: without OUTPUT in the call the variable keeps its value
-- source: EXECUTE, "OUTPUT"
CREATE PROCEDURE set_seven @b int OUTPUT AS SET @b = 7;
-- setup
DECLARE @r int = 1; EXEC set_seven @r; SELECT @r AS r;
-- expect
-- columns r int
-- row 1
-- rows 1

-- case: an OUTPUT parameter also takes a value in
-- source: CREATE PROCEDURE, "OUT | OUTPUT"
CREATE PROCEDURE add_one @n int OUT AS SET @n += 1;
-- setup
DECLARE @n int = 41; EXECUTE add_one @n = @n OUT; SELECT @n AS n;
-- expect
-- columns n int
-- row 42
-- rows 1

-- case: RETURN gives the status and ends the procedure
-- source: RETURN
CREATE PROCEDURE leave_early AS
SELECT 1 AS a;
RETURN 5;
SELECT 2 AS a;
-- setup
DECLARE @s int; EXEC @s = leave_early; SELECT @s AS s;
-- expect
-- columns a int
-- row 1
-- rows 1
-- columns s int
-- row 5
-- rows 1

-- case: RETURN of NULL is a status of 0 with a warning
-- source: RETURN, "a warning message is generated and a value of 0 is returned"
CREATE PROCEDURE leave_null AS RETURN NULL;
-- setup
DECLARE @s int = 9; EXEC @s = leave_null; SELECT @s AS s;
-- expect
-- Msg 282, Level 0, State *, Procedure leave_null, Line 1: The 'leave_null' procedure attempted to return a status of NULL, which is not allowed. A status of 0 will be returned instead.
-- columns s int
-- row 0
-- rows 1

-- case: arguments go by position and by name, DEFAULT and omission take the default
-- source: CREATE PROCEDURE, "Use wildcard parameters", "Specify parameter default values"
CREATE PROCEDURE show_three @a int = 1, @b varchar(10) = 'two', @c decimal(5,2) = -3.5 AS SELECT @a AS a, @b AS b, @c AS c;
-- setup
EXEC show_three;
EXEC show_three 7, DEFAULT, 2;
EXEC show_three @c = 9.25, @a = 4;
EXEC show_three 8, @c = NULL;
-- expect
-- columns a int, b varchar(10), c decimal(5,2)
-- row 1 | 'two' | -3.50
-- rows 1
-- columns a int, b varchar(10), c decimal(5,2)
-- row 7 | 'two' | 2.00
-- rows 1
-- columns a int, b varchar(10), c decimal(5,2)
-- row 4 | 'two' | 9.25
-- rows 1
-- columns a int, b varchar(10), c decimal(5,2)
-- row 8 | 'two' | NULL
-- rows 1

-- case: a bare word is a text, as argument and as default
-- source: EXECUTE, "parameter values"; CREATE PROCEDURE, "default"
CREATE PROCEDURE say @what varchar(20) = hello AS SELECT @what AS w;
-- setup
EXEC say; EXEC say world;
-- expect
-- columns w varchar(20)
-- row 'hello'
-- rows 1
-- columns w varchar(20)
-- row 'world'
-- rows 1

-- case: arguments are cut to the length of the parameter without an error
-- source: CREATE PROCEDURE, "parameters"; facts on silent truncation of variables
CREATE PROCEDURE cut @t varchar(3) AS SELECT @t AS t;
-- setup
EXEC cut 'abcdef';
-- expect
-- columns t varchar(3)
-- row 'abc'
-- rows 1

-- case: a missing argument is named with the procedure, and the batch goes on
-- source: Msg 201
CREATE PROCEDURE needs_two @a int, @b int AS SELECT @a + @b AS c;
-- setup
EXEC needs_two 1;
SELECT 1 AS next;
-- expect
-- Msg 201, Level 16, State 4, Procedure needs_two, Line 0: Procedure or function 'needs_two' expects parameter '@b', which was not supplied.
-- columns next int
-- row 1
-- rows 1

-- case: too many arguments
-- source: Msg 8144
CREATE PROCEDURE takes_one @a int AS SELECT @a AS a;
-- setup
EXEC takes_one 1, 2;
-- expect
-- Msg 8144, Level 16, State 2, Procedure takes_one, Line 0: Procedure or function takes_one has too many arguments specified.

-- case: a name that is no parameter
-- source: Msg 8145
CREATE PROCEDURE takes_named @a int AS SELECT @a AS a;
-- setup
EXEC takes_named @a = 1, @z = 2;
-- expect
-- Msg 8145, Level 16, State *, Procedure takes_named, Line 0: @z is not a parameter for procedure takes_named.

-- case: arguments for a procedure without parameters
-- source: Msg 8146
CREATE PROCEDURE takes_none AS SELECT 1 AS a;
-- setup
EXEC takes_none 1;
-- expect
-- Msg 8146, Level 16, State 2, Procedure takes_none, Line 0: Procedure takes_none has no parameters and arguments were supplied.

-- case: a parameter given twice
-- source: Msg 8143
CREATE PROCEDURE takes_once @a int AS SELECT @a AS a;
-- setup
EXEC takes_once 1, @a = 2;
-- expect
-- Msg 8143, Level 16, State *, Procedure takes_once, Line 0: Parameter '@a' was supplied multiple times.

-- case: OUTPUT for a parameter that is none
-- source: Msg 8162
CREATE PROCEDURE takes_in @a int AS SELECT @a AS a;
-- setup
DECLARE @v int = 1; EXEC takes_in @v OUTPUT;
-- expect
-- Msg 8162, Level 16, State 2, Procedure takes_in, Line 0: The formal parameter "@a" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output.

-- case: OUTPUT with a constant rejects the batch
-- source: Msg 179
CREATE PROCEDURE gives_out @a int OUTPUT AS SET @a = 1;
-- setup
SELECT 1 AS never; EXEC gives_out 5 OUTPUT;
-- expect
-- Msg 179, Level 15, State 1, Line 1: Cannot use the OUTPUT option when passing a constant to a stored procedure.

-- case: positional arguments after a named one reject the batch
-- source: Msg 119
SELECT 1 AS never;
EXEC anything @a = 1, 2;
-- expect
-- Msg 119, Level 15, State 1, Line 2: Must pass parameter number 2 and subsequent parameters as '@name = value'. After the form '@name = value' has been used, all subsequent parameters must be passed in the form '@name = value'.

-- case: an argument that cannot be converted
-- source: Msg 8114
CREATE PROCEDURE takes_int @a int AS SELECT @a AS a;
-- setup
EXEC takes_int 'x';
-- expect
-- Msg 8114, Level 16, State 5, Procedure takes_int, Line 0: Error converting data type varchar to int.

-- case: a procedure that does not exist ends nothing
-- source: Msg 2812
EXEC no_such_procedure;
SELECT 1 AS next;
-- expect
-- Msg 2812, Level 16, State 62, Line 1: Could not find stored procedure 'no_such_procedure'.
-- columns next int
-- row 1
-- rows 1

-- case: the name may stand in a variable
-- source: EXECUTE, "@module_name_var"
CREATE PROCEDURE by_name @a int AS SELECT @a AS a;
-- setup
DECLARE @p nvarchar(100) = N'[dbo].by_name', @s int; EXEC @s = @p 3;
SET @p = N'nowhere'; EXEC @p;
-- expect
-- columns a int
-- row 3
-- rows 1
-- Msg 2812, Level 16, State 62, Line 2: Could not find stored procedure 'nowhere'.

-- case: EXEC may be left out at the beginning of a batch
-- source: EXECUTE, "You don't have to specify the EXECUTE keyword"
CREATE PROCEDURE first_word @a int AS SELECT @a AS a;
-- setup
first_word 4
-- expect
-- columns a int
-- row 4
-- rows 1

-- case: a procedure may be made before its table
-- source: CREATE PROCEDURE, "deferred name resolution"
CREATE PROCEDURE early AS SELECT n FROM late_table;
-- setup
EXEC early;
SELECT 1 AS next;
-- expect
-- Msg 208, Level 16, State 1, Procedure early, Line 1: Invalid object name 'late_table'.
-- columns next int
-- row 1
-- rows 1
CREATE TABLE late_table (n int); INSERT late_table VALUES (6);
-- setup
EXEC early;
-- expect
-- columns n int
-- row 6
-- rows 1

-- case: a missing column of a table that exists rejects the definition
-- source: Msg 207
CREATE TABLE known_table (n int);
-- setup
CREATE PROCEDURE wrong_column AS
SELECT nothing FROM known_table;
-- expect
-- Msg 207, Level 16, State 1, Procedure wrong_column, Line 2: Invalid column name 'nothing'.
EXEC wrong_column;
-- expect
-- Msg 2812, Level 16, State 62, Line 1: Could not find stored procedure 'wrong_column'.

-- case: a syntax error in a body names the procedure and its line
-- source: Msg 156
CREATE PROCEDURE broken AS
SELECT 1;

SELECT FROM t;
-- expect
-- Msg 156, Level 15, State 1, Procedure broken, Line 4: Incorrect syntax near the keyword 'FROM'.

-- case: CREATE PROCEDURE must stand first
-- source: Msg 111
SELECT 1 AS a;
CREATE PROCEDURE second_statement AS SELECT 1 AS a;
-- expect
-- Msg 111, Level 15, State 1, Line 2: 'CREATE/ALTER PROCEDURE' must be the first statement in a query batch.

-- case: a name that is taken
-- source: Msg 2714
CREATE PROCEDURE taken AS SELECT 1 AS a;
-- setup
CREATE PROCEDURE taken AS SELECT 2 AS a;
-- expect
-- Msg 2714, Level 16, State 3, Procedure taken, Line 1: There is already an object named 'taken' in the database.

-- case: ALTER PROCEDURE of nothing, and of a table
-- source: Msg 208; Msg 2010
ALTER PROCEDURE never_made AS SELECT 1 AS a;
-- expect
-- Msg 208, Level 16, State 6, Procedure never_made, Line 1: Invalid object name 'never_made'.
CREATE TABLE not_a_procedure (a int);
-- setup
ALTER PROCEDURE not_a_procedure AS SELECT 1 AS a;
-- expect
-- Msg 2010, Level 16, State *, Procedure not_a_procedure, Line 1: Cannot perform alter on 'not_a_procedure' because it is an incompatible object type.

-- case: ALTER and CREATE OR ALTER give a new body to the same object
-- source: ALTER PROCEDURE; CREATE PROCEDURE, "OR ALTER"
CREATE OR ALTER PROCEDURE changing AS SELECT 1 AS a;
-- setup
DECLARE @id int = OBJECT_ID(N'changing'); EXEC changing; EXEC ('ALTER PROCEDURE changing AS SELECT 2 AS b'); EXEC changing;
EXEC ('CREATE OR ALTER PROC changing @x int AS SELECT @x AS c'); EXEC changing 3;
SELECT IIF(OBJECT_ID(N'changing', N'P') = @id, 1, 0) AS same;
-- expect
-- columns a int
-- row 1
-- rows 1
-- columns b int
-- row 2
-- rows 1
-- columns c int
-- row 3
-- rows 1
-- columns same int
-- row 1
-- rows 1

-- case: DROP PROCEDURE, twice, and of a table
-- source: Msg 3701; Msg 3705; DROP PROCEDURE, "IF EXISTS"
CREATE PROCEDURE short_lived AS SELECT 1 AS a;
-- setup
CREATE TABLE keeps_living (a int);
DROP PROCEDURE short_lived;
DROP PROCEDURE IF EXISTS short_lived;
DROP PROCEDURE short_lived;
DROP PROC keeps_living;
-- expect
-- Msg 3701, Level 11, State 5, Line 4: Cannot drop the procedure 'short_lived', because it does not exist or you do not have permission.
-- Msg 3705, Level 16, State 1, Line 5: Cannot use DROP PROCEDURE with 'keeps_living' because 'keeps_living' is a table. Use DROP TABLE.

-- case: temporary tables of the caller are seen, those of the procedure end with it
-- source: CREATE TABLE, "Temporary tables"
CREATE PROCEDURE uses_temp AS
SELECT a FROM #outer;
CREATE TABLE #inner (b int);
INSERT #inner VALUES (2);
SELECT b FROM #inner;
-- setup
CREATE TABLE #outer (a int); INSERT #outer VALUES (1);
EXEC uses_temp;
SELECT b FROM #inner;
-- expect
-- rows 1
-- columns a int
-- row 1
-- rows 1
-- rows 1
-- columns b int
-- row 2
-- rows 1
-- Msg 208, Level 16, State 0, Line 3: Invalid object name '#inner'.

-- case: SET in a procedure ends with it
-- source: SET statements, "If a SET statement runs in a stored procedure"
CREATE PROCEDURE quiet AS
SET NOCOUNT ON;
SET XACT_ABORT ON;
SELECT @@OPTIONS & 512 AS nocount, @@OPTIONS & 16384 AS xact_abort;
-- setup
EXEC quiet; SELECT @@OPTIONS & 512 AS nocount, @@OPTIONS & 16384 AS xact_abort;
-- expect
-- columns nocount int, xact_abort int
-- row 512 | 16384
-- columns nocount int, xact_abort int
-- row 0 | 0
-- rows 1

-- case: an error ends its statement, not the procedure; the status tells of it
-- source: RETURN; Msg 8134
CREATE PROCEDURE divides AS
DECLARE @a int = 1/0;
SELECT 2 AS b;
-- setup
DECLARE @s int = 0; EXEC @s = divides; SELECT IIF(@s < 0, 1, 0) AS failed;
-- expect
-- Msg 8134, Level 16, State 1, Procedure divides, Line 2: Divide by zero error encountered.
-- columns b int
-- row 2
-- rows 1
-- columns failed int
-- row 1
-- rows 1

-- case: TRY of the caller catches what the procedure does not, which ends there
-- source: TRY...CATCH, "Errors in stored procedures"
CREATE PROCEDURE throws_up AS
PRINT 'before';
DECLARE @a int = 1/0;
PRINT 'after';
-- setup
BEGIN TRY
    EXEC throws_up;
END TRY
BEGIN CATCH
    SELECT ERROR_NUMBER() AS n, ERROR_PROCEDURE() AS p, ERROR_LINE() AS l;
END CATCH
-- expect
-- Msg 0, Level 0, State 1, Procedure throws_up, Line 2: before
-- columns n int, p nvarchar(128), l int
-- row 8134 | 'throws_up' | 3
-- rows 1

-- case: a missing table inside a procedure is caught by its caller
-- source: TRY...CATCH, "statement-level recompilation"
CREATE PROCEDURE reads_nothing AS BEGIN TRY SELECT * FROM not_there; END TRY BEGIN CATCH PRINT 'inside'; END CATCH
-- setup
BEGIN TRY EXEC reads_nothing; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS n; END CATCH
-- expect
-- columns n int
-- row 208
-- rows 1

-- case: recursion goes 32 deep
-- source: Msg 217; CREATE PROCEDURE, "Nesting stored procedures"
CREATE PROCEDURE deep @n int AS IF @n < 32 BEGIN SET @n += 1; EXEC deep @n; END ELSE SELECT @@NESTLEVEL AS l;
-- setup
EXEC deep 1;
-- expect
-- columns l int
-- row 32
-- rows 1

-- case: beyond 32 levels the batch ends
-- source: Msg 217
CREATE PROCEDURE endless AS EXEC endless;
-- setup
EXEC endless;
SELECT 1 AS never;
-- expect
-- Msg 217, Level 16, State 1, Procedure endless, Line 1: Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).

-- case: a procedure that leaves a transaction open
-- source: Msg 266
CREATE PROCEDURE opens AS BEGIN TRANSACTION;
-- setup
EXEC opens;
SELECT @@TRANCOUNT AS t;
ROLLBACK;
-- expect
-- Msg 266, Level 16, State 2, Procedure opens, Line 0: Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = 0, current count = 1.
-- columns t int
-- row 1
-- rows 1

-- case: a procedure that rolls back its caller's transaction
-- source: Msg 266; ROLLBACK TRANSACTION, "in stored procedures"
CREATE PROCEDURE undoes AS ROLLBACK;
-- setup
BEGIN TRAN;
EXEC undoes;
SELECT @@TRANCOUNT AS t;
-- expect
-- Msg 266, Level 16, State 2, Procedure undoes, Line 0: Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = 1, current count = 0.
-- columns t int
-- row 0
-- rows 1

-- case: SCOPE_IDENTITY is of the scope, @@IDENTITY of the session
-- source: SCOPE_IDENTITY
CREATE TABLE counted (id int IDENTITY(10, 1), a int);
-- setup
CREATE PROCEDURE counts AS INSERT counted VALUES (1);
-- setup
EXEC counts; SELECT SCOPE_IDENTITY() AS s, @@IDENTITY AS i;
-- expect
-- rows 1
-- columns s numeric(38,0), i numeric(38,0)
-- row NULL | 10
-- rows 1

-- case: @@PROCID is the running procedure
-- source: @@PROCID
CREATE PROCEDURE who_am_i AS SELECT OBJECT_NAME(@@PROCID) AS n;
-- setup
EXEC who_am_i; SELECT @@PROCID AS p;
-- expect
-- columns n nvarchar(128)
-- row 'who_am_i'
-- rows 1
-- columns p int
-- row 0
-- rows 1

-- case: nesting levels of procedures, texts and sp_executesql
-- source: @@NESTLEVEL
CREATE PROCEDURE level AS SELECT @@NESTLEVEL AS l; EXEC ('SELECT @@NESTLEVEL AS l'); EXEC sp_executesql N'SELECT @@NESTLEVEL AS l';
-- setup
EXEC level;
-- expect
-- columns l int
-- row 1
-- rows 1
-- columns l int
-- row 2
-- rows 1
-- columns l int
-- row 3
-- rows 1

-- case: the tables of a procedure's own schema come first
-- source: CREATE PROCEDURE, "Best practices"; name resolution in modules
CREATE SCHEMA app;
-- setup
CREATE TABLE dbo.place (n varchar(5)); CREATE TABLE app.place (n varchar(5)); INSERT dbo.place VALUES ('dbo'); INSERT app.place VALUES ('app');
-- setup
CREATE PROCEDURE app.where_am_i AS SELECT n FROM place;
-- setup
EXEC app.where_am_i; SELECT n FROM place;
-- expect
-- columns n varchar(5)
-- row 'app'
-- rows 1
-- columns n varchar(5)
-- row 'dbo'
-- rows 1

-- case: a schema that holds a procedure stays
-- source: Msg 3729
CREATE SCHEMA full_one;
-- setup
CREATE PROCEDURE full_one.inside AS SELECT 1 AS a;
-- setup
DROP SCHEMA full_one;
-- expect
-- Msg 3729, Level 16, State 1, Line 1: Cannot drop schema 'full_one' because it is being referenced by object 'inside'.

-- case: a temporary procedure lives as long as its session
-- source: CREATE PROCEDURE, "Temporary stored procedures"
CREATE PROCEDURE #mine AS SELECT 1 AS a;
-- setup
EXEC #mine;
-- expect
-- columns a int
-- row 1
-- rows 1
-- session 2
EXEC #mine;
-- expect
-- Msg 2812, Level 16, State 62, Line 1: Could not find stored procedure '#mine'.

-- case: USE in a procedure
-- source: Msg 154
CREATE PROCEDURE elsewhere AS
USE master;
-- expect
-- Msg 154, Level 15, State 1, Procedure elsewhere, Line 2: a USE database statement is not allowed in a procedure, function or trigger.

-- case: the database has no place in the name of a definition
-- source: Msg 166
CREATE PROCEDURE master.dbo.far_away AS SELECT 1 AS a;
-- expect
-- Msg 166, Level 15, State 1, Line 1: 'CREATE/ALTER PROCEDURE' does not allow specifying the database name as a prefix to the object name.

-- case: RETURN with a value outside a module rejects the batch
-- source: Msg 178
SELECT 1 AS never;
RETURN 1;
-- expect
-- Msg 178, Level 15, State 1, Line 2: A RETURN statement with a return value cannot be used in this context.

-- case: sp_executesql has parameters of both directions, and a status
-- source: sp_executesql
DECLARE @o nvarchar(20), @s int;
EXEC @s = sp_executesql N'SET @out = @in + N''!''', N'@in nvarchar(10), @out nvarchar(20) OUTPUT', @in = N'hi', @out = @o OUTPUT;
SELECT @o AS o, @s AS s;
-- expect
-- columns o nvarchar(20), s int
-- row 'hi!' | 0
-- rows 1

-- case: sp_executesql wants Unicode
-- source: Msg 214; sp_executesql
EXEC sp_executesql 'SELECT 1';
-- expect
-- Msg 214, Level 16, State 2, Procedure sp_executesql, Line 1: Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.

-- case: WITH ENCRYPTION is refused by name
-- source: docs/embedded-server.md
-- only: embedded
CREATE PROCEDURE hidden WITH ENCRYPTION AS SELECT 1 AS a;
-- expect
-- Msg 40517, Level 16, State 1, Procedure hidden, Line 1: Keyword or statement option 'WITH ENCRYPTION' is not supported in this version of SQL Server.

-- case: WITH RESULT SETS is refused by name
-- source: docs/embedded-server.md
-- only: embedded
EXEC anything WITH RESULT SETS ((a int));
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'WITH RESULT SETS' is not supported in this version of SQL Server.

-- case: a body with something unsupported is refused as a whole
-- source: docs/embedded-server.md
-- only: embedded
CREATE PROCEDURE half AS
SELECT 1 AS a;
BACKUP DATABASE x TO DISK = 'y';
-- expect
-- Msg 40517, Level 16, State 1, Procedure half, Line 3: Keyword or statement option 'BACKUP' is not supported in this version of SQL Server.

-- case: a table-valued parameter brings rows, and none without an argument
-- source: Use table-valued parameters (Database Engine)
CREATE TYPE dbo.id_list AS TABLE (id int PRIMARY KEY);
-- setup
CREATE PROCEDURE sum_ids @ids dbo.id_list READONLY, @plus int = 0 AS SELECT COUNT(*) AS c, SUM(id) + @plus AS s FROM @ids;
-- setup
DECLARE @l dbo.id_list; INSERT @l VALUES (1), (2), (4);
EXEC sum_ids @l, 10;
EXEC sum_ids;
-- expect
-- rows 3
-- columns c int, s int
-- row 3 | 17
-- rows 1
-- columns c int, s int
-- row 0 | NULL
-- rows 1

-- case: a parameter of a table type is READONLY
-- source: Msg 352
CREATE TYPE dbo.name_list AS TABLE (n varchar(10));
-- setup
CREATE PROCEDURE takes_names @n dbo.name_list AS SELECT 1 AS a;
-- expect
-- Msg 352, Level 15, State *, Procedure takes_names, Line 1: The table-valued parameter "@n" must be declared with the READONLY option.
