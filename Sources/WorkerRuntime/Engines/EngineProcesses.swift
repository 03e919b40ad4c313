internal import BundleModel
internal import BundleRepository

/// The processes of a worker: a file in its directory.
struct EngineProcesses: Codable, Hashable, Sendable {
    /// What started the engine and waits for it.
    var supervisor: HostProcess?
    /// The engine, which leads a process group and a session of its own.
    var engine: HostProcess?
    /// When the engine was started, in seconds since 1970.
    var startedAt: Double?

    /// What the files of a worker say; nothing is known when they are missing or damaged.
    ///
    /// The supervisor is written down before the engine is started, the engine after that.
    static func read(_ directory: WorkerDirectory) -> EngineProcesses {
        decode(directory.processes) ?? decode(directory.begun) ?? EngineProcesses()
    }

    private static func decode(_ path: String) -> EngineProcesses? {
        guard let file = try? HostRecordFile.read(path) else { return nil }
        return try? HostJSON.decode(String(decoding: file, as: UTF8.self), as: Self.self)
    }
}
