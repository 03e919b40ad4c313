internal import BundleModel
internal import Foundation
internal import Logging

/// Writes the log of a daemon on standard error, one line an event: for people, or as JSON.
///
/// Nothing secret is given to it; whatever looks like a credential is masked all the same.
struct DaemonLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let isJSON: Bool
    private let write: @Sendable (String) -> Void

    init(
        _ label: String, level: Logger.Level, isJSON: Bool,
        write: @escaping @Sendable (String) -> Void = { line in
            // Whoever reads the log may be gone, or its disk full: the daemon goes on.
            try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
        }
    ) {
        self.label = label
        self.isJSON = isJSON
        self.write = write
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { _, new in new }
            .mapValues { DisplayText.masked("\($0)") }
        let message = DisplayText.masked("\(event.message)")
        write(isJSON ? json(event.level, message, facts) : text(event.level, message, facts))
    }

    private func text(
        _ level: Logger.Level, _ message: String, _ facts: [String: String]
    ) -> String {
        let facts = facts.sorted { $0.key < $1.key }
            .map { " \($0.key)=\(DisplayText.escape($0.value))" }.joined()
        return "\(Date().formatted(.iso8601)) \(level.rawValue) \(label): "
            + "\(DisplayText.escape(message))\(facts)\n"
    }

    private func json(
        _ level: Logger.Level, _ message: String, _ facts: [String: String]
    ) -> String {
        struct Line: Encodable {
            let time: String
            let level: String
            let label: String
            let message: String
            let facts: [String: String]?
        }
        let line = Line(
            time: Date().formatted(.iso8601), level: level.rawValue, label: label,
            message: message, facts: facts.isEmpty ? nil : facts)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(line) else { return "" }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
