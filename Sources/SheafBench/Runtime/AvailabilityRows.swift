internal import BundleModel
internal import Foundation
internal import RuntimeProtocol

/// Whether a pin can be used, asked of a daemon with `wrk`, beside the emptiest of its own routes.
enum AvailabilityRows {
    private static let rounds = 5

    static func run(_ place: Workplace) async throws -> [Row] {
        let full = try await FullStore.make(place, "availability", workers: 0)
        let daemon = full.daemon
        let pin = full.pins[full.pins.count / 2]
        let path = "/v1/config-bundles/\(pin.digest)/availability?commit=\(pin.commit.hex)"
        let answer = try LoadConnection(to: daemon.port).exchange(
            RuntimeMessages.get(daemon.port, path))
        guard String(decoding: answer, as: UTF8.self).contains("\"available\"") else {
            throw BenchError("the pin is not available: \(String(decoding: answer, as: UTF8.self))")
        }
        var ours: [LoadFigures] = []
        var empty: [LoadFigures] = []
        for round in 0...rounds {
            let first = try await LoadFigures.measured(place, daemon.port, path)
            let second = try await LoadFigures.measured(place, daemon.port, "/healthz")
            if round > 0 {
                ours.append(first)
                empty.append(second)
            }
        }
        daemon.stop()
        func median(_ figures: [LoadFigures], _ value: (LoadFigures) -> Double) -> Double {
            PairedTiming.median(figures.map(value))
        }
        let ratio = PairedTiming.median(zip(ours, empty).map { $0.perSecond / $1.perSecond })
        let worst = median(ours, \.seconds99)
        let name = "GET availability under wrk, 16 connections, 100 bundles"
        return [
            Row(
                name: "\(name): requests a second", ours: "\(Int(median(ours, \.perSecond)))/s",
                theirs: "\(Int(median(empty, \.perSecond)))/s /healthz",
                result: "\(Row.digits(ratio))×", target: "≥ 0.5×"),
            Row(
                name: "\(name): p99", ours: Row.text(worst),
                theirs: "\(Row.text(median(empty, \.seconds99))) /healthz",
                result: Row.text(worst), target: "≤ 10 ms"),
        ]
    }
}
