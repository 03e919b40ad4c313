/// A commit object, field by field; encoding what was parsed gives the same bytes, except for names
/// and mails that are not UTF-8.
package struct RawCommit: Sendable, Hashable {
    /// A header after the committer: `encoding`, `gpgsig`, `mergetag` and the like.
    package struct Header: Sendable, Hashable {
        package var name: String

        /// The value's bytes; each line break in it is stored as a line break and a space.
        package var bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }

        package init(name: String, value: String) {
            self.init(name: name, bytes: Array(value.utf8))
        }

        /// The value as text, with what is not UTF-8 replaced.
        package var value: String { String(decoding: bytes, as: UTF8.self) }
    }

    package var tree: ObjectID
    package var parents: [ObjectID]
    package var author: Signature
    package var committer: Signature

    /// The headers after the committer, in their order.
    package var headers: [Header]

    /// The exact bytes after the empty line, most often ending in a line break.
    package var message: [UInt8]

    package init(
        tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature,
        encoding: String? = nil, extraHeaders: [Header] = [], message: [UInt8]
    ) {
        self.tree = tree
        self.parents = parents
        self.author = author
        self.committer = committer
        headers = encoding.map { [Header(name: "encoding", value: $0)] } ?? []
        headers += extraHeaders
        self.message = message
    }

    /// The encoding that the message claims; nil means UTF-8.
    package var encoding: String? { headers.first { $0.name == "encoding" }?.value }

    /// The headers after the committer without `encoding`.
    package var extraHeaders: [Header] { headers.filter { $0.name != "encoding" } }
}
