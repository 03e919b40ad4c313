/// Where the contents of a revision came from, as `Bundle-Source` says it.
///
/// - `git+https://host/path@<commit>#sub/directory`, also `git+http`, `git+ssh` and `git+git`: a
///   checkout of a remote.
/// - `git:<name>@<commit>#sub/directory`: a checkout without a remote that others can reach.
/// - `directory:<name>`: a directory outside Git.
///
/// It never carries userinfo or a path of a host. Names are percent-encoded outside the unreserved
/// characters of RFC 3986 and `/`.
public struct BundleSource: Hashable, Sendable, CustomStringConvertible {
    /// The source as it stands in the trailer.
    public let text: String

    /// Whether the source is a commit of a Git repository.
    public var isGit: Bool { text.hasPrefix("git") }

    /// A directory outside Git, by its name alone.
    public static func directory(name: String) -> BundleSource {
        BundleSource(unchecked: "directory:\(RemoteLocation.encode(name, keepingSlash: false))")
    }

    /// A commit of a checkout, by its remote where that is a place others can reach, else by name.
    ///
    /// - Parameters:
    ///   - remote: the remote's URL as Git has it; userinfo, query and fragment are dropped.
    ///   - name: the name of the checkout's top directory.
    ///   - commit: the commit that is checked out.
    ///   - subdirectory: the bundle's directory below the top; empty for the top itself.
    public static func git(
        remote: String?, name: String, commit: CommitID, subdirectory: String
    ) -> BundleSource {
        let place =
            remote.flatMap(RemoteLocation.init)?.text
            ?? "git:\(RemoteLocation.encode(name, keepingSlash: false))"
        let part =
            subdirectory.isEmpty
            ? "" : "#\(RemoteLocation.encode(subdirectory, keepingSlash: true))"
        return BundleSource(unchecked: "\(place)@\(commit)\(part)")
    }

    /// Reads a trailer's value; nil when it is none of the forms.
    public init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        if text.hasPrefix("directory:") {
            guard RemoteLocation.isEncodedName(text.dropFirst(10)) else { return nil }
        } else {
            let parts = text.split(
                separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            guard let at = parts[0].lastIndex(of: "@"),
                CommitID(parts[0][parts[0].index(after: at)...]) != nil
            else { return nil }
            if parts.count == 2, !RemoteLocation.isEncodedPath(parts[1]) { return nil }
            let place = parts[0][..<at]
            if place.hasPrefix("git:") {
                guard RemoteLocation.isEncodedName(place.dropFirst(4)) else { return nil }
            } else {
                guard place.hasPrefix("git+"),
                    let location = RemoteLocation(String(place.dropFirst(4))),
                    location.text == place
                else { return nil }
            }
        }
        self.text = text
    }

    private init(unchecked text: String) {
        self.text = text
    }

    /// The source as it stands in the trailer.
    public var description: String { text }
}
