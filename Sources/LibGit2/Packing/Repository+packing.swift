extension Repository {
    /// Writes one pack of objects, all of which are here, and gives its name.
    ///
    /// libgit2 inflates and hashes each object of it once more before it counts. When this returns,
    /// pack, index and their folder are on disk. When it throws nothing is kept. Throws `.corrupt`
    /// or `.notFound` when an object cannot be read.
    ///
    /// - Parameters:
    ///   - objects: the objects, each once.
    ///   - newest: how many at the beginning are written without deltas.
    ///   - packs: where they lie; what lies in none of them is read as any object is.
    package func writePack(
        of objects: [ObjectID], newest: Int, from packs: [StoredPack]
    ) throws(GitError) -> StoredPack {
        var packed = try PackedObjects(packs, in: packFolder)
        let plan = try PackPlan(objects, from: &packed) { $0 < newest }
        var sink = try unsafe PackSink(objects: self.objects)
        var copier = try PackCopier()
        try copier.write(plan, from: &packed, self, into: &sink)
        let checksum = try sink.finish()
        let pack = try storedPack(withChecksum: checksum)
        // Before anything is removed: what was written is what was asked for.
        let found = try PackedObjects([pack], in: packFolder)
        guard found.count == objects.count, objects.allSatisfy({ found.contains($0) }) else {
            throw GitError(code: .corrupt, message: "the new pack lacks objects")
        }
        refreshObjects()
        return pack
    }

    /// Every object of some packs, each once.
    package func objects(in packs: [StoredPack]) throws(GitError) -> [ObjectID] {
        try PackedObjects(packs, in: packFolder).ids
    }

    /// Writes a pack of objects into a file, behind what stands there already.
    ///
    /// Errors as for ``writePack(of:newest:from:)``; the file is gone when this throws.
    package func writePack(
        of objects: [ObjectID], newest: Int, behind file: consuming DurableFile
    ) throws(GitError) -> DurableFile {
        var packed = try PackedObjects(storedPacks(), in: packFolder)
        let plan = try PackPlan(objects, from: &packed) { $0 < newest }
        var output = PackFileOutput(file)
        var copier = try PackCopier()
        try copier.write(plan, from: &packed, self, into: &output)
        return try output.finish()
    }

    /// What some packs have that was not reached.
    package struct Unreached: Sendable {
        /// The objects, with the bytes that each takes in all packs.
        package let objects: [(id: ObjectID, bytes: Int)]
        /// The packs that have any of them.
        package let packs: [StoredPack]
    }

    /// Objects of some packs that were not reached.
    package func unreached(
        _ reached: ReachedObjects, in packs: [StoredPack]
    ) throws(GitError) -> Unreached {
        let packed = try PackedObjects(packs, in: packFolder)
        let objects = packed.ids.filter { !reached.contains($0) }
        let lost = Set(objects)
        return Unreached(
            objects: objects.map { ($0, packed.bytes(of: $0)) },
            packs: packs.indices.filter { packed.ids(in: $0).contains { lost.contains($0) } }
                .map { packs[$0] })
    }

    /// The pack that ends in a checksum.
    private func storedPack(withChecksum checksum: [UInt8]) throws(GitError) -> StoredPack {
        let packs = try storedPacks()
        var files = PackFiles(packs, in: packFolder)
        for (number, pack) in packs.enumerated() {
            let end = pack.packBytes
            if try files.bytes(of: number, max(0, end - 20)..<end).elementsEqual(checksum) {
                return pack
            }
        }
        throw GitError(code: .ioFailure, message: "the new pack is not there")
    }
}
