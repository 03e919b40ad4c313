/// A text that another one holds encoded.
struct DecodedView {
    /// Where a byte of it stands in the text around it.
    struct Place: Hashable {
        let decoded: Int
        let original: Int
    }

    let bytes: [UInt8]
    /// For some bytes of it, in order, where they stand.
    let places: [Place]
    /// How many bytes of the text around it, behind such a place, stand for how many of it.
    var width: (original: Int, decoded: Int) = (1, 1)
    /// Where it ends in the text around it.
    let end: Int

    /// A match in this view, as one in the text around it.
    func located(_ match: SecretMatch) -> SecretMatch {
        let start = place(of: match.range.lowerBound)
        let last = place(of: max(match.range.lowerBound, match.range.upperBound - 1))
        return match.moved(to: start..<max(start + 1, min(end, last + 1)))
    }

    private func place(of offset: Int) -> Int {
        Self.place(of: offset, in: places, width: width)
    }

    static func place(
        of offset: Int, in places: [Place], width: (original: Int, decoded: Int)
    ) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].decoded <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        return Self.place(
            of: offset, behind: places[low - 1], before: low < places.count ? places[low] : nil,
            width: width)
    }

    /// The same between two places that follow each other.
    static func place(
        of offset: Int, behind place: Place, before next: Place?,
        width: (original: Int, decoded: Int)
    ) -> Int {
        let behind = place.original + (offset - place.decoded) * width.original / width.decoded
        // No byte of one escape stands behind the escape.
        guard let next, next.original > place.original else { return behind }
        return min(behind, next.original - 1)
    }
}

extension TextPass {
    /// What a text holds in base64, escaped, in wide forms, or in units of two bytes.
    mutating func decodedViews(of bytes: Span<UInt8>) -> [DecodedView] {
        var views: [DecodedView] = []
        if let view = Base64Text.view(of: bytes, &memory.fragments) { views.append(view) }
        if !escapes.isEmpty, let view = EscapedText.view(of: bytes, at: escapes) {
            views.append(view)
        }
        if !wideForms.isEmpty, let view = WideForms.view(of: bytes, at: wideForms) {
            views.append(view)
        }
        if let firstNul, let view = WideText.view(of: bytes, firstNul: firstNul) {
            views.append(view)
        }
        return views
    }
}
