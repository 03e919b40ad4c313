internal import Synchronization

/// One of the places for fetches, while it is used: it is given back once, by whoever is first.
final class PlaceInUse: Sendable {
    private let slots: FetchSlots
    private let isGivenBack = Mutex(false)

    init(_ slots: FetchSlots) {
        self.slots = slots
    }

    func giveBack() {
        let isFirst = isGivenBack.withLock { isGivenBack in
            defer { isGivenBack = true }
            return !isGivenBack
        }
        if isFirst { slots.give() }
    }
}
