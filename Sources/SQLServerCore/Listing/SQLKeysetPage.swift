public import Foundation
import SQLValues

/// A page of the rows that follow a given row: fast at any depth, and steady while rows come and go.
///
/// The statement takes the page's limit, condition (which includes the filter) and order, and returns the columns of the
/// order under their names in the API; the page makes the cursor of the next one:
///
/// ```swift
/// let page = try SQLKeysetPage(
///     order: orders.order(by: request["sort"]), filter: orders.filter(query: query), size: 50,
///     after: request["cursor"], signer: key)
/// let rows = try await db.query(
///     """
///     SELECT TOP (\(page.limit)) o.Id AS id, o.PlacedAt AS placed, o.Total AS total
///     FROM dbo.Orders AS o WHERE \(page.condition) ORDER BY \(page.order)
///     """)
/// let result = try page.result(of: rows)    // result.rows, result.nextCursor
/// ```
///
/// The cursor holds the sort keys of the page's last row with their exact values, readable but not changeable: do not
/// sort by secrets. It is bound to the order and to the filter with its values, and to time if `lifetime` is given.
public struct SQLKeysetPage: Sendable {
    /// The rows of a page, and where the next one begins.
    ///
    /// ```swift
    /// let result = try page.result(of: rows)
    /// let users = try result.rows.map { try $0.decode(as: User.self) }
    /// response.headers["X-Next-Cursor"] = result.nextCursor
    /// ```
    public struct Result: Sendable {
        /// The rows.
        public let rows: Slice<SQLResultSet>
        /// The cursor of the next page; nil when this is the last one.
        public let nextCursor: String?
    }

    /// The order of the rows.
    public let order: SQLSortOrder
    /// The most rows of the page.
    public let size: Int

    private let filter: SQLQuery
    private let after: [SQLValue]?
    private let signer: any SQLCursorSigner
    private let expiry: Int64?
    /// About 317 years, in seconds.
    private static let longestLifetime = 10_000_000_000

    /// A page behind a cursor.
    ///
    /// ```swift
    /// let page = try SQLKeysetPage(order: order, filter: filter, size: 50, after: cursor, signer: key)
    /// ```
    ///
    /// - Parameters:
    ///   - order: The order of the rows.
    ///   - filter: The condition that all pages have in common, whoever may ask included, such as the tenant.
    ///   - size: The most rows of the page.
    ///   - cursor: The cursor of the page before; the first page when nil or empty.
    ///   - signer: The key that seals cursors, such as `SQLCursorKey`.
    ///   - lifetime: How long the next cursor is good for, in whole seconds; for ever when nil.
    ///   - now: The time of day.
    /// - Throws: `invalidRequest` when the size is less than 1, `invalidCursor` when the cursor is damaged or belongs to
    ///   another list, order or filter, `expiredCursor` when it is too old.
    public init(
        order: SQLSortOrder, filter: SQLQuery = "", size: Int, after cursor: String? = nil,
        signer: any SQLCursorSigner, lifetime: Duration? = nil, now: Date = Date()
    ) throws(SQLServerError) {
        guard (1..<Int(Int32.max)).contains(size) else {
            throw SQLServerError(.invalidRequest, "a page has at least 1 row")
        }
        guard lifetime.map({ (.seconds(1) ... .seconds(Self.longestLifetime)).contains($0) }) ?? true else {
            throw SQLServerError(.misuse, "the lifetime of a cursor is at least 1 second; leave it out for ever")
        }
        let seconds = now.timeIntervalSince1970
        self.order = order
        self.filter = filter
        self.size = size
        self.signer = signer
        expiry = lifetime.flatMap { Int64(exactly: (seconds + ($0 / .seconds(1))).rounded(.up)) }
        guard let cursor, !cursor.isEmpty else {
            after = nil
            return
        }
        let context = SQLCursor.context(order, filter)
        let place = try SQLCursor(cursor, context: context, count: order.keys.count, signer)
        guard place.expiry.map({ seconds <= Double($0) }) ?? true else {
            throw SQLServerError(.expiredCursor, "the cursor is too old; begin with the first page")
        }
        after = place.values
    }

    /// The rows to ask for: one more than the page has, to see whether there is a next one.
    ///
    /// ```swift
    /// let query: SQLQuery =
    ///     "SELECT TOP (\(page.limit)) Id AS id FROM dbo.Users WHERE \(page.condition) ORDER BY \(page.order)"
    /// ```
    public var limit: Int { size + 1 }

    /// The filter, and that a row comes after the cursor; can stand behind WHERE.
    ///
    /// ```swift
    /// let query: SQLQuery =
    ///     "SELECT TOP (\(page.limit)) Id AS id FROM dbo.Users WHERE \(page.condition) ORDER BY \(page.order)"
    /// ```
    public var condition: SQLQuery {
        [filter, after.map { order.follows($0) } ?? ""].joined(operator: .and)
    }

    /// The rows of the page and the cursor of the next one.
    ///
    /// ```swift
    /// let result = try page.result(of: rows)
    /// let users = try result.rows.map { try $0.decode(as: User.self) }
    /// ```
    ///
    /// - Parameter rows: What the statement with ``limit``, ``condition`` and ``order`` returned.
    /// - Returns: At most ``size`` rows, and a cursor when there are more.
    /// - Throws: `misuse` when a column of the order is not among the rows' columns, or has another type than the
    ///   allow-list says.
    public func result(of rows: SQLResultSet) throws(SQLServerError) -> Result {
        let shown = rows.prefix(size)
        guard rows.count > size, let last = shown.last else { return Result(rows: shown, nextCursor: nil) }
        return Result(rows: shown, nextCursor: try cursor(after: last))
    }

    /// The cursor of the rows that follow a row.
    ///
    /// ```swift
    /// let cursor = try page.cursor(after: row)
    /// ```
    ///
    /// - Throws: `misuse` when a column of the order is not among the row's columns, or has another type than the
    ///   allow-list says.
    public func cursor(after row: SQLRow) throws(SQLServerError) -> String {
        var values: [SQLValue] = []
        for key in order.keys { values.append(try key.value(in: row)) }
        return try SQLCursor(values: values, expiry: expiry).text(context: SQLCursor.context(order, filter), signer)
    }
}

extension SQLSortOrder.Key {
    /// The key of a row, exactly as a parameter of the column's type will hold it.
    func value(in row: SQLRow) throws(SQLServerError) -> SQLValue {
        guard let cell = row.columns.firstIndex(where: { $0.name == column.name }) else {
            throw SQLServerError(
                .misuse, "the rows have no column '\(column.name)', by which they are sorted; select it under that name"
            )
        }
        let value = try row.cell(at: cell).value
        let type = row.columns[cell].type
        // A datetime compared as datetime2 is .0033333 and not .003 (compatibility level 130), so rows would be lost.
        guard type.kind != .dateTime || column.type.kind == .dateTime else {
            throw SQLServerError(.misuse, "'\(column.name)' is a datetime; the allow-list says \(column.type)")
        }
        guard !value.isNull || column.isNullable else {
            throw SQLServerError(.misuse, "'\(column.name)' is NULL; the allow-list says that it never is")
        }
        do {
            return try SQLTypedValue(value, as: type).converted(to: column.type, codePage: column.codePage).value
        } catch {
            throw SQLServerError(.misuse, "'\(column.name)' is \(type); the allow-list says \(column.type)")
        }
    }
}
