/// Looks up what a merged profile names.
///
/// In a checked bundle everything is there, except what a builtin parent may name.
struct ResolvedReferences {
    let documents: BundleDocuments?
    let sources: FieldSources?
    let selected: ProfileReference

    func find<Document>(
        _ document: Document?, _ file: String, field: String
    ) throws(SheafError) -> Document {
        if let document { return document }
        let origin = sources?.origin(of: field).map { ", named in \($0)" } ?? ""
        throw SheafError(
            .invalidProfileSelector,
            "the profile '\(selected)' needs \(file)\(origin), which does not exist",
            details: ["profile": selected.description, "missing": file],
            hint: "add the file to the bundle, or give the profile another value for '\(field)'")
    }

    /// Checks that a file is in the bundle.
    func check(_ path: BundlePath, field: String) throws(SheafError) {
        let found = documents?.paths.contains(path) == true ? path : nil
        _ = try find(found, path.text, field: field)
    }

    /// The declarations of a profile, its model and its plugins, once each and by name.
    func declarations(
        grants: [DeclarationName], model: ModelDocument?, plugins: [PluginDescriptor]
    ) throws(SheafError) -> [Declaration] {
        var names: [DeclarationName: String] = [:]
        for plugin in plugins {
            for grant in plugin.grants { names[grant.value] = "plugins" }
        }
        if let credential = model?.credential { names[credential.value] = "model" }
        for grant in grants { names[grant] = "grants" }
        var declarations: [Declaration] = []
        for (name, field) in names.sorted(by: { $0.key < $1.key }) {
            declarations.append(
                try find(
                    documents?.declarations[name], "policies/\(name).yaml", field: field))
        }
        return declarations
    }
}
