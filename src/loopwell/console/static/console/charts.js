// Which picture belongs to each .chart? Loads ECharts only on pages that have one.
//
// <div class="chart" data-chart="trend" data-source="id"> and {{ data|json_script:"id" }}, where
// data is what loopwell.console.charts makes. SVG renderer and rich-text tooltips keep the strict
// content policy; the table behind each chart is its full alternative.
(function () {
  "use strict";
  var own = document.currentScript.dataset;
  var loading = null;
  var drawn = new Map();
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function script(address) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = function () { reject(new Error("Could not load " + address)); };
      document.head.appendChild(element);
    });
  }

  function load() {
    loading = loading || Promise.all([
      script(own.echarts), script(own.pictures).then(function () { return script(own.more); })
    ]);
    return loading;
  }

  function tokens() {
    var style = getComputedStyle(document.documentElement);
    function token(name) { return style.getPropertyValue("--" + name).trim(); }
    return {
      promoter: token("promoter"), passive: token("passive"), detractor: token("detractor"),
      passiveFill: token("passive-fill"), target: token("target"), ink: token("ink"),
      soft: token("ink-soft"), line: token("line"), strong: token("line-strong"),
      paper: token("paper"), font: "Inter, system-ui, sans-serif"
    };
  }

  function whole(value) {
    var digits = Math.abs(value) % 1 && Math.abs(value) < 10 ? 1 : 0;
    return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits })
      .format(Math.abs(value));
  }

  // What a number looks like on axes and labels: scores carry their sign.
  function written(unit) {
    return function (value) {
      if (unit === "%") return whole(value) + " %";
      if (unit === "count") return whole(value);
      var rounded = Math.round(value);
      return (rounded > 0 ? "+" : rounded < 0 ? "−" : "") + whole(rounded);
    };
  }

  function read(element) {
    var source = document.getElementById(element.dataset.source);
    return source ? JSON.parse(source.textContent) : null;
  }

  function draw(element) {
    var data = read(element);
    var picture = window.loopwellPictures[element.dataset.chart];
    if (!data || !picture) return;
    var old = drawn.get(element);
    if (old) old.dispose();
    if (data.height) element.classList.add("chart-" + data.height);
    fit(element, data);
    var chart = window.echarts.init(element, null, { renderer: "svg" });
    var colours = tokens();
    var option = picture(data, colours, written(data.unit || "score"), element.clientWidth);
    option.animation = !still.matches;
    option.animationDuration = 250;
    option.textStyle = { fontFamily: colours.font, color: colours.ink, fontSize: 13 };
    chart.setOption(option);
    chart.on("click", function (event) { follow(event.data && event.data.url); });
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", data.text || data.title || "");
    drawn.set(element, chart);
  }

  // A row needs its height, however many there are (set through CSSOM, which the policy allows).
  function fit(element, data) {
    var rows = data.rows || data.lines;
    if (!rows) return;
    element.style.height = Math.max(120, rows.length * 34 + 56) + "px";
  }

  function follow(url) {
    if (typeof url === "string" && /^[/?](?!\/)/.test(url)) window.location.assign(url);
  }

  function all(root) {
    var found = Array.prototype.slice.call(root.querySelectorAll(".chart[data-chart]"));
    if (!found.length) return;
    load().then(function () { found.forEach(draw); });
  }

  function again() {
    drawn.forEach(function (chart, element) {
      if (element.isConnected) { draw(element); } else { chart.dispose(); drawn.delete(element); }
    });
  }

  var waiting = 0;
  var width = window.innerWidth;
  window.addEventListener("resize", function () {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(again, 150);
  });
  new MutationObserver(again).observe(document.documentElement, {
    attributes: true, attributeFilter: ["data-bs-theme"]
  });
  document.addEventListener("htmx:afterSettle", function (event) { all(event.target); });
  all(document);
})();
