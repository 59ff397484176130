/// What a command tells the shell.
package enum ExitCode: Int32, Sendable, CaseIterable {
    /// Everything asked for was done.
    case success = 0
    /// Findings that the caller wanted to fail on, or work that failed.
    case failure = 1
    /// The command line was wrong; nothing was done.
    case usage = 2
    /// No connection, or the login was refused.
    case connection = 3
    /// The database is not what the files say.
    case drift = 4
}
