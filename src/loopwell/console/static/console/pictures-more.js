// More kinds of chart: several lines, a heat table, dots with limits, a waterfall, two
// distributions. Pure functions from data to an ECharts option, beside those of pictures.js.
(function () {
  "use strict";
  var DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 2], [12, 4]];

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

  function known(values) {
    return values.filter(function (value) { return typeof value === "number"; });
  }

  // A round range that holds all values.
  function range(values) {
    var told = known(values);
    if (!told.length) return { min: 0, max: 1 };
    var low = Math.min.apply(null, told), high = Math.max.apply(null, told);
    var span = high - low || Math.abs(high) || 1;
    var step = Math.pow(10, Math.floor(Math.log10(span)));
    if (span / step > 5) step *= 2; else if (span / step < 2) step /= 2;
    return { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step };
  }

  function tone(meaning, colours) {
    return { above: colours.promoter, below: colours.detractor, target: colours.target,
      promoter: colours.promoter, detractor: colours.detractor, passive: colours.passiveFill,
      us: colours.ink }[meaning] || colours.passive;
  }

  function labels(data, colours, width) {
    var count = data.labels.length;
    return axis(colours, { type: "category", boundaryGap: count < 3, data: data.labels,
      axisLabel: { color: colours.soft, fontSize: 12, hideOverlap: true,
        interval: Math.max(0, Math.ceil(count * 64 / Math.max(width - 80, 64)) - 1) } });
  }

  // How far each line's name must move so that none covers another: in pixels, by the last point.
  function apart(series, bounds, height) {
    var ends = series.map(function (each, place) {
      var told = known(each.points.map(function (point) { return point.value; }));
      var last = told.length ? told[told.length - 1] : bounds.min;
      var at = (bounds.max - last) / (bounds.max - bounds.min || 1) * height;
      return { place: place, at: at, wanted: at };
    }).sort(function (a, b) { return a.at - b.at; });
    ends.forEach(function (end, order) {
      if (order) end.wanted = Math.max(end.wanted, ends[order - 1].wanted + 15);
    });
    var moves = [];
    ends.forEach(function (end) { moves[end.place] = end.wanted - end.at; });
    return moves;
  }

  // Several lines: the one that matters in ink, the others told apart by dashes and by name.
  function lines(data, colours, written, width) {
    var values = [];
    data.series.forEach(function (each) {
      each.points.forEach(function (point) { values.push(point.value); });
    });
    var bounds = range(values), moves = apart(data.series, bounds, 260);
    return {
      grid: { left: 8, right: Math.min(150, width * 0.28), top: 16, bottom: 8, containLabel: true },
      tooltip: tooltip(colours),
      xAxis: labels(data, colours, width),
      yAxis: axis(colours, Object.assign({ type: "value", scale: true,
        splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.soft, fontSize: 12, formatter: written } }, bounds)),
      series: data.series.map(function (each, place) {
        var colour = each.meaning ? tone(each.meaning, colours) : colours.soft;
        return {
          type: "line", name: each.name, z: each.meaning ? 4 : 3, connectNulls: true,
          symbol: "circle", symbolSize: 7, cursor: "pointer",
          lineStyle: { color: colour, width: each.meaning ? 3 : 1.5,
            type: each.meaning ? "solid" : DASHES[(place + 1) % DASHES.length] },
          itemStyle: { color: colour },
          endLabel: { show: true, formatter: each.name, color: colour, fontSize: 12,
            fontWeight: each.meaning ? 650 : 450, width: Math.min(140, width * 0.26),
            overflow: "truncate", offset: [0, moves[place]] },
          data: each.points.map(function (point) {
            return { value: point.value, text: point.text, url: point.url };
          })
        };
      })
    };
  }

  // Rows by columns; colour says how far from the middle, the number is written in the cell.
  function heat(data, colours, written, width) {
    var cells = data.cells, furthest = 0, highest = 0;
    cells.forEach(function (cell) {
      if (typeof cell.value !== "number") return;
      furthest = Math.max(furthest, Math.abs(cell.value - (data.middle || 0)));
      highest = Math.max(highest, cell.value);
    });
    var room = (width - 140) / Math.max(data.columns.length, 1);
    function shade(cell) {
      if (typeof cell.value !== "number") return { color: "transparent" };
      if (cell.few) return { color: colours.paper, borderColor: colours.line, borderWidth: 1 };
      var far = typeof data.middle === "number"
        ? (cell.value - data.middle) / (furthest || 1) : cell.value / (highest || 1);
      return { color: far < 0 ? colours.detractor : colours.promoter,
        opacity: 0.12 + 0.68 * Math.min(1, Math.abs(far)) };
    }
    return {
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      tooltip: tooltip(colours),
      xAxis: axis(colours, { type: "category", position: "top", data: data.columns,
        axisLabel: { color: colours.soft, fontSize: 12, hideOverlap: true, width: Math.max(room, 30),
          overflow: "truncate", interval: room < 24 ? Math.ceil(24 / room) - 1 : 0 } }),
      yAxis: axis(colours, { type: "category", inverse: true, data: data.lines,
        axisLabel: { color: colours.ink, fontSize: 13, width: Math.min(180, width * 0.3),
          overflow: "truncate" } }),
      series: [{ type: "custom", cursor: "pointer",
        data: cells.map(function (cell) {
          return { value: [cell.x, cell.y], url: cell.url, text: cell.text, cell: cell };
        }),
        renderItem: function (params, api) {
          var cell = cells[params.dataIndex];
          var at = api.coord([cell.x, cell.y]), size = api.size([1, 1]);
          var box = { x: at[0] - size[0] / 2 + 1, y: at[1] - size[1] / 2 + 1,
            width: size[0] - 2, height: size[1] - 2, r: 3 };
          var style = shade(cell), parts = [{ type: "rect", shape: box,
            style: { fill: style.color, opacity: style.opacity, stroke: style.borderColor } }];
          if (typeof cell.value === "number" && size[0] >= 34) {
            parts.push({ type: "text", style: { text: cell.label || written(cell.value),
              x: at[0], y: at[1], align: "center", verticalAlign: "middle",
              fill: cell.few ? colours.soft : colours.ink, fontSize: 12,
              fontWeight: cell.real ? 700 : 400, fontFamily: colours.font } });
          }
          return { type: "group", children: parts };
        } }]
    };
  }

  // How the axis that runs across is written: as scores where it has their unit.
  function plain(unit, written) {
    if (unit === "score") return written;
    var format = new Intl.NumberFormat(document.documentElement.lang);
    return function (value) { return format.format(value).replace("-", "−"); };
  }

  function named(point) { return point.named; }

  // Dots of two numbers; `limits` are curves (a funnel), `across` and `down` lines through it.
  function dots(data, colours, written, width) {
    var marks = [];
    if (typeof data.across === "number") {
      marks.push({ yAxis: data.across,
        label: { formatter: data.across_label || "", position: "end" } });
    }
    if (typeof data.down === "number") {
      marks.push({ xAxis: data.down, label: { formatter: data.down_label || "" } });
    }
    var curves = (data.limits || []).map(function (limit) {
      return { type: "line", silent: true, symbol: "none", z: 1, smooth: 0.2, data: limit.points,
        tooltip: { show: false },
        lineStyle: { color: colours.strong, width: 1.5, type: limit.dash ? "dashed" : "solid" } };
    });
    return {
      grid: { left: 16, right: data.across_label || data.points.some(named) ? 96 : 24,
        top: 34, bottom: 30, containLabel: true },
      tooltip: tooltip(colours),
      xAxis: axis(colours, { type: "value", scale: true, name: data.x_label,
        nameLocation: "middle", nameGap: 26, nameTextStyle: { color: colours.soft },
        axisLabel: { color: colours.soft, fontSize: 12, formatter: plain(data.x_unit, written) },
        splitLine: { lineStyle: { color: colours.line } } }),
      yAxis: axis(colours, { type: "value", scale: true, name: data.y_label,
        nameTextStyle: { color: colours.soft, align: "left" },
        axisLabel: { color: colours.soft, fontSize: 12, formatter: written },
        splitLine: { lineStyle: { color: colours.line } } }),
      series: curves.concat([{
        type: "scatter", z: 3, cursor: "pointer", labelLayout: { hideOverlap: true },
        data: data.points.map(function (point) {
          var colour = tone(point.meaning, colours);
          return { value: [point.x, point.y], text: point.text, url: point.url,
            symbolSize: point.size || 11,
            itemStyle: point.few
              ? { color: colours.paper, borderColor: colours.soft, borderWidth: 1.5 }
              : { color: colour, opacity: 0.85 },
            label: { show: Boolean(point.named), formatter: point.label, position: "right",
              color: colours.ink, fontSize: 12 } };
        }),
        markLine: marks.length ? { silent: true, symbol: "none", animation: false, data: marks,
          lineStyle: { color: colours.target, type: "dashed", width: 1.5 },
          label: { color: colours.target, position: "insideEndTop", fontSize: 12 } } : undefined
      }])
    };
  }

  // From one total to another by steps: what each added or took away.
  function waterfall(data, colours, written, width) {
    var rows = data.rows, at = 0, bars = [], ends = [];
    rows.forEach(function (row) {
      at = row.total ? row.value : at + row.value;
      bars.push([at - (row.total ? 0 : row.value), at]);
      ends.push(at);
    });
    var low = Math.min.apply(null, ends), high = Math.max.apply(null, ends);
    var room = Math.max(high - low, 1), left = low - room / 2; // totals are told by their number
    rows.forEach(function (row, index) { if (row.total) bars[index][0] = left; });
    return {
      grid: { left: 8, right: 56, top: 4, bottom: 4, containLabel: true },
      tooltip: tooltip(colours),
      xAxis: axis(colours, { type: "value", axisLabel: { show: false }, min: left,
        max: high + room / 4, splitLine: { show: false } }),
      yAxis: axis(colours, { type: "category", inverse: true,
        data: rows.map(function (row) { return row.label; }),
        axisLabel: { color: colours.ink, fontSize: 13, width: Math.min(220, width * 0.36),
          overflow: "truncate" } }),
      series: [{ type: "custom", cursor: "pointer",
        data: rows.map(function (row, index) {
          return { value: [index, bars[index][0], bars[index][1]], text: row.text, url: row.url };
        }),
        encode: { x: [1, 2], y: 0 },
        renderItem: function (params, api) {
          var row = rows[params.dataIndex], bar = bars[params.dataIndex];
          var from = api.coord([bar[0], params.dataIndex]);
          var to = api.coord([bar[1], params.dataIndex]);
          var colour = row.total ? colours.ink : row.few ? colours.soft
            : row.value < 0 ? colours.detractor : colours.promoter;
          return { type: "group", children: [
            { type: "rect", shape: { x: Math.min(from[0], to[0]), y: from[1] - 9,
              width: Math.max(Math.abs(to[0] - from[0]), 2), height: 18, r: 3 },
              style: { fill: colour, opacity: row.few ? 0.35 : 0.9 } },
            { type: "text", style: { text: row.value_text || written(row.value),
              x: Math.max(from[0], to[0]) + 8, y: from[1], align: "left", verticalAlign: "middle",
              fill: colours.ink, fontSize: 13, fontWeight: row.total ? 700 : 500,
              fontFamily: colours.font } }
          ] };
        } }]
    };
  }

  // Two distributions over the same marks, side by side, as shares.
  function shift(data, colours, written, width) {
    return {
      grid: { left: 0, right: 0, top: 28, bottom: 26 },
      tooltip: tooltip(colours),
      legend: { top: 0, left: 0, itemWidth: 14, textStyle: { color: colours.ink } },
      xAxis: axis(colours, { type: "category", data: data.labels,
        axisLabel: { color: colours.ink, fontSize: 13, interval: 0 } }),
      yAxis: { type: "value", show: false, min: 0 },
      series: data.series.map(function (each, place) {
        return { type: "bar", name: each.name, barGap: "8%", barCategoryGap: "26%",
          itemStyle: { color: place ? colours.ink : colours.passive },
          data: each.bars.map(function (bar) {
            return { value: bar.share, text: bar.text, url: bar.url,
              itemStyle: { borderRadius: [3, 3, 0, 0] } };
          }) };
      })
    };
  }

  Object.assign(window.loopwellPictures, {
    lines: lines, heat: heat, dots: dots, waterfall: waterfall, shift: shift
  });
})();
