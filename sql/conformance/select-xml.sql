-- chapter: SELECT
-- case: FOR XML PATH joins texts
-- source: Use PATH mode with FOR XML, "Columns without a name"
CREATE TABLE fx1 (id int NOT NULL, name varchar(10) NULL);
INSERT fx1 VALUES (1, 'a&b'), (2, NULL), (3, 'c');
-- setup
SELECT STUFF((SELECT ',' + name FROM fx1 ORDER BY id FOR XML PATH('')), 1, 1, '') AS escaped;
SELECT STUFF((SELECT ',' + name FROM fx1 ORDER BY id FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)'), 1, 1, '') AS plain;
-- expect
-- columns escaped nvarchar(max)
-- row 'a&amp;b,c'
-- rows 1
-- columns plain nvarchar(max)
-- row 'a&b,c'
-- rows 1

-- case: FOR XML PATH makes elements and attributes
-- source: Use PATH mode with FOR XML
SELECT (SELECT 1 AS [@id], N'Ann' AS [name/first], N'Lee' AS [name/last], CAST(NULL AS int) AS age, '<' AS note FOR XML PATH('person'), ROOT('people')) AS x;
-- expect
-- columns x nvarchar(max)
-- row '<people><person id="1"><name><first>Ann</first><last>Lee</last></name><note>&lt;</note></person></people>'
-- rows 1

-- case: FOR XML RAW makes attributes, or elements when asked
-- source: Use RAW mode with FOR XML
SELECT (SELECT v, w FROM (VALUES (1, 'x'), (2, NULL)) AS t (v, w) ORDER BY v FOR XML RAW) AS x, (SELECT v, w FROM (VALUES (1, 'x')) AS t (v, w) FOR XML RAW('item'), ELEMENTS) AS y;
-- expect
-- columns x nvarchar(max), y nvarchar(max)
-- row '<row v="1" w="x"/><row v="2"/>' | '<item><v>1</v><w>x</w></item>'
-- rows 1

-- case: an attribute after an element is an error
-- source: Msg 6852
SELECT 1 AS a, 2 AS [@b] FOR XML PATH;
-- expect
-- Msg 6852, Level 16, State 1, Line 1: Attribute-centric column '@b' must not come after a non-attribute-centric sibling in XML hierarchy in FOR XML PATH.

-- case: FOR XML EXPLICIT is refused
-- source: Use EXPLICIT mode with FOR XML
-- only: embedded
SELECT 1 AS Tag, NULL AS Parent, 1 AS [a!1!b] FOR XML EXPLICIT;
-- expect
-- Msg 40517, Level 16, State 1, Line 1: Keyword or statement option 'FOR XML EXPLICIT' is not supported in this version of SQL Server.
