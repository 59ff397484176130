import CommandLineTools
import SQLServer
import Synchronization

/// A progress bar on stderr.
final class BulkMeter: Sendable {
    private let line: Mutex<ProgressLine<UptimeClock>>
    private let size: Int?
    private let byteCount: @Sendable () -> Int

    init(_ context: CommandContext, size: Int?, rows: CSVRows) {
        line = Mutex(context.terminal.progress(clock: UptimeClock(uptime: context.uptime)))
        self.size = size
        byteCount = rows.bytesRead
    }

    func update(_ progress: SQLBulkCopyProgress) {
        let text = Self.text(progress, bytes: byteCount(), size: size)
        line.withLock { $0.update(text) }
    }

    func finish() { line.withLock { $0.finish() } }

    /// Such as `[########------------] 41 %, 120000 rows`.
    static func text(_ progress: SQLBulkCopyProgress, bytes: Int, size: Int?) -> String {
        guard let size, size > 0 else { return "\(progress.rowsSent) rows" }
        let part = min(bytes, size)
        let filled = part * 20 / size
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled)
        return "[\(bar)] \(part * 100 / size) %, \(progress.rowsSent) rows"
    }
}
