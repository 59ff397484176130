import EmbeddedSQLServer
import SQLServer

/// Starts the shop on an embedded server, sends it a few requests and prints what it answers.
@main struct OrdersExample {
    static func main() async throws {
        try await withEmbeddedSQLServer { server in
            try await withSQLServer(SQLServerConfiguration(url: server.url)) { db in
                try await Shop.build(on: db)
                let handler = OrdersHandler(db, cursorKey: try SQLCursorKey(Array(repeating: 7, count: 32)))
                for request in requests {
                    let response = await handler.respond(to: request)
                    print("\(request.method) \(request.path)\(request.query.isEmpty ? "" : "?" + request.query)")
                    print("  \(response.status) \(response.body)")
                }
            }
        }
    }

    private static let requests = [
        HTTPRequest("POST", "/orders", body: #"{"customer": "Ada", "lines": [{"item": 1, "quantity": 4}]}"#),
        HTTPRequest("POST", "/orders", body: #"{"customer": "Grace", "lines": [{"item": 2, "quantity": 1}]}"#),
        HTTPRequest("POST", "/orders", body: #"{"customer": "Eve", "lines": [{"item": 2, "quantity": 9}]}"#),
        HTTPRequest("GET", "/orders?total[ge]=1&sort=-total"),
        HTTPRequest("GET", "/orders/1"),
        HTTPRequest("GET", "/orders?secret=1"),
    ]
}
