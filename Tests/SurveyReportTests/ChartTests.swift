import Foundation
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyReport

struct ChartTests {
    /// Gives `body` a folder with a program `gnuplot` made of shell lines, and removes it afterwards.
    private func withProgram(_ lines: String, _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("saual-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appendingPathComponent("gnuplot")
        let text = folder.appendingPathComponent("lines")
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: text)
        // Copied by another process: a program that this one still holds open to write cannot be started.
        let copy = try Process.run(
            URL(fileURLWithPath: "/usr/bin/install"), arguments: ["-m", "755", text.path, program.path])
        copy.waitUntilExit()
        try body(folder.path)
    }

    @Test func `charts are drawn with their labels and without ids or definitions`() throws {
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: DemoReport.large(), language: .kazakh)
        #expect(charts.cautions.isEmpty)
        #expect(charts.byIndicator.count == 12)
        for chart in charts.byIndicator.values {
            #expect(chart.panels.count == 2)
            for panel in chart.panels {
                let page = PageReader(panel.svg.markup)
                #expect(page.isWellFormed && page.ids.isEmpty && page.links.isEmpty)
                #expect(
                    Set(page.elements.keys).isSubset(of: [
                        "svg", "title", "g", "path", "rect", "circle", "polygon", "text",
                    ]))
                #expect(!panel.svg.markup.contains("@"))
            }
        }
        let groups = try #require(charts.byIndicator["victim_any"]?.panels.last)
        #expect(groups.svg.markup.contains("<text>Әйелдер</text>"))
        #expect(groups.svg.markup.contains("<text>[14,9]</text>"))
        #expect(groups.title == "Топтар, 2025 толқыны, %")
    }

    @Test func `no text of a user reaches gnuplot`() throws {
        let input = DemoReport.hostile()
        for section in ReportContent(input).sections {
            let plan = ChartPlan(section, words: .english, numbers: ReportNumbers(.english))
            let panels = [plan.trend, plan.groups].compactMap { $0 }
            #expect(panels.count == 2)
            for panel in panels {
                for sign in ["system", "`", "\\", "alert", "\"", "{"] { #expect(!panel.script.text.contains(sign)) }
            }
        }
        let charts = try ChartDrawer(gnuplot: Gnuplot()).charts(for: input, language: .english)
        #expect(charts.cautions.isEmpty && charts.byIndicator.count == 1)
        let markup = charts.byIndicator.values.flatMap(\.panels).map(\.svg.markup).joined()
        #expect(markup.contains("{/Symbol a}_b^c"))
        #expect(markup.contains("@0@ &amp; @1@"))
        #expect(!FileManager.default.fileExists(atPath: "/tmp/saual-was-here"))
    }

    @Test func `without gnuplot the reports are complete and one caution names the package`() throws {
        let made = try ReportWriter.files(for: DemoReport.small(), searchPath: "/nowhere")
        #expect(made.files.map(\.name) == ["report-kk.html", "report-ru.html", "report-en.html", "report.json"])
        #expect(made.cautions.map(\.code) == ["report.gnuplot-missing"])
        #expect(made.cautions.first?.severity == .caution)
        #expect(
            made.cautions.first?.fix.description == "install the Debian package gnuplot-nox and make the report again")
        #expect(!String(decoding: made.files[0].bytes, as: UTF8.self).contains("<svg"))
    }

    @Test func `a gnuplot that fails is quoted with its status`() throws {
        let lines = "cat >/dev/null; echo 'gnuplot> plot' >&2; echo '   line 0: all wrong' >&2; exit 3"
        try withProgram(lines) { path in
            var made = try ReportWriter.files(for: DemoReport.small(), searchPath: path)
            // Another test may start a process while this one writes its program: the system then calls it busy.
            for _ in 0..<50 where made.cautions.first?.why.description.contains("busy") == true {
                made = try ReportWriter.files(for: DemoReport.small(), searchPath: path)
            }
            #expect(made.files.count == 4)
            #expect(made.cautions.first?.code == "report.gnuplot-failed")
            #expect(made.cautions.first?.why.description == "gnuplot ended with status 3 and said: line 0: all wrong")
        }
    }

    @Test(arguments: ["exec sleep 60", "exec yes", "exec 0<&-; exec sleep 60"])
    func `a gnuplot that hangs, floods or does not read is stopped`(lines: String) throws {
        try withProgram(lines) { path in
            let gnuplot = try Gnuplot(searchPath: path, seconds: 0.5)
            let problem = #expect(throws: Problem.self) {
                try gnuplot.drawing(of: String(repeating: "x", count: 1 << 20))
            }
            #expect(problem?.code == "report.gnuplot-stopped")
        }
    }

    @Test func `a gnuplot that draws a script is refused`() throws {
        for drawing in [
            "<svg viewBox=\"0 0 1 1\"><script>1</script></svg>", "<svg viewBox=\"0 0 1 1\"><image href=\"x\"/></svg>",
            "<svg viewBox=\"0 0 1 1\"><text>free text</text></svg>", "<svg viewBox=\"0 0 1 1\"><text>@9@</text></svg>",
            "<svg viewBox=\"0 0 1 1\"><rect fill=\"url(#x)\"/></svg>", "<svg viewBox=\"0 0 1 1\"><g>", "nothing", "",
            "<svg><g/></svg>", "<svg viewBox='1'><g a=b></g></svg>", "<svg viewBox='1'></g></svg>",
            String(repeating: "<svg>", count: 100),
        ] {
            let problem = #expect(throws: Problem.self) {
                try CleanSVG(drawing, labels: ["a"], name: "n", description: "d")
            }
            #expect(problem?.code == "report.unknown-drawing", "\(drawing)")
        }
    }

    @Test func `handlers, styles and links are dropped from shapes`() throws {
        let drawing = "<svg viewBox=\"0 0 1 1\"><rect onload='x()' style='a' href='#b' id='c' width='2'/></svg>"
        let markup = try CleanSVG(drawing, labels: [], name: "<n>", description: "\"d\"").markup
        #expect(markup.hasSuffix("aria-label=\"&quot;d&quot;\"><title>&lt;n&gt;</title><rect width=\"2\"/></svg>"))
    }

    @Test func `the version is read from the program`() throws {
        #expect(try Gnuplot().version().first?.isNumber == true)
    }

    @Test func `axes have round ticks and take in zero where it is near`() {
        let high = AxisScale(covering: [21.5, 28.5], count: 5)
        #expect(high.ticks == [20, 22, 24, 26, 28, 30] && high.decimals == 0)
        let low = AxisScale(covering: [1.3, 29.4], count: 4)
        #expect(low.least == 0 && low.greatest == 30)
        let small = AxisScale(covering: [0.011, 0.014], count: 5)
        #expect(small.decimals == 3 && small.ticks.count >= 4)
        let flat = AxisScale(covering: [5], count: 5)
        #expect(flat.least < 5 && flat.greatest > 5)
        let nothing = AxisScale(covering: [], count: 5)
        #expect(nothing.least < nothing.greatest)
        let negative = AxisScale(covering: [-12, 7], count: 5)
        #expect(negative.least <= -12 && negative.greatest >= 7 && negative.ticks.contains(0))
        #expect(AxisScale(covering: [-1e300, 1e300], count: 5).ticks.count < 60)
    }

    @Test func `long labels take two lines at most`() {
        #expect(ChartScript.wrapped("one two", letters: 10) == ["one two"])
        #expect(ChartScript.wrapped("one two three four", letters: 9) == ["one two", "three fo…"])
        #expect(ChartScript.wrapped("абвгдежзийклмн", letters: 5) == ["абвг…"])
        #expect(ChartScript.wrapped("", letters: 5) == [])
    }
}
