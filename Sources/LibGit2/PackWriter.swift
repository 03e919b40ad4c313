/// Writes objects into one new pack, whole and in the order in which they come.
///
/// Objects are never stored as deltas: for what publishing writes, looking for them costs more than
/// it saves. ``Repository/writePack(objectCount:_:)`` makes one and finishes it.
package struct PackWriter: ~Copyable {
    private let objectCount: Int
    private let deflater: Deflater
    private var sink: PackSink
    private var written: Set<ObjectID> = []
    private var chunk = [UInt8](repeating: 0, count: 64 << 10)

    /// Starts a pack of this many objects (gitformat-pack: signature, version 2, count).
    init(objectCount: UInt32, into sink: consuming PackSink) throws(GitError) {
        self.objectCount = Int(objectCount)
        deflater = try Deflater()
        self.sink = sink
        for byte in "PACK".utf8 { self.sink.write(byte) }
        for word in [2, objectCount] {
            for shift in [24, 16, 8, 0] as [UInt32] {
                self.sink.write(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        written.reserveCapacity(self.objectCount)
    }

    /// Adds one object and gives its id.
    ///
    /// Throws `.exists` when this pack has it already, `.invalidSpec` when more objects come than
    /// were announced.
    @discardableResult
    package mutating func add(
        _ kind: ObjectKind, _ content: [UInt8]
    ) throws(GitError) -> ObjectID {
        try add(kind, content.span)
    }

    /// Adds one object and gives its id.
    ///
    /// Throws `.exists` when this pack has it already, `.invalidSpec` when more objects come than
    /// were announced.
    @discardableResult
    package mutating func add(
        _ kind: ObjectKind, _ content: Span<UInt8>
    ) throws(GitError) -> ObjectID {
        guard written.count < objectCount else {
            throw GitError(code: .invalidSpec, message: "more than \(objectCount) objects came")
        }
        let id = ObjectID.hash(kind, content)
        guard written.insert(id).inserted else {
            throw GitError(code: .exists, message: "the pack holds \(id) already")
        }
        writeHeader(kind, size: content.count)
        try unsafe content.withUnsafeBytes { bytes throws(GitError) in
            try unsafe deflater.begin(bytes)
            var isLast = false
            while !isLast {
                let part = try deflater.next(into: &chunk)
                try sink.write(chunk[..<part.count])
                isLast = part.isLast
            }
        }
        return id
    }

    mutating func finish() throws(GitError) {
        guard written.count == objectCount else {
            throw GitError(
                code: .invalidSpec,
                message: "\(written.count) objects came where \(objectCount) were announced")
        }
        // An empty pack is not worth a file; the sink takes back what it began.
        if objectCount > 0 { try sink.finish() }
    }

    /// Type and size as in gitformat-pack: four bits of the size, then seven at a time.
    private mutating func writeHeader(_ kind: ObjectKind, size: Int) {
        var rest = size >> 4
        var byte = kind.packType << 4 | UInt8(size & 0xF)
        while rest > 0 {
            sink.write(byte | 0x80)
            byte = UInt8(rest & 0x7F)
            rest >>= 7
        }
        sink.write(byte)
    }
}
