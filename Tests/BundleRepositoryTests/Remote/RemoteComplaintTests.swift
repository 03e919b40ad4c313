import BundleModel
import Testing

@testable import BundleRepository

@Suite("What Git says of a transfer that failed")
struct RemoteComplaintTests {
    @Test(
        "is a transfer that is too large only when Git itself came to bounds that it was given",
        arguments: [
            ("fatal: Out of memory, malloc failed (tried to allocate 8 bytes)", true, true),
            ("fatal: write error: File too large\nfatal: index-pack failed", true, true),
            ("remote: fatal: Out of memory, malloc failed", true, false),
            ("remote: error: out of memory\nfatal: the remote end hung up", true, false),
            ("fatal: Out of memory, malloc failed (tried to allocate 8 bytes)", false, false),
            ("remote: error: unable to write file: File too large", false, false),
        ])
    func bounds(_ text: String, _ isBounded: Bool, _ isTooLarge: Bool) {
        let error = RemoteComplaint(text, isBounded: isBounded).error
        #expect(error.code == (isTooLarge ? .limitExceeded : .remoteUnavailable))
    }
}
