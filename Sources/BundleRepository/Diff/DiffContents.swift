internal import BundleModel
internal import LibGit2

/// The files of one side of a comparison, by path, with a way to their bytes.
struct DiffContents {
    /// The blob of each path.
    let blobs: [[UInt8]: ObjectID]
    private let directory: (reader: DirectoryFileReader, files: [[UInt8]: ScannedFile])?
    private let limits: ContentLimits

    init(
        tree: ObjectID, _ repository: borrowing Repository, _ limits: ContentLimits
    ) throws(SheafError) {
        let listing = try TreeListing(repository, tree: tree, limits: limits)
        blobs = Dictionary(
            try listing.files("the tree").map { (Array($0.path.text.utf8), $0.blob) },
            uniquingKeysWith: { first, _ in first })
        directory = nil
        self.limits = limits
    }

    init(_ directory: BundleDirectory, _ limits: ContentLimits) throws(SheafError) {
        let files = Dictionary(
            directory.files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        blobs = files.mapValues(\.blob)
        self.directory = (DirectoryFileReader(root: directory.path), files)
        self.limits = limits
    }

    /// The bytes of a file; empty when this side does not have it.
    func bytes(
        _ name: [UInt8], _ repository: borrowing Repository
    ) throws(SheafError) -> [UInt8] {
        guard let blob = blobs[name] else { return [] }
        if let directory, let file = directory.files[name] {
            return try directory.reader.contents(of: file, limits)
        }
        return try mapping("a file") { () throws(GitError) in try repository.object(blob).bytes }
    }
}
