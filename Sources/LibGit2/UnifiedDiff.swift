internal import CLibgit2Shims
internal import Clibgit2

/// What changed between two contents, as `git diff` prints it.
package enum UnifiedDiff {
    package struct Result: Sendable, Hashable {
        /// Whether either side counts as binary: it has a NUL among its first 8,000 bytes.
        package var isBinary: Bool

        /// The hunks alone, from `@@` on; empty when nothing changed or a side is binary.
        package var text: String

        package var additions: Int
        package var deletions: Int
    }

    /// Compares two contents line by line with the algorithm that `git diff` uses by default.
    package static func compare(
        old: [UInt8], new: [UInt8], contextLines: Int = 3
    ) throws(GitError) -> Result {
        try Library.start()
        var patch: OpaquePointer?
        try check(
            unsafe old.withUnsafeBytes { before in
                unsafe new.withUnsafeBytes { after in
                    unsafe sheaf_patch_from_bytes(
                        &patch, before.baseAddress, before.count, after.baseAddress, after.count,
                        UInt32(clamping: contextLines))
                }
            })
        defer { unsafe git_patch_free(patch) }

        let delta = unsafe git_patch_get_delta(patch)
        let binary = GIT_DIFF_FLAG_BINARY.rawValue
        if let delta = unsafe delta, unsafe delta.pointee.flags & binary != 0 {
            return Result(isBinary: true, text: "", additions: 0, deletions: 0)
        }
        var additions = 0
        var deletions = 0
        try check(unsafe git_patch_line_stats(nil, &additions, &deletions, patch))
        let text = try unsafe hunks(of: patch)
        return Result(isBinary: false, text: text, additions: additions, deletions: deletions)
    }

    private static func hunks(of patch: OpaquePointer?) throws(GitError) -> String {
        var text: [UInt8] = []
        let hunkCount = unsafe git_patch_num_hunks(patch)
        for index in 0..<hunkCount {
            var hunk: UnsafePointer<git_diff_hunk>?
            var lineCount = 0
            try check(unsafe git_patch_get_hunk(&hunk, &lineCount, patch, index))
            guard let hunk = unsafe hunk else { continue }
            unsafe append(sheaf_hunk_header(hunk), hunk.pointee.header_len, to: &text)
            for number in 0..<lineCount {
                var line: UnsafePointer<git_diff_line>?
                try check(unsafe git_patch_get_line_in_hunk(&line, patch, index, number))
                guard let line = unsafe line else { continue }
                let origin = UInt8(bitPattern: unsafe line.pointee.origin)
                // Other origins mark a missing line break at the end; their content says so.
                if [UInt8(ascii: " "), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(origin) {
                    text.append(origin)
                }
                unsafe append(line.pointee.content, line.pointee.content_len, to: &text)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(
        _ start: UnsafePointer<CChar>?, _ count: Int, to text: inout [UInt8]
    ) {
        unsafe text.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    }
}
