public import BundleModel
public import BundleRepository
internal import Foundation
internal import GRDB

extension WorkerRuntime {
    /// Every release in service, by workspace, bundle and channel.
    ///
    /// Throws `store_corrupt`.
    public func acceptedReleases() throws(SheafError) -> [AcceptedRelease] {
        let records = try database.read {
            try ChannelRecord.order(literal: "workspace, bundle, channel").fetchAll($0)
        }
        return try accepted(records)
    }

    private func accepted(_ records: [ChannelRecord]) throws(SheafError) -> [AcceptedRelease] {
        var releases: [AcceptedRelease] = []
        for record in records {
            if let release = try accepted(record) { releases.append(release) }
        }
        return releases
    }

    private func accepted(_ record: ChannelRecord) throws(SheafError) -> AcceptedRelease? {
        guard record.acceptedCommit != nil else { return nil }
        guard let workspace = try? WorkspaceID(record.workspace),
            let bundle = try? BundleID(record.bundle),
            let channel = try? ChannelID(record.channel)
        else { throw SheafError(.storeCorrupt, "a row of the store names no channel") }
        let release: Release?
        do throws(SheafError) {
            release = try mirror(workspace, bundle).accepted(channel)
        } catch  where error.code == .bundleMissing {
            release = nil
        }
        guard let release else { return nil }
        return AcceptedRelease(
            release: release, acceptedAt: record.acceptedAt, contactedAt: record.contactedAt,
            failure: record.failureCode.flatMap { SheafError.Code(rawValue: $0) })
    }

    /// The pin of the release in service on a channel.
    ///
    /// Throws `bundle_missing` when none was accepted, `invalid_request` when several workspaces
    /// of this host have such a bundle.
    public func pin(
        _ bundle: BundleID, on channel: ChannelID, workspace: WorkspaceID? = nil
    ) throws(SheafError) -> ConfigBundleRef {
        let records = try database.read {
            try ChannelRecord.filter(
                literal: "bundle = \(bundle.rawValue) AND channel = \(channel.rawValue)"
            ).fetchAll($0)
        }
        let found = try accepted(
            records.filter { workspace == nil || $0.workspace == workspace?.rawValue })
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
        return first.pin
    }

    /// Whether what a pin names can be used on this host, and if not, why.
    public func availability(_ pin: ConfigBundleRef) throws(SheafError) -> PinAvailability {
        do {
            return try mirror(pin.workspace, pin.bundle).availability(pin)
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
        if let opened = mirror.opened(pin) { return opened }
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
