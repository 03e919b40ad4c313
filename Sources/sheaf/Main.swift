internal import SheafCommands

@main
enum Main {
    static func main() async {
        await SheafProgram.main()
    }
}
