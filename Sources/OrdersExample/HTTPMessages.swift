import Foundation
import SQLServer

/// A request as a web framework hands it over.
package struct HTTPRequest: Sendable {
    package let method: String
    package let path: String
    /// What stands behind the `?`.
    package let query: String
    package let body: String

    package init(_ method: String, _ target: String, body: String = "") {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = String(parts[0])
        query = parts.count > 1 ? String(parts[1]) : ""
        self.body = body
    }

    /// The value of a plain parameter of the query string, such as `cursor`.
    func parameter(_ name: String) throws -> String? {
        try SQLFilterTerm.terms(ofQuery: query).first { $0.column == name }?.value
    }
}

/// A response as a web framework takes it.
package struct HTTPResponse: Sendable, Equatable {
    package let status: Int
    package let body: String

    package init(_ status: Int, body: String) {
        self.status = status
        self.body = body
    }

    /// A response with a value as JSON.
    init(_ status: Int, json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(status, body: String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
