// How does a form of filters apply at once? Without this file its button does it.
(function () {
  "use strict";
  document.querySelectorAll("form[data-autosubmit]").forEach(function (form) {
    var button = form.querySelector("[data-autosubmit-button]");
    if (button) button.hidden = true;
    form.addEventListener("change", function (event) {
      if (event.target.type === "search") return;
      var stands = "input[data-until='" + event.target.name + "']";
      form.querySelectorAll(stands).forEach(function (kept) { kept.disabled = true; });
      submit(form);
    });
    form.addEventListener("submit", function () { leaveEmptyOut(form); });
  });
  function submit(form) {
    if (form.requestSubmit) form.requestSubmit(); else form.submit();
  }
  function leaveEmptyOut(form) {
    form.querySelectorAll("select, input").forEach(function (field) {
      if (!field.value) field.disabled = true;
    });
    window.addEventListener("pageshow", function () {
      form.querySelectorAll(":disabled").forEach(function (field) { field.disabled = false; });
    }, { once: true });
  }
})();
