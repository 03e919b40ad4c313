/// Writes the pack that a plan describes: header and entries, without the checksum at the end.
struct PackCopier: ~Copyable {
    private let deflater: Deflater
    private var chunk = [UInt8](repeating: 0, count: 64 << 10)
    private var offset = 0
    private var offsets: [ObjectID: Int] = [:]

    init() throws(GitError) {
        deflater = try Deflater()
    }

    /// Writes it; throws `.corrupt` or `.notFound` when an object cannot be read.
    mutating func write<Output: PackOutput & ~Copyable>(
        _ plan: PackPlan, from packed: inout PackedObjects, _ repository: borrowing Repository,
        into output: inout Output
    ) throws(GitError) {
        guard let count = UInt32(exactly: plan.steps.count) else {
            throw GitError(code: .invalidSpec, message: "a pack cannot hold so many objects")
        }
        try put(Self.header(count)[...], into: &output)
        offsets.reserveCapacity(plan.steps.count)
        for step in plan.steps {
            let start = offset
            switch step.form {
            case .whole(let place):
                try copy(place.pack, place.range, &packed, into: &output)
            case .delta(let place, let head, let base):
                guard let before = offsets[base] else {
                    throw GitError(code: .corrupt, message: "a delta would stand before its base")
                }
                let new = PackEntryHead.encode(deltaOf: start - before, size: head.size)
                try put(new[...], into: &output)
                let rest = place.range.dropFirst(head.count)
                try copy(place.pack, rest, &packed, into: &output)
            case .written: try compress(step.id, repository, into: &output)
            }
            offsets[step.id] = start
        }
    }

    /// Signature, version 2 and the number of objects.
    private static func header(_ count: UInt32) -> [UInt8] {
        var bytes = Array("PACK".utf8)
        for word in [2, count] {
            for shift in [24, 16, 8, 0] as [UInt32] {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    private mutating func put<Output: PackOutput & ~Copyable>(
        _ bytes: ArraySlice<UInt8>, into output: inout Output
    ) throws(GitError) {
        try output.write(bytes)
        offset += bytes.count
    }

    private mutating func copy<Output: PackOutput & ~Copyable>(
        _ pack: Int, _ range: Range<Int>, _ packed: inout PackedObjects,
        into output: inout Output
    ) throws(GitError) {
        try packed.copy(pack, range) { (bytes) throws(GitError) in try output.write(bytes) }
        offset += range.count
    }

    private mutating func compress<Output: PackOutput & ~Copyable>(
        _ id: ObjectID, _ repository: borrowing Repository, into output: inout Output
    ) throws(GitError) {
        let object = try repository.object(id)
        let head = PackEntryHead.encode(
            type: object.kind.packType, size: UInt64(object.bytes.count))
        try put(head[...], into: &output)
        try unsafe object.bytes.span.withUnsafeBytes { bytes throws(GitError) in
            try unsafe deflater.begin(bytes)
            var isLast = false
            while !isLast {
                let part = try deflater.next(into: &chunk)
                try output.write(chunk[..<part.count])
                offset += part.count
                isLast = part.isLast
            }
        }
    }
}
