// How does one write more choices than the empty rows, and look without pressing a button?
(function () {
  "use strict";
  document.querySelectorAll("[data-only-without-script]").forEach(function (each) { each.hidden = true; });
  document.querySelectorAll("[data-options]").forEach(function (list) {
    var button = list.querySelector("[data-add-option]");
    button.hidden = false;
    var rows = list.querySelectorAll("[data-option]");
    var empty = Array.prototype.filter.call(rows, function (row) { return !row.querySelector("input[type=text]").value; });
    empty.slice(rows.length - empty.length < 2 ? 3 : 1).forEach(function (row) { row.remove(); });
    button.addEventListener("click", function () {
      var all = list.querySelectorAll("[data-option]");
      var row = all[all.length - 1].cloneNode(true);
      row.querySelectorAll("input").forEach(function (field) { field.value = ""; });
      row.querySelectorAll("button").forEach(function (arrow) { arrow.remove(); });
      list.insertBefore(row, button);
      row.querySelector("input[type=text]").focus();
    });
  });
})();
