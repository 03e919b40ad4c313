#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    @Suite("What the program loads when it starts")
    struct ProgramStartTests {
        /// ld.so(8): with this variable a program lists the libraries it is linked to and ends.
        @Test("it is not linked to libcurl, whose libraries would be a third of a hook's start")
        func startsWithoutLibcurl() async throws {
            let desk = try Desk(bundle: false)
            let listed = try await desk.sheaf.with(["LD_TRACE_LOADED_OBJECTS": "1"]).run(
                "--version")
            let text = listed.text
            #expect(text.contains("libgit2.so"))
            #expect(!text.contains("curl"))
        }
    }
#endif
