public import BundleModel
internal import BundleRepository
internal import Foundation

extension WorkerRuntime {
    /// What would become of workers of a pinned bundle's profiles under the host policy as it is
    /// now, before anyone needs them, by the rules by which a worker is created and its engine
    /// started. Nothing is created, and no secret is read.
    ///
    /// - Parameters:
    ///   - pin: what workers would be created from.
    ///   - profile: one profile; nil for all, in the order of their names.
    /// - Throws: `host_policy_denied` when this host may not have the bundle, `bundle_missing`,
    ///   `digest_mismatch`, `host_policy_invalid`, and `invalid_profile_selector` when the bundle
    ///   has no such profile.
    public func preflight(
        _ pin: ConfigBundleRef, profile: ProfileID? = nil
    ) async throws(SheafError) -> [ProfileReadiness] {
        let policy = try policyAsWritten()
        let rule = try policy.rule(for: pin.workspace)
        try rule.requireServed(pin.bundle)
        let contents = try contents(of: pin)
        let documents = contents.documents
        let resolver = ProfileResolver(documents: documents, builtins: BuiltinProfiles.all)
        if let profile, documents.profiles[profile] == nil {
            // The resolver says which profiles there are.
            _ = try resolver.resolve(.named(profile))
        }
        var problems: [SheafError] = []
        do throws(SheafError) {
            try requireFresh(contents.release, rule)
        } catch {
            problems.append(error)
        }
        var found: [ProfileReadiness] = []
        for name in profile.map({ [$0] }) ?? documents.profiles.keys.sorted() {
            let subject = GrantSubject(workspace: pin.workspace, bundle: pin.bundle, profile: name)
            do throws(SheafError) {
                let resolved = try resolver.merge(.named(name))
                let decision = policy.decide(resolved, for: subject)
                let outlook = await outlook(for: resolved, decision)
                found.append(
                    ProfileReadiness(
                        preflight: ProfilePreflight(name, decision), resources: outlook.resources,
                        problems: problems + outlook.problems))
            } catch {
                found.append(
                    ProfileReadiness(
                        preflight: ProfilePreflight(name, error), resources: [],
                        problems: problems))
            }
        }
        return found
    }

    /// What the launcher sees; a runtime without one, which starts nothing, only looks whether its
    /// own process could get what is granted.
    private func outlook(
        for profile: ResolvedProfile, _ decision: PolicyDecision
    ) async -> LaunchOutlook {
        guard let launcher else {
            return LaunchOutlook(
                resources: LaunchOutlook.resources(
                    of: decision, host: ProcessInfo.processInfo.environment, isReading: false))
        }
        return await launcher.outlook(for: profile, decision, isReading: false)
    }

    /// What the host policy says to each profile, as a sync keeps it: the host is not looked at.
    func decisions(
        on documents: BundleDocuments, _ workspace: WorkspaceID, _ bundle: BundleID,
        _ policy: HostPolicy
    ) -> [ProfilePreflight] {
        var needs = ProfileNeeds(
            ProfileResolver(documents: documents, builtins: BuiltinProfiles.all))
        return documents.profiles.keys.sorted().map { name in
            do throws(SheafError) {
                return ProfilePreflight(
                    name,
                    policy.decide(
                        try needs.profile(name),
                        for: GrantSubject(workspace: workspace, bundle: bundle, profile: name)))
            } catch {
                return ProfilePreflight(name, error)
            }
        }
    }
}

extension ProfilePreflight {
    fileprivate init(_ profile: ProfileID, _ decision: PolicyDecision) {
        self.init(
            profile: profile, denied: decision.denied, dropped: decision.dropped, failure: nil)
    }

    fileprivate init(_ profile: ProfileID, _ failure: SheafError) {
        self.init(profile: profile, denied: [], dropped: [], failure: failure)
    }
}
