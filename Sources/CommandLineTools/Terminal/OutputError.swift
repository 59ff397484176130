/// Output that could not be written.
package enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The reader went away (`mssql query … | head`). No failure: stop working and end with ``ExitCode/success``.
    case closed
    /// The system's error number, such as that of a full disk.
    case failed(Int32, reason: String)

    package var description: String {
        switch self {
        case .closed: "The reader of the output closed it."
        case .failed(let number, let reason): "The output could not be written: \(reason) (error \(number))."
        }
    }
}
