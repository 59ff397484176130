-- The shop's data: 25 customers, 20 products, 2,000 orders and 6,000 order lines.
--
-- Orders and lines are made by arithmetic on numbers, with neither chance nor the clock, so every run gives the same rows.

INSERT INTO shop.Customers (CustomerNumber, CustomerKey, FullName, City, CountryCode, Email, CreditLimit, RegisteredOn)
VALUES
    (1, 'A0000001-5C1D-4B7E-9F00-0123456789AB', N'Zoë Müller', N'Zürich', 'CH', N'zoe.mueller@example.com', 2500.00, '2022-01-15'),
    (2, 'A0000002-5C1D-4B7E-9F00-0123456789AB', N'José García', N'A Coruña', 'ES', N'jose@example.com', 1500.50, '2022-02-28'),
    (3, 'A0000003-5C1D-4B7E-9F00-0123456789AB', N'佐藤 花子', N'東京', 'JP', N'hanako@example.com', 9000.00, '2022-03-01'),
    (4, 'A0000004-5C1D-4B7E-9F00-0123456789AB', N'Дарья Иванова', N'Београд', 'RS', NULL, 750.25, '2022-03-14'),
    (5, 'A0000005-5C1D-4B7E-9F00-0123456789AB', N'Nguyễn Thị Mai', N'Hà Nội', 'VN', N'mai@example.com', 1200.00, '2022-04-30'),
    (6, 'A0000006-5C1D-4B7E-9F00-0123456789AB', N'Søren Ågård', N'København', 'DK', N'soeren@example.com', 3000.00, '2022-05-05'),
    (7, 'A0000007-5C1D-4B7E-9F00-0123456789AB', N'Ελένη Παπαδοπούλου', N'Θεσσαλονίκη', 'GR', NULL, 640.00, '2022-05-29'),
    (8, 'A0000008-5C1D-4B7E-9F00-0123456789AB', N'Bríd O''Sullivan', N'Corcaigh', 'IE', N'brid@example.com', 1000.00, '2022-06-11'),
    (9, 'A0000009-5C1D-4B7E-9F00-0123456789AB', N'נועה לוי', N'חיפה', 'IL', N'noa@example.com', 2100.10, '2022-06-30'),
    (10, 'A000000A-5C1D-4B7E-9F00-0123456789AB', N'ليلى حداد', N'عمّان', 'JO', NULL, 880.80, '2022-07-04'),
    (11, 'A000000B-5C1D-4B7E-9F00-0123456789AB', N'김민준', N'서울', 'KR', N'minjun@example.com', 4000.00, '2022-07-19'),
    (12, 'A000000C-5C1D-4B7E-9F00-0123456789AB', N'Łukasz Żak', N'Łódź', 'PL', N'lukasz@example.com', 1750.00, '2022-08-01');

INSERT INTO shop.Customers (CustomerNumber, CustomerKey, FullName, City, CountryCode, Email, CreditLimit, IsActive, RegisteredOn)
VALUES
    (13, 'A000000D-5C1D-4B7E-9F00-0123456789AB', N'İbrahim Yıldız', N'İzmir', 'TR', N'ibrahim@example.com', 1300.00, 1, '2022-08-20'),
    (14, 'A000000E-5C1D-4B7E-9F00-0123456789AB', N'Guðrún Jónsdóttir', N'Reykjavík', 'IS', NULL, 999.99, 1, '2022-09-02'),
    (15, 'A000000F-5C1D-4B7E-9F00-0123456789AB', N'王小明', N'臺北', 'TW', N'xiaoming@example.com', 5200.00, 1, '2022-09-17'),
    (16, 'A0000010-5C1D-4B7E-9F00-0123456789AB', N'आरव शर्मा', N'मुंबई', 'IN', N'aarav@example.com', 860.40, 1, '2022-10-03'),
    (17, 'A0000011-5C1D-4B7E-9F00-0123456789AB', N'François Lefèvre', N'Besançon', 'FR', N'francois@example.com', 2750.00, 1, '2022-10-22'),
    (18, 'A0000012-5C1D-4B7E-9F00-0123456789AB', N'Jürgen Groß', N'Köln', 'DE', N'juergen@example.com', 3100.00, 1, '2022-11-05'),
    (19, 'A0000013-5C1D-4B7E-9F00-0123456789AB', N'Anaïs Weiß', N'Zürich', 'CH', N'anais@example.com', 1450.00, 1, '2022-11-11'),
    (20, 'A0000014-5C1D-4B7E-9F00-0123456789AB', N'João Conceição', N'São Paulo', 'BR', NULL, 670.70, 1, '2022-11-30'),
    (21, 'A0000015-5C1D-4B7E-9F00-0123456789AB', N'Māra Bērziņa', N'Rīga', 'LV', N'mara@example.com', 1111.11, 0, '2022-12-01'),
    (22, 'A0000016-5C1D-4B7E-9F00-0123456789AB', N'Chidiẹbẹrẹ Ọlá', N'Ìbàdàn', 'NG', N'chidi@example.com', 940.00, 1, '2022-12-12'),
    (23, 'A0000017-5C1D-4B7E-9F00-0123456789AB', N'Ana-María Ñandú', N'Asunción', 'PY', N'ana@example.com', 720.00, 1, '2022-12-24'),
    (24, 'A0000018-5C1D-4B7E-9F00-0123456789AB', N'Kåre Bø 🐘', N'Tromsø', 'NO', N'kaare@example.com', 2222.22, 1, '2022-12-30'),
    (25, 'A0000019-5C1D-4B7E-9F00-0123456789AB', N'Ada Newcomer', N'Wellington', 'NZ', N'ada@example.com', 500.00, 1, '2025-12-31');
GO

INSERT INTO shop.Products (ProductNumber, Name, Price, WeightInKilograms)
VALUES
    (1, N'Teapot, blue', 34.90, 0.85), (2, N'Teapot, red', 36.50, 0.85), (3, N'Sencha 煎茶 100 g', 12.75, 0.1),
    (4, N'Assam 250 g', 9.99, 0.25), (5, N'Maté 500 g', 8.45, 0.5), (6, N'Café crème cup', 6.20, 0.3),
    (7, N'Saucer', 3.15, 0.2), (8, N'Spoon', 1.99, 0.04), (9, N'Sugar bowl', 14.00, 0.4), (10, N'Milk jug', 11.35, 0.35),
    (11, N'Tray, oak', 48.00, 1.6), (12, N'Kettle 1.7 l', 79.95, 1.25), (13, N'Samowar «Тула»', 249.00, 4.75),
    (14, N'Tea towel ☕', 7.77, 0.09), (15, N'Strainer', 5.05, 0.06), (16, N'Honey, 500 g', 10.10, 0.7),
    (17, N'Biscuits', 4.65, 0.3), (18, N'Gift wrap', 2.50, NULL), (19, N'Gift card', 25.00, NULL),
    (20, N'Tea table', 319.99, 18.5);
GO

-- Order n, for n from 1 to 2,000: one every 789 minutes, from the first day of 2023 to the last of 2025.
-- The customers take turns in steps of 7; number 25 has not ordered yet. Every seventh order has not been shipped.
INSERT INTO shop.Orders (OrderNumber, CustomerID, OrderedAt, ShippedAt, IsPaid, Note)
SELECT
    numbers.n,
    c.CustomerID,
    DATEADD(MINUTE, numbers.n * 789, CAST('2023-01-01T00:00:00' AS datetime2(7))),
    CASE
        WHEN numbers.n % 7 = 0 THEN NULL
        ELSE DATEADD(MINUTE, numbers.n * 789 + 1440, CAST('2023-01-01T00:00:00' AS datetime2(7)))
    END,
    CASE WHEN numbers.n % 4 = 0 THEN 0 ELSE 1 END,
    CASE WHEN numbers.n % 50 = 0 THEN N'Bitte klingeln 🔔' ELSE NULL END
FROM
(
    SELECT 1 + ones.n + 10 * tens.n + 100 * hundreds.n + 1000 * thousands.n AS n
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS ones (n)
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS tens (n)
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS hundreds (n)
    CROSS JOIN (VALUES (0), (1)) AS thousands (n)
) AS numbers
INNER JOIN shop.Customers AS c ON c.CustomerNumber = 1 + (numbers.n * 7) % 24
ORDER BY numbers.n;
GO

-- Order n has 1 + n % 5 lines, 6,000 in all. Every tenth order has 10 per cent off.
INSERT INTO shop.OrderLines (OrderID, LineNumber, ProductID, Quantity, UnitPrice, Discount)
SELECT
    o.OrderID,
    line.n,
    p.ProductID,
    1 + (o.OrderNumber + line.n) % 4,
    p.Price,
    CASE WHEN o.OrderNumber % 10 = 0 THEN 0.10 ELSE 0.00 END
FROM shop.Orders AS o
INNER JOIN (VALUES (1), (2), (3), (4), (5)) AS line (n) ON line.n <= 1 + o.OrderNumber % 5
INNER JOIN shop.Products AS p ON p.ProductNumber = 1 + (o.OrderNumber * 3 + line.n * 7) % 20;
GO
