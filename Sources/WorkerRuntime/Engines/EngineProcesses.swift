internal import BundleModel
internal import BundleRepository

/// The processes of a worker: a file in its directory.
struct EngineProcesses: Codable, Hashable, Sendable {
    /// What started the engine and waits for it.
    var supervisor: HostProcess?
    /// The engine, which leads a process group and a session of its own.
    var engine: HostProcess?

    /// Reads the file of a worker; nothing is known when it is missing or damaged.
    static func read(_ directory: WorkerDirectory) -> EngineProcesses {
        guard let file = try? HostRecordFile.read(directory.processes),
            let known = try? HostJSON.decode(
                String(decoding: file, as: UTF8.self), as: EngineProcesses.self)
        else { return EngineProcesses() }
        return known
    }
}
