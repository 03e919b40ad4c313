internal import BundleModel
internal import LibGit2

/// Reads one file of a tree by its path, straight from the object database.
struct TreeFileReader {
    let limits: ContentLimits

    /// Throws `not_found` when there is no such file, `limit_exceeded` when it is too large.
    func contents(
        of path: BundlePath, in tree: ObjectID, _ repository: borrowing Repository
    ) throws(SheafError) -> [UInt8] {
        var current = tree
        let components = path.components
        do {
            for (index, component) in components.enumerated() {
                guard let entry = try repository.entry(named: component, in: current),
                    entry.isTree == (index < components.count - 1)
                else { throw SheafError(.notFound, "there is no file '\(path)' in this revision") }
                current = entry.id
            }
            let header = try repository.objectHeader(current)
            guard header.kind == .blob else {
                throw SheafError(.notFound, "'\(path)' is not a file")
            }
            guard header.size <= limits.fileBytes else {
                throw SheafError(.limitExceeded, "'\(path)' is over \(limits.fileBytes) bytes")
            }
            return try repository.object(current).bytes
        } catch let error as SheafError {
            throw error
        } catch let error as GitError {
            throw SheafError(error, "'\(path)'")
        } catch {
            throw SheafError(.ioError, "'\(path)' cannot be read")
        }
    }
}
