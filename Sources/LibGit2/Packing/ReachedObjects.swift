/// The objects that some commits reach.
package struct ReachedObjects: Sendable {
    /// Every object, those of the first commits' own trees in front.
    package private(set) var ids: [ObjectID] = []
    /// How many at the beginning of ``ids`` are of the first commits themselves.
    package private(set) var newest = 0
    private var known: Set<ObjectID> = []
    private var pending: [ObjectID] = []

    package init() {}

    /// Whether an object was reached.
    package func contains(_ id: ObjectID) -> Bool { known.contains(id) }

    /// Adds what is reached from objects, most often commits: trees, files, parents and their trees.
    ///
    /// Throws `.notFound` when an object is missing, `.corrupt` when one is damaged. What was
    /// reached before is not followed again.
    ///
    /// - Parameters:
    ///   - areNewest: whether these are what is read most.
    ///   - isLenient: whether what is missing is passed over.
    package mutating func add(
        _ roots: [ObjectID], areNewest: Bool = false, isLenient: Bool = false,
        in repository: borrowing Repository
    ) throws(GitError) {
        for root in roots { try open(root, repository, isLenient) }
        if areNewest { newest = ids.count }
        while let next = pending.popLast() { try open(next, repository, isLenient) }
    }

    /// Takes what was reached out of what is written, as somebody else has it.
    package func subtracting(_ other: ReachedObjects) -> [ObjectID] {
        ids.filter { !other.known.contains($0) }
    }

    private mutating func open(
        _ id: ObjectID, _ repository: borrowing Repository, _ isLenient: Bool
    ) throws(GitError) {
        guard known.insert(id).inserted else { return }
        do throws(GitError) {
            let kind = try repository.header(id)
            switch kind {
            case .commit:
                let commit = try repository.commit(id)
                ids.append(id)
                try openTree(commit.tree, repository, isLenient)
                pending += commit.parents.reversed()
            case .tree:
                known.remove(id)
                try openTree(id, repository, isLenient)
            case .tag:
                ids.append(id)
                pending += try repository.tagged(id).map { [$0] } ?? []
            case .blob: ids.append(id)
            }
        } catch {
            known.remove(id)
            if isLenient, error.code == .notFound || error.code == .corrupt { return }
            throw error
        }
    }

    private mutating func openTree(
        _ root: ObjectID, _ repository: borrowing Repository, _ isLenient: Bool
    ) throws(GitError) {
        var trees = [root]
        while let tree = trees.popLast() {
            guard known.insert(tree).inserted else { continue }
            var links: [TreeLink] = []
            do throws(GitError) {
                links = try repository.links(of: tree)
            } catch {
                known.remove(tree)
                if isLenient, error.code == .notFound || error.code == .corrupt { continue }
                throw error
            }
            ids.append(tree)
            for link in links {
                if link.isTree {
                    trees.append(link.id)
                } else if known.insert(link.id).inserted {
                    if repository.contains(link.id, refreshing: false)
                        || repository.contains(link.id)
                    {
                        ids.append(link.id)
                    } else {
                        known.remove(link.id)
                        if !isLenient {
                            throw GitError(code: .notFound, message: "\(link.id) is missing")
                        }
                    }
                }
            }
        }
    }
}
