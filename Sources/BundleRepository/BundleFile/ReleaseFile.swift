package import BundleModel
internal import LibGit2

/// What a Git bundle file with the releases of one channel says of itself, before its pack is read.
package struct ReleaseFile: Hashable, Sendable {
    /// The bundle.
    package let bundle: BundleID
    /// The channel.
    package let channel: ChannelID
    /// The release at the tip.
    package let commit: CommitID
    /// Releases that whoever reads the file must have already.
    package let prerequisites: [CommitID]

    /// Reads the header of a file.
    ///
    /// Throws `malformed_bundle` for what is no bundle file of version 2, or has another reference
    /// than one channel's (`HEAD` may stand beside it), `limit_exceeded`, and `not_found` or
    /// `io_error` for a file that cannot be read.
    package static func read(_ path: String) throws(SheafError) -> ReleaseFile {
        var reader = try open(path)
        return try begin(&reader, path).file
    }

    /// Opens a file; throws `not_found` or `io_error`.
    static func open(_ path: String) throws(SheafError) -> FileReader {
        do throws(FileSystemError) {
            return try FileReader(path: path)
        } catch {
            let name = "the file '\(DisplayText.escape(path))'"
            if error.isMissing { throw SheafError(.notFound, "\(name) is not there") }
            throw SheafError(error, name)
        }
    }

    /// Reads the header; gives also what was read behind it.
    static func begin(
        _ reader: inout FileReader, _ path: String
    ) throws(SheafError) -> (file: ReleaseFile, rest: ArraySlice<UInt8>) {
        var bytes: [UInt8] = []
        while true {
            let more: [UInt8]
            do throws(FileSystemError) {
                more = try reader.read(atMost: 64 << 10)
            } catch {
                throw SheafError(error, "the file '\(DisplayText.escape(path))'")
            }
            bytes += more
            let header: GitBundleHeader
            do throws(GitBundleHeaderError) {
                header = try GitBundleHeader(bytes)
            } catch {
                if error.isUnfinished, !more.isEmpty { continue }
                throw error.asError(in: path)
            }
            return (try ReleaseFile(header, path), bytes.dropFirst(header.byteCount))
        }
    }

    private init(_ header: GitBundleHeader, _ path: String) throws(SheafError) {
        let named = header.references.filter { $0.name != "HEAD" }
        guard let reference = named.first, named.count == 1,
            header.references.allSatisfy({ $0.commit == reference.commit }),
            let (bundle, channel) = Self.names(in: reference.name)
        else {
            throw SheafError(
                .malformedBundle,
                "\(DisplayText.escape(path)): the file does not carry one channel of one bundle",
                details: ["rule": "bundle-file-references", "references": String(named.count)],
                hint: "write it with 'sheaf runtime export BUNDLE@CHANNEL', or with "
                    + "'git bundle create --version=2 FILE refs/heads/channels/BUNDLE/CHANNEL'")
        }
        self.bundle = bundle
        self.channel = channel
        commit = reference.commit
        prerequisites = header.prerequisites.map(\.commit)
    }

    private static func names(in reference: String) -> (BundleID, ChannelID)? {
        guard reference.hasPrefix(BundleRefName.releasePrefix) else { return nil }
        let parts = reference.dropFirst(BundleRefName.releasePrefix.count)
            .split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let bundle = try? BundleID(String(parts[0])),
            let channel = try? ChannelID(String(parts[1]))
        else { return nil }
        return (bundle, channel)
    }
}
