internal import Foundation

/// The program of an engine, as it can be judged before it is run.
enum EngineProgram {
    /// What would keep a command from being run; nil when nothing can be seen.
    static func fault(in command: [String]) -> EngineFault? {
        let manager = FileManager.default
        let program = command.first ?? ""
        if !manager.fileExists(atPath: program) { return .missing }
        if manager.fileExists(atPath: "\(program)/.")
            || !manager.isExecutableFile(atPath: program)
        {
            return .notExecutable
        }
        return nil
    }
}
