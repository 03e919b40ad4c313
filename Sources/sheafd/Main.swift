internal import ServerCommands

@main
enum Main {
    static func main() async {
        await SheafdProgram.main()
    }
}
