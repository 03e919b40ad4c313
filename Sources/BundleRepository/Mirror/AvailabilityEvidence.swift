package import BundleModel
internal import LibGit2

/// What shows that a release can be used: the files that say so, as they were when it was looked
/// for with everything that belongs to it.
///
/// A release that was verified stays what it is. It is gone only when the reference that leads to it
/// or a file with its objects changes, so that a look at those says whether it is still there.
package struct AvailabilityEvidence: Sendable {
    fileprivate let reference: String
    fileprivate let stamp: FileStamp
    fileprivate let objects: FoundObjects.Stamp

    /// Whether all of it is as it was. It takes a look at two files for each pack of the bundle, of
    /// which a store has ten at most, and opens none.
    package func holds() -> Bool {
        FileStamp(path: reference) == stamp && objects.holds()
    }
}

extension ReleaseMirror {
    /// What shows that a release can be used, when it can and this host has verified it.
    ///
    /// Nil also when a change of it might not show: when something of it changed in the last
    /// moments, or its reference has no file of its own or names another reference.
    package func evidence(for pin: ConfigBundleRef) -> AvailabilityEvidence? {
        guard let shown = try? reference(for: pin) else { return nil }
        let file = "\(path)/\(shown.name)"
        guard let stamp = FileStamp(path: file), stamp.isSettled,
            let read = try? FileContents.readOwned(path: file, maximumBytes: 64),
            read.bytes.elementsEqual("\(shown.target.hex)\n".utf8), let objects = found.look()
        else { return nil }
        // Looked for after the stamps were taken: what changes from now on shows.
        let lease = lease(on: pin.commit)
        defer { withExtendedLifetime(lease) {} }
        guard let release = try? release(pin), (try? requireObjects(of: release)) != nil,
            let again = try? reference(for: pin), again == shown
        else { return nil }
        return AvailabilityEvidence(reference: file, stamp: stamp, objects: objects)
    }

    /// The reference that shows that a release is in service, and what it names.
    private func reference(
        for pin: ConfigBundleRef
    ) throws(SheafError) -> (name: String, target: ObjectID) {
        try read { (repository) throws(SheafError) in
            let name = try acceptedRelease(repository, pin.commit).reference
            let target = try mapping("a reference") { () throws(GitError) in
                try repository.reference(name)
            }
            guard let target else { throw SheafError(.bundleMissing, "'\(name)' is gone") }
            return (name, target)
        }
    }
}
