// Which keys move through the queue and record a call? Everything has its button too, and keys
// do nothing while somebody types. Pages offer what they have: rows, outcomes, a callback.
(function () {
  "use strict";
  var OUTCOMES = { r: "reached", n: "no_answer", b: "busy" };
  var rows = Array.from(document.querySelectorAll("[data-row]"));
  var here = -1;
  document.querySelectorAll("[data-show-keys]").forEach(function (button) {
    var list = document.getElementById("keys");
    if (!list) return;
    button.hidden = false;
    button.addEventListener("click", function () { list.showModal(); });
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (document.querySelector("dialog[open]")) return;
    if (rows.length && move(event)) event.preventDefault();
    else if (!event.repeat && act(event.key)) event.preventDefault();
  });
  function move(event) {
    var key = event.key;
    if (key === "j" || key === "ArrowDown") return go(Math.min(here + 1, rows.length - 1));
    if (key === "k" || key === "ArrowUp") return go(Math.max(here - 1, 0));
    if (here < 0 || event.target.closest("a, button, summary, input")) {
      if (!event.target.closest(".case-name, [name=case]")) return false;
    }
    if (key === "Enter" && here >= 0) { rows[here].querySelector(".case-name").click(); return true; }
    var box = key === "x" && here >= 0 && rows[here].querySelector("input[name=case]");
    if (box) { box.click(); return true; }
    return false;
  }
  function go(place) {
    if (here >= 0) rows[here].classList.remove("here");
    here = place;
    rows[here].classList.add("here");
    rows[here].querySelector(".case-name").focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
    return true;
  }
  function act(key) {
    var button = OUTCOMES[key] && document.querySelector(
      "button[name=outcome][value=" + OUTCOMES[key] + "]");
    if (button) { button.click(); return true; }
    var fold = key === "c" && document.querySelector("form[action$='/callback/']");
    if (!fold) return false;
    var details = fold.closest("details");
    if (details) details.open = true;
    fold.querySelector("input:not([type=hidden])").focus();
    return true;
  }
})();
