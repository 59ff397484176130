-- chapter: Programmability

-- case: a loop over a cursor
-- source: DECLARE CURSOR, "Use simple cursor and syntax"; @@FETCH_STATUS
CREATE TABLE cu1 (id int PRIMARY KEY, n varchar(5)); INSERT cu1 VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- setup
DECLARE @id int, @n varchar(5), @all varchar(50) = '';
DECLARE c CURSOR LOCAL FAST_FORWARD FOR SELECT id, n FROM cu1 ORDER BY id DESC;
OPEN c;
FETCH NEXT FROM c INTO @id, @n;
WHILE @@FETCH_STATUS = 0
BEGIN
    SET @all += CAST(@id AS varchar(5)) + @n;
    FETCH NEXT FROM c INTO @id, @n;
END
CLOSE c;
DEALLOCATE c;
SELECT @all AS a, @@FETCH_STATUS AS s, @id AS id;
-- expect
-- columns a varchar(50), s int, id int
-- row '3c2b1a' | -1 | 1
-- rows 1

-- case: FETCH without INTO returns a row to the client
-- source: FETCH
CREATE TABLE cu2 (id int PRIMARY KEY); INSERT cu2 VALUES (7);
-- setup
DECLARE c CURSOR LOCAL FOR SELECT id FROM cu2; OPEN c;
FETCH NEXT FROM c;
FETCH NEXT FROM c;
-- expect
-- columns id int
-- row 7
-- rows 1
-- columns id int
-- rows 0

-- case: a scrollable static cursor goes anywhere
-- source: FETCH, "Declare a SCROLL cursor and use the other FETCH options"
CREATE TABLE cu3 (id int PRIMARY KEY); INSERT cu3 VALUES (1), (2), (3), (4), (5);
-- setup
DECLARE @v int, @all varchar(50) = '';
DECLARE c SCROLL CURSOR FOR SELECT id FROM cu3 ORDER BY id FOR READ ONLY;
OPEN c;
FETCH LAST FROM c INTO @v; SET @all += CAST(@v AS varchar(5));
FETCH PRIOR FROM c INTO @v; SET @all += CAST(@v AS varchar(5));
FETCH FIRST FROM c INTO @v; SET @all += CAST(@v AS varchar(5));
FETCH ABSOLUTE 3 FROM c INTO @v; SET @all += CAST(@v AS varchar(5));
FETCH ABSOLUTE -2 FROM c INTO @v; SET @all += CAST(@v AS varchar(5));
FETCH RELATIVE -2 FROM c INTO @v; SET @all += CAST(@v AS varchar(5));
FETCH PRIOR FROM c INTO @v; FETCH PRIOR FROM c INTO @v;
SELECT @all AS a, @@FETCH_STATUS AS s, @v AS v;
DEALLOCATE c;
-- expect
-- columns a varchar(50), s int, v int
-- row '541342' | -1 | 1
-- rows 1

-- case: a forward only cursor does not go back
-- source: Msg 16911; DECLARE CURSOR, "FORWARD_ONLY"
DECLARE @v int;
DECLARE c CURSOR LOCAL FORWARD_ONLY STATIC FOR SELECT 1 AS a; OPEN c;
FETCH FIRST FROM c INTO @v;
-- expect
-- Msg 16911, Level 16, State *, Line 3: fetch: The fetch type first cannot be used with forward only cursors.

-- case: a static cursor keeps its rows, and counts them
-- source: DECLARE CURSOR, "STATIC"; @@CURSOR_ROWS
CREATE TABLE cu5 (id int PRIMARY KEY); INSERT cu5 VALUES (1), (2);
-- setup
SET NOCOUNT ON;
DECLARE @v int, @sum int = 0;
DECLARE c CURSOR LOCAL STATIC FOR SELECT id FROM cu5;
OPEN c;
INSERT cu5 VALUES (3);
DELETE cu5 WHERE id = 1;
FETCH NEXT FROM c INTO @v;
WHILE @@FETCH_STATUS = 0 BEGIN SET @sum += @v; FETCH NEXT FROM c INTO @v; END
SELECT @sum AS s, @@CURSOR_ROWS AS r;
-- expect
-- columns s int, r int
-- row 3 | 2

-- case: rows that are changed after they were fetched do not disturb the loop
-- source: DECLARE CURSOR, "DYNAMIC"
CREATE TABLE cu6 (id int PRIMARY KEY, done bit); INSERT cu6 VALUES (1, 0), (2, 0), (3, 0);
-- setup
SET NOCOUNT ON;
DECLARE @id int, @n int = 0;
DECLARE c CURSOR LOCAL FOR SELECT id FROM cu6 WHERE done = 0;
OPEN c;
FETCH NEXT FROM c INTO @id;
WHILE @@FETCH_STATUS = 0
BEGIN
    UPDATE cu6 SET done = 1 WHERE id = @id;
    SET @n += 1;
    FETCH NEXT FROM c INTO @id;
END
SELECT @n AS n, (SELECT COUNT(*) FROM cu6 WHERE done = 1) AS d;
-- expect
-- columns n int, d int
-- row 3 | 3

-- case: WHERE CURRENT OF changes and deletes the row that was fetched
-- source: UPDATE, "WHERE CURRENT OF"; DELETE, "WHERE CURRENT OF"
CREATE TABLE cu7 (id int PRIMARY KEY, v int); INSERT cu7 VALUES (1, 10), (2, 20), (3, 30);
-- setup
SET NOCOUNT ON;
DECLARE @id int;
DECLARE c CURSOR LOCAL FOR SELECT id FROM cu7;
OPEN c;
FETCH NEXT FROM c INTO @id;
UPDATE cu7 SET v = v + 1 WHERE CURRENT OF c;
FETCH NEXT FROM c INTO @id;
DELETE FROM cu7 WHERE CURRENT OF c;
FETCH NEXT FROM c INTO @id;
SELECT @id AS id;
SELECT id, v FROM cu7 ORDER BY id;
-- expect
-- columns id int
-- row 3
-- columns id int, v int
-- row 1 | 11
-- row 3 | 30

-- case: a read only cursor changes nothing
-- source: Msg 16929
CREATE TABLE cu8 (id int PRIMARY KEY); INSERT cu8 VALUES (1);
-- setup
DECLARE @id int;
DECLARE c CURSOR LOCAL READ_ONLY FOR SELECT id FROM cu8; OPEN c; FETCH NEXT FROM c INTO @id;
DELETE cu8 WHERE CURRENT OF c;
-- expect
-- Msg 16929, Level 16, State *, Line 3: The cursor is READ ONLY.
-- Msg 3621, Level 0, State 0, Line 3: The statement has been terminated.

-- case: global cursors outlive their batch, local ones do not
-- source: DECLARE CURSOR, "LOCAL", "GLOBAL"
DECLARE g CURSOR GLOBAL FOR SELECT 1 AS a; DECLARE l CURSOR LOCAL FOR SELECT 2 AS a; OPEN g;
-- setup
FETCH NEXT FROM g;
OPEN l;
-- expect
-- columns a int
-- row 1
-- rows 1
-- Msg 16916, Level 16, State 1, Line 2: A cursor with the name 'l' does not exist.

-- case: a name that is taken
-- source: Msg 16915
DECLARE twice CURSOR GLOBAL FOR SELECT 1 AS a;
-- setup
DECLARE twice CURSOR GLOBAL FOR SELECT 1 AS a;
-- expect
-- Msg 16915, Level 16, State 1, Line 1: A cursor with the name 'twice' already exists.

-- case: FETCH and CLOSE need an open cursor, OPEN a closed one
-- source: Msg 16917; Msg 16905
DECLARE c CURSOR LOCAL FOR SELECT 1 AS a;
FETCH NEXT FROM c;
CLOSE c;
OPEN c;
OPEN c;
-- expect
-- Msg 16917, Level 16, State 1, Line 2: Cursor is not open.
-- Msg 16917, Level 16, State 1, Line 3: Cursor is not open.
-- Msg 16905, Level 16, State 1, Line 5: The cursor is already open.

-- case: as many variables as columns
-- source: Msg 16924
DECLARE @a int;
DECLARE c CURSOR LOCAL FOR SELECT 1 AS a, 2 AS b; OPEN c;
FETCH NEXT FROM c INTO @a;
-- expect
-- Msg 16924, Level 16, State 1, Line 3: Cursorfetch: The number of variables declared in the INTO list must match that of selected columns.

-- case: variables of the query have their values of DECLARE
-- source: DECLARE CURSOR, "Remarks" on variables
CREATE TABLE cu13 (id int PRIMARY KEY); INSERT cu13 VALUES (1), (2), (3);
-- setup
DECLARE @from int = 3;
DECLARE c CURSOR LOCAL FOR SELECT id FROM cu13 WHERE id >= @from;
SET @from = 1;
OPEN c; FETCH NEXT FROM c;
-- expect
-- columns id int
-- row 3
-- rows 1

-- case: cursor variables
-- source: SET @local_variable, "cursor_variable"; CURSOR_STATUS
DECLARE @c CURSOR, @d CURSOR;
SELECT CURSOR_STATUS('variable', '@c') AS s;
SET @c = CURSOR STATIC FOR SELECT 5 AS a;
OPEN @c;
SET @d = @c;
FETCH NEXT FROM @d;
SELECT CURSOR_STATUS('variable', '@c') AS s;
CLOSE @c; DEALLOCATE @c;
SELECT CURSOR_STATUS('variable', '@d') AS s;
-- expect
-- columns s smallint
-- row -2
-- rows 1
-- columns a int
-- row 5
-- rows 1
-- columns s smallint
-- row 1
-- rows 1
-- columns s smallint
-- row -1
-- rows 1

-- case: a cursor variable without a cursor
-- source: Msg 16950
DECLARE @c CURSOR;
OPEN @c;
-- expect
-- Msg 16950, Level 16, State *, Line 2: The variable '@c' does not currently have a cursor allocated to it.

-- case: a cursor in a procedure is its own
-- source: DECLARE CURSOR, "LOCAL"
CREATE PROCEDURE count_up @to int AS
DECLARE @v int, @s int = 0;
DECLARE c CURSOR LOCAL STATIC FOR SELECT value FROM GENERATE_SERIES(1, @to);
OPEN c; FETCH NEXT FROM c INTO @v;
WHILE @@FETCH_STATUS = 0 BEGIN SET @s += @v; FETCH NEXT FROM c INTO @v; END
RETURN @s;
-- setup
DECLARE @a int, @b int; EXEC @a = count_up 4; EXEC @b = count_up 10; SELECT @a AS a, @b AS b, CURSOR_STATUS('local', 'c') AS s;
-- expect
-- columns a int, b int, s smallint
-- row 10 | 55 | -3
-- rows 1

-- case: rows that come after OPEN in a way no one can follow are refused
-- source: docs/embedded-server.md
-- only: embedded
CREATE TABLE cu17 (id int PRIMARY KEY); INSERT cu17 VALUES (1), (2);
-- setup
SET NOCOUNT ON;
DECLARE c CURSOR KEYSET FOR SELECT id FROM cu17; OPEN c;
DELETE cu17 WHERE id = 2;
FETCH NEXT FROM c;
-- expect
-- Msg 40517, Level 16, State 1, Line 4: Keyword or statement option 'FETCH of rows that changed since OPEN (declare the cursor STATIC)' is not supported in this version of SQL Server.
