// How many alarms has one not read? Asked once a minute while the page is looked at; the bell's link works without.
(function () {
  "use strict";
  var bells = document.querySelectorAll("[data-bell]");
  if (!bells.length) return;
  function show(told) {
    bells.forEach(function (bell) {
      var count = bell.querySelector("[data-bell-count]");
      count.textContent = told.unread;
      count.hidden = !told.unread;
      bell.setAttribute("aria-label", told.words);
      bell.title = told.words;
    });
  }
  function ask() {
    if (document.hidden) return;
    fetch(bells[0].dataset.bell, { headers: { Accept: "application/json" }, redirect: "error" })
      .then(function (answer) { return answer.ok ? answer.json().then(show) : null; })
      .catch(function () { return null; }); // no connection: the number stays, the next minute asks again
  }
  window.setInterval(ask, 60000);
  document.addEventListener("visibilitychange", ask);
})();
