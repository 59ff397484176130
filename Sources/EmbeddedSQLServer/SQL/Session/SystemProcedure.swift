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
        var sink: any ResultSink
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

    private static let all: [SystemProcedure] = [
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
    ]

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
            line: line, sink: context.sink, isCaught: context.tryDepth > 0 || context.hasOuterTry)
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
        return try body(session, call)
    }
}
