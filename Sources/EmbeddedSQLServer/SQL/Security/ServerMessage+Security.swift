extension ServerMessage {
    /// Msg 15151.
    static func cannot(_ verb: String, _ kind: String, _ name: String, line: Int = 0) -> ServerMessage {
        error(
            15_151, line: line,
            "Cannot \(verb) the \(kind) '\(name)', because it does not exist or you do not have permission.")
    }

    /// Msg 15247.
    static func notAllowed(line: Int = 0) -> ServerMessage {
        error(15_247, line: line, "User does not have permission to perform this action.")
    }

    /// Msg 15023.
    static func principalExists(_ name: String) -> ServerMessage {
        error(15_023, "User, group, or role '\(name)' already exists in the current database.")
    }

    /// Msg 15150, for what every database or server has.
    static func cannotAtAll(_ verb: String, _ kind: String, _ name: String) -> ServerMessage {
        error(15_150, "Cannot \(verb) the \(kind) '\(name)'.")
    }

    /// Msg 15405.
    static func specialPrincipal(_ name: String) -> ServerMessage {
        error(15_405, "Cannot use the special principal '\(name)'.")
    }

    /// Msg 229.
    static func denied(_ permission: String, object: String, database: String, schema: String) -> ServerMessage {
        error(
            229, state: 5,
            "The \(permission) permission was denied on the object '\(object)', database '\(database)', schema '\(schema)'."
        )
    }

    /// Msg 230.
    static func denied(
        _ permission: String, column: String, object: String, database: String, schema: String
    ) -> ServerMessage {
        error(
            230,
            "The \(permission) permission was denied on the column '\(column)' of the object '\(object)', database '\(database)', schema '\(schema)'."
        )
    }

    /// Msg 262.
    static func denied(_ permission: String, database: String, line: Int = 0) -> ServerMessage {
        error(262, line: line, "\(permission) permission denied in database '\(database)'.")
    }
}
