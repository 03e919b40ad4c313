/// The beginning of an entry in a pack (gitformat-pack).
struct PackEntryHead {
    /// What an entry is.
    enum Form {
        /// A whole object, with Git's number of its kind.
        case whole(UInt8)
        /// A delta to the entry that begins this many bytes before.
        case offsetDelta(Int)
        /// A delta to another object of the pack.
        case idDelta(ObjectID)
    }

    /// The most bytes that a head can have.
    static let maximumBytes = 10 + 20

    let form: Form
    /// The size of the object or, for a delta, of the delta's instructions.
    let size: UInt64
    /// The bytes of the head.
    let count: Int

    /// Reads a head from the first bytes of an entry; throws `.corrupt`.
    init(_ bytes: ArraySlice<UInt8>) throws(GitError) {
        var rest = bytes
        guard let first = rest.popFirst() else { throw Self.damaged }
        var size = UInt64(first & 0xF)
        var shift: UInt64 = 4
        var byte = first
        while byte & 0x80 != 0 {
            guard shift < 60, let next = rest.popFirst() else { throw Self.damaged }
            byte = next
            size |= UInt64(byte & 0x7F) << shift
            shift += 7
        }
        self.size = size
        switch first >> 4 & 7 {
        case let kind where (1...4).contains(kind): form = .whole(kind)
        case 6: form = .offsetDelta(try Self.distance(&rest))
        case 7:
            guard let id = ObjectID(rawBytes: Array(rest.prefix(20))) else { throw Self.damaged }
            rest = rest.dropFirst(20)
            form = .idDelta(id)
        default: throw Self.damaged
        }
        count = bytes.count - rest.count
    }

    private static func distance(_ rest: inout ArraySlice<UInt8>) throws(GitError) -> Int {
        guard var byte = rest.popFirst() else { throw damaged }
        var distance = Int(byte & 0x7F)
        while byte & 0x80 != 0 {
            guard distance < 1 << 48, let next = rest.popFirst() else { throw damaged }
            byte = next
            distance = (distance + 1) << 7 | Int(byte & 0x7F)
        }
        return distance
    }

    /// Type and size as an entry begins: four bits of the size, then seven at a time.
    static func encode(type: UInt8, size: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = size >> 4
        var byte = type << 4 | UInt8(size & 0xF)
        while rest > 0 {
            bytes.append(byte | 0x80)
            byte = UInt8(rest & 0x7F)
            rest >>= 7
        }
        bytes.append(byte)
        return bytes
    }

    /// The head of a delta to the entry that begins so many bytes before.
    static func encode(deltaOf distance: Int, size: UInt64) -> [UInt8] {
        var digits = [UInt8(distance & 0x7F)]
        var rest = distance >> 7
        while rest > 0 {
            rest -= 1
            digits.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return encode(type: 6, size: size) + digits.reversed()
    }

    private static let damaged = GitError(
        code: .corrupt, message: "an entry of a pack is damaged")
}
