package import BundleModel
internal import Foundation
internal import LibGit2

/// A file that only the owner of the host may write to.
package struct HostOwnedFile: Sendable {
    /// The contents.
    package let bytes: [UInt8]
    /// Whether the group or everybody can write to it.
    package let isWritableByOthers: Bool
    /// Whether the group or everybody can do anything with it.
    package let isReadableByOthers: Bool
    /// Whether it belongs to the user of this process or to root.
    package let isTrustedOwner: Bool

    /// Reads a file and who may write to it; nil when there is none.
    ///
    /// Throws `io_error`, and `limit_exceeded` over the limit.
    package static func read(
        _ path: String, maximumBytes: Int
    ) throws(SheafError) -> HostOwnedFile? {
        let file: FileContents.Owned?
        do throws(FileSystemError) {
            file = try FileContents.readOwned(path: path, maximumBytes: maximumBytes)
        } catch {
            if error.isMissing { return nil }
            throw SheafError(error, "the file '\(DisplayText.escape(path))'")
        }
        guard let file else {
            throw SheafError(.limitExceeded, "the file is over \(maximumBytes) bytes")
        }
        return HostOwnedFile(
            bytes: file.bytes, isWritableByOthers: file.mode & 0o022 != 0,
            isReadableByOthers: file.mode & 0o077 != 0,
            isTrustedOwner: file.isTrustedOwner)
    }

    /// Writes a file that is not there yet; false when something of its name is.
    ///
    /// Throws `io_error`; `isLackOfSpace` says of it whether a full disk is
    /// the reason.
    package static func create(_ path: String, _ bytes: [UInt8]) throws(SheafError) -> Bool {
        let message = "the file '\(DisplayText.escape(path))' cannot be written"
        do {
            let parent = (path as NSString).deletingLastPathComponent
            if !parent.isEmpty {
                try FileManager.default.createDirectory(
                    atPath: parent, withIntermediateDirectories: true)
            }
        } catch {
            throw SheafError(.ioError, message)
        }
        do throws(FileSystemError) {
            return try FileContents.createDurably(bytes, at: path, mode: 0o600)
        } catch {
            throw SheafError(
                .ioError, message,
                details: error.isLackOfSpace ? SheafError.lackOfSpace : [:])
        }
    }
}

extension SheafError {
    fileprivate static let lackOfSpace = ["cause": "no_space"]

    /// Whether a file could not be written because the disk, or what its user may have of it, is
    /// full: the same may succeed later.
    package var isLackOfSpace: Bool { code == .ioError && details == Self.lackOfSpace }
}
