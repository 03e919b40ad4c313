package import BundleModel
internal import Foundation
internal import LibGit2

/// Where a Unix socket comes to be that only its owner may open.
///
/// A socket gets its permissions from the process when it is bound, and those cannot be given at
/// once. So it is bound in a folder that is new and that nobody else can enter, gets its permissions
/// there, and appears under its name when it has them. Nothing that was there before is touched, but
/// a socket under its name.
package struct SocketPlace: Sendable {
    /// What fits into the address of a Unix socket on every system.
    private static let longest = 103
    private static let name = "s"
    /// In seconds, by far more than a server needs from the folder to the name.
    private static let longestBeginning = 60

    private let path: String

    /// The beginning of the folder's name, which is no longer than most names of sockets.
    private var beginning: String {
        URL(filePath: path).deletingLastPathComponent().appending(path: ".sheaf-")
            .path(percentEncoded: false)
    }

    /// - Parameter path: the path under which it is asked.
    /// - Throws: `invalid_request` when that is longer than the address of a socket can be.
    package init(_ path: String) throws(SheafError) {
        self.path = path
        let bound = beginning.utf8.count + PrivateFolder.suffixLength + Self.name.utf8.count + 1
        guard max(path.utf8.count, bound) <= Self.longest else {
            throw SheafError(
                .invalidRequest, "the path of the socket is longer than one can be",
                details: ["bytes": String(path.utf8.count)])
        }
    }

    /// A socket that is bound, and has not its name yet.
    package struct Begun: Sendable {
        fileprivate let folder: PrivateFolder

        /// Where it is bound.
        package var path: String { "\(folder.path)/\(SocketPlace.name)" }

        /// Takes away what was begun.
        package func remove() { folder.remove(socket: SocketPlace.name) }
    }

    /// Makes the folder, and takes away what a server that was killed left: the socket under its
    /// name, and folders in which one was bound that got no name. Throws `io_error`.
    ///
    /// Another server may be between binding and naming in the same place, so a folder stays while
    /// it is younger than a minute.
    package func begin() throws(SheafError) -> Begun {
        remove()
        PrivateFolder.removeLeftovers(
            beginning: beginning, socket: Self.name, olderThan: Self.longestBeginning)
        do {
            return Begun(folder: try PrivateFolder(beginning: beginning))
        } catch {
            throw failed
        }
    }

    /// Gives the socket that was bound its permissions and its name; throws `io_error`.
    package func publish(_ begun: Begun) throws(SheafError) {
        let files = FileManager.default
        do {
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: begun.path)
            try files.moveItem(atPath: begun.path, toPath: path)
        } catch {
            throw failed
        }
        begun.remove()
    }

    /// Takes the socket away; nothing but a socket.
    package func remove() { PrivateFolder.removeSocket(at: path) }

    private var failed: SheafError {
        SheafError(
            .ioError, "the socket of the runtime cannot be made where only its owner may open it")
    }
}
