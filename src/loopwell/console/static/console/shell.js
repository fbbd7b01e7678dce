// How do menus close and failed partial updates tell? Everything here works without it too.
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
