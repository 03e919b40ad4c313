internal import BundleModel

/// A resolved profile with where each value came from, as JSON.
struct ExplanationView: Encodable {
    struct Place: Encodable {
        let file: String
        let line: Int

        init(_ origin: FieldOrigin) {
            file = origin.file
            line = origin.mark.line
        }
    }

    struct Field: Encodable {
        let field: String
        let value: SettingValue?
        let file: String
        let line: Int
        let overrode: [Place]
        let removed: Bool

        init(_ explained: ExplainedField) {
            field = explained.source.field
            value = explained.value
            file = explained.source.origin.file
            line = explained.source.origin.mark.line
            overrode = explained.source.overrode.map(Place.init)
            removed = explained.source.isRemoved
        }
    }

    struct Declared: Encodable {
        let name: String
        let kind: String
        let ref: String
        let required: Bool
        let purpose: String?
        let access: String?

        init(_ declaration: Declaration) {
            name = declaration.name.rawValue
            kind = declaration.kind.rawValue
            ref = declaration.ref.description
            required = declaration.required
            purpose = declaration.purpose
            access = declaration.access?.rawValue
        }
    }

    let bundle: String
    let profile: String
    let lineage: [String]
    let digest: String
    let fields: [Field]
    let declarations: [Declared]

    init(_ profile: ResolvedProfile, bundle: String) {
        self.bundle = bundle
        self.profile = profile.reference.description
        lineage = profile.lineage.map(\.description)
        digest = "sha256:\(profile.digest.hex)"
        fields = profile.explanation.map(Field.init)
        declarations = profile.declarations.map(Declared.init)
    }
}
