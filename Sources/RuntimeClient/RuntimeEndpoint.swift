public import BundleModel
internal import Foundation

/// Where a runtime is reached.
public struct RuntimeEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// What every path is put behind.
    let base: String
    /// The same for people, without a path of this host.
    public let description: String
    /// Whether what is sent can be read by others on the way.
    public let isInClear: Bool

    /// Reads `http://host:port` or `https://host:port`; throws `invalid_request`.
    ///
    /// User information, a path, a query and a fragment are refused: a credential does not belong
    /// into an address.
    public init(_ text: String) throws(SheafError) {
        guard text.utf8.count <= 512, let url = URLComponents(string: text),
            ["http", "https"].contains(url.scheme), let host = url.host, !host.isEmpty,
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil,
            ["", "/"].contains(url.path)
        else {
            throw SheafError(
                .invalidRequest, "this is no address of a runtime",
                hint: "give one such as https://runtime.example:7421")
        }
        let port = url.port.map { ":\($0)" } ?? ""
        base = "\(url.scheme ?? "https")://\(host)\(port)"
        description = base
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        isInClear = url.scheme == "http" && !LoopbackHost.matches(name.lowercased())
    }

    /// The socket of a store on this machine.
    public init(socket path: String) {
        let allowed = CharacterSet(charactersIn: "a"..."z")
            .union(CharacterSet(charactersIn: "A"..."Z"))
            .union(CharacterSet(charactersIn: "0123456789.-_"))
        let host = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        base = "http+unix://\(host)"
        isInClear = false
        description = "the socket of a runtime on this machine"
    }
}
