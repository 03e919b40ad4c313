internal import CLibgit2Shims
internal import Clibgit2

/// One anonymous remote of a repository, driven over our own transport.
@safe  // the pointers never leave, and are freed after the remote that uses them
struct RemoteSession: ~Copyable {
    let context: TransportContext
    private let remote: OpaquePointer
    private let carrier: UnsafeMutablePointer<sheaf_carrier>
    private let settings: UnsafeMutablePointer<sheaf_fetch>
    /// What libgit2 takes for the repository, where that is not the repository itself.
    private var substitute: OpaquePointer?

    /// - Parameter offers: the commits that the peer is told of, with all that they reach; nil for
    ///   those of every reference.
    init(
        repository: borrowing Repository, offers: [ObjectID]?, context: TransportContext,
        isStateless: Bool
    ) throws(TransportError) {
        guard let offers else {
            try unsafe self.init(repository.handle, context, isStateless)
            return
        }
        let tips = offers.map(\.oid)
        var handle: OpaquePointer?
        let code = unsafe tips.withUnsafeBufferPointer {
            unsafe sheaf_repository_offering(
                &handle, repository.objects, $0.baseAddress, $0.count)
        }
        guard code >= 0 else { throw .git(GitError(code: code)) }
        do throws(TransportError) {
            try unsafe self.init(handle, context, isStateless)
        } catch {
            unsafe git_repository_free(handle)
            throw error
        }
        unsafe substitute = unsafe handle
    }

    /// A remote of no repository, which can be listed and nothing else.
    init(context: TransportContext, isStateless: Bool) throws(TransportError) {
        try unsafe self.init(nil, context, isStateless)
    }

    private init(
        _ repository: OpaquePointer?, _ context: TransportContext, _ isStateless: Bool
    ) throws(TransportError) {
        var remote: OpaquePointer?
        // The address only has to look like one: the context knows where the peer is.
        let code = unsafe sheaf_remote_create(&remote, repository, "sheaf://peer")
        guard code >= 0, let remote = unsafe remote else { throw .git(GitError(code: code)) }
        unsafe self.remote = unsafe remote
        self.context = context
        unsafe carrier = .allocate(capacity: 1)
        unsafe settings = .allocate(capacity: 1)
        unsafe carrier.initialize(to: Self.carrier(for: context, isStateless: isStateless))
        unsafe settings.initialize(
            to: sheaf_fetch(
                carrier: carrier, progress: { unsafe transfer($0).progress() },
                memory: Self.memory))
    }

    /// What libgit2 may hold while it receives: far more than files of bundles need.
    private static let memory = Repository.largestObject

    deinit {
        unsafe git_remote_free(remote)
        unsafe git_repository_free(substitute)
        unsafe settings.deallocate()
        unsafe carrier.deallocate()
    }

    /// Connects and lists the peer's references.
    func list() throws(TransportError) -> [String: ObjectID] {
        let code = ReadWatch.run(isTimed: false) { unsafe sheaf_remote_connect(remote, settings) }
        if code < 0 {
            let error = GitError(code: code)
            if let failure = context.failure { throw failure }
            // Nothing of this repository is used yet. libgit2 sets no error of its own for some of
            // what a peer gets wrong, and then the last one is about something else.
            throw unavailable(error, else: "the peer does not speak Git's protocol")
        }
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        try checked(unsafe git_remote_ls(&heads, &count, remote))
        var advertised: [String: ObjectID] = [:]
        for index in 0..<count {
            guard let head = unsafe heads?[index], let text = unsafe head.pointee.name else {
                continue
            }
            let name = unsafe String(cString: text)
            if !name.hasSuffix("^{}") { advertised[name] = unsafe ObjectID(head.pointee.oid) }
        }
        context.listed()
        return advertised
    }

    /// Downloads what the refspecs name and is lacking; gives the number of objects that came.
    func download(_ refspecs: [String]) throws(TransportError) -> Int {
        let remote = unsafe remote
        context.countObjects = {
            // libgit2 counts there while it receives.
            unsafe Int(git_remote_stats(remote)?.pointee.received_objects ?? 0)
        }
        defer { context.countObjects = { 0 } }
        // The request has a deadline of its own.
        let code = ReadWatch.run(isTimed: false) {
            unsafe withCStrings(refspecs) { texts in
                unsafe sheaf_remote_download(remote, settings, texts.baseAddress, refspecs.count)
            }
        }
        try checked(code)
        return context.countObjects()
    }

    /// Says goodbye. A peer that has gone already is no error: everything has come.
    func disconnect() {
        unsafe _ = git_remote_disconnect(remote)
        git_error_clear()
    }

    private func checked(_ code: Int32) throws(TransportError) {
        guard code < 0 else { return }
        let error = GitError(code: code)
        if let failure = context.failure { throw failure }
        if Self.isAboutPack(error) { throw unavailable(error, else: "what it sent is damaged") }
        throw Self.isAboutPeer(error) ? unavailable(error, else: "") : .git(error)
    }

    /// What the peer said, or how it broke the protocol, where libgit2 knows.
    private func unavailable(_ error: GitError, else reason: String) -> TransportError {
        if context.endedEarly { return .unavailable("what it sent ends before its time") }
        let text = Self.isAboutPeer(error) ? error.message : reason
        return .unavailable(
            PeerComplaint.presentable(text, hiding: context.transport.location))
    }

    /// Whether this is about the pack that came, and not about what is stored here.
    private static func isAboutPack(_ error: GitError) -> Bool {
        [GIT_ERROR_INDEXER, GIT_ERROR_ZLIB, GIT_ERROR_NOMEMORY].contains {
            error.domain == Int32($0.rawValue)
        }
    }

    private static func isAboutPeer(_ error: GitError) -> Bool {
        error.domain == Int32(GIT_ERROR_NET.rawValue)
    }

    private static func carrier(
        for context: TransportContext, isStateless: Bool
    ) -> sheaf_carrier {
        unsafe sheaf_carrier(
            context: Unmanaged.passUnretained(context).toOpaque(),
            stateless: isStateless ? 1 : 0,
            open: { unsafe transfer($0).open($1) },
            read: { context, buffer, capacity, count in
                var room = unsafe MutableRawSpan(
                    _unsafeStart: UnsafeMutableRawPointer(buffer!), byteCount: capacity)
                return unsafe transfer(context).read(into: &room, &count!.pointee)
            },
            write: { context, bytes, count in
                let bytes = unsafe RawSpan(
                    _unsafeStart: UnsafeRawPointer(bytes!), byteCount: count)
                return unsafe transfer(context).write(bytes)
            },
            close: { unsafe transfer($0).close() })
    }
}

/// The context behind a callback's pointer. The session holds it for as long as libgit2 may call.
private func transfer(_ pointer: UnsafeMutableRawPointer?) -> TransportContext {
    unsafe Unmanaged<TransportContext>.fromOpaque(pointer!).takeUnretainedValue()
}
