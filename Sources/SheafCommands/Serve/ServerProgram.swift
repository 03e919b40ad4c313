internal import BundleModel
internal import BundleRepository
internal import Foundation

/// The program `sheafd`, to which verbs that serve are handed over, as git does with its programs.
enum ServerProgram {
    /// Whether a command line is for it.
    static func takes(_ arguments: [String]) -> Bool {
        arguments.first == "serve" || arguments.starts(with: ["runtime", "serve"])
    }

    /// Runs it in the place of this program; it comes back only with why that did not work.
    ///
    /// It is looked for beside this program, then in `PATH`.
    static func become(_ arguments: [String]) -> SheafError {
        guard let file = candidates.first(where: FileManager.default.isExecutableFile) else {
            return SheafError(
                .notFound, "the program 'sheafd' is not installed, which serves",
                hint: "'make server' builds it; it belongs beside 'sheaf'")
        }
        return HandOver.become(file, arguments)
    }

    private static var candidates: [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let own = (try? RunningProgram.path()).map { ($0 as NSString).deletingLastPathComponent }
        let resolved = Bundle.main.executablePath.map {
            ($0 as NSString).deletingLastPathComponent
        }
        let folders =
            [own, resolved].compactMap(\.self)
            + path.split(separator: ":").filter { $0.hasPrefix("/") }.map(String.init)
        return folders.map { "\($0)/sheafd" }
    }
}
