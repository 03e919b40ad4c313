internal import BundleModel

/// The one check of a bundle's files, wherever they lie: in a directory or in a Git tree.
enum BundleContentsCheck {
    /// Checks what is listed.
    ///
    /// - Parameters:
    ///   - listing: everything below the root, as it came.
    ///   - limits: what the host allows.
    ///   - parse: the file at a path with this number among the entries, read, parsed and scanned.
    static func run(
        _ listing: RawListing, limits: ContentLimits,
        parse: (BundlePath, Int) throws(SheafError) -> ParsedDocument
    ) throws(SheafError) -> BundleCheckResult {
        do {
            return try BundleCheck.run(listing, limits: limits, parse: { try parse($0, $1) })
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(.ioError, "a file of the bundle cannot be read")
        }
    }
}
