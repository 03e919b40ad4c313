import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Several publishers at once")
struct ConcurrentPublishTests {
    /// Publishes from many instances at once and gives what each answered.
    private func publish(
        _ count: Int, _ workshop: Workshop, expectation: PublishRequest.Expectation,
        round: Int = 0
    ) async throws -> [Result<PublishResult, SheafError>] {
        try await withThrowingTaskGroup { group in
            for index in 0..<count {
                let directory = workshop.directory.appending("agents-\(index)")
                let path = try SampleBundle().prompt("Round \(round), publisher \(index).\n")
                    .write(to: directory)
                let repository = try workshop.another()
                group.addTask { () -> Result<PublishResult, SheafError> in
                    do throws(SheafError) {
                        return .success(
                            try await repository.publish(
                                PublishRequest(directory: path, expectation: expectation)))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("of two publishers who expect the same head one wins and the other gets a conflict")
    func two() async throws {
        let workshop = try await Workshop()
        var expectation = PublishRequest.Expectation.absent
        for round in 1...5 {
            let results = try await publish(2, workshop, expectation: expectation, round: round)
            let won = results.compactMap { try? $0.get() }
            #expect(won.count == 1)
            #expect(won.first?.revision.number == round)
            for case .failure(let error) in results {
                #expect(error.code == .conflict, "\(error)")
            }
            expectation = .commit(try #require(won.first).revision.commit)
        }
        #expect(try await workshop.repository.log(try Workshop.bundle).count == 5)
        #expect(try await workshop.fsck() == "")
    }

    @Test("of many publishers every winner is in the chain and every other got a conflict")
    func many() async throws {
        let workshop = try await Workshop()
        let results = try await publish(12, workshop, expectation: .any)
        let won = results.compactMap { try? $0.get() }
        for case .failure(let error) in results {
            #expect(error.code == .conflict, "\(error)")
        }
        let log = try await workshop.repository.log(try Workshop.bundle)
        #expect(!won.isEmpty)
        #expect(Set(log.map(\.commit)) == Set(won.map(\.revision.commit)))
        #expect(log.map(\.number) == Array((1...won.count).reversed()))
        #expect(
            try await workshop.git.lines("rev-list", "refs/heads/bundles/support-agents")
                == log.map(\.commit.hex))
        #expect(try await workshop.fsck() == "")
        // The newest revision is released, though not each one has to be.
        let latest = try await workshop.repository.resolve(
            try workshop.reference(
                "support-agents@latest"))
        #expect(latest.provenance.revision == won.count)
        let releases = try await workshop.repository.releases(
            of: try Workshop.bundle, on: .latest)
        #expect(releases.map(\.sequence) == Array((1...releases.count).reversed()))
        let revisions = releases.map(\.provenance.revision.revision)
        #expect(revisions == revisions.sorted(by: >))
        for release in releases {
            let reference = try workshop.reference("support-agents@\(release.commit)")
            _ = try await workshop.repository.verify(reference)
        }
    }

    @Test("publishers of different bundles do not disturb each other")
    func different() async throws {
        let workshop = try await Workshop()
        let ids = (0..<6).map { "bundle-\($0)" }
        try await withThrowingTaskGroup { group in
            for id in ids {
                let path = try SampleBundle(bundle: id)
                    .write(to: workshop.directory.appending(id))
                let repository = try workshop.another()
                group.addTask {
                    try await repository.publish(PublishRequest(directory: path)).revision.number
                }
            }
            for try await number in group { #expect(number == 1) }
        }
        #expect(try await workshop.repository.bundles().map(\.rawValue) == ids)
        #expect(try await workshop.fsck() == "")
    }

    @Test("releases to one channel at once form one chain")
    func releases() async throws {
        let workshop = try await Workshop()
        for number in 1...4 {
            try await workshop.publish(SampleBundle().prompt("\(number)\n"), channel: nil)
        }
        let channel = try ChannelID("stable")
        let outcomes = try await withThrowingTaskGroup { group in
            for number in 1...4 {
                let repository = try workshop.another()
                let reference = try workshop.reference("support-agents@\(number)")
                group.addTask { () -> Result<Release, SheafError> in
                    do throws(SheafError) {
                        return .success(
                            try await repository.release(
                                reference, to: channel, reason: "number \(number)",
                                identityFrom: "/"))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return try await group.reduce(into: [Result<Release, SheafError>]()) { $0.append($1) }
        }
        for case .failure(let error) in outcomes { #expect(error.code == .conflict) }
        let won = outcomes.compactMap { try? $0.get() }
        let chain = try await workshop.repository.releases(of: try Workshop.bundle, on: channel)
        #expect(Set(chain.map(\.commit)) == Set(won.map(\.commit)))
        #expect(chain.map(\.sequence) == Array((1...won.count).reversed()))
        #expect(try await workshop.fsck() == "")
    }
}
