import SQLValues
import TransactSQL

extension EmbeddedSession {
    /// The columns of sp_describe_undeclared_parameters, as documented.
    private static let parameterColumns = SystemView.columns(
        """
        parameter_ordinal int, name sysname, suggested_system_type_id int,
        suggested_system_type_name nvarchar(256)?, suggested_max_length smallint, suggested_precision tinyint,
        suggested_scale tinyint, suggested_user_type_id int?, suggested_user_type_database sysname?,
        suggested_user_type_schema sysname?, suggested_user_type_name sysname?,
        suggested_assembly_qualified_type_name nvarchar(4000)?, suggested_xml_collection_id int?,
        suggested_xml_collection_database sysname?, suggested_xml_collection_schema sysname?,
        suggested_xml_collection_name sysname?, suggested_is_xml_document bit, suggested_is_case_sensitive bit,
        suggested_is_fixed_length_clr_type bit, suggested_is_input bit, suggested_is_output bit,
        formal_parameter_name sysname?, suggested_tds_type_id int, suggested_tds_length int
        """)

    /// sp_describe_undeclared_parameters.
    func describeUndeclaredParameters(_ call: SystemProcedure.Call) throws -> Int32 {
        let procedure = "sp_describe_undeclared_parameters"
        guard let text = call.text("@tsql") else {
            throw ServerMessage.error(
                214, state: 3, line: 1, "Procedure expects parameter '@tsql' of type 'nvarchar(max)'."
            ).inside(procedure)
        }
        let found = try analyzed(call, procedure) {
            let variables = Variables()
            try declareTypes(call.text("@params") ?? "", variables)
            let statements = try Parser.parse(batch: text, quotedIdentifier: settings.has("QUOTED_IDENTIFIER"))
            let wanted = Self.parameters(of: text, statements).filter { variables.index(of: $0) == nil }
            let deduction = ParameterDeduction(self, declared: variables)
            try deduction.visit(statements)
            let parameters = try wanted.map { name -> UndeclaredParameter in
                guard let known = deduction.found.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                    throw ServerMessage.unsupported("deducing the type of \(name) in its place", line: call.line)
                }
                return known
            }
            for parameter in parameters where variables.declare(parameter.name, parameter.type) == nil {
                throw ServerMessage.error(
                    11_508,
                    "The undeclared parameter '\(parameter.name)' is used more than once in the batch being analyzed.")
            }
            try check(statements, BatchContext(text: text, variables: variables, sink: SilentSink { false }))
            return parameters
        }
        let rows = found.enumerated().map { Self.parameterRow($0 + 1, $1) }
        try send(Self.parameterColumns, rows, into: call.sink)
        return 0
    }

    /// The variables of a text that it does not declare itself, once for each time that they stand there.
    private static func parameters(of text: String, _ statements: [Statement]) -> [String] {
        var own: Set<String> = []
        var argumentNames: [String] = []
        func collect(_ statements: [Statement]) {
            for statement in statements {
                if case .execute(let execute) = statement.kind {
                    argumentNames += execute.arguments.compactMap { $0.name?.lowercased() }
                }
                if case .declare(let declare) = statement.kind {
                    for item in declare.items { own.insert(item.name.lowercased()) }
                }
                collect(statement.inner)
            }
        }
        collect(statements)
        let bytes = Array(text.utf8)
        let tokens = Lexer.tokens(of: bytes)
        var names = tokens.filter { $0.kind == .variable }.map {
            String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
        }
        // `@name = value` names a parameter of the procedure.
        for name in argumentNames {
            if let index = names.firstIndex(where: { $0.lowercased() == name }) { names.remove(at: index) }
        }
        return names.filter { !$0.hasPrefix("@@") && !own.contains($0.lowercased()) }
    }

    private static func parameterRow(_ ordinal: Int, _ parameter: UndeclaredParameter) -> [SQLValue] {
        let type = TypeDescription(parameter.type)
        let no = SQLValue.bit(false)
        let head: [SQLValue] = [
            .number(ordinal), .text(parameter.name), .number(type.systemID), .text(parameter.type.description),
            type.maxLength, type.precision, type.scale,
        ]
        return head + Array(repeating: .null, count: 9) + [
            no, no, no, .bit(true), .bit(parameter.isOutput), .text(parameter.formalName),
        ] + wireValues(parameter.type, isNullable: true).prefix(2)
    }
}
