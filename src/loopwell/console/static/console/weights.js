// What do the weights of the causes make together? Without this file the server says so.
(function () {
  "use strict";
  document.querySelectorAll("[data-weights]").forEach(function (home) {
    var sum = home.querySelector("[data-weights-sum]");
    if (!sum) return;
    function show() {
      var total = 0, any = false, unweighed = false;
      home.querySelectorAll(".cause").forEach(function (row) {
        var cause = row.querySelector("select, input:not([data-weight])");
        var weight = row.querySelector("[data-weight]");
        if (!cause || !cause.value) return;
        if (weight.value === "") { unweighed = true; return; }
        any = true;
        total += Number(weight.value);
      });
      total = Math.round(total * 100) / 100;
      var right = total === 100 && !unweighed || total < 100 && unweighed;
      sum.hidden = !any || right && total !== 100;
      sum.textContent = total === 100 && !unweighed ? sum.dataset.whole : sum.dataset.words.replace("%s", total).replace("%%", "%").replace("%%", "%");
      sum.classList.toggle("is-wrong", !right);
    }
    home.addEventListener("input", show);
    home.addEventListener("change", show);
    show();
  });
})();
