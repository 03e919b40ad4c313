public import BundleModel
public import BundleRepository
internal import GRDB
internal import Logging

extension WorkerRuntime {
    /// Every release in service, by workspace, bundle and channel.
    ///
    /// What is in service is what the mirrors say; the database adds what is known about it.
    /// Throws `store_corrupt`.
    public func acceptedReleases() throws(SheafError) -> [AcceptedRelease] {
        let records = try database.read { try ChannelRecord.fetchAll($0) }
        var releases: [AcceptedRelease] = []
        for mirror in try mirrors() {
            let known = records.filter {
                $0.workspace == mirror.workspace.rawValue && $0.bundle == mirror.bundle.rawValue
            }
            // A damaged reference is not among the channels of the mirror, and must not go unseen.
            let expected = known.filter { $0.acceptedCommit != nil }
                .compactMap { try? ChannelID($0.channel) }
            for channel in Set(try mirror.acceptedChannels()).union(expected).sorted() {
                guard let release = try mirror.accepted(channel) else { continue }
                let record = known.first { $0.channel == channel.rawValue }
                releases.append(
                    try AcceptedRelease(release, record, findings: laterFindings(release.pin)))
            }
        }
        return releases
    }

    /// The pin of the release in service on a channel.
    ///
    /// Throws `bundle_missing` when none was accepted, `invalid_request` when several workspaces
    /// of this host have such a bundle.
    public func pin(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID? = nil
    ) throws(SheafError) -> ConfigBundleRef {
        var found: [ConfigBundleRef] = []
        for mirror in try mirrors(of: bundle, in: workspace) {
            if let release = try mirror.accepted(channel) { found.append(release.pin) }
        }
        guard let first = found.first else {
            throw SheafError(
                .bundleMissing, "no release of '\(bundle)@\(channel)' was accepted on this host",
                hint: "sheaf runtime sync \(bundle)@\(channel)")
        }
        guard found.count == 1 else {
            throw SheafError(
                .invalidRequest, "several workspaces of this host have '\(bundle)@\(channel)'",
                hint: "say which with --workspace")
        }
        return first
    }

    /// Whether what a pin names can be used on this host, and if not, why.
    ///
    /// It can when the release was accepted and verified here, its digest is the pin's, and every
    /// object of it is there; the bytes of files are not read. ``verify(_:)`` reads them.
    public func availability(_ pin: ConfigBundleRef) throws(SheafError) -> PinAvailability {
        do {
            let mirror = try mirror(pin.workspace, pin.bundle)
            return try mirror.availability(pin, wasVerified: try isVerified(pin))
        } catch  where error.code == .bundleMissing {
            return .missing(reason: error.message)
        }
    }

    /// Opens the contents that a pin names, verified.
    ///
    /// What this host has verified before stays usable when a later version's rules find more;
    /// the contents say what they find.
    ///
    /// Throws `bundle_missing`, `digest_mismatch`, `store_corrupt`, or the code of a finding.
    public func contents(of pin: ConfigBundleRef) throws(SheafError) -> PinnedBundle {
        let mirror = try mirror(pin.workspace, pin.bundle)
        if let opened = mirror.opened(pin) {
            // Its owner may have taken it out of service meanwhile.
            if access == .reader { _ = try mirror.release(pin) }
            return opened
        }
        let wasVerified = try isVerified(pin)
        let contents = try mirror.open(pin, wasVerified: wasVerified)
        if !wasVerified, access == .owner { try recordVerified(pin) }
        if !contents.findings.isEmpty {
            logger.warning(
                "today's rules find something in a release that is in service",
                metadata: ["pin": "\(pin)", "rule": "\(contents.findings[0].rule)"])
        }
        return contents
    }

    /// Verifies a pin's contents anew from raw objects, without any memory of earlier work.
    ///
    /// Throws as opening the contents does.
    public func verify(_ pin: ConfigBundleRef) throws(SheafError) -> Release {
        try mirror(pin.workspace, pin.bundle).verifyAnew(pin)
    }
}
