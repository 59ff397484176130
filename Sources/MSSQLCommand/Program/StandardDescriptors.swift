import Foundation

/// Keeps stdin, stdout and stderr apart from the files and sockets of the process.
enum StandardDescriptors {
    /// Occupies those that the caller closed (`mssql query … >&-`), so that reading or writing them is an error.
    ///
    /// Otherwise the next socket would get the number of stdout, and data would be written to the server.
    static func occupyClosed() {
        let modes = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        for (descriptor, mode) in modes where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free number is taken: this one, since those below are occupied.
            _ = unsafe open("/dev/null", mode)
        }
    }
}
