public import AccessTokens
internal import Foundation
public import HTTPTypes

/// The token in a request's `Authorization` field.
public enum RequestCredential {
    /// Finds it: `Bearer <token>`, or `Basic` with it as the password, as Git sends it, or as the
    /// name with an empty password. Nil when there is none, or nothing that can be a token.
    public static func token(in fields: HTTPFields) -> TokenSecret? {
        guard let text = fields[.authorization],
            let space = text.firstIndex(of: " ")
        else { return nil }
        let rest = text[text.index(after: space)...].drop { $0 == " " }
        switch text[..<space].lowercased() {
        case "bearer": return TokenSecret(rest)
        case "basic": return basic(rest)
        default: return nil
        }
    }

    private static func basic(_ text: Substring) -> TokenSecret? {
        guard text.utf8.count <= 1024, let data = Data(base64Encoded: String(text)) else {
            return nil
        }
        let parts = String(decoding: data, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first else { return nil }
        if parts.count == 2, !parts[1].isEmpty { return TokenSecret(parts[1]) }
        return TokenSecret(name)
    }
}
