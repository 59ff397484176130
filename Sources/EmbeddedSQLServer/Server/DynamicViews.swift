import SQLValues
import Threads

extension EmbeddedServer {
    /// Rows for management and Query Store views, which the embedded server has nothing of its own to say in.
    ///
    /// ```swift
    /// try server.dynamicViews.set(
    ///     "sys.dm_db_index_usage_stats", columns: ["object_id int", "index_id int", "user_seeks bigint"],
    ///     rows: [[581_577_110, 2, 12], [581_577_110, 3, 0]])
    /// ```
    ///
    /// Queries see the view in every database, with those columns. A view without rows of yours is refused (Msg 40517).
    public final class DynamicViews: Sendable {
        /// A value, converted to its column's type as CAST does; text that begins with `0x` becomes bytes.
        public struct Value: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
            ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
        {
            /// The value as text; nil for NULL.
            let text: String?

            /// NULL.
            public static let null = Value(nilLiteral: ())

            /// A value from its text, or NULL.
            public init(_ text: String?) { self.text = text }
            /// NULL.
            public init(nilLiteral: ()) { text = nil }
            /// A number.
            public init(integerLiteral value: Int64) { text = String(value) }
            /// A number.
            public init(floatLiteral value: Double) { text = String(value) }
            /// A text.
            public init(stringLiteral value: String) { text = value }
            /// 1 or 0.
            public init(booleanLiteral value: Bool) { text = value ? "1" : "0" }
        }

        private let views = Lock<[String: SystemView]>([:])

        init() {}

        /// Gives a view its rows, in place of those it had.
        ///
        /// - Parameters:
        ///   - name: The view with its schema, such as `sys.dm_exec_query_stats`.
        ///   - columns: Each with its type as in a table's definition: `"last_execution_time datetime"`.
        ///   - rows: A value for each column.
        /// - Throws: ``EmbeddedServerError`` that names the column or row that makes no sense.
        public func set(_ name: String, columns: [String], rows: [[Value]]) throws {
            let parsed = try columns.map { try Self.column($0, of: name) }
            let values = try rows.enumerated().map { index, row in
                guard row.count == parsed.count else {
                    throw EmbeddedServerError(
                        "row \(index + 1) of \(name) has \(row.count) values for \(parsed.count) columns")
                }
                return try zip(row, parsed).map { try Self.value($0, of: $1, place: "row \(index + 1) of \(name)") }
            }
            let view = SystemView(name.lowercased(), parsed) { _ in values }
            views.withLock { $0[name.lowercased()] = view }
        }

        /// Forgets all rows.
        public func removeAll() { views.withLock { $0 = [:] } }

        /// The view of a name with its schema.
        func view(_ name: String) -> SystemView? { views.withLock { $0[name.lowercased()] } }

        private static func column(_ text: String, of view: String) throws -> OutputColumn {
            let name = text.prefix { $0 != " " }
            do {
                let type = try TypeNames.type(named: String(text.dropFirst(name.count)))
                return OutputColumn(name: String(name), type: type, isNullable: true)
            } catch let error as ServerMessage {
                throw EmbeddedServerError("the column \"\(text)\" of \(view): \(error.text)")
            }
        }

        private static func value(_ value: Value, of column: OutputColumn, place: String) throws -> SQLValue {
            guard let text = value.text else { return .null }
            let isHexadecimal = column.type.isBinary && text.hasPrefix("0x")
            do throws(ServerMessage) {
                return try Conversion.convert(
                    .string(text), from: .nVarCharMax, to: column.type, style: isHexadecimal ? 1 : nil)
            } catch {
                throw EmbeddedServerError("\(place), column \(column.name): \(error.text)")
            }
        }
    }
}

/// What a server's owner gives it to answer with.
package struct ServerProvisions: Sendable {
    let plans = EmbeddedServer.Plans()
    let dynamicViews = EmbeddedServer.DynamicViews()

    package init() {}
}
