internal import BundleModel

/// The one check of a bundle's files, wherever they lie: in a directory or in a Git tree.
enum BundleContentsCheck {
    /// Checks files by name and size.
    ///
    /// - Parameters:
    ///   - files: the names as they came, and the sizes in bytes.
    ///   - limits: what the host allows.
    ///   - parse: the file at an index, read, parsed and scanned.
    static func run(
        _ files: [(name: [UInt8], size: Int)], limits: ContentLimits,
        parse: (Int, BundlePath) throws(SheafError) -> ParsedDocument
    ) throws(SheafError) -> BundleCheckResult {
        var places: [[UInt8]: Int] = [:]
        places.reserveCapacity(files.count)
        for (index, file) in files.enumerated() { places[file.name] = index }
        do {
            return try BundleCheck.run(
                entries: files, limits: limits,
                parse: { path in
                    guard let index = places[Array(path.text.utf8)] else {
                        throw SheafError(.ioError, "'\(path)' is not there any more")
                    }
                    return try parse(index, path)
                })
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(.ioError, "a file of the bundle cannot be read")
        }
    }
}
