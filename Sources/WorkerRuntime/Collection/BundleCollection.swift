public import BundleModel

/// What a collection of one bundle's repository on a host did, or would do.
public struct BundleCollection: Sendable, Codable {
    /// A file that a killed transfer left, or that one under way in another process is writing.
    public struct Leftover: Hashable, Sendable, Codable {
        /// The name of the file.
        public let name: String
        /// Its bytes.
        public let bytes: Int
    }

    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// What is kept, and why.
    public internal(set) var kept: [KeptRelease] = []
    /// What goes, and why: of each line of releases the newest.
    public internal(set) var dropped: [DroppedRelease] = []
    /// Unfinished transfers; they go as soon as the owner of the store opens the bundle.
    public internal(set) var leftovers: [Leftover] = []
    /// How many objects are kept.
    public internal(set) var keptObjects = 0
    /// How many objects nothing holds.
    public internal(set) var droppedObjects = 0
    /// The bytes that those take.
    public internal(set) var droppedBytes = 0
    /// How many packs there were.
    public internal(set) var packsBefore = 0
    /// How many packs there are now.
    public internal(set) var packsAfter = 0
    /// The bytes of all packs, objects and leftovers before.
    public internal(set) var bytesBefore = 0
    /// The same now.
    public internal(set) var bytesAfter = 0
    /// Whether what nothing holds had to stay for the next time, because somebody is reading.
    public internal(set) var waitsForReaders = false
    /// Why the bundle could not be collected; nothing of it was removed then.
    public internal(set) var failure: SheafError? {
        get { problem?.error }
        set { problem = newValue.map(Problem.init) }
    }

    private struct Problem: Codable {
        let code: SheafError.Code
        let message: String
        let details: [String: String]
        let hint: String?
        let findings: [Finding]

        init(_ error: SheafError) {
            code = error.code
            message = error.message
            details = error.details
            hint = error.hint
            findings = error.findings
        }

        var error: SheafError {
            SheafError(code, message, details: details, hint: hint, findings: findings)
        }
    }

    private var problem: Problem?

    init(_ workspace: WorkspaceID, _ bundle: BundleID) {
        self.workspace = workspace
        self.bundle = bundle
    }
}
