// How does the picture of Explore become a file? Without this file its button is not shown.
(function () {
  "use strict";

  function show(root) {
    var button = root.querySelector("[data-png]");
    if (button) button.hidden = !root.querySelector(".chart[data-chart]");
  }

  function save(name, canvas) {
    canvas.toBlob(function (blob) {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    }, "image/png");
  }

  // The SVG is an image of its own (data: is what the content policy allows), drawn twice as large.
  function take(svg, title) {
    var box = svg.getBoundingClientRect(), copy = svg.cloneNode(true), picture = new Image();
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    picture.onload = function () {
      var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      var style = getComputedStyle(document.documentElement), top = 40;
      canvas.width = box.width * 2;
      canvas.height = (box.height + top) * 2;
      pen.scale(2, 2);
      pen.fillStyle = style.getPropertyValue("--paper").trim() || "white";
      pen.fillRect(0, 0, box.width, box.height + top);
      pen.fillStyle = style.getPropertyValue("--ink").trim() || "black";
      pen.font = "600 15px Inter, system-ui, sans-serif";
      pen.fillText(title, 8, 24);
      pen.drawImage(picture, 0, top, box.width, box.height);
      save("explore.png", canvas);
    };
    picture.src = "data:image/svg+xml;charset=utf-8," +
      encodeURIComponent(new XMLSerializer().serializeToString(copy));
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-png]");
    var svg = button && document.querySelector("#explore .chart svg");
    if (svg) take(svg, svg.closest("section").querySelector("h2").textContent.trim());
  });
  // A period chosen takes the place of own days, and own days that of the period.
  document.addEventListener("change", function (event) {
    var form = event.target.closest(".explore-ask");
    if (!form || event.target.name !== "period") return;
    form.querySelectorAll("input[type=date]").forEach(function (day) { day.value = ""; });
  }, true);
  // A picture kept by the browser is not drawn again: the page is asked for anew.
  document.addEventListener("htmx:historyRestore", function () { window.location.reload(); });
  // Whoever cannot see the new picture hears what it is of, and what it says.
  function say() {
    var words = Array.prototype.map.call(
      document.querySelectorAll("#answer, #explore .explore-said, #explore .panel-empty, #explore .big"),
      function (each) { return each.textContent.trim(); });
    document.querySelector("[data-said]").textContent = words.join(". ");
  }

  document.addEventListener("htmx:afterSettle", function (event) {
    show(document);
    if (event.target.id === "explore") say();
  });
  show(document);
})();
