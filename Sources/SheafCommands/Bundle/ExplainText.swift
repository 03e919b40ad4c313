internal import BundleModel

/// A resolved profile for people.
enum ExplainText {
    /// A longer value is cut; JSON has it whole.
    private static let longestValue = 48

    static func text(_ explanation: ExplanationView, _ style: TextStyle) -> String {
        var text = "profile  \(style.bold(explanation.profile)) of \(explanation.bundle)\n"
        text += "lineage  \(explanation.lineage.joined(separator: " → "))\n"
        text += "digest   \(explanation.digest)\n\n"
        text += fields(explanation.fields, style)
        if !explanation.declarations.isEmpty {
            text += "\n\(style.bold("asks the host for"))\n"
            text += declarations(explanation.declarations, style)
        }
        return text
    }

    private static func fields(
        _ fields: [ExplanationView.Field], _ style: TextStyle
    ) -> String {
        var table = TextTable([
            "FIELD": .left, "VALUE": .left, "FROM": .left, "OVERRODE": .left,
        ])
        for field in fields {
            table.add([
                field.field, field.removed ? "(removed)" : shown(field.value),
                "\(field.file):\(field.line)",
                field.overrode.map { "\($0.file):\($0.line)" }.joined(separator: ", "),
            ])
        }
        return table.text(style)
    }

    private static func declarations(
        _ declarations: [ExplanationView.Declared], _ style: TextStyle
    ) -> String {
        var table = TextTable([
            "DECLARATION": .left, "REFERENCE": .left, "NEED": .left, "PURPOSE": .left,
        ])
        for declaration in declarations {
            let access = declaration.access.map { ", \($0)" } ?? ""
            table.add([
                declaration.name, declaration.ref,
                (declaration.required ? "required" : "optional") + access,
                declaration.purpose ?? "",
            ])
        }
        return table.text(style)
    }

    private static func shown(_ value: SettingValue?) -> String {
        let text = value?.description ?? ""
        return text.count > longestValue ? "\(text.prefix(longestValue - 1))…" : text
    }
}
