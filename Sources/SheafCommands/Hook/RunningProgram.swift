internal import BundleModel
internal import Foundation

/// Where the running `sheaf` is, for whoever has to start it again.
enum RunningProgram {
    /// The absolute path under which it was found, so that a link to the newest version stays one.
    ///
    /// Throws `io_error` when the system does not say.
    static func path() throws(SheafError) -> String {
        guard let own = Bundle.main.executablePath else {
            throw SheafError(.ioError, "the path of this program cannot be found out")
        }
        let called = CommandLine.arguments.first ?? ""
        return candidates(called).first { isSame($0, own) } ?? own
    }

    private static func candidates(_ called: String) -> [String] {
        if called.contains("/") { return [DefaultLocations.absolute(called)] }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(called)" }
    }

    private static func isSame(_ path: String, _ own: String) -> Bool {
        func resolved(_ path: String) -> String {
            URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        }
        return FileManager.default.isExecutableFile(atPath: path)
            && resolved(path) == resolved(own)
    }
}
