internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// A runtime with many bundles and workers, in a process of its own, and the memory that it keeps.
enum IdleRuntime {
    private static let bundles = 100
    private static let workers = 1000

    /// Publishes the bundles to a repository that the store's policy names.
    static func prepare(_ place: Workplace, store: String) async throws {
        Workplace.adoptIdentity()
        let path = place.fresh("idle.git")
        let repository = try BundleRepository.create(at: path, workspace: nil)
        for number in 0..<bundles {
            let source = place.fresh("idle-source")
            try SampleBundle(files: 40, bytesPerFile: 4000, name: "bundle-\(number)")
                .write(to: source)
            _ = try await repository.publish(PublishRequest(directory: source))
        }
        try HostPolicyFile.writeDefault(
            at: "\(store)/host-policy.yaml", workspace: try WorkspaceID("bench"),
            repository: path)
    }

    /// Prints the memory of this process after it has synced everything and created the workers; in a
    /// store where they are, after it has opened that.
    static func runChild(_ store: String) async {
        do {
            let policy = "\(store)/host-policy.yaml"
            let isAnew = FileManager.default.fileExists(atPath: "\(store)/runtime.sqlite")
            let runtime = try WorkerRuntime.open(store: store, policy: policy)
            if !isAnew { try await fill(runtime) }
            _ = try await runtime.acceptedReleases()
            // Until it is idle: files of what nobody reads are closed by then.
            try await Task.sleep(for: .seconds(22))
            print(try residentBytes())
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(3)
        }
    }

    private static func fill(_ runtime: WorkerRuntime) async throws {
        for number in 0..<bundles {
            _ = try await runtime.sync(BundleID("bundle-\(number)"), on: .latest)
        }
        for number in 0..<workers {
            let pin = try await runtime.pin(BundleID("bundle-\(number % bundles)"), on: .latest)
            _ = try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("w-\(number)"), selector: .bundleDefault, pin: pin,
                    input: "look at ticket \(number)"))
        }
    }

    /// What the process has in memory now; where the system does not say, the most that it ever had.
    private static func residentBytes() throws -> Int {
        if let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) {
            let fields = text.split(separator: " ")
            guard fields.count > 1, let pages = Int(fields[1]) else {
                throw BenchError("no memory was reported")
            }
            return pages * sysconf(Int32(_SC_PAGESIZE))
        }
        return PeakMemory.own
    }
}
