internal import BundleModel
internal import BundleRepository
internal import NIOCore

/// The list of branches with which version 0 of the protocol begins, for fetching.
///
/// Source: gitprotocol-http(5), "Smart Clients"; gitprotocol-pack(5), "Reference Discovery".
struct Advertisement {
    /// What `git upload-pack` of this machine can do, as it says itself.
    let capabilities: String

    /// Takes the capabilities from what `git upload-pack --http-backend-info-refs` prints, without
    /// what is about one repository. Nil when that is something else.
    init?(output: [UInt8]) {
        var rest = output[...]
        guard case .line(let line) = PacketLine.next(&rest), let zero = line.firstIndex(of: 0)
        else { return nil }
        capabilities = String(decoding: line[(zero + 1)...], as: UTF8.self)
            .split { $0 == " " || $0 == "\n" }
            .filter { !$0.hasPrefix("symref=") && !$0.hasPrefix("allow-") && $0 != "filter" }
            .joined(separator: " ")
    }

    /// The response where there is nothing to see; Git itself says no more of an empty repository.
    static var ofNothing: ByteBuffer {
        ByteBuffer(
            bytes: PacketLine.bytes("# service=git-upload-pack\n") + PacketLine.flush
                + PacketLine.flush)
    }

    /// The whole response: `HEAD` first where its branch is among them, then each branch.
    func bytes(_ references: [ServedReference], head: String?) -> ByteBuffer {
        var lines: [(tip: String, name: String)] = references.map { ($0.tip.hex, $0.name) }
        var words = capabilities
        if let head, let target = references.first(where: { $0.name == head }) {
            lines.insert((target.tip.hex, "HEAD"), at: 0)
            words += " symref=HEAD:\(head)"
        }
        var bytes = PacketLine.bytes("# service=git-upload-pack\n") + PacketLine.flush
        if let first = lines.first {
            bytes += PacketLine.bytes("\(first.tip) \(first.name)\0\(words)\n")
        }
        for line in lines.dropFirst() { bytes += PacketLine.bytes("\(line.tip) \(line.name)\n") }
        return ByteBuffer(bytes: bytes + PacketLine.flush)
    }
}
