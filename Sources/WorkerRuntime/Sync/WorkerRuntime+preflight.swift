public import BundleModel
internal import BundleRepository
internal import Foundation

extension WorkerRuntime {
    /// What would become of workers of a pinned bundle's profiles under the host policy as it is
    /// now, before anyone needs them. Nothing is created, and no secret is read.
    ///
    /// - Parameters:
    ///   - pin: what workers would be created from.
    ///   - profile: one profile; nil for all, in the order of their names.
    /// - Throws: `host_policy_denied` when this host may not have the bundle, `bundle_missing`,
    ///   `digest_mismatch`, `host_policy_invalid`, and `invalid_profile_selector` when the bundle
    ///   has no such profile.
    public func preflight(
        _ pin: ConfigBundleRef, profile: ProfileID? = nil
    ) throws(SheafError) -> [ProfileReadiness] {
        let policy = try policyAsWritten()
        try policy.rule(for: pin.workspace).requireServed(pin.bundle)
        let documents = try contents(of: pin).documents
        guard let profile else {
            return readiness(of: documents, pin.workspace, pin.bundle, policy)
        }
        if documents.profiles[profile] == nil {
            // The resolver says which profiles there are.
            _ = try ProfileResolver(documents: documents, builtins: BuiltinProfiles.all)
                .resolve(.named(profile))
        }
        return readiness(
            of: documents, pin.workspace, pin.bundle, policy, only: profile)
    }

    /// What the host policy says to each profile.
    ///
    /// - Parameter isLookedFor: whether the host is asked for what is granted; a sync, which keeps
    ///   what the policy says, does not.
    func readiness(
        of documents: BundleDocuments, _ workspace: WorkspaceID, _ bundle: BundleID,
        _ policy: HostPolicy, only profile: ProfileID? = nil, isLookedFor: Bool = true
    ) -> [ProfileReadiness] {
        let resolver = ProfileResolver(documents: documents, builtins: BuiltinProfiles.all)
        let variables = isLookedFor ? Set(ProcessInfo.processInfo.environment.keys) : []
        let names = profile.map { [$0] } ?? documents.profiles.keys.sorted()
        return names.map { name in
            do throws(SheafError) {
                let decision = policy.decide(
                    try resolver.resolve(.named(name)),
                    for: GrantSubject(workspace: workspace, bundle: bundle, profile: name))
                return ProfileReadiness(
                    preflight: ProfilePreflight(
                        profile: name, denied: decision.denied, dropped: decision.dropped,
                        failure: nil),
                    resources: isLookedFor ? decision.availability(variables: variables) : [])
            } catch {
                return ProfileReadiness(
                    preflight: ProfilePreflight(
                        profile: name, denied: [], dropped: [], failure: error),
                    resources: [])
            }
        }
    }
}
