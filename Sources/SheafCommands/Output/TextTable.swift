/// Rows in aligned columns under a heading.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private let headings: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ columns: KeyValuePairs<String, Alignment>) {
        headings = columns.map(\.key)
        alignments = columns.map(\.value)
    }

    /// Adds a row; what others wrote is made safe for a terminal.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map { TextStyle.safe($0).replacing("\n", with: " ") })
    }

    /// The table as lines, each ending in a line break.
    func text(_ style: TextStyle) -> String {
        let widths = headings.indices.map { column in
            ([headings] + rows).map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        var text = style.dim(line(headings, widths)) + "\n"
        for row in rows { text += line(row, widths) + "\n" }
        return text
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(
                repeating: " ", count: widths[column] - DisplayWidth.of(cell))
            let isLast = column == cells.count - 1
            switch alignments[column] {
            case .left: line += isLast ? cell : cell + padding
            case .right: line += padding + cell
            }
            if !isLast { line += "  " }
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
