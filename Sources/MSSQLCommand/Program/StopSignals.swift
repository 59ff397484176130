import Dispatch
import Foundation

/// Watches for the signals that ask a process to stop: SIGINT (Ctrl-C) and SIGTERM.
enum StopSignals {
    /// The signals that arrive from now on.
    ///
    /// After the first one the default action is back, so that a second Ctrl-C ends a process that does not stop.
    static func watch() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let queue = DispatchQueue(label: "mssql.stop-signals")
        for number in [SIGINT, SIGTERM] {
            // The default action would end the process before the source hears of the signal.
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                continuation.yield(number)
                _ = signal(number, SIG_DFL)
                // The handler keeps its source alive until here.
                source.cancel()
            }
            source.resume()
        }
        return stream
    }
}
