/// The one script of a codebook: the search and the choices above the variables.
///
/// It is made of characters that XML leaves alone, reads texts only from the page itself, and writes none but its own
/// count. The page names its hash and so forbids every other script.
enum CodebookScript {
    /// SHA-256 of `text` as a Content-Security-Policy names it.
    static let hash = "sha256-XwezGtya/CF7bZMfWI1PBWMU95D1bHWyPmTaW2vznIU="

    static let text = """

        (function () {
          "use strict";
          var tools = document.getElementById("tools"), field = document.getElementById("find");
          var status = document.getElementById("status"), language = document.documentElement.lang;
          function list(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
          function plain(text) { return text.replace(/\\s+/g, " ").trim().toLocaleLowerCase(language); }
          var variables = list("article.variable"), boxes = list("[data-only]", tools);
          var sections = list("main > section"), entries = list("nav [data-variable]"), texts = null;
          var waiting = 0;
          // What is searched: names, labels, codes; no counts, so that "12" finds no shares.
          function words(variable) {
            return list(".about, td.code, .answer", variable).map(function (part) { return plain(part.textContent); }).join(" ");
          }
          function number(count) { return count.toLocaleString(language); }
          function show() {
            var wanted = plain(field.value).split(" ").filter(function (word) { return word !== ""; });
            var only = boxes.filter(function (box) { return box.checked; });
            if (texts === null) { texts = wanted.length === 0 ? null : variables.map(words); }
            var shown = {}, count = 0;
            variables.forEach(function (variable, place) {
              var fits = wanted.every(function (word) { return texts[place].indexOf(word) !== -1; });
              fits = fits ? only.every(function (box) { return variable.getAttribute("data-" + box.getAttribute("data-only")) === "1"; }) : false;
              variable.hidden = !fits;
              if (fits) { shown[variable.id] = true; count += 1; }
            });
            sections.forEach(function (section) {
              var none = list("article.variable", section).every(function (variable) { return variable.hidden; });
              section.hidden = none;
              list("nav [data-section='" + section.id + "']").forEach(function (entry) { entry.hidden = none; });
            });
            entries.forEach(function (entry) { entry.hidden = shown[entry.getAttribute("data-variable")] !== true; });
            var all = wanted.length + only.length === 0;
            status.textContent = all ? "" : count === 0 ? tools.getAttribute("data-none")
              : tools.getAttribute("data-shown").split("{1}").join(number(count)).split("{2}").join(number(variables.length));
          }
          function soon() {
            window.clearTimeout(waiting);
            waiting = window.setTimeout(show, 120);
          }
          function reveal() {
            var target = document.getElementById(window.location.hash.slice(1));
            if (!target) { return; }
            if (target.hidden) {
              field.value = "";
              boxes.forEach(function (box) { box.checked = false; });
              show();
            }
            target.scrollIntoView();
          }
          field.addEventListener("input", soon);
          field.addEventListener("keydown", function (event) {
            if (event.key === "Escape") { field.value = ""; show(); }
            if (event.key === "Enter") { show(); }
          });
          boxes.forEach(function (box) { box.addEventListener("change", show); });
          window.addEventListener("hashchange", reveal);
          tools.hidden = false;
          show();
        })();

        """
}
