package import BundleModel
internal import GRDB

/// Which workers a list is of: those of a workspace, of some bundles of it, behind a place.
package struct WorkerSelection: Hashable, Sendable {
    /// A place in the list of all workers, the newest first.
    package struct Place: Hashable, Sendable {
        /// When the worker there was created, as the database writes it.
        package let createdAt: String
        /// The worker there; in the list of a workspace by the id that was asked for, so that a place
        /// tells its tenants nothing of others.
        package let id: String

        /// Describes a place.
        package init(createdAt: String, id: String) {
            self.createdAt = createdAt
            self.id = id
        }

        init(_ row: Row, _ column: String) {
            createdAt = row["createdAt"] as String? ?? ""
            id = row[column] as String? ?? ""
        }
    }

    /// The workspace that their pins are of; nil for every one, and workers without a pin.
    package var workspace: WorkspaceID?
    /// The bundles that their pins are of; nil for every one.
    package var bundles: Set<BundleID>?
    /// Only those behind this place; nil for all.
    package var after: Place?

    /// Describes a selection; of all workers when nothing is given.
    package init(
        workspace: WorkspaceID? = nil, bundles: Set<BundleID>? = nil, after: Place? = nil
    ) {
        self.workspace = workspace
        self.bundles = bundles
        self.after = after
    }

    /// The condition in SQL; every value of it is an argument.
    ///
    /// - Parameter column: what orders workers of one moment.
    func condition(by column: String) -> String {
        var parts: [String] = []
        if workspace != nil { parts.append("workspace = ?") }
        if let bundles {
            let places = Array(repeating: "?", count: bundles.count).joined(separator: ", ")
            parts.append("bundle IN (\(places))")
        }
        if after != nil { parts.append("(createdAt < ? OR (createdAt = ? AND \(column) > ?))") }
        return parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND ")
    }

    var arguments: StatementArguments {
        var values: [String] = []
        if let workspace { values.append(workspace.rawValue) }
        if let bundles { values += bundles.map(\.rawValue) }
        if let after { values += [after.createdAt, after.createdAt, after.id] }
        return StatementArguments(values)
    }
}
