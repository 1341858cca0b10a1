/* What the frame of every page does in the browser: asking for news one question at a time, the header's clock, changing tabs
   and pages without a reload, dialogs, language, theme, full screen. It may not know what a tab shows. */
(function () {
  "use strict";

  // -------------------------------------------------------------------------------------------------- the line to the server

  const GIVE_UP_MS = 60_000;
  const AWAY_AFTER_MS = 8_000;
  const TRY_AGAIN_MS = 2_000;

  /** Questions that are not answered yet, when the server was last heard, and whether the latest question failed. */
  const line = { open: 0, heard: Date.now(), lost: false };

  // Dash leaves a `running=` guard set for good when a request fails, and knows no timeout; so the questions are counted here.
  let again = 0;
  const plainFetch = window.fetch;

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
      if (!answered) {
        clearTimeout(again);
        again = setTimeout(fillOpen, TRY_AGAIN_MS);
      }
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
  const known = { fresh: null, ahead: 0, arrived: 0, changed: null };

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

  /** What the header was told last. */
  let told = [];

  /** The header's clock. What is as it was is not told again: whatever is told goes through every component of the page. */
  function clock(ticks, fresh, words) {
    const now = heading(fresh, words);
    const changed = window.dash_clientside.callback_context.triggered;
    const before = changed.length === 1 && changed[0].prop_id.endsWith(".n_intervals") ? told : [];
    told = now;
    return now.map((value, place) => (value === before[place] ? window.dash_clientside.no_update : value));
  }

  /** What the header says now: duration, freshness, a warning where the figures are not of now, and the room's class. */
  function heading(fresh, words) {
    note(fresh);
    const here = Date.now();
    const now = here + known.ahead;
    const problem = fresh.gone || fresh.problem;
    if (fresh.state === "ended") {
      const end = fresh.asOf ?? fresh.ended ?? fresh.last;
      const lasted = fresh.started === null ? "" : duration(end - fresh.started, words);
      return [lasted, fill(words.ended, { time: fresh.endedAt }), problem, !problem, "room"];
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
    return [lasts, short, warning, !warning, warning ? "room not-fresh" : "room"];
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

  /** Which panel is seen, which tab says so, where the tabs lead (to the same stretch of time), and which panel is to be made. */
  function tab(pathname, search, ids) {
    const open = openTab(pathname, ids.length ? ids[0].tab : "");
    const stretch = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => ["from", "to", "last", "as-of"].includes(name)));
    const room = (pathname || "").split("/").slice(0, 3).join("/");
    // A chart that was hidden measures itself again.
    if (ids.length) requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
    return [
      ids.map((id) => id.tab !== open),
      ids.map((id) => (id.tab === open ? "page" : null)),
      ids.map((id) => `${room}/${id.tab}${stretch.size ? `?${stretch}` : ""}`),
      ids.map((id) => (id.tab === open && isBare(id) ? Date.now() : window.dash_clientside.no_update)),
    ];
  }

  /** The View goes to the open tab only; a tab that is opened gets the View it has missed. store: "<tab>-view". While a hand
      zooms a chart nothing is redrawn under it: the View is handed on when it is lifted. */
  function forward(view, pathname, had, store) {
    const nothing = window.dash_clientside.no_update;
    const isOpen = `${openTab(pathname, "key-data")}-view` === store;
    if (!isOpen || JSON.stringify(view) === JSON.stringify(had)) return nothing;
    if (!document.querySelector(".dragcover")) return view;
    const lifted = () => setTimeout(() => window.dash_clientside.set_props(store, { data: view }));
    document.addEventListener("pointerup", lifted, { once: true });
    return nothing;
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
    shell: { ask, clock, tab, forward, arrived, searched, open, language, theme, fullScreen, hide: () => true, busy: () => line.open > 0 },
  });
})();
