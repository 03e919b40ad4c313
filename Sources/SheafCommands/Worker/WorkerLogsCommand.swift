internal import ArgumentParser
internal import BundleModel
internal import Foundation
internal import WorkerRuntime

/// `sheaf worker logs`: what a worker's engine has written.
struct WorkerLogsCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show what a worker's engine has written.",
        discussion: """
            For the owner of the host: an engine writes what it likes. The end of each stream is \
            kept, within a number of bytes; a line says how much before it was dropped. Works \
            beside the process that owns the store.

            EXAMPLES
              sheaf worker logs ticket-12
              sheaf worker logs ticket-12 --stream stderr

            JSON
              {"worker", "stream", "size", "encoding": "utf-8" or "base64", "content"}
            """)

    @Argument(help: "The worker.")
    var id: String

    @Option(help: ArgumentHelp("Which stream: stdout or stderr.", valueName: "stream"))
    var stream = Stream.stdout

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    enum Stream: String, CaseIterable, ExpressibleByArgument {
        case stdout, stderr

        var name: OutputStreamName { self == .stdout ? .output : .error }
    }

    private struct Result: Encodable {
        let worker: WorkerID
        let stream: String
        let size: Int
        let encoding: String
        let content: String
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let id = try IdentifierArgument.required(id, as: WorkerID.self)
        _ = try await store.openWorkers(.reader).worker(id)
        let bytes = try store.launcher().output(of: id, stream.name)
        let text = String(validating: bytes, as: UTF8.self)
        if console.format == .text {
            // A terminal would obey what is written; a file gets the bytes as they are.
            let isShown = console.style.isTerminal
            try console.write(
                isShown
                    ? Array(TextStyle.safe(String(decoding: bytes, as: UTF8.self)).utf8) : bytes)
            return .yes
        }
        try console.write(
            JSONText.encode(
                Result(
                    worker: id, stream: stream.rawValue, size: bytes.count,
                    encoding: text == nil ? "base64" : "utf-8",
                    content: text ?? Data(bytes).base64EncodedString())))
        return .yes
    }
}
