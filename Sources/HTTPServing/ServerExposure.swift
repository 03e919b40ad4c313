public import BundleModel

/// Who can reach a server, and what that asks of it.
public enum ServerExposure {
    /// Requires of a server that other machines reach that it has tokens, and that these are not
    /// sent in clear.
    ///
    /// Throws `invalid_request`.
    ///
    /// - Parameters:
    ///   - addresses: where it listens.
    ///   - hasTokens: whether there are any.
    ///   - isSecure: whether it speaks TLS, or its owner has said that a proxy in front does.
    ///   - advice: how TLS is set up.
    public static func requireClosed(
        _ addresses: [ListenAddress], hasTokens: Bool, isSecure: Bool, advice: String
    ) throws(SheafError) {
        guard addresses.contains(where: { !$0.isLoopback }) else { return }
        guard hasTokens else {
            throw SheafError(
                .invalidRequest,
                "a server that other machines reach needs tokens, and there are none",
                hint: "'sheaf token create' makes the first")
        }
        guard isSecure else {
            throw SheafError(
                .invalidRequest, "tokens would be sent in clear to this address", hint: advice)
        }
    }
}
