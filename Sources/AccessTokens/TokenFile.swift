public import BundleModel
internal import BundleRepository
internal import Foundation
internal import LibGit2

/// The file in which a server's tokens are: hashes and what each allows, never a secret.
///
/// JSON, `{"schema": "sheaf/tokens/v1", "tokens": [...]}`, for the eyes of its owner only. Every
/// change replaces it in one step, and changes exclude each other through a lock beside it.
public struct TokenFile: Sendable {
    /// Where it is.
    public let path: String

    private static let schema = "sheaf/tokens/v1"
    private static let maximumBytes = 16 << 20

    private struct Document: Codable {
        var schema: String
        var tokens: [AccessToken]
    }

    /// Names the file, which need not be there.
    public init(path: String) {
        self.path = path
    }

    /// The tokens, oldest first; nil when there is no file.
    ///
    /// Throws `host_policy_invalid` for a file that others may write to or that is not of this
    /// form, `io_error`.
    public func tokens() throws(SheafError) -> [AccessToken]? {
        guard let file = try HostOwnedFile.read(path, maximumBytes: Self.maximumBytes) else {
            return nil
        }
        guard file.isTrustedOwner, !file.isWritableByOthers else {
            throw SheafError(
                .hostPolicyInvalid, "others may write to the file of tokens",
                hint: "chmod 600 it; it must belong to the user who runs the server")
        }
        do {
            let document = try Self.decoder.decode(Document.self, from: Data(file.bytes))
            guard document.schema == Self.schema else {
                throw SheafError(
                    .hostPolicyInvalid,
                    "the file of tokens has a schema that this version does not know")
            }
            return document.tokens
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(
                .hostPolicyInvalid, "the file of tokens is not of the form that it should have",
                hint: "'sheaf token' writes it; restore it, or remove it and make tokens anew")
        }
    }

    /// Adds a token. It is on disk when this returns.
    public func add(_ token: AccessToken) throws(SheafError) {
        try change { $0.append(token) }
    }

    /// Takes a token away, by its id; throws `not_found` when there is none.
    @discardableResult
    public func revoke(_ id: String) throws(SheafError) -> AccessToken {
        var revoked: AccessToken?
        try change { tokens in
            guard let place = tokens.firstIndex(where: { $0.id == id }) else { return }
            revoked = tokens.remove(at: place)
        }
        guard let revoked else {
            throw SheafError(
                .notFound, "there is no token '\(DisplayText.escape(String(id.prefix(64))))'",
                hint: "'sheaf token list' shows their ids")
        }
        return revoked
    }

    private func change(_ body: (inout [AccessToken]) -> Void) throws(SheafError) {
        do {
            let parent = (path as NSString).deletingLastPathComponent
            if !parent.isEmpty {
                try FileManager.default.createDirectory(
                    atPath: parent, withIntermediateDirectories: true)
            }
            let lock = try FileLock(path: path + ".lock", mode: .exclusive, waiting: true)
            let before = try tokens() ?? []
            var after = before
            body(&after)
            if after != before {
                let document = Document(schema: Self.schema, tokens: after)
                try FileContents.replaceDurably(
                    Array(Self.encoder.encode(document)), at: path, mode: 0o600)
            }
            _ = consume lock
        } catch let error as SheafError {
            throw error
        } catch {
            throw SheafError(
                .ioError, "the file of tokens '\(DisplayText.escape(path))' cannot be written")
        }
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
