/* The Trend analysis tab in the browser: every choice of a stretch, a bucket or a metric goes to the address, from where it
   comes back as what is shown. The timeline is drawn and moved here; no figure is computed. */
(function () {
  "use strict";

  const NOTHING = () => window.dash_clientside.no_update;
  const PARAMETERS = ["metrics", "step", "second", "earlier"];
  const SHORTEST_MS = 10_000;

  // -------------------------------------------------------------------------------------------------------------- the address

  const current = () => new URLSearchParams(window.location.search);

  /** Change some parameters of the address; null takes one away. Nothing happens where nothing changes. */
  function ask(changes) {
    const wanted = current();
    Object.entries(changes).forEach(([name, value]) => (value === null ? wanted.delete(name) : wanted.set(name, value)));
    if (wanted.toString() === current().toString()) return;
    const written = wanted.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
    window.dash_clientside.set_props("shell-address", { search: written ? `?${written}` : "" });
  }

  const written = (ms) => new Date(ms).toISOString().replace(".000Z", "Z");

  /** Show this stretch: whole seconds, ten of them at least, and all of the LIVE where it is all of it. */
  function askStretch(start, end, whole) {
    const least = Math.max(SHORTEST_MS - (end - start), 0) / 2;
    const from = Math.floor((start - least) / 1000) * 1000;
    const to = Math.ceil((end + least) / 1000) * 1000;
    if (whole && from <= whole[0] && to >= whole[1]) return ask({ from: null, to: null, last: null });
    return ask({ from: written(from), to: written(to), last: null });
  }

  /** The parameters that parts follow, once they are others than before. */
  function asked(search, had) {
    const wanted = new URLSearchParams(search);
    const found = Object.fromEntries(PARAMETERS.filter((name) => wanted.get(name)).map((name) => [name, wanted.get(name)]));
    return had && JSON.stringify(found) === JSON.stringify(had) ? NOTHING() : found;
  }

  // -------------------------------------------------------------------------------------------------------------- the choices

  /** What the choice of a stretch shows for an address. */
  function chosen(search) {
    const wanted = new URLSearchParams(search);
    const last = wanted.get("last");
    const isCustom = (wanted.get("from") && wanted.get("to")) || (last && !["5", "30"].includes(last));
    return isCustom ? "custom" : last || "whole";
  }

  /** What the choice of a bucket shows for an address. */
  const chosenStep = (search) => new URLSearchParams(search).get("step") || "auto";

  function stretch(value, fromId) {
    if (value === chosen(window.location.search)) return;
    if (value === "custom") document.getElementById(fromId).focus();
    else ask({ from: null, to: null, last: value === "whole" ? null : value });
  }

  function step(value) {
    if (value && value !== chosenStep(window.location.search)) ask({ step: value === "auto" ? null : value });
  }

  function typed(stretch) {
    if (stretch) ask({ from: written(stretch[0]), to: written(stretch[1]), last: null });
  }

  function zoomed(moved, span) {
    if (!moved || moved["xaxis.range[0]"] === undefined || !span) return;
    const [start, end] = [0, 1].map((side) => Date.parse(`${moved[`xaxis.range[${side}]`].replace(" ", "T")}Z`) - span.ahead);
    askStretch(Math.max(start, span.whole[0]), Math.min(end, span.whole[1]), span.whole);
  }

  // ------------------------------------------------------------------------------------------------------ metrics in the strip

  let newest = null;

  const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  /** Chart the metric whose tile was pressed, or take it away; beyond two it takes the place of the older one. The last
      inputs are the words and what is charted. Returns what happened, in words. */
  function chart(...inputs) {
    const [words, charted] = inputs.slice(-2);
    const tile = document.getElementById(window.dash_clientside.callback_context.triggered_id);
    const key = tile && tile.dataset.key;
    if (!key || !charted) return NOTHING();
    const name = (one) => words.names[one] || one;
    const shown = [...charted];
    if (shown.includes(key)) {
      if (shown.length === 1) return fill(words.one, { name: name(key) });
      ask({ metrics: shown.filter((one) => one !== key).join(",") });
      return fill(words.away, { name: name(key) });
    }
    if (shown.length < 2) {
      newest = key;
      ask({ metrics: [...shown, key].join(",") });
      return fill(words.added, { name: name(key) });
    }
    const older = shown[0] === newest ? 1 : 0;
    const said = fill(words.replaced, { name: name(key), older: name(shown[older]) });
    shown[older] = key;
    newest = key;
    ask({ metrics: shown.join(",") });
    return said;
  }

  // ----------------------------------------------------------------------------------------------------------- clicks in the chart

  const NEAR_PX = 12;
  let pointer = null;
  document.addEventListener("pointerdown", (event) => { pointer = event; }, true);

  /** The marker under the pointer: of its lane the nearest sign, else what lasted then. Undefined below the lanes. */
  function markerAt(plot, ms, ahead) {
    const { xaxis, yaxis3 } = plot._fullLayout;
    const top = plot.getBoundingClientRect().top + yaxis3._offset;
    if (!pointer || pointer.clientY < top || pointer.clientY > top + yaxis3._length) return undefined;
    const lane = Math.floor(((pointer.clientY - top) / yaxis3._length) * (yaxis3.range[0] + 0.5));
    const perPixel = (xaxis.r2l(xaxis.range[1]) - xaxis.r2l(xaxis.range[0])) / xaxis._length;
    const signs = plot.data.filter((trace) => trace.customdata && trace.y[0] === lane)
      .flatMap((trace) => trace.customdata.map(([id, start, end], place) => ({ id, start, end, at: trace.x[place] - ahead })));
    const near = signs.filter((sign) => Math.abs(sign.at - ms) <= NEAR_PX * perPixel)
      .sort((a, b) => Math.abs(a.at - ms) - Math.abs(b.at - ms))[0];
    return near || signs.filter((sign) => sign.start <= ms && ms < sign.end).pop() || null;
  }

  /** A click on a marker opens it; anywhere else it plays the broadcast from there. */
  function clicked(click, span, chartId, openedId) {
    const x = click && (click.xvals ? click.xvals[0] : click.points && click.points[0].x);
    if (x === undefined || x === null || !span) return;
    const ms = (typeof x === "number" ? x : Date.parse(`${x.replace(" ", "T")}Z`)) - span.ahead;
    const marker = markerAt(document.querySelector(`#${chartId} .js-plotly-plot`), ms, span.ahead);
    if (marker) window.dash_clientside.set_props(openedId, { data: marker.id });
    else if (marker === undefined) window.dash_clientside.replay?.clicked(click, chartId);
  }

  const close = () => null;

  /** The server is asked for facts only while an event is open, as the room is now. */
  const facts = (opened, view, had) => (opened ? { view, opened } : had ? null : NOTHING());

  /** What to compare with goes to the address. */
  function compared(chosen, dialogId) {
    if (!chosen) return;
    ask(chosen);
    document.getElementById(dialogId).close();
  }

  /** An earlier LIVE is another room: it is asked for apart, and only where one is wanted. */
  function wanted(asked, view, had) {
    if (!asked || !asked.earlier || !view) return had ? null : NOTHING();
    const wants = { view, asked };
    return JSON.stringify(wants) === JSON.stringify(had) ? NOTHING() : wants;
  }

  /** Whether nobody waits for a file any more: what comes after Stop all the same is not handed over. */
  let stopped = false;

  /** What the button that was pressed says of the file: that it is being written, or that it was stopped. */
  function fileSaid() {
    const pressed = window.dash_clientside.callback_context.triggered_id;
    stopped = pressed.endsWith("-stop");
    return document.getElementById(pressed).dataset.said;
  }

  /** Hand over the file that was written. */
  function save(address) {
    if (!address || stopped) return;
    const link = Object.assign(document.createElement("a"), { href: address, download: "" });
    document.body.append(link);
    link.click();
    link.remove();
  }

  // -------------------------------------------------------------------------------------------------------------- the timeline

  /** The timeline: what the server said, and the stretch as it stands under a hand that moves it. */
  const line = { root: null, span: null, held: null, timer: 0 };

  const share = (ms) => (ms - line.span.whole[0]) / (line.span.whole[1] - line.span.whole[0]);

  const clock = (ms) => window.livedashClock.written(ms, line.span.zone, line.span.several);

  function draw() {
    const [start, end] = line.held || line.span.window;
    const held = line.root.querySelector(".timeline-window");
    held.style.left = `${share(start) * 100}%`;
    held.style.right = `${(1 - share(end)) * 100}%`;
    [["start", start], ["end", end]].forEach(([name, ms]) => {
      const handle = line.root.querySelector(`.timeline-handle.${name}`);
      handle.style.left = `${share(ms) * 100}%`;
      handle.dataset.clock = clock(ms);
      handle.setAttribute("aria-valuemin", line.span.whole[0]);
      handle.setAttribute("aria-valuemax", line.span.whole[1]);
      handle.setAttribute("aria-valuenow", ms);
      handle.setAttribute("aria-valuetext", clock(ms));
    });
    line.root.classList.toggle("all", !line.held && line.span.isWhole);
  }

  /** Show what the server said, unless a hand is on it; the typed times are left alone while somebody types. */
  function timeline(span, rootId, fromId, toId) {
    if (!span) return [NOTHING(), NOTHING()];
    Object.assign(line, { root: document.getElementById(rootId), span });
    if (!line.dragging && !line.timer) line.held = null;
    draw();
    const isTyping = [fromId, toId].some((id) => document.activeElement === document.getElementById(id));
    return isTyping ? [NOTHING(), NOTHING()] : span.typed;
  }

  function settle() {
    window.clearTimeout(line.timer);
    line.timer = 0;
    const [start, end] = line.held;
    askStretch(start, end, line.span.whole);
  }

  const within = (ms) => Math.min(Math.max(ms, line.span.whole[0]), line.span.whole[1]);

  /** Drag a handle, the stretch as it is, or a new one. */
  function grab(event) {
    const track = event.target.closest(".timeline-track");
    if (!track || !line.span || event.button) return;
    event.preventDefault();
    const box = track.getBoundingClientRect();
    const msAt = (x) => within(line.span.whole[0] + ((x - box.left) / box.width) * (line.span.whole[1] - line.span.whole[0]));
    const [start, end] = line.held || line.span.window;
    const from = msAt(event.clientX);
    const handle = event.target.closest(".timeline-handle");
    const moves = !handle && (line.held || !line.span.isWhole) && event.target.closest(".timeline-window");
    const held = (ms) => {
      if (moves) {
        const by = Math.min(Math.max(ms - from, line.span.whole[0] - start), line.span.whole[1] - end);
        return [start + by, end + by];
      }
      const other = !handle ? from : handle.classList.contains("start") ? end : start;
      return [Math.min(ms, other), Math.max(ms, other)];
    };
    if (handle) handle.focus();
    line.dragging = true;
    const move = (moved) => {
      line.held = held(msAt(moved.clientX));
      draw();
    };
    const drop = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", drop);
      line.dragging = false;
      if (line.held && line.held[1] > line.held[0]) settle();
      else line.held = null;
      draw();
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", drop);
  }

  /** Arrow keys move a handle by a hundredth, Page keys by a tenth, Home and End to where it can go. */
  function keys(event) {
    const handle = event.target.closest && event.target.closest(".timeline-handle");
    if (!handle || !line.span) return;
    const [start, end] = line.held || line.span.window;
    const all = line.span.whole[1] - line.span.whole[0];
    const by = { ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const least = Math.min(SHORTEST_MS, all);
    line.held = handle.classList.contains("start")
      ? [Math.min(within(start + by * all), end - least), end]
      : [start, Math.max(within(end + by * all), start + least)];
    draw();
    window.clearTimeout(line.timer);
    line.timer = window.setTimeout(settle, 500);
  }

  document.addEventListener("pointerdown", grab);
  document.addEventListener("keydown", keys);

  // --------------------------------------------------------------------------------------------------------- what else is pressed

  /** Buttons that carry a stretch show it; those that carry a marker open it. */
  document.addEventListener("click", (event) => {
    const zooms = event.target.closest("[data-zoom]");
    if (zooms) {
      const [start, end] = zooms.dataset.zoom.split(" ").map(Number);
      askStretch(start, end, line.span && line.span.whole);
    }
    const opens = event.target.closest("[data-marker]");
    if (opens) window.dash_clientside.set_props(opens.dataset.into, { data: opens.dataset.marker });
  });

  document.addEventListener("dblclick", (event) => {
    if (event.target.closest(".course-plot")) ask({ from: null, to: null, last: null });
  });

  window.livedashAddress = { ask };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    trends: { asked, chosen, chosenStep, stretch, step, typed, zoomed, chart, clicked, close, facts, compared, wanted, fileSaid, save, timeline },
  });
})();
