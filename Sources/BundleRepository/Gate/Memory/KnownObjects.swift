internal import BundleModel
internal import LibGit2

/// What is known of objects that are part of a revision in order: their digests, the sizes of blobs,
/// and the contents of small trees.
///
/// It is searched where it lies in the file of a ``VerifiedRevisions``: a push looks up what it
/// changed and what stands beside that, so tables of all objects would take longer to make.
struct KnownObjects: Sendable {
    /// What is known of one object.
    struct Object {
        enum Kind {
            /// A file, with its size in bytes.
            case blob(size: Int)
            /// A directory, with its contents.
            case tree([UInt8])
        }

        let id: ObjectID
        /// The digest.
        let value: SHA256Value
        let kind: Kind
    }

    /// An id, a digest, and in eight bytes the size of a blob or the place of a tree's contents.
    static let bytesOfObject = 60
    static let none = KnownObjects([], from: 0, count: 0, contents: 0)
    /// The contents of a larger tree are read from the repository: there are few, and they change
    /// with each file below them.
    static let largestTree = 1024
    /// Beyond so many bytes of contents those of further trees are not kept.
    private static let maximumContents = 2 << 20

    /// The file; the objects are in the order of their ids.
    private let bytes: [UInt8]
    private let start: Int
    let count: Int
    /// How many bytes of contents of trees follow the objects, each with two bytes of length before.
    let bytesOfContents: Int

    /// Takes objects that ``append(to:adding:)`` has written.
    ///
    /// - Parameters:
    ///   - bytes: bytes with the objects in them.
    ///   - start: where these begin.
    ///   - count: how many there are, all of them within the bytes.
    ///   - contents: how many bytes follow them, within the bytes.
    init(_ bytes: [UInt8], from start: Int, count: Int, contents: Int) {
        self.bytes = bytes
        self.start = start
        self.count = count
        bytesOfContents = contents
    }

    func contains(_ id: ObjectID) -> Bool { place(of: id).isThere }

    func value(of id: ObjectID) -> SHA256Value? {
        let (number, isThere) = place(of: id)
        return isThere
            ? Self.value(in: bytes.span, at: start + number * Self.bytesOfObject + 20) : nil
    }

    /// The size of a blob.
    func size(of id: ObjectID) -> Int? {
        guard case .blob(let size) = form(of: id) else { return nil }
        return size
    }

    /// The entries of a tree whose contents are here.
    func entries(of tree: ObjectID) -> [TreeEntry]? {
        guard case .tree(let place?) = form(of: tree), place <= bytesOfContents - 2 else {
            return nil
        }
        let first = start + count * Self.bytesOfObject + place + 2
        let length = Int(bytes.span.bigEndianWord(at: first - 2, of: 2))
        guard place + 2 + length <= bytesOfContents else { return nil }
        return try? RawTree.parse(bytes.span.extracting(first..<first + length))
    }

    /// What the last eight bytes of an object say: 0 and more is the size of a blob, -1 stands for a
    /// tree alone, and -2 - n for a tree whose contents are at n.
    private enum Form {
        case blob(size: Int)
        case tree(contents: Int?)

        init(_ number: Int64) {
            self =
                switch number {
                case 0...: .blob(size: Int(number))
                case -1: .tree(contents: nil)
                default: .tree(contents: Int(-2 - number))
                }
        }

        var number: Int64 {
            switch self {
            case .blob(let size): Int64(size)
            case .tree(nil): -1
            case .tree(let place?): -2 - Int64(place)
            }
        }
    }

    private func form(of id: ObjectID) -> Form? {
        let (number, isThere) = place(of: id)
        guard isThere else { return nil }
        let place = start + number * Self.bytesOfObject + 52
        return Form(Int64(bitPattern: bytes.span.bigEndianWord(at: place, of: 8)))
    }

    /// Appends all objects and some more, of which none is here, in the order of their ids, and
    /// behind them the contents of trees. Returns how many bytes those are.
    func append(to file: inout [UInt8], adding objects: [Object]) -> Int {
        let end = start + count * Self.bytesOfObject
        var contents = Array(bytes[end..<end + bytesOfContents])
        var next = 0
        for object in objects.sorted(by: { $0.id < $1.id }) {
            let (number, _) = place(of: object.id)
            file += records(next..<number)
            next = number
            object.id.appendRawBytes(to: &file)
            let form = Self.form(of: object.kind, &contents)
            for word in [
                object.value.words.0, object.value.words.1, object.value.words.2,
                object.value.words.3, UInt64(bitPattern: form.number),
            ] {
                file.appendBigEndian(word, bytes: 8)
            }
        }
        file += records(next..<count)
        file += contents
        return contents.count
    }

    private static func form(of kind: Object.Kind, _ contents: inout [UInt8]) -> Form {
        switch kind {
        case .blob(let size): return .blob(size: size)
        case .tree(let tree):
            guard tree.count <= largestTree, contents.count < maximumContents else {
                return .tree(contents: nil)
            }
            let place = contents.count
            contents.appendBigEndian(UInt64(tree.count), bytes: 2)
            contents += tree
            return .tree(contents: place)
        }
    }

    private func records(_ numbers: Range<Int>) -> ArraySlice<UInt8> {
        bytes[
            start + numbers.lowerBound * Self.bytesOfObject..<start + numbers.upperBound
                * Self.bytesOfObject]
    }

    /// The number of an object, or of the one behind the place where it would be.
    private func place(of id: ObjectID) -> (number: Int, isThere: Bool) {
        let bytes = bytes.span
        let (high, middle, low) = id.words
        var first = 0
        var last = count
        while first < last {
            let number = (first + last) / 2
            let place = start + number * Self.bytesOfObject
            let other = bytes.bigEndianWord(at: place, of: 8)
            if other == high {
                let rest = (
                    bytes.bigEndianWord(at: place + 8, of: 8),
                    bytes.bigEndianWord(at: place + 16, of: 4)
                )
                if rest == (middle, UInt64(low)) { return (number, true) }
                if rest < (middle, UInt64(low)) { first = number + 1 } else { last = number }
            } else if other < high {
                first = number + 1
            } else {
                last = number
            }
        }
        return (first, false)
    }

    /// The digest in 32 bytes.
    static func value(in bytes: Span<UInt8>, at place: Int) -> SHA256Value {
        SHA256Value(
            words: (
                bytes.bigEndianWord(at: place, of: 8), bytes.bigEndianWord(at: place + 8, of: 8),
                bytes.bigEndianWord(at: place + 16, of: 8),
                bytes.bigEndianWord(at: place + 24, of: 8)
            ))
    }
}
