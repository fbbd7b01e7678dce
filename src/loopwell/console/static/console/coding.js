// How are comments coded without a mouse, and words marked with it? The page is a plain form that
// works without this file. Places are counted in characters as people see code points, since the
// server counts so and an emoji is two units to a browser.
(function () {
  "use strict";
  var last = null;
  function root() { return document.querySelector("[data-coding]"); }
  function find(what) { return root() && root().querySelector(what); }
  function all(what) { return root() ? Array.from(root().querySelectorAll(what)) : []; }
  function isTyping(target) {
    return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  }
  function setUp() {
    last = null;
    var search = find("[data-search]"), hint = find("[data-hint]");
    if (search) search.hidden = false;
    if (hint) hint.hidden = false;
    all("[data-code]").forEach(showWords);
  }
  document.addEventListener("keydown", function (event) {
    if (!root() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest("[data-search]")) { inSearch(event); return; }
    if (isTyping(event.target)) return;
    if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
    if (press(event.key)) event.preventDefault();
  });
  function press(key) {
    var box = /^[1-9]$/.test(key) && find("[data-key='" + key + "']");
    if (box) { box.click(); return true; }
    var name = { Enter: "save", n: "none", s: "skip", z: "undo" }[key];
    var button = name && find("[data-" + name + "]");
    if (button) { button.click(); return true; }
    var feeling = { "-": "-1", "−": "-1", "0": "0", "+": "1", "=": "1" }[key];
    var radio = feeling && last && last.querySelector("input[type=radio][value='" + feeling + "']");
    if (radio) { radio.checked = true; return true; }
    return false;
  }
  function inSearch(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      var hit = all(".code-groups [data-code]:not([hidden])")[0];
      if (hit && event.target.value) hit.querySelector("input[type=checkbox]").click();
    }
    if (event.key === "Enter" || event.key === "Escape") {
      event.target.value = "";
      filter("");
      event.target.blur();
    }
  }
  function filter(text) {
    var wanted = text.trim().toLocaleLowerCase();
    all(".code-groups [data-code]").forEach(function (code) {
      code.hidden = !!wanted && code.querySelector("label").textContent.toLocaleLowerCase().indexOf(wanted) < 0;
    });
  }
  document.addEventListener("input", function (event) {
    if (event.target.closest("[data-search]")) filter(event.target.value);
  });
  document.addEventListener("change", function (event) {
    var code = event.target.closest("[data-code]");
    if (!code) return;
    if (event.target.type === "checkbox" && !event.target.checked) {
      code.querySelector("input[type=hidden]").value = "";
      showWords(code);
    }
    choose(code.querySelector("input[type=checkbox]").checked ? code : null);
  });
  function choose(code) {
    if (last) last.classList.remove("is-last");
    last = code;
    if (last) last.classList.add("is-last");
  }
  document.addEventListener("mouseup", mark);
  document.addEventListener("keyup", function (event) {
    if (event.key === "Shift") mark();
  });
  function mark() {
    var comment = find("[data-comment]"), chosen = window.getSelection();
    if (!comment || !last || !chosen.rangeCount || chosen.isCollapsed) return;
    var range = chosen.getRangeAt(0);
    if (!comment.contains(range.startContainer) || !comment.contains(range.endContainer)) return;
    var before = document.createRange();
    before.selectNodeContents(comment);
    before.setEnd(range.startContainer, range.startOffset);
    var start = length(before.toString()), text = range.toString();
    var lead = length(text) - length(text.replace(/^\s+/, "")), size = length(text.trim());
    if (!size) return;
    var field = last.querySelector("input[type=hidden]");
    var place = (start + lead) + "-" + (start + lead + size);
    var places = field.value ? field.value.split(",") : [];
    if (places.indexOf(place) < 0) places.push(place);
    field.value = places.join(",");
    chosen.removeAllRanges();
    showWords(last);
  }
  function length(text) { return Array.from(text).length; }
  function showWords(code) {
    var shown = code.querySelector("[data-words]"), field = code.querySelector("input[type=hidden]");
    var comment = find("[data-comment]");
    if (!shown || !comment) return;
    shown.textContent = "";
    var letters = Array.from(comment.textContent);
    field.value.split(",").filter(Boolean).forEach(function (place) {
      var ends = place.split("-").map(Number), button = document.createElement("button");
      button.type = "button";
      button.dir = "auto";
      button.textContent = letters.slice(ends[0], ends[1]).join("") + " ×";
      button.addEventListener("click", function () {
        field.value = field.value.split(",").filter(function (each) { return each !== place; }).join(",");
        showWords(code);
      });
      shown.appendChild(button);
    });
  }
  document.addEventListener("htmx:afterSettle", function () {
    setUp();
    var comment = find("[data-comment]");
    if (comment) comment.focus({ preventScroll: true });
  });
  setUp();
})();
