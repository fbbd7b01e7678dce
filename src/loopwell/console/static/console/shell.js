// How do menus close, keys help, tabs come into view and failed partial updates tell? Everything here works without it too.
(function () {
  "use strict";
  function menus() { return document.querySelectorAll("details[data-menu][open]"); }
  document.addEventListener("click", function (event) {
    menus().forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus().forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
  });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    var search = document.querySelector("main input[type=search]");
    var keys = document.getElementById("keys");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    if (event.key === "?" && keys && !keys.open) keys.showModal();
  });
  document.querySelectorAll(".tabs > [aria-current=page]").forEach(function (tab) {
    var row = tab.parentElement;
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - 16;
  });
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:responseError", tell);
  function tell() {
    var place = document.getElementById("offline");
    if (place) place.hidden = false;
  }
  document.addEventListener("htmx:afterOnLoad", function (event) {
    var place = document.getElementById("offline");
    if (place && event.detail.xhr.status < 400) place.hidden = true;
  });
})();
