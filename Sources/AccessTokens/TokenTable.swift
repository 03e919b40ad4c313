public import BundleModel
internal import Dispatch
public import Foundation
internal import LibGit2
internal import Synchronization

/// The tokens of a file, in memory: whoever asks with one is found without touching the disk.
///
/// The file is looked at once a second, by a thread that serves nobody, so a token that was revoked
/// is refused a second later. A file that can no longer be read keeps everybody out but those who
/// were known before.
public final class TokenTable: Sendable {
    /// What a request is allowed, as its credential says.
    public enum Answer: Sendable {
        /// There are no tokens at all.
        case open
        /// The token is good.
        case known(AccessToken)
        /// There is no such token, or it has expired.
        case refused
    }

    private struct State {
        var tokens: [TokenHash: AccessToken]?
        var stamp: FileStamp?
    }

    private let file: TokenFile
    private let now: @Sendable () -> Date
    private let state: Mutex<State>
    private static let interval = Duration.seconds(1)
    private static let queue = DispatchQueue(label: "sheaf.tokens")

    /// Reads a file of tokens; throws as ``TokenFile/tokens()`` does.
    public init(
        _ file: TokenFile, now: @escaping @Sendable () -> Date = { Date() }
    ) throws(SheafError) {
        self.file = file
        self.now = now
        let stamp = Self.stamp(file)
        state = Mutex(State(tokens: Self.table(try file.tokens()), stamp: stamp))
        // Until nobody asks any more.
        Task.detached { [weak self] in
            while true {
                try? await Task.sleep(for: Self.interval)
                guard let table = self else { return }
                await table.look()
            }
        }
    }

    /// Whether there is a file, so that every caller needs a token.
    public var isClosed: Bool { state.withLock { $0.tokens != nil } }

    /// Who asks with this secret; nil stands for none.
    public func answer(_ secret: TokenSecret?) -> Answer {
        let known = state.withLock { state -> (AccessToken?, isOpen: Bool) in
            guard let tokens = state.tokens else { return (nil, true) }
            return (secret.flatMap { tokens[$0.hash] }, false)
        }
        if known.isOpen { return .open }
        guard let token = known.0, !token.hasExpired(at: now()) else { return .refused }
        return .known(token)
    }

    private func look() async {
        await withCheckedContinuation { continuation in
            Self.queue.async {
                self.lookNow()
                continuation.resume()
            }
        }
    }

    private func lookNow() {
        let stamp = Self.stamp(file)
        if let stamp, stamp == state.withLock({ $0.stamp }) { return }
        // Once tokens were needed they stay needed: a file that is gone must not open the door.
        guard let tokens = try? file.tokens() else { return }
        let table = Self.table(tokens)
        state.withLock { $0 = State(tokens: table, stamp: stamp) }
    }

    /// Nil also for a file that was written to just now, whose next change might not show.
    private static func stamp(_ file: TokenFile) -> FileStamp? {
        FileStamp(path: file.path).flatMap { $0.isSettled ? $0 : nil }
    }

    private static func table(_ tokens: [AccessToken]?) -> [TokenHash: AccessToken]? {
        tokens.map { Dictionary($0.map { ($0.sha256, $0) }, uniquingKeysWith: { $1 }) }
    }
}
