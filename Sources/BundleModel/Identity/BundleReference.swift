/// What a person names a revision by: `bundle`, `bundle@12`, `bundle@stable`, `bundle@<commit>` or
/// `bundle@sha256:…`.
public struct BundleReference: Hashable, Sendable, CustomStringConvertible {
    /// Which state of the bundle is meant.
    public enum Selector: Hashable, Sendable {
        /// The newest revision.
        case newest
        /// A revision by its number, from 1.
        case revision(Int)
        /// The newest release of a channel.
        case channel(ChannelID)
        /// A commit of this bundle: a revision or a release.
        case commit(CommitID)
        /// The newest revision with these contents.
        case digest(BundleDigest)
    }

    /// The bundle.
    public let bundle: BundleID
    /// Which state of it.
    public let selector: Selector

    /// Creates a reference.
    public init(bundle: BundleID, selector: Selector) {
        self.bundle = bundle
        self.selector = selector
    }

    /// Reads a reference; throws `invalid_request`.
    public init(_ text: String) throws(SheafError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        do {
            bundle = try BundleID(String(parts.first ?? ""))
            guard parts.count == 2 else {
                selector = .newest
                return
            }
            let state = String(parts[1])
            if let commit = CommitID(state) {
                selector = .commit(commit)
            } else if state.hasPrefix("sha256:"), let digest = BundleDigest(state) {
                selector = .digest(digest)
            } else if !state.isEmpty, state.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let number = Int(state), number > 0, !state.hasPrefix("0")
            {
                selector = .revision(number)
            } else {
                selector = .channel(try ChannelID(state))
            }
        } catch {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(text))' is not a reference: \(error)",
                hint: "write bundle, bundle@12, bundle@channel, bundle@<commit> or bundle@sha256:…")
        }
    }

    /// The reference as text.
    public var description: String {
        switch selector {
        case .newest: bundle.rawValue
        case .revision(let number): "\(bundle)@\(number)"
        case .channel(let channel): "\(bundle)@\(channel)"
        case .commit(let commit): "\(bundle)@\(commit)"
        case .digest(let digest): "\(bundle)@\(digest)"
        }
    }
}
