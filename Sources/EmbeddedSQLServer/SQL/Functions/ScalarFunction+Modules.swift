import SQLValues

extension ScalarFunction {
    /// Calls of functions of the user's: what the session finds the function by, then its arguments.
    static let modules: [ScalarFunction] = [
        .stored(Binder.moduleCall, isDeterministic: false) { arguments, context throws(ServerMessage) in
            try context.invoke(arguments[0].text, (1..<arguments.count).map { arguments.stored($0) })
        }
    ]
}
