-- chapter: SELECT
-- case: OPENJSON lists the properties of an object
-- source: OPENJSON, "Return value"
SELECT [key], value, type FROM OPENJSON('{"a":"x","b":1.50,"c":true,"d":null,"e":[1, 2],"f":{"g":1}}');
-- expect
-- columns key nvarchar(4000), value nvarchar(max), type tinyint
-- row 'a' | 'x' | 1
-- row 'b' | '1.50' | 2
-- row 'c' | 'true' | 3
-- row 'd' | NULL | 0
-- row 'e' | '[1, 2]' | 4
-- row 'f' | '{"g":1}' | 5
-- rows 6

-- case: OPENJSON numbers the elements of an array
-- source: OPENJSON, "Return value"
SELECT [key], value FROM OPENJSON('{"items":["a","b"]}', '$.items');
-- expect
-- columns key nvarchar(4000), value nvarchar(max)
-- row '0' | 'a'
-- row '1' | 'b'
-- rows 2

-- case: OPENJSON WITH gives columns their types and paths
-- source: Use OPENJSON with an explicit schema
DECLARE @json nvarchar(max) = N'[{"id":1,"name":"Ann","address":{"city":"Oslo"},"tags":["x"]},{"id":2,"at":"2024-01-31T10:00:00"}]';
SELECT id, name, city, tags, [at] FROM OPENJSON(@json) WITH (id int, name nvarchar(20), city varchar(10) '$.address.city', tags nvarchar(max) AS JSON, [at] datetime2(0));
-- expect
-- columns id int, name nvarchar(20), city varchar(10), tags nvarchar(max), at datetime2(0)
-- row 1 | 'Ann' | 'Oslo' | '["x"]' | NULL
-- row 2 | NULL | NULL | NULL | 2024-01-31 10:00:00
-- rows 2

-- case: OPENJSON under CROSS APPLY
-- source: OPENJSON, "Examples"
CREATE TABLE oj1 (id int NOT NULL, list nvarchar(100) NULL);
INSERT oj1 VALUES (1, N'[10,20]'), (2, N'[]'), (3, NULL);
-- setup
SELECT t.id, v.n FROM oj1 AS t CROSS APPLY OPENJSON(t.list) WITH (n int '$') AS v ORDER BY t.id, v.n;
-- expect
-- columns id int, n int
-- row 1 | 10
-- row 1 | 20
-- rows 2

-- case: OPENJSON of something else
-- source: Msg 13609
SELECT value FROM OPENJSON('not json');
-- expect
-- columns value nvarchar(max)
-- Msg 13609, Level 16, State 4, Line 1: JSON text is not properly formatted. Unexpected character 'n' is found at position 0.

-- case: a strict path must be there
-- source: Msg 13608
SELECT COUNT(*) AS n FROM OPENJSON('{"b":1}', 'lax $.a');
SELECT value FROM OPENJSON('{"b":1}', 'strict $.a');
-- expect
-- columns n int
-- row 0
-- rows 1
-- columns value nvarchar(max)
-- Msg 13608, Level 16, State 3, Line 2: Property cannot be found on the specified JSON path.

-- case: AS JSON asks for nvarchar(max)
-- source: Msg 13618
SELECT a FROM OPENJSON('[{"a":1}]') WITH (a int '$.a' AS JSON);
-- expect
-- Msg 13618, Level 16, State *, Line 1: AS JSON option can be specified only for column of nvarchar(max) type in WITH clause.

-- case: FOR JSON PATH nests by dots and leaves NULL out
-- source: Format nested JSON output with PATH mode
SET NOCOUNT ON;
SELECT 1 AS id, N'Ann' AS [name.first], CAST(NULL AS int) AS [name.age], CAST(1 AS bit) AS ok FOR JSON PATH;
SELECT 1 AS id, CAST(NULL AS int) AS x FOR JSON PATH, INCLUDE_NULL_VALUES, ROOT('r');
SELECT 1 AS id FOR JSON PATH, WITHOUT_ARRAY_WRAPPER;
-- expect
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row '[{"id":1,"name":{"first":"Ann"},"ok":true}]'
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row '{"r":[{"id":1,"x":null}]}'
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row '{"id":1}'

-- case: FOR JSON writes types as JSON has them
-- source: How FOR JSON converts SQL Server data types to JSON data types
SELECT (SELECT CAST(1.50 AS decimal(5,2)) AS d, CAST(2 AS money) AS m, CAST('2024-01-31' AS date) AS day, CAST('2024-01-31 10:20:30' AS datetime) AS at, 0x0102 AS b, N'a"b/c\' + CHAR(10) AS s FOR JSON PATH, WITHOUT_ARRAY_WRAPPER) AS j;
-- expect
-- columns j nvarchar(max)
-- row '{"d":1.50,"m":2.0000,"day":"2024-01-31","at":"2024-01-31T10:20:30","b":"AQI=","s":"a\\"b\\/c\\\\\\n"}'
-- rows 1

-- case: FOR JSON in a subquery nests, JSON_QUERY too
-- source: Format query results as JSON with FOR JSON
CREATE TABLE fj1 (id int NOT NULL, name varchar(10) NOT NULL);
CREATE TABLE fj2 (id int NOT NULL, item varchar(10) NOT NULL);
INSERT fj1 VALUES (1, 'Ann'), (2, 'Bob');
INSERT fj2 VALUES (1, 'tea'), (1, 'jam');
-- setup
SET NOCOUNT ON;
SELECT a.name, (SELECT b.item FROM fj2 AS b WHERE b.id = a.id ORDER BY b.item FOR JSON PATH) AS items, JSON_QUERY('{"k":1}') AS q FROM fj1 AS a ORDER BY a.id FOR JSON PATH;
-- expect
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row '[{"name":"Ann","items":[{"item":"jam"},{"item":"tea"}],"q":{"k":1}},{"name":"Bob","q":{"k":1}}]'

-- case: FOR JSON AUTO nests joined tables
-- source: Format JSON output automatically with AUTO mode
CREATE TABLE fj3 (id int NOT NULL, name varchar(10) NOT NULL);
CREATE TABLE fj4 (id int NOT NULL, item varchar(10) NOT NULL);
INSERT fj3 VALUES (1, 'Ann'), (2, 'Bob');
INSERT fj4 VALUES (1, 'tea'), (1, 'jam'), (2, 'rye');
-- setup
SET NOCOUNT ON;
SELECT a.name, items.item FROM fj3 AS a JOIN fj4 AS items ON items.id = a.id ORDER BY a.id, items.item FOR JSON AUTO;
SELECT name FROM fj3 ORDER BY id FOR JSON AUTO;
-- expect
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row '[{"name":"Ann","items":[{"item":"jam"},{"item":"tea"}]},{"name":"Bob","items":[{"item":"rye"}]}]'
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row '[{"name":"Ann"},{"name":"Bob"}]'

-- case: long JSON comes in rows of 2033 characters
-- source: Use FOR JSON output in SQL Server and in client apps
SET NOCOUNT ON;
SELECT REPLICATE('x', 3000) AS a FOR JSON PATH, WITHOUT_ARRAY_WRAPPER;
SELECT LEN((SELECT REPLICATE('x', 3000) AS a FOR JSON PATH, WITHOUT_ARRAY_WRAPPER)) AS n;
-- expect
-- columns JSON_F52E2B61-18A1-11d1-B105-00805F49916B nvarchar(max)
-- row *
-- row *
-- columns n bigint
-- row 3008

-- case: FOR JSON of no rows is NULL in a subquery, and no row by itself
-- source: Format query results as JSON with FOR JSON
SELECT (SELECT v FROM (VALUES (1)) AS t (v) WHERE v > 1 FOR JSON PATH) AS j;
-- expect
-- columns j nvarchar(max)
-- row NULL
-- rows 1

-- case: FOR JSON needs names
-- source: Msg 13605
SELECT 1 FOR JSON PATH;
-- expect
-- Msg 13605, Level 16, State 1, Line 1: Column expressions and data sources without names or aliases cannot be formatted as JSON text using FOR JSON clause. Add alias to the unnamed column or table.

-- case: FOR JSON cannot write one property twice
-- source: Msg 13601
SELECT 1 AS [a.b], 2 AS [a] FOR JSON PATH;
-- expect
-- Msg 13601, Level 16, State 1, Line 1: Property 'a' cannot be generated in JSON output due to a conflict with another column name or alias. Use different names and aliases for each column in SELECT list.

-- case: ROOT and WITHOUT_ARRAY_WRAPPER exclude each other
-- source: Msg 13620
SELECT 1 AS a FOR JSON PATH, ROOT('r'), WITHOUT_ARRAY_WRAPPER;
-- expect
-- Msg 13620, Level 16, State 1, Line 1: ROOT option and WITHOUT_ARRAY_WRAPPER option cannot be used together in FOR JSON. Remove one of these options.

-- case: JSON_VALUE takes scalars, JSON_QUERY objects and arrays
-- source: JSON_VALUE; JSON_QUERY
DECLARE @j nvarchar(200) = N'{"a":{"b":[1,{"c":"x"}]},"n":12.50,"t":true,"z":null}';
SELECT JSON_VALUE(@j, '$.a.b[1].c') AS c, JSON_VALUE(@j, '$.n') AS n, JSON_VALUE(@j, '$.t') AS t, JSON_VALUE(@j, '$.a') AS a, JSON_VALUE(@j, '$.z') AS z, JSON_QUERY(@j, '$.a') AS q, JSON_QUERY(@j, '$.n') AS s;
-- expect
-- columns c nvarchar(4000), n nvarchar(4000), t nvarchar(4000), a nvarchar(4000), z nvarchar(4000), q nvarchar(max), s nvarchar(max)
-- row 'x' | '12.50' | 'true' | NULL | NULL | '{"b":[1,{"c":"x"}]}' | NULL
-- rows 1

-- case: strict paths raise what lax ones pass over
-- source: JSON path expressions, "Path mode"
SELECT JSON_VALUE('{"a":1}', '$.b') AS lax;
SELECT JSON_VALUE('{"a":1}', 'strict $.b') AS strict;
-- expect
-- columns lax nvarchar(4000)
-- row NULL
-- rows 1
-- columns strict nvarchar(4000)
-- Msg 13608, Level 16, State *, Line 2: Property cannot be found on the specified JSON path.

-- case: a path begins with $
-- source: Msg 13607
SELECT JSON_VALUE('{"a":1}', 'a') AS v;
-- expect
-- columns v nvarchar(4000)
-- Msg 13607, Level 16, State *, Line 1: JSON path is not properly formatted. Unexpected character 'a' is found at position 0.

-- case: JSON_MODIFY sets, adds, appends and removes
-- source: JSON_MODIFY, "Examples"
DECLARE @j nvarchar(200) = N'{"name":"John","skills":["C#"]}';
SELECT JSON_MODIFY(@j, '$.name', 'Mike') AS a, JSON_MODIFY(@j, '$.surname', N'Smith') AS b, JSON_MODIFY(@j, '$.name', NULL) AS c, JSON_MODIFY(@j, 'append $.skills', 'Azure') AS d, JSON_MODIFY(@j, '$.n', 5) AS e, JSON_MODIFY(@j, '$.skills', JSON_QUERY('[1]')) AS f;
-- expect
-- columns a nvarchar(max), b nvarchar(max), c nvarchar(max), d nvarchar(max), e nvarchar(max), f nvarchar(max)
-- row '{"name":"Mike","skills":["C#"]}' | '{"name":"John","skills":["C#"],"surname":"Smith"}' | '{"skills":["C#"]}' | '{"name":"John","skills":["C#","Azure"]}' | '{"name":"John","skills":["C#"],"n":5}' | '{"name":"John","skills":[1]}'
-- rows 1

-- case: ISJSON tells JSON from other text
-- source: ISJSON
SELECT ISJSON('{"a":1}') AS a, ISJSON('[]') AS b, ISJSON('x') AS c, ISJSON(NULL) AS d, ISJSON('1') AS e, ISJSON('1', SCALAR) AS f, ISJSON('[]', OBJECT) AS g;
-- expect
-- columns a int, b int, c int, d int, e int, f int, g int
-- row 1 | 1 | 0 | NULL | 0 | 1 | 0
-- rows 1

-- case: JSON_OBJECT and JSON_ARRAY
-- source: JSON_OBJECT; JSON_ARRAY
SELECT JSON_OBJECT('a': 1, 'b': 'x', 'c': NULL) AS o, JSON_OBJECT('a': NULL ABSENT ON NULL) AS p, JSON_ARRAY(1, 'x', NULL) AS a, JSON_ARRAY(1, NULL NULL ON NULL) AS b, JSON_OBJECT('k': JSON_ARRAY(1, 2)) AS n;
-- expect
-- columns o nvarchar(max), p nvarchar(max), a nvarchar(max), b nvarchar(max), n nvarchar(max)
-- row '{"a":1,"b":"x","c":null}' | '{}' | '[1,"x"]' | '[1,null]' | '{"k":[1,2]}'
-- rows 1

-- case: JSON_PATH_EXISTS
-- source: JSON_PATH_EXISTS
SELECT JSON_PATH_EXISTS('{"a":{"b":null}}', '$.a.b') AS y, JSON_PATH_EXISTS('{"a":{"b":null}}', '$.a.c') AS n;
-- expect
-- columns y int, n int
-- row 1 | 0
-- rows 1

-- case: JSON_VALUE reads no further than its path
-- source: JSON_VALUE; Msg 13609
SELECT JSON_VALUE('{"a":1} junk', '$.a') AS v;
SELECT JSON_VALUE('{"a":1', '$.b') AS v;
-- expect
-- columns v nvarchar(4000)
-- row '1'
-- rows 1
-- columns v nvarchar(4000)
-- Msg 13609, Level 16, State *, Line 2: JSON text is not properly formatted. Unexpected character '.' is found at position 6.
