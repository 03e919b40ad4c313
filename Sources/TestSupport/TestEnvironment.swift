package import Foundation

/// The environment variables that programs run by tests see.
package enum TestEnvironment {
    /// What a program needs to start at all: where programs, libraries and temporary files are.
    package static var base: [String: String] {
        let kept = ["PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LLVM_PROFILE_FILE"]
        var values = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
        values["LC_ALL"] = "C"
        values["TZ"] = "UTC"
        return values
    }

    /// Git without the configuration of this machine and user, with a fixed identity.
    package static var git: [String: String] {
        [
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_AUTHOR_NAME": "Ada Author",
            "GIT_AUTHOR_EMAIL": "ada@example.com",
            "GIT_COMMITTER_NAME": "Carl Committer",
            "GIT_COMMITTER_EMAIL": "carl@example.com",
        ]
    }

    /// The directories that a program looks for below a user's home.
    package static func home(_ home: URL) -> [String: String] {
        func below(_ name: String) -> String {
            home.appending(path: name).path(percentEncoded: false)
        }
        return [
            "HOME": home.path(percentEncoded: false),
            "XDG_CONFIG_HOME": below(".config"),
            "XDG_DATA_HOME": below(".local/share"),
            "XDG_STATE_HOME": below(".local/state"),
            "XDG_CACHE_HOME": below(".cache"),
        ]
    }
}
