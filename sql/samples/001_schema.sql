-- A small shop: customers, products, orders and order lines.

CREATE SCHEMA shop;
GO

CREATE TABLE shop.Customers
(
    CustomerID int NOT NULL IDENTITY(1, 1),
    CustomerNumber int NOT NULL,
    CustomerKey uniqueidentifier NOT NULL,
    FullName nvarchar(100) NOT NULL,
    City nvarchar(60) NOT NULL,
    CountryCode char(2) NOT NULL,
    Email nvarchar(200) NULL,
    CreditLimit decimal(12, 2) NOT NULL CONSTRAINT DF_Customers_CreditLimit DEFAULT (1000.00),
    IsActive bit NOT NULL CONSTRAINT DF_Customers_IsActive DEFAULT (1),
    RegisteredOn date NOT NULL,
    CONSTRAINT PK_Customers PRIMARY KEY (CustomerID),
    CONSTRAINT UQ_Customers_CustomerNumber UNIQUE (CustomerNumber),
    CONSTRAINT UQ_Customers_CustomerKey UNIQUE (CustomerKey),
    CONSTRAINT CK_Customers_CreditLimit CHECK (CreditLimit >= 0)
);

CREATE TABLE shop.Products
(
    ProductID int NOT NULL IDENTITY(1, 1),
    ProductNumber int NOT NULL,
    Name nvarchar(100) NOT NULL,
    Price decimal(10, 2) NOT NULL,
    WeightInKilograms float NULL,
    CONSTRAINT PK_Products PRIMARY KEY (ProductID),
    CONSTRAINT UQ_Products_ProductNumber UNIQUE (ProductNumber),
    CONSTRAINT CK_Products_Price CHECK (Price > 0)
);
GO

CREATE TABLE shop.Orders
(
    OrderID bigint NOT NULL IDENTITY(1, 1),
    OrderNumber int NOT NULL,
    CustomerID int NOT NULL,
    OrderedAt datetime2(7) NOT NULL,
    ShippedAt datetime2(7) NULL,
    IsPaid bit NOT NULL CONSTRAINT DF_Orders_IsPaid DEFAULT (0),
    Note nvarchar(200) NULL,
    CONSTRAINT PK_Orders PRIMARY KEY (OrderID),
    CONSTRAINT UQ_Orders_OrderNumber UNIQUE (OrderNumber),
    CONSTRAINT FK_Orders_Customers FOREIGN KEY (CustomerID) REFERENCES shop.Customers (CustomerID)
);

CREATE TABLE shop.OrderLines
(
    OrderID bigint NOT NULL,
    LineNumber int NOT NULL,
    ProductID int NOT NULL,
    Quantity int NOT NULL,
    UnitPrice decimal(10, 2) NOT NULL,
    Discount decimal(4, 2) NOT NULL CONSTRAINT DF_OrderLines_Discount DEFAULT (0.00),
    CONSTRAINT PK_OrderLines PRIMARY KEY (OrderID, LineNumber),
    CONSTRAINT FK_OrderLines_Orders FOREIGN KEY (OrderID) REFERENCES shop.Orders (OrderID),
    CONSTRAINT FK_OrderLines_Products FOREIGN KEY (ProductID) REFERENCES shop.Products (ProductID),
    CONSTRAINT CK_OrderLines_Quantity CHECK (Quantity > 0),
    CONSTRAINT CK_OrderLines_Discount CHECK (Discount >= 0 AND Discount < 1)
);
GO

CREATE INDEX IX_Orders_CustomerID ON shop.Orders (CustomerID);
CREATE INDEX IX_OrderLines_ProductID ON shop.OrderLines (ProductID);
GO
