import BundleModel
import BundleRepository
import Foundation
import HTTPServing
import TestSupport
import Testing
import WorkerRuntime

@testable import ServerCommands

@Suite("The settings of a runtime's daemon")
struct SettingsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func read(
        _ text: String?, flags: [SettingKey: [String]] = [:], _ environment: [String: String] = [:],
        mode: Int = 0o600
    ) throws -> RuntimeSettings {
        var path: String?
        if let text {
            let file = try directory.write(text, to: "runtime.yaml")
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: file.path(percentEncoded: false))
            path = file.path(percentEncoded: false)
        }
        var variables = ["HOME": "/home/pia"]
        variables.merge(environment) { $1 }
        return try SettingsReader.read(file: path, flags: flags, environment: variables)
    }

    private func findings(_ body: () throws -> RuntimeSettings) -> [Finding] {
        do {
            _ = try body()
        } catch let error as SheafError where error.code == .hostPolicyInvalid {
            return error.findings
        } catch {
            Issue.record("\(error)")
        }
        return []
    }

    @Test("without any are those of the user, on this machine alone")
    func standard() throws {
        let settings = try read(nil)
        #expect(settings.store == "/home/pia/.local/state/sheaf/runtime")
        #expect(settings.policy == "/home/pia/.local/state/sheaf/runtime/host-policy.yaml")
        #expect(settings.listen.map(\.description) == ["127.0.0.1:7430"])
        #expect(settings.follow.isEmpty)
    }

    @Test("come from a flag before a variable, and from that before the file")
    func order() throws {
        let file = """
            schema: sheaf/runtime/v1
            listen: []
            follow: [acme/a@stable]
            sync: { interval: 10s, retry: 1s, longPoll: none, fetches: 3 }
            """
        let settings = try read(
            file, flags: [.syncInterval: ["30s"], .follow: ["acme/b@x", "acme/c@y"]],
            ["SHEAF_RUNTIME_SYNC_INTERVAL": "20s", "SHEAF_RUNTIME_SYNC_RETRY": "2s"])
        #expect(settings.schedule.interval == .seconds(30))
        #expect(settings.schedule.retry == .seconds(2))
        #expect(settings.schedule.longPoll == .zero)
        #expect(settings.schedule.fetches == 3)
        #expect(settings.listen.isEmpty)
        #expect(settings.follow.map(\.description).sorted() == ["acme/b@x", "acme/c@y"])
    }

    @Test("every key has the variable by which it is found", arguments: SettingKey.allCases)
    func variables(key: SettingKey) throws {
        // No value is right for all keys, and a wrong one says where it came from.
        let value = key.isList ? "no such thing" : "no\u{1}"
        let found = findings { try read(nil, [key.variable: value]) }
        let isPath = [.store, .policy, .tokens].contains(key)
        #expect(found.contains { $0.path == key.variable } || (isPath && !found.isEmpty))
    }

    @Test("JSON is read as well")
    func json() throws {
        let settings = try read(
            #"{"schema": "sheaf/runtime/v1", "sync": {"interval": "9s"}, "listen": "[::1]:0"}"#)
        #expect(settings.schedule.interval == .seconds(9))
        #expect(settings.listen.map(\.description) == ["[::1]:0"])
    }

    @Test("everything that is wrong is told at once, by key and by place")
    func all() throws {
        let file = """
            schema: sheaf/runtime/v1
            store: relative
            folow: [acme/a@stable]
            follow: [acme/a@stable, nonsense]
            tls: { certificate: /a.pem }
            sync: { interval: often, jitter: 7, retry: 10m, maxRetry: 1s }
            log: { level: loud }
            """
        let found = findings {
            try read(file, ["SHEAF_RUNTIME_SYNC_FETCHES": "0", "SHEAF_RUNTIME_LISTN": "x"])
        }
        let texts = found.map { "\($0.line ?? 0) \($0.rule) \($0.message)" }
        for (line, rule, word) in [
            (2, "relative-path", "'store'"), (3, "unknown-key", "folow"),
            (4, "invalid-value", "'follow'"), (5, "missing-key", "tls.key"),
            (6, "invalid-duration", "'sync.interval'"), (6, "invalid-number", "'sync.jitter'"),
            (6, "unknown-key", "maxRetry"), (7, "unknown-value", "'log.level'"),
            (0, "invalid-number", "'sync.fetches'"), (0, "unknown-key", "SHEAF_RUNTIME_LISTN"),
        ] {
            #expect(
                texts.contains { $0.hasPrefix("\(line) \(rule)") && $0.contains(word) },
                "\(line) \(rule) \(word) in \(texts)")
        }
        #expect(found.contains { $0.path == "SHEAF_RUNTIME_SYNC_FETCHES" })
    }

    @Test("a file that others can write to is not read")
    func writable() throws {
        #expect {
            try read("schema: sheaf/runtime/v1", mode: 0o666)
        } throws: {
            ($0 as? SheafError)?.code == .hostPolicyInvalid
        }
    }

    @Test("the file that is installed is in order")
    func installed() throws {
        let text = try String(
            contentsOf: Fixtures.packageRoot.appending(
                path: "Sources/sheafd/Service/runtime.yaml"), encoding: .utf8)
        let settings = try read(text)
        #expect(settings.store == "/var/lib/sheaf")
        #expect(settings.schedule == .init())
    }
}
