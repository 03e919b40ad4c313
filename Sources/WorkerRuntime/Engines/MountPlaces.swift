internal import BundleModel

/// Where the mounts of a worker are in its working directory.
struct MountPlaces {
    /// The directory of the host for each place, a path in the working directory.
    let links: [String: String]

    /// Throws `host_policy_denied` when one mount would lie in another: a link inside of another
    /// would be made in the directory of the host.
    init(_ granted: [PolicyDecision.Granted]) throws(SheafError) {
        var links: [String: String] = [:]
        for granted in granted {
            guard case .mount(let path, _) = granted.rule.resource,
                case .at(let place) = granted.declaration.expose
            else { continue }
            let isApart = links.keys.allSatisfy {
                $0 != place.text && !$0.hasPrefix("\(place.text)/")
                    && !place.text.hasPrefix("\($0)/")
            }
            guard isApart else {
                throw SheafError(
                    .hostPolicyDenied, "two mounts of the profile lie in each other",
                    details: ["at": place.text],
                    hint: "give each mount of the profile a place of its own in the bundle")
            }
            links[place.text] = path
        }
        self.links = links
    }
}
