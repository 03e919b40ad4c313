import Logging
import Synchronization

/// Keeps everything that is logged, at every level, as text.
final class LogBook: Sendable {
    private let entries = Mutex<[String]>([])

    /// What was logged: level, message and metadata by name.
    var lines: [String] { entries.withLock { $0 } }

    /// A logger that writes into this book.
    var logger: Logger { Logger(label: "tests") { _ in Handler(book: self) } }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let shown = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            book.entries.withLock { $0.append("\(event.level) \(event.message)\(shown)") }
        }
    }
}
