import SQLValues
import TransactSQL

/// One login's session on SQLite: parses, binds, writes out and runs T-SQL.
///
/// Used by one thread at a time.
final class EmbeddedSession: SQLSession {
    let instance: EmbeddedInstance
    let options: SessionOptions
    let connection: SQLiteConnection
    var settings: SessionSettings { didSet { dates.value = settings.dates } }
    /// How the running request reads and writes dates.
    let dates = DateConventions.Box()
    /// The language of the login.
    let language: SessionLanguage

    // Databases
    var database: EmbeddedInstance.Database
    var security: SessionSecurity
    var lookupSchema: String?
    /// The login that the instance counts as connected.
    var countedLogin: Int?
    /// The database of the login, to which a reset goes back.
    var loginDatabase: EmbeddedInstance.Database
    /// SQLite's alias of each attached database.
    var attached: [Int: String] = [:]
    var catalogs: [String: DatabaseCatalog] = [:]
    /// Grows whenever bound statements may be stale.
    var stamp = 0
    var tableVariables = TableVariableStore()
    var transitions = TransitionStore()
    /// The triggers that run now, the innermost last.
    var triggerFrames: [TriggerFrame] = []
    /// The transaction count at the start of the INSERT … EXECUTE that runs.
    var insertExecution: Int?
    /// Ids of the global temporary tables that this session made.
    var globalTables: Set<Int> = []
    /// Errors that the server sends before the one that a statement ends with (Msg 5074 before 4922).
    var precedingErrors: [ServerMessage] = []
    /// Rows that the running INSERT left out by IGNORE_DUP_KEY.
    var ignoredRows = 0
    /// Rows of catalogue views that the running statement reads.
    var systemCache: [String: [[StoredValue]]] = [:]

    // Transaction
    var transactionCount = 0
    /// Another one after each end of a transaction.
    var transactionNumber = 0
    var transactionDescriptor: UInt64 = 0
    var transactionName = ""
    /// When the open transaction began, in ticks of local time.
    var transactionStart = 0
    var isDoomed = false
    /// The isolation level under which the open transaction first touched data; nil before that.
    var firstIsolation: IsolationLevel?
    /// The open transaction wrote something, if only to a temporary table.
    var hasWritten = false
    /// SQLite's count of changed rows when the transaction began.
    var changesBefore = 0
    /// Names of savepoints, oldest first.
    var savepoints: [String] = []

    // Locks
    /// SET CONTEXT_INFO: 128 bytes, whatever scope set them.
    var contextInfo: [UInt8]?
    var sessionContext = SessionContext()
    /// This session among those of the instance, for the lock manager.
    let lockID: Int32
    let loginTime = Clock.ticks(utc: false)
    /// The locks of the open transaction on databases.
    var heldLocks: [LockResource: LockMode] = [:]
    var holdsStatementLocks = false
    /// A batch is being checked before it runs: what it would have to wait for is bound later.
    var isChecking = false
    /// The open transaction holds a lock of sp_getapplock.
    var holdsApplicationLocks = false

    // What the last statement left
    var lastRowCount: Int64 = 0
    /// The rows that the running statement has sent.
    var rowsSent = 0
    var lastError: Int32 = 0
    var lastIdentity: SQLDecimal?
    var scopeIdentities: [SQLDecimal?] = [nil]
    /// The error that the running CATCH handles.
    var caught: [ServerMessage] = []
    var nestLevel = 0
    /// Cursors that outlive their batch, by name in lower case.
    var globalCursors: [String: Cursor] = [:]
    /// @@FETCH_STATUS and @@CURSOR_ROWS.
    var fetchStatus: Int64 = 0
    var cursorRows: Int64 = 0
    /// The scope of the statement that runs.
    var currentContext: BatchContext?
    /// The module of each scope that runs, nil for dynamic SQL; the innermost last.
    var modules: [PreparedModule?] = []
    /// The batch whose INSERT BULK waits for its rows.
    var announcedBulkLoad: String?
    /// Modules that ran, by database and object id.
    var prepared: [ModuleKey: PreparedModule] = [:]
    /// The schema-bound function that is being defined.
    var schemaBinding: SchemaBinding?
    /// How many definitions of the instance had changed when SQLite's transaction began.
    var definitionsBefore: UInt64 = 0
    /// The status of a call that fails before it runs anything, if clients are told one.
    var failedCallStatus: Int32?
    /// A change of a table reads the rows that it is to change.
    var isReadingForChange = false
    /// The moment at which the running statement began, in ticks of UTC.
    var statementTime = 0

    init(instance: EmbeddedInstance, database: EmbeddedInstance.Database, options: SessionOptions) throws {
        self.instance = instance
        self.options = options
        self.database = database
        loginDatabase = database
        security = SessionSecurity(login: ServerSecurity.administrator, name: options.userName)
        lockID = instance.nextLockID()
        language = try SessionLanguage.named(options.language)
        settings = SessionSettings(isODBC: options.isODBC, language: language)
        dates.value = settings.dates
        connection = try SQLiteConnection(path: ":memory:")
        try connection.execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY")
        instance.enter(database)
        connection.functions.invoke = { [unowned self] key, arguments throws(ServerMessage) in
            try self.invoke(key, arguments)
        }
        connection.functions.rows = { [unowned self] key, arguments in try self.rows(of: key, arguments) }
        connection.functions.lookup = { [unowned self] name, arguments in self.lookup(name, arguments) }
        try attach(database)
        // Here, outside any transaction, so that no rollback takes it away.
        try DatabaseCatalog.create(in: connection, schema: "temp", firstID: 1_500_000_000)
        publish(isRunning: false)
    }

    var databaseName: String { database.name }

    /// What the server's edition lacks.
    var editionRules: EditionRules { EditionRules(edition: instance.edition) }

    // MARK: Door

    func run(batch: String, into sink: any ResultSink) throws(RequestStopped) {
        try runBatch(batch, variables: Variables(), into: sink)
    }

    func execute(
        _ statement: String, declarations: String, arguments: [RequestArgument], into sink: any ResultSink
    ) throws(RequestStopped) -> [RequestArgument] {
        let variables = Variables()
        let parameters: [ParameterDeclaration]
        do {
            parameters = try dates.run { try declare(declarations, of: statement, arguments, variables) }
        } catch {
            try report(message(of: error), into: sink)
            return []
        }
        let transactions = transactionCount
        let scope = enterScope(nil)
        try runBatch(statement, variables: variables, into: sink)
        try leave(scope, into: sink)
        if transactionCount != transactions, lastError == 0 {
            try report(Self.mismatch(transactions, transactionCount), into: sink)
        }
        return outputs(parameters, arguments, variables)
    }

    private func outputs(
        _ parameters: [ParameterDeclaration], _ arguments: [RequestArgument], _ variables: Variables
    ) -> [RequestArgument] {
        parameters.filter(\.isOutput).compactMap { parameter in
            guard let index = variables.index(of: parameter.name),
                arguments.contains(where: { $0.isOutput })
            else { return nil }
            return RequestArgument(
                name: parameter.name, type: variables.type(at: index), value: variables[index], isOutput: true)
        }
    }

    func call(
        _ procedure: String, arguments: [RequestArgument], into sink: any ResultSink
    ) throws(RequestStopped) -> (status: Int32, outputs: [RequestArgument]) {
        let name = procedure.split(separator: ".").last.map { $0.filter { $0 != "[" && $0 != "]" } } ?? ""
        switch name.lowercased() {
        case "sp_reset_connection":
            reset(keepsTransaction: false)
            return (0, [])
        case "sp_executesql":
            guard case .string(let statement)? = arguments.first?.value else {
                try report(
                    .error(
                        214, state: 2,
                        "Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'."), into: sink)
                return (1, [])
            }
            var declarations = ""
            if arguments.count > 1, case .string(let text) = arguments[1].value { declarations = text }
            let outputs = try execute(
                statement, declarations: declarations, arguments: Array(arguments.dropFirst(2)), into: sink)
            return (lastError, outputs)
        default: return try callModule(procedure, arguments, into: sink)
        }
    }

    func reset(keepsTransaction: Bool) {
        revertAll()
        if !keepsTransaction { rollBackAll() }
        instance.locks.releaseAll([.session], of: lockID)
        dropTemporaryObjects(besides: [])
        dropGlobalTables()
        if database != loginDatabase {
            instance.enter(loginDatabase)
            instance.leave(database)
            database = loginDatabase
            stamp += 1
        }
        settings = SessionSettings(isODBC: options.isODBC, language: language)
        contextInfo = nil
        sessionContext = SessionContext()
        connection.functions.lockTimeout = -1
        lastIdentity = nil
        scopeIdentities = [nil]
        lastError = 0
        lastRowCount = 0
        nestLevel = 0
        modules = []
        globalCursors = [:]
        (fetchStatus, cursorRows) = (0, 0)
        caught = []
        announcedBulkLoad = nil
    }

    func close() {
        rollBackAll()
        dropGlobalTables()
        instance.forget(lockID)
        instance.leave(database)
        if let login = countedLogin { instance.logOut(login) }
        countedLogin = nil
        connection.emptyCache()
    }

    // MARK: Parameters

    /// Declares the parameters of sp_executesql and gives them their values.
    func declare(
        _ declarations: String, of statement: String, _ arguments: [RequestArgument], _ variables: Variables
    ) throws -> [ParameterDeclaration] {
        let parameters = try Parser.parse(parameters: declarations)
        var given: [String: RequestArgument] = [:]
        for (index, argument) in arguments.enumerated() {
            let name = argument.name.isEmpty ? (index < parameters.count ? parameters[index].name : "") : argument.name
            given[name.lowercased()] = argument
        }
        for parameter in parameters {
            let named = try type(parameter.type, place: variables.list.count + 1)
            guard let type = named.type, !parameter.isReadOnly else {
                try declare(table: parameter, named, given[parameter.name.lowercased()], variables)
                continue
            }
            guard let argument = given[parameter.name.lowercased()], !argument.isDefault else {
                throw ServerMessage.error(
                    8178, line: 1,
                    "The parameterized query '(\(declarations))\(statement)' expects the parameter '\(parameter.name)', which was not supplied."
                )
            }
            guard parameter.isOutput || !argument.isOutput else {
                throw ServerMessage.error(
                    8162, state: 2, line: 1,
                    "The formal parameter \"\(parameter.name)\" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output."
                )
            }
            if let table = argument.table { throw Self.clash(table.name, type.name, line: 1) }
            let given = argument.baseType ?? argument.type
            if let refusal = TypeRules.implicitRefusal(from: argument.type, to: type), !argument.value.isNull {
                throw refusal
            }
            let value = try Conversion.convert(argument.value, from: given, to: type)
            guard variables.declare(parameter.name, type, value) != nil else {
                throw ServerMessage.error(
                    134, line: 1, "The variable name '\(parameter.name)' has already been declared.")
            }
        }
        // The text has no name that the message could tell.
        guard given.keys.allSatisfy({ name in parameters.contains { $0.name.lowercased() == name } }) else {
            throw ServerMessage.error(
                8144, state: 2, line: 1, "Procedure or function  has too many arguments specified.")
        }
        return parameters
    }
}
