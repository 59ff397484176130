-- Questions to the shop. The answers in the comments were computed apart from any database.

-- Everything: 6,000 lines, 15,000 units, 416951.2000.
SELECT
    COUNT(*) AS Lines,
    SUM(ol.Quantity) AS Units,
    SUM(ol.Quantity * ol.UnitPrice * (1 - ol.Discount)) AS Revenue
FROM shop.OrderLines AS ol;
GO

-- By year: 2023 has 666 orders and 139027.9260, 2024 has 668 and 138933.9460, 2025 has 666 and 138989.3280.
SELECT
    YEAR(o.OrderedAt) AS OrderYear,
    COUNT(DISTINCT o.OrderID) AS Orders,
    SUM(ol.Quantity) AS Units,
    SUM(ol.Quantity * ol.UnitPrice * (1 - ol.Discount)) AS Revenue
FROM shop.Orders AS o
INNER JOIN shop.OrderLines AS ol ON ol.OrderID = o.OrderID
GROUP BY YEAR(o.OrderedAt)
ORDER BY OrderYear;
GO

-- The countries above 20,000: CH 38276.8220, VN 24886.1520, LV 24657.3040, FR 24207.0540, IL 24170.3440, TR 23661.6440.
SELECT
    c.CountryCode,
    COUNT(*) AS Lines,
    SUM(ol.Quantity * ol.UnitPrice * (1 - ol.Discount)) AS Revenue
FROM shop.Customers AS c
INNER JOIN shop.Orders AS o ON o.CustomerID = c.CustomerID
INNER JOIN shop.OrderLines AS ol ON ol.OrderID = o.OrderID
GROUP BY c.CountryCode
HAVING SUM(ol.Quantity * ol.UnitPrice * (1 - ol.Discount)) > 20000
ORDER BY Revenue DESC;
GO

-- The five best customers: numbers 5, 1, 21, 17 and 9.
SELECT TOP (5)
    c.CustomerNumber,
    c.FullName,
    c.City,
    COUNT(DISTINCT o.OrderID) AS Orders,
    SUM(ol.Quantity * ol.UnitPrice * (1 - ol.Discount)) AS Revenue
FROM shop.Customers AS c
INNER JOIN shop.Orders AS o ON o.CustomerID = c.CustomerID
INNER JOIN shop.OrderLines AS ol ON ol.OrderID = o.OrderID
GROUP BY c.CustomerNumber, c.FullName, c.City
ORDER BY Revenue DESC;
GO

-- The second page of five products, dearest first: Teapot blue, Gift card, Sugar bowl, Sencha, Milk jug.
SELECT p.ProductNumber, p.Name, p.Price, p.WeightInKilograms
FROM shop.Products AS p
ORDER BY p.Price DESC, p.ProductNumber
OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY;
GO

-- Who has never ordered? Number 25.
SELECT c.CustomerNumber, c.CustomerKey, c.FullName, c.IsActive, c.RegisteredOn
FROM shop.Customers AS c
LEFT JOIN shop.Orders AS o ON o.CustomerID = c.CustomerID
WHERE o.OrderID IS NULL;
GO

-- The last three orders that have not been shipped: 1995, 1988 and 1981.
SELECT TOP (3) o.OrderNumber, o.OrderedAt, o.ShippedAt, o.IsPaid, o.Note
FROM shop.Orders AS o
WHERE o.ShippedAt IS NULL
ORDER BY o.OrderedAt DESC;
GO
