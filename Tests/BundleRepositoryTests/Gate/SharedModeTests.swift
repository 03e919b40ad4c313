import Testing

@testable import BundleRepository

@Suite("Modes of a shared repository")
struct SharedModeTests {
    @Test(
        "files and directories get what core.sharedRepository says",
        arguments: [
            ("group", 0o660 | 0o004, 0o2775), ("true", 0o664, 0o2775), ("1", 0o664, 0o2775),
            ("all", 0o664, 0o2775), ("world", 0o664, 0o2775), ("2", 0o664, 0o2775),
            ("0660", 0o660, 0o2770), ("0600", 0o600, 0o700), ("0640", 0o640, 0o2750),
        ])
    func modes(setting: String, file: Int, directory: Int) throws {
        let mode = try #require(SharedMode(setting))
        #expect(mode.mode(of: 0o644, isDirectory: false) == file)
        #expect(mode.mode(of: 0o755, isDirectory: true) == directory)
    }

    @Test("elsewhere the umask decides", arguments: ["umask", "false", "0", "", "09", "0044"])
    func umask(setting: String) {
        #expect(SharedMode(setting) == nil)
    }
}
