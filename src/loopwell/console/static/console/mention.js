// How does a note find a colleague's name after an @? Without this file it is typed in full, or
// ticked in the list below the note.
(function () {
  "use strict";
  var source = document.getElementById("mentionable");
  var field = document.querySelector(".mentioning textarea");
  if (!source || !field) return;
  var names = JSON.parse(source.textContent);
  var list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  var chosen = 0;

  field.addEventListener("input", show);
  field.addEventListener("blur", function () { window.setTimeout(hide, 150); });
  field.addEventListener("keydown", function (event) {
    if (list.hidden) return;
    var keys = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in keys) {
      event.preventDefault();
      chosen = (chosen + keys[event.key] + list.children.length) % list.children.length;
      mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      take(list.children[chosen].textContent);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      hide();
    }
  });

  function begun() {
    var before = field.value.slice(0, field.selectionStart);
    return /(?:^|[\s(])@([^\s@]*)$/.exec(before);
  }
  function show() {
    var found = begun();
    var fit = !found ? [] : names.filter(function (name) {
      return (" " + name.toLocaleLowerCase()).indexOf(" " + found[1].toLocaleLowerCase()) >= 0;
    }).slice(0, 6);
    list.replaceChildren.apply(list, fit.map(function (name, place) {
      var row = document.createElement("li");
      row.setAttribute("role", "option");
      row.id = "mention-" + place;
      row.textContent = name;
      row.addEventListener("mousedown", function (event) {
        event.preventDefault();
        take(name);
      });
      return row;
    }));
    list.hidden = !fit.length;
    chosen = 0;
    mark();
  }
  function mark() {
    Array.from(list.children).forEach(function (row, place) {
      row.setAttribute("aria-selected", String(place === chosen));
    });
    if (list.hidden) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", "mention-" + chosen);
  }
  function take(name) {
    var found = begun(), end = field.selectionStart;
    if (!found) return;
    var start = end - found[1].length;
    field.setRangeText(name + " ", start, end, "end");
    hide();
  }
  function hide() { list.hidden = true; mark(); }
})();
