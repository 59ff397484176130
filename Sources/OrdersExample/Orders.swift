/// An order as the service shows it.
struct Order: Codable, Sendable {
    let id: Int
    let customer: String
    let placedAt: String
    let total: String
}

/// A page of orders.
struct OrderPage: Encodable, Sendable {
    let orders: [Order]
    /// For the next page; nil on the last one.
    let next: String?
}

/// What a caller orders.
struct NewOrder: Decodable, Sendable {
    struct Line: Decodable, Sendable {
        let item: Int
        let quantity: Int
    }

    let customer: String
    let lines: [Line]
}

/// Why a request was refused, for its sender.
struct Refusal: Error {
    let status: Int
    let message: String
}
