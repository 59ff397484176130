import SQLValues

/// A system procedure that runs here, with its parameters.
struct SystemProcedure: Sendable {
    /// A parameter; one without a default must be given.
    struct Parameter: Sendable {
        var name: String
        var type: SQLType
        var defaultValue: SQLValue?
    }

    /// A call with its values by name.
    struct Call {
        var values: [String: SQLValue] = [:]
        var line: Int
        /// The scope of the caller.
        var context: BatchContext
        var sink: any ResultSink { context.sink }
        /// A TRY around the call catches its errors.
        var isCaught = false

        /// A text that is not NULL.
        func text(_ name: String) -> String? {
            guard case .string(let text)? = values[name] else { return nil }
            return text
        }

        /// A number that is not NULL.
        func integer(_ name: String) -> Int? {
            guard case .int(let number)? = values[name] else { return nil }
            return Int(number)
        }
    }

    let name: String
    let parameters: [Parameter]
    /// Whether it sends a result set.
    var returnsRows = false
    let body: @Sendable (EmbeddedSession, Call) throws -> Int32

    /// The procedure of a name in lower case.
    static func named(_ name: String) -> SystemProcedure? { all.first { $0.name == name } }

    /// The names of all of them.
    static var names: [String] { all.map(\.name) }

    private static let principal = Parameter(
        name: "@DbPrincipal", type: .nVarChar(128), defaultValue: .string("public"))
    private static let resource = Parameter(name: "@Resource", type: .nVarChar(255), defaultValue: .null)
    private static let owner = Parameter(
        name: "@LockOwner", type: .varChar(32), defaultValue: .string("Transaction"))

    private static let language = Parameter(name: "@lang", type: .nVarChar(128), defaultValue: .null)

    private static let all: [SystemProcedure] = locks + catalog

    private static let locks: [SystemProcedure] = [
        SystemProcedure(
            name: "sp_getapplock",
            parameters: [
                resource, Parameter(name: "@LockMode", type: .varChar(32)),
                owner, Parameter(name: "@LockTimeout", type: .int, defaultValue: .null), principal,
            ],
            body: { try $0.getApplicationLock($1) }),
        SystemProcedure(
            name: "sp_releaseapplock",
            parameters: [resource, owner, principal],
            body: { try $0.releaseApplicationLock($1) }),
        SystemProcedure(
            name: "sp_set_session_context",
            parameters: [
                Parameter(name: "@key", type: .nVarChar(128)), Parameter(name: "@value", type: .variant),
                Parameter(name: "@read_only", type: .bit, defaultValue: .bit(false)),
            ],
            body: { try $0.setSessionContext($1) }),
        SystemProcedure(
            name: "sp_addmessage",
            parameters: [
                Parameter(name: "@msgnum", type: .int), Parameter(name: "@severity", type: .smallInt),
                Parameter(name: "@msgtext", type: .nVarChar(255)), language,
                Parameter(name: "@with_log", type: .varChar(5), defaultValue: .string("FALSE")),
                Parameter(name: "@replace", type: .varChar(7), defaultValue: .null),
            ],
            body: { try $0.addMessage($1) }),
        SystemProcedure(
            name: "sp_dropmessage", parameters: [Parameter(name: "@msgnum", type: .int), language],
            body: { try $0.dropMessage($1) }),
        SystemProcedure(
            name: "sp_rename",
            parameters: [
                Parameter(name: "@objname", type: .nVarChar(1_035)), Parameter(name: "@newname", type: .nVarChar(128)),
                Parameter(name: "@objtype", type: .varChar(13), defaultValue: .null),
            ],
            body: { try $0.rename($1) }),
        SystemProcedure(
            name: "sp_describe_first_result_set",
            parameters: [
                Parameter(name: "@tsql", type: .nVarCharMax),
                Parameter(name: "@params", type: .nVarCharMax, defaultValue: .null),
                Parameter(name: "@browse_information_mode", type: .tinyInt, defaultValue: .int(0)),
            ],
            returnsRows: true, body: { try $0.describeFirstResult($1) }),
        SystemProcedure(
            name: "sp_describe_undeclared_parameters",
            parameters: [
                Parameter(name: "@tsql", type: .nVarCharMax),
                Parameter(name: "@params", type: .nVarCharMax, defaultValue: .null),
            ],
            returnsRows: true, body: { try $0.describeUndeclaredParameters($1) }),
    ]

    /// A procedure that is written in T-SQL; a refusal comes before its text runs.
    static func text(
        _ name: String, _ parameters: [Parameter], _ text: String,
        refusal: @escaping @Sendable (EmbeddedSession, Call) -> ServerMessage? = { _, _ in nil }
    ) -> SystemProcedure {
        SystemProcedure(name: name, parameters: parameters, returnsRows: true) { session, call in
            if let message = refusal(session, call) { throw message.at(line: 1).inside(name) }
            let arguments = parameters.map {
                RequestArgument(name: $0.name, type: $0.type, value: call.values[$0.name] ?? .null)
            }
            let declarations = parameters.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
            _ = try session.executeNested(
                text, declarations: declarations, arguments: arguments, levels: 1, outer: call.context)
            return 0
        }
    }

    /// Runs the procedure; its status.
    func run(_ arguments: [CallArgument], in session: EmbeddedSession, _ context: BatchContext, line: Int) throws
        -> Int32
    {
        guard arguments.count <= parameters.count else {
            throw ServerMessage.error(
                8144, state: 2, "Procedure or function \(name) has too many arguments specified."
            ).inside(name)
        }
        var call = Call(
            line: line, context: context, isCaught: context.tryDepth > 0 || context.hasOuterTry)
        for (index, argument) in arguments.enumerated() where !argument.isDefault {
            let wanted = argument.name.lowercased()
            guard
                let parameter = wanted.isEmpty
                    ? parameters[index] : parameters.first(where: { $0.name.lowercased() == wanted })
            else {
                throw ServerMessage.error(
                    8145, "\(argument.name) is not a parameter for procedure \(name)."
                ).inside(name)
            }
            if !argument.value.isNull,
                let refusal = TypeRules.implicitRefusal(from: argument.type, to: parameter.type)
            {
                throw refusal
            }
            do throws(ServerMessage) {
                call.values[parameter.name] = try Conversion.convert(
                    argument.value, from: argument.type, to: parameter.type)
            } catch {
                guard error.number != 40517 else { throw error }
                throw ServerMessage.error(
                    8114, "Error converting data type \(argument.type.name) to \(parameter.type.name)."
                ).inside(name)
            }
        }
        for parameter in parameters where call.values[parameter.name] == nil {
            guard let value = parameter.defaultValue else {
                throw ServerMessage.error(
                    201, state: 4,
                    "Procedure or function '\(name)' expects parameter '\(parameter.name)', which was not supplied."
                ).inside(name)
            }
            call.values[parameter.name] = value
        }
        session.lastError = 0
        try session.editionRules.checkProcedure(name)
        return try body(session, call)
    }
}
