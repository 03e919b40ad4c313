extension Repository {
    /// Writes `objectCount` new objects in one pack.
    ///
    /// When this returns, pack, index and their folder are on disk and the objects can be read.
    /// When it throws, or `body` does, nothing is kept. Throws `.invalidSpec` when `body` added
    /// another number of objects. A count of 0 writes nothing.
    @discardableResult
    package func writePack<Result>(
        objectCount: Int, _ body: (inout PackWriter) throws -> Result
    ) throws -> Result {
        guard let count = UInt32(exactly: objectCount) else {
            throw GitError(code: .invalidSpec, message: "a pack cannot hold \(objectCount) objects")
        }
        var writer = try unsafe PackWriter(objectCount: count, into: PackSink(objects: objects))
        let result = try body(&writer)
        try writer.finish()
        refreshObjects()
        return result
    }
}
