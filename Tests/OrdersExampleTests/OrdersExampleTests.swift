import EmbeddedSQLServer
import Foundation
import OrdersExample
import SQLServer
import TestSupport
import Testing

/// The example service, request by request.
@Suite(.timeLimit(.minutes(1))) struct OrdersExampleTests {
    private struct Page: Decodable {
        struct Order: Decodable {
            let id: Int
            let customer: String
            let total: String
        }
        let orders: [Order]
        let next: String?
    }

    private func withShop(_ body: (OrdersHandler, SQLServerClient) async throws -> Void) async throws {
        try await withTestClient { db in
            try await Shop.build(on: db)
            try await body(OrdersHandler(db, cursorKey: try SQLCursorKey(Array(0..<32))), db)
        }
    }

    private func post(_ body: String) -> HTTPRequest { HTTPRequest("POST", "/orders", body: body) }

    private func page(_ response: HTTPResponse) throws -> Page {
        #expect(response.status == 200)
        return try JSONDecoder().decode(Page.self, from: Data(response.body.utf8))
    }

    @Test func anOrderIsStoredWithItsTotalAndTakesFromTheStock() async throws {
        try await withShop { shop, db in
            let lines = #"[{"item": 1, "quantity": 4}, {"item": 2, "quantity": 1}]"#
            let created = await shop.respond(to: post(#"{"customer": "Ada", "lines": \#(lines)}"#))
            #expect(created == HTTPResponse(201, body: #"{"id":1}"#))
            let found = await shop.respond(to: HTTPRequest("GET", "/orders/1"))
            #expect(found.status == 200)
            #expect(found.body.contains(#""total":"13.5000""#))
            let stock = try await db.query("SELECT Stock FROM dbo.Items ORDER BY Id", as: (Int).self)
            #expect(stock == [96, 2])
        }
    }

    @Test(arguments: [
        (#"{"customer": "Eve", "lines": [{"item": 1, "quantity": 1}, {"item": 2, "quantity": 9}]}"#, 409),
        (#"{"customer": "Eve", "lines": [{"item": 1, "quantity": 1}, {"item": 77, "quantity": 1}]}"#, 422),
    ])
    func anOrderThatCannotBeServedLeavesNothingBehind(body: String, status: Int) async throws {
        try await withShop { shop, db in
            let response = await shop.respond(to: post(body))
            #expect(response.status == status)
            let (orders, stock) = try await db.query(
                "SELECT (SELECT COUNT(*) FROM dbo.Orders), SUM(Stock) FROM dbo.Items", as: (Int, Int).self)[0]
            #expect(orders == 0)
            #expect(stock == 103)
        }
    }

    @Test func pagesFollowEachOtherWithoutGapsOrRepetitions() async throws {
        try await withShop { shop, db in
            for name in ["Ada", "Alan", "Grace", "Anna", "Abel", "Amy"] {
                let body = #"{"customer": "\#(name)", "lines": [{"item": 1, "quantity": 1}]}"#
                #expect(await shop.respond(to: post(body)).status == 201)
            }
            var names: [String] = []
            var cursor = ""
            while true {
                let target = "/orders?customer%5BstartsWith%5D=A&sort=customer\(cursor)"
                let page = try page(await shop.respond(to: HTTPRequest("GET", target)))
                #expect(page.orders.count <= 2)
                names += page.orders.map(\.customer)
                guard let next = page.next else { break }
                cursor = "&cursor=\(next)"
            }
            #expect(names == ["Abel", "Ada", "Alan", "Amy", "Anna"])
        }
    }

    @Test(arguments: [
        ("/orders?secret=1", 400),
        ("/orders?total[like]=1", 400),
        ("/orders?total[ge]=lots", 400),
        ("/orders?sort=secret", 400),
        ("/orders?cursor=AAAA", 400),
        ("/orders?customer=%27;DROP%20TABLE%20dbo.Orders--", 200),
        ("/orders/x", 400),
        ("/orders/7", 404),
        ("/elsewhere", 404),
    ])
    func whatACallerDoesWrongIsSaid(target: String, status: Int) async throws {
        try await withShop { shop, db in
            let response = await shop.respond(to: HTTPRequest("GET", target))
            #expect(response.status == status, "\(response.body)")
            let count = try await db.scalar("SELECT COUNT(*) FROM dbo.Orders", as: Int.self)
            #expect(count == 0)
        }
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"customer": "x", "lines": []}"#,
        #"{"customer": "x", "lines": [{"item": 1, "quantity": -1}]}"#,
    ])
    func aBodyThatIsNoOrderIsRefused(body: String) async throws {
        try await withShop { shop, _ in #expect(await shop.respond(to: post(body)).status == 400) }
    }

    @Test(.enabled(if: TestServer.isEmbedded, "a real server is not stopped"))
    func aServerThatIsGoneIsNotTheCallersFault() async throws {
        try await withTestServer { server in
            try await withSQLServer(server.configuration) { db in
                try await Shop.build(on: db)
                let shop = OrdersHandler(db, cursorKey: try SQLCursorKey(Array(0..<32)))
                server.embedded?.stop()
                let response = await shop.respond(to: HTTPRequest("GET", "/orders/1"))
                #expect(response == HTTPResponse(503, body: #"{"error":"try again later"}"#))
            }
        }
    }
}
