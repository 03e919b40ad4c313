#if os(Linux)
    import BundleModel
    import BundleRepository
    import Foundation
    import Testing

    @testable import WorkerRuntime

    @Suite("Mirrors that nobody reads")
    struct IdleMirrorTests {
        /// The packs of a store that this process has open or in memory.
        private func packs(of setup: RuntimeSetup) throws -> [String] {
            let maps = try #require(FileHandle(forReadingAtPath: "/proc/self/maps")).readToEnd()
            let manager = FileManager.default
            let files = try manager.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
            let lines = String(decoding: maps ?? Data(), as: UTF8.self).split(separator: "\n")
            return (lines.map(String.init) + files).filter {
                $0.contains(setup.store) && $0.contains("/objects/pack/")
            }
        }

        @Test("keep no file of a release that came")
        func behindReading() async throws {
            let setup = try await RuntimeSetup()
            try await setup.publish()
            let runtime = try setup.runtime()
            let pin = try await runtime.sync(setup.bundle, on: .latest).pin
            #expect(try packs(of: setup) == [])
            #expect(try await runtime.availability(pin) == .available)
        }

        @Test("open the packs of two releases to find an old pin, however many came since")
        func oldPin() async throws {
            let setup = try await RuntimeSetup()
            try await setup.publish()
            let runtime = try setup.runtime()
            let pin = try await runtime.sync(setup.bundle, on: .latest).pin
            #expect(try await runtime.availability(pin) == .available)
            for round in 1...6 {
                try await setup.publish(.plain.saying("Round \(round)."))
                _ = try await runtime.sync(setup.bundle, on: .latest)
                #expect(try await runtime.availability(pin) == .available)
            }
            // The pin's own, the newest, and the one that led there before.
            #expect(
                try packs(of: setup).filter { $0.hasSuffix(".pack") && !$0.contains(" ") }.count
                    <= 4)
        }

        @Test("are closed when they were not read for a while, and read again when they are asked")
        func closed() async throws {
            let setup = try await RuntimeSetup()
            try await setup.publish()
            let runtime = try setup.runtime()
            let pin = try await runtime.sync(setup.bundle, on: .latest).pin
            #expect(try await runtime.acceptedReleases().map(\.pin) == [pin])
            #expect(try packs(of: setup) != [])
            // The first look sees that it was read since the one before.
            #expect(await runtime.closeIdleMirrors() == false)
            #expect(try packs(of: setup) != [])
            #expect(await runtime.closeIdleMirrors())
            #expect(try packs(of: setup) == [])
            #expect(try await runtime.acceptedReleases().map(\.pin) == [pin])
            #expect(await runtime.closeIdleMirrors() == false)
        }
    }
#endif
