extension GitBundleHeader {
    /// A commit that whoever reads the pack must have already.
    public struct Prerequisite: Hashable, Sendable {
        /// The commit.
        public let commit: CommitID
        /// What stands behind the id, most often the first line of the commit's message in
        /// whatever encoding; nil without a space behind the id. Never shown: anybody wrote it.
        public let comment: [UInt8]?

        /// Creates a prerequisite; nil when the comment has a line feed or a NUL byte, or does
        /// not fit in a line.
        public init?(commit: CommitID, comment: [UInt8]? = nil) {
            if let comment {
                guard comment.count <= GitBundleHeader.maximumLineBytes - 42,
                    comment.allSatisfy({ $0 != 0 && $0 != 0x0A })
                else { return nil }
            }
            self.commit = commit
            self.comment = comment
        }

        init(
            _ line: ArraySlice<UInt8>, in lines: GitBundleHeaderLines
        ) throws(GitBundleHeaderError) {
            commit = try lines.id(line)
            let rest = line.dropFirst(40)
            guard rest.first == nil || rest.first == 0x20 else { throw lines.error(.malformedID) }
            comment = rest.first.map { _ in Array(rest.dropFirst()) }
        }
    }

    /// A reference that the file offers.
    public struct Reference: Hashable, Sendable {
        /// What the reference points to; it may be a tag instead of a commit.
        public let commit: CommitID
        /// The full name, e.g. `refs/heads/channels/support-agents/stable`, or `HEAD`: one word
        /// of UTF-8. Whether the name is one of ours is for the reader to judge.
        public let name: String

        /// Creates a reference; nil when the name is not one word.
        public init?(commit: CommitID, name: String) {
            guard Self.isWord(name.utf8) else { return nil }
            self.commit = commit
            self.name = name
        }

        init(
            _ line: ArraySlice<UInt8>, in lines: GitBundleHeaderLines
        ) throws(GitBundleHeaderError) {
            commit = try lines.id(line)
            let rest = line.dropFirst(40)
            guard rest.first == 0x20 else { throw lines.error(.malformedID) }
            guard let name = String(validating: rest.dropFirst(), as: UTF8.self),
                Self.isWord(name.utf8)
            else { throw lines.error(.malformedName) }
            self.name = name
        }

        private static func isWord(_ bytes: some Collection<UInt8>) -> Bool {
            !bytes.isEmpty && bytes.count <= GitBundleHeader.maximumLineBytes - 41
                && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        }
    }
}
