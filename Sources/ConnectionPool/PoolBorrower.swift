/// Who asks a pool for a connection.
package struct PoolBorrower: Sendable, Hashable {
    /// Whose share of the pool is used.
    package let tenant: PoolTenant
    /// Where in the source the connection is asked for; nil when it is not known.
    package let location: PoolSourceLocation?

    /// A borrower.
    package init(tenant: PoolTenant = .default, location: PoolSourceLocation? = nil) {
        self.tenant = tenant
        self.location = location
    }
}

/// A key between which a pool is fair.
///
/// Waiters of one tenant are served in the order they came. Between tenants that wait, connections are handed out in
/// proportion to their weights, whatever the lengths of their queues.
package struct PoolTenant: Sendable, Hashable {
    /// The key; empty for everything that is not done for a tenant.
    package let name: String
    /// How many connections it gets for one of a tenant with weight 1: 1 to 1,000.
    package let weight: Int

    /// A tenant with its weight.
    ///
    /// When a name comes with different weights, the last one counts.
    package init(_ name: String, weight: Int = 1) {
        self.name = name
        self.weight = min(max(1, weight), 1_000)
    }

    /// What is not done for a tenant: its waiters share one queue of weight 1, and no share limits them.
    package static let `default` = PoolTenant("")

    /// Whether it is ``default``.
    package var isDefault: Bool { name.isEmpty }
}

/// A line of source code.
package struct PoolSourceLocation: Sendable, Hashable, CustomStringConvertible {
    /// The module and file, as `#fileID`.
    package let fileID: String
    /// The line, as `#line`.
    package let line: Int

    /// A line of a file.
    package init(fileID: String, line: Int) {
        self.fileID = fileID
        self.line = line
    }

    /// Such as `Shop/Orders.swift:42`.
    package var description: String { "\(fileID):\(line)" }
}
