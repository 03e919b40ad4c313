internal import BundleModel
internal import RuntimeProtocol

/// A daemon whose store has a hundred bundles and some workers, made through the daemon itself.
struct FullStore: Sendable {
    let fleet: RemoteFleet
    let store: String
    let daemon: ServedDaemon
    /// What is in service.
    let pins: [BundlePin]

    /// The whole of it.
    static func make(
        _ place: Workplace, _ name: String, workers: Int
    ) async throws -> FullStore {
        let fleet = try await RemoteFleet.make(place, name)
        let store = try fleet.store("\(name)-store")
        let daemon = try await ServedDaemon(
            place, store: store,
            following: RemoteFleet.channels(ofFirst: RemoteFleet.remotes),
            settings: ["sync.jitter=0"])
        try await daemon.waitForReleases(RemoteFleet.remotes * RemoteFleet.bundlesEach)
        let connection = LoadConnection(to: daemon.port)
        let bytes = try connection.exchange(
            RuntimeMessages.get(daemon.port, "/v1/config-bundles?limit=1000"))
        let page = try WireJSON.decode(ChannelPage.self, from: bytes, by: .client)
        let pins = page.channels.compactMap(\.accepted?.pin)
        guard pins.count == RemoteFleet.remotes * RemoteFleet.bundlesEach else {
            throw BenchError("\(pins.count) releases are in service")
        }
        for number in 0..<workers {
            _ = try connection.exchange(
                RuntimeMessages.post(
                    daemon.port, "/v1/workers", worker(number, pins[number % pins.count])))
        }
        return FullStore(fleet: fleet, store: store, daemon: daemon, pins: pins)
    }

    /// The request for the worker of a number.
    static func worker(_ number: Int, _ pin: BundlePin) throws -> WorkerRequest {
        WorkerRequest(
            workerId: try WorkerID("w-\(number)"), profile: "agent-\(number % 10)", bundle: pin,
            intent: IntentDocument(input: "look at ticket \(number)"))
    }
}
