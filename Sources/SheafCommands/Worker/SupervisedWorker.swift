internal import WorkerRuntime

/// `sheaf worker supervise DIRECTORY`: watches over one engine. It is no command for people: `sheaf
/// worker create` starts it, and it lives for as long as the engine.
package struct SupervisedWorker {
    /// The arguments before the directory.
    package static let words = ["worker", "supervise"]

    private let directory: String

    /// Finds it in the arguments with which this program starts itself; they are not read by way of
    /// the tree of all commands.
    init?(arguments: [String]) {
        guard arguments.count == 3, Array(arguments.prefix(2)) == Self.words else { return nil }
        directory = arguments[2]
    }

    /// Runs until the engine has ended.
    func run() async -> Int32 {
        await WorkerSupervisor.run(directory: directory)
    }
}
