/// The one script of a page: buttons in the heads of tables that sort their rows, and fields that show only some of them.
///
/// It is made of characters that XML leaves alone, so the page stays well-formed; the page names its hash and so forbids
/// every other script. Rows are sorted within each body, so that the members of a family stay together; cells without a
/// number come last either way, and the third press restores the order of the report. A field stands above each table of
/// ten rows or more; what it leaves out is only hidden, and paper has every row.
enum HTMLScript {
    /// SHA-256 of `text` as a Content-Security-Policy names it.
    static let hash = "sha256-3DwC//qrLyAbsui/oPIxzFJn2y5HPiYs93lm8LjVLDw="

    static let text = """

        (function () {
          "use strict";
          var status = document.getElementById("sorting");
          var collator = new Intl.Collator(document.documentElement.lang, {numeric: true});
          function key(row, column) {
            var cell = null, at = 0;
            Array.prototype.forEach.call(row.cells, function (each) {
              if (at === column) { cell = each; }
              at += each.colSpan;
            });
            if (!cell) { return {number: NaN, text: ""}; }
            var sort = cell.getAttribute("data-sort");
            return {number: sort === null ? NaN : Number(sort), text: sort === null ? cell.textContent.trim() : ""};
          }
          function order(left, right, sign) {
            var a = isNaN(left.number), b = isNaN(right.number);
            if (a !== b) { return a ? 1 : -1; }
            return sign * (a ? collator.compare(left.text, right.text) : left.number - right.number);
          }
          function sort(table, column, state) {
            Array.prototype.forEach.call(table.tBodies, function (body) {
              var rows = Array.prototype.slice.call(body.rows);
              var fixed = rows.filter(function (row) { return row.className === "family"; });
              rows = rows.filter(function (row) { return row.className !== "family"; });
              rows.sort(function (left, right) {
                var found = state === "none" ? 0
                  : order(key(left, column), key(right, column), state === "ascending" ? 1 : -1);
                return found || Number(left.dataset.place) - Number(right.dataset.place);
              });
              fixed.concat(rows).forEach(function (row) { body.appendChild(row); });
            });
          }
          Array.prototype.forEach.call(document.querySelectorAll("table.sortable"), function (table) {
            var count = 0;
            Array.prototype.forEach.call(table.tBodies, function (body) {
              Array.prototype.forEach.call(body.rows, function (row) { count += 1; row.dataset.place = count; });
            });
            if (2 > count || !table.tHead) { return; }
            var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
            heads.forEach(function (head, column) {
              var name = head.textContent;
              var button = document.createElement("button");
              button.type = "button";
              while (head.firstChild) { button.appendChild(head.firstChild); }
              head.appendChild(button);
              button.addEventListener("click", function () {
                var now = head.getAttribute("aria-sort");
                var next = now === "ascending" ? "descending" : now === "descending" ? "none" : "ascending";
                heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
                if (next !== "none") { head.setAttribute("aria-sort", next); }
                sort(table, column, next);
                var said = next === "ascending" ? status.dataset.up : next === "descending" ? status.dataset.down
                  : status.dataset.none;
                status.textContent = said.split("{1}").join(name);
              });
            });
          });
          Array.prototype.forEach.call(document.querySelectorAll("table.sortable"), function (table, place) {
            var bodies = Array.prototype.slice.call(table.tBodies);
            var rows = [];
            bodies.forEach(function (body) {
              Array.prototype.forEach.call(body.rows, function (row) {
                if (row.className !== "family") { rows.push(row); }
              });
            });
            if (10 > rows.length || !table.caption) { return; }
            var box = document.createElement("p"), label = document.createElement("label");
            var field = document.createElement("input"), count = document.createElement("span");
            box.className = "filter";
            table.id = table.id || "table-" + (place + 1);
            field.type = "search";
            field.id = "filter-" + (place + 1);
            field.autocomplete = "off";
            field.setAttribute("aria-controls", table.id);
            label.htmlFor = field.id;
            label.textContent = status.dataset.filter.split("{1}").join(table.caption.textContent);
            count.setAttribute("role", "status");
            [label, field, count].forEach(function (part) { box.appendChild(part); });
            table.parentNode.parentNode.insertBefore(box, table.parentNode);
            function plain(text) { return text.replace(/\\s+/g, " ").trim().toLocaleLowerCase(collator.resolvedOptions().locale); }
            function show() {
              var wanted = plain(field.value), shown = 0;
              rows.forEach(function (row) {
                row.hidden = wanted !== "" ? plain(row.textContent).indexOf(wanted) === -1 : false;
                shown += row.hidden ? 0 : 1;
              });
              bodies.forEach(function (body) {
                var own = rows.filter(function (row) { return row.parentNode === body; });
                var none = own.length !== 0 ? own.every(function (row) { return row.hidden; }) : false;
                Array.prototype.forEach.call(body.rows, function (row) {
                  if (row.className === "family") { row.hidden = none; }
                });
              });
              count.textContent = wanted === "" ? ""
                : status.dataset.filtered.split("{1}").join(shown).split("{2}").join(rows.length);
            }
            field.addEventListener("input", show);
            field.addEventListener("keydown", function (event) {
              if (event.key === "Escape") { field.value = ""; show(); }
            });
          });
        })();

        """
}
