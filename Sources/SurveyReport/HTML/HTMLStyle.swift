/// The style sheet of reports: fonts of the system, dark on light, readable from 360 pixels to A4 paper.
enum HTMLStyle {
    static let sheet = """

        :root {
          color-scheme: light;
          --ink: #1b1f24; --soft: #4d5661; --line: #cfd6de; --rule: #1f4e79; --accent: #174a7c; --wash: #f3f6f9;
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0 auto; max-width: 66rem; padding: 0 1.25rem 3rem; color: var(--ink); background: #fff;
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif;
          overflow-wrap: break-word;
        }
        h1, h2, h3, h4, h5 { line-height: 1.2; text-wrap: balance; }
        h1 { font-size: 2rem; margin: 0 0 1rem; }
        h2 { font-size: 1.5rem; margin: 3.5rem 0 1rem; padding-top: .75rem; border-top: 3px solid var(--rule); }
        h2.small { font-size: 1.05rem; margin: 1.75rem 0 .5rem; padding: 0; border: 0; }
        h3 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
        h4 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
        p, ul, ol, dl { margin: 0 0 1rem; }
        .prose p, .prose ul, header p, footer p { max-width: 46rem; }
        a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
        a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid #b45309; outline-offset: 2px; border-radius: 2px; }
        code { font: .875em/1.4 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono", Consolas, monospace; }
        abbr { text-decoration: none; cursor: help; }
        .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: #fff; z-index: 2; }
        .skip:focus { left: 1rem; top: .5rem; }
        .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }

        .languages ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: flex-end; list-style: none; margin: 0; padding: 0; }
        .languages a { display: inline-block; padding: .25rem 0; }
        .languages [aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; }
        header .corner { max-width: none; text-align: right; margin: 1rem 0; color: var(--soft); }
        .kind { margin: 0 0 1rem; }
        .form-words { font-weight: 400; color: var(--soft); font-size: .8em; }
        h3.item { font-size: 1rem; font-weight: 400; line-height: 1.4; text-wrap: pretty; max-width: 46rem; }
        h3.item .number { font-weight: 700; }
        .objects { margin: 0; padding-left: 1.1rem; }
        .open {
          margin: 1rem 0; padding: .75rem 1rem; border: 2px dashed #92400e; background: #fff8eb; max-width: 46rem;
        }
        .open-list { margin: 1.5rem 0; padding: .75rem 1rem; border-left: .6rem solid #92400e; background: #fff8eb; }
        .open-list h2.small { margin-top: 0; }
        .open-list ul { margin: 0; padding-left: 1.1rem; }
        .by-person { color: var(--soft); font-size: .85rem; font-style: italic; }
        .conclusions > div { margin: 0 0 1rem; }
        .conclusions dt { color: var(--ink); font-weight: 700; }
        .conclusions dd { margin: .15rem 0 0 1rem; max-width: 46rem; }
        p.member { margin: 1rem 0 .25rem; font-weight: 700; }

        header { padding-top: 2.5rem; }
        .subtitle { margin: 0 0 .35rem; color: var(--soft); font-size: 1.05rem; }
        .banner {
          margin: 0 0 1rem; padding: .75rem 1rem; border: 2px solid #9a1c1c; border-left-width: .6rem; color: #7a1212;
          background: #fdf0ef; font-weight: 700;
        }
        .terms { color: var(--soft); }
        .contents { margin: 2rem 0 0; padding: 1rem 1.25rem .5rem; background: var(--wash); }
        .contents h2.small { margin-top: 0; }
        .contents ol { padding-left: 1.5rem; }
        .contents ol ol { margin: .25rem 0; font-size: .95rem; }
        .contents li:not(.part) > ol { columns: 20rem 2; column-gap: 2rem; }
        .contents li { margin: .2rem 0; break-inside: avoid; }
        .contents .part { list-style: none; margin-left: -1.25rem; }

        .scroll { overflow-x: auto; margin: 1.25rem 0 .5rem; }
        table { border-collapse: collapse; font-size: .9rem; line-height: 1.35; }
        caption { text-align: left; padding: 0 0 .5rem; }
        caption span { position: sticky; left: 0; display: inline-block; max-width: min(60rem, 100vw - 2.5rem); font-weight: 700; }
        th, td { padding: .4rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        thead th {
          vertical-align: bottom; border-bottom: 2px solid var(--rule); font-weight: 600; color: var(--soft); font-size: .85rem;
        }
        tbody th { font-weight: 400; }
        th:first-child, td:first-child { padding-left: 0; }
        th:last-child, td:last-child { padding-right: .25rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        thead th { overflow-wrap: normal; }
        thead .number { white-space: normal; min-width: 4.5rem; max-width: 10rem; }
        thead button {
          margin: 0; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit;
          cursor: pointer; text-decoration: underline dotted; text-underline-offset: .2em;
        }
        .filter { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; margin: 1.25rem 0 -.75rem; font-size: .85rem; color: var(--soft); }
        .filter label { max-width: 40rem; }
        .filter input { font: inherit; padding: .25rem .5rem; border: 1px solid #6b7480; border-radius: 3px; min-width: 12rem; max-width: 100%; }
        .shade-1 { background: #eef3f8; } .shade-2 { background: #dbe7f2; } .shade-3 { background: #c6d9ea; } .shade-4 { background: #b0cbe2; }
        .compared td:not(.number) { white-space: nowrap; }
        .bases td, .bases th { padding: .2rem .45rem; }
        .questions { padding-left: 2rem; }
        .questions > li { margin: 0 0 1rem; max-width: 46rem; }
        .questions p { margin: 0 0 .15rem; }
        .answers { list-style: none; margin: .15rem 0 .3rem; padding: 0; columns: 18rem 2; column-gap: 2rem; font-size: .85rem; }
        .answers li { break-inside: avoid; padding-left: 2.2rem; text-indent: -2.2rem; }
        .answers code { display: inline-block; min-width: 2rem; text-indent: 0; color: var(--soft); }
        .panels.one { grid-template-columns: minmax(0, 46rem); }
        .panels.one svg { max-width: 46rem; }
        [aria-sort] button { color: var(--accent); text-decoration-style: solid; }
        [aria-sort="ascending"] button::after { content: "\\00a0▲"; }
        [aria-sort="descending"] button::after { content: "\\00a0▼"; }
        .matrix, .figures, .wide, .passport { width: 100%; }
        .matrix tbody th { min-width: 8rem; width: 32%; }
        .matrix .value, .wide .value { display: block; font-weight: 600; font-size: 1rem; }
        .wide .value { font-size: .9rem; }
        .wide .base { white-space: normal; }
        .interval, .count, .bounds { display: block; font-size: .78rem; color: var(--soft); }
        .break { color: #92400e; font-weight: 700; }
        .matrix .break + .value, .wide .break + .value { display: inline; }
        .members tr:not(.family) th { padding-left: 1.25rem; }
        .members + tbody { border-top: 2px solid #8c97a3; }
        .family th { padding-top: .9rem; font-weight: 700; }
        .again { color: #6b7480; }
        .wide tbody th { min-width: 9rem; }
        .waves { white-space: nowrap; }
        td.verdict { padding-left: 1.25rem; }
        .verdict { font-weight: 600; }
        .passport tbody th { width: 30%; }
        .passport td { min-width: 8rem; }
        .figures .value { font-weight: 600; }
        .figures tr.first > * { border-top: 1px solid #8c97a3; }
        .base { display: block; font-size: .78rem; color: var(--soft); }
        .mark { color: var(--soft); }
        td.code, td.code code { color: var(--soft); font-size: .72rem; }
        .code { padding-left: 1.2rem; }
        .hash { display: block; color: var(--soft); font-size: .7rem; overflow-wrap: anywhere; min-width: 16rem; }
        .notes { list-style: none; margin: .25rem 0 1rem; padding: 0; font-size: .8rem; color: var(--soft); }
        .notes .sign { display: inline-block; min-width: 1.4rem; color: var(--ink); }

        .indicator { margin-top: 2.5rem; padding-top: .25rem; border-top: 1px solid var(--rule); }
        .indicators > :is(h2, h3) + .indicator { margin-top: 0; border-top: 0; }
        .indicator .name { font-size: 1.3rem; margin-top: 1.25rem; }
        .definition { display: grid; grid-template-columns: 1fr; gap: .3rem; font-size: .92rem; }
        .definition div { display: grid; grid-template-columns: 13rem 1fr; gap: 1rem; }
        dt { color: var(--soft); }
        dd { margin: 0; min-width: 0; }
        dd code { overflow-wrap: anywhere; }
        figure { margin: 1.5rem 0; }
        .panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem 2rem; }
        .panel-title { margin: 0 0 .25rem; font-weight: 700; font-size: .9rem; }
        .panel svg { display: block; width: 100%; max-width: 34rem; height: auto; }
        .tiles { display: block; width: 100%; min-width: 34rem; max-width: 46rem; height: auto; }
        figcaption { margin-top: .5rem; font-size: .8rem; color: var(--soft); }
        details { margin: .5rem 0 1.5rem; }
        summary { cursor: pointer; color: var(--accent); font-size: .9rem; width: fit-content; }
        footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 3px solid var(--rule); font-size: .85rem; color: var(--soft); }

        @media (max-width: 40rem) {
          body { padding: 0 1rem 2rem; }
          header { padding-top: 1.5rem; }
          h1 { font-size: 1.5rem; }
          h2 { font-size: 1.25rem; margin-top: 2.5rem; }
          .definition { gap: .6rem; }
          .passport td { min-width: 6rem; }
          .definition div { grid-template-columns: 1fr; gap: 0; }
          .contents li:not(.part) > ol { columns: 1; }
          th, td { padding: .4rem .5rem; }
          .matrix thead th:first-child, .matrix tbody th {
            position: sticky; left: 0; z-index: 1; background: #fff; min-width: 7.5rem; max-width: 42vw;
            box-shadow: 1px 0 0 var(--line);
          }
        }

        @media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto; transition: none; animation: none; } }

        @media print {
          html { font-size: 9.5pt; }
          body { max-width: none; padding: 0; }
          header { padding-top: 0; }
          .skip, .languages, .filter, details:not([open]), summary { display: none; }
          tr[hidden] { display: table-row !important; }
          td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          thead button { text-decoration: none; }
          main > section { break-before: page; }
          main > section > h2 { margin-top: 0; }
          h2, h3, h4, h5, caption, thead, .panel-title, .definition { break-after: avoid; }
          tbody tr:first-child { break-after: avoid; }
          tr, .panel, .map, .banner, .questions > li, .open, .notes li, .definition, .conclusions > div { break-inside: avoid; }
          a { color: inherit; text-decoration: none; }
          .scroll { overflow: visible; }
          table { width: 100%; }
          th, td { padding: .25rem .4rem; }
          thead { display: table-header-group; }
          .panels { display: flex; align-items: flex-start; gap: .6cm; }
          .panel { flex: 1 1 11cm; max-width: 11.5cm; margin: 0; }
          .panel:first-child:not(:last-child) { flex: 1 1 6cm; }
          .panels.one .panel { max-width: 16cm; }
          .panel svg { max-width: 100%; max-height: 16.5cm; }
          .few :is(.value, .interval, .count, .bounds) { display: inline; }
          .contents { break-inside: avoid; }
          .definition { display: block; }
          .definition div { margin-bottom: .2rem; }
          .tiles { max-width: 27rem; min-width: 0; }
          .indicator .number, .few td { padding-top: .18rem; padding-bottom: .18rem; }
          details { margin: 0; }
        }

        """

    /// The rules of paper: A4, page numbers below, and the stamps at the head of every page.
    static func pages(stamps: [String]) -> String {
        let stamp = stamps.joined(separator: ". ").filter { $0 != "\\" && $0 != "\"" && $0 != "<" && !$0.isNewline }
        let head = "@top-center { content: \"\(stamp)\"; color: #7a1212; font: bold 9pt sans-serif; }"
        let foot = "@bottom-right { content: counter(page) \" / \" counter(pages); font: 8pt sans-serif; }"
        return "@page { size: A4; margin: 16mm 14mm 18mm; \(foot) \(stamp.isEmpty ? "" : head) }\n"
    }
}
