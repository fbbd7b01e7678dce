// How does each kind of chart look? Pure functions from data to an ECharts option.
(function () {
  "use strict";

  function tooltip(colours) {
    return {
      trigger: "item", renderMode: "richText", confine: true, backgroundColor: colours.paper,
      borderColor: colours.strong, textStyle: { color: colours.ink, fontSize: 13 },
      formatter: function (event) { return (event.data && event.data.text) || ""; }
    };
  }

  function axis(colours, more) {
    return Object.assign({
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: colours.soft, fontSize: 12 }, splitLine: { show: false }
    }, more);
  }

  // Round bounds that hold everything shown, zero included where the zero line matters.
  function bounds(values, zero) {
    var known = values.filter(function (value) { return typeof value === "number"; });
    if (zero) known.push(0);
    var low = Math.min.apply(null, known), high = Math.max.apply(null, known);
    var step = high - low > 60 ? 20 : high - low > 20 ? 10 : 5;
    return {
      min: Math.floor(low / step) * step,
      max: Math.max(Math.ceil(high / step) * step, Math.floor(low / step) * step + 2 * step),
      interval: step
    };
  }

  function line(colours, value, label, colour, dash) {
    return {
      silent: true, symbol: "none", animation: false,
      data: [Object.assign({ lineStyle: { color: colour, type: dash, width: 1.5 } }, value)],
      label: { show: Boolean(label), formatter: label || "", color: colour, fontSize: 12,
        position: "insideEndTop" }
    };
  }

  function tone(row, colours) {
    if (row.few) return colours.soft;
    return { above: colours.promoter, below: colours.detractor, target: colours.target,
      promoter: colours.promoter, detractor: colours.detractor, passive: colours.passiveFill
    }[row.meaning] || colours.passive;
  }

  // The interval as a shaded band: one polygon per unbroken run of points.
  function band(points, colours) {
    var runs = [], run = [];
    points.forEach(function (point, index) {
      if (typeof point.low !== "number") { if (run.length) runs.push(run); run = []; return; }
      run.push(index);
    });
    if (run.length) runs.push(run);
    return {
      type: "custom", silent: true, z: 1, data: runs.map(function (_, index) { return [index]; }),
      clip: true, tooltip: { show: false },
      renderItem: function (params, api) {
        var indexes = runs[params.dataIndex];
        if (!indexes) return null;
        var top = indexes.map(function (i) { return api.coord([i, points[i].high]); });
        var bottom = indexes.map(function (i) { return api.coord([i, points[i].low]); });
        return { type: "polygon", shape: { points: top.concat(bottom.reverse()) },
          style: { fill: colours.passive, opacity: 0.18 } };
      }
    };
  }

  // Between these two steps chance alone may move the line.
  function limits(data, colours) {
    return data.limits ? [0, 1].map(function (side) {
      return { type: "line", silent: true, symbol: "none", step: "middle", z: 2,
        tooltip: { show: false }, lineStyle: { color: colours.soft, width: 1, type: "dashed" },
        endLabel: { show: side === 1, formatter: data.limits_label || "", color: colours.soft,
          fontSize: 11, align: "right", offset: [-4, -8] },
        data: data.limits.map(function (limit) { return limit[side]; }) };
    }) : [];
  }

  // Where the level really changed.
  function marks(data, colours) {
    return (data.marks || []).map(function (mark) {
      return { type: "line", data: [], silent: true, markLine: {
        silent: true, symbol: "none", animation: false,
        data: [{ xAxis: mark.index }],
        lineStyle: { color: colours.target, type: "solid", width: 1.5 },
        label: { show: true, formatter: mark.label, color: colours.ink, fontSize: 12,
          fontWeight: 650, position: "end" } } };
    });
  }

  function trend(data, colours, written, width) {
    var points = data.points;
    var values = [];
    points.forEach(function (p) { values.push(p.value, p.low, p.high); });
    (data.limits || []).forEach(function (limit) { values.push(limit[0], limit[1]); });
    if (typeof data.target === "number") values.push(data.target);
    var last = points.length - 1;
    var series = [band(points, colours), {
      type: "line", z: 3, symbol: "circle", symbolSize: points.length > 40 ? 4 : 8,
      connectNulls: false, lineStyle: { color: colours.ink, width: 2 },
      itemStyle: { color: colours.ink }, cursor: "pointer",
      data: points.map(function (p, index) {
        return { value: p.value, text: p.text, url: p.url,
          itemStyle: p.few ? { color: colours.paper, borderColor: colours.ink, borderWidth: 1.5 } : {},
          label: { show: index === last && typeof p.value === "number", position: "right",
            formatter: written(p.value || 0), color: colours.ink, fontWeight: 650, fontSize: 14 } };
      }),
      markLine: (data.unit || "score") === "score"
        ? line(colours, { yAxis: 0 }, "", colours.strong, "solid") : undefined
    }];
    if (typeof data.target === "number") {
      series.push({ type: "line", data: [], silent: true,
        markLine: line(colours, { yAxis: data.target }, data.target_label, colours.target, "dashed") });
    }
    series = series.concat(limits(data, colours), marks(data, colours));
    return {
      grid: { left: 8, right: 48, top: (data.marks || []).length ? 28 : 16, bottom: 8,
        containLabel: true },
      tooltip: tooltip(colours),
      xAxis: axis(colours, { type: "category", boundaryGap: points.length < 3,
        data: points.map(function (p) { return p.label; }),
        axisLabel: { color: colours.soft, fontSize: 12, hideOverlap: true,
          interval: Math.max(0, Math.ceil(points.length * 64 / Math.max(width - 80, 64)) - 1) } }),
      yAxis: axis(colours, Object.assign({ type: "value", splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.soft, fontSize: 12, formatter: written } },
        bounds(values, (data.unit || "score") === "score"))),
      series: series
    };
  }

  function whisker(rows, colours) {
    return {
      type: "custom", silent: true, z: 2, tooltip: { show: false },
      data: rows.map(function (row, index) { return [row.low, index, row.high]; }),
      renderItem: function (params, api) {
        if (isNaN(api.value(0))) return null;
        var row = rows[params.dataIndex];
        var from = api.coord([api.value(0), api.value(1)]);
        var to = api.coord([api.value(2), api.value(1)]);
        return { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
          style: { stroke: tone(row, colours), lineWidth: 3, lineCap: "round", opacity: 0.45 } };
      }
    };
  }

  function names(rows, colours, width) {
    return axis(colours, {
      type: "category", inverse: true, data: rows.map(function (row) { return row.label; }),
      axisLabel: { color: colours.ink, fontSize: 13, width: Math.min(220, width * 0.36),
        overflow: "truncate" }
    });
  }

  function ranked(data, colours, written, width) {
    var rows = data.rows, values = [];
    rows.forEach(function (row) { values.push(row.value, row.low, row.high); });
    if (typeof data.average === "number") values.push(data.average);
    var marks = [];
    if ((data.unit || "score") === "score") {
      marks.push({ type: "scatter", data: [], silent: true,
        markLine: line(colours, { xAxis: 0 }, "", colours.strong, "solid") });
    }
    if (typeof data.average === "number") {
      var mark = line(colours, { xAxis: data.average }, data.average_label, colours.target, "dashed");
      mark.label.position = "start"; // the top, because the rows run downwards
      mark.label.distance = 6;
      marks.push({ type: "scatter", data: [], silent: true, markLine: mark });
    }
    return {
      grid: { left: 16, right: 8, top: 28, bottom: 4, containLabel: true },
      tooltip: tooltip(colours),
      xAxis: axis(colours, Object.assign({ type: "value", position: "top", axisLabel: { show: false },
        splitLine: { show: false } }, bounds(values, (data.unit || "score") === "score"))),
      yAxis: [names(rows, colours, width), axis(colours, {
        type: "category", inverse: true, position: "right",
        data: rows.map(function (row) { return written(row.value); }),
        axisLabel: { color: colours.ink, fontSize: 14, fontWeight: 650, margin: 16 }
      })],
      series: [whisker(rows, colours), {
        type: "scatter", z: 3, symbolSize: 12, cursor: "pointer",
        data: rows.map(function (row, index) {
          return { value: [row.value, index], url: row.url, text: row.text,
            itemStyle: row.few
              ? { color: colours.paper, borderColor: colours.soft, borderWidth: 2 }
              : { color: tone(row, colours), opacity: 1 } };
        })
      }].concat(marks)
    };
  }

  // A few of many are not none.
  function rough(share) {
    return share < 0.005 ? "<1 %" : Math.round(100 * share) + " %";
  }

  function distribution(data, colours, written, width) {
    var bars = data.bars;
    var total = bars.reduce(function (sum, bar) { return sum + bar.count; }, 0);
    return {
      grid: { left: 0, right: 0, top: 24, bottom: 26 },
      tooltip: tooltip(colours),
      xAxis: axis(colours, { type: "category", data: bars.map(function (bar) { return bar.label; }),
        axisLabel: { color: colours.ink, fontSize: 13, interval: 0 } }),
      yAxis: { type: "value", show: false, min: 0 },
      series: [{ type: "bar", barCategoryGap: "22%", cursor: "pointer",
        data: bars.map(function (bar) {
          return { value: bar.count, url: bar.url, text: bar.text,
            itemStyle: { color: tone(bar, colours), borderRadius: [4, 4, 0, 0] },
            label: { show: bar.count > 0, position: "top", color: colours.soft, fontSize: 12,
              formatter: width < 480 ? rough(bar.count / total) : String(bar.count) } };
        }) }]
    };
  }

  function bars(data, colours, written, width) {
    var rows = data.rows;
    return {
      grid: { left: 8, right: 64, top: 4, bottom: 4, containLabel: true },
      tooltip: tooltip(colours),
      xAxis: { type: "value", show: false },
      yAxis: names(rows, colours, width),
      series: [{ type: "bar", barMaxWidth: 18, cursor: "pointer",
        data: rows.map(function (row) {
          return { value: row.value, url: row.url, text: row.text,
            itemStyle: { color: tone(row, colours), borderRadius: 4 },
            label: { show: true, position: row.value < 0 ? "left" : "right", color: colours.ink,
              formatter: row.value_text || written(row.value), fontWeight: 550 } };
        }) }]
    };
  }

  window.loopwellPictures = { trend: trend, ranked: ranked, distribution: distribution, bars: bars };
})();
