-- chapter: Session options
-- case: SET DATEFORMAT orders the parts of a date in numbers
-- source: SET DATEFORMAT (Transact-SQL), Arguments
SET DATEFORMAT mdy;
SELECT CAST('01/02/03' AS datetime) AS d;
SET DATEFORMAT dmy;
SELECT CAST('01/02/03' AS datetime) AS d;
SET DATEFORMAT ymd;
SELECT CAST('01/02/03' AS datetime) AS d;
SET DATEFORMAT ydm;
SELECT CAST('01/02/03' AS datetime) AS d;
SET DATEFORMAT myd;
SELECT CAST('01/02/03' AS datetime) AS d;
SET DATEFORMAT dym;
SELECT CAST('01/02/03' AS datetime) AS d;
-- expect
-- columns d datetime
-- row 2003-01-02 00:00:00.000
-- rows 1
-- columns d datetime
-- row 2003-02-01 00:00:00.000
-- rows 1
-- columns d datetime
-- row 2001-02-03 00:00:00.000
-- rows 1
-- columns d datetime
-- row 2001-03-02 00:00:00.000
-- rows 1
-- columns d datetime
-- row 2002-01-03 00:00:00.000
-- rows 1
-- columns d datetime
-- row 2002-03-01 00:00:00.000
-- rows 1

-- case: the examples of SET DATEFORMAT
-- source: SET DATEFORMAT (Transact-SQL), Examples
SET DATEFORMAT dmy;
DECLARE @a datetime2 = '31/12/2008 09:01:01.1234567';
SELECT @a AS a;
-- expect
-- columns a datetime2(7)
-- row 2008-12-31 09:01:01.1234567
-- rows 1
SET DATEFORMAT mdy;
DECLARE @b datetime2 = '12/31/2008 09:01:01.1234567';
SELECT @b AS b;
-- expect
-- columns b datetime2(7)
-- row 2008-12-31 09:01:01.1234567
-- rows 1
SET DATEFORMAT mdy;
DECLARE @c datetime2 = '31/12/2008 09:01:01.1234567';
SELECT @c AS c;
-- expect
-- Msg 241, Level 16, State 1, Line 2: Conversion failed when converting date and/or time from character string.

-- case: a year of four digits is the year; day and month keep their order
-- source: datetime (Transact-SQL), Supported string literal formats, "A four-part year is interpreted as the year"
SET DATEFORMAT dmy;
SELECT CAST('2024/13/02' AS datetime) AS a, CAST('13/02/2024' AS datetime) AS b;
SET DATEFORMAT mdy;
SELECT CAST('2024/02/13' AS datetime) AS a;
-- expect
-- columns a datetime, b datetime
-- row 2024-02-13 00:00:00.000 | 2024-02-13 00:00:00.000
-- rows 1
-- columns a datetime
-- row 2024-02-13 00:00:00.000
-- rows 1

-- case: yyyy-mm-dd depends on DATEFORMAT for datetime, but not for date and datetime2
-- source: SET DATEFORMAT (Transact-SQL), Remarks; date (Transact-SQL), ISO 8601
SET DATEFORMAT dmy;
SELECT CAST('2024-02-13' AS date) AS a, CAST('2024-02-13' AS datetime2(0)) AS b;
SELECT CAST('2024-02-13' AS datetime) AS c;
-- expect
-- columns a date, b datetime2(0)
-- row 2024-02-13 | 2024-02-13 00:00:00
-- rows 1
-- columns c datetime
-- Msg 242, Level 16, State 3, Line 3: The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.

-- case: ISO 8601 and unseparated dates do not depend on DATEFORMAT
-- source: datetime (Transact-SQL), ISO 8601 and Unseparated
SET DATEFORMAT dmy;
SELECT CAST('2024-02-13T10:20:30' AS datetime) AS a, CAST('20240213' AS datetime) AS b, CAST('20240213 10:00' AS smalldatetime) AS c;
-- expect
-- columns a datetime, b datetime, c smalldatetime
-- row 2024-02-13 10:20:30.000 | 2024-02-13 00:00:00.000 | 2024-02-13 10:00:00
-- rows 1

-- case: DATEFORMAT counts in every implicit conversion
-- source: SET DATEFORMAT (Transact-SQL), "This setting is used only in the interpretation of character strings as they're converted to date values"
CREATE TABLE lang1 (id int, d datetime);
-- setup
CREATE PROCEDURE lang1p @d datetime AS SELECT @d AS d;
-- setup
SET DATEFORMAT dmy;
INSERT lang1 VALUES (1, '13/02/2024');
UPDATE lang1 SET d = '14/02/2024' WHERE d = '13/02/2024';
SELECT d, DATEDIFF(day, '01/02/2024', d) AS n FROM lang1;
EXEC lang1p '15/02/2024';
-- expect
-- rows 1
-- rows 1
-- columns d datetime, n int
-- row 2024-02-14 00:00:00.000 | 13
-- rows 1
-- columns d datetime
-- row 2024-02-15 00:00:00.000
-- rows 1

-- case: DATEFORMAT does not change how dates are written
-- source: SET DATEFORMAT (Transact-SQL), "It doesn't affect the display of date values"
SET DATEFORMAT dmy;
SELECT CONVERT(varchar(30), CAST('20240213' AS datetime)) AS a, CONVERT(varchar(10), CAST('20240213' AS date)) AS b;
-- expect
-- columns a varchar(30), b varchar(10)
-- row 'Feb 13 2024 12:00AM' | '2024-02-13'
-- rows 1

-- case: a style of CONVERT is stronger than DATEFORMAT
-- source: CAST and CONVERT (Transact-SQL), Date and time styles
SET DATEFORMAT dmy;
SELECT CONVERT(datetime, '02/13/2024', 101) AS a, CONVERT(datetime, '2024-02-13', 120) AS b;
-- expect
-- columns a datetime, b datetime
-- row 2024-02-13 00:00:00.000 | 2024-02-13 00:00:00.000
-- rows 1

-- case: an order of dates that is none
-- source: Msg 2741
SET DATEFORMAT dmx;
-- expect
-- Msg 2741, Level 16, State 1, Line 1: SET DATEFORMAT date order 'dmx' is invalid.

-- case: the order of dates may stand in a variable
-- source: SET DATEFORMAT (Transact-SQL), @format_var
DECLARE @f varchar(3) = 'dmy';
SET DATEFORMAT @f;
SELECT CAST('13/02/2024' AS date) AS d;
-- expect
-- columns d date
-- row 2024-02-13
-- rows 1

-- case: SET DATEFORMAT in a procedure ends with it
-- source: SET Statements (Transact-SQL), "the value of the SET option is restored after control is returned"
CREATE PROCEDURE lang2p AS SET DATEFORMAT dmy; SELECT CAST('13/02/2024' AS datetime) AS d;
-- setup
EXEC lang2p;
SELECT CAST('02/13/2024' AS datetime) AS d;
-- expect
-- columns d datetime
-- row 2024-02-13 00:00:00.000
-- rows 1
-- columns d datetime
-- row 2024-02-13 00:00:00.000
-- rows 1

-- case: SET LANGUAGE brings the order of dates and the first day of the week
-- source: SET LANGUAGE (Transact-SQL), Remarks; sys.syslanguages
SET LANGUAGE British;
SELECT @@LANGUAGE AS l, @@LANGID AS i, @@DATEFIRST AS f, CAST('13/02/2024' AS datetime) AS d;
SET LANGUAGE us_english;
SELECT @@LANGUAGE AS l, @@LANGID AS i, @@DATEFIRST AS f, CAST('02/13/2024' AS datetime) AS d;
-- expect
-- Msg 5703, Level 0, State 1, Line 1: Changed language setting to British.
-- columns l nvarchar(128), i smallint, f tinyint, d datetime
-- row 'British' | 23 | 1 | 2024-02-13 00:00:00.000
-- rows 1
-- Msg 5703, Level 0, State 1, Line 3: Changed language setting to us_english.
-- columns l nvarchar(128), i smallint, f tinyint, d datetime
-- row 'us_english' | 0 | 7 | 2024-02-13 00:00:00.000
-- rows 1

-- case: SET LANGUAGE takes aliases and gives the names of months and days
-- source: SET LANGUAGE (Transact-SQL), Examples; sys.syslanguages; DATENAME (Transact-SQL)
SET LANGUAGE German;
SELECT @@LANGUAGE AS l, @@LANGID AS i, DATENAME(month, '20240315') AS m, DATENAME(weekday, '20240315') AS w;
SET LANGUAGE N'French';
SELECT @@LANGUAGE AS l, @@LANGID AS i, DATENAME(month, '20240815') AS m, DATENAME(weekday, '20240815') AS w;
-- expect
-- Msg 5703, Level 0, State 1, Line 1
-- columns l nvarchar(128), i smallint, m nvarchar(30), w nvarchar(30)
-- row 'Deutsch' | 1 | 'März' | 'Freitag'
-- rows 1
-- Msg 5703, Level 0, State 1, Line 3
-- columns l nvarchar(128), i smallint, m nvarchar(30), w nvarchar(30)
-- row 'Français' | 2 | 'août' | 'jeudi'
-- rows 1

-- case: months are read by the names of the language
-- source: datetime (Transact-SQL), Alphabetical: "month is the full month name, or the month abbreviation, given in the current language"
SET LANGUAGE Deutsch;
SELECT CAST('15 Dezember 2024' AS datetime) AS a, CAST('1 Mai 2024' AS date) AS b, CAST('Mär 3 2024' AS datetime) AS c;
SELECT CAST('15 December 2024' AS datetime) AS d;
-- expect
-- Msg 5703, Level 0, State 1, Line 1
-- columns a datetime, b date, c datetime
-- row 2024-12-15 00:00:00.000 | 2024-05-01 | 2024-03-03 00:00:00.000
-- rows 1
-- columns d datetime
-- Msg 241, Level 16, State 1, Line 3

-- case: months are written by the abbreviations of the language
-- source: CAST and CONVERT (Transact-SQL), styles 0 and 106; sys.syslanguages, shortmonths
SET LANGUAGE German;
SELECT CONVERT(varchar(30), CAST('20241015 13:05' AS datetime)) AS a, CONVERT(varchar(30), CAST('20241215' AS date), 106) AS b;
-- expect
-- Msg 5703, Level 0, State 1, Line 1
-- columns a varchar(30), b varchar(30)
-- row 'Okt 15 2024  1:05PM' | '15 Dez 2024'
-- rows 1

-- case: SET DATEFORMAT and SET DATEFIRST after SET LANGUAGE are stronger
-- source: SET LANGUAGE (Transact-SQL); SET DATEFORMAT (Transact-SQL), "SET DATEFORMAT overrides the implicit date format setting of SET LANGUAGE"
SET LANGUAGE British;
SET DATEFORMAT mdy;
SET DATEFIRST 3;
SELECT CAST('02/13/2024' AS datetime) AS d, @@DATEFIRST AS f, @@LANGUAGE AS l;
-- expect
-- Msg 5703, Level 0, State 1, Line 1
-- columns d datetime, f tinyint, l nvarchar(128)
-- row 2024-02-13 00:00:00.000 | 3 | 'British'
-- rows 1

-- case: a language that is none
-- source: Msg 2740
SET LANGUAGE Klingon;
-- expect
-- Msg 2740, Level 16, State 1, Line 1: SET LANGUAGE failed because 'Klingon' is not an official language name or a language alias on this SQL Server.

-- case: DATEPART(week) begins a week on DATEFIRST's day
-- source: DATEPART (Transact-SQL), week and weekday datepart arguments; SET DATEFIRST
SET DATEFIRST 7;
SELECT DATEPART(week, '20240106') AS a, DATEPART(week, '20240107') AS b, DATEPART(week, '20241231') AS c;
SET DATEFIRST 1;
SELECT DATEPART(week, '20240101') AS a, DATEPART(week, '20240107') AS b, DATEPART(week, '20240108') AS c;
SET DATEFIRST 3;
SELECT DATEPART(week, '20240102') AS a, DATEPART(week, '20240103') AS b, DATENAME(week, '20240110') AS c;
-- expect
-- columns a int, b int, c int
-- row 1 | 2 | 53
-- rows 1
-- columns a int, b int, c int
-- row 1 | 1 | 2
-- rows 1
-- columns a int, b int, c nvarchar(30)
-- row 1 | 2 | '3'
-- rows 1

-- case: January 1 is always in week 1
-- source: DATEPART (Transact-SQL), "DATEPART(wk, 'Jan 1, xxxx') = 1, where xxxx is any year"
SET DATEFIRST 5;
SELECT SUM(DATEPART(week, DATEFROMPARTS(value, 1, 1))) AS n FROM GENERATE_SERIES(2001, 2028);
-- expect
-- columns n int
-- row 28
-- rows 1

-- case: DATEDIFF(week) ignores DATEFIRST
-- source: DATEDIFF (Transact-SQL), "DATEDIFF always uses Sunday as the first day of the week"
SET DATEFIRST 1;
SELECT DATEDIFF(week, '20240106', '20240107') AS a, DATEDIFF(week, '20240107', '20240108') AS b;
-- expect
-- columns a int, b int
-- row 1 | 0
-- rows 1

-- case: FORMAT without a culture follows the language, which is refused
-- source: docs/embedded-server.md, "What it refuses"
-- only: embedded
SET LANGUAGE German;
SELECT FORMAT(1.5, 'N') AS f;
-- expect
-- Msg 5703, Level 0, State 1, Line 1
-- Msg 40517, Level 16, State 1, Line 2
