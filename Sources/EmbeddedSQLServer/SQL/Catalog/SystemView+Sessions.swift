import SQLValues

extension SystemView.Source {
    /// The sessions that the reader may see: all with the permission, else its own (sys.dm_exec_sessions).
    var visibleSessions: [SessionRecord] {
        guard let evaluator, !evaluator.has("VIEW SERVER PERFORMANCE STATE", on: .server) else { return live.sessions }
        return live.sessions.filter { $0.lockID == session.lockID }
    }
}

/// Views of sessions, their connections and requests at this moment.
extension SystemView {
    static let sessionViews: [SystemView] = [sessions, connections, requests]

    private static func int(_ value: Int) -> SQLValue { .int(Int64(value)) }

    private static let options: [(column: String, option: String)] = [
        ("quoted_identifier", "QUOTED_IDENTIFIER"), ("arithabort", "ARITHABORT"),
        ("ansi_null_dflt_on", "ANSI_NULL_DFLT_ON"), ("ansi_warnings", "ANSI_WARNINGS"),
        ("ansi_padding", "ANSI_PADDING"), ("ansi_nulls", "ANSI_NULLS"),
        ("concat_null_yields_null", "CONCAT_NULL_YIELDS_NULL"),
    ]

    /// What is counted per session (time, memory, reads) is not known here, and has no columns.
    private static let sessions = SystemView(
        "sys.dm_exec_sessions",
        columns(
            """
            session_id smallint, login_time datetime, host_name sysname?, program_name sysname?, host_process_id int?,
            client_version int?, client_interface_name nvarchar(32)?, security_id varbinary(85), login_name sysname,
            nt_domain sysname?, nt_user_name sysname?, status nvarchar(30), context_info varbinary(128)?,
            endpoint_id int, is_user_process bit, text_size int, language sysname?, date_format nvarchar(3)?,
            date_first smallint
            """)
            + options.map { column($0.column, .bit) }
            + columns(
                """
                transaction_isolation_level smallint, lock_timeout int, deadlock_priority int, row_count bigint,
                prev_error int, original_security_id varbinary(85), original_login_name sysname, database_id smallint,
                authenticating_database_id int?, open_transaction_count int
                """)
    ) { source in source.visibleSessions.map { row($0, source) } }

    private static func row(_ session: SessionRecord, _ source: Source) -> [SQLValue] {
        let settings = session.settings
        let options = session.options
        func sid(_ login: String) -> SQLValue {
            .bytes(source.server.login(named: login)?.sid ?? [])
        }
        let who: [SQLValue] = [
            int(Int(options.processID)), moment(session.loginTime), .string(options.hostName),
            .string(options.applicationName), .int(Int64(options.clientProcessID)),
            // TDS 7.4 is version 7 here.
            options.connection.map { .int(Int64($0.protocolVersion >> 28 & 0xF)) } ?? .null,
            .string(options.libraryName), sid(session.loginName), .string(session.loginName), .string(""),
            .string(""), .string(session.isRunning ? "running" : "sleeping"), .bytes(session.contextInfo ?? []),
            int(endpoint), .bit(true), int(settings.textSize), .string(settings.dates.language.name),
            .string("\(settings.dates.format)"),
            int(settings.dateFirst),
        ]
        return who + Self.options.map { .bit(settings.has($0.option)) } + [
            .int(session.isolationNumber), int(settings.lockTimeout), int(settings.deadlockPriority),
            .int(session.rowCount), .int(Int64(session.lastError)), sid(options.userName), .string(options.userName),
            int(session.database), int(1), int(session.transactionCount),
        ]
    }

    /// The endpoint "TSQL Default TCP" (sys.endpoints).
    private static let endpoint = 4

    /// Bytes and moments of reads and writes are not counted: those columns are NULL.
    private static let connections = SystemView(
        "sys.dm_exec_connections",
        columns(
            """
            session_id int?, most_recent_session_id int?, connect_time datetime, net_transport nvarchar(40),
            protocol_type nvarchar(40)?, protocol_version int?, endpoint_id int?, encrypt_option nvarchar(40),
            auth_scheme nvarchar(40), node_affinity smallint, num_reads int?, num_writes int?, last_read datetime?,
            last_write datetime?, net_packet_size int?, client_net_address varchar(48)?, client_tcp_port int?,
            local_net_address varchar(48)?, local_tcp_port int?, connection_id uniqueidentifier,
            parent_connection_id uniqueidentifier?, most_recent_sql_handle varbinary(64)?
            """)
    ) { source in
        source.live.sessions.compactMap { session in
            guard let facts = session.options.connection else { return nil }
            let id = int(Int(session.options.processID))
            let known: [SQLValue] = [
                id, id, moment(facts.connected), .string("TCP"), .string("TSQL"), .int(Int64(facts.protocolVersion)),
                int(endpoint), .string(facts.isEncrypted ? "TRUE" : "FALSE"), .string("SQL"), int(0), .null, .null,
                .null, .null, int(facts.packetSize),
            ]
            return known + [
                .text(facts.client?.address), .number(facts.client?.port), .text(facts.server?.address),
                .number(facts.server?.port), .uniqueIdentifier(facts.id), .null, .null,
            ]
        }
    }.requiring(.server("VIEW SERVER SECURITY STATE"))

    private static let requests = SystemView(
        "sys.dm_exec_requests",
        columns(
            """
            session_id smallint, request_id int, status nvarchar(30), database_id smallint,
            blocking_session_id smallint, wait_type nvarchar(60)?, open_transaction_count int,
            transaction_isolation_level smallint, lock_timeout int, deadlock_priority int,
            connection_id uniqueidentifier?
            """)
    ) { source in
        let state = source.live
        return source.visibleSessions.filter(\.isRunning).map { session in
            let blocker = state.locks.sessions(blocking: session.lockID).first
            let waits = state.locks.queues.values.joined()
            let wait = waits.first { $0.session == session.lockID }
            return [
                int(Int(session.options.processID)), int(0), .string(wait == nil ? "running" : "suspended"),
                int(session.database), blocker.map { state.processID($0) } ?? int(0),
                wait.map { .string("LCK_M_\($0.mode.shortName)") } ?? .null, int(session.transactionCount),
                .int(session.isolationNumber), int(session.settings.lockTimeout),
                int(session.settings.deadlockPriority),
                session.options.connection.map { .uniqueIdentifier($0.id) } ?? .null,
            ]
        }
    }
}
