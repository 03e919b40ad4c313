internal import BundleModel
internal import Configuration
internal import Foundation
internal import HTTPServing
internal import Logging
internal import SheafCommands
internal import WorkerRuntime

/// Brings flags, the environment and the file together, in this order, and checks everything before
/// anything starts.
struct SettingsReader {
    private let config: ConfigReader
    private let file: SettingsFile?
    private let flags: [SettingKey: [String]]
    private let environment: [String: String]
    private var findings: [Finding] = []

    /// - Parameters:
    ///   - path: of the file; nil without one.
    ///   - flags: what flags say; a list may have several.
    ///   - environment: the variables of the process.
    /// - Throws: `host_policy_invalid` with every finding in the file, the variables and the flags.
    static func read(
        file path: String?, flags: [SettingKey: [String]], environment: [String: String]
    ) throws(SheafError) -> RuntimeSettings {
        let file = try path.map { (path) throws(SheafError) in try SettingsFile(path: path) }
        var reader = SettingsReader(file, flags, environment)
        let settings = reader.settings()
        let all = (file?.findings ?? []) + reader.findings
        if let error = SheafError(findings: all.sorted(), in: "the runtime's configuration") {
            throw error
        }
        return settings
    }

    private init(
        _ file: SettingsFile?, _ flags: [SettingKey: [String]], _ environment: [String: String]
    ) {
        self.file = file
        self.flags = flags
        self.environment = environment
        var given: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, texts) in flags {
            let content: ConfigContent =
                key.isList ? .stringArray(texts) : .string(texts.last ?? "")
            given[AbsoluteConfigKey(key.path)] = ConfigValue(content, isSecret: false)
        }
        config = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: given),
            EnvironmentVariablesProvider(environmentVariables: environment.filter { !$1.isEmpty })
                .prefixKeys(with: ["sheaf", "runtime"]),
            InMemoryProvider(name: "file", values: file?.values ?? [:]),
        ])
        let known = Set(SettingKey.allCases.map(\.variable))
        for name in environment.keys.sorted()
        where name.hasPrefix(SettingKey.variablePrefix) && !known.contains(name) {
            findings.append(
                Finding(
                    code: .hostPolicyInvalid, rule: "unknown-key", path: "the environment",
                    message:
                        "the variable \(DisplayText.escape(String(name.prefix(64)))) is not known",
                    hint: "known ones: \(known.sorted().joined(separator: ", "))"))
        }
    }

    private mutating func settings() -> RuntimeSettings {
        let locations = DefaultLocations(environment: environment)
        let store = path(.store) ?? DefaultLocations.absolute(locations.runtimeStore)
        var settings = RuntimeSettings(
            store: store, policy: path(.policy) ?? locations.policy(ofRuntime: store),
            listen: list(.listen) { text throws(SheafError) in try ListenAddress(text) }
                ?? Self.usual,
            tokens: path(.tokens) ?? locations.tokenFile)
        settings.tls = tls()
        settings.allowsPlainHTTP = word(.plainHttp, ["true": true, "false": false]) ?? false
        settings.follow = Set(
            list(.follow) { text throws(SheafError) in try FollowedChannel(text) } ?? [])
        settings.schedule = schedule()
        settings.logLevel =
            word(
                .logLevel,
                Dictionary(uniqueKeysWithValues: Logger.Level.allCases.map { ($0.rawValue, $0) }))
            ?? settings.logLevel
        settings.logFormat =
            word(
                .logFormat,
                Dictionary(
                    uniqueKeysWithValues: RuntimeSettings.LogFormat.allCases.map {
                        ($0.rawValue, $0)
                    })) ?? settings.logFormat
        return settings
    }

    /// Where it listens when nobody says otherwise; `listen: []` leaves the socket alone.
    private static var usual: [ListenAddress] {
        (try? ListenAddress("127.0.0.1:7430")).map { [$0] } ?? []
    }

    private mutating func schedule() -> FollowSchedule {
        var schedule = FollowSchedule()
        schedule.interval = duration(.syncInterval) ?? schedule.interval
        schedule.retry = duration(.syncRetry) ?? schedule.retry
        schedule.maximumRetry = duration(.syncMaximumRetry) ?? schedule.maximumRetry
        schedule.deadline = duration(.syncDeadline) ?? schedule.deadline
        schedule.longPoll = duration(.syncLongPoll, isOptional: true) ?? schedule.longPoll
        schedule.jitter = number(.syncJitter, 0...1, Double.init) ?? schedule.jitter
        schedule.fetches = number(.syncFetches, 1...256) { Int($0) } ?? schedule.fetches
        if schedule.maximumRetry < schedule.retry {
            refuse(.syncMaximumRetry, "contradiction", "it is shorter than 'sync.retry'")
        }
        return schedule
    }

    private mutating func tls() -> ServerTLS? {
        let certificate = path(.tlsCertificate)
        let key = path(.tlsKey)
        let authorities = path(.tlsClientAuthorities)
        if let certificate, let key {
            return ServerTLS(certificate: certificate, key: key, clientAuthorities: authorities)
        }
        if certificate != nil || key != nil {
            refuse(
                certificate == nil ? .tlsKey : .tlsCertificate, "missing-key",
                "'tls.certificate' and 'tls.key' go together")
        } else if authorities != nil {
            refuse(.tlsClientAuthorities, "missing-key", "it needs 'tls.certificate'")
        }
        return nil
    }

    // MARK: Values

    private func text(_ key: SettingKey) -> String? { config.string(forKey: key.key) }

    private mutating func path(_ key: SettingKey) -> String? {
        guard let text = text(key) else { return nil }
        // A flag is written where the working directory is known; the others outlive it.
        if flags[key] != nil { return DefaultLocations.absolute(text) }
        if text.hasPrefix("/") { return text }
        refuse(key, "relative-path", "the path is not absolute")
        return nil
    }

    private mutating func list<Value>(
        _ key: SettingKey, _ read: (String) throws(SheafError) -> Value
    ) -> [Value]? {
        guard let texts = config.stringArray(forKey: key.key) else { return nil }
        var values: [Value] = []
        for text in texts {
            do throws(SheafError) {
                values.append(try read(text.trimmingCharacters(in: .whitespaces)))
            } catch {
                refuse(key, "invalid-value", error.message, hint: error.hint)
            }
        }
        return values
    }

    private mutating func word<Value>(_ key: SettingKey, _ words: [String: Value]) -> Value? {
        guard let text = text(key) else { return nil }
        if let value = words[text] { return value }
        refuse(
            key, "unknown-value", "'\(DisplayText.excerpt(text))' is none of the words it takes",
            hint: "supported: \(words.keys.sorted().joined(separator: ", "))")
        return nil
    }

    private mutating func duration(_ key: SettingKey, isOptional: Bool = false) -> Duration? {
        guard let text = text(key) else { return nil }
        if isOptional, text == "none" { return .zero }
        if let value = PolicyDuration.read(text) { return value }
        refuse(
            key, "invalid-duration",
            "'\(DisplayText.excerpt(text))' is not a length of time",
            hint: "write a whole number and s, m, h or d, such as 30s"
                + (isOptional ? ", or none" : ""))
        return nil
    }

    private mutating func number<Value: Comparable>(
        _ key: SettingKey, _ range: ClosedRange<Value>, _ read: (String) -> Value?
    ) -> Value? {
        guard let text = text(key) else { return nil }
        if let value = read(text), range.contains(value) { return value }
        refuse(
            key, "invalid-number", "'\(DisplayText.excerpt(text))' is not a number it takes",
            hint: "from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// Says what is wrong with a value, by its key and where it came from.
    private mutating func refuse(
        _ key: SettingKey, _ rule: String, _ message: String, hint: String? = nil
    ) {
        let mark = file?.marks[key]
        let place: String
        var line: SourceMark?
        if flags[key] != nil {
            place = "the command line"
        } else if environment[key.variable]?.isEmpty == false {
            place = key.variable
        } else {
            (place, line) = (file?.path ?? "", mark)
        }
        findings.append(
            Finding(
                code: .hostPolicyInvalid, rule: rule, path: place, line: line?.line,
                column: line?.column, message: "'\(key.rawValue)': \(message)", hint: hint))
    }
}
