/// Which names and addresses are of this machine, by their form alone: nothing is looked up, and a
/// name that a resolver could make stand for anything is none.
package enum LoopbackHost {
    /// Whether a host, without brackets and a port, is one: `localhost`, `::1` or `127.x.y.z`.
    package static func matches(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && Int(part).map { $0 <= 255 } == true
            }
    }
}
