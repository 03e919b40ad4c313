public import BundleModel

extension HostPolicy {
    /// Decides on everything that a profile of a bundle asks for, one by one.
    ///
    /// - Parameters:
    ///   - profile: what is asked for.
    ///   - subject: who asks.
    ///   - capabilities: capabilities that the caller requires; each must be among those granted.
    public func decide(
        _ profile: ResolvedProfile, for subject: GrantSubject,
        requiring capabilities: [DeclarationReference] = []
    ) -> PolicyDecision {
        var granted: [PolicyDecision.Granted] = []
        var denied: [DeniedGrant] = []
        var dropped: [DeniedGrant] = []
        for declaration in profile.declarations {
            switch decide(declaration, subject) {
            case .granted(let rule):
                granted.append(PolicyDecision.Granted(declaration: declaration, rule: rule))
            case .denied(let grant):
                if declaration.required { denied.append(grant) } else { dropped.append(grant) }
            }
        }
        denied += profile.plugins.compactMap { deny($0, subject) }
        if let engine = profile.engine, engines[engine] == nil { denied.append(deny(engine)) }
        denied += Self.missing(capabilities, among: granted)
        return PolicyDecision(
            granted: granted, denied: denied, dropped: dropped,
            engineCommand: profile.engine.flatMap { engines[$0] })
    }

    private enum Outcome {
        case granted(GrantRule)
        case denied(DeniedGrant)
    }

    private func decide(_ declaration: Declaration, _ subject: GrantSubject) -> Outcome {
        func deny(_ reason: DeniedGrant.Reason, _ message: String) -> Outcome {
            .denied(
                DeniedGrant(
                    subject: declaration.ref.description, declaration: declaration.name.rawValue,
                    reason: reason, message: message))
        }
        guard let rule = grants[declaration.ref] else {
            return deny(.notGranted, "the host policy does not grant it")
        }
        guard rule.scopes.contains(where: { $0.covers(subject) }) else {
            return deny(.outOfScope, "it is not granted to \(subject)")
        }
        if case .mount(_, let access) = rule.resource, access == .read,
            declaration.access == .write
        {
            return deny(.accessExceeded, "it is granted for reading, not for writing")
        }
        return .granted(rule)
    }

    private func deny(_ plugin: PluginDescriptor, _ subject: GrantSubject) -> DeniedGrant? {
        func deny(_ reason: DeniedGrant.Reason, _ message: String) -> DeniedGrant {
            DeniedGrant(
                subject: "plugin:\(plugin.name)", declaration: nil, reason: reason,
                message: message)
        }
        guard let rule = plugins[plugin.id] else {
            return deny(.notGranted, "the host policy does not have this plugin")
        }
        guard rule.scopes.contains(where: { $0.covers(subject) }) else {
            return deny(.outOfScope, "it is not granted to \(subject)")
        }
        if let version = rule.version, version != plugin.version {
            return deny(
                .versionDiffers,
                "the host has version \(DisplayText.escape(version)), not \(plugin.version)")
        }
        guard rule.digest == plugin.sha256 else {
            return deny(.digestDiffers, "the host has another package of it")
        }
        return nil
    }

    private func deny(_ engine: EngineID) -> DeniedGrant {
        DeniedGrant(
            subject: "engine:\(engine)", declaration: nil, reason: .unknownEngine,
            message: "the host policy has no command for this engine")
    }

    /// Capabilities that a profile without any grant cannot have.
    func missing(capabilities: [DeclarationReference]) -> [DeniedGrant] {
        Self.missing(capabilities, among: [])
    }

    private static func missing(
        _ capabilities: [DeclarationReference], among granted: [PolicyDecision.Granted]
    ) -> [DeniedGrant] {
        let known = Set(
            granted.filter { $0.declaration.kind == .capabilityGrant }.map(\.declaration.ref))
        return capabilities.filter { !known.contains($0) }.map {
            DeniedGrant(
                subject: $0.description, declaration: nil, reason: .capabilityMissing,
                message: "it is required and not among the capabilities granted")
        }
    }
}
