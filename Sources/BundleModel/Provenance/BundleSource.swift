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

    /// The source without its commit and what stands behind that: the place alone.
    public var place: Substring {
        text.lastIndex(of: "@").map { text[..<$0] } ?? text[...]
    }

    /// Whether the source is a commit of a Git repository.
    public var isGit: Bool { text.hasPrefix("git") }

    /// The longest source in bytes; what is longer is named with less of its path.
    private static let maximumBytes = 4096

    /// A directory outside Git, by its name alone.
    public static func directory(name: String) -> BundleSource {
        BundleSource(unchecked: "directory:\(encode(name: name))")
    }

    /// A commit of a checkout, by its remote where that is a place others can reach, else by name.
    ///
    /// - Parameters:
    ///   - remote: the remote's URL as Git has it; userinfo, query and fragment are dropped.
    ///   - name: the name of the checkout's top directory.
    ///   - commit: the commit that is checked out.
    ///   - subdirectory: the bundle's directory below the top; empty for the top itself. What does
    ///     not stay below it is left out.
    public static func git(
        remote: String?, name: String, commit: CommitID, subdirectory: String
    ) -> BundleSource {
        let local = "git:\(encode(name: name))@\(commit)"
        let place = remote.flatMap(RemoteLocation.init).map { "\($0.text)@\(commit)" } ?? local
        let path = PercentEncoding.encode(path: subdirectory)
        let part = PercentEncoding.isPath(path[...]) ? "#\(path)" : ""
        let fitting = [place + part, place, local].first { $0.utf8.count <= maximumBytes }
        return BundleSource(unchecked: fitting ?? local)
    }

    /// A name has at most 255 bytes on most file systems; a longer one is cut to fit.
    private static func encode(name: String) -> String {
        let name = String(decoding: name.utf8.prefix(1024), as: UTF8.self)
        return PercentEncoding.encode(name: name.isEmpty ? "." : name)
    }

    /// Reads a trailer's value; nil when it is none of the forms.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            return nil
        }
        if text.hasPrefix("directory:") {
            guard PercentEncoding.isName(text.dropFirst(10)) else { return nil }
        } else {
            let parts = text.split(
                separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            guard let at = parts[0].lastIndex(of: "@"),
                CommitID(parts[0][parts[0].index(after: at)...]) != nil
            else { return nil }
            if parts.count == 2, !PercentEncoding.isPath(parts[1]) { return nil }
            let place = parts[0][..<at]
            if place.hasPrefix("git:") {
                guard PercentEncoding.isName(place.dropFirst(4)) else { return nil }
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
