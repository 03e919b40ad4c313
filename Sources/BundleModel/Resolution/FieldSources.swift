/// Records, field by field, where a value came from and what it replaced.
struct FieldSources {
    private struct Record {
        var origin: FieldOrigin
        var overrode: [FieldOrigin]
        var isRemoved: Bool
        /// What stays in force below the profiles when they remove their own entry.
        var base: FieldOrigin?
    }

    private var records: [String: Record] = [:]

    /// Records a value, a removal, or a value of the bundle that lies below all profiles.
    mutating func record(
        _ field: String, _ origin: FieldOrigin, isRemoval: Bool = false, isBase: Bool = false
    ) {
        guard var record = records[field] else {
            records[field] = Record(
                origin: origin, overrode: [], isRemoved: isRemoval, base: isBase ? origin : nil)
            return
        }
        if isRemoval, let base = record.base {
            if record.origin != base {
                record.overrode = [record.origin] + record.overrode.filter { $0 != base }
                record.origin = base
            }
        } else {
            record.overrode.insert(record.origin, at: 0)
            record.origin = origin
            record.isRemoved = isRemoval
        }
        records[field] = record
    }

    /// Records the fields of the model configuration.
    mutating func record(_ model: ModelDocument) {
        for (field, mark) in model.marks {
            record("model.\(field)", FieldOrigin(file: "models/\(model.name).yaml", mark: mark))
        }
    }

    /// Where a field came from.
    func origin(of field: String) -> FieldOrigin? { records[field]?.origin }

    /// Every field, in the order of the names; a removal of nothing is left out.
    func sorted() -> [FieldSource] {
        records.compactMap { field, record in
            record.isRemoved && record.overrode.isEmpty
                ? nil
                : FieldSource(
                    field: field, origin: record.origin, overrode: record.overrode,
                    isRemoved: record.isRemoved)
        }.sorted { $0.field.utf8.lexicographicallyPrecedes($1.field.utf8) }
    }
}
