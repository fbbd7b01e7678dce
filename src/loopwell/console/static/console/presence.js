// How does an open case show who else is there and what they changed? Without this file it shows
// how it was when the page was made. Asks every ten seconds, only while the page is in front.
(function () {
  "use strict";
  var home = document.getElementById("presence");
  if (!home || !window.fetch) return;
  var place = home.querySelector("[aria-live]");
  var kept = "typed:" + location.pathname;
  var typed = false, waiting = false, shown = "";
  restore();

  document.addEventListener("input", function (event) {
    if (!event.target.closest("main form")) return;
    if (!typed) { typed = true; window.setTimeout(ask, 300); }
  });
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("pagehide", function () {
    var body = facts();
    body.append("left", "1");
    if (navigator.sendBeacon) navigator.sendBeacon(home.dataset.url, body);
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-reload]")) return;
    event.preventDefault();
    keep();
    location.reload();
  });
  window.setInterval(ask, 10000);

  function facts() {
    var body = new FormData();
    body.append("csrfmiddlewaretoken", home.dataset.token);
    body.append("since", home.dataset.since);
    return body;
  }
  function ask() {
    if (document.hidden || waiting) return;
    var body = facts();
    if (typed) body.append("typing", "1");
    typed = false;
    waiting = true;
    fetch(home.dataset.url, { method: "POST", body: body, headers: { "HX-Request": "true" } })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) {
        if (html !== shown) place.innerHTML = html;
        shown = html;
      })
      .catch(function (error) { console.info("presence:", error.message); })
      .finally(function () { waiting = false; });
  }
  function fields() {
    return Array.from(document.querySelectorAll(".casework textarea, .casework input[type=text]"))
      .filter(function (field) { return field.id; });
  }
  function keep() {
    var values = {};
    fields().forEach(function (field) {
      if (field.value && field.value !== field.defaultValue) values[field.id] = field.value;
    });
    sessionStorage.setItem(kept, JSON.stringify(values));
  }
  function restore() {
    var values = JSON.parse(sessionStorage.getItem(kept) || "{}");
    sessionStorage.removeItem(kept);
    fields().forEach(function (field) { if (values[field.id]) field.value = values[field.id]; });
  }
})();
