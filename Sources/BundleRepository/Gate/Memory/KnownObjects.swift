internal import BundleModel
internal import LibGit2

/// What is known of objects that are part of a revision in order: their digests and sizes.
///
/// It is searched where it lies in the file of a ``VerifiedRevisions``: a push looks up what it
/// changed and what stands beside that, so tables of all objects would take longer to make.
struct KnownObjects: Sendable {
    /// What is known of one object.
    struct Object {
        let id: ObjectID
        /// The digest.
        let value: SHA256Value
        /// The size of a blob in bytes; nil for a tree.
        let size: Int?
    }

    /// An id, a digest, and a size in eight bytes.
    static let bytesOfObject = 60
    static let none = KnownObjects([], from: 0, count: 0)

    /// The file; the objects are in the order of their ids.
    private let bytes: [UInt8]
    private let start: Int
    let count: Int

    /// Takes objects that ``append(to:adding:)`` has written.
    ///
    /// - Parameters:
    ///   - bytes: bytes with the objects in them.
    ///   - start: where these begin.
    ///   - count: how many there are, all of them within the bytes.
    init(_ bytes: [UInt8], from start: Int, count: Int) {
        self.bytes = bytes
        self.start = start
        self.count = count
    }

    func contains(_ id: ObjectID) -> Bool { place(of: id).isThere }

    func value(of id: ObjectID) -> SHA256Value? {
        let (number, isThere) = place(of: id)
        return isThere
            ? Self.value(in: bytes.span, at: start + number * Self.bytesOfObject + 20) : nil
    }

    /// The size of a blob.
    func size(of id: ObjectID) -> Int? {
        let (number, isThere) = place(of: id)
        guard isThere else { return nil }
        let place = start + number * Self.bytesOfObject + 52
        let size = Int64(bitPattern: bytes.span.bigEndianWord(at: place, of: 8))
        return size < 0 ? nil : Int(size)
    }

    /// Appends all objects and some more, of which none is here, in the order of their ids.
    func append(to file: inout [UInt8], adding objects: [Object]) {
        var next = 0
        for object in objects.sorted(by: { $0.id < $1.id }) {
            let (number, _) = place(of: object.id)
            file += records(next..<number)
            next = number
            object.id.appendRawBytes(to: &file)
            for word in [
                object.value.words.0, object.value.words.1, object.value.words.2,
                object.value.words.3, UInt64(bitPattern: Int64(object.size ?? -1)),
            ] {
                file.appendBigEndian(word, bytes: 8)
            }
        }
        file += records(next..<count)
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
