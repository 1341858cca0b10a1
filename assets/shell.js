/* What the frame of every page does in the browser: asking for news one question at a time, the header's clock, changing tabs
   and pages without a reload, dialogs, language, theme, full screen. It may not know what a tab shows. */
(function () {
  "use strict";

  // -------------------------------------------------------------------------------------------------- the line to the server

  const GIVE_UP_MS = 60_000;
  const AWAY_AFTER_MS = 8_000;
  const TRY_AGAIN_MS = 2_000;
  const DRAW_EVERY_MS = 500;

  /** Questions that are not answered yet, when the server was last heard, and whether the latest question failed. */
  const line = { open: 0, heard: Date.now(), lost: false };

  // Dash leaves a `running=` guard set for good when a request fails, and knows no timeout; so the questions are counted here.
  let again = 0;
  const plainFetch = window.fetch;

  /** The server did not answer. It is asked once more also where there is no tick, in a LIVE that has ended. */
  function tryAgain() {
    clearTimeout(again);
    again = setTimeout(() => {
      if (document.getElementById("shell-room")) window.dash_clientside.set_props("shell-tick", { n_intervals: Date.now() });
      fillOpen();
    }, TRY_AGAIN_MS);
  }

  /** A page that another one shows in a frame says so with every request: the server lets it be read only. */
  function marked(options) {
    if (window.top === window.self) return options;
    const headers = new Headers(options?.headers);
    headers.set("X-Livedash-Framed", "1");
    return { ...options, headers };
  }

  window.fetch = async function (resource, asked) {
    const options = marked(asked);
    if (!String(resource).includes("_dash-update-component")) return plainFetch.call(window, resource, options);
    line.open += 1;
    let answered = false;
    try {
      const response = await plainFetch.call(window, resource, { signal: AbortSignal.timeout(GIVE_UP_MS), ...options });
      answered = response.status < 500;
      if (answered) line.heard = Date.now();
      return response;
    } finally {
      line.lost = !answered;
      if (!answered) tryAgain();
      line.open -= 1;
    }
  };

  let lastAsked = Date.now();

  /** A tick becomes a question unless one is still open; a browser that slept has not been left without an answer. */
  function ask(ticks) {
    const now = Date.now();
    if (now - lastAsked > 5_000 && !line.lost) line.heard = Math.max(line.heard, now - 2_000);
    lastAsked = now;
    return line.open ? window.dash_clientside.no_update : ticks;
  }

  // --------------------------------------------------------------------------------------------------------------- the clock

  /** What is known of the data's age: the server's clock against ours, and when this page last saw something new. */
  const known = { fresh: null, words: null, ahead: 0, arrived: 0, changed: null };

  function note(fresh) {
    if (fresh === known.fresh) return;
    const before = known.fresh;
    known.ahead = window.livedashClock.hear(fresh);
    if (!before || before.room !== fresh.room) Object.assign(known, { arrived: Date.now(), changed: null });
    else if (before.revision !== fresh.revision) known.changed = Date.now();
    known.fresh = fresh;
  }

  /** Milliseconds since the data was new, at this moment of our clock; null where there is none. An event from the future says
      nothing about that. */
  function ageOf(fresh, here) {
    if (fresh.last === null) return null;
    const byEvent = here + known.ahead - fresh.last;
    const byEye = here - (known.changed ?? (byEvent < -5_000 ? known.arrived : -Infinity));
    return Math.max(0, byEvent < -5_000 ? byEye : Math.min(byEvent, byEye));
  }

  function fill(phrase, values) {
    return phrase.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  function age(ms, words) {
    const seconds = Math.round(ms / 1000);
    const [unit, size] = seconds < 90 ? ["s", 1] : seconds < 5400 ? ["m", 60] : seconds < 172800 ? ["h", 3600] : ["d", 86400];
    return fill(words.ages[unit], { n: Math.floor(seconds / size) });
  }

  function duration(ms, words) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const two = (n) => String(n).padStart(2, "0");
    const clock = (hours) => `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const hours = Math.floor(seconds / 3600);
    return hours < 100 ? clock(hours) : fill(words.days, { days: Math.floor(hours / 24), clock: clock(hours % 24) });
  }

  /** What the header says now: duration, freshness, and a warning where the figures are not of now. */
  function heading(fresh, words) {
    const here = Date.now();
    const now = here + known.ahead;
    const problem = fresh.gone || fresh.problem;
    if (fresh.state === "ended") {
      const end = fresh.asOf ?? fresh.ended ?? fresh.last;
      const lasted = fresh.started === null ? "" : duration(end - fresh.started, words);
      return [lasted, fill(words.ended, { time: fresh.endedAt }), line.lost ? fill(words.awayLong, { time: fresh.lastClock }) : problem];
    }
    const old = ageOf(fresh, here);
    const silent = here - line.heard;
    const quiet = fresh.state === "live" && old !== null && old > words.quietAfter * 1000;
    const said = { age: old === null ? "" : age(old, words), time: fresh.lastClock };
    let short = old === null ? words.nothing : fill(words.updated, said);
    let warning = "";
    if (silent > AWAY_AFTER_MS) {
      short = fill(words.away, { age: age(silent, words) });
      warning = fill(words.awayLong, said);
    } else if (problem) {
      warning = problem;
    } else if (!fresh.reading) {
      warning = fill(words.still, said);
    } else if (quiet) {
      short = fill(words.quiet, said);
      warning = fill(words.quietLong, said);
    }
    // Without the server nobody knows whether the LIVE goes on.
    const until = line.lost || silent > AWAY_AFTER_MS ? Math.min(now, line.heard + known.ahead) : now;
    const upTo = fresh.asOf ?? (warning && old !== null ? Math.min(now - old, until) : until);
    const lasts = fresh.started === null || fresh.state === "upcoming" ? "" : duration(upTo - fresh.started, words);
    return [lasts, short, warning];
  }

  function put(id, text) {
    const element = document.getElementById(id);
    if (element.textContent !== text) element.textContent = text;
    return element;
  }

  /** The header's clock. It is drawn here and not by Dash, which tells every component of the page whatever it is told. */
  function draw() {
    const room = document.getElementById("shell-room");
    if (!room || !known.fresh) return;
    const [lasts, short, warning] = heading(known.fresh, known.words);
    put("shell-duration", lasts);
    put("shell-freshness", short);
    put("shell-warning", warning || "").hidden = !warning;
    room.classList.toggle("not-fresh", Boolean(warning) && (line.lost || known.fresh.state !== "ended"));
  }
  setInterval(draw, DRAW_EVERY_MS);

  /** Take in what the server says of the room. Returns whether there is no moment in it yet that could be shown. */
  function hear(fresh, words) {
    known.words = words;
    note(fresh);
    draw();
    return window.livedashReplay.live(fresh);
  }

  // -------------------------------------------------------------------------------------------------------- pages, tabs, dialogs

  /** The tab that an address of a room names: /rooms/<id>/<tab>. */
  function openTab(pathname, usual) {
    return (pathname || "").split("/").filter(Boolean)[2] || usual;
  }

  /** Whether the panel waits for its parts: they come when its tab is opened. */
  function isBare(id) {
    const panel = document.getElementById(JSON.stringify({ tab: id.tab, type: id.type }));
    return panel?.firstElementChild?.matches(".state.loading") ?? false;
  }

  /** Ask again for the open panel, where the server did not answer when its tab was opened. */
  function fillOpen() {
    const panel = document.querySelector("main > div:not([hidden]) > .state.loading")?.parentElement;
    if (panel) window.dash_clientside.set_props({ ...JSON.parse(panel.id), type: "shell-opened" }, { data: Date.now() });
  }

  const STRETCH = ["from", "to", "last"];
  const CHARTED = ["metrics", "step", "second", "earlier"];

  /** The tab that was open last, and what was charted where a chart was last seen: of which room, and the address's words for it. */
  let seen = null;
  const charted = { room: null, asked: [] };

  /** Which panel is seen, which tab says so, where the tabs lead (to the same stretch of time), and which panel is to be made. */
  function tab(pathname, search, ids, view) {
    setTimeout(() => hand(view, pathname));
    const open = openTab(pathname, ids.length ? ids[0].tab : "");
    const asked = [...new URLSearchParams(search)];
    const stretch = asked.filter(([name]) => [...STRETCH, "as-of"].includes(name));
    const room = (pathname || "").split("/").slice(0, 3).join("/");
    if (open === "trends") Object.assign(charted, { room, asked: asked.filter(([name]) => CHARTED.includes(name)) });
    const address = (name) => {
      const wanted = new URLSearchParams([...stretch, ...(name === "trends" && charted.room === room ? charted.asked : [])]);
      const query = wanted.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
      return `${room}/${name}${query && `?${query}`}`;
    };
    // A chart that was hidden measures itself again.
    if (seen !== null && seen !== open) requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
    seen = open;
    return [
      ids.map((id) => id.tab !== open),
      ids.map((id) => (id.tab === open ? "page" : null)),
      ids.map((id) => address(id.tab)),
      ids.map((id) => (id.tab === open && isBare(id) ? Date.now() : window.dash_clientside.no_update)),
    ];
  }

  /** What the store of each tab's View was handed last (as JSON, null for nothing), in which room. */
  const handed = { room: null, stores: new Map() };

  /** The View that a panel begins with when it comes, if its tab is still open. store: "<tab>-view". */
  function forward(store, view, pathname) {
    if (handed.room !== view.room) Object.assign(handed, { room: view.room, stores: new Map() });
    const isOpen = `${openTab(pathname, "key-data")}-view` === store;
    handed.stores.set(store, isOpen ? JSON.stringify(view) : null);
    return isOpen ? view : window.dash_clientside.no_update;
  }

  /** The View goes to the open tab only; a tab that is opened gets the View it has missed. While a hand zooms a chart nothing is
      redrawn under it: the View is handed on when it is lifted. */
  function hand(view, pathname) {
    const store = `${openTab(pathname, "key-data")}-view`, said = JSON.stringify(view);
    if (handed.room !== view.room || !handed.stores.has(store) || handed.stores.get(store) === said) return;
    if (document.querySelector(".dragcover")) {
      document.addEventListener("pointerup", () => setTimeout(() => hand(view, pathname)), { once: true });
      return;
    }
    handed.stores.set(store, said);
    window.dash_clientside.set_props(store, { data: view });
  }

  let pages = 0;

  /** After a page has come: its name goes to the window, and the keyboard goes on from its content. */
  function arrived() {
    pages += 1;
    const first = pages === 1;
    requestAnimationFrame(() => {
      const heading = document.querySelector("h1");
      if (heading) document.title = `${heading.textContent} · livedash`;
      if (first) return;
      window.scrollTo(0, 0);
      document.getElementById("shell-main")?.focus({ preventScroll: true });
    });
  }

  /** What is searched for in the list of rooms stands in the address, so that it can be sent on. */
  function searched(text) {
    const wanted = (text || "").trim();
    window.history.replaceState(window.history.state, "", wanted ? `?search=${encodeURIComponent(wanted)}` : window.location.pathname);
    // dcc.Location would lead back to the address that it knows.
    window.dash_clientside.set_props("shell-address", { search: window.location.search, href: window.location.href });
  }

  function close(event) {
    const closes = event.target.closest(".closes");
    if (closes) return closes.closest("dialog").close();
    if (!(event.target instanceof HTMLDialogElement)) return undefined;
    // A click beside an open dialog lands on the dialog element itself.
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    return inside ? undefined : event.target.close();
  }

  /** Links of our own change the page without a reload, unless a new tab or window is asked for. */
  function follow(event) {
    const link = event.target.closest("a.soft");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const to = new URL(link.href);
    if (link.closest(".stretch")) {
      // The whole LIVE, and all else as it is.
      const wanted = new URLSearchParams(window.location.search);
      STRETCH.forEach((name) => wanted.delete(name));
      to.search = wanted;
    }
    window.dash_clientside.set_props("shell-address", { pathname: to.pathname, search: to.search, hash: to.hash, href: to.href });
  }

  document.addEventListener("click", (event) => {
    close(event);
    follow(event);
  });

  /** Open the dialog of that id, as a modal one. */
  function open(clicks, id) {
    const dialog = document.getElementById(id);
    if (clicks && dialog && !dialog.open) dialog.showModal();
  }

  // ------------------------------------------------------------------------------------------------------------------- tools

  function language(chosen) {
    const shown = document.documentElement.lang.split("-")[0];
    if (!chosen || chosen === shown) return;
    document.cookie = `livedash-language=${chosen}; path=/; max-age=31536000; SameSite=Lax`;
    window.location.reload();
  }

  function theme(chosen) {
    const themes = window.livedashTheme;
    return chosen && chosen !== themes.choice() ? themes.choose(chosen) : themes.paint();
  }

  function fullScreen(clicks) {
    if (!clicks) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: { ask, hear, tab, forward, hand, arrived, searched, open, language, theme, fullScreen, hide: () => true, busy: () => line.open > 0 },
  });
})();
