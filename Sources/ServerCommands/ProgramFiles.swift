internal import BundleModel
internal import Foundation

/// Where the other program of Sheaf is.
enum ProgramFiles {
    /// The `sheaf` that this program runs, for the hooks of a repository and for the supervisors of
    /// engines: beside this program, else in `PATH`.
    ///
    /// Throws `not_found` when there is none.
    static func sheaf() throws(SheafError) -> String {
        let own = Bundle.main.executablePath.map { URL(filePath: $0).deletingLastPathComponent() }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders =
            [own].compactMap { $0?.path(percentEncoded: false) }
            + path.split(separator: ":").filter { $0.hasPrefix("/") }.map(String.init)
        let found = folders.lazy.map { URL(filePath: $0).appending(path: "sheaf") }
            .map { $0.path(percentEncoded: false) }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else {
            throw SheafError(
                .notFound, "the program 'sheaf' is not there, which 'sheafd' needs",
                hint: "install it beside 'sheafd'")
        }
        return found
    }
}
