/// The one script of a page: buttons in the heads of tables that sort their rows.
///
/// It is made of characters that XML leaves alone, so the page stays well-formed; the page names its hash and so forbids
/// every other script. Rows are sorted within each body, so that the members of a family stay together; cells without a
/// number come last either way, and the third press restores the order of the report.
enum HTMLScript {
    /// SHA-256 of `text` as a Content-Security-Policy names it.
    static let hash = "sha256-nbLtqGZ3A7osay6AQAgJHN864HOeX+frIbK+VTeIc+I="

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
        })();

        """
}
