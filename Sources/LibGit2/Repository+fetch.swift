internal import CLibgit2Shims
internal import Clibgit2

extension Repository {
    /// Fetches from a peer, and sets the references that the refspecs name.
    ///
    /// Blocks until it is done, so it belongs on a ``BlockingExecutor``, and needs nothing of Swift's
    /// cooperative pool. `isCancelled` is asked many
    /// times a second. Packs are on disk before a reference moves; no tag, no FETCH_HEAD and no
    /// reflog is written and nothing is pruned. libgit2 takes a commit for complete as soon as the
    /// commit itself is here, so whether its tree is whole is for the caller to find out.
    ///
    /// Throws `.reference(missing:)` for a named reference that the peer does not have, before
    /// anything is transferred; `.git` with `.nonFastForward` where a refspec without `+` would
    /// move a reference sideways or back.
    package func fetch(
        _ request: FetchRequest, isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) -> FetchOutcome {
        let session = try session(for: request, isCancelled)
        let advertised = try session.list()
        let moves = try plan(request.refspecs, advertised)
        // Without refspecs libgit2 would take HEAD.
        let objects = request.refspecs.isEmpty ? 0 : try session.download(request.refspecs)
        session.disconnect()
        session.context.ended(objects: objects)
        for move in moves { try set(move) }
        return FetchOutcome(
            receivedObjects: objects, receivedBytes: session.context.receivedBytes,
            sentBytes: session.context.sentBytes, advertised: advertised)
    }

    /// The references of a peer, without fetching anything.
    package static func listRemote(
        _ request: FetchRequest, isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) -> [String: ObjectID] {
        do throws(GitError) { try Library.start() } catch { throw .git(error) }
        let (context, isStateless) = try context(for: request, isCancelled)
        let session = try RemoteSession(context: context, isStateless: isStateless)
        let advertised = try session.list()
        session.disconnect()
        return advertised
    }

    private func session(
        for request: FetchRequest, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) -> RemoteSession {
        let (context, isStateless) = try Self.context(for: request, isCancelled)
        return try RemoteSession(
            repository: self, offers: try offers(for: request), context: context,
            isStateless: isStateless)
    }

    private func offers(for request: FetchRequest) throws(TransportError) -> [ObjectID]? {
        guard let prefix = request.offers else { return nil }
        do throws(GitError) {
            let known = try references(withPrefix: prefix).map(\.target).filter { contains($0) }
            return known.isEmpty ? nil : known
        } catch {
            throw .git(error)
        }
    }

    private static func context(
        for request: FetchRequest, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(TransportError) -> (TransportContext, isStateless: Bool) {
        let watch = TransferWatch(
            deadline: request.deadline, idle: request.access.idle, isCancelled: isCancelled)
        try watch.check()
        let transport = transport(for: request)
        let context = TransportContext(
            transport: transport, watch: watch, maximumBytes: request.maximumBytes,
            maximumListBytes: request.maximumListBytes, observer: request.observer)
        return (context, transport.isStateless)
    }

    private static func transport(
        for request: FetchRequest
    ) -> any SmartTransport {
        switch request.peer {
        case .path(let path):
            LocalTransport(location: path, searchPath: request.searchPath)
        case .http(let address):
            HTTPTransport(address, request.access)
        case .ssh(let user, let host, let port, let path):
            SSHTransport(
                user: user, host: host, port: port, path: path, access: request.access,
                searchPath: request.searchPath)
        case .daemon(let host, let port, let path):
            DaemonTransport(host: host, port: port, path: path, access: request.access)
        }
    }

    /// A reference here that is to follow one of the peer.
    private struct Move {
        var name: String
        var target: ObjectID
        var isForced: Bool
    }

    private func plan(
        _ refspecs: [String], _ advertised: [String: ObjectID]
    ) throws(TransportError) -> [Move] {
        var moves: [Move] = []
        for text in refspecs {
            moves += try plan(text, advertised)
        }
        return moves
    }

    private func plan(
        _ text: String, _ advertised: [String: ObjectID]
    ) throws(TransportError) -> [Move] {
        var moves: [Move] = []
        var missing: String?
        do throws(GitError) {
            let refspec = try Refspec(text)
            let names = advertised.keys.filter { refspec.matches($0) }.sorted()
            if names.isEmpty, !refspec.isPattern { missing = refspec.source }
            for name in names {
                guard let target = advertised[name],
                    let destination = try refspec.destination(for: name)
                else { continue }
                moves.append(Move(name: destination, target: target, isForced: refspec.isForced))
            }
        } catch {
            throw .git(error)
        }
        if let missing { throw .reference(missing: missing) }
        return moves
    }

    private func set(_ move: Move) throws(TransportError) {
        guard contains(move.target) else {
            throw .unavailable("what it sent lacks what it announced")
        }
        do throws(GitError) {
            let current = try reference(move.name)
            if current == move.target { return }
            if let current, !move.isForced, try !isDescendant(move.target, of: current) {
                throw GitError(
                    code: .nonFastForward, message: "\(move.name) would not move forward")
            }
            try compareAndSwapReference(
                move.name, to: move.target, expecting: current, logMessage: nil)
        } catch {
            throw .git(error)
        }
    }
}
