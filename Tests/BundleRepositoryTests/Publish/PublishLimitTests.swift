import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("A host's lower limits")
struct PublishLimitTests {
    static let sample = SampleBundle().with("assets/big", String(repeating: "x", count: 5000))

    static let limits: [(ContentLimits, String?)] = [
        (ContentLimits(files: 5), nil), (ContentLimits(fileBytes: 4999), "assets/big"),
        (ContentLimits(bundleBytes: 5000), nil), (ContentLimits(documentBytes: 50), "bundle.yaml"),
    ]

    @Test("what is over a limit is not published, and the file is named", arguments: limits)
    func over(limits: ContentLimits, path: String?) async throws {
        let workshop = try await Workshop(limits: limits)
        let state = try await workshop.state()
        let error = await expectRefusal(.limitExceeded) {
            try await workshop.publish(Self.sample)
        }
        if let path { #expect(error?.findings.contains { $0.path == path } == true) }
        #expect(error?.findings.allSatisfy { $0.hint != nil } == true)
        #expect(try await workshop.state() == state)
        #expect(try await workshop.fsck() == "")
    }

    @Test("a message over the limit is not published, in bytes and not in characters")
    func message() async throws {
        let workshop = try await Workshop(limits: ContentLimits(messageBytes: 1000))
        let state = try await workshop.state()
        for text in [String(repeating: "x", count: 1000), String(repeating: "日", count: 300)] {
            await expectRefusal(.limitExceeded) { try await workshop.publish(message: text) }
        }
        #expect(try await workshop.state() == state)
        try await workshop.publish(message: String(repeating: "日", count: 150))
    }

    @Test("what was published within the limits can be read within them")
    func within() async throws {
        let most = Self.sample.files.values.map(\.count)
        let limits = ContentLimits(
            files: most.count, fileBytes: 5000, bundleBytes: most.reduce(0, +), documentBytes: 500)
        let workshop = try await Workshop(limits: limits)
        try await workshop.publish(Self.sample)
        let verified = try await workshop.repository.verify(
            try workshop.reference("support-agents"))
        #expect(verified.bytes == limits.bundleBytes && verified.files == limits.files)
    }
}
