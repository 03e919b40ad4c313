internal import BundleModel
internal import LibGit2

/// The one check of a bundle's files, wherever they lie: in a directory or in a Git tree.
enum BundleContentsCheck {
    /// Checks files by name, size and blob.
    ///
    /// - Parameters:
    ///   - memory: what was parsed before; nil to parse everything anew.
    ///   - read: the bytes of the file at an index; not asked for assets.
    static func run(
        _ files: [(name: [UInt8], size: Int, blob: ObjectID)], limits: ContentLimits,
        memory: DocumentMemory?, _ read: (Int) throws(SheafError) -> [UInt8]
    ) throws(SheafError) -> BundleCheckResult {
        var places: [[UInt8]: Int] = [:]
        places.reserveCapacity(files.count)
        for (index, file) in files.enumerated() { places[file.name] = index }
        do {
            return try BundleCheck.run(
                entries: files.map { ($0.name, $0.size) }, limits: limits,
                parse: { path in
                    guard let index = places[Array(path.text.utf8)] else {
                        throw SheafError(.ioError, "'\(path)' is not there any more")
                    }
                    if let memory {
                        return try memory.document(path, files[index].blob, limits) {
                            () throws(SheafError) in try read(index)
                        }
                    }
                    return ParsedDocument(path: path, bytes: try read(index), limits: limits)
                })
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(.ioError, "a file of the bundle cannot be read")
        }
    }
}
