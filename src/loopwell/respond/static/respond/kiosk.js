// How does a kiosk begin anew when somebody walks away, and how does its screen stay on?
// Without this file it begins anew after the same time, touched or not.
(function () {
  "use strict";
  var body = document.body, seconds = +body.getAttribute("data-idle"), timer;
  function again() { location.replace(body.getAttribute("data-begin")); }
  function touched() { clearTimeout(timer); timer = setTimeout(again, seconds * 1000); }
  if (seconds) {
    ["input", "click", "touchstart", "keydown", "scroll"].forEach(function (name) {
      document.addEventListener(name, touched, true);
    });
    touched();
  }
  function stayOn() {
    if (navigator.wakeLock && document.visibilityState === "visible") {
      navigator.wakeLock.request("screen").catch(function () { /* a low battery may refuse */ });
    }
  }
  document.addEventListener("visibilitychange", stayOn);
  stayOn();
})();
