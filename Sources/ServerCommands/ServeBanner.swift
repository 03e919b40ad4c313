internal import BundleModel
internal import HTTPServing
internal import SheafCommands

/// What `sheaf serve` says on standard error when it can be reached.
struct ServeBanner: Sendable {
    let address: ListenAddress
    let isSecure: Bool

    func show(port: Int, workspaces: [WorkspaceID]) {
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let base = "\(isSecure ? "https" : "http")://\(host):\(port)"
        let console = Console(.text)
        for workspace in workspaces { console.complain("serving \(base)/\(workspace).git\n") }
    }
}
