extension SheafError {
    /// A stable error code: its text, its HTTP status and the exit status of the command line.
    ///
    /// The order of the cases is the order of precedence: an error that collects several findings
    /// carries the first of their codes.
    public enum Code: String, CaseIterable, Sendable, Hashable, Codable {
        /// The bundle or commit of a pin is not here.
        case bundleMissing = "bundle_missing"
        /// Contents do not have the digest that was claimed.
        case digestMismatch = "digest_mismatch"
        /// No such profile, a malformed selector, or a broken `extends`.
        case invalidProfileSelector = "invalid_profile_selector"
        /// A kind, key, schema, scheme or top-level entry that this version does not know.
        case unsupportedDeclaration = "unsupported_declaration"
        /// Something that may never be inside a bundle.
        case forbiddenContent = "forbidden_content"
        /// Structure, YAML, a tree entry or a path breaks a rule.
        case malformedBundle = "malformed_bundle"
        /// A commit's trailers are missing, repeated, malformed or contradict each other.
        case provenanceInvalid = "provenance_invalid"
        /// The commit speaks of another workspace, bundle or channel.
        case workspaceMismatch = "workspace_mismatch"
        /// A release's sequence number went back.
        case releaseReplayed = "release_replayed"
        /// Two releases claim one sequence number.
        case releaseConflict = "release_conflict"
        /// A branch did not fast-forward.
        case historyRewritten = "history_rewritten"
        /// A bundle is needed and no pin was given.
        case bundleRequired = "bundle_required"
        /// The host policy refuses; every refusal is listed.
        case hostPolicyDenied = "host_policy_denied"
        /// The freshness limit passed and the host policy refuses.
        case runtimeStale = "runtime_stale"
        /// The engine's command is missing, not executable, or ended at once.
        case engineFailed = "engine_failed"
        /// A revision, channel or worker that is not there.
        case notFound = "not_found"
        /// A compare-and-swap was lost, or a request contradicts an earlier one.
        case conflict = "conflict"
        /// Size, count, depth or time of content is over a limit.
        case limitExceeded = "limit_exceeded"
        /// A malformed request or wrong usage.
        case invalidRequest = "invalid_request"
        /// The caller is not known.
        case unauthorized = "unauthorized"
        /// The caller is known and may not.
        case forbidden = "forbidden"
        /// The host's own policy file is wrong.
        case hostPolicyInvalid = "host_policy_invalid"
        /// The Git host refused our credential.
        case remoteUnauthorized = "remote_unauthorized"
        /// The network or the peer failed.
        case remoteUnavailable = "remote_unavailable"
        /// The time allowed ran out.
        case deadlineExceeded = "deadline_exceeded"
        /// The caller gave up.
        case cancelled = "cancelled"
        /// This host's store cannot be read.
        case storeCorrupt = "store_corrupt"
        /// Another process owns the store for writing.
        case storeBusy = "store_busy"
        /// This host's disk or operating system failed.
        case ioError = "io_error"
    }
}

extension SheafError.Code {
    /// How a code appears outside: over HTTP and as an exit status.
    public struct Presentation: Hashable, Sendable {
        /// The HTTP status code.
        public let httpStatus: Int
        /// The exit status: 1 the answer is no, 2 usage, 3 the environment failed.
        public let exitStatus: Int32
    }

    /// The one table of statuses, for HTTP and the command line.
    public var presentation: Presentation {
        switch self {
        case .bundleMissing: Presentation(httpStatus: 404, exitStatus: 1)
        case .digestMismatch: Presentation(httpStatus: 409, exitStatus: 1)
        case .invalidProfileSelector: Presentation(httpStatus: 422, exitStatus: 1)
        case .unsupportedDeclaration: Presentation(httpStatus: 422, exitStatus: 1)
        case .forbiddenContent: Presentation(httpStatus: 422, exitStatus: 1)
        case .malformedBundle: Presentation(httpStatus: 422, exitStatus: 1)
        case .provenanceInvalid: Presentation(httpStatus: 422, exitStatus: 1)
        case .workspaceMismatch: Presentation(httpStatus: 403, exitStatus: 1)
        case .releaseReplayed: Presentation(httpStatus: 409, exitStatus: 1)
        case .releaseConflict: Presentation(httpStatus: 409, exitStatus: 1)
        case .historyRewritten: Presentation(httpStatus: 409, exitStatus: 1)
        case .bundleRequired: Presentation(httpStatus: 422, exitStatus: 1)
        case .hostPolicyDenied: Presentation(httpStatus: 403, exitStatus: 1)
        case .runtimeStale: Presentation(httpStatus: 503, exitStatus: 1)
        case .engineFailed: Presentation(httpStatus: 500, exitStatus: 1)
        case .notFound: Presentation(httpStatus: 404, exitStatus: 1)
        case .conflict: Presentation(httpStatus: 409, exitStatus: 1)
        case .limitExceeded: Presentation(httpStatus: 413, exitStatus: 1)
        case .invalidRequest: Presentation(httpStatus: 400, exitStatus: 2)
        case .unauthorized: Presentation(httpStatus: 401, exitStatus: 3)
        case .forbidden: Presentation(httpStatus: 403, exitStatus: 3)
        case .hostPolicyInvalid: Presentation(httpStatus: 500, exitStatus: 3)
        case .remoteUnauthorized: Presentation(httpStatus: 502, exitStatus: 3)
        case .remoteUnavailable: Presentation(httpStatus: 502, exitStatus: 3)
        case .deadlineExceeded: Presentation(httpStatus: 504, exitStatus: 3)
        case .cancelled: Presentation(httpStatus: 499, exitStatus: 3)
        case .storeCorrupt: Presentation(httpStatus: 500, exitStatus: 3)
        case .storeBusy: Presentation(httpStatus: 503, exitStatus: 3)
        case .ioError: Presentation(httpStatus: 500, exitStatus: 3)
        }
    }

    /// The place in the order of precedence; lower comes first.
    public var precedence: Int { Self.places[self] ?? Int.max }

    private static let places: [Self: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
