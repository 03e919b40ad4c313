/// What a tree's entry leads to in the same repository, without its name.
struct TreeLink {
    let id: ObjectID
    let isTree: Bool

    /// The links of a tree object; the commits of submodules lie elsewhere and are left out.
    ///
    /// Throws `.corrupt` for what cannot be read as entries.
    static func all(in bytes: Span<UInt8>) throws(GitError) -> [TreeLink] {
        var links: [TreeLink] = []
        var place = 0
        while place < bytes.count {
            // `40000 name NUL id`; also a hand-made `040000`.
            var mode: UInt32 = 0
            while place < bytes.count, bytes[place] != 0x20 {
                mode = mode << 3 | UInt32(bytes[place] & 7)
                place += 1
            }
            while place < bytes.count, bytes[place] != 0 { place += 1 }
            guard place + 21 <= bytes.count,
                let id = ObjectID(rawBytes: bytes.extracting(place + 1..<place + 21))
            else { throw GitError(code: .corrupt, message: "malformed tree") }
            place += 21
            let kind = mode & 0o170000
            if kind != 0o160000 { links.append(TreeLink(id: id, isTree: kind == 0o040000)) }
        }
        return links
    }
}

extension Repository {
    /// The links of a tree. Throws `.notFound` when there is no such tree, `.corrupt`.
    func links(of tree: ObjectID) throws(GitError) -> [TreeLink] {
        let found = try StoredObject(tree, in: self)
        guard try found.kind == .tree else {
            throw GitError(code: .notFound, message: "\(tree) is not a tree")
        }
        return try found.withBytes { bytes throws(GitError) in try TreeLink.all(in: bytes) }
    }

    /// The kind of an object.
    func header(_ id: ObjectID) throws(GitError) -> ObjectKind { try objectHeader(id).kind }

    /// What a tag object names; nil when it names nothing.
    func tagged(_ id: ObjectID) throws(GitError) -> ObjectID? {
        let text = String(decoding: try object(id).bytes, as: UTF8.self)
        guard let line = text.split(separator: "\n").first, line.hasPrefix("object ") else {
            return nil
        }
        return ObjectID(hex: line.dropFirst(7))
    }
}
