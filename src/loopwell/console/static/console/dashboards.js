// How does a dashboard fill the screen, and how does it stay fresh there?
//
// Without this file the button leads to the page for a screen on the wall, which looks again by
// itself. In full screen Esc leaves, as everywhere in the browser.
(function () {
  "use strict";
  var seconds = Number(document.currentScript.dataset.again) || 300;
  var timer = 0;
  document.querySelectorAll("[data-full-screen]").forEach(function (button) {
    var dash = document.getElementById(button.dataset.fullScreen);
    if (!dash || !dash.requestFullscreen) return;
    button.addEventListener("click", function (event) {
      event.preventDefault();
      dash.requestFullscreen();
    });
  });
  document.addEventListener("fullscreenchange", function () {
    clearInterval(timer);
    window.dispatchEvent(new Event("resize"));
    if (!document.fullscreenElement) return;
    timer = setInterval(function () {
      document.querySelectorAll("[data-dash-card]").forEach(function (card) {
        window.htmx.trigger(card, "again");
      });
    }, seconds * 1000);
  });
  var leave = document.querySelector("[data-leave]");
  if (leave) document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") window.location.assign(leave.href);
  });
})();
