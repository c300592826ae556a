// Draws charts from the tables under them and keeps an open page up to date. The page is complete without it.
"use strict";

(() => {
  const darkMode = matchMedia("(prefers-color-scheme: dark)");
  // Pixels of a period below which two columns cannot be told apart.
  const NARROW = 9;
  const stillMode = matchMedia("(prefers-reduced-motion: reduce)");
  let charts = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function rows(tableId) {
    const found = [...document.querySelectorAll(`#${CSS.escape(tableId)} tr[data-value]`)];
    const groups = new Set(found.map((row) => row.dataset.group));
    return found.map((row) => ({
      name: groups.size > 1 ? `${row.dataset.label}, ${row.dataset.group}` : row.dataset.label,
      value: Number(row.dataset.value),
      tick: row.dataset.tick,
      shown: row.dataset.shown,
      partial: "partial" in row.dataset,
      part: row.dataset.partial || "part of the month",
      before: "before" in row.dataset ? Number(row.dataset.before) : null,
      beforeShown: row.dataset.beforeShown,
    }));
  }

  /** An amount as the page writes it, without decimals where it has none: £15, £12,500, £123.5k, £1.23m. */
  function money(value, symbol, decimals) {
    const amount = Math.abs(value);
    const digits = amount >= 1e5 ? 0 : Number.isInteger(amount) || amount >= 1000 ? 0 : decimals;
    const [unit, name, most] = amount >= 999950 ? [1e6, "m", 2] : amount >= 1e5 ? [1e3, "k", 1] : [1, "", digits];
    const number = (amount / unit).toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: most });
    return `${value < 0 ? "−" : ""}${symbol}${number}${name}`;
  }

  /** A point as text: what it is, its amount, and that of the days before. */
  function described(point) {
    const name = `${point.name}${point.partial ? ` (${point.part})` : ""}`;
    return `${name}\n${point.shown}${point.before === null ? "" : `\nbefore: ${point.beforeShown}`}`;
  }

  /** The days before: columns beside the others, or a line over them if they are too narrow for two. */
  function beforeSeries(points, width) {
    if (points.every((point) => point.before === null)) return [];
    const color = colour("--before");
    const room = width / points.length;
    const data = points.map((point) => ({ value: point.before, itemStyle: { opacity: point.partial ? 0.5 : 1 } }));
    return [
      room < NARROW
        ? { type: "line", data, symbol: "none", lineStyle: { color, width: room < 2 ? 1 : 1.5 }, itemStyle: { color } }
        : { type: "bar", data, barMaxWidth: 44, barGap: "10%", itemStyle: { color, borderRadius: [3, 3, 0, 0] } },
    ];
  }

  function options(kind, points, { symbol, decimals }, width) {
    const text = { color: colour("--muted"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
    const names = {
      type: "category",
      data: points.map((point) => point.tick ?? point.name),
      axisLine: { lineStyle: { color: colour("--line") } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    };
    const amounts = {
      type: "value",
      splitNumber: kind === "bars" && width < 500 ? 2 : 4,
      axisLabel: { ...text, hideOverlap: true, formatter: (value) => money(value, symbol, Number(decimals)) },
      splitLine: { lineStyle: { color: colour("--line") } },
    };
    const bars = kind === "bars";
    if (bars) {
      Object.assign(names, { inverse: true });
      names.axisLabel = { ...text, width: Math.min(190, width * 0.4), overflow: "truncate" };
    }
    return {
      animation: !stillMode.matches,
      animationDuration: 250,
      grid: { left: 4, right: points.some((point) => point.tick?.length > 7) ? 40 : 20, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      // Drawn, not HTML: the content security policy allows no inline styles.
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        axisPointer: { type: "shadow", shadowStyle: { color: colour("--accent"), opacity: 0.08 } },
        backgroundColor: colour("--surface"),
        borderColor: colour("--line"),
        textStyle: { color: colour("--text"), fontFamily: text.fontFamily, fontSize: 13 },
        formatter: ([hit]) => described(points[hit.dataIndex]),
      },
      xAxis: bars ? amounts : names,
      yAxis: bars ? names : amounts,
      series: [{
        type: "bar",
        barMaxWidth: bars ? 18 : 44,
        itemStyle: { borderRadius: bars ? [0, 3, 3, 0] : [3, 3, 0, 0] },
        data: points.map((point) => ({
          value: point.value,
          itemStyle: { color: colour(point.partial ? "--bar-partial" : "--bar") },
        })),
      }, ...(bars ? [] : beforeSeries(points, width))],
    };
  }

  function draw() {
    if (!window.echarts) return;
    charts.forEach((chart) => chart.dispose());
    charts = [];
    document.documentElement.classList.add("charts-on");
    document.querySelectorAll(".chart").forEach((element) => {
      const points = rows(element.dataset.table);
      const chart = echarts.init(element);
      chart.setOption(options(element.dataset.chart, points, element.dataset, element.clientWidth));
      charts.push(chart);
    });
  }

  /** The Tab key stops at a drawing of areas once, the arrow keys move in it; the figures of an area are shown as text. */
  function steer(root) {
    const drawing = root.querySelector("svg.steered");
    if (!drawing) return;
    const readout = root.querySelector(".readout");
    const areas = [...drawing.querySelectorAll("a.area")];
    const stops = (chosen) => areas.forEach((area) => area.setAttribute("tabindex", area === chosen ? 0 : -1));
    stops(areas.find((area) => !area.matches(".none, .hidden")) ?? areas[0]);
    readout.textContent = "Point at an area, or move with the arrow keys.";
    root.querySelectorAll(".area").forEach((area) => {
      const show = () => { readout.textContent = area.querySelector("title").textContent; };
      area.addEventListener("pointerenter", show);
      // Only links: a shape that listens would be a stop of the Tab key too.
      if (areas.includes(area)) area.addEventListener("focus", () => { stops(area); show(); });
    });
    drawing.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const from = event.target.closest("a.area");
      if (!step || !from) return;
      event.preventDefault();
      nearest(areas, from, step)?.focus();
    });
  }

  /** The next one in this direction, which need not be exactly there. */
  function nearest(areas, from, [right, down]) {
    const middle = (area) => {
      const box = area.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    };
    const [x, y] = middle(from);
    const distance = (area) => {
      const [dx, dy] = [middle(area)[0] - x, middle(area)[1] - y];
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      return ahead > 1 ? ahead + 3 * aside : Infinity;
    };
    const next = areas.reduce((best, area) => (distance(area) < distance(best) ? area : best), from);
    return next === from ? null : next;
  }

  /** A table with a chart above it is folded until the reader opens it. */
  function foldTables(root) {
    if (!window.echarts) return;
    root.querySelectorAll(".chart-table").forEach((details) => { details.open = false; });
  }

  /** Replaces the figures by newer ones; open parts stay open, and the focus stays where it is. */
  async function renew() {
    const old = document.getElementById("figures");
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("figures");
    if (!fresh) return;
    if (old.querySelector(".empty") && !fresh.querySelector(".empty")) {
      location.reload();
      return;
    }
    foldTables(fresh);
    old.querySelectorAll("details[id]").forEach((details) => {
      const twin = fresh.querySelector(`#${CSS.escape(details.id)}`);
      if (twin) twin.open = details.open;
    });
    const focusPath = path(old, document.activeElement);
    charts.forEach((chart) => chart.dispose());
    charts = [];
    old.replaceWith(fresh);
    const subtitle = page.querySelector(".subtitle");
    if (subtitle) document.querySelector(".subtitle").textContent = subtitle.textContent;
    draw();
    steer(fresh);
    if (focusPath) follow(fresh, focusPath)?.focus({ preventScroll: true });
    document.getElementById("live").textContent =
      `Updated with newer data at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" })}.`;
  }

  function path(root, element) {
    if (!element || !root.contains(element) || element === root) return null;
    const steps = [];
    for (let at = element; at !== root; at = at.parentElement) {
      if (at.id) return [`#${CSS.escape(at.id)}`, ...steps];
      steps.unshift([...at.parentElement.children].indexOf(at));
    }
    return [null, ...steps];
  }

  function follow(root, [start, ...steps]) {
    return steps.reduce((at, step) => at?.children[step], start ? root.querySelector(start) : root);
  }

  async function poll() {
    const figures = document.getElementById("figures");
    if (document.hidden) return;
    try {
      const response = await fetch("/freshness");
      if (!response.ok) return;
      const { version } = await response.json();
      if (!figures) location.reload();
      else if (version !== figures.dataset.version) await renew();
    } catch {
      // The server is unavailable; the figures stay, and the next poll tries again.
    }
  }

  // A browser leaves a link that is partly in sight where it is.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".scroll a")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  foldTables(document);
  draw();
  steer(document);
  darkMode.addEventListener("change", draw);
  addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  const asks = document.querySelector("[data-poll-millis]");
  if (asks) {
    // One after the other, so that requests do not pile up behind a slow response.
    const again = () => setTimeout(async () => { await poll(); again(); }, Number(asks.dataset.pollMillis));
    again();
  }
})();
