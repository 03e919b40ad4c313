package import BundleModel
internal import LibGit2

/// A repository that a host fetches from, and how it is reached.
package struct RemoteRepository: Sendable {
    /// Where it is; without a placeholder.
    package let location: RepositoryLocation
    /// What it is shown; nil for nothing.
    package var credential: RemoteCredential?
    /// Files that decide whom to believe.
    package var trust = RemoteTrust()
    /// The proxy for HTTP: an address, "" for none, nil for what the environment says.
    package var proxy: String?
    /// How long a connection may take to come about.
    package var connect: Duration = .seconds(15)
    /// How long nothing may come.
    package var idle: Duration = .seconds(60)

    /// A repository that is shown nothing yet.
    package init(_ location: RepositoryLocation) {
        self.location = location
    }

    /// The repository at an absolute path of this host; throws `invalid_request` for another text.
    package init(path: String) throws(SheafError) {
        do throws(RepositoryLocationProblem) {
            location = try RepositoryLocation(path)
        } catch {
            throw SheafError(.invalidRequest, error.message, hint: error.hint)
        }
    }

    var peer: PeerAddress {
        let port = location.port
        return switch location.scheme {
        case .file: .path(location.path)
        case .http, .https:
            .http(
                HTTPAddress(
                    isSecure: location.scheme == .https, host: location.bracketedHost, port: port,
                    path: location.path))
        case .ssh:
            .ssh(user: location.user, host: location.host, port: port, path: location.path)
        case .git:
            .daemon(host: location.bracketedHost, port: port ?? 9418, path: location.path)
        }
    }

    var access: PeerAccess {
        PeerAccess(
            credential: credential?.value, authorities: trust.authorities,
            certificate: trust.certificate, key: trust.key, proxy: proxy,
            knownHosts: trust.knownHosts, connect: connect, idle: idle)
    }

    /// Throws `remote_unauthorized` unless what is shown reaches nobody but the repository.
    func requireDiscretion() throws(SheafError) {
        guard credential != nil, location.isInClear else { return }
        throw SheafError(
            .remoteUnauthorized,
            "a credential would be readable on the way to \(location.origin ?? "the repository")",
            hint: "use https://, or no credential")
    }
}
