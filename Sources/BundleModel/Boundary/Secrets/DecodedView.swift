/// A text that another one holds encoded.
struct DecodedView {
    let bytes: [UInt8]
    /// For some bytes of it, in order, where they stand in the text around it.
    let places: [(decoded: Int, original: Int)]
    /// Where it ends in the text around it.
    let end: Int

    /// A match in this view, as one in the text around it.
    func located(_ match: SecretMatch) -> SecretMatch {
        let start = place(of: match.range.lowerBound)
        return match.moved(to: start..<max(start + 1, min(end, start + match.range.count)))
    }

    private func place(of offset: Int) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].decoded <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? places[low - 1].original : 0
    }
}

extension TextPass {
    /// What a text holds in base64, escaped, in wide forms, or in units of two bytes.
    func decodedViews(of bytes: Span<UInt8>) -> [DecodedView] {
        var views: [DecodedView] = []
        if let view = Base64Text.view(of: bytes) { views.append(view) }
        if let view = EscapedText.view(of: bytes, at: escapes) { views.append(view) }
        if let view = WideForms.view(of: bytes, at: wideForms) { views.append(view) }
        if let firstNul, let view = WideText.view(of: bytes, firstNul: firstNul) {
            views.append(view)
        }
        return views
    }
}
