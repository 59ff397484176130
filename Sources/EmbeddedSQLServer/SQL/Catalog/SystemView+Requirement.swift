extension SystemView {
    /// A permission that reading a view takes ("Permissions" of the view's page, as of SQL Server 2022).
    enum Requirement: Sendable, Equatable {
        /// On the server: Msg 300 and 297.
        case server(String)
        /// On the database: Msg 262 and 297.
        case database(String)
        /// SELECT on the view itself, which nobody has but owners of the database: Msg 229.
        case ownership
    }
}

extension EmbeddedSession {
    /// Why the session may not read a system view; nothing when it may.
    func refusals(of requirement: SystemView.Requirement, view: String, in home: EmbeddedInstance.Database) throws
        -> [ServerMessage]
    {
        let evaluator = try evaluator(in: home)
        let notAllowed = ServerMessage.error(297, "The user does not have permission to perform this action.")
        switch requirement {
        case .server(let permission):
            guard try !serverEvaluator().has(permission, on: .server) else { return [] }
            let denied = ServerMessage.error(
                300, "\(permission) permission was denied on object 'server', database 'master'.")
            return [denied, notAllowed]
        case .database(let permission):
            guard !evaluator.has(permission, on: .database) else { return [] }
            return [.denied(permission, database: home.name), notAllowed]
        case .ownership:
            guard !evaluator.token.isOwner, !evaluator.token.isSysadmin else { return [] }
            let parts = view.split(separator: ".").map(String.init)
            return [
                .denied(
                    "SELECT", object: parts.last ?? view, database: "mssqlsystemresource", schema: parts.first ?? "sys")
            ]
        }
    }
}
