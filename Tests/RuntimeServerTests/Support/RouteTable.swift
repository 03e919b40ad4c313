import AccessTokens
import BundleModel
import Foundation
import HTTPTypes
import Testing

@testable import RuntimeServer

/// Every route with every method that it is asked with, and a request that it takes.
struct RouteCase: Sendable, CustomTestStringConvertible {
    let method: String
    let path: String
    let pattern: String
    let scope: String?
    let body: String?

    var testDescription: String { "\(method) \(pattern)" }

    static let digest = BundleDigest(root: SHA256Value(hashing: [1]))
    static let commit = String(repeating: "1", count: 40)

    static let all: [RouteCase] = {
        guard let worker = try? WorkerID("w-1") else { return [] }
        return RuntimeRoute.all(digest, worker).flatMap { route in
            route.methods.map { method in
                let path = route.pattern.replacing("{digest}", with: digest.description)
                    .replacing("{id}", with: worker.rawValue)
                return RouteCase(
                    method: method.rawValue,
                    path: route.pattern.hasSuffix("availability")
                        ? "\(path)?commit=\(commit)" : path,
                    pattern: route.pattern, scope: route.scope(for: method)?.rawValue,
                    body: body(route.pattern, method.rawValue))
            }
        }
    }()

    private static func body(_ pattern: String, _ method: String) -> String? {
        let pin = """
            {"workspace":"acme","bundle":"agents","commit":"\(commit)","digest":"\(digest)"}
            """
        return switch (pattern, method) {
        case ("/v1/config-bundles/sync", _):
            #"{"workspace":"acme","bundle":"agents","channel":"latest"}"#
        case ("/v1/config-bundles/preflight", _): #"{"bundle":\#(pin)}"#
        case ("/v1/config-bundles/{digest}", "PUT"): "no bundle"
        case ("/v1/workers", "POST"):
            #"{"workerId":"w-1","bundle":\#(pin),"intent":{"input":"x"}}"#
        case ("/v1/workers/{id}/stop", _): "{}"
        default: nil
        }
    }

    var type: String? {
        body.map { _ in method == "PUT" ? "application/x-git-bundle" : "application/json" }
    }

    func ask(_ served: ServedRuntime, _ token: String? = nil) async throws -> RawAnswer {
        try await served.ask(method, path, token, type: type, body: body.map { Array($0.utf8) })
    }
}
