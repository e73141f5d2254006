/// The style sheet of codebooks: light or dark as the reader's system is, from 360 pixels to A4 paper.
///
/// Contrast of text is at least 4.5 to 1 in both, that of bars and borders of fields at least 3 to 1.
enum CodebookStyle {
    static let sheet = """

        :root {
          color-scheme: light dark;
          --ground: #fff; --ink: #1b1f24; --soft: #4d5661; --line: #cfd6de; --rule: #1f4e79; --accent: #174a7c;
          --wash: #f3f6f9; --bar: #3b78b0; --gap: #a3672b; --track: #e6ebf0; --field: #6b7480; --focus: #b45309;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14181d; --ink: #e8ecf0; --soft: #aeb8c2; --line: #36404a; --rule: #6ea8dc; --accent: #8fc1ee;
            --wash: #1d242b; --bar: #5b9bd5; --gap: #cf9252; --track: #2a323a; --field: #8a95a1; --focus: #f0a04b;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 8rem; }
        body {
          margin: 0 auto; max-width: 72rem; padding: 0 1.25rem 3rem; color: var(--ink); background: var(--ground);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif;
          overflow-wrap: anywhere;
        }
        h1, h2, h3 { line-height: 1.25; }
        h1 { font-size: 1.9rem; margin: 0 0 1rem; text-wrap: balance; }
        h2 { font-size: 1.15rem; }
        section > h2 { margin: 2.5rem 0 0; padding: .6rem 0; border-top: 3px solid var(--rule); }
        code { font: .9em/1.4 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono", Consolas, monospace; }
        a { color: var(--accent); text-underline-offset: .15em; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
        main:focus { outline: none; }
        [hidden] { display: none !important; }
        .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--ground); z-index: 3; }
        .skip:focus { left: 1rem; top: .5rem; }

        header { padding-top: 2rem; }
        .subtitle { margin: 0 0 .35rem; color: var(--soft); font-size: 1.05rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0 0 1rem; }
        .facts dt { color: var(--soft); font-size: .85rem; }
        .facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
        .base { max-width: 46rem; margin: 0 0 1rem; color: var(--soft); font-size: .9rem; }
        summary { cursor: pointer; color: var(--accent); width: fit-content; }

        #tools {
          position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .35rem 1rem; align-items: baseline;
          padding: .75rem 0; background: var(--ground); border-bottom: 1px solid var(--line); font-size: .9rem;
        }
        #find {
          flex: 1 1 16rem; min-width: 0; max-width: 100%; padding: .35rem .6rem; font: inherit; font-size: 1rem;
          color: inherit; background: var(--ground); border: 1px solid var(--field); border-radius: 4px;
        }
        .choices { display: flex; flex-wrap: wrap; gap: .25rem 1rem; flex-basis: 100%; }
        .choices label { display: inline-flex; gap: .35rem; align-items: center; min-height: 1.75rem; }
        .choices input { width: 1.1rem; height: 1.1rem; accent-color: var(--bar); }
        #status { color: var(--soft); flex-basis: 100%; min-height: 1.4em; }

        nav { margin: 1.5rem 0 0; padding: 1rem 1.25rem; background: var(--wash); }
        nav h2 { margin: 0 0 .5rem; font-size: 1.05rem; }
        nav ol { list-style: none; margin: 0; padding: 0; }
        nav > ol { columns: 15rem 4; column-gap: 2rem; }
        nav > ol > li { break-inside: avoid; }
        nav summary { padding: .15rem 0; }
        nav ol ol { margin: 0 0 .5rem 1rem; font-size: .85rem; }
        nav ol ol li { margin: .2rem 0; }

        .variable {
          display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: .25rem 2rem; padding: 1.1rem 0;
          border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 14rem;
        }
        .variable:target { box-shadow: -.6rem 0 0 var(--ground), -.9rem 0 0 var(--focus); }
        .about h2, .about h3 { margin: 0 0 .3rem; font-size: 1rem; }
        .about h2 code, .about h3 code { font-weight: 700; }
        .about .label { font-weight: 400; display: block; margin-top: .15rem; }
        .about p { margin: 0 0 .3rem; }
        .kind { color: var(--soft); font-size: .82rem; }
        .wording { font-size: .9rem; }
        .other { color: var(--soft); font-size: .85em; }
        .answer .other { display: block; }
        table { width: 100%; border-collapse: collapse; font-size: .88rem; line-height: 1.35; align-self: start; }
        th, td { padding: .22rem .4rem; text-align: left; vertical-align: top; font-weight: 400; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-size: .78rem; border-bottom: 1px solid var(--rule); vertical-align: bottom; }
        .code { width: 1%; min-width: 2.5rem; padding-left: 0; color: var(--soft); }
        td.code { max-width: 9rem; }
        td.whole { max-width: none; white-space: nowrap; }
        .number {
          width: 1%; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 3.2rem;
        }
        thead .number { white-space: normal; overflow-wrap: normal; }
        .bar { display: block; height: .45rem; margin: .15rem 0 .1rem; background: var(--track); }
        .bar > span { display: block; height: 100%; min-width: 1px; background: var(--bar); }
        .gaps .bar > span { background: var(--gap); }
        .gaps .head th { padding: .6rem 0 .2rem; color: var(--soft); font-size: .78rem; border-bottom: 1px solid var(--line); }

        @media (max-width: 46rem) {
          body { padding: 0 1rem 2rem; }
          html { scroll-padding-top: 1rem; }
          header { padding-top: 1.25rem; }
          h1 { font-size: 1.4rem; }
          #tools { position: static; }
          #find { flex-basis: 100%; }
          .variable { grid-template-columns: minmax(0, 1fr); }
          .number { min-width: 2.6rem; }
        }
        @media (forced-colors: active) {
          .bar { border: 1px solid CanvasText; }
          .bar > span { forced-color-adjust: none; background: Highlight; }
        }
        @media print {
          :root {
            --ground: #fff; --ink: #000; --soft: #333; --line: #bbb; --rule: #000; --accent: #000; --wash: #fff;
            --bar: #3b78b0; --gap: #a3672b; --track: #e6ebf0;
          }
          html { font-size: 8.5pt; }
          th, td { padding-top: .08rem; padding-bottom: .08rem; }
          .bar { height: .3rem; margin: .05rem 0; }
          section > h2 { margin-top: 1rem; }
          body { max-width: none; padding: 0; }
          .skip, #tools, nav { display: none !important; }
          .variable { content-visibility: visible; padding: .6rem 0; }
          .about, tr { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          .bar, .bar > span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          details::details-content { content-visibility: visible; display: block; }
        }
        @page { size: A4; margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }

        """
}
