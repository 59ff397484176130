import Foundation
package import SQLServer

/// Answers the requests of a small shop: a list with filters, an order of its own, a new order.
package struct OrdersHandler: Sendable {
    private let db: SQLServerClient
    private let cursorKey: SQLCursorKey

    package init(_ db: SQLServerClient, cursorKey: SQLCursorKey) {
        self.db = db
        self.cursorKey = cursorKey
    }

    /// What callers may filter and sort by.
    private static let list = SQLAllowList(
        [
            .column("id", "o.Id", .int, filter: .equality, isNullable: false),
            .column("customer", "o.Customer", .nVarChar(100), filter: .text, isSortable: true, isNullable: false),
            .column(
                "placedAt", "o.PlacedAt", .dateTime2(0), filter: .comparison, isSortable: true, isNullable: false),
            .column("total", "o.Total", .decimal(19, 4), filter: .comparison, isSortable: true, isNullable: false),
        ],
        uniqueKey: ["id"], defaultOrder: "-placedAt")

    /// Answers one request; never throws, because a service must answer.
    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        do {
            return try await answer(request)
        } catch {
            return Self.response(for: error)
        }
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch (request.method, request.path) {
        case ("GET", "/orders"): return try await page(request)
        case ("POST", "/orders"): return try await add(request)
        case ("GET", let path) where path.hasPrefix("/orders/"):
            return try await order(path.dropFirst("/orders/".count))
        default: throw Refusal(status: 404, message: "there is no \(request.method) \(request.path)")
        }
    }

    // MARK: Reading

    /// Answers `GET /orders?customer[startsWith]=A&sort=-total&cursor=…`.
    private func page(_ request: HTTPRequest) async throws -> HTTPResponse {
        let page = try SQLKeysetPage(
            order: Self.list.order(by: request.parameter("sort")), filter: Self.list.filter(query: request.query),
            size: 2, after: request.parameter("cursor"), signer: cursorKey, lifetime: .seconds(3_600))
        let rows = try await db.query(
            """
            SELECT TOP (\(page.limit)) o.Id AS id, o.Customer AS customer, o.PlacedAt AS placedAt, o.Total AS total
            FROM dbo.Orders AS o WHERE \(page.condition) ORDER BY \(page.order)
            """, options: .timeout(.seconds(2)))
        let result = try page.result(of: rows)
        let orders = try result.rows.map { row in
            let (id, customer, placedAt, total) = try row.decode((Int, String, SQLDateTime, SQLDecimal).self)
            return Order(id: id, customer: customer, placedAt: placedAt.description, total: total.description)
        }
        return try HTTPResponse(200, json: OrderPage(orders: orders, next: result.nextCursor))
    }

    /// Answers `GET /orders/7`.
    private func order(_ text: Substring) async throws -> HTTPResponse {
        guard let id = Int(text) else { throw Refusal(status: 400, message: "'\(text)' is not the number of an order") }
        let rows = try await db.query(
            "SELECT o.Id, o.Customer, o.PlacedAt, o.Total FROM dbo.Orders AS o WHERE o.Id = \(id)",
            as: (Int, String, SQLDateTime, SQLDecimal).self)
        guard let (id, customer, placedAt, total) = rows.first else {
            throw Refusal(status: 404, message: "there is no order \(id)")
        }
        return try HTTPResponse(
            200, json: Order(id: id, customer: customer, placedAt: placedAt.description, total: total.description))
    }

    // MARK: Writing

    /// Answers `POST /orders` with `{"customer": "Ada", "lines": [{"item": 1, "quantity": 2}]}`.
    ///
    /// All or nothing: a line that cannot be served leaves no order and no changed stock behind.
    private func add(_ request: HTTPRequest) async throws -> HTTPResponse {
        let new: NewOrder
        do {
            new = try JSONDecoder().decode(NewOrder.self, from: Data(request.body.utf8))
        } catch {
            throw Refusal(status: 400, message: "the body is not an order: it has a customer and lines")
        }
        guard !new.lines.isEmpty, new.lines.allSatisfy({ $0.quantity > 0 }) else {
            throw Refusal(status: 400, message: "an order has lines, each with a quantity of at least 1")
        }
        let id = try await db.withTransaction { transaction in
            let id = try await transaction.scalar(
                "INSERT dbo.Orders (Customer) OUTPUT inserted.Id VALUES (\(new.customer))", as: Int.self)
            for line in new.lines {
                // The CHECK constraint of the table refuses a stock below 0 (547).
                let found = try await transaction.execute(
                    "UPDATE dbo.Items SET Stock -= \(line.quantity) WHERE Id = \(line.item)")
                guard found == 1 else { throw Refusal(status: 422, message: "there is no item \(line.item)") }
                try await transaction.execute(
                    """
                    UPDATE o SET Total += i.Price * \(line.quantity)
                    FROM dbo.Orders AS o CROSS JOIN dbo.Items AS i WHERE o.Id = \(id) AND i.Id = \(line.item)
                    """)
            }
            return id
        }
        return HTTPResponse(201, body: #"{"id":\#(id)}"#)
    }

    // MARK: Errors

    /// What a caller learns of a failure: its own mistakes in words, everything else by its status only.
    private static func response(for error: any Error) -> HTTPResponse {
        if let refusal = error as? Refusal { return problem(refusal.status, refusal.message) }
        guard let error = error as? SQLServerError else { return problem(500, "internal error") }
        switch error.code {
        case .invalidRequest: return problem(400, error.message)
        case .invalidCursor, .expiredCursor: return problem(400, "this page has gone; begin with the first one")
        case .timeout, .poolTimeout, .connectionFailed, .connectionLost: return problem(503, "try again later")
        case .server where error.number == 547: return problem(409, "there is not enough in stock")
        case .server where error.number == 2627 || error.number == 2601: return problem(409, "it exists already")
        default: return problem(500, "internal error")
        }
    }

    private static func problem(_ status: Int, _ message: String) -> HTTPResponse {
        do {
            return try HTTPResponse(status, json: ["error": message])
        } catch {
            return HTTPResponse(status, body: "{}")
        }
    }
}
