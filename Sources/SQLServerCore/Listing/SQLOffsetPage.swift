/// A page by its number: `OFFSET … ROWS FETCH NEXT … ROWS ONLY`.
///
/// ```swift
/// let page = try SQLOffsetPage(number: request["page"], size: request["size"], defaultSize: 20, maximumSize: 100)
/// let query: SQLQuery = "SELECT o.Id FROM dbo.Orders AS o WHERE \(filter) ORDER BY \(order) \(page)"
/// ```
///
/// The server reads and throws away all rows before the page, and rows that come and go between two requests shift the
/// pages. ``SQLKeysetPage`` does neither.
public struct SQLOffsetPage: Sendable, Hashable {
    /// The number of the page, from 1.
    public let number: Int
    /// The rows of a page.
    public let size: Int
    /// The rows before the page.
    public let offset: Int

    /// A page of a number and a size.
    ///
    /// ```swift
    /// let third = try SQLOffsetPage(number: 3, size: 20)    // OFFSET 40 ROWS FETCH NEXT 20 ROWS ONLY
    /// ```
    ///
    /// - Throws: `invalidRequest` when one is less than 1, or the page is beyond any table.
    public init(number: Int, size: Int) throws(SQLServerError) {
        let (offset, overflow) = (number &- 1).multipliedReportingOverflow(by: size)
        guard number >= 1, size >= 1, !overflow else {
            throw SQLServerError(.invalidRequest, "pages are numbered from 1 and have at least 1 row")
        }
        (self.number, self.size, self.offset) = (number, size, offset)
    }

    /// A page as a caller of an API wrote it.
    ///
    /// ```swift
    /// let page = try SQLOffsetPage(number: "3", size: nil, defaultSize: 20, maximumSize: 100)
    /// ```
    ///
    /// - Parameters:
    ///   - number: The number; the first page when nil.
    ///   - size: The rows of a page; `defaultSize` when nil.
    ///   - defaultSize: The rows of a page when the caller does not say.
    ///   - maximumSize: The most rows of a page.
    /// - Throws: `invalidRequest` when one is no number or not allowed.
    public init(
        number: String?, size: String?, defaultSize: Int = 50, maximumSize: Int = 200
    ) throws(SQLServerError) {
        guard let page = number.map(Int.init) ?? 1 else {
            throw SQLServerError(.invalidRequest, "the page is a number from 1")
        }
        try self.init(number: page, size: Self.size(size, defaultSize: defaultSize, maximumSize: maximumSize))
    }

    /// The rows of a page as a caller of an API wrote them, for pages of either kind.
    ///
    /// ```swift
    /// let size = try SQLOffsetPage.size(request["size"], defaultSize: 50, maximumSize: 200)
    /// ```
    ///
    /// - Throws: `invalidRequest` when it is no number from 1 to `maximumSize`.
    public static func size(
        _ text: String?, defaultSize: Int = 50, maximumSize: Int = 200
    ) throws(SQLServerError) -> Int {
        guard let size = text.map(Int.init) ?? defaultSize, (1...max(1, maximumSize)).contains(size) else {
            throw SQLServerError(.invalidRequest, "the size of a page is a number from 1 to \(maximumSize)")
        }
        return size
    }

    /// What stands behind ORDER BY.
    ///
    /// ```swift
    /// let sql = try SQLOffsetPage(number: 3, size: 20).sql    // OFFSET @p1 ROWS FETCH NEXT @p2 ROWS ONLY
    /// ```
    public var sql: SQLQuery { "OFFSET \(offset) ROWS FETCH NEXT \(size) ROWS ONLY" }
}

extension SQLQuery.StringInterpolation {
    /// A page behind ORDER BY.
    ///
    /// ```swift
    /// let query: SQLQuery = "SELECT o.Id FROM dbo.Orders AS o ORDER BY \(order) \(page)"
    /// ```
    public mutating func appendInterpolation(_ page: SQLOffsetPage) {
        query.append(page.sql)
    }
}
