import Foundation
import Testing
import SurveyTestSupport

struct HelpTests {
    /// The options of each command, from the completion that is made of the same tables.
    private static func options() throws -> [String: [String]] {
        let folder = try TemporaryFolder()
        var found: [String: [String]] = [:]
        for line in try folder.saual("completion bash").output.split(separator: "\n") {
            let parts = line.components(separatedBy: ") words=\"")
            guard parts.count == 2 else { continue }
            let names = parts[1].prefix { $0 != "\"" }.split(separator: " ").map(String.init)
            found[parts[0].trimmingCharacters(in: .whitespaces)] = names
        }
        return found
    }

    @Test(arguments: ["en", "ru", "kk"])
    func `help of every command names every option`(language: String) throws {
        let folder = try TemporaryFolder()
        let options = try HelpTests.options()
        #expect(Set(options.keys) == Set(ExampleTests.commands))
        for command in ExampleTests.commands {
            let help = try folder.saual("\(command) --help --language \(language)")
            #expect(help.status == 0 && help.errors.isEmpty, "\(command)")
            for option in try #require(options[command]) {
                let isThere = help.output.split(separator: "\n").contains { line in
                    let words = line.split { " ,".contains($0) }
                    return line.hasPrefix("  -") && words.prefix(2).contains { $0 == option }
                }
                #expect(isThere, "\(command) \(option)")
            }
            let byTopic = try folder.saual("help \(command) --language \(language)")
            #expect(byTopic.output == help.output, "\(command)")
        }
    }

    @Test(arguments: ["ru", "kk"])
    func `help in another language leaves no line of words in English`(language: String) throws {
        let folder = try TemporaryFolder()
        let topics = ["designs", "expressions", "formats", "methods", "exit-codes", "environment"]
        for topic in ExampleTests.commands + topics {
            let english = try folder.saual("help \(topic)").output
            let other = try folder.saual("help \(topic) --language \(language)").output
            #expect(english != other, "\(topic)")
            let lines = Set(english.split(separator: "\n").filter { HelpTests.hasSentence(String($0)) })
            let kept = other.split(separator: "\n").filter { lines.contains($0) && !$0.hasPrefix("  saual ") }
            #expect(kept.isEmpty, "\(topic): \(kept)")
        }
    }

    /// True for a line that is prose: four lower-case English words in a row.
    private static func hasSentence(_ line: String) -> Bool {
        line.range(of: "[a-z]+ [a-z]+ [a-z]+ [a-z]+", options: .regularExpression) != nil
    }

    @Test func `the environment chooses the language, the option overrides it`() throws {
        let folder = try TemporaryFolder()
        let russian = try folder.saual("--help", environment: ["LC_ALL": "ru_RU.UTF-8"]).output
        #expect(russian.contains("Команды"))
        #expect(try folder.saual("--help", environment: ["SAUAL_LANGUAGE": "ru"]).output == russian)
        let kazakh = try folder.saual("help --language kk", environment: ["SAUAL_LANGUAGE": "ru"]).output
        #expect(kazakh != russian && kazakh.contains("Пәрмендер"))
        let other = try folder.saual("--help", environment: ["LC_ALL": "de_DE.UTF-8"]).output
        #expect(other.contains("Commands"))
    }

    @Test(arguments: ["en", "ru", "kk"])
    func `the page of exit codes has them all`(language: String) throws {
        let page = try TemporaryFolder().saual("help exit-codes --language \(language)").output
        let codes = page.split(separator: "\n").compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
        #expect(codes == [0, 1, 2, 3, 4, 5, 70, 130])
    }

    @Test func `without a command the overview goes to standard error, with exit 2`() throws {
        let result = try TemporaryFolder().saual("")
        #expect(result.status == 2)
        #expect(result.output.isEmpty && result.errors.contains("saual COMMAND"))
    }

    @Test func `the version names the C libraries`() throws {
        let result = try TemporaryFolder().saual("--version")
        #expect(result.status == 0 && result.output.hasPrefix("saual "))
        let names = [
            "GSL", "libyaml", "SQLite", "OpenSSL", "xxHash", "zlib", "libzip", "libxml2", "libxlsxwriter",
        ]
        for name in names {
            let line = result.output.split(separator: "\n").first { $0.hasPrefix(name + " ") }
            #expect(line?.dropFirst(name.count + 1).first?.isNumber == true, "\(name)")
        }
        #expect(try TemporaryFolder().saual("doctor").output.hasPrefix(result.output))
    }

    @Test func `completion for bash is a program that bash accepts and that completes`() throws {
        let folder = try TemporaryFolder()
        try folder.write(folder.saual("completion bash").output, to: "completion")
        #expect(try Saual.bash("bash -n completion", in: folder.path).status == 0)
        let complete = """
            . ./completion
            COMP_WORDS=(saual est); COMP_CWORD=1; _saual; echo "${COMPREPLY[@]}"
            COMP_WORDS=(saual estimate --lon); COMP_CWORD=2; _saual; echo "${COMPREPLY[@]}"
            COMP_WORDS=(saual estimate --ci ""); COMP_CWORD=3; _saual; echo "${COMPREPLY[@]}"
            COMP_WORDS=(saual report --format ""); COMP_CWORD=3; _saual; echo "${COMPREPLY[@]}"
            """
        let result = try Saual.bash(complete, in: folder.path)
        let words = ["estimate", "--lonely-psu", "logit mean asin wilson beta korn-graubard likelihood", "html json"]
        #expect(result.output == words.map { $0 + "\n" }.joined())
    }

    @Test(arguments: ["zsh", "fish"])
    func `completion for other shells is a program that they accept`(shell: String) throws {
        let folder = try TemporaryFolder()
        let completion = try folder.saual("completion \(shell)")
        #expect(completion.status == 0 && completion.output.contains("saual"))
        try folder.write(completion.output, to: "completion")
        // Checked only where the shell is installed.
        let check = try Saual.bash("! command -v \(shell) || \(shell) -n completion", in: folder.path)
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test(arguments: ["en", "ru", "kk"])
    func `the manual page has only requests that every roff knows`(language: String) throws {
        let folder = try TemporaryFolder()
        let page = try folder.saual("help --man --language \(language)")
        #expect(page.status == 0)
        let known: Set = [".TH", ".SH", ".PP", ".TP", ".B", ".I", ".nf", ".fi"]
        for line in page.output.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(known.contains(line.split(separator: " ").first.map(String.init) ?? ""), "\(line)")
        }
        #expect(page.output.hasPrefix(".TH SAUAL 1"))
        #expect(
            page.output.components(separatedBy: "\n.nf\n").count == page.output.components(separatedBy: "\n.fi\n").count
        )
        for command in ExampleTests.commands { #expect(page.output.contains(".B saual \(command)\n")) }
    }

    @Test func `doctor says what is installed, also for machines`() throws {
        let folder = try TemporaryFolder()
        let result = try folder.saual("doctor --format json")
        #expect(result.status == 0 || result.status == 1)
        #expect(JSON.order(of: result.output).prefix(3) == ["saual", "libraries", "programs"])
        let bare = try folder.saual("doctor", environment: ["PATH": "/nonexistent"])
        #expect(bare.status == 1)
        #expect(bare.output.contains("apt-get install gnuplot-nox"))
    }
}
