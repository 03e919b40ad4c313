extension RawCommit {
    /// Reads the bytes of a commit object.
    ///
    /// Throws `.corrupt` where `git fsck` finds an error: a missing or repeated header, a malformed
    /// id or signature, a name or mail that is not UTF-8 though no other encoding is claimed.
    package static func parse(_ bytes: [UInt8]) throws(GitError) -> RawCommit {
        var lines = Lines(bytes: bytes)
        let tree = try lines.id("tree")
        var parents: [ObjectID] = []
        while lines.starts(with: "parent ") { parents.append(try lines.id("parent")) }
        let author = try lines.value("author")
        let committer = try lines.value("committer")
        var headers: [Header] = []
        while let header = try lines.extraHeader() { headers.append(header) }

        let isUnicode = !headers.contains { $0.name == "encoding" }
        return RawCommit(
            tree: tree, parents: parents,
            author: try signature("author", author, isUnicode),
            committer: try signature("committer", committer, isUnicode),
            extraHeaders: headers, message: Array(lines.rest))
    }

    private static func signature(
        _ name: String, _ value: ArraySlice<UInt8>, _ isUnicode: Bool
    ) throws(GitError) -> Signature {
        let valid = String(validating: value, as: UTF8.self)
        let text = valid ?? (isUnicode ? nil : String(decoding: value, as: UTF8.self))
        guard let text, let signature = Signature(header: text) else {
            throw malformed("\(name) is not `name <mail> seconds zone`")
        }
        return signature
    }

    private static func malformed(_ reason: String) -> GitError {
        GitError(code: .corrupt, message: "malformed commit: \(reason)")
    }

    /// The header lines of a commit, read from the front.
    private struct Lines {
        private(set) var rest: ArraySlice<UInt8>

        init(bytes: [UInt8]) { rest = bytes[...] }

        func starts(with prefix: String) -> Bool { rest.starts(with: prefix.utf8) }

        mutating func line() throws(GitError) -> ArraySlice<UInt8> {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                throw malformed("the header does not end")
            }
            let line = rest[rest.startIndex..<end]
            guard !line.contains(0) else { throw malformed("NUL in the header") }
            rest = rest[(end + 1)...]
            return line
        }

        mutating func value(_ name: String) throws(GitError) -> ArraySlice<UInt8> {
            guard starts(with: name + " ") else { throw malformed("no \(name) where it belongs") }
            return try line().dropFirst(name.utf8.count + 1)
        }

        mutating func id(_ name: String) throws(GitError) -> ObjectID {
            let text = String(decoding: try value(name), as: UTF8.self)
            guard let id = ObjectID(hex: text) else { throw malformed("\(name) is not an id") }
            return id
        }

        /// The next header with its continuation lines, or nil after the empty line.
        mutating func extraHeader() throws(GitError) -> Header? {
            let first = try line()
            if first.isEmpty { return nil }
            guard let space = first.firstIndex(of: UInt8(ascii: " ")), space > first.startIndex
            else { throw malformed("a header without a name or value") }
            var value = Array(first[(space + 1)...])
            while rest.first == UInt8(ascii: " ") {
                value.append(UInt8(ascii: "\n"))
                value.append(contentsOf: try line().dropFirst())
            }
            guard let name = String(validating: first[..<space], as: UTF8.self) else {
                throw malformed("the name of a header is not UTF-8")
            }
            guard !["tree", "parent", "author", "committer"].contains(name) else {
                throw malformed("\(name) where it does not belong")
            }
            return Header(name: name, bytes: value)
        }
    }
}
