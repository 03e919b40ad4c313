import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Many operations one after another")
struct LongHistoryTests {
    /// What the repository should hold, kept beside it in the simplest way.
    private struct Model {
        var revisions: [String] = []
        var channels: [String: [Int]] = [:]
    }

    @Test("a repository holds what was done to it, whatever the order", arguments: [1, 2, 3])
    func operations(seed: UInt64) async throws {
        var state = seed &* 7919
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        let workshop = try await Workshop()
        var model = Model()
        for _ in 0..<30 {
            let channel = ["latest", "stable"][random(2)]
            switch random(4) {
            case 0, 1:
                try await publish("Prompt \(random(4)).\n", to: channel, workshop, &model)
            case 2:
                try await release(random(model.revisions.count + 1), channel, workshop, &model)
            default:
                try await rollback(random(model.revisions.count + 1), channel, workshop, &model)
            }
        }
        try await compare(workshop, model)
        #expect(try await workshop.fsck() == "")
        try await workshop.git.check("gc", "--quiet")
        try await compare(workshop, model)
    }

    private func publish(
        _ prompt: String, to channel: String, _ workshop: Workshop, _ model: inout Model
    ) async throws {
        let result = try await workshop.publish(SampleBundle().prompt(prompt), channel: channel)
        #expect(result.isNew == (model.revisions.last != prompt))
        if result.isNew { model.revisions.append(prompt) }
        let newest = model.revisions.count
        #expect(result.revision.number == newest)
        let isDue = !model.channels[channel, default: []].contains(newest)
        #expect((result.release != nil) == isDue)
        if isDue { model.channels[channel, default: []].append(newest) }
    }

    private func release(
        _ number: Int, _ channel: String, _ workshop: Workshop, _ model: inout Model
    ) async throws {
        guard number > 0 else { return }
        let reference = try workshop.reference("support-agents@\(number)")
        do throws(SheafError) {
            let release = try await workshop.repository.release(
                reference, to: try ChannelID.checked(channel), reason: "as drawn",
                identityFrom: "/")
            model.channels[channel, default: []].append(number)
            #expect(release.sequence == model.channels[channel]?.count)
        } catch {
            #expect(error.code == .conflict)
            #expect(model.channels[channel]?.last == number)
        }
    }

    private func rollback(
        _ number: Int, _ channel: String, _ workshop: Workshop, _ model: inout Model
    ) async throws {
        guard number > 0 else { return }
        let reference = try workshop.reference("support-agents@\(number)")
        let releases = model.channels[channel, default: []]
        do throws(SheafError) {
            let release = try await workshop.repository.rollback(
                reference.bundle, try ChannelID.checked(channel), to: reference, reason: "back",
                identityFrom: "/")
            model.channels[channel, default: []].append(number)
            #expect(releases.contains(number) && number < releases.last ?? 0)
            #expect(release.sequence == releases.count + 1)
        } catch {
            let isOlder = number < releases.last ?? 0
            #expect(error.code == (releases.isEmpty || isOlder ? .notFound : .invalidRequest))
            #expect(!(releases.contains(number) && isOlder))
        }
    }

    private func compare(_ workshop: Workshop, _ model: Model) async throws {
        let repository = try workshop.another()
        let bundle = try Workshop.bundle
        let log = try await repository.log(bundle)
        #expect(log.map(\.number) == Array((1...model.revisions.count).reversed()))
        for revision in log {
            let commit = ResolvedCommit.revision(revision)
            let prompt = try await repository.file(
                try BundlePath("prompts/coder/system.md"), of: commit)
            #expect(String(decoding: prompt, as: UTF8.self) == model.revisions[revision.number - 1])
        }
        let channels = try await repository.channels(of: bundle)
        #expect(channels.map(\.channel.rawValue) == model.channels.keys.sorted())
        for (channel, numbers) in model.channels {
            let releases = try await repository.releases(of: bundle, on: try ChannelID(channel))
            #expect(releases.map(\.provenance.revision.revision) == numbers.reversed())
            #expect(releases.map(\.sequence) == Array((1...numbers.count).reversed()))
            _ = try await repository.verify(try workshop.reference("support-agents@\(channel)"))
        }
        _ = try await repository.verify(try workshop.reference("support-agents"))
    }
}

extension ChannelID {
    fileprivate static func checked(_ text: String) throws(SheafError) -> ChannelID {
        do {
            return try ChannelID(text)
        } catch {
            throw error.asError()
        }
    }
}
