/* The playing moment of a LIVE, one for the whole page: the pictures that show it, the keys and controls that move it, and the
   charts and lists that follow it. It asks the server for nothing but, in the time machine, for everything as of the moment. */
(function () {
  "use strict";

  const TICK_MS = 250;
  const STEP_S = 5;
  const LEAP_S = 10;
  const MACHINE_EVERY_MS = 1000;

  /** live: the room, when it began and ended (so far), its clock's zone and whether days are told; at: the playing moment, null for now;
      virtual: whether the moment moves by itself, there being no picture; wanted: what the next picture shall show; carried:
      whether the picture that was seen last played. */
  const replay = {
    live: null, at: null, virtual: false, speed: 1, wanted: null, carried: false, screen: null, machine: false, sent: null, sentAt: 0,
    said: null, names: null,
  };

  const screens = window.livedashScreens;
  const byId = (id) => document.getElementById(id);
  const clamp = (ms) => Math.min(Math.max(ms, replay.live.from), replay.live.to);

  /** The picture on the open tab, if it has one. */
  const shown = () => screens.all().find((video) => !video.hidden && video.closest(".screen").checkVisibility()) || null;

  /** The picture on the open tab, if it can be played. */
  function visible() {
    const video = shown();
    return video && !screens.stateOf(video).failed ? video : null;
  }

  const isNow = (video) => Boolean(screens.stateOf(video).edge);
  const isPlaying = () => (replay.screen ? screens.isPlaying(replay.screen) : replay.virtual);

  // ------------------------------------------------------------------------------------------------------- moving the moment

  /** The picture on the open tab, if it can be played. One that is new there takes over: what is wanted of the next picture, or
      the moment of the last one, which stops. */
  function follow() {
    const video = visible();
    if (video !== replay.screen) {
      if (replay.screen) replay.carried = screens.isPlaying(replay.screen);
      if (replay.screen?.isConnected) screens.pause(replay.screen);
      if (video && replay.at !== null) replay.wanted ??= { at: replay.at, play: replay.carried };
      else if (video && replay.carried && video.paused && isNow(video)) screens.goToNow(0, video.id); // now has gone on meanwhile
      replay.screen = video;
    }
    if (video && replay.wanted) {
      const { at, play } = replay.wanted;
      replay.wanted = null;
      screens.seek(video, at, play);
    }
    return video;
  }

  /** Show the moment (epoch ms), and go on from there or stand still. */
  function playFrom(ms, play = true) {
    if (!replay.live) return;
    const playable = follow();
    replay.at = clamp(ms);
    const video = shown();
    if (video) screens.seek(video, replay.at, play);
    if (!playable) Object.assign(replay, { wanted: { at: replay.at, play }, virtual: play && Boolean(controls()) });
    remember();
    publish();
  }

  function toggle() {
    const video = follow();
    if (video) {
      if (screens.isPlaying(video)) screens.pause(video);
      else screens.play(video);
    } else if (replay.live) {
      replay.at ??= replay.live.from;
      replay.virtual = !replay.virtual;
    }
    remember();
    publish();
  }

  function move(seconds) {
    if (!replay.live) return;
    const video = visible();
    const now = (video && screens.momentOf(video)) ?? replay.at ?? replay.live.to;
    playFrom(now + seconds * 1000, isPlaying());
  }

  // ---------------------------------------------------------------------------------------------------- the page it stands in

  /** Whether there is nothing to move in yet. */
  const isEmpty = (fresh) => !fresh || fresh.last === null;

  /** What is known of the LIVE. A page that has just come starts at the moment that its address names. Returns whether there
      is nothing to move in yet. */
  function live(fresh) {
    if (isEmpty(fresh)) return true;
    const from = fresh.started ?? fresh.last;
    const known = replay.live && replay.live.room === fresh.room;
    const to = Math.max(fresh.ended ?? fresh.last, from + 1000);
    replay.live = { room: fresh.room, from, to, ended: fresh.state === "ended", zone: fresh.zone, several: fresh.several };
    if (known) return false;
    Object.assign(replay, { at: null, virtual: false, wanted: null, screen: null, machine: false, sent: null });
    const asked = new URLSearchParams(window.location.search);
    const seconds = secondsOf(asked.get("t") || "");
    const past = Date.parse(asked.get("as-of"));
    if (past) Object.assign(replay, { machine: true, at: clamp(past), wanted: { at: clamp(past), play: false }, sent: clamp(past) });
    if (seconds !== null) {
      const at = clamp(from + seconds * 1000);
      Object.assign(replay, { at, wanted: { at, play: false } });
    }
    return false;
  }

  /** The seconds since the beginning that a link means: 3723.5, 62:03 or 1:02:03; null where it is none of them. */
  function secondsOf(said) {
    if (!/^(\d{1,7}|(\d{1,4}:)?\d{1,4}:[0-5]\d)(\.\d+)?$/.test(said)) return null;
    return said.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  }

  /** Put a name and value into the address without a new page, or take it out. */
  function address(name, value) {
    const asked = new URLSearchParams(window.location.search);
    if ((asked.get(name) ?? null) === value) return;
    if (value === null) asked.delete(name);
    else asked.set(name, value);
    const text = asked.size ? `?${asked}` : "";
    window.history.replaceState(window.history.state, "", text || window.location.pathname);
    window.dash_clientside.set_props("shell-address", { search: text, href: window.location.href });
  }

  /** In the time machine the address tells the moment at which somebody stood still. */
  function remember() {
    if (!replay.live) return;
    if (!replay.machine) address("as-of", null);
    else if (!isPlaying() && replay.at !== null) address("as-of", new Date(replay.at).toISOString());
  }

  /** Open the Broadcast tab of this room at the moment, and go on from there. */
  function open(ms) {
    const at = clamp(ms);
    Object.assign(replay, { at, wanted: { at, play: true } });
    const path = window.location.pathname.split("/").slice(0, 3).join("/");
    const asked = new URLSearchParams(window.location.search);
    asked.set("t", String(Math.round((ms - replay.live.from) / 1000)));
    const to = { pathname: `${path}/broadcast`, search: `?${asked}`, hash: "" };
    window.dash_clientside.set_props("shell-address", { ...to, href: window.location.origin + to.pathname + to.search });
  }

  // ---------------------------------------------------------------------------------------------------------- what follows it

  /** Where it is on every chart that tells how its time is written (layout.meta.ahead). */
  function mark(chart) {
    const ahead = chart.layout?.meta?.ahead;
    const full = chart._fullLayout;
    let line = chart.querySelector(":scope > .playing-at");
    const place = ahead === undefined || replay.at === null || !full?.xaxis ? NaN : full.xaxis.l2p(replay.at + ahead);
    if (!(place >= 0 && place <= full.xaxis._length)) return line?.remove();
    if (!line) {
      line = Object.assign(document.createElement("div"), { className: "playing-at" });
      chart.append(line);
    }
    const size = full._size;
    const left = `${Math.round(full.xaxis._offset + place)}px`;
    if (line.style.left !== left) Object.assign(line.style, { left, top: `${size.t}px`, height: `${size.h}px` });
    return undefined;
  }

  /** What happened last before the moment, in the list of what happened. */
  function markRows() {
    const rows = [...document.querySelectorAll(".happenings tr[data-ms]")];
    const now = replay.at === null ? undefined : rows.findLast((row) => Number(row.dataset.ms) <= replay.at);
    for (const row of rows) {
      if (row === now) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  const clockOf = (ms) => window.livedashClock.written(ms, replay.live.zone, replay.live.several);
  const since = (ms) => screens.written(Math.max(0, (ms - replay.live.from) / 1000));

  /** The controls of the open Broadcast tab. */
  function controls() {
    const slider = replay.names && byId(replay.names.slider);
    return slider && slider.checkVisibility() ? slider : null;
  }

  /** The moment that is shown while nobody has asked for one: of what is over its beginning, else now. */
  const unasked = () => (replay.live.ended && !isPlaying() ? replay.live.from : replay.live.to);

  function put(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  function drawControls() {
    const slider = controls();
    if (!slider || !replay.live) return;
    const { names, live: { from, to } } = replay;
    const moment = replay.at ?? unasked();
    slider.max = Math.ceil((to - from) / 1000);
    if (!slider.matches(":active")) slider.value = Math.round((moment - from) / 1000);
    slider.setAttribute("aria-valuetext", clockOf(moment));
    slider.style.setProperty("--played", `${(100 * (slider.value - slider.min)) / (slider.max - slider.min || 1)}%`);
    for (const sign of byId(names.signs).children) sign.style.left = `${(100 * (sign.dataset.ms - from)) / (to - from)}%`;
    const seen = slider.matches(":active") ? from + slider.value * 1000 : moment;
    put(byId(names.time), `${since(seen)} / ${since(to)}`);
    put(byId(names.clock), clockOf(seen));
    byId(names.play).dataset.playing = String(isPlaying());
    byId(names.play).setAttribute("aria-label", isPlaying() ? names.pauseWord : names.playWord);
    const muted = replay.screen?.muted ?? true;
    byId(names.mute).hidden = byId(names.full).hidden = !replay.screen;
    byId(names.mute).setAttribute("aria-pressed", String(muted));
  }

  /** Everything as of the moment, for the whole page. */
  function drawMachine() {
    const bar = document.querySelector(".machine-bar");
    if (!bar) return;
    bar.hidden = !replay.machine;
    const button = replay.names && byId(replay.names.machine);
    if (button) button.setAttribute("aria-pressed", String(replay.machine));
    if (replay.machine) put(bar.querySelector(".machine-said"), bar.dataset.said.replace("{time}", clockOf(replay.at)));
    const toggler = bar.querySelector(".machine-play");
    put(toggler, isPlaying() ? toggler.dataset.pause : toggler.dataset.play);
  }

  function tellServer() {
    const wanted = replay.machine ? Math.round(replay.at) : null;
    const soon = isPlaying() && wanted !== null && replay.sent !== null && Date.now() - replay.sentAt < MACHINE_EVERY_MS;
    if (wanted === replay.sent || soon || window.dash_clientside.shell.busy()) return;
    Object.assign(replay, { sent: wanted, sentAt: Date.now() });
    window.dash_clientside.set_props("shell-moment", { data: wanted });
  }

  /** Tell the moment to whatever follows it. */
  function publish() {
    if (!replay.live) return;
    document.querySelectorAll(".js-plotly-plot").forEach((chart) => { if (chart.checkVisibility()) mark(chart); });
    drawControls();
    drawMachine();
    tellServer();
    const said = replay.at === null ? null : Math.floor(replay.at / 1000);
    if (said === replay.said) return;
    replay.said = said;
    markRows();
    document.dispatchEvent(new CustomEvent("livedash:moment", { detail: { at: replay.at, playing: isPlaying() } }));
  }

  let ticked = performance.now();

  function tick() {
    const now = performance.now();
    const passed = now - ticked;
    ticked = now;
    if (!replay.live) return;
    const video = follow();
    if (video) {
      replay.virtual = false;
      video.playbackRate = video.defaultPlaybackRate = isNow(video) ? 1 : replay.speed;
      const state = screens.stateOf(video);
      if (isNow(video) && !state.wanted) replay.at = replay.machine ? Date.now() : null;
      else if (state.touched && !state.wanted && !video.seeking) replay.at = screens.momentOf(video) ?? replay.at;
    } else if (replay.virtual) {
      replay.at = clamp(replay.at + passed * replay.speed);
      if (replay.at >= replay.live.to) replay.virtual = false;
    }
    if (replay.machine) remember();
    publish();
  }
  setInterval(tick, TICK_MS);

  // ------------------------------------------------------------------------------------------------------------------- hands

  const KEYS = { k: toggle, " ": toggle, j: () => move(-LEAP_S), l: () => move(LEAP_S), ArrowLeft: () => move(-STEP_S), ArrowRight: () => move(STEP_S) };
  const WRITES = "input, select, textarea, [contenteditable], dialog";

  /** The keys of a player: on the Broadcast tab everywhere but where something is written or pressed, elsewhere on the screen. */
  document.addEventListener("keydown", (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const on = event.target;
    if (!KEYS[key] || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    const player = on.closest(".screen");
    const slides = replay.names && on.id === replay.names.slider;
    if (!player && !slides && (!controls() || on.closest(WRITES))) return;
    const letter = /^[jkl]$/.test(key);
    if (!player && !slides && !letter && on.closest("button, a, summary, label, [role=log], [tabindex='0']")) return;
    if (player && on.closest("button") && !letter) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[key]();
  }, true);

  document.addEventListener("click", (event) => {
    const from = event.target.closest(".plays");
    if (!from || !replay.live) return;
    if (visible() || controls()) playFrom(Number(from.dataset.ms));
    else open(Number(from.dataset.ms));
  });

  document.addEventListener("input", (event) => {
    if (!replay.names || event.target.id !== replay.names.slider) return;
    const at = replay.live.from + Number(event.target.value) * 1000;
    const video = visible();
    if (video && isNow(video)) return; // what runs now is left only when the hand lets go
    playFrom(at, isPlaying());
  });

  document.addEventListener("change", (event) => {
    if (!replay.names || event.target.id !== replay.names.slider) return;
    playFrom(replay.live.from + Number(event.target.value) * 1000, isPlaying());
  });

  /** Back and forward: the time machine is as the address has it. */
  window.addEventListener("popstate", () => {
    if (!replay.live) return;
    const past = Date.parse(new URLSearchParams(window.location.search).get("as-of"));
    if (past) Object.assign(replay, { at: clamp(past), wanted: { at: clamp(past), play: false } });
    machine(Boolean(past));
  });

  // --------------------------------------------------------------------------------------------------------------- callbacks

  /** A click on a chart plays from there, in the picture beside it, else on the Broadcast tab. */
  function clicked(data, id) {
    const chart = document.querySelector(`#${id} .js-plotly-plot`);
    const ahead = chart?.layout?.meta?.ahead;
    const x = data?.xvals?.[0] ?? data?.points?.[0]?.x;
    if (x === undefined || ahead === undefined || !replay.live) return;
    const at = (typeof x === "number" ? x : Date.parse(`${String(x).replace(" ", "T").slice(0, 23)}Z`)) - ahead;
    if (visible()) playFrom(at);
    else open(clamp(at));
  }

  /** names: the ids and words of the Broadcast tab's controls. */
  function furnish(names) {
    replay.names = names;
    publish();
  }

  function mute() {
    const video = shown();
    if (video) video.muted = !video.muted;
    drawControls();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else shown()?.closest(".screen").requestFullscreen();
  }

  function speed(chosen) {
    replay.speed = Number(chosen) || 1;
    return window.dash_clientside.no_update;
  }

  /** Switch the time machine: on, everything is shown as of the playing moment. */
  function machine(on) {
    if (!replay.live || replay.machine === on) return;
    replay.machine = on;
    if (on) replay.at ??= unasked();
    replay.sentAt = 0;
    remember();
    publish();
  }

  const SAID_MS = 4000;

  /** Copy the address of the moment, and say so for a while. */
  async function copy(clicks, done, saidId) {
    const nothing = window.dash_clientside.no_update;
    if (!clicks || !replay.live) return nothing;
    const to = new URL(window.location.href);
    to.searchParams.set("t", String(Math.round(((replay.at ?? replay.live.from) - replay.live.from) / 1000)));
    await window.livedashClipboard.copy(to.href, byId(saidId).parentElement);
    setTimeout(() => window.dash_clientside.set_props(saidId, { children: "" }), SAID_MS);
    return done;
  }

  /** What a person types for the picture that is seen: the time, and the seconds of the picture that it is meant for. */
  function tied(clicks, entered, clock) {
    const video = shown();
    if ((!clicks && !entered) || !video) return window.dash_clientside.no_update;
    return { seconds: video.currentTime, clock, asked: Date.now() };
  }

  window.livedashReplay = { live, playFrom, moment: () => replay.at };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    replay: {
      isEmpty: (known, fresh) => isEmpty(fresh),
      clicked, furnish, mute, full, speed, copy, tied, open,
      toggle: (clicks) => { if (clicks) toggle(); },
      back: (clicks) => { if (clicks) move(-LEAP_S); },
      on: (clicks) => { if (clicks) move(LEAP_S); },
      machineOnOff: (clicks) => { if (clicks) machine(!replay.machine); },
      machineOff: (clicks) => { if (clicks) machine(false); },
    },
  });
})();
