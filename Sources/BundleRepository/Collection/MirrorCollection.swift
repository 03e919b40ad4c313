/// What a collection of one mirror did, or would do.
package struct MirrorCollection: Sendable {
    /// What is kept, and by what it is held.
    package var held: [HeldRelease] = []
    /// Commits that nothing holds, the newest of each line.
    package var lost: [LostRelease] = []
    /// How many objects are kept.
    package var keptObjects = 0
    /// How many objects nothing holds.
    package var lostObjects = 0
    /// The bytes that those take.
    package var lostBytes = 0
    /// How many packs there were.
    package var packsBefore = 0
    /// The bytes of all packs and objects before.
    package var bytesBefore = 0
    /// How many packs there are now; as before when nothing was done.
    package var packsAfter = 0
    /// The bytes of all packs and objects now.
    package var bytesAfter = 0
    /// Whether what nothing holds had to stay, because somebody was reading.
    package var waitsForReaders = false
}
