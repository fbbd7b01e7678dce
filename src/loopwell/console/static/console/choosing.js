// How are rows chosen together, and how many are? Without this file each is ticked by itself.
(function () {
  "use strict";
  var form = document.getElementById("queue");
  var count = form && form.querySelector("[data-chosen]");
  if (!count) return;
  var boxes = Array.from(form.querySelectorAll("input[name=case]"));
  var all = form.querySelector("input[name=all]");
  var page = form.querySelector("[data-choose-page]");
  page.hidden = false;
  var whole = page.querySelector("input");
  whole.addEventListener("change", function () {
    boxes.forEach(function (box) { box.checked = whole.checked; });
  });
  form.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
  function tell() {
    var number = boxes.filter(function (box) { return box.checked; }).length;
    boxes.forEach(function (box) { box.disabled = all.checked; });
    whole.checked = number === boxes.length;
    whole.indeterminate = number > 0 && number < boxes.length;
    count.textContent = all.checked || !number ? "" : count.dataset.chosen.replace("{number}", number);
  }
})();
